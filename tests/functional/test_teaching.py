"""What the question engine is taught: said in a conversation, chosen, written; used, listed and taken back."""

import pytest
from sextant import assert_error, error_fields, wait_until

SALES = b"""sale_id,sold_on,gross_amount,net_amount,country
1,2025-01-03,120.0,100.0,United Kingdom
2,2025-01-20,60.0,50.0,Norway
3,2025-02-02,240.0,200.0,United Kingdom
4,2025-02-09,12.0,10.0,Norway
"""


@pytest.fixture
def seller(server):
    someone = server.sign_up()
    someone.sales = someone.load("sales.csv", SALES)
    return someone


def ask(person, question, **fields):
    response = person.ask(question, **fields)
    assert response.status_code == 200, response.text
    return response.json()


def figures(answer):
    return [value for row in answer["data"] for value in row.values()]


def taught(person):
    return person.get("/api/ai/teachings").json()["teachings"]


def test_a_word_is_taught_in_a_conversation_used_and_taken_back(seller):
    assert figures(ask(seller, "total revenue")) == [432]  # derived from the gross amount
    said = ask(seller, "revenue means net_amount")
    assert said["status"] == "answered" and "net amount of sales" in said["response"]
    assert said["teaching"]["meaning"] == {"table": "sales", "column": "net_amount"}
    answer = ask(seller, "total revenue")
    assert figures(answer) == [360]
    assert answer["receipt"]["remembered"] == ["“revenue” means net amount of sales"]
    by_country = ask(seller, "revenue by country")
    assert {row["country"]: row["revenue"] for row in by_country["data"]} == {"United Kingdom": 300, "Norway": 60}

    one = taught(seller)[0]
    assert (one["phrase"], one["origin"], one["user"]) == ("revenue", "conversation", "Ada Example")
    assert seller.http.delete(f"/api/ai/teachings/{one['id']}").status_code == 204
    assert taught(seller) == []
    assert figures(ask(seller, "total revenue")) == [432]
    assert_error(seller.http.delete(f"/api/ai/teachings/{one['id']}"), 404, "not_found")


@pytest.mark.parametrize("sentence", [
    "Remember that “turnover” means net amount.", "By turnover I mean net_amount of sales",
    "turnover stands for sales.net_amount", "from now on turnover means Net_Amount",
])
def test_it_can_be_said_in_several_ways(seller, sentence):
    assert ask(seller, sentence)["status"] == "answered"
    assert figures(ask(seller, "total turnover")) == [360]


def test_a_word_for_a_value(seller):
    said = ask(seller, "GB means United Kingdom")
    assert said["teaching"]["meaning"]["value"] == "United Kingdom"
    answer = ask(seller, "total revenue in GB")
    assert figures(answer) == [360]
    assert answer["receipt"]["remembered"]


def test_what_can_not_be_found_is_not_learnt(seller):
    said = ask(seller, "revenue means happiness")
    assert said["status"] == "abstained" and "happiness" in said["response"]
    assert taught(seller) == []


def test_a_question_is_no_teaching(seller):
    ask(seller, "What does revenue means?")
    assert taught(seller) == []


def test_the_last_meaning_of_a_word_counts(seller):
    ask(seller, "revenue means net_amount")
    ask(seller, "Revenue means gross_amount")
    assert len(taught(seller)) == 1
    assert figures(ask(seller, "total revenue")) == [432]


def test_a_question_is_pinned_to_sql(seller):
    body = {"kind": "question", "phrase": "Which sales are large?",
            "meaning": {"sql_query": "SELECT sale_id FROM sales WHERE gross_amount > 100 ORDER BY sale_id"}}
    made = seller.post("/api/ai/teachings", body)
    assert made.status_code == 201, made.text
    answer = ask(seller, "which sales are large")
    assert answer["status"] == "answered" and figures(answer) == [1, 3]
    assert answer["generated_query"] == body["meaning"]["sql_query"]
    assert answer["receipt"]["remembered"] and answer["receipt"]["tables"][0]["table"] == "sales"
    assert answer["data_sources_used"] == [seller.sales]
    assert any(number["text"] in answer["response"] for number in answer["receipt"]["numbers"])


def test_a_question_is_pinned_to_a_reading(seller):
    reading = ask(seller, "total net amount by country")["reading"]["logical"]
    body = {"kind": "question", "phrase": "How are we doing?", "meaning": {"reading": reading}}
    assert seller.post("/api/ai/teachings", body).status_code == 201
    assert {300, 60} <= set(figures(ask(seller, "How are we doing?")))


