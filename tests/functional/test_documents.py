"""PDF, Word and text files: their tables can be queried, their text is found and quoted with its page."""

import io
import zipfile

import documents
import pytest
from sextant import assert_error, wait_until


@pytest.fixture
def report(person):
    return person.load("Annual report.pdf", documents.report())


def search(person, q, **parameters):
    answer = person.get("/api/integration/search", params={"q": q, **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()["passages"]


def snippet(hit):
    return "".join(f"[{part['text']}]" if part["match"] else part["text"] for part in hit["snippet"])


def test_tables_of_a_pdf_are_typed_and_know_their_page(person, report):
    info = person.get(f"/api/files/{report}/data-source-info").json()
    load = info["versions"][0]["load_report"]
    assert load["format"] == "pdf" and load["pages"] == 3
    origins = {table["table"]: table["origin"] for table in load["tables"]}
    assert len(origins) == 2
    regions, orders = origins
    assert regions == "churn_by_region", "what the caption says"
    assert info["data_source_info"]["sentence"] == "2 tables, 54 rows"
    assert origins[regions]["page"] == 1 and origins[orders]["page"] == 2 and origins[orders]["last_page"] == 3
    assert all(origin["confidence"] >= 0.5 and origin["width"] > 100 for origin in origins.values())
    assert person.rows(f"SELECT region, customers, churn, since FROM {regions} ORDER BY customers LIMIT 1") == [
        ["West", 640, 4.4, "2021-11-05"]]
    assert person.rows(f"SELECT count(*), min(\"order\"), max(\"order\"), count(amount) FROM {orders}") == [
        [50, 1000, 1049, 50]]


def test_the_text_is_listed_in_reading_order(person, report):
    body = person.get(f"/api/files/{report}/passages", params={"limit": 4}).json()
    assert body["total_count"] > 8 and len(body["passages"]) == 4
    title, summary, first, _ = body["passages"]
    assert title["kind"] == "heading" and title["text"] == "Customers and churn" and title["page"] == 1
    assert summary["heading"] == "Customers and churn > 1 Summary"
    assert first["text"].startswith("Churn fell to 4.2 percent") and "nine of ten customers" in first["text"]
    assert first["position"]["x"] == pytest.approx(72, abs=2)
    rest = person.get(f"/api/files/{report}/passages", params={"after": body["next_after"]}).json()
    assert rest["passages"][0]["ordinal"] == body["next_after"] + 1
    texts = [p["text"] for p in body["passages"] + rest["passages"]]
    assert not any("Northwind annual report 2024" in text for text in texts), "stands on every page"
    third = person.get(f"/api/files/{report}/passages", params={"page": 3}).json()["passages"]
    assert third and all(p["page"] == 3 for p in third)


def test_search_finds_passages_with_page_and_highlights(person, report):
    hits = search(person, "What is recommended for partners?")
    assert hits[0]["source_name"] == "Annual report.pdf" and hits[0]["source_id"] == report
    assert hits[0]["passage"]["page"] == 3
    assert hits[0]["passage"]["heading"].endswith("4 Outlook")
    assert "[recommend]" in snippet(hits[0]) and "[partners]" in snippet(hits[0])
    assert "onboarding" in search(person, "onbording")[0]["passage"]["text"], "a misspelled word"
    assert search(person, "zebra") == []
    assert search(person, "?!") == []
    assert len(search(person, "churn", limit=1)) == 1
    assert search(person, "churn", source_id="no-such") == []
    assert_error(person.get("/api/integration/search", params={"q": "x", "limit": 51}), 422)
    assert_error(person.get("/api/integration/search"), 422)
    assert_error(person.get("/api/integration/search", params={"q": "x" * 1001}), 422)


def test_nobody_else_finds_it(server, person, report):
    stranger = server.sign_up()
    assert search(stranger, "churn") == []
    assert_error(stranger.get(f"/api/files/{report}/passages"), 404, "not_found")
    assert search(person, "churn")


def test_it_is_gone_when_the_file_is_deleted(person, report):
    assert search(person, "onboarding")
    assert person.http.delete(f"/api/files/{report}").status_code == 204
    assert search(person, "onboarding") == []


def test_a_question_about_a_document_is_answered_by_quoting_it(person, report):
    answer = person.ask("What does the report say about the onboarding programme?").json()
    assert answer["status"] == "answered", answer
    assert "onboarding programme" in answer["response"] and "Annual report.pdf, page" in answer["response"]
    quote = answer["quotes"][0]
    assert quote["source_id"] == report and quote["page"] in (1, 3) and quote["ordinal"] >= 1
    # A question for data is answered from the data.
    answer = person.ask("total customers").json()
    assert answer["quotes"] == [] and list(answer["data"][0].values()) == [4363], answer


def test_word_documents(person):
    file_id = person.load("minutes.docx", documents.minutes())
    load = person.get(f"/api/files/{file_id}/data-source-info").json()["versions"][0]["load_report"]
    budget, votes = (table["table"] for table in load["tables"])
    assert person.rows(f"SELECT team, sum(budget_2024_plan), sum(budget_2024_actual) FROM {budget} "
                       "GROUP BY team ORDER BY team") == [["Sales", 3000.5, 3001.0], ["Support", 500.0, 480.1]]
    assert person.rows(f"SELECT name, votes FROM {votes} ORDER BY votes") == [["Ada", 7], ["Grace", 9]]
    hit = search(person, "office in Lisbon")[0]
    assert hit["passage"]["heading"] == "Minutes of the board > Decisions" and "page" not in hit["passage"]
    assert search(person, "gone") == [], "deleted text"
    assert search(person, "audited")[0]["passage"]["kind"] == "footnote"


def test_cells_kept_aside_are_counted_by_reason_wherever_they_stand(person):
    cells = [["Item", "Size"]] + [[f"Part {n}", str(n) if n % 2 else f"about {n}"] for n in range(6)]
    source_id = person.load("parts.docx", documents.docx(documents.table(
        [[documents.cell(text) for text in row] for row in cells])))
    plan = {"tables": [{"key": "table 1", "columns": [{"column": "Size", "type": "BIGINT"}]}]}
    made = person.http.put(f"/api/sources/{source_id}/plan", json={"plan": plan, "confirm": True})
    assert made.status_code == 202, made.text
    page = wait_until(lambda: (p := person.get(f"/api/sources/{source_id}/quarantine").json())["total_count"] and p,
                      "the cells kept aside")
    assert [(c["column"], c["reason"], c["count"]) for c in page["counts"]] == [
        ("Size", "does not fit the chosen type BIGINT", 3)]
    assert page["cells"][0]["reason"] == "does not fit the chosen type BIGINT (table 1, row 2)"


def test_headers_and_footers_of_a_word_document_are_found_once(person):
    source = person.load("letter.docx", documents.letter())
    kinds = {hit["passage"]["text"]: hit["passage"]["kind"] for hit in search(person, "confidential zircon harbour")}
    assert kinds == {"Confidential draft": "header", "12 Harbour Street": "header",
                     "Page 3 of the zircon agreement": "footer"}
    load = person.get(f"/api/files/{source}/data-source-info").json()["versions"][0]["load_report"]
    assert load["tables"] == [] and load["passages"] == 5
    known = next(one for one in person.sources() if one["source_id"] == source)
    assert known["sentence"] == "5 passages of text" and known["suggested_questions"] == []


def test_a_new_version_takes_the_place_of_the_old_one_at_once(person):
    source = person.load("notes.txt", b"Meeting notes\n\nThe zeppelin lands in Lisbon, which\nis not settled yet.\n")
    answer = person.post("/api/files/upload", data={"source_id": source, "mode": "replace"}, files={
        "file": ("notes.txt", b"Meeting notes\n\nThe submarine dives near Lisbon, which\nis not settled yet.\n")})
    assert answer.status_code == 202, answer.text

    def is_new():
        hits = search(person, "Lisbon")
        assert len(hits) == 1, "between two versions there is always one"
        return "submarine" in hits[0]["passage"]["text"]

    wait_until(is_new, "the text of the new version")
    assert search(person, "zeppelin") == []


def test_text_files_are_found_too(person):
    person.load("notes.txt", b"Meeting notes\n\nWe talked about the budget for Lisbon, which\nis not settled yet.\n")
    hit = search(person, "settled budget")[0]
    assert hit["passage"]["heading"] == "Meeting notes" and hit["passage"]["position"] == {"line": 3}


@pytest.mark.parametrize("name,content,words", [
    ("secret.pdf", documents.pdf([documents.Page().text(72, 100, "secret")], "open sesame"), "password"),
    ("cut.pdf", documents.report()[:300], "cut off"),
    ("blank.pdf", documents.pdf([documents.Page()]), "neither text nor tables"),
    ("broken.docx", documents.docx("<w:p><w:r></w:p>"), "line 1"),
])
def test_what_can_not_be_read_says_why(person, name, content, words):
    file = person.finished(person.upload(name, content))
    assert file["processing_status"] == "failed"
    assert words in file["error"]["message"], file["error"]
    assert file["error"]["hint"]


def test_tables_of_a_document_are_switched_on_and_off(person, report):
    plan = person.get(f"/api/sources/{report}/plan").json()
    assert [(one["sheet"], one["state"], one["ranges"]) for one in plan["report"]["sheets"]] == [
        ("table 1", "loaded", ["page 1"]), ("table 2", "loaded", ["pages 2 to 3"])]
    answer = person.http.put(f"/api/sources/{report}/plan", json={
        "plan": {"sheets": [{"sheet": "table 2", "load": False}]}, "confirm": True})
    assert answer.status_code in (200, 202), answer.text
    wait_until(lambda: len(person.sources()[0]["schema"]["tables"]) == 1, "the version with one table")
    report_now = person.get(f"/api/sources/{report}/plan").json()["report"]
    assert [one["state"] for one in report_now["sheets"]] == ["loaded", "off"]
    offered = report_now["offered"][0]
    assert offered["key"] == "table 2" and offered["origin"]["preview"][0] == ["Order", "Product", "Amount"]
    wait_until(lambda: search(person, "onboarding"), "the text of the new version")
    assert search(person, "onboarding")[0]["passage"]["page"] in (1, 3)


def test_documents_in_one_archive_are_found_all(person):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.pdf", documents.report())
        archive.writestr("minutes.docx", documents.minutes())
    person.load("papers.zip", packed.getvalue())
    assert "programme" in search(person, "onboarding")[0]["passage"]["text"]
    assert "Lisbon" in search(person, "Lisbon")[0]["passage"]["text"]
