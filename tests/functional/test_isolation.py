"""Objects of another workspace: every route answers as if they did not exist."""

import pytest
from sextant import assert_error

CSV = b"city,people\nOslo,700\nBergen,290\n"
SECRET = "Oslo"


@pytest.fixture(scope="module")
def owner(server):
    someone = server.sign_up()
    someone.file_id = someone.load("private.csv", CSV)
    someone.query_id = someone.query("SELECT * FROM private").json()["query_id"]
    someone.conversation_id = someone.ask("How many people in total?").json()["conversation_id"]
    return someone


@pytest.fixture
def stranger(server):
    return server.sign_up()


ROUTES = [
    ("GET", "/api/files/{file_id}", None),
    ("DELETE", "/api/files/{file_id}", None),
    ("POST", "/api/files/{file_id}/retry", {}),
    ("GET", "/api/files/{file_id}/data-source-info", None),
    ("POST", "/api/files/sync-features", {"source_id": "{file_id}"}),
    ("POST", "/api/integration/sync", {"source_id": "{file_id}"}),
    ("GET", "/api/sources/{file_id}/versions", None),
    ("DELETE", "/api/sources/{file_id}/versions/1", None),
    ("POST", "/api/sources/{file_id}/versions/1/publish", {}),
    ("POST", "/api/sources/{file_id}/versions/1/restore", {}),
    ("GET", "/api/sources/{file_id}/plan", None),
    ("PUT", "/api/sources/{file_id}/plan", {"plan": {}}),
    ("PUT", "/api/sources/{file_id}/steps", {"steps": []}),
    ("GET", "/api/sources/{file_id}/quarantine", None),
    ("GET", "/api/sources/{file_id}/raw", None),
    ("GET", "/api/queries/{query_id}/rows", None),
    ("POST", "/api/queries/execute-enhanced", {"sql_query": "SELECT 1", "data_source_ids": ["{file_id}"]}),
    ("POST", "/api/ai/conversation-enhanced",
     {"message": "How many people?", "context": {"available_data_sources": ["{file_id}"]}}),
    ("POST", "/api/ai/conversation-enhanced", {"message": "How many?", "conversation_id": "{conversation_id}"}),
    ("GET", "/api/ai/conversations/{conversation_id}", None),
    ("PATCH", "/api/ai/conversations/{conversation_id}", {"title": "mine now"}),
    ("DELETE", "/api/ai/conversations/{conversation_id}", None),
]


def filled(value, owner):
    if isinstance(value, str):
        for name in ("file_id", "query_id", "conversation_id"):
            value = value.replace("{%s}" % name, getattr(owner, name))
        return value
    if isinstance(value, dict):
        return {key: filled(item, owner) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, owner) for item in value]
    return value


@pytest.mark.parametrize("method, path, body", ROUTES, ids=[f"{m} {p}" for m, p, _ in ROUTES])
def test_foreign_ids_are_not_found(owner, stranger, method, path, body):
    path, body = filled(path, owner), filled(body, owner)
    options = {} if body is None else {"json": body}
    foreign = stranger.http.request(method, path, **options)
    error = assert_error(foreign, 404, "not_found")
    assert SECRET not in foreign.text and "private" not in error["message"]
    # It is still there for its owner.
    assert owner.file(owner.file_id)["processing_status"] == "completed"
    assert owner.get(f"/api/ai/conversations/{owner.conversation_id}").status_code == 200


def test_lists_show_the_own_only(owner, stranger):
    assert stranger.get("/api/files").json()["files"] == []
    assert stranger.sources() == []
    assert stranger.get("/api/ai/conversations").json()["conversations"] == []
    assert "private" not in stranger.get("/api/integration/notifications").text


def test_sql_reaches_the_own_tables_only(owner, stranger):
    stranger.load("own.csv", CSV + b"Hamar,31\n")
    for sql in ("SELECT * FROM private", "SELECT * FROM main.private", "SELECT * FROM information_schema.tables",
                "SELECT * FROM duckdb_tables()", "SHOW ALL TABLES"):
        response = stranger.query(sql)
        if response.status_code == 200:
            assert "private" not in response.text
        else:
            assert_error(response, 400)


def test_the_same_content_is_stored_for_each_workspace(owner, stranger):
    file_id = stranger.load("copy.csv", CSV)
    assert owner.http.get(f"/api/files/{file_id}").status_code == 404
    assert stranger.http.delete(f"/api/files/{file_id}").status_code == 204
    assert owner.rows("SELECT count(*) FROM private") == [[2]]


def test_a_header_selects_another_of_ones_workspaces(owner, stranger):
    invite = owner.post("/api/auth/invites", {"role": "viewer"})
    assert invite.status_code == 201, invite.text
    assert stranger.post("/api/auth/accept-invite", {"invite_token": invite.json()["token"]}).status_code == 200
    workspace = owner.session["user"]["workspace_id"]
    chosen = {"X-Workspace-Id": workspace}
    assert stranger.get(f"/api/files/{owner.file_id}", headers=chosen).status_code == 200
    assert_error(stranger.get(f"/api/files/{owner.file_id}"), 404, "not_found")
    assert_error(owner.server.sign_up().get("/api/files", headers=chosen), 404, "not_found")
    # A viewer looks, and changes nothing.
    assert_error(stranger.http.delete(f"/api/files/{owner.file_id}", headers=chosen), 403, "forbidden")
