"""The WebSocket that pushes a workspace's events."""

import asyncio
import json

import pytest
import websockets
from sextant import colleague_of

CSV = b"city,people\nOslo,700\nBergen,290\n"


def ticket(person):
    response = person.post("/api/realtime/ticket")
    assert response.status_code == 200, response.text
    assert response.json()["expires_in"] > 0
    return response.json()["ticket"]


def address(person, ticket, after=None):
    url = f"ws://127.0.0.1:{person.server.port}/api/realtime?ticket={ticket}"
    return url if after is None else f"{url}&after={after}"


async def receive_until(socket, done, seconds=60):
    messages = []
    while True:
        messages.append(json.loads(await asyncio.wait_for(socket.recv(), seconds)))
        if done(messages[-1]):
            return messages


def test_an_upload_is_followed_live(person):
    async def follow():
        async with websockets.connect(address(person, ticket(person))) as socket:
            file_id = await asyncio.to_thread(person.upload, "data.csv", CSV)
            messages = await receive_until(socket, lambda m: m["type"] == "source.published")
            return file_id, messages

    file_id, messages = asyncio.run(follow())
    assert messages[-1]["source_id"] == file_id
    kept = [m["seq"] for m in messages if m["seq"]]
    assert kept == sorted(set(kept))
    assert any(m["type"].startswith("file.") for m in messages)


def test_a_page_that_comes_back_misses_nothing(person):
    async def collect(after, done):
        async with websockets.connect(address(person, ticket(person), after)) as socket:
            return await receive_until(socket, done)

    first = person.load("one.csv", CSV)
    before = asyncio.run(collect(0, lambda m: m["type"] == "source.published" and m["source_id"] == first))
    last = max(m["seq"] for m in before)
    second = person.load("two.csv", CSV + b"Hamar,31\n")  # while nobody listens
    missed = asyncio.run(collect(last, lambda m: m["type"] == "source.published" and m["source_id"] == second))
    numbers = [m["seq"] for m in missed if m["seq"]]
    assert numbers[0] == last + 1
    assert numbers == list(range(last + 1, last + 1 + len(numbers)))

    everything = asyncio.run(collect(0, lambda m: m["type"] == "source.published" and m["source_id"] == second))
    kept = [m["seq"] for m in everything if m["seq"]]
    assert kept == list(range(kept[0], kept[0] + len(kept)))


def test_events_stay_in_their_workspace(server, person):
    stranger = server.sign_up()

    async def listen():
        async with websockets.connect(address(stranger, ticket(stranger), 0)) as socket:
            await asyncio.to_thread(person.load, "secret.csv", CSV)
            own = await asyncio.to_thread(stranger.load, "own.csv", CSV + b"Hamar,31\n")
            return own, await receive_until(
                socket, lambda m: m["type"] == "source.published" and m["source_id"] == own)

    own, messages = asyncio.run(listen())
    assert "secret" not in json.dumps(messages)
    assert {m.get("source_id") for m in messages} <= {own, None, ""}


async def refused(url, **options):
    with pytest.raises((websockets.InvalidStatusCode, websockets.ConnectionClosed)) as caught:
        async with websockets.connect(url, **options) as socket:
            await asyncio.wait_for(socket.recv(), 10)
    return caught.value


# Tables are scanned with a fraction, in small steps; long enough to be met under way, on any machine.
LONG = "SELECT count(*) FROM numbers a, (SELECT n FROM numbers WHERE n < 2000) b WHERE (a.n * b.n) % 7 = 3"


def test_a_query_is_followed_live_by_its_user_alone(person):
    person.load("numbers.csv", b"n\n" + b"".join(b"%d\n" % n for n in range(1_500_000)))
    colleague = colleague_of(person, "viewer")

    async def follow():
        async with (websockets.connect(address(person, ticket(person))) as own,
                    websockets.connect(address(colleague, ticket(colleague))) as other):
            running = asyncio.create_task(asyncio.to_thread(
                person.query, LONG, client_run_id="followed", cache=False))
            first = await receive_until(own, lambda m: m["type"] == "query.progress" and m["data"]["fraction"] > 0)
            later = await receive_until(
                own, lambda m: m["type"] == "query.progress"
                and m["data"]["fraction"] > first[-1]["data"]["fraction"])
            cancelled = await asyncio.to_thread(person.post, "/api/queries/running/followed/cancel")
            assert cancelled.status_code == 204
            last = await receive_until(own, lambda m: m["type"] == "query.finished")
            await running
            # Something that both are told of, so that what was told before it has arrived.
            await asyncio.to_thread(person.load, "after.csv", CSV)
            seen = await receive_until(other, lambda m: m["type"] == "source.published")
            return first + later + last, seen

    told, seen = asyncio.run(follow())
    assert {m["data"]["client_run_id"] for m in told} == {"followed"}
    assert all("sql_query" not in m["data"] and m["seq"] == 0 for m in told)
    assert told[-1]["data"]["status"] == "cancelled"
    assert not [m for m in seen if m["type"].startswith("query.")]


def test_the_end_of_a_named_run_is_told(person):
    async def follow():
        async with websockets.connect(address(person, ticket(person))) as socket:
            await asyncio.to_thread(person.query, "SELECT 1 AS x", client_run_id="short")
            await asyncio.to_thread(person.query, "SELECT 1 AS x")
            await asyncio.to_thread(person.query, "SELECT CAST('x' AS INT)", client_run_id="wrong")
            told = await receive_until(
                socket, lambda m: m["type"] == "query.finished" and m["data"]["client_run_id"] == "wrong")
            return [m for m in told if m["type"] == "query.finished"]

    told = asyncio.run(follow())
    assert [(m["data"]["client_run_id"], m["data"]["status"]) for m in told] == [
        ("short", "completed"), ("wrong", "failed")]
    assert told[0]["data"]["row_count"] == 1 and told[1]["data"]["error_message"]


def test_a_ticket_works_once(person):
    async def twice():
        value = ticket(person)
        async with websockets.connect(address(person, value)):
            pass
        return await refused(address(person, value))

    error = asyncio.run(twice())
    assert getattr(error, "status_code", 1008) in (401, 403, 410, 1008)


@pytest.mark.parametrize("value", ["", "nonsense", "a.b.c"])
def test_no_ticket_no_socket(person, value):
    asyncio.run(refused(address(person, value)))


def test_the_access_token_is_no_ticket(person):
    asyncio.run(refused(address(person, person.token)))


def test_pages_of_other_origins_are_refused(person):
    asyncio.run(refused(address(person, ticket(person)), origin="https://evil.example"))


def test_the_own_page_is_let_in(person):
    async def connect():
        async with websockets.connect(address(person, ticket(person)),
                                      origin=f"http://127.0.0.1:{person.server.port}"):
            return True

    assert asyncio.run(connect())
