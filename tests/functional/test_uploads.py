"""/api/uploads: resumable uploads (tus 1.0.0), archives, and what an upload may not be."""

import base64
import hashlib
import io
import socket
import zipfile

import pytest
from sextant import assert_error, wait_until

TUS = {"Tus-Resumable": "1.0.0"}
CSV = b"city,people\n" + b"".join(f"Town {n},{n}\n".encode() for n in range(2000))


def metadata(**fields):
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in fields.items())


def begin(person, size=len(CSV), headers=TUS, **fields):
    return person.http.post("/api/uploads", headers=headers | {
        "Upload-Length": str(size), "Upload-Metadata": metadata(**fields)})


def piece(person, place, offset, content, **headers):
    return person.http.patch(place, content=content, headers=TUS | {
        "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"} | headers)


def offset_of(person, place):
    response = person.http.head(place, headers=TUS)
    assert response.status_code == 204, response.text
    assert response.headers["Cache-Control"] == "no-store"
    return int(response.headers["Upload-Offset"])


def test_an_upload_in_pieces_becomes_a_source(person):
    made = begin(person, filename="towns.csv")
    assert made.status_code == 201 and made.headers["Tus-Resumable"] == "1.0.0"
    place = made.headers["Location"]
    assert offset_of(person, place) == 0
    first = piece(person, place, 0, CSV[:1000])
    assert first.status_code == 204 and first.headers["Upload-Offset"] == "1000"
    checksum = base64.b64encode(hashlib.sha256(CSV[1000:]).digest()).decode()
    last = piece(person, place, 1000, CSV[1000:], **{"Upload-Checksum": f"sha256 {checksum}"})
    assert last.status_code == 204
    file_id = last.headers["Upload-File-Id"]
    assert person.finished(file_id)["processing_status"] == "completed"
    assert person.rows("SELECT count(*), sum(people) FROM towns") == [[2000, 1999000]]
    assert person.http.head(place, headers=TUS).headers["Upload-File-Id"] == file_id


def test_it_goes_on_after_a_restart(make_server):
    server = make_server()
    person = server.sign_up()
    place = begin(person, filename="towns.csv").headers["Location"]
    piece(person, place, 0, CSV[:5000])
    server.kill()
    server.start()
    person.http = server.client(person.token)
    at = offset_of(person, place)
    assert at == 5000
    file_id = piece(person, place, at, CSV[at:]).headers["Upload-File-Id"]
    assert person.finished(file_id)["processing_status"] == "completed"
    assert person.rows("SELECT count(*) FROM towns") == [[2000]]


def test_wrong_pieces_change_nothing(person):
    place = begin(person, filename="towns.csv").headers["Location"]
    piece(person, place, 0, CSV[:100])
    assert assert_error(piece(person, place, 50, b"x"), 409, "conflict")["detail"]["offset"] == 100
    wrong = base64.b64encode(bytes(32)).decode()
    assert piece(person, place, 100, b"x", **{"Upload-Checksum": f"sha256 {wrong}"}).status_code == 460
    other = assert_error(piece(person, place, 100, b"x", **{"Upload-Checksum": "md5 AAAA"}), 400, "bad_request")
    assert other["message"] == "Checksums are sha256 here."
    broken = assert_error(piece(person, place, 100, b"x", **{"Upload-Checksum": "sha256 A"}), 400, "bad_request")
    assert broken["message"] == "The header Upload-Checksum is not base64."
    assert_error(piece(person, place, 100, CSV), 413, "too_large")
    assert_error(person.http.patch(place, content=b"x", headers=TUS | {
        "Upload-Offset": "100", "Content-Type": "text/plain"}), 415)
    assert person.http.patch(place, content=b"x", headers={
        "Upload-Offset": "100", "Content-Type": "application/offset+octet-stream"}).status_code == 412
    assert offset_of(person, place) == 100


def cut_piece(server, person, place, content, declared, *headers):
    """Sends a piece that says `declared` bytes and breaks off after `content`."""
    host, port = server.url.removeprefix("http://").split(":")
    head = [f"PATCH {place} HTTP/1.1", f"Host: {host}", f"Authorization: Bearer {person.token}",
            "Tus-Resumable: 1.0.0", "Upload-Offset: 0", f"Content-Length: {declared}",
            "Content-Type: application/offset+octet-stream", *headers]
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + content)


def test_what_arrived_of_a_piece_that_broke_off_is_kept(server, person):
    content = CSV * 30  # more than one block of the receiver
    place = begin(person, size=len(content), filename="towns.csv").headers["Location"]
    arrived = len(content) - 777
    cut_piece(server, person, place, content[:arrived], len(content))
    wait_until(lambda: offset_of(person, place) == arrived, "the bytes that arrived")
    file_id = piece(person, place, arrived, content[arrived:]).headers["Upload-File-Id"]
    assert person.finished(file_id)["processing_status"] == "completed"
    assert person.rows("SELECT max(people) FROM towns") == [[1999]]


def test_nothing_is_kept_of_a_broken_piece_with_a_checksum(server, person):
    place = begin(person, filename="towns.csv").headers["Location"]
    checksum = base64.b64encode(hashlib.sha256(CSV).digest()).decode()
    cut_piece(server, person, place, CSV[:5000], len(CSV), f"Upload-Checksum: sha256 {checksum}")
    # Whole pieces wait for nothing and find the upload where it was.
    assert piece(person, place, 0, CSV).status_code == 204
    assert offset_of(person, place) == len(CSV)


