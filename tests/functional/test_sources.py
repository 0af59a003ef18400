"""/api/sources: reading a source otherwise, its versions, its steps, its raw cells."""

import pytest
from sextant import assert_error, error_fields, wait_until

DATES = b"day,amount,code\n03/04/2024,\"1.234\",007\n05/06/2024,\"2.500\",012\n07/08/2024,\"3.125\",100\n"


def rows_with_misfits():
    lines = ["id,day,amount"]
    lines += [f"{n},2024-01-{n % 28 + 1:02d},{n}.50" for n in range(1, 401)]
    lines[150] = "150,soon,150.50"
    lines[250] = "250,2024-02-30,much"
    return ("\n".join(lines) + "\n").encode()


def plan_of(person, source_id, **parameters):
    response = person.get(f"/api/sources/{source_id}/plan", params=parameters)
    assert response.status_code == 200, response.text
    return response.json()


def versions_of(person, source_id):
    response = person.get(f"/api/sources/{source_id}/versions")
    assert response.status_code == 200, response.text
    return response.json()["versions"]


def version_of(person, source_id, number):
    return next(v for v in versions_of(person, source_id) if v["version"] == number)


def settled(person, source_id, number):
    """The version once it is made, and followed by every feature when it is in use."""
    version = wait_until(
        lambda: (v := version_of(person, source_id, number))["status"] != "loading" and v,
        f"version {number}")
    if version["status"] == "published":
        wait_until(lambda: all(
            state["version"] == number for source in person.sources() if source["source_id"] == source_id
            for state in source["feature_integrations"].values()), f"features at version {number}")
    return version


def change_plan(person, source_id, plan, **fields):
    response = person.http.put(f"/api/sources/{source_id}/plan", json={"plan": plan} | fields)
    assert response.status_code == 202, response.text
    return settled(person, source_id, response.json()["version"])


def columns(*choices, **table):
    return {"tables": [{"key": "", "columns": list(choices)} | table]}


def types_of(person, source_id):
    source = next(s for s in person.sources() if s["source_id"] == source_id)
    return {c["name"]: c["type"] for c in source["schema"]["tables"][0]["columns"]}


def send(person, files, **fields):
    response = person.post("/api/files/upload", files=[("file", f) for f in files], data=fields)
    assert response.status_code == 202, response.text
    return response.json()["files"]


# The plan ----------------------------------------------------------------------------------------


def test_the_plan_tells_what_was_found(person):
    source_id = person.load("sales.csv", DATES)
    plan = plan_of(person, source_id)
    assert plan["version"] == 1 and plan["plan"] == {} and plan["steps"] == []
    assert [f["filename"] for f in plan["files"]] == ["sales.csv"]
    report = plan["report"]
    assert report["encoding"] == "UTF-8" and report["delimiter"] == ","
    table = report["tables"][0]
    assert table["key"] == "" and table["header_row"] == 1
    decisions = {d["original_name"]: d for d in table["decisions"]}
    assert decisions["code"]["type"] == "VARCHAR" and "leading zeros" in decisions["code"]["evidence"]
    assert decisions["day"]["type"] == "DATE" and not decisions["day"]["chosen"]


def test_date_order_and_decimal_sign_are_changed_without_another_upload(person):
    source_id = person.load("sales.csv", DATES)
    assert person.rows("SELECT day, amount FROM sales LIMIT 1") == [["2024-04-03", 1.234]]
    version = change_plan(person, source_id, columns(
        {"column": "day", "date_order": "month_first"},
        {"column": "amount", "decimal_mark": ","}), confirm=True)
    assert version["version"] == 2 and version["status"] == "published" and version["in_use"]
    assert person.rows("SELECT day, amount FROM sales") == [
        ["2024-03-04", 1234], ["2024-05-06", 2500], ["2024-07-08", 3125]]
    decisions = {d["column"]: d for d in plan_of(person, source_id)["report"]["tables"][0]["decisions"]}
    assert decisions["day"]["chosen"] and decisions["amount"]["type"] == "BIGINT"


