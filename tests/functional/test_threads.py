"""Conversations as threads: searched, gone back in, branched, explained; how a workspace counts time."""

import pytest
from sextant import assert_error, error_fields

SALES = b"""sale_id,sold_on,amount,shop
1,2024-02-03,100,north
2,2024-05-20,50,south
3,2025-02-02,200,north
4,2025-06-09,10,east
5,2025-06-15,7,east
"""


@pytest.fixture(scope="module")
def seller(server):
    someone = server.sign_up()
    someone.load("sales.csv", SALES)
    return someone


def ask(person, question, **fields):
    response = person.ask(question, **fields)
    assert response.status_code == 200, response.text
    return response.json()


def answered(person, question, **fields):
    answer = ask(person, question, **fields)
    assert answer["status"] == "answered", answer
    return answer


def figures(answer):
    return [value for row in answer["data"] for value in row.values() if isinstance(value, (int, float))]


def test_going_back_answers_the_step_before_again(seller):
    first = answered(seller, "total amount by shop")
    thread = {"conversation_id": first["conversation_id"]}
    second = answered(seller, "only 2025", **thread)
    third = answered(seller, "only east", **thread)
    assert figures(third) == [17]
    assert answered(seller, "go back", **thread)["data"] == second["data"]
    assert answered(seller, "go back", **thread)["data"] == first["data"]
    none = ask(seller, "Go back", **thread)
    assert none["status"] == "abstained" and "no earlier step" in none["response"]
    # It goes on from where it went back to.
    assert sorted(figures(answered(seller, "only 2024", **thread))) == [50, 100]


def test_a_branch_goes_on_from_an_earlier_step(seller):
    first = answered(seller, "total amount by shop")
    thread = {"conversation_id": first["conversation_id"]}
    answered(seller, "only 2025", **thread)
    branched = answered(seller, "only 2024", **thread, after_turn_id=first["turn_id"])
    assert sorted(figures(branched)) == [50, 100]
    turns = seller.get(f"/api/ai/conversations/{first['conversation_id']}").json()["turns"]
    assert turns[2]["answer"]["follows"] == first["turn_id"]
    assert turns[1]["answer"]["follows"] == first["turn_id"]
    assert "follows" not in turns[0]["answer"]


def test_a_step_of_another_conversation_is_not_found(seller):
    first = answered(seller, "total amount by shop")
    other = answered(seller, "how many sales are there?")
    assert_error(seller.ask("only 2024", conversation_id=first["conversation_id"],
                            after_turn_id=other["turn_id"]), 404, "not_found")
    error = assert_error(seller.ask("only 2024", after_turn_id=other["turn_id"]), 422)
    assert error_fields(error) == {"after_turn_id"}


def test_what_was_understood_is_said(seller):
    first = answered(seller, "total amount by shop")
    thread = {"conversation_id": first["conversation_id"]}
    words = answered(seller, "What did you understand?", **thread)
    assert first["reading"]["sentence"] in words["response"]
    assert words["reading"]["chips"] == first["reading"]["chips"]
    assert words["data"] == []
    assert sorted(figures(answered(seller, "only 2024", **thread))) == [50, 100]
    assert ask(seller, "What did you understand?")["status"] == "abstained"


def test_conversations_are_searched_by_title_and_question(server):
    person = server.sign_up()
    person.load("sales.csv", SALES)
    first = answered(person, "total amount by shop")
    second = answered(person, "how many sales are there?")
    person.http.patch(f"/api/ai/conversations/{second['conversation_id']}", json={"title": "100% of it_all"})

    def found(text):
        body = person.get("/api/ai/conversations", params={"search": text}).json()
        return [c["id"] for c in body["conversations"]]

    assert found("BY SHOP") == [first["conversation_id"]]
    assert found("how many") == [second["conversation_id"]]
    assert found("100%") == [second["conversation_id"]]
    assert found("it_a") == [second["conversation_id"]] and found("itxa") == []
    assert found("") == [second["conversation_id"], first["conversation_id"]]


def settings(person, **change):
    response = person.http.patch("/api/workspaces/current/settings", json=change)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_workspace_counts_time_its_own_way(server):
    person = server.sign_up()
    person.load("sales.csv", SALES)
    path = "/api/workspaces/current/settings"
    assert person.get(path).json() == {"time_zone": "", "week_start": "monday", "fiscal_year_start": 1}
    assert figures(answered(person, "total revenue in fiscal year 2025")) == [217]
    assert settings(person, fiscal_year_start=4, time_zone="Europe/Berlin")["fiscal_year_start"] == 4
    # April 2024 to March 2025.
    assert figures(answered(person, "total revenue in fiscal year 2025")) == [250]
    assert person.get(path).json()["time_zone"] == "Europe/Berlin"

    # 9 and 15 June 2025 are a Monday and a Sunday.
    weeks = "total amount by week in June 2025"
    assert figures(answered(person, weeks)) == [17]
    settings(person, week_start="sunday")
    assert sorted(figures(answered(person, weeks))) == [7, 10]


def test_wrong_settings_are_named(server):
    person = server.sign_up()
    for change, path in (({"time_zone": "Mars/Olympus"}, "time_zone"), ({"week_start": "friday"}, "week_start"),
                         ({"fiscal_year_start": 13}, "fiscal_year_start")):
        error = assert_error(person.http.patch("/api/workspaces/current/settings", json=change), 422)
        assert error_fields(error) == {path}
    zone = {"user_preferences": {"time_zone": "Mars/Olympus"}}
    assert error_fields(assert_error(person.ask("How many?", context=zone), 422)) == {
        "context.user_preferences.time_zone"}
