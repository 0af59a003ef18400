"""Running queries: parameters, lines, cache, cancelling, limits, validation and plans."""

import concurrent.futures
import json
import threading
import time
import uuid

import pytest
from sextant import assert_error, error_fields, wait_until

CSV = (b"day,city,amount,units\n2026-01-01,Oslo,10.50,1\n2026-01-02,Bergen,20.25,2\n"
       b"2026-02-01,Oslo,5.00,3\n2026-02-03,,7.75,4\n")
# Long enough to be met under way, on any machine.
LONG = "SELECT count(*) FROM range(3000000) a(x), range(3000000) b(y) WHERE (x * y) % 7 = 3"


@pytest.fixture(scope="module")
def reader(server):
    someone = server.sign_up()
    someone.load("sales.csv", CSV)
    return someone


def lines_of(person, sql, **fields):
    """The lines of an answer, as they come."""
    with person.http.stream("POST", "/api/queries/execute-enhanced", json={"sql_query": sql} | fields,
                            headers={"Accept": "application/x-ndjson"}) as response:
        if response.status_code != 200:
            response.read()
            assert_error(response, response.status_code)
        assert response.headers["content-type"].startswith("application/x-ndjson")
        for line in response.iter_lines():
            yield json.loads(line)


class Background:
    """A query that runs in the background, with a name to cancel it by."""

    def __init__(self, person, sql, **fields):
        self.person, self.name = person, uuid.uuid4().hex
        self._pool = concurrent.futures.ThreadPoolExecutor(1)
        self._client = person.server.client(person.token)
        self._future = self._pool.submit(self._client.post, "/api/queries/execute-enhanced",
                                         json={"sql_query": sql, "client_run_id": self.name} | fields)

    def seen(self):
        runs = self.person.get("/api/queries/running").json()["runs"]
        return next((run for run in runs if run.get("client_run_id") == self.name), None)

    def wait_for(self, state):
        return wait_until(lambda: (run := self.seen()) and run["state"] == state and run, f"a {state} query", 30)

    def cancel(self):
        assert self.person.post(f"/api/queries/running/{self.name}/cancel").status_code == 204

    def response(self):
        return self._future.result(60)


# --- parameters ---------------------------------------------------------------------------------


def test_placeholders_are_bound(reader):
    sql = "SELECT sum(units)::INT FROM sales WHERE city = {{city}} AND day >= {{ from }}"
    assert reader.rows(sql, parameters={"city": "Oslo", "from": "2026-01-15"}) == [[3]]
    attack = "Oslo' OR '1'='1"
    assert reader.rows("SELECT count(*) FROM sales WHERE city = {{city}}", parameters={"city": attack}) == [[0]]


@pytest.mark.parametrize("kind, value, expected", [
    ("text", "2026-01-01", "2026-01-01"), ("text", 5, "5"), ("integer", "12", 12), ("integer", 12, 12),
    ("number", "1.5", 1.5), ("boolean", "true", True), ("date", "2026-01-31", "2026-01-31"),
    ("timestamp", "2026-01-31 10:00:00", "2026-01-31T10:00:00"), ("timestamp", "2026-01-31", "2026-01-31T00:00:00"),
    ("text_list", ["a", "b"], ["a", "b"]), ("integer_list", [1, 2], [1, 2]), ("number_list", [], []),
    ("date", None, None),
])
def test_values_have_their_type(reader, kind, value, expected):
    body = reader.query("SELECT {{x}} AS x", parameters={"x": value}, parameter_types={"x": kind})
    assert body.status_code == 200, body.text
    assert body.json()["rows"] == [[expected]]


@pytest.mark.parametrize("kind, value", [
    ("integer", "twelve"), ("integer", 1.5), ("number", "x"), ("boolean", 1), ("date", "2026-02-30"),
    ("date", "January"), ("timestamp", "later"), ("text_list", "a"), ("integer_list", [1, "x"]),
])
def test_a_value_of_another_type_is_an_error(reader, kind, value):
    response = reader.query("SELECT {{x}}", parameters={"x": value}, parameter_types={"x": kind})
    error = assert_error(response, 400, "invalid_sql")
    assert error["detail"]["parameter"] == "x" and error["hint"]


