"""/api/auth: accounts, log-in, tokens."""

import base64
import json

import pytest
from sextant import PASSWORD, assert_error, error_fields


def test_signup_gives_a_session_as_the_specification_writes_it(server):
    with server.client() as client:
        response = client.post("/api/auth/signup", json={
            "email": "first@example.com", "full_name": "First User", "password": PASSWORD})
    assert response.status_code == 201
    body = response.json()
    assert body["token_type"] == "bearer"
    assert body["access_token"] and body["refresh_token"]
    assert body["expires_in"] == 30 * 60
    user = body["user"]
    assert user["email"] == "first@example.com"
    assert user["full_name"] == "First User"
    assert user["is_active"] is True
    assert user["id"] and user["created_at"].endswith("Z")
    assert "password" not in response.text


def test_login_and_me(server, person):
    with server.client() as client:
        response = client.post("/api/auth/login", json={"email": person.email, "password": PASSWORD})
    assert response.status_code == 200
    body = response.json()
    assert body["user"]["email"] == person.email
    with server.client(body["access_token"]) as client:
        me = client.get("/api/auth/me")
    assert me.status_code == 200
    assert me.json()["email"] == person.email


def test_the_address_is_compared_without_case(server, person):
    with server.client() as client:
        response = client.post("/api/auth/login", json={"email": person.email.upper(), "password": PASSWORD})
        assert response.status_code == 200
        again = client.post("/api/auth/signup", json={
            "email": person.email.upper(), "full_name": "Twice", "password": PASSWORD})
    assert_error(again, 409, "conflict")


def test_wrong_password_and_unknown_user_answer_alike(server, person):
    with server.client() as client:
        wrong = client.post("/api/auth/login", json={"email": person.email, "password": "not the right one"})
        unknown = client.post("/api/auth/login", json={"email": "nobody@example.com", "password": "whatever it is"})
    first = assert_error(wrong, 401, "unauthenticated")
    second = assert_error(unknown, 401, "unauthenticated")
    assert first["message"] == second["message"]


@pytest.mark.parametrize("change, path", [
    ({"email": "no-at-sign"}, "email"),
    ({"email": ""}, "email"),
    ({"password": "short"}, "password"),
    ({"full_name": ""}, "full_name"),
    ({"email": None}, "email"),
    ({"password": 12345678901}, "password"),
])
def test_signup_names_the_wrong_field(server, change, path):
    body = {"email": "fields@example.com", "full_name": "Fields", "password": PASSWORD} | change
    with server.client() as client:
        error = assert_error(client.post("/api/auth/signup", json=body), 422, "invalid_fields")
    assert error_fields(error) == {path}


def test_signup_names_every_missing_field(server):
    with server.client() as client:
        error = assert_error(client.post("/api/auth/signup", json={}), 422, "invalid_fields")
    assert error_fields(error) == {"email", "full_name", "password"}


def test_malformed_json_is_a_bad_request(server):
    with server.client() as client:
        response = client.post("/api/auth/login", content=b'{"email": ',
                               headers={"Content-Type": "application/json"})
    assert_error(response, 400, "bad_request")


def test_taken_address(server, person):
    with server.client() as client:
        response = client.post("/api/auth/signup", json={
            "email": person.email, "full_name": "Again", "password": PASSWORD})
    assert_error(response, 409, "conflict")


def test_refresh_rotates_and_reuse_ends_the_family(server, person):
    with server.client() as client:
        first = person.session["refresh_token"]
        renewed = client.post("/api/auth/refresh", json={"refresh_token": first})
        assert renewed.status_code == 200
        second = renewed.json()["refresh_token"]
        assert second != first
        with server.client(renewed.json()["access_token"]) as fresh:
            assert fresh.get("/api/auth/me").status_code == 200

        third = client.post("/api/auth/refresh", json={"refresh_token": second}).json()["refresh_token"]
        # The second token was stolen, say: its reuse ends the whole family, the thief's and the owner's.
        assert_error(client.post("/api/auth/refresh", json={"refresh_token": second}), 401)
        assert_error(client.post("/api/auth/refresh", json={"refresh_token": third}), 401)


def test_logout_ends_the_refresh_token(server, person):
    token = person.session["refresh_token"]
    response = person.post("/api/auth/logout", {"refresh_token": token})
    assert response.status_code == 204
    assert not response.content
    with server.client() as client:
        assert_error(client.post("/api/auth/refresh", json={"refresh_token": token}), 401)


def test_nonsense_refresh_token(server):
    with server.client() as client:
        assert_error(client.post("/api/auth/refresh", json={"refresh_token": "nonsense"}), 401)


