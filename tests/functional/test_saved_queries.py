"""/api/queries: saved queries with versions, folders, trash; as sources of other queries."""

import pytest
from sextant import assert_error, colleague_of, error_fields, wait_until

CSV = (b"day,city,amount\n2026-01-01,Oslo,10.50\n2026-01-02,Bergen,20.25\n2026-02-01,Oslo,5.00\n")


@pytest.fixture
def someone(server):
    person = server.sign_up()
    person.load("sales.csv", CSV)
    return person


def save(person, name, sql, status=201, **fields):
    response = person.post("/api/queries", {"name": name, "sql_query": sql} | fields)
    assert response.status_code == status, response.text
    return response.json()


def patch(person, query_id, **fields):
    return person.http.patch(f"/api/queries/{query_id}", json=fields)


def test_a_query_is_saved_with_everything_it_has(someone):
    fields = {"description": "Money by month", "tags": ["money", "monthly", "money"], "folder": " Finance / Reports/ ",
              "parameter_definitions": [{"name": "city", "type": "text", "label": "City", "default_value": "Oslo",
                                         "choices": ["Oslo", "Bergen"]}],
              "reading": {"measure": ["amount"]}, "chart": {"type": "bar"}}
    saved = save(someone, "Monthly Revenue", "SELECT sum(amount) FROM sales WHERE city = {{city}}", **fields)
    assert saved["reference"] == "monthly_revenue"
    assert saved["tags"] == ["money", "monthly"]
    assert saved["folder"] == "Finance/Reports"
    assert saved["version"] == 1 and saved["owned"] is True and saved["shared"] is False
    assert saved["parameter_definitions"] == fields["parameter_definitions"]
    assert saved["reading"] == fields["reading"] and saved["chart"] == fields["chart"]
    assert someone.get(f"/api/queries/{saved['id']}").json() == saved
    page = someone.get("/api/queries").json()
    assert page["queries"] == [saved] and page["total_count"] == 1
    assert page["folders"] == ["Finance/Reports"] and page["tags"] == ["money", "monthly"]


@pytest.mark.parametrize("fields, path", [
    ({"sql_query": "SELECT 1"}, "name"),
    ({"name": "x"}, "sql_query"),
    ({"name": "  ", "sql_query": "SELECT 1"}, "name"),
    ({"name": "x", "sql_query": " "}, "sql_query"),
    ({"name": "x" * 201, "sql_query": "SELECT 1"}, "name"),
    ({"name": "a\0b", "sql_query": "SELECT 1"}, "name"),
    ({"name": "x", "sql_query": "SELECT 1", "reference": "Not A Name"}, "reference"),
    ({"name": "x", "sql_query": "SELECT 1", "tags": [""]}, "tags[0]"),
    ({"name": "x", "sql_query": "SELECT 1", "parameter_definitions": [{"name": "a b", "type": "text"}]},
     "parameter_definitions[0].name"),
    ({"name": "x", "sql_query": "SELECT 1", "parameter_definitions": [{"name": "a", "type": "colour"}]},
     "parameter_definitions[0].type"),
    ({"name": "x", "sql_query": "SELECT 1", "reading": "x" * 300_000}, "reading"),
])
def test_wrong_fields_are_named(someone, fields, path):
    error = assert_error(someone.post("/api/queries", fields), 422, "invalid_fields")
    assert error_fields(error) == {path}


def test_a_change_of_the_content_makes_a_version(someone):
    saved = save(someone, "Cities", "SELECT city FROM sales", reading={"rows": ["city"]})
    renamed = patch(someone, saved["id"], name="All cities", folder="Places", tags=["a"]).json()
    assert renamed["version"] == 1 and renamed["name"] == "All cities" and renamed["reference"] == "cities"
    changed = patch(someone, saved["id"], sql_query="SELECT DISTINCT city FROM sales", version=1).json()
    assert changed["version"] == 2 and "reading" not in changed and changed["name"] == "All cities"
    stale = assert_error(patch(someone, saved["id"], sql_query="SELECT 1", version=1), 409, "conflict")
    assert stale["detail"]["version"] == 2
    versions = someone.get(f"/api/queries/{saved['id']}/versions").json()["versions"]
    assert [v["version"] for v in versions] == [2, 1]
    assert versions[1]["sql_query"] == "SELECT city FROM sales" and versions[1]["reading"] == {"rows": ["city"]}
    restored = someone.post(f"/api/queries/{saved['id']}/versions/1/restore").json()
    assert restored["version"] == 3
    assert restored["sql_query"] == "SELECT city FROM sales" and restored["reading"] == {"rows": ["city"]}
    assert_error(someone.post(f"/api/queries/{saved['id']}/versions/9/restore"), 404, "not_found")