@pytest.mark.parametrize("choice, kind, expected", [
    ({"type": "BIGINT"}, "BIGINT", [7, 12, 100]),
    ({"type": "DOUBLE"}, "DOUBLE", [7.0, 12.0, 100.0]),
    ({"type": "DECIMAL(10,2)"}, "DECIMAL(10,2)", [7.0, 12.0, 100.0]),
    ({"missing_values": ["012"]}, "VARCHAR", ["007", None, "100"]),
])
def test_a_column_takes_the_chosen_type(person, choice, kind, expected):
    source_id = person.load("sales.csv", DATES)
    change_plan(person, source_id, columns({"column": "code"} | choice), confirm=True)
    assert types_of(person, source_id)["code"] == kind
    assert [row[0] for row in person.rows("SELECT code FROM sales")] == expected


def test_a_date_format_of_ones_own(person):
    source_id = person.load("log.csv", b"moment,n\n20240131 1305,1\n20240229 0000,2\nnever,3\n")
    change_plan(person, source_id, columns({"column": "moment", "type": "TIMESTAMP", "date_format": "%Y%m%d %H%M"}),
                confirm=True)
    assert person.rows("SELECT moment FROM log") == [["2024-01-31T13:05:00"], ["2024-02-29T00:00:00"], [None]]
    page = person.get(f"/api/sources/{source_id}/quarantine").json()
    assert page["total_count"] == 1 and page["cells"][0]["raw"] == "never"


def test_days_counted_as_spreadsheets_do_are_dates_when_somebody_says_so(person):
    source_id = person.load("orders.csv", b"id,day\n1,45292\n2,45351\n3,45292.5\n")
    change_plan(person, source_id, columns({"column": "day", "type": "DATE"}), confirm=True)
    assert person.rows("SELECT day FROM orders") == [["2024-01-01"], ["2024-02-29"], [None]]
    change_plan(person, source_id, columns({"column": "day", "type": "TIMESTAMP"}), confirm=True)
    assert person.rows("SELECT day::VARCHAR FROM orders WHERE id = 3") == [["2024-01-01 12:00:00"]]


def test_header_row_delimiter_and_encoding(person):
    text = "Umsätze;2024\nStadt;Betrag\nKöln;12\nMünchen;15\n".encode("windows-1252")
    source_id = person.load("umsatz.csv", text)
    change_plan(person, source_id, {"delimiter": ";", "encoding": "ISO-8859-15", "tables": [
        {"key": "", "header_row": 0}]}, confirm=True)
    assert person.rows("SELECT count(*), min(column_1) FROM umsatz") == [[4, "Köln"]]
    change_plan(person, source_id, {"tables": [{"key": "", "header_row": 2}]}, confirm=True)
    assert list(types_of(person, source_id).items()) == [("stadt", "VARCHAR"), ("betrag", "BIGINT")]
    assert plan_of(person, source_id)["report"]["tables"][0]["header_row"] == 2


def test_what_cannot_be_read_that_way_leaves_the_source_as_it_is(person):
    source_id = person.load("sales.csv", DATES)
    version = change_plan(person, source_id, {"encoding": "EBCDIC-KLINGON"})
    assert version["status"] == "failed" and "EBCDIC-KLINGON" in version["error"]["message"]
    assert person.file(source_id)["processing_status"] == "completed"
    assert person.rows("SELECT count(*) FROM sales") == [[3]]
    assert person.http.delete(f"/api/sources/{source_id}/versions/2").status_code == 204
    assert [v["version"] for v in versions_of(person, source_id)] == [1]


@pytest.mark.parametrize("plan, field", [
    ({"delimiter": "ab"}, "plan.delimiter"),
    (columns({"column": "day", "type": "INT"}), "plan.tables[0].columns[0].type"),
    (columns({"column": "day", "date_format": "%Q"}), "plan.tables[0].columns[0].date_format"),
    (columns({"column": "day", "decimal_mark": ";"}), "plan.tables[0].columns[0].decimal_mark"),
    ({"tables": [{"key": "", "header_row": -1}]}, "plan.tables[0].header_row"),
])
def test_a_wrong_plan_is_named(person, plan, field):
    source_id = person.load("sales.csv", DATES)
    error = assert_error(person.http.put(f"/api/sources/{source_id}/plan", json={"plan": plan}), 422)
    assert error_fields(error) == {field}


# Cells kept aside and raw cells --------------------------------------------------------------------


