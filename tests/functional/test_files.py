"""/api/files: uploads and what becomes of them."""

import pytest
from sextant import assert_error, wait_until

CSV = b"city,people\nOslo,700\nBergen,290\nTrondheim,210\n"


def test_upload_answers_as_the_specification_writes_it(person):
    response = person.post("/api/files/upload", files={"file": ("data.csv", CSV)})
    assert response.status_code == 202
    body = response.json()
    assert body["filename"] == "data.csv"
    assert body["status"] == "uploaded"
    assert body["message"] == "File uploaded successfully. Integrated processing started."
    assert body["integration_enabled"] is True
    file = person.finished(body["file_id"])
    assert file["processing_status"] == "completed"
    assert file["progress"]["fraction"] == 1
    assert file["file_size"] == len(CSV)
    assert file.get("error") is None


def test_a_file_can_be_queried_at_once_when_it_is_completed(person):
    person.load("cities.csv", CSV)
    assert person.rows("SELECT city, people FROM cities ORDER BY people") == [
        ["Trondheim", 210], ["Bergen", 290], ["Oslo", 700]]


def test_several_files_in_one_form(person):
    response = person.post("/api/files/upload", files=[
        ("file", ("one.csv", b"a,b\n1,2\n3,4\n")), ("file", ("two.csv", b"c,d\n5,6\n7,8\n"))])
    assert response.status_code == 202
    files = response.json()["files"]
    assert [f["filename"] for f in files] == ["one.csv", "two.csv"]
    for file in files:
        assert person.finished(file["file_id"])["processing_status"] == "completed"
    assert person.rows("SELECT sum(a), (SELECT sum(d) FROM two) FROM one") == [[4, 14]]


def test_the_list_is_paged(person):
    names = [f"file{i}.csv" for i in range(5)]
    ids = {person.load(name, CSV + f"Town{name},1\n".encode()) for name in names}
    seen, cursor, pages = [], None, 0
    while True:
        parameters = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        body = person.get("/api/files", params=parameters).json()
        assert body["total_count"] == 5
        assert len(body["files"]) <= 2
        seen += [f["id"] for f in body["files"]]
        pages += 1
        cursor = body.get("next_cursor")
        if not cursor:
            break
    assert pages == 3
    assert len(seen) == 5 and set(seen) == ids


@pytest.mark.parametrize("limit", ["0", "-1", "100000", "many"])
def test_a_wrong_limit_is_named(person, limit):
    error = assert_error(person.get("/api/files", params={"limit": limit}), 422, "invalid_fields")
    assert [f["path"] for f in error["detail"]["fields"]] == ["limit"]


def test_data_source_info_has_the_specified_shape(person):
    file_id = person.load("data.csv", CSV)
    body = person.get(f"/api/files/{file_id}/data-source-info").json()
    info = body["file_info"]
    assert info["id"] == file_id
    assert info["filename"] == "data.csv"
    assert info["file_type"] == "csv"
    assert info["processing_status"] == "completed"
    assert info["extracted_data"]
    source = body["data_source_info"]
    assert source["source_id"] == file_id
    assert source["source_name"] == "data.csv"
    assert source["schema"]["tables"][0]["columns"]
    assert set(source["feature_integrations"]) == {
        "conversational_ai", "query_builder", "dashboard_builder", "ai_assistant"}
    model = body["semantic_model"]
    assert model["id"] and model["name"] and model["schema_definition"]["tables"]
    assert set(body["integration_features"]) == {
        "conversational_ai", "query_builder", "dashboard_builder", "ai_assistant"}


def test_delete_takes_everything_away(person):
    file_id = person.load("gone.csv", CSV)
    kept = person.load("kept.csv", CSV + b"Hamar,31\n")
    assert person.http.delete(f"/api/files/{file_id}").status_code == 204
    assert_error(person.get(f"/api/files/{file_id}"), 404, "not_found")
    assert_error(person.get(f"/api/files/{file_id}/data-source-info"), 404, "not_found")
    assert_error(person.http.delete(f"/api/files/{file_id}"), 404, "not_found")
    assert [s["source_id"] for s in person.sources()] == [kept]
    assert_error(person.query("SELECT * FROM gone"), 400, "invalid_sql")
    assert person.rows("SELECT count(*) FROM kept") == [[4]]


def test_two_files_of_one_content_live_and_die_apart(person):
    first = person.load("same.csv", CSV)
    second = person.load("same again.csv", CSV)
    assert first != second
    assert person.http.delete(f"/api/files/{first}").status_code == 204
    info = person.get(f"/api/files/{second}/data-source-info").json()
    table = info["data_source_info"]["schema"]["tables"][0]["name"]
    assert person.rows(f"SELECT count(*) FROM {table}") == [[3]]


def test_unknown_id(person):
    assert_error(person.get("/api/files/00000000-0000-4000-8000-000000000000"), 404, "not_found")


def test_an_empty_file_fails_with_words(person):
    response = person.post("/api/files/upload", files={"file": ("empty.csv", b"")})
    if response.status_code == 202:
        file = person.finished(response.json()["file_id"])
        assert file["processing_status"] == "failed"
        assert "empty" in file["error"]["message"].lower()
    else:
        assert "empty" in assert_error(response, 422)["message"].lower()


def test_a_form_without_a_file(person):
    assert_error(person.post("/api/files/upload", files={"other": (None, "text")}), 422, "invalid_fields")


