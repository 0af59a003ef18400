#!/usr/bin/python3
"""From the first byte of an upload to a published table, against DuckDB's own CREATE TABLE AS on the same file.

    bench/upload.py [--gigabytes G] [--folder FOLDER]     default: 1 GB in a temporary folder

Also the peak memory of the server while it receives (G = 2 is the target's size) and of the worker that loads
and profiles (G = 5).
"""

import argparse
import http.client
import json
import os
import pathlib
import shutil
import sys
import tempfile
import threading
import time

from measure import BINARY, DuckDB, Server, report, status_field, wait_until

BYTES_PER_ROW = 150
BOUNDARY = "sextant-bench-boundary"


def make_csv(path, gigabytes):
    """A table of 14 columns of all usual types, the same every time."""
    rows = int(gigabytes * 1e9 / BYTES_PER_ROW)
    duckdb = DuckDB()
    duckdb.run(f"""COPY (
        SELECT i AS id, TIMESTAMP '2020-01-01' + INTERVAL (i * 17 % 200000000) SECOND AS created_at,
          'customer-' || hash(i) % 250000 AS customer, 'SKU-' || hash(i + 1) % 5000 AS sku,
          ['Berlin', 'Paris', 'London', 'Madrid', 'Wien'][1 + (hash(i + 2) % 5)::INT] AS city,
          (hash(i + 3) % 9 + 1)::INT AS quantity, (hash(i + 4) % 100000 / 100.0)::DECIMAL(9,2) AS price,
          (hash(i + 5) % 30 / 100.0)::DECIMAL(3,2) AS discount, hash(i + 6) % 2 = 0 AS paid,
          DATE '2020-01-01' + (hash(i + 7) % 2000)::INT AS due, hash(i + 8) % 1000000 / 7.0 AS score,
          CASE WHEN hash(i + 9) % 10 = 0 THEN NULL ELSE 'note ' || hash(i + 9) % 1000 END AS note,
          md5(i::VARCHAR) AS reference, ['web', 'app', 'store'][1 + (hash(i + 10) % 3)::INT] AS channel
        FROM range({rows}) t(i)) TO '{path}' (HEADER)""")
    duckdb.close()


def send(person, path):
    """One multipart request with the file; gives its id."""
    head = (f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"big.csv\"\r\n"
            "Content-Type: text/csv\r\n\r\n").encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", person.server.port, blocksize=1 << 20)
    connection.putrequest("POST", "/api/files/upload")
    connection.putheader("Authorization", f"Bearer {person.token}")
    connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    connection.putheader("Content-Length", str(len(head) + path.stat().st_size + len(tail)))
    connection.endheaders()
    connection.send(head)
    with open(path, "rb") as file:
        connection.sock.sendfile(file)
    connection.send(tail)
    response = connection.getresponse()
    text = response.read().decode()
    assert response.status == 202, text
    return json.loads(text)["file_id"]


class Peak:
    """The largest resident memory of a server's workers, sampled until stopped."""

    def __init__(self, server):
        self.megabytes = 0
        self._server, self._done = server, threading.Event()
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()

    def _sample(self):
        while not self._done.wait(0.5):
            for pid in self._server.workers():
                try:
                    self.megabytes = max(self.megabytes, status_field(pid, "VmHWM"))
                except (OSError, StopIteration):
                    pass  # ended meanwhile

    def stop(self):
        self._done.set()
        self._thread.join()
        return self.megabytes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=1)
    parser.add_argument("--folder", type=pathlib.Path)
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=options.folder))
    path = folder / "big.csv"
    server = Server(BINARY)
    try:
        make_csv(path, options.gigabytes)
        report("file", path.stat().st_size / 1e9, "GB")
        server.start()
        person = server.sign_up()
        before = status_field(server.process.pid, "VmRSS")
        peak = Peak(server)
        begin = time.perf_counter()
        file_id = send(person, path)
        received = time.perf_counter() - begin

        def published():
            file = person.file(file_id)
            assert file["processing_status"] != "failed", file["error"]
            return file["processing_status"] == "completed" or \
                file["progress"]["stage"] in ("published", "profiled", "modelled")

        wait_until(published, "the published table", 600 * max(1, options.gigabytes), pause=0.1)  # asking takes processor time, too
        elapsed = time.perf_counter() - begin
        person.finished(file_id)
        finished = time.perf_counter() - begin
        workers = peak.stop()
        server_peak = status_field(server.process.pid, "VmHWM")
        server.stop()

        os.sync()
        begin = time.perf_counter()
        duckdb = DuckDB(folder / "plain.duckdb")
        duckdb.run(f"CREATE TABLE big AS SELECT * FROM read_csv('{path}')")
        duckdb.run("CHECKPOINT")
        duckdb.close()
        plain = time.perf_counter() - begin

        report("upload: received", received, "s")
        report("upload: published", elapsed, "s")
        report("upload: profiled and modelled", finished, "s")
        report("upload: plain DuckDB, CREATE TABLE AS", plain, "s")
        met = report("upload: published ÷ plain DuckDB", elapsed / plain, "times", 1.5)
        met &= report("upload: memory the server took on", server_peak - before, "MB", 64)
        met &= report("upload: largest worker", workers, "MB", 1600)
    finally:
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
