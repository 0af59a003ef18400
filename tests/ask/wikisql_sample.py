#!/usr/bin/env python3
"""The question engine on a fixed sample of WikiSQL: strict accuracy must not fall below a floor.

    tests/ask/wikisql_sample.py PROGRAM        with the set in $SEXTANT_NLSQL (../shared/nlsql)

Ends with status 77 (skipped) where the set is not there.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

QUESTIONS = 300
SEED = 20
FLOOR = 0.85  # strict: the rows of every question count, whether it was answered or not
SKIPPED = 77


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(os.environ.get("SEXTANT_NLSQL", "../shared/nlsql")).resolve()
    source = folder / "sets/wikisql/dev"
    if not (source / "questions.jsonl").is_file() or not (folder / "score.py").is_file():
        print(f"skipped: no WikiSQL at {folder} (set SEXTANT_NLSQL)")
        return SKIPPED
    lines = (source / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    chosen = random.Random(SEED).sample(lines, min(QUESTIONS, len(lines)))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for entry in source.iterdir():  # the tables are named relative to the questions
            if entry.name != "questions.jsonl":
                (scratch / entry.name).symlink_to(entry)
        questions, predictions, scores = (scratch / name for name in ("questions.jsonl", "answers.jsonl", "scores.json"))
        questions.write_text("\n".join(chosen) + "\n", encoding="utf-8")
        subprocess.run([program, "eval", "--questions", questions, "--out", predictions], check=True)
        subprocess.run([sys.executable, folder / "score.py", "--json", scores, questions, predictions],
                       check=True, stdout=subprocess.DEVNULL)
        score = json.loads(scores.read_text(encoding="utf-8"))
    right, asked = score["total"]["strict"], len(chosen)
    print(f"strict {right} of {asked} ({right / asked:.1%}), p95 {score['latency_ms']['p95']:.1f} ms")
    if right < FLOOR * asked:
        print(f"below the floor of {FLOOR:.0%}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
