#!/bin/sh
# Learns the ranking weights again from a folder of questions (wikisql/tune: tables.jsonl.gz and
# questions.jsonl.gz) and writes src/analysis/ask/ranking/weights.gen.cc.
#   tools/learn/learn.sh BUILD_DIR FOLDER
set -eu
[ $# -eq 2 ] || { echo "usage: tools/learn/learn.sh BUILD_DIR FOLDER" >&2; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gzip -dc "$2/tables.jsonl.gz" > "$work/tables.jsonl"
gzip -dc "$2/questions.jsonl.gz" > "$work/questions.jsonl"
ninja -C "$1" sextant_learn
"$(find "$1" -name sextant_learn -type f | head -n 1)" \
  "$work/tables.jsonl" "$work/questions.jsonl" \
  "$root/src/analysis/ask/ranking/weights.gen.cc" 3 10