def test_lists_select(reader):
    rows = reader.rows("SELECT sum(units)::INT FROM sales WHERE list_contains({{cities}}, city)",
                       parameters={"cities": ["Oslo", "Bergen"]}, parameter_types={"cities": "text_list"})
    assert rows == [[6]]


def test_a_placeholder_in_quotes_is_refused(reader):
    sql = "SELECT * FROM sales WHERE city = '{{city}}'"
    error = assert_error(reader.query(sql, parameters={"city": "Oslo"}), 400, "invalid_sql")
    assert error["detail"]["position"] == sql.index("'{{") and "{{city}}" in error["hint"]


def test_unknown_types_are_named(reader):
    response = reader.query("SELECT {{x}}", parameters={"x": 1}, parameter_types={"x": "colour"})
    assert error_fields(assert_error(response, 422)) == {"parameter_types.x"}


# --- lines --------------------------------------------------------------------------------------


def test_an_answer_comes_line_by_line(reader):
    lines = list(lines_of(reader, "SELECT i, 'row ' || i AS t FROM range(50000) r(i)", limit=50000, cache=False))
    kinds = [line["type"] for line in lines]
    assert kinds[0] == "start" and kinds[-1] == "end"
    assert kinds.index("columns") < kinds.index("rows")
    assert kinds.count("rows") > 1
    assert [c["name"] for c in lines[kinds.index("columns")]["columns"]] == ["i", "t"]
    rows = [row for line in lines if line["type"] == "rows" for row in line["rows"]]
    assert rows == [[i, f"row {i}"] for i in range(50000)]
    end = lines[-1]
    assert end["query_id"] == lines[0]["query_id"] and end["row_count"] == 50000 and end["truncated"] is False
    assert end["suggested_chart"]["type"]


def test_a_long_row_stays_whole(reader):
    lines = list(lines_of(reader, "SELECT i, repeat('x', 600000) AS t FROM range(3) r(i)"))
    rows = [row for line in lines if line["type"] == "rows" for row in line["rows"]]
    assert [(row[0], len(row[1])) for row in rows] == [(0, 600000), (1, 600000), (2, 600000)]


def test_no_rows_have_columns(reader):
    lines = list(lines_of(reader, "SELECT city FROM sales WHERE false"))
    assert [line["type"] for line in lines] == ["start", "columns", "end"]


def test_an_error_is_the_last_line(reader):
    lines = list(lines_of(reader, "SELECT citty FROM sales"))
    assert [line["type"] for line in lines] == ["start", "error"]
    error = lines[-1]["error"]
    assert error["code"] == "invalid_sql" and error["detail"]["position"] == 7 and "city" in error["hint"]


# --- cache --------------------------------------------------------------------------------------


def test_an_equal_query_is_answered_from_the_cache(person):
    person.load("sales.csv", CSV)
    sql = "SELECT city, sum(units)::INT AS n FROM sales GROUP BY city ORDER BY city NULLS LAST"
    first = person.query(sql).json()
    again = person.query("  SELECT city,   sum(units)::INT AS n -- units\nFROM sales GROUP BY city "
                         "ORDER BY city NULLS LAST;").json()
    assert first["cached"] is False and again["cached"] is True
    assert again["rows"] == first["rows"] and again["columns"] == first["columns"]
    assert again["suggested_chart"] == first["suggested_chart"] and again["query_id"] != first["query_id"]
    lines = list(lines_of(person, sql))
    assert lines[-1]["cached"] is True and lines[-2]["rows"] == first["rows"]
    assert person.query(sql, cache=False).json()["cached"] is False
    assert person.query(sql, limit=2).json()["rows"] == first["rows"][:2]
    assert [r["cached"] for r in person.get("/api/queries/history").json()["runs"]] == [False, False, True, True, False]
    page = person.get(f"/api/queries/{again['query_id']}/rows", params={"offset": 1, "limit": 1}).json()
    assert page["rows"] == first["rows"][1:2]