def test_quarantine_is_paged_with_counts_and_goes_away_with_another_type(person):
    source_id = person.load("long.csv", rows_with_misfits())
    page = person.get(f"/api/sources/{source_id}/quarantine", params={"limit": 2}).json()
    assert page["total_count"] == 3 and len(page["cells"]) == 2
    assert page["cells"][0] == {"row": 151, "column": "day", "raw": "soon",
                                "reason": "not a date like the rest of the column"}
    counts = {(c["column"], c["count"]) for c in page["counts"]}
    assert counts == {("day", 2), ("amount", 1)}
    rest = person.get(f"/api/sources/{source_id}/quarantine", params={"offset": 2, "column": "amount"}).json()
    assert rest["total_count"] == 1 and rest["cells"] == []
    change_plan(person, source_id, columns({"column": "day", "type": "VARCHAR"}), confirm=True)
    page = person.get(f"/api/sources/{source_id}/quarantine").json()
    assert [c["raw"] for c in page["cells"]] == ["much"]
    assert person.rows("SELECT day FROM long WHERE id IN (150, 250)") == [["soon"], ["2024-02-30"]]


def test_what_the_reader_keeps_aside_counts_for_its_column(person):
    source_id = person.load("twice.json", b'[{"a": 1, "a": 2, "b": 3}]')
    decisions = plan_of(person, source_id)["report"]["tables"][0]["decisions"]
    assert [(d["column"], d["quarantined"]) for d in decisions] == [("a", 1), ("b", 0)]
    assert person.get(f"/api/sources/{source_id}/quarantine").json()["cells"][0]["raw"] == "1"


def test_the_raw_text_of_every_cell(person):
    source_id = person.load("sales.csv", DATES)
    page = person.get(f"/api/sources/{source_id}/raw", params={"offset": 1, "limit": 1}).json()
    assert page["columns"] == ["day", "amount", "code"] and page["total_rows"] == 3
    assert page["rows"] == [["05/06/2024", "2.500", "012"]]
    assert_error(person.get(f"/api/sources/{source_id}/raw", params={"table": "other"}), 404)
    assert_error(person.get(f"/api/sources/{source_id}/raw", params={"limit": 5000}), 422)


# Versions ------------------------------------------------------------------------------------------


def test_a_newer_file_of_the_same_shape_is_published_at_once(person):
    source_id = person.load("Sales 2024.csv", DATES)
    model_id = person.get(f"/api/files/{source_id}/data-source-info").json()["semantic_model"]["id"]
    file = send(person, [("Sales 2025.csv", DATES + b"09/10/2025,4.5,200\n")], source_id=source_id, mode="replace")[0]
    assert person.finished(file["file_id"])["source_id"] == source_id
    version = settled(person, source_id, 2)
    assert version["status"] == "published" and not version["difference"]["breaking"]
    assert version["difference"]["rows_before"] == 3 and version["difference"]["rows_after"] == 4
    assert person.rows("SELECT count(*) FROM sales_2024") == [[4]]
    info = person.get(f"/api/files/{source_id}/data-source-info").json()
    assert info["semantic_model"]["id"] == model_id and info["semantic_model"]["version"] == 2


def test_a_file_is_added_to_a_source(person):
    source_id = person.load("jan.csv", b"day,n\n2024-01-01,1\n2024-01-02,2\n")
    send(person, [("feb.csv", b"n,day,more\n3.5,2024-02-01,x\n")], source_id=source_id, mode="append")
    version = settled(person, source_id, 2)
    assert version["status"] == "published", version
    assert {(c["kind"], c["column"]) for c in version["difference"]["changes"]} == {
        ("column_added", "more"), ("type_widened", "n")}
    assert person.rows("SELECT day, n, more FROM jan") == [
        ["2024-01-01", 1.0, None], ["2024-01-02", 2.0, None], ["2024-02-01", 3.5, "x"]]


def test_a_file_of_other_columns_is_not_added(person):
    source_id = person.load("jan.csv", b"day,n\n2024-01-01,1\n")
    send(person, [("people.csv", b"name;city\nAda;Bonn\n")], source_id=source_id, mode="append")
    version = settled(person, source_id, 2)
    assert version["status"] == "failed"
    assert version["error"]["message"] == "“people.csv” has none of the columns of “jan.csv” (day, n)."
    assert "source of its own" in version["error"]["hint"]
    assert person.rows("SELECT day, n FROM jan") == [["2024-01-01", 1]]


