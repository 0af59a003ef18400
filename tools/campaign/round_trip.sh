#!/bin/bash
# Writes the readings of question sets as SQL and reads them back; prints one line a set and what did not
# come back, grouped by reason.
#
#   tools/campaign/round_trip.sh [BUILD, build by default] [SET…, default: wikisql spider nvbench]
#
# The sets are in $SEXTANT_NLSQL (../shared/nlsql by default). What was done is kept in BUILD/nlsql/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

build=${1:-build}
shift || true
folder=${SEXTANT_NLSQL:-../shared/nlsql}
(($#)) || set -- wikisql spider nvbench
[[ -x $build/sextant ]] || { echo "missing: $build/sextant (build it first)"; exit 1; }
mkdir -p "$build/nlsql"

found=0 status=0
for name in "$@"; do
  questions=$folder/sets/$name/dev/questions.jsonl
  [[ -f $questions ]] || continue
  found=1
  out=$build/nlsql/$name.round_trip.jsonl
  "$build/sextant" eval --round-trip --questions "$questions" --out "$out" 2>"$build/nlsql/$name.round_trip.log"
  python3 - "$name" "$out" <<'PYTHON' || status=1
import collections, json, sys
name, path = sys.argv[1:]
trips = [trip for line in open(path, encoding="utf-8") if (trip := json.loads(line).get("round_trip"))]
outcomes = collections.Counter(trip["outcome"] for trip in trips)
readings = len(trips) - outcomes["not_a_query"]
print(f"{name:<10} {readings:>6} readings   identical {outcomes['identical']}   same SQL {outcomes['same_sql']}"
      f"   other {outcomes['other']}   inexpressible {outcomes['inexpressible']}"
      f"   ({outcomes['not_a_query']} are no query)")
reasons = collections.Counter(trip["reason"] for trip in trips if trip["outcome"] == "inexpressible")
for reason, count in reasons.most_common(10):
    print(f"    {count:>5}  {reason}")
parts = collections.Counter(key for trip in trips if trip["outcome"] == "same_sql"
                            for key in trip["reading"] if trip["reading"][key] != trip["back"].get(key))
for key, count in parts.most_common():
    print(f"    {count:>5}  same SQL with another `{key}`")
for trip in [trip for trip in trips if trip["outcome"] == "other"][:5]:
    print("    other:", trip["sql"].replace("\n", " ")[:200])
sys.exit(1 if outcomes["other"] or outcomes["inexpressible"] else 0)
PYTHON
done
((found)) || { echo "none of the sets is at $folder/sets; nothing was run"; exit 0; }
exit $status
