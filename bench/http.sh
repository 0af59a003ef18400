#!/bin/bash
# Requests a second of the transport alone: wrk on GET /api/health/live, 64 connections.
#   bench/http.sh [SECONDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=20000
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
build/sextant serve --port 0 --data-dir "$folder/data" >"$folder/out" 2>"$folder/log" &
server=$!
for _ in $(seq 200); do
  url=$(sed -n 's/^listening on //p' "$folder/out")
  [[ -n $url ]] && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.05
done
[[ -n $url ]] || { echo "the server does not listen" >&2; exit 1; }

wrk -t2 -c64 -d"${1:-10}s" --latency "$url/api/health/live" | tee "$folder/wrk" | grep -E '50%|99%|Requests/sec|Non-2xx' || true
rate=$(awk '/^Requests\/sec:/ { print int($2) }' "$folder/wrk")
if grep -q Non-2xx "$folder/wrk"; then echo "some answers were not 200"; exit 1; fi
if ((rate < target)); then echo "MISSED: at least $target requests/s"; exit 1; fi