def test_lists_are_filtered_and_paged(someone):
    names = ["Alpha one", "Alpha two", "Beta 100%"]
    for name, folder, tag in zip(names, ["A", "A/B", "C"], ["x", "x", "y_z"]):
        save(someone, name, "SELECT 1", folder=folder, tags=[tag])

    def listed(**parameters):
        return [q["name"] for q in someone.get("/api/queries", params=parameters).json()["queries"]]

    assert listed() == names[::-1]
    assert listed(search="alpha") == ["Alpha two", "Alpha one"]
    assert listed(search="100%") == ["Beta 100%"]
    assert listed(search="1%") == []
    assert listed(folder="A") == ["Alpha two", "Alpha one"]
    assert listed(folder="A/B") == ["Alpha two"]
    assert listed(tag="y_z") == ["Beta 100%"]
    assert listed(tag="yaz") == []
    first = someone.get("/api/queries", params={"limit": 2}).json()
    rest = someone.get("/api/queries", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [q["name"] for q in first["queries"] + rest["queries"]] == names[::-1]
    assert "next_cursor" not in rest and first["total_count"] == 3
    assert_error(someone.get("/api/queries", params={"cursor": "nonsense"}), 422, "invalid_fields")


def test_the_trash_gives_back(someone):
    saved = save(someone, "Kept", "SELECT 1")
    path = f"/api/queries/{saved['id']}"
    assert_error(someone.http.delete(path, params={"permanently": True}), 404, "not_found")
    assert someone.http.delete(path).status_code == 204
    assert_error(someone.get(path), 404, "not_found")
    assert someone.get("/api/queries").json()["queries"] == []
    trash = someone.get("/api/queries", params={"trash": True}).json()["queries"]
    assert [q["id"] for q in trash] == [saved["id"]] and trash[0]["deleted_at"]
    # Its name is free meanwhile; it comes back under another one.
    assert save(someone, "Kept", "SELECT 2")["reference"] == "kept"
    restored = someone.post(path + "/restore").json()
    assert restored["id"] == saved["id"] and restored["reference"] == "kept_2"
    assert someone.http.delete(path).status_code == 204
    assert someone.http.delete(path, params={"permanently": True}).status_code == 204
    assert_error(someone.post(path + "/restore"), 404, "not_found")


def test_a_copy_is_a_query_of_its_own(someone):
    saved = save(someone, "First", "SELECT 1", tags=["t"], folder="F", shared=True)
    copy = someone.post(f"/api/queries/{saved['id']}/duplicate", {})
    assert copy.status_code == 201, copy.text
    copy = copy.json()
    assert copy["name"] == "Copy of First" and copy["id"] != saved["id"] and copy["shared"] is False
    assert copy["tags"] == ["t"] and copy["folder"] == "F" and copy["version"] == 1
    named = someone.post(f"/api/queries/{saved['id']}/duplicate", {"name": "Second"}).json()
    assert named["name"] == "Second" and named["reference"] == "second"


def test_what_is_shared_is_seen_and_changed_by_the_workspace(someone):
    own = save(someone, "Private", "SELECT 1")
    shared = save(someone, "Common", "SELECT city FROM sales", shared=True)
    editor, viewer = colleague_of(someone, "editor"), colleague_of(someone, "viewer")
    for other in (editor, viewer):
        assert_error(other.get(f"/api/queries/{own['id']}"), 404, "not_found")
        seen = other.get("/api/queries").json()["queries"]
        assert [q["id"] for q in seen] == [shared["id"]] and seen[0]["owned"] is False
        assert other.query("SELECT count(*) FROM saved.common").status_code == 200
        assert_error(other.query("SELECT * FROM saved.private"), 400, "invalid_sql")
    assert patch(editor, shared["id"], description="by an editor").status_code == 200
    assert_error(patch(viewer, shared["id"], description="x"), 403, "forbidden")
    assert_error(patch(editor, shared["id"], shared=False), 403, "forbidden")
    assert_error(editor.http.delete(f"/api/queries/{shared['id']}"), 403, "forbidden")
    assert viewer.post("/api/queries", {"name": "Mine", "sql_query": "SELECT 1"}).status_code == 201
    assert_error(viewer.post("/api/queries", {"name": "Ours", "sql_query": "SELECT 1", "shared": True}), 403)
    # Runs of a shared query are seen by everybody who sees it.
    run = editor.query("SELECT city FROM sales", saved_query_id=shared["id"]).json()
    runs = someone.get(f"/api/queries/{shared['id']}/runs").json()["runs"]
    assert [r["query_id"] for r in runs] == [run["query_id"]] and runs[0]["saved_version"] == 1
    assert patch(someone, shared["id"], shared=False).json()["shared"] is False
    assert_error(editor.get(f"/api/queries/{shared['id']}"), 404, "not_found")


# --- as sources ---------------------------------------------------------------------------------


def test_a_saved_query_is_a_source(someone):
    save(someone, "By city", "SELECT city, sum(amount) AS total FROM sales GROUP BY city; -- all of them")
    assert someone.rows("SELECT total FROM saved.by_city WHERE city = 'Oslo'") == [[15.5]]
    assert someone.rows("SELECT c.total, by_city.total FROM saved.by_city AS c JOIN SAVED.\"by_city\" USING (city) "
                        "WHERE city = 'Bergen'") == [[20.25, 20.25]]
    assert someone.rows("WITH t AS (FROM saved.by_city) SELECT count(*) FROM t") == [[2]]


def test_a_cte_does_not_stand_in_for_its_tables(someone):
    save(someone, "Number of sales", "SELECT count(*) AS n FROM sales")
    assert someone.rows("WITH sales AS (SELECT 1) SELECT n FROM saved.number_of_sales") == [[3]]


def test_sources_of_sources(someone):
    save(someone, "One", "SELECT city, amount FROM sales")
    save(someone, "Two", "SELECT city, sum(amount) AS total FROM saved.one GROUP BY ALL")
    assert someone.rows("SELECT max(total) FROM saved.two") == [[20.25]]
    validation = someone.post("/api/queries/validate", {"sql_query": "SELECT * FROM saved.two"}).json()
    assert validation["valid"] and validation["tables"] == ["sales"]
    assert sorted(validation["saved_queries"]) == ["one", "two"]


def test_a_query_can_not_read_itself(someone):
    one = save(someone, "One", "SELECT 1 AS x")
    save(someone, "Two", "SELECT * FROM saved.one")
    three = save(someone, "Three", "SELECT * FROM saved.two")
    error = assert_error(patch(someone, one["id"], sql_query="SELECT * FROM saved.three"), 400, "invalid_sql")
    assert error["detail"]["cycle"] == ["one", "three", "two", "one"]
    assert_error(patch(someone, three["id"], sql_query="FROM saved.three"), 400, "invalid_sql")
    assert someone.rows("FROM saved.three") == [[1]]


def test_errors_name_the_saved_query(someone):
    save(someone, "Broken", "SELECT\n  citty FROM sales")
    error = assert_error(someone.query("SELECT * FROM saved.broken"), 400, "invalid_sql")
    assert "saved.broken" in error["message"] and error["detail"]["saved_query"] == "broken"
    assert error["detail"]["position"] == 9
    sql = "SELECT * FROM saved.unknown"
    error = assert_error(someone.query(sql), 400, "invalid_sql")
    assert error["detail"]["position"] == sql.index("saved")
    save(someone, "Fine", "SELECT city FROM sales")
    sql = "SELECT town FROM saved.fine, (SELECT 1)"
    error = assert_error(someone.query(sql), 400, "invalid_sql")
    assert error["detail"]["position"] == sql.index("town") and "saved_query" not in error["detail"]


def test_a_source_passes_the_gate_too(someone):
    save(someone, "Bad", "SELECT * FROM read_text('/etc/passwd')")
    error = assert_error(someone.query("SELECT * FROM saved.bad"), 400, "invalid_sql")
    assert "root:" not in error["message"]
    save(someone, "Worse", "SELECT 1) UNION ALL (SELECT 2")
    assert_error(someone.query("SELECT * FROM saved.worse"), 400, "invalid_sql")


def test_defaults_of_a_source_fill_its_parameters(someone):
    save(someone, "Of a city", "SELECT amount FROM sales WHERE city = {{city}}",
         parameter_definitions=[{"name": "city", "type": "text", "default_value": "Oslo"}])
    assert someone.rows("SELECT sum(amount) FROM saved.of_a_city") == [[15.5]]
    assert someone.rows("SELECT sum(amount) FROM saved.of_a_city", parameters={"city": "Bergen"}) == [[20.25]]


# --- runs ---------------------------------------------------------------------------------------


def test_runs_are_kept(someone):
    saved = save(someone, "Cities", "SELECT city FROM sales ORDER BY day")
    run = someone.query("SELECT city   FROM sales ORDER BY day", saved_query_id=saved["id"]).json()
    edited = someone.query("SELECT city FROM sales LIMIT 1", saved_query_id=saved["id"]).json()
    assert someone.query("SELECT nothing FROM sales").status_code == 400
    runs = someone.get("/api/queries/history").json()["runs"]
    assert [r["status"] for r in runs] == ["failed", "completed", "completed"]
    assert "nothing" in runs[0]["error_message"] and "row_count" not in runs[0]
    assert runs[2]["query_id"] == run["query_id"] and runs[2]["row_count"] == 3
    assert runs[2]["saved_version"] == 1 and "saved_version" not in runs[1]
    assert list(runs[2]["versions_read"].values()) == [1]
    one = someone.get(f"/api/queries/history/{run['query_id']}").json()
    assert one["preview"]["rows"] == [["Oslo"], ["Bergen"], ["Oslo"]]
    assert [c["name"] for c in one["preview"]["columns"]] == ["city"]
    own = someone.get(f"/api/queries/{saved['id']}/runs").json()["runs"]
    assert [r["query_id"] for r in own] == [edited["query_id"], run["query_id"]]
    assert someone.get(f"/api/queries/{saved['id']}").json()["last_run"]["query_id"] == edited["query_id"]


def test_the_history_is_filtered_and_paged(someone):
    for i in range(3):
        someone.rows(f"SELECT {i} AS number")
    someone.query("SELECT oops")

    def found(**parameters):
        return [r["sql_query"] for r in someone.get("/api/queries/history", params=parameters).json()["runs"]]

    assert found(status="failed") == ["SELECT oops"]
    assert found(search="NUMBER") == ["SELECT 2 AS number", "SELECT 1 AS number", "SELECT 0 AS number"]
    assert found(search="SELECT 1") == ["SELECT 1 AS number"]
    assert found(until="2020-01-01T00:00:00Z") == []
    assert len(found(since="2020-01-01T00:00:00Z")) == 4
    first = someone.get("/api/queries/history", params={"limit": 3}).json()
    assert len(first["runs"]) == 3
    assert found(limit=3, cursor=first["next_cursor"]) == ["SELECT 0 AS number"]
    assert_error(someone.get("/api/queries/history", params={"since": "yesterday"}), 422)


def test_others_do_not_see_it(server, someone):
    saved = save(someone, "Mine", "SELECT 1", shared=True)
    run = someone.query("SELECT 1").json()["query_id"]
    stranger = server.sign_up()
    path = f"/api/queries/{saved['id']}"
    for method, at, body in [("GET", path, None), ("PATCH", path, {"name": "x"}), ("DELETE", path, None),
                             ("POST", path + "/restore", None), ("POST", path + "/duplicate", {}),
                             ("GET", path + "/versions", None), ("POST", path + "/versions/1/restore", None),
                             ("GET", path + "/runs", None), ("GET", f"/api/queries/history/{run}", None),
                             ("POST", f"/api/queries/running/{run}/cancel", None)]:
        options = {} if body is None else {"json": body}
        assert_error(stranger.http.request(method, at, **options), 404, "not_found")
    assert stranger.get("/api/queries").json()["queries"] == []
    assert stranger.get("/api/queries/history").json()["runs"] == []
    assert_error(stranger.query("SELECT 1", saved_query_id=saved["id"]), 404, "not_found")


# --- schedules ----------------------------------------------------------------------------------


def put_schedule(person, query_id, **fields):
    return person.http.put(f"/api/queries/{query_id}/schedule", json=fields)


def test_a_schedule_is_kept(someone):
    saved = save(someone, "Daily", "SELECT 1")
    path = f"/api/queries/{saved['id']}/schedule"
    assert_error(someone.get(path), 404, "not_found")
    made = put_schedule(someone, saved["id"], frequency="weekly", minute=30, hour=6, weekday=1)
    assert made.status_code == 200, made.text
    assert made.json()["enabled"] is True and made.json()["next_run_at"][11:16] == "06:30"
    assert someone.get(path).json() == made.json()
    wrong = put_schedule(someone, saved["id"], frequency="monthly", minute=60, hour=24, day=31)
    assert error_fields(assert_error(wrong, 422)) == {"minute", "hour", "day"}
    assert error_fields(assert_error(put_schedule(someone, saved["id"], frequency="yearly", minute=1), 422)) == {
        "frequency"}
    assert someone.http.delete(path).status_code == 204
    assert_error(someone.get(path), 404, "not_found")


def test_only_who_may_change_a_query_schedules_it(someone):
    saved = save(someone, "Ours", "SELECT 1", shared=True)
    viewer = colleague_of(someone, "viewer")
    assert_error(put_schedule(viewer, saved["id"], frequency="hourly", minute=0), 403, "forbidden")


def test_a_scheduled_run_that_fails_is_told(make_server):
    server = make_server()
    person = server.sign_up()
    file_id = person.load("sales.csv", CSV)
    saved = save(person, "Fails", "SELECT count(*) AS n FROM sales")
    assert put_schedule(person, saved["id"], frequency="hourly", minute=0).status_code == 200
    assert person.http.delete(f"/api/files/{file_id}").status_code in (200, 204)
    server.store("UPDATE jobs SET run_after = '2020-01-01T00:00:00.000Z' "
                 "WHERE kind = 'query.schedule' AND status = 'queued'")
    note = wait_until(lambda: next((n for n in person.get("/api/integration/notifications").json()["notifications"]
                                    if n["type"] == "query.failed"), None), "the notice")
    assert note["title"] == "Fails could not be run" and "sales" in note["message"]
    assert note["data"] == {"query_id": saved["id"]} and note["read"] is False
    assert person.get(f"/api/queries/{saved['id']}/schedule").json()["enabled"] is True

    # It is told once, and once more when it works again.
    path = f"/api/queries/{saved['id']}"
    due = "UPDATE jobs SET run_after = '2020-01-01T00:00:00.000Z' WHERE kind = 'query.schedule' AND status = 'queued'"
    def notices():
        kept = person.get("/api/integration/notifications").json()["notifications"]
        return [n["type"] for n in kept if n["data"].get("query_id") == saved["id"]]
    def run_again(runs):
        ended = person.get(f"{path}/schedule").json().get("last_run_at")
        server.store(due)
        wait_until(lambda: len(person.get(f"{path}/runs").json()["runs"]) == runs, "the scheduled run")
        wait_until(lambda: person.get(f"{path}/schedule").json().get("last_run_at") != ended, "its end")
    run_again(2)
    assert notices() == ["query.failed"]
    person.load("sales.csv", CSV)
    run_again(3)
    assert sorted(notices()) == ["query.failed", "query.recovered"]
    run_again(4)
    assert sorted(notices()) == ["query.failed", "query.recovered"]


def test_a_scheduled_query_runs_by_itself(make_server):
    server = make_server()
    person = server.sign_up()
    person.load("sales.csv", CSV)
    saved = save(person, "Hourly", "SELECT count(*) AS n FROM sales WHERE city = {{city}}")
    made = put_schedule(person, saved["id"], frequency="hourly", minute=0, parameters={"city": "Oslo"}).json()
    due = "UPDATE jobs SET run_after = '2020-01-01T00:00:00.000Z' WHERE kind = 'query.schedule' AND status = 'queued'"
    for number in (1, 2):
        server.store(due)
        runs = wait_until(lambda number=number: (r := person.get(f"/api/queries/{saved['id']}/runs").json()["runs"])
                          and len(r) == number and r, "the scheduled run")
        wait_until(lambda: person.get(f"/api/queries/{saved['id']}/schedule").json().get("last_run_at"), "its end")
    assert {(r["started_by"], r["status"], r["row_count"]) for r in runs} == {("schedule", "completed", 1)}
    assert person.get(f"/api/queries/{runs[0]['query_id']}/rows").json()["rows"] == [[2]]
    after = person.get(f"/api/queries/{saved['id']}/schedule").json()
    assert after["next_run_at"] >= made["next_run_at"] and after["enabled"] is True
