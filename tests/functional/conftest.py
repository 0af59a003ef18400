"""Fixtures: the real program on SQLite or PostgreSQL.

    /usr/bin/python3 -m pytest tests/functional --database sqlite|postgresql [--binary build/sextant]
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import uuid

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from sextant import ROOT, Server  # noqa: E402


def pytest_addoption(parser):
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.addoption("--binary", default=str(ROOT / "build" / "sextant"))


@pytest.fixture(scope="session")
def new_database(request):
    """A function that gives the DATABASE_URL of a new, empty metadata store ("" is SQLite)."""
    if request.config.getoption("--database") == "sqlite":
        yield lambda: ""
        return
    script = ROOT / "tools" / "postgres_for_tests.sh"
    folder = tempfile.mkdtemp(prefix="pg-")
    os.chmod(folder, 0o755)
    started = subprocess.run([script, "start", folder], cwd=folder, capture_output=True, text=True)
    if started.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(f"PostgreSQL did not start: {started.stderr}")
    url = started.stdout.strip()

    def create():
        name = f"t{uuid.uuid4().hex[:12]}"
        subprocess.run(["createdb", "-h", folder, "-U", "sextant", name], check=True, cwd=folder)
        return url.replace("/sextant?", f"/{name}?")

    yield create
    subprocess.run([script, "stop", folder], cwd="/", check=False)


@pytest.fixture
def make_server(request, new_database):
    """Starts a server of the test's own, with settings by name: make_server(SIGNUP_MODE="closed")."""
    servers = []

    def make(**settings):
        server = Server(request.config.getoption("--binary"), new_database(), settings)
        servers.append(server)
        return server.start()

    yield make
    for server in servers:
        server.remove()


@pytest.fixture(scope="session")
def server(request, new_database):
    """One server for all tests that need no other settings and do not stop it."""
    shared = Server(request.config.getoption("--binary"), new_database()).start()
    yield shared
    alive = shared.process.poll() is None
    log = shared.log()
    shared.remove()
    assert alive, f"the server ended during the tests\n{log}"


@pytest.fixture
def person(server):
    return server.sign_up()


@pytest.fixture(scope="module")
def analyst(server):
    """Someone with the sample data loaded. Tests do not change it."""
    someone = server.sign_up()
    someone.sample = someone.load_sample()
    return someone
