#!/usr/bin/env python3
"""Scores the PDF table detector on the ICDAR-2013 table competition by adjacency relations.

    SEXTANT_CORPUS=../shared/corpus tools/campaign/icdar.py [--build build] [--part tuned|untouched] [--show NAME] [--list]

As in the competition: every cell with text has a relation to its next cell with text to the right and below; a
relation is right when both texts (white space and case aside) and the direction agree. Regions of the truth and
found tables are paired one to one so that most relations agree; recall and precision are taken over each document
and averaged over documents. Tables that match nothing ("false regions") are counted apart and, in the line
"strict", also held against the precision. A third of the documents, by a hash of the name, was never looked at
while the detector was tuned ("untouched"). Ends with status 1 when a bar is missed: F1 0.92, four true regions for
each false one.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET

BAR_F1 = 0.92
BAR_TRUE_PER_FALSE = 4


def untouched(name):
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def normal(text):
    text = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(c if c.isalnum() else "_" for c in text if not c.isspace() and c not in "\u00ad\u200b")


def relations(cells):
    """cells: (row, column, rows, columns, text). A multiset of (text, text, direction)."""
    grid = {}
    for i, (row, column, rows, columns, text) in enumerate(cells):
        if not normal(text):
            continue
        for r in range(row, row + rows):
            for c in range(column, column + columns):
                grid.setdefault((r, c), i)
    pairs = set()
    for along, direction in ((0, "right"), (1, "below")):
        lines = collections.defaultdict(list)
        for (r, c), i in grid.items():
            lines[(r, c)[along]].append(((c, r)[along], i))
        for line in lines.values():
            line.sort()
            for (_, a), (_, b) in zip(line, line[1:]):
                if a != b:
                    pairs.add((a, b, direction))
    return collections.Counter((normal(cells[a][4]), normal(cells[b][4]), d) for a, b, d in pairs)


def truth(path):
    """One list of cells a region, with its page."""
    out = []
    for table in ET.parse(path).getroot().iter("table"):
        for region in table.iter("region"):
            cells = []
            for cell in region.iter("cell"):
                row, column = int(cell.get("start-row")), int(cell.get("start-col"))
                last_row, last_column = int(cell.get("end-row", row)), int(cell.get("end-col", column))
                content = cell.find("content")
                cells.append((row, column, last_row - row + 1, last_column - column + 1,
                              content.text if content is not None else ""))
            out.append((int(region.get("page")), cells))
    return out


def found(program, path, least):
    done = subprocess.run([program, str(path), "--tables"], capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        print(f"{path.name}: status {done.returncode} {done.stderr[-200:]!r}")
        return []
    out = []
    for page in json.loads(done.stdout):
        for table in page["tables"]:
            if table["confidence"] >= least:
                out.append((page["page"], [(c["row"], c["column"], c["rows"], c["columns"], c["text"])
                                           for c in table["cells"]], table))
    return out


def score(program, pdf, least):
    regions = truth(pdf.with_name(pdf.stem + "-str.xml"))
    tables = found(program, pdf, least)
    wanted = [relations(cells) for _, cells in regions]
    given = [relations(cells) for _, cells, _ in tables]
    candidates = sorted(((sum((wanted[i] & given[j]).values()), i, j)
                         for i, (page, _) in enumerate(regions) for j, (other, _, _) in enumerate(tables)
                         if page == other), reverse=True)
    pair_of, used = {}, set()
    for hits, i, j in candidates:
        if hits > 0 and i not in pair_of and j not in used:
            pair_of[i] = (j, hits)
            used.add(j)
    hits = sum(h for _, h in pair_of.values())
    total = sum(sum(w.values()) for w in wanted)
    matched = sum(sum(given[j].values()) for j in used)
    everything = sum(sum(g.values()) for g in given)
    detail = []
    for i, (page, _) in enumerate(regions):
        j, h = pair_of.get(i, (None, 0))
        detail.append((page, sum(wanted[i].values()), sum(given[j].values()) if j is not None else 0, h,
                       "" if j is None else ("ruled" if tables[j][2]["ruled"] else "aligned")))
    false = [(tables[j][0], sum(given[j].values()), round(tables[j][2]["confidence"], 2), tables[j][1][0][4][:30] if tables[j][1] else "")
             for j in range(len(tables)) if j not in used]
    return {"name": pdf.stem, "hits": hits, "total": total, "matched": matched, "everything": everything,
            "true": len(used), "regions": len(regions), "false": false, "detail": detail,
            "wanted": wanted, "given": given, "pairs": pair_of}


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0


def summary(title, results):
    n = len(results)
    if not n:
        return 0, 0
    recall = sum(r["hits"] / r["total"] for r in results) / n
    # A document in which nothing was found has no precision; the competition leaves it out.
    some = [r for r in results if r["matched"]]
    precision = sum(r["hits"] / r["matched"] for r in some) / max(len(some), 1)
    strict = [r for r in results if r["everything"]]
    strict_precision = sum(r["hits"] / r["everything"] for r in strict) / max(len(strict), 1)
    hits, total = sum(r["hits"] for r in results), sum(r["total"] for r in results)
    matched = sum(r["matched"] for r in results)
    true, false = sum(r["true"] for r in results), sum(len(r["false"]) for r in results)
    value = f1(precision, recall)
    print(f"{title}: {n} documents, {sum(r['regions'] for r in results)} regions")
    print(f"  adjacency  precision {precision:.3f}  recall {recall:.3f}  F1 {value:.3f}")
    print(f"  strict     precision {strict_precision:.3f}  recall {recall:.3f}  F1 {f1(strict_precision, recall):.3f}")
    print(f"  pooled     precision {hits / max(matched, 1):.3f}  recall {hits / total:.3f}  F1 {f1(hits / max(matched, 1), hits / total):.3f}")
    print(f"  regions    true {true}  missed {sum(r['regions'] for r in results) - true}  false {false}"
          f"  ({true / max(false, 1):.1f} true for each false)")
    return value, true / max(false, 1)


def show(result):
    for i, wanted in enumerate(result["wanted"]):
        j, _ = result["pairs"].get(i, (None, 0))
        given = result["given"][j] if j is not None else collections.Counter()
        print(f"region {i}: {result['detail'][i]}")
        for relation in list((wanted - given))[:60]:
            print("   missing", relation)
        for relation in list((given - wanted))[:60]:
            print("   wrong  ", relation)
    print("false:", result["false"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--part", choices=["tuned", "untouched"])
    parser.add_argument("--least", type=float, default=0.5, help="confidence from which a table counts (as when loading)")
    parser.add_argument("--show", help="the relations that differ in one document")
    parser.add_argument("--list", action="store_true", help="one line a document")
    options = parser.parse_args()
    corpus = pathlib.Path(os.environ.get("SEXTANT_CORPUS", "../shared/corpus")) / "icdar2013"
    if not corpus.is_dir():
        print(f"no corpus at {corpus} (set SEXTANT_CORPUS); nothing was run")
        return 0
    program = str(pathlib.Path(options.build) / "src/analysis/formats/sextant_pages")
    files = sorted(p for p in corpus.rglob("*.pdf") if p.with_name(p.stem + "-str.xml").exists())
    if options.part:
        files = [p for p in files if untouched(p.stem) == (options.part == "untouched")]
    if options.show:
        files = [p for p in files if p.stem == options.show]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda p: score(program, p, options.least), files))
    if options.show:
        for result in results:
            show(result)
        return 0
    if options.list:
        for r in sorted(results, key=lambda r: r["hits"] / r["total"]):
            print(f"{r['name']:8} recall {r['hits'] / r['total']:.2f} precision {r['hits'] / max(r['matched'], 1):.2f}  "
                  f"{r['detail']}  false {r['false']}")
    parts = [("tuned", [r for r in results if not untouched(r["name"])]),
             ("untouched", [r for r in results if untouched(r["name"])])]
    for title, part in parts:
        if not options.part or options.part == title:
            summary(title, part)
    if options.part:
        return 0
    value, ratio = summary("all", results)
    missed = value < BAR_F1 or ratio < BAR_TRUE_PER_FALSE
    print(f"bars: F1 {BAR_F1} {'met' if value >= BAR_F1 else 'MISSED'}, {BAR_TRUE_PER_FALSE} true for each false "
          f"{'met' if ratio >= BAR_TRUE_PER_FALSE else 'MISSED'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
