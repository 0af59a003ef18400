#!/bin/bash
# Drives the real page of the real program in Chromium: every program of tests/browser/, each with a
# server and data of its own. Pictures go to build/check/pictures/.
#   tools/browser_tests.sh [NAME…]     default: all but shots (pictures of every page) and million_rows (figures)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.deps/node/bin:$PATH"

names=("$@")
((${#names[@]})) || mapfile -t names < <(basename -s .mjs tests/browser/*.mjs | grep -vxE 'browser|shots|million_rows')  # browser.mjs is what they share; the last two are asked for by name
[[ " ${names[*]} " == *" flow "* ]] || (($#)) || { echo "missing: tests/browser/flow.mjs"; exit 1; }

folder= server=
finish() {
  if [[ -n $server ]]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  if [[ -n $folder ]]; then rm -rf "$folder"; fi
  server= folder=
}
trap finish EXIT

failed=()
for name in "${names[@]}"; do
  folder=$(mktemp -d)
  chmod 755 "$folder"
  : >"$folder/out"
  build/sextant serve --port 0 --data-dir "$folder/data" >"$folder/out" 2>"$folder/log" &
  server=$!
  url=
  for _ in $(seq 600); do
    url=$(sed -n 's/^listening on //p' "$folder/out")
    [[ -n $url ]] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
  done
  [[ -n $url ]] || { cat "$folder/log"; echo "the server does not listen"; exit 1; }
  echo "── $name"
  mkdir -p build/check/pictures
  arguments=()
  [[ $name == shots ]] && arguments=(build/check/pictures)
  if ! BASE_URL=$url PICTURES=build/check/pictures timeout 600 node "tests/browser/$name.mjs" "${arguments[@]}"; then
    tail -n 40 "$folder/log"
    failed+=("$name")
  fi
  finish
done
((${#failed[@]} == 0)) || { echo "failed: ${failed[*]}"; exit 1; }
