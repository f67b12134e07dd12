#!/bin/sh
# tools/run.sh PRESET [ARGUMENT...]: everything between a fresh checkout and a running server.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
. tools/environment.sh

preset=$1
shift
tools/build.sh "$preset" -- rollcall
rollcall=build/$preset/apps/rollcall/rollcall

if [ -z "${ROLLCALL_MODEL_DIR:-}" ]; then
  say "Face models"
  "$rollcall" models pull ||
    notice "no face models could be downloaded: the classic pack is used, which is demo grade (for trying out only)"
fi
exec "$rollcall" serve "$@"
