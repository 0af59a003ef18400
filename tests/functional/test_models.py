"""/api/models: what tables and columns mean, edited by people, checked on the data, used by questions."""

import pytest
from sextant import assert_error, error_fields, wait_until

SALES = b"""sale_id,sold_on,gross_amount,net_amount,shop
1,2025-01-03,120.0,100.0,north
2,2025-01-20,60.0,50.0,south
3,2025-02-02,240.0,200.0,north
4,2025-02-09,12.0,10.0,east
"""
SHOPS = b"""code,manager
north,Ada
south,Bo
west,Cy
"""


@pytest.fixture
def shop(server):
    someone = server.sign_up()
    someone.sales = someone.load("sales.csv", SALES)
    someone.shops = someone.load("shops.csv", SHOPS)
    return someone


def model_of(person, source_id):
    models = person.get("/api/models").json()["models"]
    return next(model for model in models if model["source_id"] == source_id)


def patch(person, model, **fields):
    return person.http.patch(f"/api/models/{model['id']}", json=fields)


def changed(person, model, **schema):
    response = patch(person, model, schema_definition=schema)
    assert response.status_code == 200, response.text
    return response.json()


def column(model, name):
    return next(c for t in model["schema_definition"]["tables"] for c in t["columns"] if c["name"] == name)


def metrics(model):
    return {m["name"]: m for m in model["schema_definition"]["metrics"]}


def figures(answer):
    return [value for row in answer["data"] for value in row.values()]


def test_models_have_the_specified_shape(shop):
    body = shop.get("/api/models").json()
    assert body["total_count"] == 2
    model = model_of(shop, shop.sales)
    assert model["name"] == "auto_sales_csv" and model["version"] == 1 and model["edited"] is False
    table = model["schema_definition"]["tables"][0]
    assert table["name"] == "sales" and table["rows"] == 4 and table["time_column"] == "sold_on"
    assert {"name", "original_name", "type", "semantic_type", "role", "default_aggregation", "synonyms"} <= set(
        table["columns"][0])
    assert shop.get(f"/api/models/{model['id']}").json() == model


def test_an_edit_changes_only_what_it_names(shop):
    model = model_of(shop, shop.sales)
    after = changed(shop, model, tables=[{"name": "sales", "columns": [
        {"name": "net_amount", "display_name": "Net sales", "unit": "EUR", "description": "Without tax"}]}])
    assert after["version"] == 2 and after["edited"] is True
    net = column(after, "net_amount")
    assert (net["display_name"], net["unit"], net["description"]) == ("Net sales", "EUR", "Without tax")
    assert column(after, "gross_amount") == column(model, "gross_amount")
    cleared = changed(shop, model, tables=[{"name": "sales", "columns": [
        {"name": "net_amount", "display_name": column(model, "net_amount")["display_name"], "unit": "",
         "description": ""}]}])
    assert column(cleared, "net_amount") == column(model, "net_amount")
    assert cleared["edited"] is False


def test_sending_a_model_back_as_it_is_changes_nothing(shop):
    model = model_of(shop, shop.sales)
    assert patch(shop, model, **model).json() == model


def test_a_metric_is_used_at_once(shop):
    model = model_of(shop, shop.sales)
    before = shop.ask("tax by shop").json()
    assert before["status"] != "answered" or 40 not in figures(before)
    after = changed(shop, model, metrics=[*model["schema_definition"]["metrics"], {
        "name": "tax", "table": "sales", "expression": "sum(gross_amount - net_amount)", "synonyms": ["VAT"]}])
    assert metrics(after)["tax"]["expression"] == 'sum("sales"."gross_amount" - "sales"."net_amount")'
    only = {"available_data_sources": [shop.sales]}
    for word in ("tax", "VAT"):
        answer = shop.ask(f"{word} by shop", context=only).json()
        assert answer["status"] == "answered", answer
        assert {row["shop"]: row["tax"] for row in answer["data"]} == {"north": 60, "south": 10, "east": 2}


def test_a_metric_takes_the_place_of_the_one_derived_from_the_data_and_goes_again(shop):
    model = model_of(shop, shop.sales)
    assert "revenue" in metrics(model)
    after = changed(shop, model, metrics=[{"name": "revenue", "table": "sales", "expression": "sum(net_amount)"}])
    assert set(metrics(after)) == {"revenue"}
    assert figures(shop.ask("total revenue").json()) == [360]
    gone = changed(shop, model, metrics=[])
    assert metrics(gone) == {}
    answer = shop.ask("total revenue").json()
    assert answer["status"] != "answered" or 360 not in figures(answer)


