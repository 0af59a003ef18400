#!/usr/bin/python3
"""Loads a workbook of 1,000,000 rows and 10 columns: processor time, and memory beyond the engine's own.

    bench/load_xlsx.py [--rows N] [--build build] [--keep DIR]

Makes a deterministic workbook as spreadsheet programs write them (shared strings, dates by their number format)
and a CSV of the same cells. Memory is the peak of `sextant_load` on the workbook less that of `sextant_load --engine`
(DuckDB alone, same limits) on the CSV. Fails when a target is missed.
"""

import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import zipfile

from measure import report

PROCESSOR_SECONDS = 10
READER_MB = 100
WORDS = ["Berlin", "Paris", "Madrid", "Rome", "Warsaw", "New York", "Tokyo", "Recife", "Lyon", "Wien"]
HEADER = ["order_id", "customer", "city", "order_date", "quantity", "unit_price", "discount", "total", "status", "note"]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DATE = ' s="1"'  # the style of dates
FIRST_DAY = 45292  # 1 January 2024


class Strings:
    """Shared strings, numbered as they come."""

    def __init__(self):
        self.numbers = {}

    def number(self, text):
        return self.numbers.setdefault(text, len(self.numbers))


def rows(count):
    """Values of each row, from a small linear congruential generator: the same on every machine."""
    state = 20240101
    for i in range(1, count + 1):
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        r = state >> 16
        quantity, price, discount = 1 + r % 20, 100 + (r >> 5) % 90000, (r >> 9) % 30
        yield (i, f"Customer {r % 20000}", WORDS[(r >> 7) % 10], FIRST_DAY + (r >> 11) % 900, quantity,
               price / 100, discount / 100, quantity * price * (100 - discount) // 100 / 100,
               "open" if r & 1 else "shipped", f"note {r % 997}" if r % 3 == 0 else "")


def make(folder, count):
    workbook, plain = folder / f"orders_{count}.xlsx", folder / f"orders_{count}.csv"
    if workbook.exists() and plain.exists():
        return workbook, plain
    strings = Strings()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, \
            open(plain, "w", encoding="utf-8") as csv:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
                                        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        archive.writestr("xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="Orders" '
                                            'sheetId="1" r:id="r1"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">' + "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(
                [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                 ("sharedStrings", "sharedStrings.xml")], 1)) + "</Relationships>")
        archive.writestr("xl/styles.xml", f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/>'
                                          '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"<worksheet {MAIN}><sheetData>".encode())
            block = ['<row r="1">' + "".join(f'<c r="{chr(65 + c)}1" t="s"><v>{strings.number(name)}</v></c>'
                                             for c, name in enumerate(HEADER)) + "</row>"]
            csv.write(",".join(HEADER) + "\n")
            lines = []
            for i, values in enumerate(rows(count), 2):
                cells = []
                for c, value in enumerate(values):
                    place = f"{chr(65 + c)}{i}"
                    if isinstance(value, str):
                        if value:
                            cells.append(f'<c r="{place}" t="s"><v>{strings.number(value)}</v></c>')
                    else:
                        cells.append(f'<c r="{place}"{DATE if c == 3 else ""}><v>{value}</v></c>')
                block.append(f'<row r="{i}">{"".join(cells)}</row>')
                lines.append(",".join(map(str, values)) + "\n")
                if len(block) >= 5000:
                    sheet.write("".join(block).encode())
                    csv.write("".join(lines))
                    block.clear()
                    lines.clear()
            sheet.write("".join(block).encode())
            csv.write("".join(lines))
            sheet.write(b"</sheetData></worksheet>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>" + "".join(
            f"<si><t>{text}</t></si>" for text in strings.numbers) + "</sst>")
    return workbook, plain


def load(command):
    """Processor seconds and peak memory, in MB, of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed: {done.stdout}{done.stderr}")
    memory = next(float(line.split("=")[1]) for line in done.stderr.splitlines() if line.startswith("peak_rss_mb="))
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, memory, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--build", default="build")
    parser.add_argument("--keep", help="folder in which the made files are kept for the next run")
    options = parser.parse_args()
    program = str(pathlib.Path(options.build) / "src/analysis/formats/sextant_load")
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(options.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        workbook, plain = make(folder, options.rows)
        output = os.path.join(scratch, "out.duckdb")
        _, engine_memory, _ = load([program, "--engine", str(plain), output])
        os.remove(output)
        processor, memory, reply = load([program, str(workbook), output])
        assert f'"rows":{options.rows},' in reply, reply[:500]
        report("xlsx: file", workbook.stat().st_size / 1e6, "MB")
        report("xlsx: DuckDB alone, on the same cells as CSV", engine_memory, "MB")
        met = report("xlsx: processor time of the load", processor, "s", PROCESSOR_SECONDS)
        met &= report("xlsx: memory beyond DuckDB's own", memory - engine_memory, "MB", READER_MB)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
