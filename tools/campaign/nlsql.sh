#!/bin/bash
# Answers every question set that is there and prints one line a set: the share of all questions that
# have the expected rows (strict, lenient), of questions answered and of those right, how many numbers
# in the texts have no source, and the time.
#
#   tools/campaign/nlsql.sh [BUILD, build by default] [SET…]
#
# The sets are in $SEXTANT_NLSQL (../shared/nlsql by default): sets/NAME/dev/questions.jsonl and
# score.py. What is answered is kept in BUILD/nlsql/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

build=${1:-build}
shift || true
folder=${SEXTANT_NLSQL:-../shared/nlsql}
if [[ ! -f $folder/score.py ]]; then
  echo "no question sets at $folder (set SEXTANT_NLSQL); nothing was run"
  exit 0
fi
[[ -x $build/sextant ]] || { echo "missing: $build/sextant (build it first)"; exit 1; }
mkdir -p "$build/nlsql"

line() { # NAME QUESTIONS PREDICTIONS
  local scores=$build/nlsql/$1.scores.json wrong=$build/nlsql/$1.wrong.jsonl
  python3 "$folder/score.py" --json "$scores" --dump "$wrong" "$2" "$3" >"$build/nlsql/$1.score.txt"
  python3 - "$1" "$scores" "$wrong" "$3" <<'PYTHON'
import json, sys
name, scores, wrong, predictions = sys.argv[1:]
lines = lambda path: [json.loads(line) for line in open(path, encoding="utf-8")]
score = json.load(open(scores, encoding="utf-8"))
total, latency = score["total"], score["latency_ms"]
mistaken = {item["id"] for item in lines(wrong)}
sure = [p["id"] for p in lines(predictions) if p.get("status") == "answered"]
untraced = sum(len(p.get("untraced", [])) for p in lines(predictions))
share = lambda part, whole: f"{100 * part / whole:5.1f} %" if whole else "     –"
print(f"{name:<12} {total['n']:>5} questions   strict {share(total['strict'], total['n'])}"
      f"   lenient {share(total['lenient'], total['n'])}   answered {share(len(sure), total['n'])},"
      f" right {share(sum(i not in mistaken for i in sure), len(sure))}"
      f"   untraced {untraced}"
      f"   p50 {latency['p50']:.1f} ms   p95 {latency['p95']:.1f} ms"
      + (f"   chart {share(total['chart'], total['has_chart'])}" if total.get("has_chart") else ""))
PYTHON
}

found=0
for questions in "$folder"/sets/*/dev/questions.jsonl; do
  [[ -f $questions ]] || continue
  name=$(basename "$(dirname "$(dirname "$questions")")")
  if (($#)); then [[ " $* " == *" $name "* ]] || continue; fi
  found=1
  predictions=$build/nlsql/$name.jsonl
  if "$build/sextant" eval --questions "$questions" --out "$predictions" >"$build/nlsql/$name.log" 2>&1; then
    line "$name" "$questions" "$predictions"
  else
    printf '%-14s FAILED: %s\n' "$name" "$(tail -n 1 "$build/nlsql/$name.log")"
    failed=1
  fi
done
((found)) || { echo "none of the sets asked for is at $folder/sets"; exit 1; }
exit "${failed:-0}"
