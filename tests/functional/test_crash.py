"""Power cuts and dying workers: all or nothing, work goes on, nothing acknowledged is lost."""

import concurrent.futures
import json
import os
import signal
import time

import pytest
from sextant import wait_until

ROWS = 400_000
BIG = b"id,city,amount\n" + b"".join(b"%d,City %d,%d.25\n" % (i, i % 50, i % 1000) for i in range(ROWS))
STAGES = ["received", "decoded", "loaded", "published", "profiled", "modelled"]


def reached(file, stage):
    """Whether the file's reading has come to this stage."""
    if file["processing_status"] in ("completed", "failed"):
        return True
    return file["progress"]["stage"] in STAGES[STAGES.index(stage):]


def come_back(person):
    person.server.start()
    person.http = person.server.client(person.token)


def assert_whole(person, file_id):
    """The file is completed, with all of its rows, and nothing half-made lies about."""
    file = person.finished(file_id)
    if file["processing_status"] == "failed":
        assert file["error"]["message"]
        assert all(s["source_id"] != file_id for s in person.sources())
        assert person.post(f"/api/files/{file_id}/retry").status_code == 202
        file = person.finished(file_id)
    assert file["processing_status"] == "completed", file
    info = person.get(f"/api/files/{file_id}/data-source-info").json()
    assert info["semantic_model"]["schema_definition"]["tables"]
    table = info["data_source_info"]["schema"]["tables"][0]["name"]
    assert person.rows(f"SELECT count(*), sum(id)::BIGINT::VARCHAR FROM {table}") == [[ROWS, str(ROWS * (ROWS - 1) // 2)]]
    assert [s["source_id"] for s in person.sources()].count(file_id) == 1
    databases = list(person.server.data.rglob("*.duckdb"))
    assert len(databases) == 1, databases


@pytest.mark.parametrize("stage", STAGES)
def test_power_cut_while_a_file_is_read(make_server, stage):
    server = make_server()
    person = server.sign_up()
    file_id = person.upload("big.csv", BIG)
    wait_until(lambda: reached(person.file(file_id), stage), f"stage {stage}")
    server.kill()
    come_back(person)
    assert_whole(person, file_id)


def test_profiles_of_an_earlier_version_are_made_anew_at_the_start(make_server):
    server = make_server()
    person = server.sign_up()
    file_id = person.load("cities.csv", b"id,city\n1,Rome\n2,rome\n3,Oslo\n4,Rome\n")

    def profiles():
        return person.get(f"/api/files/{file_id}/data-source-info").json()["versions"][0]["profiles"]

    before = profiles()
    assert before[0]["columns"][1]["quality"]["score"] < 1
    earlier = profiles()
    for part in [earlier[0], *earlier[0]["columns"]]:
        del part["quality"]
    server.stop()
    server.store(f"UPDATE source_versions SET profiles = '{json.dumps(earlier)}'")
    come_back(person)
    wait_until(lambda: profiles() == before, "the profile")


def test_power_cut_again_and_again(make_server):
    server = make_server()
    person = server.sign_up()
    file_id = person.upload("big.csv", BIG)
    for pause in (0, 0.05, 0.1, 0.2, 0.4):
        time.sleep(pause)  # a moment of the reading that no stage names
        server.kill()
        come_back(person)
    assert_whole(person, file_id)


def test_power_cut_during_an_upload_leaves_nothing(make_server):
    server = make_server()
    person = server.sign_up()

    def half():
        yield b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"half.csv\"\r\n\r\n"
        yield BIG[:2_000_000]
        server.kill()
        yield BIG[2_000_000:4_000_000]

    with pytest.raises(Exception):
        person.http.post("/api/files/upload", content=half(), headers={"Content-Type": "multipart/form-data; boundary=b"})
    come_back(person)
    assert person.get("/api/files").json()["total_count"] == 0
    left = [p for p in server.data.rglob("*") if p.is_file() and p.stat().st_size > 1_000_000]
    assert not left, left


def test_a_worker_that_dies_while_it_loads_costs_nothing_else(make_server):
    server = make_server()
    person = server.sign_up()
    file_id = person.upload("big.csv", BIG)
    wait_until(lambda: person.file(file_id)["processing_status"] != "pending", "the start of the reading")
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    assert_whole(person, file_id)
    assert server.process.poll() is None


def test_a_worker_that_dies_under_a_query(make_server):
    server = make_server()
    person, other = server.sign_up(), server.sign_up()
    other.load("data.csv", b"a,b\n1,2\n3,4\n")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = pool.submit(
            person.query, "SELECT sum(sqrt(a.range * b.range)) FROM range(100000) a, range(100000) b")
        busy = wait_until(lambda: busiest(server), "a busy worker")
        os.kill(busy, signal.SIGKILL)
        response = running.result()
    # Told as lost, or as out of memory: the kernel ends a process that takes too much in the same way.
    assert response.status_code in (200, 422, 502), response.text
    if response.status_code == 502:
        assert response.json()["error"]["code"] == "worker_lost"
    assert person.rows("SELECT 1") == [[1]]
    assert other.rows("SELECT sum(a)::INT FROM data") == [[4]]


def busiest(server):
    """A worker that has burnt at least 0.3 s of processor time."""
    for pid in server.workers():
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        if int(fields[11]) + int(fields[12]) > 30:
            return pid
    return None


def test_what_was_acknowledged_is_there_after_a_power_cut(make_server):
    server = make_server()
    person = server.sign_up()
    ids = [person.load(f"file{i}.csv", b"a,b\n%d,2\n3,4\n" % i) for i in range(3)]
    answer = person.ask("How many rows are in file0?").json()
    server.kill()
    come_back(person)
    assert {f["id"] for f in person.get("/api/files").json()["files"]} == set(ids)
    for i in range(3):
        assert person.rows(f"SELECT a FROM file{i} ORDER BY a DESC LIMIT 1") == [[max(i, 3)]]
    assert person.get(f"/api/ai/conversations/{answer['conversation_id']}").status_code == 200