def test_steps_that_a_new_file_can_not_follow_leave_the_source_as_it_is(person):
    source_id = person.load("people.csv", PEOPLE)
    change_steps(person, source_id, {"kind": "rename", "column": "q1", "name": "First Quarter"})
    send(person, [("people.csv", b"name,city,q2\nAda,Bonn,3\n")], source_id=source_id, mode="replace")
    version = settled(person, source_id, 3)
    assert version["status"] == "failed" and version["error"]["detail"] == {"step": 1}
    assert version["error"]["message"] == "Step 1 (rename on people): there is no column “q1”"
    assert person.rows("SELECT sum(first_quarter) FROM people") == [[12]]


def test_files_that_do_not_agree_keep_their_text(person):
    source_id = person.load("jan.csv", b'n,m\n"1,234",1\n"5,678",2\n')
    assert types_of(person, source_id)["n"] == "BIGINT"
    send(person, [("feb.csv", b"n,m\nabc,3\n")], source_id=source_id, mode="append", confirm="true")
    assert settled(person, source_id, 2)["status"] == "published"
    assert person.rows("SELECT n, m FROM jan") == [["1,234", 1], ["5,678", 2], ["abc", 3]]


def test_what_would_break_waits_for_a_yes(person):
    source_id = person.load("sales.csv", DATES)
    file = send(person, [("new.csv", b"day,amount\n03/04/2024,many\n")], source_id=source_id, mode="replace")[0]
    version = settled(person, source_id, 2)
    assert version["status"] == "staged" and version["difference"]["breaking"]
    changes = {(c["kind"], c["column"]): (c.get("before"), c.get("after")) for c in version["difference"]["changes"]}
    assert changes[("column_removed", "code")] == ("VARCHAR", None)
    assert changes[("type_changed", "amount")] == ("DECIMAL(18,3)", "VARCHAR")
    assert person.finished(file["file_id"])["processing_status"] == "completed"
    assert person.rows("SELECT count(code) FROM sales") == [[3]]
    # One change at a time.
    assert_error(person.http.put(f"/api/sources/{source_id}/plan", json={"plan": {}}), 409, "conflict")
    assert person.post(f"/api/sources/{source_id}/versions/2/publish").status_code == 202
    assert settled(person, source_id, 2)["in_use"]
    assert person.rows("SELECT amount FROM sales") == [["many"]]


def test_an_earlier_version_is_restored(person):
    source_id = person.load("sales.csv", DATES)
    change_plan(person, source_id, columns({"column": "code", "type": "BIGINT"}), confirm=True)
    assert_error(person.http.delete(f"/api/sources/{source_id}/versions/2"), 409)
    assert person.post(f"/api/sources/{source_id}/versions/1/restore").status_code == 202
    settled(person, source_id, 1)
    assert person.rows("SELECT code FROM sales LIMIT 1") == [["007"]]
    model = person.get(f"/api/files/{source_id}/data-source-info").json()["semantic_model"]
    assert {c["name"]: c["type"] for c in model["schema_definition"]["tables"][0]["columns"]}["code"] == "VARCHAR"
    assert_error(person.post(f"/api/sources/{source_id}/versions/1/restore"), 409)
    assert_error(person.post(f"/api/sources/{source_id}/versions/9/restore"), 404)
    assert person.http.delete(f"/api/sources/{source_id}/versions/2").status_code == 204


def test_many_files_become_one_table(person):
    files = send(person, [(f"{m}.csv", f"day,n\n2024-{i:02d}-01,{i}\n".encode())
                          for i, m in enumerate(["jan", "feb", "mar"], 1)], combine="true")
    for file in files:
        assert person.finished(file["file_id"])["processing_status"] == "completed"
    assert [s["source_id"] for s in person.sources()] == [files[0]["file_id"]]
    assert person.rows("SELECT file_name, day, n FROM jan") == [
        ["jan.csv", "2024-01-01", 1], ["feb.csv", "2024-02-01", 2], ["mar.csv", "2024-03-01", 3]]
    assert person.get("/api/files/reset-stuck").json()["count"] == 0
    assert_error(person.http.delete(f"/api/files/{files[1]['file_id']}"), 409)
    assert person.http.delete(f"/api/files/{files[0]['file_id']}").status_code == 204
    assert person.get("/api/files").json()["total_count"] == 0


