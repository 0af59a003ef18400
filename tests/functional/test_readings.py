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
    sql = "SELECT string_agg(city, ',') FROM orders"
    response = recognise(reader, sql)
    assert response.status_code == 200
    body = response.json()
    assert body["expressible"] is False and "reading" not in body
    assert body["reason"] and body["position"] == sql.index("string_agg")


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


# ── figures of several tables, ways to join, computed columns, values as columns ──

CUSTOMERS = b"customer_id,name,country\n1,Ada,Norway\n2,Ben,Norway\n3,Cleo,Spain\n"
SALES = b"""sale_id,customer_id,sold_on,amount,cost
101,1,2025-01-03,10.5,4.0
102,1,2025-01-09,20.0,9.0
103,2,2025-02-01,5.0,5.5
104,3,2025-02-03,7.5,1.0
"""
RETURNS = b"return_id,sale_id,reason,refund\n9001,101,late,3.5\n9002,101,size,4.0\n9003,104,late,0.5\n"
VISITS = b"visit_id,customer_id,topic,minutes\n501,1,size,30\n502,1,late,10\n503,3,size,6\n"


@pytest.fixture(scope="module")
def shop(server):
    someone = server.sign_up()
    for name, content in (("customers", CUSTOMERS), ("sales", SALES), ("returns", RETURNS), ("visits", VISITS)):
        someone.load(f"{name}.csv", content)
    return someone


def group(table, column, **more):
    return {"table": table, "column": column, **more}


def figure(aggregate, table, column=""):
    return {"aggregate": aggregate, "table": table, "column": column}


def condition(table, column, value):
    return {"any_of": [{"table": table, "column": column, "op": "equal", "values": [value]}]}


def composed_rows(person, reading):
    response = compose(person, reading)
    assert response.status_code == 200, response.text
    return [[float(cell) if isinstance(cell, str) and cell[:1].isdigit() else cell for cell in row]
            for row in person.rows(response.json()["sql_query"])]


BY_COUNTRY = {"table": "sales", "dimensions": [group("customers", "country")],
              "order": [{"by": "dimension", "index": 0, "descending": False}]}


@pytest.mark.parametrize("filters, rows", [
    ([], [["Norway", 35.5, 7.5, 2], ["Spain", 7.5, 0.5, 1]]),
    ([condition("returns", "reason", "size")], [["Norway", 10.5, 4.0, 2]]),
    ([condition("visits", "topic", "size")], [["Norway", 30.5, 7.5, 1], ["Spain", 7.5, 0.5, 1]]),
    ([condition("sales", "sale_id", 104)], [["Spain", 7.5, 0.5, 1]]),
])
def test_figures_of_several_tables_count_each_row_once(shop, filters, rows):
    reading = {**BY_COUNTRY, "filters": filters, "measures": [
        figure("sum", "sales", "amount"), figure("sum", "returns", "refund"), figure("count", "visits")]}
    assert composed_rows(shop, reading) == rows
    sql = compose(shop, reading).json()["sql_query"]
    back = recognise(shop, sql).json()
    assert back["expressible"] is True and back["notes"] == [], back
    assert compose(shop, back["reading"]).json()["sql_query"] == sql


def test_figures_of_two_tables_by_a_column_of_a_third(shop):
    reading = {"table": "sales", "dimensions": [group("visits", "topic")],
               "order": [{"by": "dimension", "index": 0, "descending": False}],
               "measures": [figure("sum", "sales", "amount"), figure("count", "returns")]}
    assert composed_rows(shop, reading) == [["late", 30.5, 2], ["size", 38.0, 3]]


def test_groups_without_a_figure_come_last_unasked_and_asked(shop):
    reading = {"table": "customers", "dimensions": [group("customers", "name")],
               "measures": [figure("sum", "visits", "minutes")]}
    rows = [["Ada", 40], ["Cleo", 6], ["Ben", None]]
    assert composed_rows(shop, reading) == rows
    asked = {**reading, "order": [{"by": "measure", "index": 0, "descending": True}]}
    assert composed_rows(shop, asked) == rows
    for one in (reading, asked):
        back = recognise(shop, compose(shop, one).json()["sql_query"]).json()["reading"]
        assert len(back["order"]) == len(one.get("order", []))


def test_rows_without_a_partner_are_left_out_when_that_is_chosen(shop):
    reading = {"table": "customers", "columns": [group("customers", "name")],
               "measures": [], "along": ["visits"]}
    links = compose(shop, reading).json()["links"]
    assert [link["table"] for link in links] == ["visits"]
    assert links[0]["path"][0]["inner"] is False and links[0]["path"][0]["multiplies"] is True
    edge = links[0]["path"][0]
    chosen = {**reading, "distinct": True, "joins": [{"left": edge["left"], "right": edge["right"], "inner": True}]}
    assert composed_rows(shop, chosen) == [["Ada"], ["Cleo"]]
    assert len(composed_rows(shop, {**chosen, "joins": []})) == 3


def test_values_become_columns(shop):
    reading = {**BY_COUNTRY, "measures": [figure("sum", "sales", "amount")],
               "dimensions": [group("customers", "country"), group("sales", "sold_on", grain="month", pivot=True)]}
    body = compose(shop, reading).json()
    assert [column["name"] for column in body["columns"]] == ["country", "2025-01", "2025-02"]
    assert composed_rows(shop, reading) == [["Norway", 30.5, 5.0], ["Spain", None, 7.5]]
    back = recognise(shop, body["sql_query"]).json()
    assert back["expressible"] is True
    assert back["reading"]["dimensions"][1]["values"] == ["2025-01-01", "2025-02-01"]


