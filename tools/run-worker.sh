#!/bin/sh
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
notice "there is no separate worker in this version; 'make run' does all the work in one process. Nothing was started."