def test_a_combined_table_is_called_what_its_files_have_in_common(person):
    files = send(person, [(f"Sales 2024-{i:02d}.csv", f"day,n\n2024-{i:02d}-01,{i}\n".encode())
                          for i in (9, 10, 11)], combine="true")
    for file in files:
        assert person.finished(file["file_id"])["processing_status"] == "completed"
    assert person.rows("SELECT sum(n) FROM sales_2024") == [[30]]


@pytest.mark.parametrize("fields, field", [({"mode": "append"}, "source_id"), ({"source_id": "x"}, "mode"),
                                           ({"source_id": "x", "mode": "merge"}, "mode")])
def test_where_a_file_goes_must_be_clear(person, fields, field):
    response = person.post("/api/files/upload", files={"file": ("a.csv", DATES)}, data=fields)
    assert error_fields(assert_error(response, 422)) == {field}


# Steps ---------------------------------------------------------------------------------------------

PEOPLE = ("name,city,q1,q2,note\n"
          " Ada  Lovelace ,Köln,1,2,a\nAlan Turing,Bonn,3,4,\nAlan Turing,Bonn,3,4,\nGrace Hopper,,5,6,N/A\n").encode()


def change_steps(person, source_id, *steps):
    response = person.http.put(f"/api/sources/{source_id}/steps",
                               json={"steps": [{"table": "people"} | step for step in steps]})
    assert response.status_code == 202, response.text
    return settled(person, source_id, response.json()["version"])


STEPS = [
    ({"kind": "rename", "column": "q1", "name": "First Quarter"}, "SELECT sum(first_quarter) FROM people", [[12]]),
    ({"kind": "hide", "columns": ["note", "q2"]}, "SELECT * FROM people LIMIT 1", [[" Ada  Lovelace ", "Köln", 1]]),
    ({"kind": "trim"}, "SELECT name FROM people LIMIT 1", [["Ada Lovelace"]]),
    ({"kind": "split", "column": "name", "separator": " ", "names": ["First", "Last"]},
     "SELECT first, last FROM people WHERE q1 = 5", [["Grace", "Hopper"]]),
    ({"kind": "replace", "columns": ["city"], "find": "Bo", "replacement": "BO"},
     "SELECT city FROM people WHERE q1 = 3 LIMIT 1", [["BOnn"]]),
    ({"kind": "replace", "columns": ["note"], "find": "N/A", "replacement": "", "whole_cell": True},
     "SELECT note FROM people WHERE q1 = 5", [[None]]),
    ({"kind": "fill", "columns": ["city"], "value": "?"}, "SELECT city FROM people WHERE q1 = 5", [["?"]]),
    ({"kind": "fill", "columns": ["city"], "previous": True}, "SELECT city FROM people WHERE q1 = 5", [["Bonn"]]),
    ({"kind": "remove_duplicates"}, "SELECT count(*), sum(q1) FROM people", [[3, 9]]),
    ({"kind": "remove_duplicates", "columns": ["city"]}, "SELECT q1 FROM people", [[1], [3], [5]]),
    ({"kind": "unpivot", "columns": ["q1", "q2"], "name": "Quarter", "value_name": "Amount"},
     "SELECT quarter, amount FROM people LIMIT 3", [["q1", 1], ["q2", 2], ["q1", 3]]),
    ({"kind": "compute", "name": "Half Year", "expression": "q1 + q2"},
     "SELECT half_year FROM people", [[3], [7], [7], [11]]),
]


@pytest.mark.parametrize("step, sql, expected", STEPS, ids=[s["kind"] + str(i) for i, (s, _, _) in enumerate(STEPS)])
def test_a_step(person, step, sql, expected):
    source_id = person.load("people.csv", PEOPLE)
    version = change_steps(person, source_id, step)
    assert version["status"] == "published", version
    assert person.rows(sql) == expected


def test_steps_are_recorded_replayed_and_taken_back(person):
    source_id = person.load("people.csv", PEOPLE)
    steps = [{"kind": "trim"}, {"kind": "remove_duplicates"},
             {"kind": "compute", "name": "total", "expression": "q1 + q2"}]
    change_steps(person, source_id, *steps)
    plan = plan_of(person, source_id)
    assert [s["kind"] for s in plan["steps"]] == ["trim", "remove_duplicates", "compute"]
    assert [r["rows_removed"] for r in plan["step_reports"]] == [0, 1, 0]
    send(person, [("more.csv", PEOPLE + b" Edsger  Dijkstra ,Delft,7,8,\n")], source_id=source_id, mode="replace")
    assert settled(person, source_id, 3)["status"] == "published"
    assert person.rows("SELECT name, total FROM people WHERE q1 = 7") == [["Edsger Dijkstra", 15]]
    change_steps(person, source_id, *steps[:2])
    assert "total" not in types_of(person, source_id)
    # The raw rows are those of the file.
    assert person.get(f"/api/sources/{source_id}/raw").json()["total_rows"] == 5


