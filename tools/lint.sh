#!/bin/bash
# Checks that need no test run. LINT_ALL=1 runs clang-tidy on every file, else on those that differ from main.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/say.sh

tools/install-packages.sh clang-format clang-tidy shellcheck python3
files() { git ls-files --cached --others --exclude-standard "$@"; }
mapfile -t cpp < <(files '*.cpp' '*.hpp')
bad=0

say "clang-format"
clang-format --dry-run -Werror "${cpp[@]}" || bad=1

say "co_await statements"
python3 tools/coawait_check.py "${cpp[@]}" || bad=1

say "shell scripts"
mapfile -t scripts < <(files 'tools/*.sh' '.ci/*')
shellcheck -x "${scripts[@]}" || bad=1

say "clang-tidy"
mkdir -p build/dev
cmake --preset dev >build/dev/configure.log 2>&1 || fail "cmake could not configure: build/dev/configure.log"
if [ "${LINT_ALL:-}" = 1 ] || ! base=$(git merge-base main HEAD 2>/dev/null); then
  mapfile -t changed < <(files '*.cpp')
else
  mapfile -t changed < <({ git diff --name-only --diff-filter=d "$base" -- '*.cpp' && git ls-files --others --exclude-standard '*.cpp'; } | sort -u)
fi
if [ ${#changed[@]} -gt 0 ]; then
  # The flags of gcc that clang does not know, and gcc's precompiled header, are taken out of a copy.
  mkdir -p build/lint
  sed -E 's/ -fpch-preprocess| -Winvalid-pch| -include [^ ]*cmake_pch\.hxx//g' build/dev/compile_commands.json \
    >build/lint/compile_commands.json
  printf '%s\0' "${changed[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p build/lint --quiet 2>build/lint/tidy.log || bad=1
else
  echo "    nothing changed"
fi

[ "$bad" = 0 ] || fail "lint found something"