@pytest.mark.parametrize("expression, word", [
    ("sum(no_such_column)", "no_such_column"),
    ("net_amount", "one figure of many rows"),
    ("max(shop)", "number"),
    ("sum(net_amount) FROM sales --", "comments"),
    ("sum(net_amount)) FROM sales; SELECT (1", "bracket"),
    ("(SELECT count(*) FROM read_csv('/etc/passwd'))", "read_csv"),
    ("sum(net_amount", "bracket"),
])
def test_a_metric_that_does_not_run_is_refused_with_its_place(shop, expression, word):
    model = model_of(shop, shop.sales)
    response = patch(shop, model, schema_definition={
        "metrics": [{"name": "bad", "table": "sales", "expression": expression}]})
    error = assert_error(response, 422, "invalid_fields")
    assert error_fields(error) == {"schema_definition.metrics[0].expression"}
    assert word in error["message"]
    assert model_of(shop, shop.sales) == model


@pytest.mark.parametrize("table, path", [
    ({"name": "nope"}, "tables[0].name"),
    ({"name": "sales", "time_column": "shop"}, "tables[0].time_column"),
    ({"name": "sales", "columns": [{"name": "nope"}]}, "tables[0].columns[0].name"),
    ({"name": "sales", "columns": [{"name": "shop", "role": "measure"}]}, "tables[0].columns[0].role"),
    ({"name": "sales", "columns": [{"name": "shop", "role": "nonsense"}]}, "tables[0].columns[0].role"),
    ({"name": "sales", "columns": [{"name": "shop", "display_name": " "}]}, "tables[0].columns[0].display_name"),
    ({"name": "sales", "columns": [{"name": "shop", "synonyms": ["store", "Store"]}]},
     "tables[0].columns[0].synonyms[1]"),
    ({"name": "sales", "columns": [{"name": "shop", "synonyms": ["net amount"]}]}, "tables[0].columns[0].synonyms[0]"),
    ({"name": "sales", "columns": [{"name": "shop", "synonyms": ["revenue"]}]}, "tables[0].columns[0].synonyms[0]"),
])
def test_a_wrong_edit_is_refused_with_its_place(shop, table, path):
    model = model_of(shop, shop.sales)
    error = assert_error(patch(shop, model, schema_definition={"tables": [table]}), 422, "invalid_fields")
    assert f"schema_definition.{path}" in error_fields(error)
    assert model_of(shop, shop.sales) == model


def test_a_synonym_is_understood_at_once(shop):
    model = model_of(shop, shop.sales)
    changed(shop, model, tables=[{"name": "sales", "columns": [{"name": "shop", "synonyms": ["branch"]}]}])
    answer = shop.ask("total net amount by branch").json()
    assert answer["status"] == "answered"
    assert sorted(v for v in figures(answer) if isinstance(v, (int, float))) == [10, 50, 300]


JOIN = {"left": {"table": "sales", "column": "shop"}, "right": {"table": "shops", "column": "code"}}


def test_a_join_is_added_measured_used_and_removed(shop):
    model = model_of(shop, shop.sales)
    joins = model["schema_definition"]["joins"]
    assert joins == []
    after = changed(shop, model, joins=[JOIN])
    join = after["schema_definition"]["joins"][0]
    assert join["cardinality"] == "many_to_one" and join["orphans"] == 1
    assert join["match_ratio"] == pytest.approx(2 / 3)
    other = model_of(shop, shop.shops)
    assert other["schema_definition"]["joins"] == [join]
    answer = shop.ask("total net amount by manager").json()
    assert answer["status"] == "answered", answer
    assert {300, 50} <= set(figures(answer))

    # From the other side, too; and added again.
    changed(shop, other, joins=[])
    assert model_of(shop, shop.sales)["schema_definition"]["joins"] == []
    changed(shop, model_of(shop, shop.sales), joins=[JOIN])
    assert len(model_of(shop, shop.shops)["schema_definition"]["joins"]) == 1


def test_joins_do_not_depend_on_the_order_of_uploads(server):
    person = server.sign_up()
    tags = person.load("paper_tags.csv", b"paper_id,tag_id\n1,4\n2,5\n3,4\n")
    places = person.load("paper_places.csv", b"paper_id,place_id\n1,7\n2,8\n3,8\n")
    assert len(model_of(person, tags)["schema_definition"]["joins"]) == 1  # to each other: nothing else is there
    person.load("papers.csv", b"paper_id,title\n1,Tides\n2,Winds\n3,Ice\n")
    for source in (tags, places):
        model = model_of(person, source)
        (join,) = model["schema_definition"]["joins"]
        assert join["right"] == {"table": "papers", "column": "paper_id"}
    assert model_of(person, places)["version"] == 2  # which had found the former, now in its history


@pytest.mark.parametrize("side, path", [
    ({"table": "shops", "column": "nope"}, "joins[0].right.column"),
    ({"table": "nope", "column": "code"}, "joins[0].right.table"),
    ({"table": "shops", "column": "manager"}, "joins[0]"),
])
def test_a_join_that_does_not_hold_is_refused(shop, side, path):
    model = model_of(shop, shop.sales)
    response = patch(shop, model, schema_definition={"joins": [JOIN | {"right": side}]})
    assert error_fields(assert_error(response, 422, "invalid_fields")) == {f"schema_definition.{path}"}


