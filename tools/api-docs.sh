#!/bin/sh
# Installs the npm packages of /docs and /redoc into build/api-docs, once per lock file.
# Never fails the build: without npm or a network the server says that the viewer was not bundled.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh

source=web/api-docs
target=build/api-docs
installed=$target/node_modules/.package-lock.json

if [ -f "$installed" ] && cmp -s "$source/package-lock.json" "$target/package-lock.json"; then
  exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
  notice "npm is missing: the server is built without its /docs and /redoc viewers"
  exit 0
fi
say "API documentation viewers (npm)"
mkdir -p "$target"
cp "$source/package.json" "$source/.npmrc" "$target/"
if (cd "$target" && cp "../../$source/package-lock.json" . &&
  timeout 300 npm ci --omit=peer --no-progress --loglevel=error >npm.log 2>&1); then
  exit 0
fi
rm -rf "$target/node_modules" "$target/package-lock.json"
notice "npm could not install them (build/api-docs/npm.log): the server is built without its /docs and /redoc viewers"
