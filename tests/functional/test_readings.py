"""/api/queries/from-reading and to-reading: readings and SQL, both ways."""

import pytest
from sextant import assert_error

ORDERS = (b"order_id,day,city,amount\n" +
          b"".join(b"%d,2025-%02d-0%d,%s,%d.50\n" % (1000 + i, 1 + i % 12, 1 + i % 9, (b"Oslo", b"Bergen", b"Voss")[i % 3], i)
                   for i in range(60)))


@pytest.fixture(scope="module")
def reader(server):
    """Someone with one table, `orders`, that no test changes."""
    someone = server.sign_up()
    someone.load("orders.csv", ORDERS)
    return someone


def compose(reader, reading):
    return reader.post("/api/queries/from-reading", {"reading": reading})


def recognise(reader, sql):
    return reader.post("/api/queries/to-reading", {"sql_query": sql})


def test_a_reading_becomes_sql_that_runs(reader):
    reading = {"table": "orders", "dimensions": [{"table": "orders", "column": "city"}],
               "measures": [{"aggregate": "sum", "table": "orders", "column": "amount"}]}
    response = compose(reader, reading)
    assert response.status_code == 200
    body = response.json()
    assert [column["name"] for column in body["columns"]] == ["city", "total_amount"]
    assert [column["measure"] for column in body["columns"]] == [False, True]
    assert body["tables"] == ["orders"] and body["sentence"]
    rows = reader.rows(body["sql_query"])
    assert [row[0] for row in rows] == ["Voss", "Bergen", "Oslo"]
    assert sum(float(row[1]) for row in rows) == sum(i + 0.5 for i in range(60))


def test_and_the_sql_becomes_the_reading_again(reader):
    reading = {"table": "orders", "dimensions": [{"table": "orders", "column": "day", "grain": "month"}],
               "measures": [{"aggregate": "avg", "table": "orders", "column": "amount"}],
               "filters": [{"any_of": [{"table": "orders", "column": "city", "op": "equal", "values": ["Oslo"]}]}]}
    sql = compose(reader, reading).json()["sql_query"]
    body = recognise(reader, sql).json()
    assert body["expressible"] is True and body["notes"] == []
    assert body["reading"]["dimensions"][0]["grain"] == "month"
    assert body["reading"]["filters"][0]["any_of"][0]["values"] == ["Oslo"]
    assert compose(reader, body["reading"]).json()["sql_query"] == sql


def test_sql_of_a_person_is_read_with_notes_on_what_changes(reader):
    body = recognise(reader, "SELECT city, sum(amount) AS money FROM orders GROUP BY city").json()
    assert body["expressible"] is True
    assert any("money" in note for note in body["notes"])


def test_what_no_reading_says_is_told_with_its_place(reader):
    sql = "SELECT upper(city) FROM orders"
    response = recognise(reader, sql)
    assert response.status_code == 200
    body = response.json()
    assert body["expressible"] is False and "reading" not in body
    assert body["reason"] and body["position"] == sql.index("upper")


def test_the_gate_comes_first(reader):
    assert_error(recognise(reader, "DROP TABLE orders"), 400, "invalid_sql")
    assert_error(recognise(reader, "SELECT x FROM nowhere"), 400, "invalid_sql")
    assert_error(recognise(reader, " "), 422, "invalid_fields")


def test_a_reading_that_names_what_is_not_there(reader):
    assert_error(compose(reader, {"table": "nowhere", "columns": [{"table": "nowhere", "column": "x"}]}), 422,
                 "invalid_fields")
    assert_error(compose(reader, {"table": "orders", "measures": [{"aggregate": "sideways"}]}), 422, "invalid_fields")
    assert_error(compose(reader, {"table": "orders"}), 422, "invalid_fields")
    assert_error(reader.post("/api/queries/from-reading", {}), 422, "invalid_fields")


def test_another_workspace_has_other_tables(server, reader):
    stranger = server.sign_up()
    assert_error(recognise(stranger, "SELECT city FROM orders"), 400, "invalid_sql")
    assert_error(compose(stranger, {"table": "orders", "columns": [{"table": "orders", "column": "city"}]}), 422,
                 "invalid_fields")


def test_both_need_a_user(server):
    with server.client() as nobody:
        assert nobody.post("/api/queries/from-reading", json={"reading": {}}).status_code == 401
        assert nobody.post("/api/queries/to-reading", json={"sql_query": "SELECT 1"}).status_code == 401
