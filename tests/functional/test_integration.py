"""/api/integration: what every feature knows of every source."""

import pytest
from sextant import assert_error, wait_until

CSV = b"city,people\nOslo,700\nBergen,290\n"
FEATURES = {"conversational_ai", "query_builder", "dashboard_builder", "ai_assistant"}


def test_data_sources_have_the_specified_shape(person):
    file_id = person.load("data.csv", CSV)
    body = person.get("/api/integration/data-sources").json()
    assert body["total_count"] == 1
    assert set(body["available_features"]) == FEATURES
    source = body["sources"][0]
    assert source["source_id"] == file_id
    assert source["source_name"] == "data.csv"
    assert source["source_type"] == "uploaded_file"
    assert source["data_type"] == "tabular"
    assert source["status"] == "available"
    assert source["semantic_model_id"]
    assert [c["name"] for c in source["schema"]["tables"][0]["columns"]] == ["city", "people"]
    for feature in FEATURES:
        state = source["feature_integrations"][feature]
        assert state["enabled"] is True
        assert state["last_sync"].endswith("Z")


@pytest.mark.parametrize("feature", sorted(FEATURES | {"query-builder", "conversational-ai"}))
def test_data_sources_of_one_feature(person, feature):
    person.load("data.csv", CSV)
    assert len(person.sources(feature=feature)) == 1


def test_an_unknown_feature_is_named(person):
    error = assert_error(person.get("/api/integration/data-sources", params={"feature": "teleport"}), 422)
    assert error["detail"]["fields"][0]["path"] == "feature"
    assert "query_builder" in str(error)


def test_no_sources_yet(person):
    body = person.get("/api/integration/data-sources").json()
    assert body["sources"] == [] and body["total_count"] == 0


def test_sync_counts(person):
    file_id = person.load("data.csv", CSV)
    for body in ({}, {"source_id": file_id}, {"source_id": file_id, "feature": "query-builder"}):
        answer = person.post("/api/integration/sync", body)
        assert answer.status_code == 200
        assert answer.json()["sources"] == 1
    assert_error(person.post("/api/integration/sync", {"source_id": "no-such-source"}), 404, "not_found")


def test_notifications_tell_of_new_data_until_they_are_read(person):
    person.load("data.csv", CSV)
    body = person.get("/api/integration/notifications").json()
    assert body["unread_count"] >= 1
    assert any("data.csv" in n["title"] + n["message"] for n in body["notifications"])
    assert person.post("/api/integration/notifications/read", {}).status_code in (200, 204)
    assert person.get("/api/integration/notifications").json()["unread_count"] == 0
    assert person.get("/api/integration/notifications", params={"unread": "true"}).json()["notifications"] == []


def test_without_synchronisation_features_wait_for_it(make_server):
    person = make_server(ENABLE_CROSS_FEATURE_SYNC="false").sign_up()
    file_id = person.load("data.csv", CSV)
    states = person.sources()[0]["feature_integrations"]
    assert all(state["last_sync"] is None for state in states.values()), states
    person.post("/api/integration/sync", {"source_id": file_id})
    person.finished(file_id)
    wait_until(lambda: all(s["last_sync"] for s in person.sources()[0]["feature_integrations"].values()),
               "the manual sync")