def test_other_values_are_other_answers(person):
    person.load("sales.csv", CSV)
    sql = "SELECT sum(units)::INT FROM sales WHERE city = {{city}}"
    assert person.rows(sql, parameters={"city": "Oslo"}) == [[4]]
    assert person.rows(sql, parameters={"city": "Bergen"}) == [[2]]
    assert person.query(sql, parameters={"city": "Oslo"}).json()["cached"] is True


@pytest.mark.parametrize("sql", ["SELECT random() AS r", "SELECT now()::VARCHAR || uuid() AS r"])
def test_what_changes_by_itself_is_not_cached(reader, sql):
    first, again = reader.query(sql).json(), reader.query(sql).json()
    assert again["cached"] is False and again["rows"] != first["rows"]


def test_deleted_data_is_not_answered_from_the_cache(person):
    file_id = person.load("sales.csv", CSV)
    assert person.query("SELECT count(*) FROM sales").status_code == 200
    assert person.http.delete(f"/api/files/{file_id}").status_code == 204
    assert_error(person.query("SELECT count(*) FROM sales"), 400, "invalid_sql")


def test_a_changed_saved_query_is_another_source(person):
    saved = person.post("/api/queries", {"name": "One", "sql_query": "SELECT 1 AS x"}).json()
    assert person.rows("SELECT x FROM saved.one") == [[1]]
    person.http.patch(f"/api/queries/{saved['id']}", json={"sql_query": "SELECT 2 AS x"})
    assert person.rows("SELECT x FROM saved.one") == [[2]]


def test_equal_queries_at_once_run_once(person):
    person.load("sales.csv", CSV)
    sql = "SELECT count(*) AS n FROM range(40000000) t(x), sales WHERE (x * units) % 7 = 3"
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = [f.result().json() for f in [pool.submit(person.query, sql) for _ in range(4)]]
    assert len({json.dumps(a["rows"]) for a in answers}) == 1
    assert sorted(a["cached"] for a in answers) == [False, True, True, True]


# --- cancelling and waiting ---------------------------------------------------------------------


def test_a_query_is_cancelled_by_its_name(person):
    run = Background(person, LONG)
    seen = run.wait_for("running")
    assert seen["sql_query"] == LONG and seen["started_at"]
    begin = time.monotonic()
    run.cancel()
    assert_error(run.response(), 499, "cancelled")
    assert time.monotonic() - begin < 5
    assert person.get("/api/queries/running").json()["runs"] == []
    last = person.get("/api/queries/history").json()["runs"][0]
    assert last["status"] == "cancelled" and last["query_id"] == seen["query_id"]
    assert_error(person.post(f"/api/queries/running/{run.name}/cancel"), 404, "not_found")
    assert person.rows("SELECT 1") == [[1]]


def test_leaving_cancels(person):
    lines = lines_of(person, LONG)
    assert next(lines)["type"] == "start"
    wait_until(lambda: person.get("/api/queries/running").json()["runs"], "the running query", 30)
    lines.close()
    wait_until(lambda: not person.get("/api/queries/running").json()["runs"], "the end of the query", 30)
    wait_until(lambda: [r["status"] for r in person.get("/api/queries/history").json()["runs"]] == ["cancelled"],
               "the cancelled run", 30)


def test_a_name_is_for_one_run(person):
    run = Background(person, LONG)
    run.wait_for("running")
    assert_error(person.query("SELECT 1", client_run_id=run.name), 409, "conflict")
    run.cancel()
    run.response()
    assert error_fields(assert_error(person.query("SELECT 1", client_run_id="a b"), 422)) == {"client_run_id"}