def test_options_say_what_is_spoken(server):
    headers = server.client().options("/api/uploads").headers
    assert headers["Tus-Version"] == headers["Tus-Resumable"] == "1.0.0"
    assert headers["Tus-Extension"] == "creation,checksum,expiration,termination"
    assert headers["Tus-Checksum-Algorithm"] == "sha256"
    assert int(headers["Tus-Max-Size"]) > 0 and "POST" in headers["Allow"]


def test_what_no_upload_may_be_is_said_before_the_bytes(make_server):
    person = make_server(MAX_FILE_SIZE=100_000, ALLOWED_EXTENSIONS=".csv", WORKSPACE_QUOTA=150_000).sign_up()
    assert_error(begin(person, filename="a.exe"), 415, "unsupported_type")
    assert_error(begin(person, size=100_001, filename="a.csv"), 413, "too_large")
    assert_error(begin(person, size=0, filename="a.csv"), 422, "unreadable_file")
    assert_error(begin(person), 400)
    assert begin(person, headers={"Tus-Resumable": "0.2.2"}, filename="a.csv").status_code == 412
    # The quota counts what is kept.
    big = b"a,b\n" + b"1,2\n" * 22_000
    person.load("one.csv", big)
    error = assert_error(person.post("/api/files/upload", files={"file": ("two.csv", big + b"3,4\n")}), 413, "too_large")
    assert error["detail"]["quota"] == 150_000 and "WORKSPACE_QUOTA" in error["hint"]
    assert_error(begin(person, size=90_000, filename="two.csv"), 413, "too_large")
    person.load("small.csv", CSV)


def test_an_upload_is_given_up(person):
    place = begin(person, filename="towns.csv").headers["Location"]
    piece(person, place, 0, CSV[:100])
    assert person.http.delete(place, headers=TUS).status_code == 204
    assert_error(person.http.get(place, headers=TUS), 404, "not_found")
    assert person.get("/api/files").json()["total_count"] == 0


def test_uploads_of_others_are_not_there(server, person):
    place = begin(person, filename="towns.csv").headers["Location"]
    stranger = server.sign_up()
    assert_error(stranger.http.get(place, headers=TUS), 404, "not_found")
    assert_error(piece(stranger, place, 0, CSV), 404, "not_found")
    assert_error(stranger.http.delete(place, headers=TUS), 404, "not_found")
    assert offset_of(person, place) == 0


def test_a_resumable_upload_makes_a_new_version(person):
    source_id = person.load("towns.csv", CSV)
    assert_error(begin(person, filename="b.csv", mode="append"), 422)
    place = begin(person, filename="more.csv", source_id=source_id, mode="append").headers["Location"]
    piece(person, place, 0, CSV)
    wait_until(lambda: person.rows("SELECT count(*) FROM towns") == [[4000]], "the second version")


# Archives ------------------------------------------------------------------------------------------


def archive(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def tables_of(person, source_id):
    source = next(s for s in person.sources() if s["source_id"] == source_id)
    return {t["name"]: t["rows"] for t in source["schema"]["tables"]}


def test_files_of_an_archive_are_tables_of_one_source(person):
    source_id = person.load("shop.zip", archive({
        "orders.csv": "id,total\n1,5\n2,6\n", "more/items.json": '[{"id": 1, "n": 2}]',
        "readme.md": "# read me", "__MACOSX/._orders.csv": "x", "broken.parquet": "PAR1 no"}))
    assert tables_of(person, source_id) == {"orders": 2, "more_items": 1}
    assert person.rows("SELECT sum(o.total) FROM orders o JOIN more_items m ON o.id = m.id") == [[5]]
    notes = person.get(f"/api/sources/{source_id}/plan").json()["report"]["notes"]
    assert any("readme.md" in note for note in notes) and any("broken.parquet" in note for note in notes)


def test_an_archive_of_one_shape_becomes_one_table(person):
    response = person.post("/api/files/upload", files=[
        ("file", ("a.zip", archive({"jan.csv": "n\n1\n2\n", "feb.csv": "n\n3\n"}))),
        ("file", ("mar.csv", b"n\n4\n"))], data={"combine": "true"})
    file_id = response.json()["files"][0]["file_id"]
    assert person.finished(file_id)["processing_status"] == "completed"
    table = next(iter(tables_of(person, file_id)))
    assert person.rows(f"SELECT file_name, n FROM {table}") == [
        ["jan.csv", 1], ["jan.csv", 2], ["feb.csv", 3], ["mar.csv", 4]]


@pytest.mark.parametrize("content, word", [
    (b"PK\x03\x04 not an archive at all", "damaged"),
    (archive({"readme.md": "x"}), "no file"),
    (archive({"zeros.csv": b"0" * (300 << 20)}), "unpacks to more"),
    (archive({f"{n}.csv": "a,b\n1,2\n" for n in range(1001)}), "1,000"),
], ids=["damaged", "nothing to read", "bomb", "too many"])
def test_a_bad_archive_fails_with_words(person, content, word):
    file = person.finished(person.upload("bad.zip", content))
    assert file["processing_status"] == "failed" and word in file["error"]["message"], file["error"]
