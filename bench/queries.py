#!/usr/bin/python3
"""The query service: answers from memory, first rows, many users at once, cancelling, exports, slow clients.

    bench/queries.py [--rows N] [--only cache|first|mixed|cancel|export|office|slow]...
"""

import argparse
import concurrent.futures
import csv
import http.client
import json
import pathlib
import queue
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid

from measure import BINARY, Caller, Server, report, status_field

LONG = "SELECT count(*) FROM range(3000000) a(x), range(3000000) b(y) WHERE (x * y) % 7 = 3"
WIDE = ("SELECT i AS id, i % 1000 AS k, i * 1.5 AS amount, 'customer ' || i % 5000 AS customer, "
        "DATE '2020-01-01' + (i % 2000)::INT AS day, i % 7 = 0 AS flag, i * 7 AS a, i / 3 AS b, 'note ' || i AS note, "
        "i % 12 AS month FROM range({}) t(i)")


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def big_table(person, rows):
    """A table `events` of so many rows, by Parquet: it is made by the program itself."""
    sql = ("SELECT i AS id, i % 1000 AS customer, (i * 7919 % 100000) / 100.0 AS amount, "
           f"DATE '2020-01-01' + (i % 2000)::INT AS day, i % 20 AS category FROM range({rows}) t(i)")
    response = person.post("/api/queries/export", {"sql_query": sql, "format": "parquet"}, timeout=600)
    assert response.status_code == 200, response.text[:500]
    person.load("events.parquet", response.content)


def cached(person, met):
    caller = Caller(person)
    sql = "SELECT category, sum(amount) AS total FROM events GROUP BY category ORDER BY category"
    caller.query(sql)
    whole, inside = [], []
    for _ in range(500):
        begin = time.perf_counter()
        answer = caller.query(sql)
        whole.append((time.perf_counter() - begin) * 1000)
        assert answer["cached"]
        inside.append(answer["execution_time"] * 1000)
    report("cached answer over HTTP, median", statistics.median(whole), "ms")
    met.append(report("cached answer, time in the server, median", statistics.median(inside), "ms", 2))


def first_rows(person, met):
    times = []
    for number in range(20):
        connection = http.client.HTTPConnection("127.0.0.1", person.server.port)
        body = json.dumps({"sql_query": f"SELECT *, {number} AS run FROM events", "limit": 1_000_000, "cache": False})
        begin = time.perf_counter()
        connection.request("POST", "/api/queries/execute-enhanced", body,
                           {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json",
                            "Accept": "application/x-ndjson"})
        response = connection.getresponse()
        while not response.readline().startswith(b'{"type":"rows"'):
            pass
        times.append((time.perf_counter() - begin) * 1000)
        connection.close()
        time.sleep(0.3)
    met.append(report("first rows of a large scan, median", statistics.median(times), "ms", 150))


SHORT = [
    lambda r: f"SELECT count(*), sum(amount) FROM events WHERE customer = {r.randrange(1000)}",
    lambda r: f"SELECT * FROM events WHERE id = {r.randrange(1_000_000)}",
    lambda r: f"SELECT category, avg(amount) FROM events WHERE day = DATE '2020-01-01' + {r.randrange(2000)} GROUP BY ALL",
]


def short_times(person, seconds, rate, users):
    """Open arrivals at this rate, each taken by the next user who is free; gives the time of each from its
    arrival on, waiting included."""
    chance, times = random.Random(7), []
    callers = queue.SimpleQueue()
    for _ in range(users):
        caller = Caller(person)
        caller.query("SELECT 1")  # its connection is there, as a page's is
        callers.put(caller)

    def one(sql, arrival):
        caller = callers.get()
        caller.query(sql)
        times.append((time.perf_counter() - arrival) * 1000)
        callers.put(caller)

    with concurrent.futures.ThreadPoolExecutor(users) as pool:
        arrival = time.perf_counter()
        end = arrival + seconds
        asked = []
        while arrival < end:
            asked.append(pool.submit(one, chance.choice(SHORT)(chance), arrival))
            arrival += chance.expovariate(rate)
            time.sleep(max(0, arrival - time.perf_counter()))
    for each in asked:
        each.result()
    return times


def mixed(person, met):
    caller, chance = Caller(person), random.Random(3)
    alone = []
    begin = time.perf_counter()
    while time.perf_counter() - begin < 10:
        start = time.perf_counter()
        caller.query(chance.choice(SHORT)(chance))
        alone.append((time.perf_counter() - start) * 1000)
    rate = 0.5 * 2 * 1000 / statistics.mean(alone)  # half of what two processors do
    name = uuid.uuid4().hex
    long_run = threading.Thread(target=lambda: person.server.client(person.token).post(
        "/api/queries/execute-enhanced", json={"sql_query": LONG, "client_run_id": name}))
    long_run.start()
    time.sleep(1)  # it runs by now, and has given way
    times = short_times(person, 20, rate, 32)
    person.post(f"/api/queries/running/{name}/cancel")
    long_run.join()
    own = percentile(alone, 0.99)
    report("short query alone, 99th percentile", own, "ms")
    report(f"short query beside a long one, {rate:.0f} a second, 99th", percentile(times, 0.99), "ms")
    met.append(report("ratio of the two", percentile(times, 0.99) / own, "×", 4))