def test_a_body_that_is_no_form(person):
    response = person.http.post("/api/files/upload", content=b"a,b\n1,2\n", headers={"Content-Type": "text/csv"})
    assert_error(response, 415 if response.status_code == 415 else 400)


@pytest.mark.parametrize("name", ["program.exe", "noextension", "archive.tar.gz", ".csv.html"])
def test_other_types_are_refused(person, name):
    error = assert_error(
        person.post("/api/files/upload", files={"file": (name, CSV)}), 415, "unsupported_type")
    assert ".csv" in error["message"] + error["hint"]
    assert person.get("/api/files").json()["total_count"] == 0


def test_bytes_that_are_not_what_the_name_says(person):
    file_id = person.upload("picture.parquet", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    file = person.finished(file_id)
    assert file["processing_status"] == "failed"
    assert file["error"]["message"] and file["error"]["code"] == "unreadable_file"
    assert person.sources() == []


def test_a_failed_file_can_be_tried_again(person):
    file_id = person.upload("broken.parquet", b"PAR1 not really")
    assert person.finished(file_id)["processing_status"] == "failed"
    assert person.post(f"/api/files/{file_id}/retry").status_code == 202
    assert person.finished(file_id)["processing_status"] == "failed"


@pytest.mark.parametrize("name", [
    "../../../etc/passwd.csv", "..\\..\\windows.csv", "C:\\temp\\a b.csv", "ümläut ñ 数据.csv",
    "quote\"d'; DROP TABLE users;--.csv", "select.csv", "2025 Sales (final).csv", "a" * 200 + ".csv",
    "<img src=x onerror=alert(1)>.csv", "%2e%2e%2fescape.csv", "tab\tname.csv",
])
def test_odd_names_are_only_names(server, person, name):
    file_id = person.load(name, CSV)
    info = person.get(f"/api/files/{file_id}/data-source-info").json()
    shown = info["file_info"]["filename"]
    assert "/" not in shown and "\\" not in shown
    table = info["data_source_info"]["schema"]["tables"][0]["name"]
    quoted = table.replace('"', '""')
    assert person.rows(f'SELECT sum(people) FROM "{quoted}"') == [[1200]]
    outside = [p for p in server.folder.rglob("*passwd*")]
    assert not outside


def test_nothing_is_stuck(person):
    person.load("data.csv", CSV)
    for method in ("GET", "POST"):
        body = person.http.request(method, "/api/files/reset-stuck").json()
        assert body["count"] == 0 and body["files"] == []


def test_sync_is_done_already(person):
    person.load("data.csv", CSV)
    body = person.post("/api/files/sync-features", {}).json()
    assert body["sources"] == 1 and body["up_to_date"] == 1 and body["started"] == 0


def test_too_large_a_file_is_cut_off(make_server):
    server = make_server(MAX_FILE_SIZE=100_000)
    person = server.sign_up()
    big = b"a,b\n" + b"1,2\n" * 100_000
    assert_error(person.post("/api/files/upload", files={"file": ("big.csv", big)}), 413, "too_large")
    assert person.get("/api/files").json()["total_count"] == 0
    person.load("small.csv", CSV)
    incoming = [p for p in server.data.rglob("*") if p.is_file() and p.stat().st_size >= 100_000 and p.suffix != ".db"]
    assert not [p for p in incoming if "incoming" in str(p)]


def test_data_survive_a_restart(make_server):
    server = make_server()
    person = server.sign_up()
    person.load("data.csv", CSV)
    assert server.stop() == 0
    server.start()
    person.http = server.client(person.token)
    assert person.rows("SELECT sum(people) FROM data") == [[1200]]


def test_the_sample_is_loaded_once(person):
    first = person.load_sample()
    again = person.load_sample()
    assert first == again
    assert set(first) == {"customers.csv", "products.csv", "orders.csv", "order_items.csv", "returns.csv"}
    assert wait_until(lambda: len(person.sources()) == 5, "five sources")


def test_a_profile_tells_patterns_repeats_keys_and_quality(person):
    lines = [f"{n},AB-{n:04},{['Berlin', 'Paris', 'Rome'][n % 3]}" for n in range(200)]
    lines[7] = "7,ab7,berlin"
    clean = person.load("clean.csv", ("order_id,order_code,city\n" + "\n".join(lines) + "\n").encode())
    repeated = person.load("repeated.csv", ("order_id,order_code,city\n" + "\n".join(lines + lines[:5]) + "\n").encode())

    def profile(file_id):
        return person.get(f"/api/files/{file_id}/data-source-info").json()["versions"][0]["profiles"][0]

    first, second = profile(clean), profile(repeated)
    code = next(c for c in first["columns"] if c["name"] == "order_code")
    assert [(p["pattern"], p["count"]) for p in code["patterns"]] == [("AA-9999", 199), ("aa9", 1)]
    assert first["duplicates"] == {"rows": 0, "groups": 0, "examples": []}
    assert [key["columns"] for key in first["keys"]] == [["order_id"], ["order_code"]]
    assert second["duplicates"]["rows"] == 5 and second["duplicates"]["examples"][0]["count"] == 2
    assert second["quality"]["score"] < first["quality"]["score"] < 1
    assert second["quality"]["reasons"][0]["words"] == "5 rows repeat an earlier one"
