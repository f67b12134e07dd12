#!/bin/bash
# tools/build.sh PRESET [CMAKE-ARGUMENT...] [-- TARGET...]: packages, npm bundle, configure, compile.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/say.sh

preset=$1
shift
configure_arguments=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  configure_arguments+=("$1")
  shift
done
[ $# -eq 0 ] || shift
targets=("$@")

tools/install-packages.sh
tools/api-docs.sh

mkdir -p "build/$preset"
log=build/$preset/configure.log
if ! cmake --preset "$preset" "${configure_arguments[@]}" >"$log" 2>&1; then
  cat "$log" >&2
  fail "cmake could not configure the $preset build"
fi

# Off a terminal, ninja prints a line per file: one in ten percent is enough there.
brief() {
  awk '
    match($0, /^\[[0-9]+\/[0-9]+\]/) {
      split(substr($0, 2, RLENGTH - 2), n, "/")
      tenth = int(10 * n[1] / n[2])
      if (tenth > shown) { shown = tenth; printf "    %d of %d steps\n", n[1], n[2]; fflush() }
      next
    }
    { print; fflush() }'
}

say "Building ($preset)"
command=(cmake --build --preset "$preset" --parallel "$(nproc)")
[ ${#targets[@]} -eq 0 ] || command+=(--target "${targets[@]}")
if [ -t 1 ]; then
  "${command[@]}"
else
  "${command[@]}" | brief
fi || fail "the $preset build failed"
