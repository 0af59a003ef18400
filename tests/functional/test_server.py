"""What the server does besides the features: health, documents, hosts, limits, its end."""

import concurrent.futures
import subprocess

import httpx
import pytest
from sextant import ROOT, Server, assert_error, wait_until


def test_live(server):
    with server.client() as client:
        response = client.get("/api/health/live")
    assert response.status_code == 200
    assert response.json()["status"] == "ok"


def test_ready_names_its_components(server):
    with server.client() as client:
        response = client.get("/api/health/ready")
    assert response.status_code == 200
    assert {c["status"] for c in response.json()["components"]} == {"ok"}
    assert len(response.json()["components"]) >= 2


def test_the_openapi_document_describes_every_route(server):
    with server.client() as client:
        document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.")
    paths = document["paths"]
    for path in ("/api/auth/signup", "/api/files/upload", "/api/files/{file_id}/data-source-info",
                 "/api/queries/execute-enhanced", "/api/ai/conversation-enhanced",
                 "/api/integration/data-sources", "/api/realtime/ticket", "/api/health/live"):
        assert path in paths
    for path, operations in paths.items():
        for method, operation in operations.items():
            assert operation["summary"], f"{method} {path}"
            assert operation["responses"], f"{method} {path}"


def test_the_document_is_the_one_that_the_program_prints(server):
    printed = subprocess.run([server.binary, "openapi"], capture_output=True, text=True, check=True, cwd=server.folder)
    with server.client() as client:
        assert client.get("/openapi.json").json() == httpx.Response(200, text=printed.stdout).json()


def test_the_documentation_is_a_page(server):
    with server.client() as client:
        response = client.get("/docs")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "://" not in response.text.replace("http://www.w3.org", ""), "no CDN"


def test_the_page_is_served_for_every_client_side_path(server):
    if not (ROOT / "web" / "dist" / "index.html").exists():
        pytest.skip("the page is not built")
    with server.client() as client:
        start = client.get("/")
        deep = client.get("/sources/some-id")
    assert start.status_code == deep.status_code == 200
    assert start.headers["content-type"].startswith("text/html")
    assert deep.text == start.text
    policy = start.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe-eval" not in policy
    assert start.headers["x-content-type-options"] == "nosniff"


def test_unknown_routes_and_methods(server, person):
    assert_error(person.get("/api/no/such/route"), 404, "not_found")
    response = person.http.put("/api/files")
    assert_error(response, 405, "method_not_allowed")
    assert "GET" in response.headers["allow"]


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2f..%2fetc/passwd"])
def test_paths_do_not_leave_the_page(server, path):
    with server.client() as client:
        response = client.send(client.build_request("GET", server.url + path))
    assert "root:" not in response.text


def test_every_answer_names_its_request(server):
    with server.client() as client:
        response = client.get("/api/health/live", headers={"X-Request-Id": "my-request.7"})
        assert response.headers["x-request-id"] == "my-request.7"
        odd = client.get("/api/health/live", headers={"X-Request-Id": "no good; id"})
        assert odd.headers["x-request-id"] not in ("", "no good; id")


def test_only_allowed_hosts(make_server):
    server = make_server(ALLOWED_HOSTS="data.example.com,*.inside.example")
    with server.client() as client:
        for host, status in (("data.example.com", 200), ("a.inside.example", 200), ("data.example.com:8000", 200),
                             ("evil.example", 400), ("inside.example.evil.example", 400)):
            response = client.get("/api/health/live", headers={"Host": host})
            assert response.status_code == status, host


def test_other_origins_need_permission(make_server):
    server = make_server(CORS_ORIGINS="https://app.example.com")
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    with server.client() as client:
        good = client.options("/api/files", headers=ask | {"Origin": "https://app.example.com"})
        bad = client.options("/api/files", headers=ask | {"Origin": "https://evil.example"})
    assert good.headers["access-control-allow-origin"] == "https://app.example.com"
    assert "access-control-allow-origin" not in bad.headers


@pytest.mark.parametrize("settings, name", [
    ({"PORT": "many"}, "PORT"), ({"ALGORITHM": "none"}, "ALGORITHM"), ({"SIGNUP_MODE": "maybe"}, "SIGNUP_MODE"),
    ({"SECRET_KEY": "short", "ENVIRONMENT": "production"}, "SECRET_KEY"), ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
    ({"MAX_FILE_SIZE": "-5"}, "MAX_FILE_SIZE"), ({"DEBUG": "perhaps"}, "DEBUG"),
])
def test_bad_settings_are_refused_at_start(request, settings, name):
    idle = Server(request.config.getoption("--binary"))
    try:
        ended = subprocess.run(
            [idle.binary, "serve", "--data-dir", idle.data] + ([] if "PORT" in settings else ["--port", "0"]),
            env=settings | {"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, timeout=30, cwd=idle.folder)
    finally:
        idle.remove()
    assert ended.returncode != 0
    assert name in ended.stderr
    assert "listening" not in ended.stdout


def test_sigterm_lets_running_requests_end(make_server):
    server = make_server()
    person = server.sign_up()
    person.rows("SELECT 1")  # the worker is there, and its start is paid for
    before = server.worker_ticks()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = pool.submit(
            person.query, "SELECT sum(sqrt(a.range * b.range)) FROM range(20000) a, range(20000) b")
        wait_until(lambda: server.worker_ticks() > before + 20, "the query at work")
        ending = pool.submit(server.stop)
        response = running.result()
        assert response.status_code in (200, 503), response.text
        assert ending.result() == 0
    with pytest.raises(httpx.TransportError), server.client() as client:
        client.get("/api/health/live")


def test_no_process_is_left_behind(make_server):
    server = make_server()
    person = server.sign_up()
    person.rows("SELECT 1")
    workers = server.workers()
    assert workers
    server.kill()

    def running(pid):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                return file.read().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    wait_until(lambda: not any(running(pid) for pid in workers), "the workers' end", 20)


def test_it_does_not_run_as_root(server):
    with open(f"/proc/{server.process.pid}/status", encoding="utf-8") as file:
        uids = next(line for line in file if line.startswith("Uid:")).split()[1:]
    assert "0" not in uids
