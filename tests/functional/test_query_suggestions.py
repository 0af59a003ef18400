"""POST /api/ai/query-suggestions: what to run next, and failed statements corrected."""

import pytest
from sextant import assert_error, error_fields


def suggest(person, **fields):
    response = person.post("/api/ai/query-suggestions", fields)
    assert response.status_code == 200, response.text
    return response.json()["suggestions"]


def test_every_suggestion_runs(analyst):
    suggestions = suggest(analyst, limit=10)
    assert 3 <= len(suggestions) <= 10
    assert len({s["sql_query"] for s in suggestions}) == len(suggestions)
    for suggestion in suggestions:
        assert suggestion["question"] and suggestion["reason"]
        assert analyst.query(suggestion["sql_query"]).status_code == 200, suggestion
    assert "question" in {s["kind"] for s in suggestions}


def test_the_tables_of_the_page_come_first(analyst):
    suggestions = suggest(analyst, sql_query="SELECT count(*) FROM returns", limit=3)
    assert suggestions and suggestions[0]["kind"] == "next"
    assert "returns" in suggestions[0]["sql_query"]
    for suggestion in suggestions:
        assert analyst.query(suggestion["sql_query"]).status_code == 200, suggestion


def test_nothing_to_suggest(person):
    assert suggest(person) == []


@pytest.mark.parametrize("wrong, right", [
    ("SELECT categry FROM products", "SELECT category FROM products"),
    ("SELECT * FROM produts", "SELECT * FROM products"),
    ("SELECT p.categry, upperr(p.category) FROM products p", "SELECT p.category, upper(p.category) FROM products p"),
    ("SELECT category, count(*) FROM products ORDER BY 2",
     "SELECT category, count(*) FROM products GROUP BY ALL ORDER BY 2"),
    ("SELECT * FROM products WHERE category = '{{c}}'", "SELECT * FROM products WHERE category = {{c}}"),
])
def test_a_failed_statement_is_corrected(analyst, wrong, right):
    fixes = suggest(analyst, sql_query=wrong, failed=True)
    assert [f["sql_query"] for f in fixes] == [right]
    assert fixes[0]["kind"] == "fix" and fixes[0]["reason"]


def test_what_can_not_be_corrected_is_left(analyst):
    assert suggest(analyst, sql_query="SELECT FROM WHERE", failed=True) == []
    assert suggest(analyst, sql_query="SELECT category FROM products", failed=True) == []


def test_wrong_fields(person):
    assert error_fields(assert_error(person.post("/api/ai/query-suggestions", {"failed": True}), 422)) == {"sql_query"}
    assert error_fields(assert_error(person.post("/api/ai/query-suggestions", {"limit": 0}), 422)) == {"limit"}


def test_a_statement_is_told_in_words(analyst):
    sql = ("SELECT p.category, sum(i.amount) AS revenue FROM order_items i JOIN products p USING (product_id) "
           "WHERE p.category IN ('Toys', 'Books') AND i.amount >= {{least}} GROUP BY p.category "
           "HAVING count(*) > 5 ORDER BY revenue DESC LIMIT 3")
    checked = analyst.post("/api/queries/validate", {"sql_query": sql}).json()
    assert checked["valid"], checked
    assert checked["sentences"] == [
        "Reads order_items with products of the same product_id.",
        "Keeps the rows where p.category is Toys or Books and i.amount is at least the parameter least.",
        "For each p.category computes the sum of i.amount as revenue.",
        "Keeps the groups where the number of rows is more than 5.",
        "Sorts by revenue (highest first).",
        "Gives at most 3 rows.",
    ]
