#!/bin/bash
# Fails when web/src/api/gen is not what the program's own OpenAPI document gives.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kept=$(mktemp -d)
cp -r web/src/api/gen/. "$kept"
restore() { rm -rf web/src/api/gen; mkdir web/src/api/gen; cp -r "$kept/." web/src/api/gen; rm -rf "$kept" "$kept.json"; }
trap restore EXIT
build/sextant openapi >"$kept.json"
(cd web && npm run --silent gen -- "$kept.json")
if ! diff -ru "$kept" web/src/api/gen | head -60; then
  echo "web/src/api/gen is out of date: run  npm run gen  in web/ and commit the result"
  exit 1
fi