def test_others_wait_in_the_order_of_their_coming(make_server):
    person = make_server(QUERY_CONCURRENCY=1).sign_up()
    first = Background(person, LONG)
    first.wait_for("running")
    second = Background(person, LONG + " AND x > 1")
    assert second.wait_for("queued")["queue_position"] == 1
    got = []
    third = threading.Thread(target=lambda: got.extend(lines_of(person, "SELECT 3 AS x", cache=False)))
    third.start()
    wait_until(lambda: len(person.get("/api/queries/running").json()["runs"]) == 3, "three queries", 30)
    second.cancel()
    assert_error(second.response(), 499, "cancelled")
    first.cancel()
    first.response()
    third.join()
    positions = [line["position"] for line in got if line["type"] == "queue"]
    assert positions == [2, 1] and got[-1]["type"] == "end"


# --- limits -------------------------------------------------------------------------------------


def test_a_workspace_has_limits(person):
    limits = person.get("/api/queries/limits").json()
    assert limits["concurrent_queries"] >= 1 and limits["max_rows"] == 1_000_000
    assert limits["most"] == {name: limits[name] for name in limits if name != "most"}
    changed = person.http.put("/api/queries/limits", json={"max_rows": 10, "max_seconds": 1})
    assert changed.status_code == 200, changed.text
    assert changed.json() == limits | {"max_rows": 10, "max_seconds": 1}
    body = person.query("SELECT * FROM range(100)", limit=50).json()
    assert body["row_count"] == 10 and body["truncated"] is True
    error = assert_error(person.query(LONG), 504, "timeout")
    assert "1 second" in error["message"]
    assert person.http.put("/api/queries/limits", json={}).json() == limits
    response = person.http.put("/api/queries/limits", json={"max_seconds": 10**9, "concurrent_queries": 0})
    assert error_fields(assert_error(response, 422)) == {"max_seconds", "concurrent_queries"}


def test_a_workspace_limits_the_memory_of_a_query(person):
    limits = person.get("/api/queries/limits").json()
    hungry = "SELECT length(string_agg(md5(i::VARCHAR), '')) AS n FROM range(1500000) t(i)"
    assert person.query(hungry).status_code == 200
    least = 32 << 20
    changed = person.http.put("/api/queries/limits", json={"memory_bytes": least})
    assert changed.status_code == 200, changed.text
    assert changed.json() == limits | {"memory_bytes": least}
    error = assert_error(person.query(hungry, cache=False), 422, "resource_exhausted")
    assert "limit of 32" in error["message"] and error["hint"]
    assert person.query("SELECT 1 AS one").json()["rows"] == [[1]]
    assert person.http.put("/api/queries/limits", json={}).json() == limits
    assert person.query(hungry, cache=False).status_code == 200
    response = person.http.put("/api/queries/limits", json={"memory_bytes": 1})
    assert error_fields(assert_error(response, 422)) == {"memory_bytes"}


def test_editors_do_not_set_limits(person, server):
    invite = person.post("/api/auth/invites", {"role": "editor"}).json()
    editor = server.sign_up()
    editor.post("/api/auth/accept-invite", {"invite_token": invite["token"]})
    chosen = {"X-Workspace-Id": person.session["user"]["workspace_id"]}
    assert_error(editor.http.put("/api/queries/limits", json={}, headers=chosen), 403, "forbidden")


# --- before running -----------------------------------------------------------------------------


def validate(person, sql, **fields):
    response = person.post("/api/queries/validate", {"sql_query": sql} | fields)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_right_statement_says_what_it_reads_and_gives(reader):
    checked = validate(reader, "SELECT city, count(*) AS n FROM sales WHERE day >= {{from}} GROUP BY city")
    assert checked["valid"] is True and checked["problems"] == []
    assert checked["tables"] == ["sales"] and checked["saved_queries"] == []
    assert checked["columns"] == [{"name": "city", "type": "VARCHAR"}, {"name": "n", "type": "BIGINT"}]
    assert checked["parameters"] == [{"name": "from", "type": "DATE"}]