@pytest.mark.parametrize("expression", [
    "read_csv('/etc/passwd')", "(SELECT content FROM read_text('/etc/passwd'))", "q1) FROM people; DROP TABLE people; --",
    "getenv('HOME')", "1) AS x, (2", "[q1, q2]", "nothing + 1", "sum(q1)",
])
def test_an_expression_passes_the_gate_or_nothing_changes(person, expression):
    source_id = person.load("people.csv", PEOPLE)
    version = change_steps(person, source_id, {"kind": "compute", "name": "x", "expression": expression})
    assert version["status"] == "failed" and "Step 1" in version["error"]["message"], version
    assert person.rows("SELECT count(*) FROM people") == [[4]]


def test_a_step_that_lacks_something_is_named(person):
    source_id = person.load("people.csv", PEOPLE)
    error = assert_error(person.http.put(f"/api/sources/{source_id}/steps", json={
        "steps": [{"kind": "split", "table": "people", "column": "name"}]}), 422)
    assert error_fields(error) == {"steps[0].separator", "steps[0].names"}


def test_a_step_is_previewed_before_it_is_done(person):
    source_id = person.load("people.csv", PEOPLE + PEOPLE.split(b"\n", 1)[1])
    table = next(s for s in person.sources() if s["source_id"] == source_id)["schema"]["tables"][0]
    step = {"kind": "remove_duplicates", "table": table["name"]}
    made = person.http.put(f"/api/sources/{source_id}/steps", json={"steps": [step], "preview": True})
    assert made.status_code == 202, made.text
    number = made.json()["version"]
    version = wait_until(lambda: (v := version_of(person, source_id, number))["status"] != "loading" and v, "the preview")
    assert version["status"] == "staged" and not version["in_use"]
    difference = version["difference"]
    assert (difference["rows_before"], difference["rows_after"], difference["breaking"]) == (8, 3, False)
    rows = person.get(f"/api/sources/{source_id}/rows", params={"version": number, "limit": 2}).json()
    assert rows["table"] == table["name"] and rows["total_rows"] == difference["rows_after"] and len(rows["rows"]) == 2
    assert rows["columns"] == [column["name"] for column in table["columns"]]
    assert person.rows(f"SELECT count(*) FROM {table['name']}") == [[table["rows"]]], "nothing has changed yet"
    assert_error(person.get(f"/api/sources/{source_id}/rows", params={"table": "no_such"}), 404, "not_found")
    assert person.post(f"/api/sources/{source_id}/versions/{number}/publish", {}).status_code == 202
    wait_until(lambda: person.rows(f"SELECT count(*) FROM {table['name']}") == [[rows["total_rows"]]], "the step done")


def test_a_deleted_source_leaves_no_joins_behind(person):
    orders = person.load("orders.csv", "order_id,customer_id\n" + "".join(f"{n},{n % 5 + 1}\n" for n in range(40)))
    customers = person.load("customers.csv", "customer_id,name\n1,Ann\n2,Bo\n3,Cy\n4,Di\n5,Ed\n")

    def joins():
        model = person.get(f"/api/files/{orders}/data-source-info").json()["semantic_model"]
        return model["schema_definition"]["joins"]

    customers_of = [f for f in person.get("/api/files").json()["files"] if f["source_id"] == customers]
    model = person.get(f"/api/files/{customers_of[0]['id']}/data-source-info").json()["semantic_model"]
    assert len(model["schema_definition"]["joins"]) == 1
    # What the page of the other source shows.
    assert person.http.delete(f"/api/files/{customers_of[0]['id']}").status_code == 204
    assert joins() == []
    again = person.load("customers.csv", "customer_id,name\n1,Ann\n2,Bo\n3,Cy\n4,Di\n5,Ed\n")
    assert person.http.delete(f"/api/files/{orders}").status_code == 204
    model = person.get(f"/api/files/{again}/data-source-info").json()["semantic_model"]
    assert model["schema_definition"]["joins"] == []
