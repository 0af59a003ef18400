"""The running product, as the tests see it: a server process and people who use it over HTTP."""

import os
import pathlib
import queue
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import uuid

import httpx

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "a long enough passphrase 7"
START_SECONDS = 60
FINISH_SECONDS = 120


def wait_until(probe, what, seconds=FINISH_SECONDS, pause=0.02):
    """The first true value of probe(), asked until the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        value = probe()
        if value:
            return value
        assert time.monotonic() < deadline, f"waited {seconds} s in vain for {what}"
        time.sleep(pause)


class Server:
    """build/sextant serve with a data folder and a metadata store of its own.

    start() after stop() or kill() goes on with the same data, on another port: somebody else may
    have taken the old one meanwhile.
    """

    def __init__(self, binary, database_url="", settings=None):
        self.binary = pathlib.Path(binary)
        # Readable for the user that the server becomes when it is started as root.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sextant-"))
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.database_url = database_url
        self.settings = dict(settings or {})
        self.port = 0
        self.process = None
        self.lines = []

    def start(self):
        environment = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
        environment |= {key: str(value) for key, value in self.settings.items()}
        if self.database_url:
            environment["DATABASE_URL"] = self.database_url
        command = [self.binary, "serve", "--port", "0", "--data-dir", str(self.data)]
        log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=log, text=True)
        log.close()
        lines = queue.Queue()
        threading.Thread(target=self._read, args=(self.process.stdout, lines), daemon=True).start()
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                line = lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"not listening after {START_SECONDS} s\n{self.log()}") from None
            assert line is not None, f"the server ended at its start\n{self.log()}"
            match = re.search(r"listening on http://[^ ]*:(\d+)", line)
            if match:
                self.port = int(match.group(1))
                return self

    @staticmethod
    def _read(stream, lines):
        for line in stream:
            lines.put(line)
        lines.put(None)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def log(self):
        path = self.folder / "server.log"
        return path.read_text(errors="replace")[-6000:] if path.exists() else ""

    def kill(self):
        """As a power cut would: nothing of it is asked to end. Workers notice by themselves."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds=30):
        """Asks it to end; gives the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=seconds)

    def remove(self):
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def workers(self):
        """Process ids of the sandboxed workers of this server."""
        pids = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                status = (entry / "stat").read_text()
                command = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue  # ended meanwhile
            parent = int(status.rpartition(")")[2].split()[1])
            if parent == self.process.pid and b"worker" in command:
                pids.append(int(entry.name))
        return pids

    def worker_ticks(self):
        """Processor time that the workers have used, in clock ticks."""
        ticks = 0
        for pid in self.workers():
            try:
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # ended meanwhile
            ticks += int(fields[11]) + int(fields[12])
        return ticks

    def store(self, statement):
        """Runs a statement on the metadata store, beside the server."""
        if self.database_url:
            subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, self.database_url], check=True)
            return
        connection = sqlite3.connect(self.data / "sextant.db", timeout=20)
        with connection:
            connection.execute(statement)
        connection.close()

    def client(self, token=None, **options):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60, trust_env=False, **options)

    def sign_up(self, **fields):
        body = {"email": f"{uuid.uuid4().hex[:12]}@example.com", "full_name": "Ada Example",
                "password": PASSWORD} | fields
        with self.client() as client:
            response = client.post("/api/auth/signup", json=body)
        assert response.status_code == 201, response.text
        return Person(self, body["email"], response.json())


class Person:
    """A signed-up user with a workspace of their own."""

    def __init__(self, server, email, session):
        self.server = server
        self.email = email
        self.session = session
        self.token = session["access_token"]
        self.http = server.client(self.token)

    def get(self, path, **options):
        return self.http.get(path, **options)

    def post(self, path, body=None, **options):
        if body is not None:
            options["json"] = body
        return self.http.post(path, **options)

    def upload(self, name, content):
        """Sends one file; gives its id."""
        response = self.post("/api/files/upload", files={"file": (name, content)})
        assert response.status_code == 202, response.text
        return response.json()["file_id"]

    def file(self, file_id):
        response = self.get(f"/api/files/{file_id}")
        assert response.status_code == 200, response.text
        return response.json()

    def finished(self, file_id):
        """The file once it is read, or has failed."""
        return wait_until(
            lambda: (f := self.file(file_id))["processing_status"] in ("completed", "failed") and f,
            f"the end of file {file_id}")

    def load(self, name, content):
        """Uploads a file and waits until it is usable; gives its id."""
        file_id = self.upload(name, content)
        file = self.finished(file_id)
        assert file["processing_status"] == "completed", file
        return file_id

    def load_sample(self):
        """The sample data; gives {file name: file id}."""
        response = self.post("/api/files/sample")
        assert response.status_code == 202, response.text
        files = response.json()["files"]
        for file in files:
            assert self.finished(file["file_id"])["processing_status"] == "completed"
        return {file["filename"]: file["file_id"] for file in files}

    def query(self, sql, **fields):
        return self.post("/api/queries/execute-enhanced", {"sql_query": sql} | fields)

    def rows(self, sql, **fields):
        response = self.query(sql, **fields)
        assert response.status_code == 200, response.text
        return response.json()["rows"]

    def ask(self, message, **fields):
        return self.post("/api/ai/conversation-enhanced", {"message": message} | fields)

    def sources(self, **parameters):
        response = self.get("/api/integration/data-sources", params=parameters)
        assert response.status_code == 200, response.text
        return response.json()["sources"]


def colleague_of(person, role):
    """Another member of this person's workspace, acting in it."""
    invite = person.post("/api/auth/invites", {"role": role})
    assert invite.status_code == 201, invite.text
    other = person.server.sign_up()
    assert other.post("/api/auth/accept-invite", {"invite_token": invite.json()["token"]}).status_code == 200
    other.http.headers["X-Workspace-Id"] = person.session["user"]["workspace_id"]
    return other


def assert_error(response, status, code=None):
    """Every error has the one shape; gives its `error` object."""
    assert response.status_code == status, f"{response.status_code}: {response.text[:500]}"
    error = response.json()["error"]
    assert error["message"], error
    assert error["request_id"], error
    assert set(error) == {"code", "message", "detail", "hint", "request_id"}, error
    if code:
        assert error["code"] == code, error
    return error


def error_fields(error):
    """The paths of the fields that an error complains about."""
    return {field["path"] for field in error["detail"]["fields"]}
