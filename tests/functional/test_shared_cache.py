"""Answers shared through a real Redis: kept over a restart, never stale, done without when it is gone."""
import shutil
import socket
import subprocess

import pytest

from sextant import wait_until

CSV = "city,units\nOslo,3\nRome,4\n"


@pytest.fixture
def redis(tmp_path):
    """A Redis of the test's own, at a private port, that keeps nothing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = shutil.which("redis-server")
    assert program, "redis-server is not installed; tools/setup.sh does it"
    process = subprocess.Popen([program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir",
                                str(tmp_path), "--requirepass", "secret"], stdout=subprocess.DEVNULL)
    process.url = f"redis://:secret@127.0.0.1:{port}"
    yield process
    process.kill()
    process.wait()


def shared_cache(person):
    components = {c["name"]: c for c in person.get("/api/health/ready").json()["components"]}
    return components["shared cache"]


def test_answers_outlive_the_server_and_are_never_stale(make_server, redis):
    server = make_server(REDIS_URL=redis.url)
    person = server.sign_up()
    file_id = person.load("sales.csv", CSV)
    statements = [f"SELECT sum(units) + {number} AS n FROM sales" for number in range(5)]
    firsts = []
    for number, sql in enumerate(statements):
        wait_until(lambda: shared_cache(person)["status"] == "ok", "the connection to Redis")
        firsts.append(person.query(sql).json())
        assert firsts[-1]["cached"] is False and firsts[-1]["rows"] == [[7 + number]]
    wait_until(lambda: ", 0 written" not in shared_cache(person)["detail"], "an answer in Redis")
    server.stop()
    server.start()
    person.http = server.client(person.token)
    found = 0
    for sql, first in zip(statements, firsts):
        wait_until(lambda: shared_cache(person)["status"] == "ok", "the connection to Redis")
        again = person.query(sql).json()
        assert again["rows"] == first["rows"]
        if again["cached"]:
            found += 1
            assert again["columns"] == first["columns"] and again["suggested_chart"] == first["suggested_chart"]
    # One may miss its deadline on a busy machine.
    assert found > 0, shared_cache(person)["detail"]
    person.http.delete(f"/api/files/{file_id}")
    person.load("sales.csv", CSV + "Bern,5\n")
    for number, sql in enumerate(statements):
        assert person.query(sql).json()["rows"] == [[12 + number]]


def test_queries_do_without_a_redis_that_is_gone(make_server, redis):
    server = make_server(REDIS_URL=redis.url)
    person = server.sign_up()
    wait_until(lambda: shared_cache(person)["status"] == "ok", "the connection to Redis")
    redis.kill()
    redis.wait()
    for number in range(5):
        reply = person.query(f"SELECT {number} AS n").json()
        assert reply["rows"] == [[number]] and reply["cached"] is False
    assert shared_cache(person)["status"] == "failing"
    report = person.get("/api/health/ready")
    assert report.status_code == 200 and report.json()["status"] == "ok"


def test_a_wrong_address_stops_the_start(make_server):
    with pytest.raises(AssertionError, match="REDIS_URL"):
        make_server(REDIS_URL="localhost:6379")
