#!/bin/bash
# Builds with sanitizers and runs every test; the exit code is that of the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/say.sh
. tools/environment.sh

started=$SECONDS
tools/build.sh dev
built=$SECONDS

[ -n "${ROLLCALL_MODEL_DIR:-}" ] || notice "no ROLLCALL_MODEL_DIR: tests that need the standard models are skipped"
[ -n "${ROLLCALL_TEST_DATA:-}" ] || notice "no ROLLCALL_TEST_DATA: tests that need real photos are skipped"

# One line per tenth of the tests, everything that is not a pass, and ctest's own summary.
brief() {
  awk '
    /^ +Start +[0-9]+: / { next }
    match($0, /^ *[0-9]+\/[0-9]+ Test +#/) {
      split($0, n, /[^0-9]+/)
      first = n[1] == "" ? 2 : 1
      tenth = int(10 * n[first] / n[first + 1])
      if (tenth > shown) { shown = tenth; printf "    %d of %d tests\n", n[first], n[first + 1]; fflush() }
      if ($0 ~ / Passed +[0-9.]+ sec/ || $0 ~ /Skipped/) next
    }
    { print; fflush() }'
}

say "Testing"
log=build/dev/tests.log
code=0
ctest --preset dev --parallel "$(nproc)" --no-tests=error --output-log "$log" | brief || code=$?
say "Build $((built - started)) s, tests $((SECONDS - built)) s; log: $log"
exit "$code"
