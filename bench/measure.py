"""What the benchmarks share: the running program, plain DuckDB beside it, and figures with targets."""

import ctypes
import http.client
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "functional"))
from sextant import Server, wait_until  # noqa: E402, F401

BINARY = ROOT / "build" / "sextant"


class DuckDB:
    """Plain DuckDB, by its C API, with its defaults: what the product's times are compared with."""

    class _Result(ctypes.Structure):
        _fields_ = [("columns", ctypes.c_uint64), ("rows", ctypes.c_uint64), ("changed", ctypes.c_uint64),
                    ("column_data", ctypes.c_void_p), ("error", ctypes.c_char_p), ("internal", ctypes.c_void_p)]

    def __init__(self, path=":memory:"):
        self._lib = ctypes.CDLL(str(ROOT / ".deps" / "duckdb" / "libduckdb.so"))
        self._lib.duckdb_result_error.restype = ctypes.c_char_p
        self._database, self._connection = ctypes.c_void_p(), ctypes.c_void_p()
        assert self._lib.duckdb_open(str(path).encode(), ctypes.byref(self._database)) == 0, path
        assert self._lib.duckdb_connect(self._database, ctypes.byref(self._connection)) == 0

    def run(self, sql):
        result = self._Result()
        status = self._lib.duckdb_query(self._connection, sql.encode(), ctypes.byref(result))
        error = self._lib.duckdb_result_error(ctypes.byref(result)) if status else None
        self._lib.duckdb_destroy_result(ctypes.byref(result))
        assert status == 0, error

    def close(self):
        self._lib.duckdb_disconnect(ctypes.byref(self._connection))
        self._lib.duckdb_close(ctypes.byref(self._database))


class Caller:
    """One kept-alive connection with as little client time as Python allows."""

    def __init__(self, person):
        self._connection = http.client.HTTPConnection("127.0.0.1", person.server.port)
        self._headers = {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json"}

    def post(self, path, body):
        self._connection.request("POST", path, body, self._headers)
        response = self._connection.getresponse()
        text = response.read()
        assert response.status == 200, text[:500]
        return text

    def query(self, sql):
        return json.loads(self.post("/api/queries/execute-enhanced", json.dumps({"sql_query": sql})))


def proportional_memory(pid):
    """PSS of a process, in MB."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024


def status_field(pid, name):
    """A size of /proc/PID/status, such as VmHWM, in MB."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":")) / 1024


def report(name, value, unit, target=None, higher_is_better=False):
    """Prints one figure; gives whether it meets its target."""
    met = target is None or (value >= target if higher_is_better else value <= target)
    wanted = "" if target is None else f"   {'at least' if higher_is_better else 'at most'} {target:,} {unit}"
    print(f"{name:<58}{value:>12,.2f} {unit}{wanted}{'' if met else '   MISSED'}")
    return met
