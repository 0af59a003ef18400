#!/usr/bin/env python3
"""Loads every file of a corpus of real and broken files and reports what became of each.

    SEXTANT_CORPUS=../shared/corpus tools/campaign/corpus.py [--build build] [--only SUBSTRING] [--jobs 2] [--out report.tsv]

Outcomes: published, quarantined (published, with cells kept aside), refused (with a reason), crashed, slow
(over 60 s), unexpected (a JSON test file whose name says otherwise: y_ refused or n_ accepted; a file of csv-spectrum whose cells are not those of its
JSON twin). Ends with status 1 when anything crashed, was slow or was unexpected, after the figures: y_ accepted, n_ refused, csv-spectrum identical.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

EXTENSIONS = {".csv", ".tsv", ".txt", ".json", ".geojson", ".ndjson", ".jsonl", ".parquet",
              ".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".pdf", ".zip"}
SECONDS = 60
ADDRESS_SPACE = 3 << 30


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def is_candidate(path):
    name = path.name.lower().removesuffix(".gz")
    return pathlib.Path(name).suffix in EXTENSIONS


def load(program, path):
    with tempfile.TemporaryDirectory() as scratch:
        try:
            done = subprocess.run([program, str(path), os.path.join(scratch, "o.duckdb"), "512", "2"],
                                  capture_output=True, timeout=SECONDS, check=False, preexec_fn=limit)
        except subprocess.TimeoutExpired:
            return "slow", "", None
    if done.returncode not in (0, 2):
        return "crashed", f"status {done.returncode} {done.stderr[-300:]!r}", None
    reply = json.loads(done.stdout)
    if "error" in reply:
        return "refused", f"{reply['error']}: {reply['message']}", reply
    tables = reply["report"]["tables"]
    kept_aside = sum(t["quarantined"] for t in tables)
    shape = ", ".join(f"{t['name']} {t['rows']}×{len(t['columns'])}" for t in reply["tables"])
    return ("quarantined" if kept_aside else "published"), f"{shape}; {kept_aside} aside; {'; '.join(reply['report']['notes'])}", reply


def same_cells(program, path):
    """Whether every cell is the text that the file's JSON twin has."""
    twin = path.parent.parent / "json" / (path.stem + ".json")
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run([program, "--text", str(path), os.path.join(scratch, "o.duckdb")],
                              capture_output=True, timeout=SECONDS, check=False)
    if done.returncode != 0:
        return False, done.stdout.decode(errors="replace")[:200]
    header, *rows = json.loads(done.stdout)
    ours = [{name: cell or "" for name, cell in zip(header, row)} for row in rows]
    text = twin.read_text(encoding="utf-8")
    if b"\r" not in path.read_bytes():
        text = text.replace("\\r\\n", "\\n")  # the stored file lost its CRs, its twin did not
    expected = json.loads(text)
    return ours == expected, f"{ours} is not {expected}"


def expectation(program, path, outcome, detail):
    """What the file's name promises, where it does."""
    if path.parent.name == "jsontestsuite":
        accepted = outcome in ("published", "quarantined")
        if path.name.startswith("y_") and not accepted:
            return "unexpected", "must be accepted: " + detail
        if path.name.startswith("n_") and accepted:
            return "unexpected", "must be refused: " + detail
    if path.parent.parent.name == "csv-spectrum" and path.suffix == ".csv":
        same, difference = same_cells(program, path)
        return (outcome, detail) if same else ("unexpected", difference)
    return outcome, detail


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=2, help="files loaded beside each other")
    parser.add_argument("--out", help="one line a file: outcome, path, detail")
    options = parser.parse_args()
    corpus = pathlib.Path(os.environ.get("SEXTANT_CORPUS", "../shared/corpus"))
    if not corpus.is_dir():
        print(f"no corpus at {corpus} (set SEXTANT_CORPUS); nothing was run")
        return 0
    program = str(pathlib.Path(options.build) / "src/analysis/formats/sextant_load")
    files = sorted(p for p in corpus.rglob("*") if p.is_file() and is_candidate(p) and options.only in str(p)
                   and not p.name.endswith(".cells.tsv.gz") and p.name not in ("MANIFEST.tsv",))
    counts = collections.defaultdict(collections.Counter)
    lines = []
    promises = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, result in zip(files, pool.map(lambda p: load(program, p), files)):
            outcome, detail, _ = result
            outcome, detail = expectation(program, path, outcome, detail)
            for name, applies in (("y_ accepted", path.name.startswith("y_") and path.parent.name == "jsontestsuite"),
                                  ("n_ refused", path.name.startswith("n_") and path.parent.name == "jsontestsuite"),
                                  ("csv-spectrum identical", path.parent.parent.name == "csv-spectrum" and path.suffix == ".csv")):
                promises[name, "all"] += applies
                promises[name, "kept"] += applies and outcome in ("published", "quarantined", "refused")
            group = path.relative_to(corpus).parts[0]
            counts[group][outcome] += 1
            lines.append(f"{outcome}\t{path.relative_to(corpus)}\t{detail}")
            if outcome in ("crashed", "slow", "unexpected"):
                print(lines[-1][:400])
    for group, counter in sorted(counts.items()):
        print(f"{group:18} " + "  ".join(f"{name} {n}" for name, n in sorted(counter.items())))
    for name in ("y_ accepted", "n_ refused", "csv-spectrum identical"):
        print(f"{name}: {promises[name, 'kept']} of {promises[name, 'all']}")
    ended = sum(c[name] for c in counts.values() for name in ("published", "quarantined", "refused"))
    print(f"ended in published, partly published or a clear error: {ended} of {len(files)}")
    if options.out:
        pathlib.Path(options.out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    bad = sum(c[name] for c in counts.values() for name in ("crashed", "slow", "unexpected"))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