@pytest.mark.parametrize("body, path", [
    ({"kind": "term", "phrase": "x", "meaning": {"table": "nope"}}, "meaning"),
    ({"kind": "term", "phrase": "x", "meaning": {"table": "sales", "column": "nope"}}, "meaning"),
    ({"kind": "term", "phrase": "x", "meaning": {}}, "meaning"),
    ({"kind": "term", "phrase": "  ", "meaning": {"table": "sales"}}, "phrase"),
    ({"kind": "term", "phrase": "x" * 81, "meaning": {"table": "sales"}}, "phrase"),
    ({"kind": "rumour", "phrase": "x", "meaning": {"table": "sales"}}, "kind"),
    ({"kind": "question", "phrase": "x", "meaning": {"table": "sales"}}, "meaning"),
    ({"kind": "question", "phrase": "x", "meaning": {"sql_query": "SELECT nope FROM sales"}}, "meaning.sql_query"),
    ({"kind": "question", "phrase": "x", "meaning": {"sql_query": "SELECT * FROM read_text('/etc/passwd')"}},
     "meaning.sql_query"),
    ({"kind": "question", "phrase": "x", "meaning": {"reading": {"table": "nope", "columns": [
        {"table": "nope", "column": "x"}]}}}, "meaning.reading"),
])
def test_what_does_not_hold_is_refused(seller, body, path):
    error = assert_error(seller.post("/api/ai/teachings", body), 422, "invalid_fields")
    assert path in error_fields(error)
    assert taught(seller) == []


# Each names a figure in a way that can mean its sum, its rows or its extremes.
UNSURE = ["what is the total net amount in 2025?", "sum of net amount for Norway", "sum of net amount in 2025",
          "total gross amount of Norway", "what is the total gross amount for United Kingdom?"]


def test_a_choice_is_remembered(seller):
    offered = ((question, ask(seller, question)) for question in UNSURE)
    question, first = next((q, a) for q, a in offered if a["status"] == "clarification")
    choice = first["choices"][-1]
    picked = ask(seller, question, conversation_id=first["conversation_id"], reading=choice["logical"])
    assert picked["status"] == "answered"
    again = ask(seller, question)
    assert again["status"] == "answered" and again["data"] == picked["data"]
    assert again["receipt"]["remembered"]
    assert taught(seller)[0]["origin"] == "choice"


def test_teachings_of_others_are_their_own(seller, server):
    ask(seller, "revenue means net_amount")
    one = taught(seller)[0]
    stranger = server.sign_up()
    assert taught(stranger) == []
    assert_error(stranger.http.delete(f"/api/ai/teachings/{one['id']}"), 404, "not_found")


def test_a_golden_answer_is_asked_again(seller):
    answer = ask(seller, "total net amount by country")
    made = seller.post("/api/ai/golden", {"turn_id": answer["turn_id"]})
    assert made.status_code == 201, made.text
    golden = made.json()
    assert golden["expected"]["total_rows"] == 2 and "outcome" not in golden
    assert golden["expected"]["versions"] == {seller.sales: 1}
    again = seller.post("/api/ai/golden/run", {}).json()["questions"]
    assert [(one["id"], one["outcome"], one["found"]["differences"]) for one in again] == [(golden["id"], "same", [])]
    assert_error(seller.post(f"/api/ai/golden/{golden['id']}/accept", {}), 409, "conflict")
    assert seller.http.delete(f"/api/ai/golden/{golden['id']}").status_code == 204
    assert seller.get("/api/ai/golden").json()["questions"] == []


def test_a_golden_answer_that_fails_is_told(seller):
    other = seller.load("extra.csv", b"name,height\nAda,170\nBo,180\n")
    answer = ask(seller, "average height of extra")
    assert seller.post("/api/ai/golden", {"turn_id": answer["turn_id"]}).status_code == 201
    assert seller.http.delete(f"/api/files/{other}").status_code == 204
    seller.post("/api/integration/notifications/read", {})
    # Reading any file of the workspace asks again what rests on data that changed.
    seller.load("third.csv", b"a,b\n1,2\n")

    def told():
        body = seller.get("/api/integration/notifications", params={"unread": "true"}).json()
        return [n for n in body["notifications"] if n["type"] == "golden.failed"]

    note = wait_until(told, "word of the answer that fails")[0]
    assert "height" in note["message"]
    golden = seller.get("/api/ai/golden").json()["questions"][0]
    assert golden["outcome"] == "failed" and golden["found"]["differences"]


def test_only_an_answer_from_data_can_be_golden(seller, server):
    unknown = ask(seller, "What is the airspeed of an unladen swallow?")
    error = assert_error(seller.post("/api/ai/golden", {"turn_id": unknown["turn_id"]}), 422)
    assert error_fields(error) == {"turn_id"}
    answer = ask(seller, "how many sales are there?")
    stranger = server.sign_up()
    assert_error(stranger.post("/api/ai/golden", {"turn_id": answer["turn_id"]}), 404, "not_found")
