"""/api/queries/export: whole results as files."""

import concurrent.futures
import csv
import io
import json
import struct
import uuid
import zipfile
from xml.etree import ElementTree

import httpx
import pytest
from sextant import assert_error, colleague_of, error_fields

ROWS = """SELECT * FROM (VALUES
    (1, '=1+1', 9007199254740993, 12.50::DECIMAL(10,2), 1.5::DOUBLE, true, DATE '2026-01-31',
     TIMESTAMP '2026-01-31 12:30:00', TIME '06:00:00'),
    (NULL, '☃ & <b>', NULL, NULL, 'NaN'::DOUBLE, NULL, DATE '1850-01-01', NULL, NULL))
    t(n, "te""xt", big, amount, x, yes, day, moment, time)"""
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def export(person, sql, kind, **fields):
    return person.post("/api/queries/export", {"sql_query": sql, "format": kind} | fields)


def sheet(content, number=1):
    """Cells by place: (type, value), and the style of each."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    cells = {}
    for cell in root.iter(MAIN + "c"):
        value = cell.find(MAIN + "v")
        if value is None:
            value = cell.find(f"{MAIN}is/{MAIN}t")
        cells[cell.get("r")] = (cell.get("t", "n"), None if value is None else value.text)
    return cells


def test_csv(person):
    response = export(person, ROWS, "csv", file_name="Año 1")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/csv")
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''A%C3%B1o%201.csv"
    rows = list(csv.reader(io.StringIO(response.text)))
    assert rows[0] == ["n", 'te"xt', "big", "amount", "x", "yes", "day", "moment", "time"]
    assert rows[1] == ["1", "'=1+1", "9007199254740993", "12.50", "1.5", "true", "2026-01-31", "2026-01-31 12:30:00",
                       "06:00:00"]
    assert rows[2][1] == "☃ & <b>" and len(rows) == 3


def test_json(person):
    response = export(person, ROWS, "json")
    assert response.headers["content-type"].startswith("application/json")
    first, second = response.json()
    assert first == {"n": 1, 'te"xt': "=1+1", "big": "9007199254740993", "amount": 12.5, "x": 1.5, "yes": True,
                     "day": "2026-01-31", "moment": "2026-01-31T12:30:00", "time": "06:00:00"}
    assert second["n"] is None and second['te"xt'] == "☃ & <b>" and second["x"] is None
    assert export(person, "SELECT 1 AS x WHERE false", "json").json() == []


def test_xlsx_has_the_right_types(person):
    response = export(person, ROWS, "xlsx")
    assert response.status_code == 200, response.text
    assert "spreadsheetml" in response.headers["content-type"]
    cells = sheet(response.content)
    assert cells["A1"][1] == "n" and cells["B1"][1] == 'te"xt'
    assert cells["A2"] == ("n", "1") and "A3" not in cells
    assert cells["B2"] == ("inlineStr", "=1+1") and cells["B3"] == ("inlineStr", "☃ & <b>")
    assert cells["C2"] == ("inlineStr", "9007199254740993")
    assert cells["D2"] == ("n", "12.5") and cells["E2"] == ("n", "1.5") and cells["F2"] == ("b", "1")
    assert cells["G2"] == ("n", "46053")  # 2026-01-31
    assert float(cells["H2"][1]) == pytest.approx(46053 + 12.5 / 24)
    assert cells["I2"] == ("n", "0.25")
    assert cells["G3"] == ("inlineStr", "1850-01-01"), "before spreadsheets can count days"


def test_a_text_that_a_cell_can_not_hold(person):
    error = assert_error(export(person, "SELECT repeat('x', 40000) AS long_text", "xlsx"), 413, "too_large")
    assert "long_text" in error["message"] and error["hint"]


def test_parquet_is_read_again(person):
    response = export(person, ROWS.replace("'NaN'::DOUBLE", "0.5::DOUBLE"), "parquet")
    assert response.status_code == 200, response.text
    assert response.content[:4] == b"PAR1" == response.content[-4:]
    assert struct.unpack("<I", response.content[-8:-4])[0] > 0
    person.load("again.parquet", response.content)
    types = dict(row[:2] for row in person.rows("DESCRIBE again"))
    assert types["big"] == "BIGINT" and types["amount"] == "DECIMAL(10,2)" and types["day"] == "DATE"
    assert person.rows("SELECT te_xt FROM again WHERE n = 1") == [["=1+1"]]


def test_equal_column_names(person):
    sql = "SELECT 1 AS a, 2 AS a, 3 AS A_2"
    person.load("twice.parquet", export(person, sql, "parquet").content)
    assert person.rows("SELECT * FROM twice") == [[1, 2, 3]]


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "parquet"])
def test_all_rows_come(person, kind):
    response = export(person, "SELECT i, 'row ' || i AS t FROM range(120000) r(i)", kind)
    assert response.status_code == 200, response.text[:500]
    if kind == "csv":
        assert len(response.text.splitlines()) == 120_001
    elif kind == "json":
        assert sum(row["i"] for row in response.json()) == 120_000 * 119_999 // 2
    elif kind == "xlsx":
        assert sheet(response.content)["A120001"] == ("n", "119999")
    else:
        person.load("all.parquet", response.content)
        assert person.rows("SELECT count(*), max(i) FROM \"all\"") == [[120_000, 119_999]]


def test_an_export_is_in_the_history(person):
    person.post("/api/queries", {"name": "Q", "sql_query": "SELECT {{x}} AS x"})
    saved = person.get("/api/queries").json()["queries"][0]
    response = export(person, "SELECT {{x}} AS x", "csv", parameters={"x": "a"}, saved_query_id=saved["id"])
    assert response.text == "x\r\na\r\n"
    run, = person.get(f"/api/queries/{saved['id']}/runs").json()["runs"]
    assert run["row_count"] == 1 and run["parameters"] == {"x": "a"}


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "parquet"])
def test_errors_are_errors(person, kind):
    assert_error(export(person, "SELECT nothing", kind), 400, "invalid_sql")
    assert_error(export(person, "DROP TABLE x", kind), 400, "invalid_sql")
    assert_error(export(person, "COPY (SELECT 1) TO '/tmp/x.csv'", kind), 400, "invalid_sql")


def test_wrong_fields(person):
    assert error_fields(assert_error(export(person, "SELECT 1", "pdf"), 422)) == {"format"}
    assert error_fields(assert_error(export(person, "SELECT 1", "csv", client_run_id="a/b"), 422)) == {"client_run_id"}
    assert error_fields(assert_error(export(person, " ", "csv"), 422)) == {"sql_query"}


# --- downloads by the browser itself ------------------------------------------------------------


def ticket(person, sql, kind="csv", status=201, **fields):
    response = person.post("/api/queries/export/ticket", {"sql_query": sql, "format": kind} | fields)
    assert response.status_code == status, response.text
    return response.json().get("ticket")


def download(server, ticket):
    """As a browser does it: without a token."""
    with server.client() as browser:
        return browser.get("/api/queries/download", params={"ticket": ticket})


def test_a_ticket_downloads_once(person, server):
    made = ticket(person, "SELECT {{x}} AS x", file_name="Año", parameters={"x": 7}, parameter_types={"x": "integer"})
    response = download(server, made)
    assert response.status_code == 200 and response.text == "x\r\n7\r\n"
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''A%C3%B1o.csv"
    assert_error(download(server, made), 401, "unauthenticated")
    run = person.get("/api/queries/history").json()["runs"][0]
    assert run["sql_query"] == "SELECT {{x}} AS x" and run["row_count"] == 1


def test_a_ticket_of_two_used_at_once_serves_one(person, server):
    made = ticket(person, "SELECT 1 AS x")
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: download(server, made).status_code, range(4)))
    assert sorted(answers) == [200, 401, 401, 401]


def test_no_ticket_no_download(person, server):
    for wrong in ("", "x", person.token, "a" * 43):
        assert_error(download(server, wrong), 401, "unauthenticated")


def test_a_ticket_expires(person, server):
    made = ticket(person, "SELECT 1 AS x")
    server.store("UPDATE download_tickets SET expires_at = '2020-01-01T00:00:00.000Z'")
    assert_error(download(server, made), 401, "unauthenticated")


def test_a_ticket_ends_with_the_membership(make_server):
    server = make_server()
    member = colleague_of(server.sign_up(), "editor")
    made = ticket(member, "SELECT 1 AS x")
    server.store("DELETE FROM workspace_members WHERE user_id = '" + member.session["user"]["id"] + "'")
    assert_error(download(server, made), 401, "unauthenticated")


def test_what_can_not_run_gets_no_ticket(person):
    error = assert_error(person.post("/api/queries/export/ticket", {"sql_query": "SELECT nothing", "format": "csv"}),
                         400, "invalid_sql")
    assert error["detail"]["position"] == 7
    assert error_fields(assert_error(person.post("/api/queries/export/ticket", {"sql_query": "SELECT 1",
                                                                                "format": "pdf"}), 422)) == {"format"}


def test_a_download_is_seen_and_cancelled(person, server):
    name = uuid.uuid4().hex
    made = ticket(person, "SELECT i, repeat('x', 100) AS t FROM range(20000000) r(i)", client_run_id=name)
    with server.client() as browser:
        with browser.stream("GET", "/api/queries/download", params={"ticket": made}) as response:
            assert response.status_code == 200
            pieces = response.iter_bytes()
            next(pieces)
            run, = person.get("/api/queries/running").json()["runs"]
            assert run["client_run_id"] == name and run["bytes"] > 0
            assert person.post(f"/api/queries/running/{name}/cancel").status_code == 204
            with pytest.raises(httpx.HTTPError):  # cut off, so that the browser sees that it is not whole
                for _ in pieces:
                    pass
    assert person.get("/api/queries/history").json()["runs"][0]["status"] == "cancelled"


def test_leaving_an_export_leaves_nothing(person, server):
    name = uuid.uuid4().hex
    body = {"sql_query": "SELECT i, repeat('x', 100) AS t FROM range(5000000) r(i)", "format": "csv",
            "client_run_id": name}
    with person.http.stream("POST", "/api/queries/export", json=body) as response:
        assert response.status_code == 200
        next(response.iter_bytes())
    assert person.rows("SELECT 1") == [[1]]
    left = [p for p in server.data.rglob("export-*")]
    assert left == []
    assert json.dumps(person.get("/api/queries/history").json())
