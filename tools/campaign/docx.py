#!/usr/bin/python3
"""Compares the tables of real Word documents, as our reader gives them, with those of an independent reader.

    SEXTANT_CORPUS=../shared/corpus tools/campaign/docx.py [--build build] [--list]

The other reader is a walk over the XML by Python's own parser: each cell's paragraphs, without deleted text and without
tables inside of it. Where MANIFEST.tsv tells how many tables and rows mammoth found, these must agree as well. Comparable
is every document that can be parsed and has tables. Ends with status 1 when fewer than 99 % are identical, or anything
crashed or hung.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree
import zipfile

SECONDS = 60
BAR = 0.99
SKIPPED = {"del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "tbl"}


def local(node):
    return node.tag.rsplit("}", 1)[-1]


def inside(node, name):
    """Descendants of that name, without what stands in a table further inside; of alternatives the first."""
    for child in node:
        kind = local(child)
        if kind == name:
            yield child
        elif kind == "AlternateContent":
            for choice in list(child)[:1]:
                yield from inside(choice, name)
        elif kind not in SKIPPED:
            yield from inside(child, name)


def text_of(node):
    out = []
    for child in node:
        kind = local(child)
        if kind == "t":
            out.append(child.text or "")
        elif kind in ("tab", "ptab") and local(node) != "tabs":
            out.append("\t")
        elif kind in ("br", "cr"):
            out.append("\n")
        elif kind == "noBreakHyphen":
            out.append("-")
        elif kind == "sym":
            # Fonts of symbols use private places: what they show is not known, only that they are there.
            code = int(next(v for k, v in child.attrib.items() if k.endswith("}char")), 16)
            out.append(chr(code) if code < 0xD800 else "\N{REPLACEMENT CHARACTER}")
        elif kind == "AlternateContent":
            out += [text_of(choice) for choice in list(child)[:1]]
        elif kind not in SKIPPED and kind not in ("pPr", "rPr", "p"):
            out.append(text_of(child))
    return "".join(out)


def words(text):
    return " ".join(text.split())


def value(node, path):
    found = node.find(path)
    return None if found is None else found.get(node.tag[: node.tag.index("}") + 1] + "val", "")


def expected_tables(root):
    """In the order in which they begin: rows of (column, text, whether it goes on from above)."""
    tables = []
    for table in root.iter():
        if local(table) != "tbl":
            continue
        space = table.tag[: table.tag.index("}") + 1]
        rows = []
        for row in inside(table, "tr"):
            if row.find(f"{space}trPr/{space}del") is not None:
                continue
            before = value(row, f"{space}trPr/{space}gridBefore")
            column, cells = int(before or 0), []
            for cell in inside(row, "tc"):
                merge = cell.find(f"{space}tcPr/{space}vMerge")
                goes_on = merge is not None and merge.get(f"{space}val") != "restart"
                cells.append((column, words(" ".join(text_of(p) for p in inside(cell, "p"))), goes_on))
                column += int(value(cell, f"{space}tcPr/{space}gridSpan") or 1)
            rows.append(cells)
        tables.append(rows)
    return tables


def compare(ours, expected):
    if len(ours) != len(expected):
        return f"{len(ours)} tables instead of {len(expected)}"
    for number, (mine, theirs) in enumerate(zip(ours, expected), 1):
        if len(mine) != len(theirs):
            return f"table {number}: {len(mine)} rows instead of {len(theirs)}"
        for r, (row, cells) in enumerate(zip(mine, theirs), 1):
            for column, text, goes_on in cells:
                got = words(row[column]) if column < len(row) else None
                if got != text and not (goes_on and text == ""):
                    return f"table {number}, row {r}, column {column + 1}: {got!r} instead of {text!r}"
    return ""


def judge(program, path, manifest):
    try:
        done = subprocess.run([program, str(path)], capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "slow", ""
    if done.returncode not in (0, 2):
        return "crashed", f"status {done.returncode}"
    try:
        with zipfile.ZipFile(path) as archive:
            root = xml.etree.ElementTree.fromstring(archive.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, xml.etree.ElementTree.ParseError, NotImplementedError, RuntimeError, OSError) as error:
        return ("refused" if done.returncode == 2 else "read alone"), str(error)
    if done.returncode == 2:
        return "different", "refused: " + done.stderr.decode()[:200]
    reply = json.loads(done.stdout)
    ours = [t["rows"] for t in sorted(reply["tables"], key=lambda t: t["number"])]
    expected = expected_tables(root)
    difference = compare(ours, expected)
    counts = re.match(r"mammoth: (\d+) tables, (\d+) rows", manifest)
    if not difference and counts:
        found = len(ours), sum(len(t) for t in ours)
        if found != (int(counts[1]), int(counts[2])):
            difference = f"{found[0]} tables with {found[1]} rows, mammoth found {counts[1]} with {counts[2]}"
    if difference:
        return "different", difference
    return ("identical" if expected else "without tables"), ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--list", action="store_true", help="one line a file")
    options = parser.parse_args()
    corpus = pathlib.Path(os.environ.get("SEXTANT_CORPUS", "../shared/corpus"))
    if not corpus.is_dir():
        print(f"no corpus at {corpus} (set SEXTANT_CORPUS); nothing was run")
        return 0
    program = str(pathlib.Path(options.build) / "src/analysis/formats/sextant_docx")
    lines = (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    manifest = {row[0]: row[7] for row in (line.split("\t") for line in lines) if len(row) > 7 and row[1] == "docx"}
    files = sorted(corpus.rglob("*.docx"))
    counts = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda p: judge(program, p, manifest.get(str(p.relative_to(corpus)), "")), files)
        for path, (outcome, detail) in zip(files, results):
            counts[outcome] += 1
            if options.list or outcome in ("crashed", "slow", "different"):
                print(f"{outcome}\t{path.relative_to(corpus)}\t{detail}"[:400])
    print("  ".join(f"{name} {n}" for name, n in sorted(counts.items())))
    comparable = counts["identical"] + counts["different"]
    share = counts["identical"] / comparable if comparable else 1.0
    print(f"identical: {counts['identical']} of {comparable} documents with tables = {100 * share:.2f} % (bar 99 %)")
    return 1 if share < BAR or counts["crashed"] or counts["slow"] else 0


if __name__ == "__main__":
    sys.exit(main())
