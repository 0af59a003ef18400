#!/bin/bash
# Same input, same answer: answers every question set twice, in two processes, and compares all but the times.
#
#   tools/campaign/determinism.sh [BUILD, build by default] [SET…]
#
# The sets are those of tools/campaign/nlsql.sh. Prints one line a set; exit status 1 when answers differ.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

build=${1:-build}
shift || true
folder=${SEXTANT_NLSQL:-../shared/nlsql}
[[ -x $build/sextant ]] || { echo "missing: $build/sextant (build it first)"; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

status=0 found=0
for questions in "$folder"/sets/*/dev/questions.jsonl; do
  [[ -f $questions ]] || continue
  name=$(basename "$(dirname "$(dirname "$questions")")")
  if (($#)); then [[ " $* " == *" $name "* ]] || continue; fi
  found=1
  for run in 1 2; do
    "$build/sextant" eval --questions "$questions" --out "$scratch/$run" >/dev/null 2>"$scratch/log" ||
      { tail -n 1 "$scratch/log"; exit 1; }
  done
  python3 - "$name" "$scratch/1" "$scratch/2" <<'PYTHON' || status=1
import json, sys
name, *paths = sys.argv[1:]
runs = []
for path in paths:
    with open(path, encoding="utf-8") as file:
        runs.append([{key: value for key, value in json.loads(line).items() if key != "ms"} for line in file])
differ = [first["id"] for first, second in zip(*runs) if first != second]
print(f"{name:<12} {len(runs[0]):>5} questions   {len(differ)} differ {' '.join(differ[:5])}")
sys.exit(bool(differ) or len(runs[0]) != len(runs[1]))
PYTHON
done
((found)) || echo "no question sets at $folder (set SEXTANT_NLSQL); nothing was run"
exit "$status"