def cancelled(person, met):
    times = []
    for _ in range(30):
        name = uuid.uuid4().hex
        ended = []

        def run(name=name, ended=ended):
            client = person.server.client(person.token)
            response = client.post("/api/queries/execute-enhanced", json={"sql_query": LONG, "client_run_id": name})
            ended.append((response.status_code, time.perf_counter()))

        thread = threading.Thread(target=run)
        thread.start()
        while not any(r.get("client_run_id") == name and r["state"] == "running"
                      for r in person.get("/api/queries/running").json()["runs"]):
            time.sleep(0.01)
        time.sleep(0.2)
        begin = time.perf_counter()
        assert person.post(f"/api/queries/running/{name}/cancel").status_code == 204
        thread.join()
        assert ended[0][0] == 499
        times.append((ended[0][1] - begin) * 1000)
    met.append(report("from the cancel to the end of the query, 99th", percentile(times, 0.99), "ms", 1000))


class Peak:
    """The largest resident size of any worker, in MB, while it is in force."""

    def __init__(self, server):
        self._server, self._stop, self.megabytes = server, threading.Event(), 0
        self._thread = threading.Thread(target=self._watch)

    def _watch(self):
        while not self._stop.wait(0.05):
            for pid in self._server.workers():
                try:
                    self.megabytes = max(self.megabytes, status_field(pid, "VmRSS"))
                except (OSError, StopIteration):
                    continue

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()


def exported(person, met):
    for kind in ("csv", "json", "xlsx", "parquet"):
        begin, size = time.perf_counter(), 0
        with Peak(person.server) as peak, person.http.stream(
                "POST", "/api/queries/export", json={"sql_query": WIDE.format(1_000_000), "format": kind},
                timeout=600) as response:
            assert response.status_code == 200
            for piece in response.iter_raw():
                size += len(piece)
        report(f"export of 1,000,000 × 10 as {kind}", time.perf_counter() - begin, "s")
        report(f"export as {kind}, size", size / 1e6, "MB")
        met.append(report(f"export as {kind}, memory of the worker", peak.megabytes, "MB", 150 if kind == "xlsx" else None))


def same_cell(ours, theirs):
    """A cell of the CSV export and what LibreOffice made of the workbook's: numbers as numbers."""
    if ours.lower() == theirs.lower():  # true, TRUE
        return True
    try:
        a, b = float(ours), float(theirs)
    except ValueError:
        return False
    return abs(a - b) <= 1e-9 * max(1, abs(a))


def office(person, met):
    """The workbook of a million rows is opened by LibreOffice, and has what the CSV export has."""
    program = shutil.which("soffice")
    if not program:
        print("the workbook in LibreOffice: not measured, soffice is not installed")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for kind in ("csv", "xlsx"):
            with open(folder / f"ours.{kind}", "wb") as file, person.http.stream(
                    "POST", "/api/queries/export", json={"sql_query": WIDE.format(1_000_000), "format": kind},
                    timeout=600) as response:
                assert response.status_code == 200
                for piece in response.iter_raw():
                    file.write(piece)
        (folder / "ours.xlsx").rename(folder / "opened.xlsx")
        begin = time.perf_counter()
        # Comma, quotes, UTF-8, values rather than what is shown.
        subprocess.run([program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false", "--outdir", str(folder),
                        str(folder / "opened.xlsx")], check=True, timeout=3600, capture_output=True)
        report("the workbook opened and read by LibreOffice", time.perf_counter() - begin, "s")
        different = rows = 0
        with open(folder / "ours.csv", newline="", encoding="utf-8-sig") as a, \
                open(folder / "opened.csv", newline="", encoding="utf-8-sig") as b:
            for ours, theirs in zip(csv.reader(a), csv.reader(b), strict=True):
                rows += 1
                wrong = len(ours) != len(theirs) or not all(map(same_cell, ours, theirs))
                if wrong and different < 3:
                    print("   ours", ours, "\n   theirs", theirs)
                different += wrong
        report("rows that LibreOffice read, with the head", rows, "rows")
        met.append(report("rows that differ there", different, "rows", 0))


def slow_client(person, met):
    pid = person.server.process.pid
    caller = Caller(person)
    caller.query("SELECT 1 AS warm")
    before = status_field(pid, "VmRSS")
    connection = http.client.HTTPConnection("127.0.0.1", person.server.port)
    connection.request("POST", "/api/queries/execute-enhanced",
                       json.dumps({"sql_query": WIDE.format(1_000_000), "limit": 1_000_000, "cache": False}),
                       {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json",
                        "Accept": "application/x-ndjson"})
    response = connection.getresponse()
    response.readline()
    grown, times = 0, []
    for i in range(100):
        start = time.perf_counter()
        caller.query(f"SELECT count(*) FROM events WHERE customer = {i}")
        times.append((time.perf_counter() - start) * 1000)
        grown = max(grown, status_field(pid, "VmRSS") - before)
        time.sleep(0.02)
    connection.close()
    met.append(report("server memory beside a client that does not read", grown, "MB", 64))
    report("short query beside it, median", statistics.median(times), "ms")


PARTS = {"cache": cached, "first": first_rows, "mixed": mixed, "cancel": cancelled, "export": exported,
         "office": office, "slow": slow_client}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--only", choices=PARTS, action="append")
    arguments = parser.parse_args()
    server = Server(BINARY, settings={"QUERY_TIMEOUT_SECONDS": 600}).start()
    met = []
    try:
        person = server.sign_up()
        big_table(person, arguments.rows)
        for name, part in PARTS.items():
            if not arguments.only or name in arguments.only:
                part(person, met)
    finally:
        server.remove()
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
