"""/api/queries/execute-enhanced: people's SQL."""

import concurrent.futures
import time

import pytest
from sextant import assert_error

CSV = (b"day,city,amount,units\n2026-01-01,Oslo,10.50,1\n2026-01-02,Bergen,20.25,2\n"
       b"2026-02-01,Oslo,5.00,3\n2026-02-03,,7.75,4\n")


@pytest.fixture(scope="module")
def reader(server):
    """Someone with one small table, `sales`, that no test changes."""
    someone = server.sign_up()
    someone.load("sales.csv", CSV)
    return someone


def test_the_answer_has_the_agreed_shape(reader):
    response = reader.query("SELECT city, sum(units) AS units FROM sales GROUP BY city ORDER BY units DESC")
    assert response.status_code == 200
    body = response.json()
    assert [c["name"] for c in body["columns"]] == ["city", "units"]
    assert all(c["type"] for c in body["columns"])
    assert [[city, int(units)] for city, units in body["rows"]] == [["Oslo", 4], [None, 4], ["Bergen", 2]] or \
           [[city, int(units)] for city, units in body["rows"]] == [[None, 4], ["Oslo", 4], ["Bergen", 2]]
    assert body["row_count"] == 3
    assert body["truncated"] is False
    assert body["query_id"]
    assert 0 <= body["execution_time"] < 30
    assert body["cached"] is False
    assert body["suggested_chart"]["type"]


def test_a_limit_truncates_and_says_so(reader):
    body = reader.query("SELECT * FROM range(100) t(i) ORDER BY i", limit=10).json()
    assert body["rows"] == [[i] for i in range(10)]
    assert body["row_count"] == 10
    assert body["truncated"] is True


def test_no_rows(reader):
    body = reader.query("SELECT * FROM sales WHERE false").json()
    assert body["rows"] == [] and body["row_count"] == 0 and len(body["columns"]) == 4


def test_values_keep_their_meaning(reader):
    row = reader.rows("""SELECT NULL, true, 9007199254740993, 1.5::DOUBLE, 'a"b\\c', DATE '2026-01-31',
        'NaN'::DOUBLE, TIMESTAMP '2026-01-31 12:30:00', '☃', ''""")[0]
    assert row[0] is None and row[1] is True
    assert row[2] == "9007199254740993"
    assert row[3] == 1.5
    assert row[4] == 'a"b\\c'
    assert row[5] == "2026-01-31"
    assert row[6] in (None, "NaN")
    assert row[7].startswith("2026-01-31") and "12:30:00" in row[7]
    assert row[8:] == ["☃", ""]


def test_parameters_are_bound(reader):
    assert reader.rows("SELECT sum(units)::INT FROM sales WHERE city = $city", parameters={"city": "Oslo"}) == [[4]]
    attack = "Oslo' OR '1'='1"
    assert reader.rows("SELECT count(*) FROM sales WHERE city = $city", parameters={"city": attack}) == [[0]]


@pytest.mark.parametrize("parameters", [{}, {"town": "Oslo"}])
def test_a_missing_parameter_is_an_error(reader, parameters):
    response = reader.query("SELECT * FROM sales WHERE city = $city", parameters=parameters)
    assert response.status_code in (400, 422)
    assert "city" in response.json()["error"]["message"]


@pytest.mark.parametrize("sql, near", [
    ("SELEC 1", "SELEC"),
    ("SELECT * FROM nowhere", "nowhere"),
    ("SELECT\n  citty FROM sales", "citty"),
    ("SELECT city, FROM WHERE", "WHERE"),
])
def test_bad_sql_says_where(reader, sql, near):
    error = assert_error(reader.query(sql), 400, "invalid_sql")
    position = error["detail"]["position"]
    assert abs(position - sql.index(near)) <= len(near), (position, error["message"])


def test_a_misspelt_name_gets_a_suggestion(reader):
    error = assert_error(reader.query("SELECT citty FROM sales"), 400, "invalid_sql")
    assert "city" in error["message"] + error["hint"]


@pytest.mark.parametrize("body, path", [
    ({}, "sql_query"), ({"sql_query": ""}, "sql_query"), ({"sql_query": 5}, "sql_query"),
    ({"sql_query": "SELECT 1", "limit": 0}, "limit"), ({"sql_query": "SELECT 1", "limit": "x"}, "limit"),
])
def test_wrong_fields_are_named(reader, body, path):
    error = assert_error(reader.post("/api/queries/execute-enhanced", body), 422, "invalid_fields")
    assert [f["path"] for f in error["detail"]["fields"]] == [path]


