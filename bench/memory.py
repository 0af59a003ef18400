#!/usr/bin/python3
"""How soon the server listens, and what it and one warm worker hold when nothing happens.

    bench/memory.py
"""

import statistics
import sys
import time

from measure import BINARY, Server, proportional_memory, report, wait_until

STARTS = 7


def main():
    server = Server(BINARY)
    try:
        times = []
        for _ in range(STARTS + 1):
            begin = time.perf_counter()
            server.start()
            times.append((time.perf_counter() - begin) * 1000)
            server.stop()
        report("start to listening, first start (makes the data folder)", times[0], "ms")
        met = report("start to listening, later starts, median", statistics.median(times[1:]), "ms", 500)

        server.start()
        person = server.sign_up()
        person.load("data.csv", b"a,b\n1,2\n3,4\n")
        person.rows("SELECT sum(a) FROM data")
        server.stop()
        server.start()
        workers = wait_until(server.workers, "a warm worker")
        time.sleep(2)  # start-up work settles
        own = proportional_memory(server.process.pid)
        each = [proportional_memory(pid) for pid in workers]
        report("idle memory: server", own, "MB PSS")
        report(f"idle memory: one of {len(each)} warm workers", max(each), "MB PSS")
        met &= report("idle memory: server and one warm worker", own + max(each), "MB PSS", 150)
    finally:
        server.remove()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
