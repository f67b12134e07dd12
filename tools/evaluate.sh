#!/bin/sh
# Runs the accuracy tests in release on the test photos; they print what they measured.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
. tools/environment.sh

[ -n "${ROLLCALL_TEST_DATA:-}" ] || fail "set ROLLCALL_TEST_DATA to the folder of the test photos"
[ -n "${ROLLCALL_MODEL_DIR:-}" ] || fail "set ROLLCALL_MODEL_DIR to the folder of the face models"
tools/build.sh release -- vision_accuracy_tests
exec build/release/libs/vision/vision_accuracy_tests --gtest_brief=1