def test_history_and_restore(shop):
    model = model_of(shop, shop.sales)
    patch(shop, model, name="Sales of all shops", description="From the tills")
    changed(shop, model, tables=[{"name": "sales", "display_name": "Tills"}])
    path = f"/api/models/{model['id']}"
    versions = shop.get(f"{path}/history").json()["versions"]
    assert [v["version"] for v in versions] == [3, 2, 1]
    assert [v["user"] if "user" in v else None for v in versions] == ["Ada Example", "Ada Example", None]
    assert "display name" in versions[0]["note"]
    restored = shop.post(f"{path}/restore", {"version": 2}).json()
    assert restored["version"] == 4 and restored["name"] == "Sales of all shops"
    assert restored["schema_definition"] == model["schema_definition"]
    back = shop.post(f"{path}/restore", {"version": 1}).json()
    assert back["name"] == model["name"] and "description" not in back
    assert_error(shop.post(f"{path}/restore", {"version": 77}), 404, "not_found")


def test_a_change_of_an_old_version_is_a_conflict(shop):
    model = model_of(shop, shop.sales)
    assert patch(shop, model, name="one", version=1).status_code == 200
    assert_error(patch(shop, model, name="two", version=1), 409, "conflict")


def test_the_source_shows_the_edits(shop):
    changed(shop, model_of(shop, shop.sales), tables=[{"name": "sales", "display_name": "Tills"}])
    info = shop.get(f"/api/files/{shop.sales}/data-source-info").json()
    assert info["semantic_model"]["schema_definition"]["tables"][0]["display_name"] == "Tills"


def test_models_of_others_are_not_found(shop, server):
    model = model_of(shop, shop.sales)
    stranger = server.sign_up()
    path = f"/api/models/{model['id']}"
    for response in (stranger.get(path), stranger.http.patch(path, json={"name": "x"}),
                     stranger.get(f"{path}/history"), stranger.post(f"{path}/restore", {"version": 1})):
        assert_error(response, 404, "not_found")
    assert stranger.get("/api/models").json()["models"] == []


def new_version(person, source_id, name, content):
    """Replaces the data of a source; gives its models once they are made."""
    fields = {"source_id": source_id, "mode": "replace"}
    response = person.post("/api/files/upload", files={"file": (name, content)}, data=fields)
    assert response.status_code == 202, response.text
    wait_until(lambda: all(
        state["version"] == 2 for source in person.sources() if source["source_id"] == source_id
        for state in source["feature_integrations"].values()), "every feature at version 2")
    return model_of(person, source_id)


def test_edits_and_golden_answers_meet_new_data(shop):
    model = model_of(shop, shop.sales)
    changed(shop, model, tables=[{"name": "sales", "columns": [
        {"name": "net_amount", "display_name": "Net sales", "unit": "EUR", "synonyms": ["net"]}]}],
        metrics=[{"name": "tax", "table": "sales", "expression": "sum(gross_amount - net_amount)"}])
    answer = shop.ask("tax by month").json()
    assert answer["status"] == "answered" and {30, 42} <= set(figures(answer)), answer
    assert shop.post("/api/ai/golden", {"turn_id": answer["turn_id"]}).status_code == 201

    after = new_version(shop, shop.sales, "sales.csv", SALES.replace(b"12.0,10.0", b"15.0,10.0"))
    assert column(after, "net_amount")["display_name"] == "Net sales"
    assert column(after, "net_amount")["unit"] == "EUR" and column(after, "net_amount")["synonyms"] == ["net"]
    assert set(metrics(after)) == {"tax"}
    history = shop.get(f"/api/models/{model['id']}/history").json()["versions"]
    assert history[0]["note"] == "made from the new data"

    golden = wait_until(
        lambda: (g := shop.get("/api/ai/golden").json()["questions"][0]).get("outcome") and g, "the golden answer")
    assert golden["outcome"] == "different"
    assert any("was 42" in words and "is 45" in words for words in golden["found"]["differences"]), golden["found"]
    told = shop.get("/api/integration/notifications", params={"unread": "true"}).json()["notifications"]
    assert any(note["type"] == "golden.different" for note in told)
    accepted = shop.post(f"/api/ai/golden/{golden['id']}/accept", {}).json()
    assert accepted["outcome"] == "same" and accepted["expected"]["versions"][shop.sales] == 2

    # Taken back, it is what the data say again.
    plain = changed(shop, after, tables=[{"name": "sales", "columns": [
        {"name": "net_amount", "display_name": column(model, "net_amount")["display_name"], "unit": "",
         "synonyms": []}]}])
    assert column(plain, "net_amount")["display_name"] == column(model, "net_amount")["display_name"]