CANARY = "canary-4f1c9a"
ATTACKS = [
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_csv_auto('{file}', header=false)",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM read_json('{file}')",
    "SELECT * FROM read_json_objects('{file}')",
    "SELECT * FROM read_ndjson_objects('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM parquet_metadata('{file}')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM \"{file}\"",
    "SELECT * FROM/**/read_text/**/('{file}')",
    "SELECT * FROM read_text('{file}') -- harmless",
    "WITH x AS (SELECT * FROM read_text('{file}')) SELECT * FROM x",
    "SELECT (SELECT content FROM read_text('{file}'))",
    "SELECT * FROM sales, LATERAL (SELECT * FROM read_text('{file}'))",
    "SELECT 1; SELECT * FROM read_text('{file}')",
    "SELECT * FROM query('SELECT * FROM read_text(''{file}'')')",
    "SELECT * FROM query_table('{file}')",
    "SELECT json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''{file}'')'))",
    "FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''{file}'')'))",
    "PRAGMA json_execute_serialized_sql('SELECT * FROM read_text(''{file}'')')",
    "COPY sales TO '{folder}/stolen.csv'",
    "COPY (SELECT 1) TO '{folder}/stolen.parquet'",
    "EXPORT DATABASE '{folder}/stolen'",
    "CREATE TABLE t AS SELECT * FROM read_text('{file}')",
    "CREATE VIEW v AS SELECT 1",
    "INSERT INTO sales SELECT * FROM sales",
    "UPDATE sales SET units = 0",
    "DELETE FROM sales",
    "DROP VIEW sales",
    "ATTACH '{folder}/x.db' AS x",
    "ATTACH ':memory:' AS x",
    "DETACH memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access=true",
    "RESET lock_configuration",
    "SET VARIABLE x = 1",
    "PRAGMA enable_profiling='json'",
    "PRAGMA database_list",
    "CALL enable_logging()",
    "SELECT * FROM enable_logging()",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_databases()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT current_setting('temp_directory')",
    "SELECT getenv('HOME')",
    "CREATE SECRET (TYPE s3)",
    "EXPLAIN ANALYZE COPY sales TO '{folder}/stolen.csv'",
    "PREPARE p AS SELECT * FROM read_text('{file}')",
    "EXECUTE p",
    "CHECKPOINT",
    "BEGIN",
    "\u2003SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_text(concat('{folder}', '/canary', '.txt'))",
    "SELECT * FROM read_csv($file)",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["data folder", "system"])
def test_files_stay_out_of_reach(server, reader, attack, place):
    if place == "system":
        file, folder, secret = "/etc/passwd", "/etc", "root:"
    else:
        folder = server.folder / "outside"
        folder.mkdir(mode=0o777, exist_ok=True)
        folder.chmod(0o777)
        file, secret = folder / "canary.txt", CANARY
        file.write_text(f"a,b\n{CANARY},1\n")
    sql = attack.format(file=file, folder=folder)
    response = reader.query(sql, parameters={"file": str(file)} if "$file" in sql else {})
    assert response.status_code == 400, f"{response.status_code}: {response.text[:300]}"
    assert_error(response, 400)
    assert secret not in response.text
    if place != "system":
        assert sorted(p.name for p in folder.iterdir()) == ["canary.txt"]
    assert reader.rows("SELECT count(*) FROM sales") == [[4]]


@pytest.mark.parametrize("bomb", [
    "SELECT len(range(500000000))",
    "SELECT repeat('x', 2000000000)",
    "SELECT count(*) FROM range(10000000) a(x), range(10000000) b(y) WHERE x * y % 7 = 3",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
    "SELECT list(x) FROM range(1000000000) t(x)",
])
def test_a_bomb_costs_its_author_one_error(make_server, bomb):
    server = make_server(QUERY_TIMEOUT_SECONDS=4)
    author, colleague = server.sign_up(), server.sign_up()
    for someone in (author, colleague):
        someone.load("sales.csv", CSV)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        exploding = pool.submit(author.query, bomb)
        slowest = 0
        while not exploding.done():
            begin = time.monotonic()
            assert colleague.rows("SELECT sum(units)::INT FROM sales") == [[10]]
            slowest = max(slowest, time.monotonic() - begin)
        response = exploding.result()
    # Stopped by the gate, by a limit of memory, or by the clock.
    assert response.status_code in (400, 422, 504), response.text
    assert_error(response, response.status_code)
    assert slowest < 5
    assert author.rows("SELECT sum(units)::INT FROM sales") == [[10]]
    assert server.process.poll() is None


def test_rows_of_an_earlier_run(reader):
    first = reader.query("SELECT i FROM range(5000) t(i) ORDER BY i", limit=10).json()
    body = reader.get(f"/api/queries/{first['query_id']}/rows", params={"offset": 4000, "limit": 3}).json()
    assert body["rows"] == [[4000], [4001], [4002]]


def test_a_large_result_comes_whole(reader):
    body = reader.query("SELECT i, i * 2 AS twice, 'row ' || i AS text FROM range(200000) t(i)", limit=200_000).json()
    assert body["row_count"] == 200_000 and body["truncated"] is False
    assert sum(row[0] for row in body["rows"]) == 200_000 * 199_999 // 2


def test_original_column_names_work_quoted(person):
    person.load("Staff List.csv", b"Full Name,Start Date\nAda,2020-01-01\nBob,2021-01-01\n")
    assert person.rows('SELECT "Full Name" FROM staff_list ORDER BY full_name DESC') == [["Bob"], ["Ada"]]