def _segment(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("forge", [
    lambda header, payload, signature: "garbage",
    lambda header, payload, signature: "..",
    lambda header, payload, signature: f"{header}.{payload}.",
    lambda header, payload, signature: f"{_segment({'alg': 'none', 'typ': 'JWT'})}.{payload}.",
    lambda header, payload, signature: f"{_segment({'alg': 'RS256', 'typ': 'JWT'})}.{payload}.{signature}",
    lambda header, payload, signature: f"{header}.{payload}.{signature[:-2]}AA",
    lambda header, payload, signature: f"{header}.{_segment({'sub': 'someone', 'exp': 9999999999})}.{signature}",
])
def test_forged_tokens_are_refused(server, person, forge):
    token = forge(*person.token.split("."))
    with server.client() as client:
        error = assert_error(
            client.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"}), 401, "unauthenticated")
    assert "login" in error["hint"] or "log in" in error["hint"].lower()


@pytest.mark.parametrize("method, path", [
    ("GET", "/api/auth/me"), ("GET", "/api/files"), ("POST", "/api/files/upload"),
    ("GET", "/api/files/some-id"), ("DELETE", "/api/files/some-id"),
    ("GET", "/api/files/some-id/data-source-info"), ("POST", "/api/files/some-id/retry"),
    ("GET", "/api/files/reset-stuck"), ("POST", "/api/files/reset-stuck"),
    ("POST", "/api/files/sync-features"), ("POST", "/api/files/sample"),
    ("GET", "/api/integration/data-sources"), ("POST", "/api/integration/sync"),
    ("GET", "/api/integration/notifications"), ("POST", "/api/queries/execute-enhanced"),
    ("POST", "/api/ai/conversation-enhanced"), ("POST", "/api/ai/test"), ("POST", "/api/realtime/ticket"),
])
def test_nothing_without_a_token(server, method, path):
    with server.client() as client:
        error = assert_error(client.request(method, path), 401, "unauthenticated")
    assert error["hint"]


def test_too_many_wrong_passwords_lock_the_account(make_server):
    server = make_server()
    person = server.sign_up()
    other = server.sign_up()
    with server.client() as client:
        statuses = []
        for _ in range(30):
            response = client.post("/api/auth/login", json={"email": person.email, "password": "wrong wrong wrong"})
            statuses.append(response.status_code)
            if response.status_code == 429:
                break
        assert statuses[:3] == [401, 401, 401]
        assert statuses[-1] == 429, statuses
        error = assert_error(response, 429)
        assert error["code"] in ("locked_out", "rate_limited")
        # Not even the right password helps now; nobody can try on.
        assert client.post("/api/auth/login", json={"email": person.email, "password": PASSWORD}).status_code == 429
    # Sessions that are there go on, and others are not troubled.
    assert person.get("/api/auth/me").status_code == 200
    assert other.get("/api/auth/me").status_code == 200


def test_closed_sign_up_takes_the_first_account_only(make_server):
    server = make_server(SIGNUP_MODE="closed")
    body = {"email": "a@example.com", "full_name": "A", "password": PASSWORD}
    with server.client() as client:
        # An empty installation needs an owner; afterwards it is closed.
        assert client.post("/api/auth/signup", json=body).status_code == 201
        second = client.post("/api/auth/signup", json=body | {"email": "b@example.com"})
        assert_error(second, 403, "forbidden")


def test_an_invitation_lets_one_person_in(make_server):
    server = make_server(SIGNUP_MODE="invite")
    owner = server.sign_up()  # the first account needs none
    with server.client() as client:
        form = {"email": "new@example.com", "full_name": "New", "password": PASSWORD}
        assert_error(client.post("/api/auth/signup", json=form), 403, "forbidden")
        made = owner.post("/api/auth/invites", {"role": "viewer"})
        assert made.status_code == 201, made.text
        token = made.json()["token"]
        wrong = client.post("/api/auth/signup", json=form | {"invite_token": token[:-1] + "x"})
        assert wrong.status_code in (403, 404, 410)
        joined = client.post("/api/auth/signup", json=form | {"invite_token": token})
        assert joined.status_code == 201, joined.text
        again = client.post("/api/auth/signup", json=form | {"email": "b@example.com", "invite_token": token})
        assert again.status_code in (403, 410)
    members = owner.get("/api/workspaces/members").json()["members"]
    assert {m["email"] for m in members} == {owner.email, "new@example.com"}
    assert next(m for m in members if m["email"] == "new@example.com")["role"] == "viewer"
    assert token not in owner.get("/api/auth/invites").text

    # A viewer sees and asks, and changes nothing.
    owner.load("data.csv", b"a,b\n1,2\n3,4\n")
    with server.client(joined.json()["access_token"]) as viewer:
        assert viewer.post("/api/queries/execute-enhanced", json={"sql_query": "SELECT count(*) FROM data"}).status_code == 200
        assert_error(viewer.post("/api/files/upload", files={"file": ("mine.csv", b"a\n1\n2\n")}), 403, "forbidden")
        file_id = owner.get("/api/files").json()["files"][0]["id"]
        assert_error(viewer.delete(f"/api/files/{file_id}"), 403, "forbidden")
        assert_error(viewer.post("/api/auth/invites", json={"role": "admin"}), 403, "forbidden")


def test_a_new_password_ends_the_other_sessions(server, person):
    with server.client() as client:
        other = client.post("/api/auth/login", json={"email": person.email, "password": PASSWORD}).json()
        wrong = person.post("/api/auth/password", {"current_password": "not it at all", "new_password": "another passphrase 8"})
        assert error_fields(assert_error(wrong, 422)) == {"current_password"}
        done = person.post("/api/auth/password", {"current_password": PASSWORD, "new_password": "another passphrase 8"})
        assert done.status_code == 204, done.text
        assert_error(client.post("/api/auth/refresh", json={"refresh_token": other["refresh_token"]}), 401)
        assert_error(client.post("/api/auth/login", json={"email": person.email, "password": PASSWORD}), 401)
        assert client.post("/api/auth/login", json={"email": person.email, "password": "another passphrase 8"}).status_code == 200


def test_a_profile_can_be_renamed(person):
    assert person.http.patch("/api/auth/me", json={"full_name": "Ada Lovelace"}).status_code == 200
    assert person.get("/api/auth/me").json()["full_name"] == "Ada Lovelace"