def test_too_many_values_for_columns_are_refused(reader):
    reading = {"table": "orders", "measures": [figure("count", "orders")],
               "dimensions": [group("orders", "order_id", pivot=True)]}
    error = assert_error(compose(reader, reading), 422, "invalid_fields")
    assert "order_id has more than 50 values" in error["message"] and error["hint"]


def test_a_computed_column_is_used_like_any_other(shop):
    reading = {"table": "sales", "computed": [
                   {"table": "sales", "name": "margin", "expression": "Amount - cost"},
                   {"table": "sales", "name": "who", "expression": "upper(customers.name)"}],
               "columns": [group("sales", "who"), group("sales", "margin")],
               "filters": [{"any_of": [{"table": "sales", "column": "margin", "op": "greater", "values": [0]}]}],
               "order": [{"by": "column", "table": "sales", "column": "margin", "descending": True}]}
    assert composed_rows(shop, reading) == [["ADA", 11.0], ["ADA", 6.5], ["CLEO", 6.5]]
    total = {"table": "sales", "computed": reading["computed"][:1], "dimensions": [group("customers", "country")],
             "measures": [figure("sum", "sales", "margin")]}
    assert composed_rows(shop, total) == [["Norway", 17.0], ["Spain", 6.5]]


@pytest.mark.parametrize("sql, rows", [
    ("SELECT upper(c.name) AS who, sum(s.amount - s.cost) AS total_net FROM sales s "
     "JOIN customers c ON s.customer_id = c.customer_id GROUP BY 1 ORDER BY 2 DESC",
     [["ADA", 17.5], ["CLEO", 6.5], ["BEN", -0.5]]),
    ("SELECT strftime(sold_on, '%Y') AS year_sold, count(*) AS number_of_sales FROM sales "
     "WHERE amount > cost AND (cost > 5 OR amount < 10) GROUP BY 1 ORDER BY 1", [["2025", 2]]),
])
def test_expressions_of_sql_become_computed_columns(shop, sql, rows):
    back = recognise(shop, sql).json()
    assert back["expressible"] is True, back
    assert back["reading"]["computed"], back
    if sql.startswith("SELECT upper"):
        assert [one["name"] for one in back["reading"]["computed"]] == ["who", "net"]
    found = shop.rows(compose(shop, back["reading"]).json()["sql_query"])
    assert [[first, pytest.approx(float(figure))] for first, figure in found] == rows


def test_values_become_columns_of_the_first_rows_of_each_group(shop):
    reading = {"table": "sales", "measures": [figure("sum", "sales", "amount")], "per_group": True, "limit": 1,
               "dimensions": [group("customers", "country"), group("customers", "name"),
                              group("sales", "sold_on", grain="month", pivot=True)]}
    assert composed_rows(shop, reading) == [["Norway", "Ada", 30.5, None], ["Spain", "Cleo", None, 7.5]]
    lowest = {**reading, "order": [{"by": "measure", "index": 0, "descending": False}]}
    assert composed_rows(shop, lowest) == [["Norway", "Ben", None, 5.0], ["Spain", "Cleo", None, 7.5]]
    back = recognise(shop, compose(shop, lowest).json()["sql_query"]).json()
    assert back["reading"]["per_group"] is True and back["reading"]["limit"] == 1
    assert composed_rows(shop, back["reading"]) == composed_rows(shop, lowest)


def test_a_computed_column_of_the_many_side_keeps_rows_by_its_own_columns(shop):
    reading = {"table": "customers", "columns": [group("customers", "name")],
               "computed": [{"table": "sales", "name": "margin", "expression": "amount - cost"}],
               "filters": [{"any_of": [{"table": "sales", "column": "margin", "op": "less", "values": [0]}]}]}
    assert composed_rows(shop, reading) == [["Ben"]]
    reading["computed"][0]["expression"] = "amount - length(customers.name)"
    error = assert_error(compose(shop, reading), 422, "invalid_fields")
    assert "margin is made of columns of customers" in error["message"]


@pytest.mark.parametrize("name, expression, words", [
    ("x", "amonut - cost", "amonut"),
    ("x", "sum(amount)", "row by row"),
    ("x", "(SELECT max(amount) FROM sales)", "a query within it"),
    ("x", "amount) FROM sales --", "closed that was not opened"),
    ("x", "1; DROP TABLE sales", "semicolon"),
    ("x", "returns.refund", "has several of returns"),
    ("x", "read_text('/etc/passwd')", "read_text"),
    ("amount", "cost", "already"),
    (" ", "cost", "name"),
    ("x", "", "expression"),
])
def test_a_computed_column_that_can_not_be_is_told_why(shop, name, expression, words):
    error = assert_error(compose(shop, {
        "table": "sales", "columns": [group("sales", name)],
        "computed": [{"table": "sales", "name": name, "expression": expression}]}), 422, "invalid_fields")
    (field,) = error["detail"]["fields"]
    assert field["path"] == "computed[0].expression" and words in field["message"], field


def test_a_persons_metric_is_the_one_that_is_used(server):
    someone = server.sign_up()
    someone.load("sales.csv", b"sale_id,gross_amount,net_amount\n1,120.0,100.0\n2,60.0,50.0\n")
    (model,) = someone.get("/api/models").json()["models"]
    metric = {"name": "revenue", "table": "sales", "expression": "sum(net_amount)"}
    response = someone.http.patch(f"/api/models/{model['id']}", json={"schema_definition": {"metrics": [metric]}})
    assert response.status_code == 200, response.text
    reading = {"table": "sales", "measures": [{"table": "sales", "column": "", "metric": "revenue"}]}
    assert composed_rows(someone, reading) == [[150.0]]
    back = recognise(someone, compose(someone, reading).json()["sql_query"]).json()
    assert back["reading"]["measures"][0]["metric"] == "revenue"
