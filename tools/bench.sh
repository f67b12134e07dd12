#!/bin/sh
# Builds the benchmarks in release and runs each of them. The load test is one of them.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
. tools/environment.sh

[ -d bench ] || fail "this version has no benchmarks yet"
tools/build.sh release -DROLLCALL_BENCH=ON -- rollcall seal_bench search_bench stages_bench checkin_bench
say "Machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
for program in build/release/bench/*_bench; do
  say "$(basename "$program")"
  "$program"
done
