#!/usr/bin/env python3
"""Compares the cells of real workbooks, as our reader gives them, with those that two other readers agree on.

    SEXTANT_CORPUS=../shared/corpus tools/campaign/cells.py [--build build] [--only SUBSTRING] [--out report.tsv]

Comparable is every xlsx, xlsm, xls and ods file with FILE.cells.tsv.gz beside it. Every other workbook must end within
60 s in cells or in a clear error. Ends with status 1 when fewer than 99 % of the comparable files are identical or
anything crashed or hung.
"""
import argparse
import collections
import concurrent.futures
import gzip
import os
import pathlib
import resource
import subprocess
import sys

EXTENSIONS = {".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"}
SECONDS = 60
ADDRESS_SPACE = 3 << 30
BAR = 0.99


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def unescape(text):
    out, i = [], 0
    while i < len(text):
        if text[i] == "\\" and i + 1 < len(text):
            out.append({"n": "\n", "t": "\t", "r": "\r"}.get(text[i + 1], text[i + 1]))
            i += 2
        else:
            out.append(text[i])
            i += 1
    return "".join(out)


def cells_of(text):
    """(sheet number, row, column) → (type, value); empty texts say nothing."""
    cells, sheet = {}, 0
    for line in text.split("\n"):
        if line.startswith("# "):
            sheet += 1
            continue
        parts = line.split("\t", 3)
        if len(parts) < 4 or (parts[2] == "s" and parts[3] == "") or parts[2] == "f":
            continue
        cells[sheet, int(parts[0]), int(parts[1])] = (parts[2], parts[3])
    return cells


def same(a, b):
    if a == b:
        return True
    if a[0] != b[0] or a[0] not in "nd":
        return a[0] == b[0] == "s" and unescape(a[1]).replace("\r\n", "\n") == unescape(b[1]).replace("\r\n", "\n")
    x, y = float(a[1]), float(b[1])
    return x == y or abs(x - y) <= 1e-14 * max(abs(x), abs(y))


def run(program, path):
    sanitized = "asan" in program
    try:
        done = subprocess.run([program, str(path)], capture_output=True, timeout=SECONDS * (5 if sanitized else 1),
                              check=False, preexec_fn=None if sanitized else limit)
    except subprocess.TimeoutExpired:
        return "slow", ""
    out = done.stdout.decode("utf-8", "replace")
    if done.returncode == 2:
        return "refused", out.rstrip("\n").rsplit("\n", 1)[-1][2:]
    if done.returncode != 0:
        return "crashed", done.stderr.decode("utf-8", "replace")[-300:]
    return "read", out


def judge(program, path):
    outcome, out = run(program, path)
    agreed_file = path.with_name(path.name + ".cells.tsv.gz")
    if not agreed_file.exists() or outcome in ("slow", "crashed"):
        return outcome, out[:300] if outcome != "read" else "", False
    if outcome == "refused":
        return "different", "refused: " + out, True
    with gzip.open(agreed_file, "rt", encoding="utf-8", newline="\n") as file:
        agreed = cells_of(file.read())
    ours = cells_of(out)
    wrong = [(key, agreed.get(key), ours.get(key)) for key in agreed.keys() | ours.keys()
             if key not in agreed or key not in ours or not same(agreed[key], ours[key])]
    if wrong:
        return "different", f"{len(wrong)} of {len(agreed)}: {sorted(wrong, key=lambda w: w[0])[:3]}", True
    return "identical", "", True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--only", default="")
    parser.add_argument("--out", help="one line a file: outcome, path, detail")
    options = parser.parse_args()
    corpus = pathlib.Path(os.environ.get("SEXTANT_CORPUS", "../shared/corpus"))
    if not corpus.is_dir():
        print(f"no corpus at {corpus} (set SEXTANT_CORPUS); nothing was run")
        return 0
    program = str(pathlib.Path(options.build) / "src/analysis/formats/workbook/sextant_cells")
    files = sorted(p for p in corpus.rglob("*") if p.suffix.lower() in EXTENSIONS and options.only in str(p))
    counts = collections.defaultdict(collections.Counter)
    lines, comparable, identical, bad = [], 0, 0, 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for path, (outcome, detail, compared) in zip(files, pool.map(lambda p: judge(program, p), files)):
            counts[path.suffix.lower()][outcome] += 1
            comparable += compared
            identical += outcome == "identical"
            bad += outcome in ("crashed", "slow")
            lines.append(f"{outcome}\t{path.relative_to(corpus)}\t{detail}")
            if outcome in ("crashed", "slow", "different"):
                print(lines[-1][:500])
    for suffix, counter in sorted(counts.items()):
        print(f"{suffix:6} " + "  ".join(f"{name} {n}" for name, n in sorted(counter.items())))
    share = identical / comparable if comparable else 1.0
    print(f"identical: {identical} of {comparable} comparable files = {100 * share:.2f} % (bar 99 %)")
    if options.out:
        pathlib.Path(options.out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if bad or share < BAR else 0


if __name__ == "__main__":
    sys.exit(main())
