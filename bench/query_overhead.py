#!/usr/bin/python3
"""What a query costs beyond DuckDB: over HTTP with rows as JSON, less plain DuckDB, at the median.

    bench/query_overhead.py [--calls N]
"""

import argparse
import statistics
import sys
import time

from measure import BINARY, Caller, DuckDB, Server, report

CSV = b"city,units\n" + b"".join(b"City %d,%d\n" % (i % 7, i) for i in range(1000))
QUERIES = {
    "trivial": "SELECT 42 AS answer",
    "group of a small table": "SELECT city, sum(units) AS units FROM sales GROUP BY city ORDER BY city",
}


def median_ms(call, calls):
    for _ in range(20):
        call()
    times = []
    for _ in range(calls):
        begin = time.perf_counter()
        call()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=500)
    calls = parser.parse_args().calls
    server = Server(BINARY).start()
    try:
        person = server.sign_up()
        person.load("sales.csv", CSV)
        caller = Caller(person)
        duckdb = DuckDB()
        duckdb.run("CREATE TABLE sales AS SELECT 'City ' || i % 7 AS city, i AS units FROM range(1000) t(i)")
        met = True
        for name, sql in QUERIES.items():
            through = median_ms(lambda sql=sql: caller.query(sql), calls)
            plain = median_ms(lambda sql=sql: duckdb.run(sql), calls)
            report(f"query, {name}: over HTTP", through, "ms")
            report(f"query, {name}: plain DuckDB", plain, "ms")
            met &= report(f"query, {name}: overhead", through - plain, "ms", 5)
        duckdb.close()
    finally:
        server.remove()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