@pytest.mark.parametrize("sql, word, hint", [
    ("SELECT '☃', citty FROM sales", "citty", "city"),
    ("SELECT s.citty FROM sales s", "s.citty", "city"),
    ("SELECT * FROM salles", "salles", "sales"),
    ("SELECT upperr(city) FROM sales", "upperr", "upper"),
    ("SELECT city FROM sales WHERE", None, None),
    ("SELEC city FROM sales", "SELEC", None),
])
def test_a_wrong_statement_says_where(reader, sql, word, hint):
    checked = validate(reader, sql)
    assert checked["valid"] is False
    problem, = checked["problems"]
    assert problem["message"]
    if word:
        assert sql[problem["from"]:problem["to"]] == word
    if hint:
        assert hint in problem["hint"]


def test_nothing_is_run_to_validate(reader):
    begin = time.monotonic()
    assert validate(reader, LONG)["valid"] is True
    assert time.monotonic() - begin < 20


def nodes(node):
    yield node
    for child in node["children"]:
        yield from nodes(child)


def test_a_plan_is_a_tree_with_times(reader):
    sql = "SELECT city, sum(units) FROM sales WHERE day >= {{from}} GROUP BY city ORDER BY city"
    explained = reader.post("/api/queries/explain", {"sql_query": sql, "parameters": {"from": "2026-02-01"}})
    assert explained.status_code == 200, explained.text
    explained = explained.json()
    assert explained["execution_time"] > 0
    all_nodes = list(nodes(explained["plan"]))
    scan = next(n for n in all_nodes if n["title"] == "Read sales")
    assert scan["rows"] == 2 and scan["children"] == []
    assert sum(n["share"] for n in all_nodes) == pytest.approx(1)
    assert "__internal" not in json.dumps(explained) and "source_1" not in json.dumps(explained)
    plain = reader.post("/api/queries/explain", {"sql_query": "SELECT count(*) FROM sales", "run": False}).json()
    assert "execution_time" not in plain and all("seconds" not in n for n in nodes(plain["plan"]))


def test_a_plan_comes_with_advice(reader):
    sql = "SELECT count(*) FROM range(1000) a(x) JOIN range(1000) b(y) ON (x + y) % 10 > 5"
    advice = reader.post("/api/queries/explain", {"sql_query": sql}).json()["advice"]
    assert [a["title"] for a in advice] == ["Join by equality"] and "1,000 rows" in advice[0]["text"]


def test_a_faster_way_is_offered_when_it_gives_the_same_rows(person):
    rows = "".join(f"{n},{n % 89},2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}\n" for n in range(300_000))
    person.load("visits.csv", "visit_id,page,day\n" + rows)
    sql = ("SELECT page, count(*) AS n -- of one month\n"
           "FROM visits WHERE page < {{most}} AND day::VARCHAR LIKE '2024-05%' GROUP BY page")
    reply = person.post("/api/queries/faster", {"sql_query": sql, "parameters": {"most": 40}})
    assert reply.status_code == 200, reply.text
    faster = reply.json()["faster"]
    assert faster["seconds_after"] < faster["seconds_before"] and faster["rows_compared"] == 40
    assert [c["title"] for c in faster["changes"]] == ["Compare the date itself"]
    assert faster["sql_query"] == sql.replace(
        "day::VARCHAR LIKE '2024-05%'", "(day >= DATE '2024-05-01' AND day < DATE '2024-06-01')")
    before, after = (sorted(person.query(s, parameters={"most": 40}, cache=False).json()["rows"])
                     for s in (sql, faster["sql_query"]))
    assert before == after
    none = person.post("/api/queries/faster", {"sql_query": "SELECT page FROM visits"}).json()
    assert "faster" not in none and "rule" in none["reason"]


def test_bad_sql_has_no_plan(reader):
    assert_error(reader.post("/api/queries/explain", {"sql_query": "SELECT citty FROM sales"}), 400, "invalid_sql")
    assert_error(reader.post("/api/queries/explain", {"sql_query": "DROP VIEW sales"}), 400, "invalid_sql")
    assert_error(reader.post("/api/queries/faster", {"sql_query": "SELECT citty FROM sales"}), 400, "invalid_sql")
