#!/usr/bin/env python3
"""Compares loading a CSV with the engine's own CREATE TABLE AS on the same file.

    bench/load_csv.py --megabytes 200 [--build build] [--keep DIR] [--dirty]

Makes a deterministic file of 14 columns (numbers, money, dates, times, words, text with commas), loads it
with `sextant_load` and with `sextant_load --engine` (DuckDB alone, same limits), and prints seconds, peak
memory and the ratio. --dirty puts a cell that does not fit into every 20,000th row. The bar is 1.3 at 1 GB with a memory limit of 1 GB.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HEADER = ("order_id,customer_id,order_date,shipped_at,country,city,product,category,quantity,"
          "unit_price,discount,total,status,comment\n")
COUNTRIES = ["Germany", "France", "Spain", "Italy", "Poland", "United States", "Japan", "Brazil"]
CITIES = ["Berlin", "Paris", "Madrid", "Rome", "Warsaw", "New York", "Tokyo", "Recife", "Lyon"]
PRODUCTS = ["Standing desk", "Office chair", "Monitor 27", "Keyboard, wireless", "Dock", "Lamp"]
CATEGORIES = ["Furniture", "Electronics", "Accessories"]
STATUS = ["shipped", "open", "returned"]


def generate(path, size, dirty):
    """Rows from a small linear congruential generator: the same file on every machine."""
    state = 20240101
    written = 0
    with open(path, "w", encoding="utf-8", newline="") as out:
        written += out.write(HEADER)
        row = 0
        block = []
        while written < size:
            block.clear()
            for _ in range(20000):
                row += 1
                state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
                r = state >> 16
                quantity = 1 + r % 20
                price = 100 + (r >> 5) % 90000
                discount = (r >> 9) % 30
                total = quantity * price * (100 - discount) // 100
                product = PRODUCTS[(r >> 7) % 6]
                if "," in product:
                    product = f'"{product}"'
                day = 1 + (r >> 11) % 28
                month = 1 + (r >> 15) % 12
                year = 2020 + (r >> 19) % 6
                total_text = f"{total // 100}.{total % 100:02}"
                if dirty and row % 20000 == 0:
                    total_text = "see note"
                comment = "" if r % 3 else f"note {r % 9973} for order {row}"
                block.append(
                    f"{row},{100000 + (r >> 13) % 500000},{year}-{month:02}-{day:02},"
                    f"{year}-{month:02}-{day:02} {r % 24:02}:{(r >> 3) % 60:02}:{(r >> 6) % 60:02},"
                    f"{COUNTRIES[(r >> 21) % 8]},{CITIES[(r >> 23) % 9]},{product},"
                    f"{CATEGORIES[(r >> 25) % 3]},{quantity},{price // 100}.{price % 100:02},"
                    f"0.{discount:02},{total_text},{STATUS[(r >> 27) % 3]},{comment}\n")
            written += out.write("".join(block))


def run(command):
    start = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed: {done.stdout}{done.stderr}")
    memory = next((line.split("=")[1] for line in done.stderr.splitlines()
                   if line.startswith("peak_rss_mb=")), "?")
    return seconds, processor, memory, done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--build", default="build")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--memory", default="1024", help="MB")
    parser.add_argument("--dirty", action="store_true")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--keep", help="folder in which the made file is kept for the next run")
    options = parser.parse_args()
    program = str(pathlib.Path(options.build) / "src/analysis/formats/sextant_load")
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(options.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / f"orders_{options.megabytes}{'_dirty' if options.dirty else ''}.csv"
        if not source.exists():
            generate(source, options.megabytes * 1_000_000, options.dirty)
        output = os.path.join(scratch, "out.duckdb")
        best = {}
        for _ in range(options.rounds):
            for name, extra in (("engine", ["--engine"]), ("load", [])):
                command = [program, *extra, str(source), output, options.memory, options.threads]
                seconds, processor, memory, text = run(command)
                if name not in best or seconds < best[name][0]:
                    best[name] = (seconds, processor, memory)
                if name == "load":
                    rows = json.loads(text)["tables"][0]["rows"]
                os.remove(output)
        for name, (seconds, processor, memory) in best.items():
            print(f"{name:7} {seconds:7.2f} s  processor {processor:7.2f} s  peak {memory} MB")
        print(f"rows {rows}, {source.stat().st_size / 1e6:.0f} MB, "
              f"ratio {best['load'][0] / best['engine'][0]:.2f}, "
              f"of processor time {best['load'][1] / best['engine'][1]:.2f}")


if __name__ == "__main__":
    main()
