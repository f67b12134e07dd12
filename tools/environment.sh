# shellcheck shell=sh
# Sourced by the scripts that run the program: models and test photos beside the checkout are used when they are there.
if [ -z "${ROLLCALL_MODEL_DIR:-}" ] && [ -d ../shared/models ]; then
  ROLLCALL_MODEL_DIR=$(cd ../shared/models && pwd)
  export ROLLCALL_MODEL_DIR
fi
if [ -z "${ROLLCALL_TEST_DATA:-}" ] && [ -d ../shared/data ]; then
  ROLLCALL_TEST_DATA=$(cd ../shared/data && pwd)
  export ROLLCALL_TEST_DATA
fi
