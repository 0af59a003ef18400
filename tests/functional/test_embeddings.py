"""Search by meaning, with a small embeddings server over real HTTP; and without it when it fails."""

import documents
import pytest
from embeddings import EmbeddingsServer
from sextant import wait_until


def search(person, q):
    answer = person.get("/api/integration/search", params={"q": q})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def endpoint():
    with EmbeddingsServer() as server:
        yield server


@pytest.fixture
def analyst(make_server, endpoint):
    server = make_server(EMBEDDINGS_URL=endpoint.url, EMBEDDINGS_MODEL="small", EMBEDDINGS_API_KEY="k-123")
    return server.sign_up()


def test_passages_are_found_by_what_they_mean(analyst, endpoint):
    analyst.load("Annual report.pdf", documents.report())
    assert any("Churn fell" in text for text in endpoint.texts), "the passages were sent"
    reply = search(analyst, "attrition")
    assert "note" not in reply, reply
    best = reply["passages"][0]
    assert "churn" in best["passage"]["text"].lower() and best["matched"] == 0, best
    assert best["similarity"] > 0.9
    # What has the words themselves still comes first.
    assert "onboarding" in search(analyst, "onboarding programme")["passages"][0]["passage"]["text"]
    # A second search asks for the query's vector alone.
    before = len(endpoint.texts)
    search(analyst, "leaving")
    assert endpoint.texts[before:] == ["leaving"]


def test_a_question_in_other_words_is_answered_by_quoting_the_passage(analyst):
    analyst.load("Annual report.pdf", documents.report())
    answer = analyst.ask("What does the report say about attrition?").json()
    assert answer["status"] == "answered", answer
    assert all(quote["page"] == 1 and quote["source_name"] == "Annual report.pdf" for quote in answer["quotes"])
    texts = ["".join(part["text"] for part in quote["snippet"]) for quote in answer["quotes"]]
    assert any(text.startswith("Churn fell to 4.2 percent") and text.endswith("founded.") for text in texts), texts
    assert all("churn" in text.lower() for text in texts) and "Annual report.pdf, page 1" in answer["response"]
    # What no passage means is not answered by the one that happens to be nearest.
    answer = analyst.ask("What does the report say about zebras?").json()
    assert answer["quotes"] == [] and answer["status"] != "answered", answer


def test_without_an_answer_words_are_searched_and_it_says_so(analyst, endpoint):
    endpoint.status = 503
    analyst.load("Annual report.pdf", documents.report())
    told = [n for n in analyst.get("/api/integration/notifications").json()["notifications"] if n["type"] == "search.degraded"]
    assert told and "the model is asleep" in told[0]["message"], told
    reply = search(analyst, "churn")
    assert "churn" in reply["passages"][0]["passage"]["text"].lower()
    assert "until the embeddings are made" in reply["note"]
    assert search(analyst, "attrition")["passages"] == []
    # When it is there again, what was missed follows.
    endpoint.status = 200
    wait_until(lambda: search(analyst, "attrition")["passages"], "embeddings of what was missed")
    assert "note" not in search(analyst, "attrition")
    # And when it goes away later, the search goes on with words.
    endpoint.status = 500
    reply = search(analyst, "churn")
    assert reply["passages"] and "the model is asleep" in reply["note"]
    # So does the conversation, where nothing is found by words.
    answer = analyst.ask("What does the report say about attrition?").json()
    assert answer["status"] != "answered" and "the model is asleep" in answer["response"], answer


def test_a_wrong_address_is_refused_at_start(make_server):
    with pytest.raises(AssertionError, match="is not an address of an API"):
        make_server(EMBEDDINGS_URL="localhost:99")
