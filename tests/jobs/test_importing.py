"""A specialist brings a paper that exists already: from Word, PDF, plain text or the clipboard."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from documents.content.facts import IssuanceFacts
from documents.importing.text import read_text
from documents.models import Attachment, Document, Intake, Revision, WorkingCopy
from documents.services import intakes
from tests.builders import rows_of, sent
from tests.cast import a_file
from tests.fixtures.files.pdf import scanned, set_pages
from tests.fixtures.files.word import of_content, of_paragraphs
from tests.printing import printed
from workflows.example.acts import text_of

AUTHOR = "cv-noivu"
PLAN = text_of("ke-hoach-danh-gia-noi-bo-2024")
STORED = (Document, WorkingCopy, Revision, Attachment, Intake, Entry)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture
def author(example):
    return example.who(AUTHOR)


# Read in, looked through, corrected, accepted


def brought(author, **given):
    """Bring a file or a paste; the page that shows it."""
    return author.sends(author.opens("/soan/nhap/").form("/soan/nhap/"), **given)


def test_a_word_file_is_looked_through_corrected_and_accepted(author):
    text = PLAN.replace("Điều 2.", "Điều 4.")
    data = of_content(read_text(text).content)
    page = brought(author, file=a_file("ke-hoach.docx", data))
    assert "Kế hoạch đánh giá nội bộ" in page.words
    assert "điều 4 ở vị trí" in page.words.casefold() or "Điều 4" in page.words
    assert re.search(r"Tới dòng \d+ \(đoạn \d+ của tệp\)", page.words)
    form = page.form(page.address)
    corrected = form.values["text"][0].replace("Điều 4.", "Điều 2.")
    draft = author.sends(form, text=corrected, act="accept", field_of_work="tong_hop")
    reference = draft.address.strip("/").rpartition("/")[2]
    assert read_text(author.text_of(reference)).content == read_text(PLAN).content
    kept = Attachment.objects.get(document__reference=reference)
    assert (kept.is_source, kept.name) == (True, "ke-hoach.docx")
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert not Intake.objects.exists()


def test_what_was_corrected_is_kept_until_it_is_accepted_or_put_aside(author):
    page = brought(author, pasted=PLAN)
    told = author.client.post(
        page.address, {**page.form(page.address).values, "text": PLAN + "\nThêm.", "act": "check"}
    )
    assert told.status_code == 200
    again = author.opens(page.address)
    assert again.form(page.address).values["text"][0].endswith("Thêm.")
    assert "Văn bản dán vào" in author.opens("/soan/nhap/").words
    author.sends(again.form(page.address), act="put_aside")
    assert author.client.get(page.address).status_code == 404
    heads = Entry.objects.filter(action__startswith="intake.").values_list("action", flat=True)
    assert sorted(heads) == ["intake.put_aside", "intake.read"]


def test_the_page_says_what_the_text_says_of_itself(author):
    page = brought(author, pasted=PLAN.replace("CHỦ TỊCH ỦY BAN", "ỦY BAN"))
    values = page.form(page.address).values
    assert values["kind"] == ["decision"]
    assert values["authority_kind"] == ["committee"]


def test_a_text_that_is_no_paper_yet_is_not_accepted_and_nothing_is_lost(author):
    page = brought(author, pasted=PLAN)
    form = page.form(page.address)
    told = author.is_told(form, text="Kính gửi: Sở Nội vụ", act="accept")
    assert told.status == 400
    assert "Công văn" in told.words
    assert "Kính gửi: Sở Nội vụ" in author.opens(page.address).form(page.address).values["text"][0]
    assert not Document.objects.filter(subject__contains="Sở Nội vụ").exists()


def test_only_who_brought_it_sees_it(author, example):
    address = brought(author, pasted=PLAN).address
    for other in ("cv-kinhte", "tp-noivu", "quantri"):
        assert example.who(other).client.get(address).status_code in {403, 404}


def test_more_than_twenty_at_a_time_are_refused(author, monkeypatch):
    monkeypatch.setattr(intakes, "MOST", 1)
    brought(author, pasted=PLAN)
    told = author.is_told(author.opens("/soan/nhap/").form("/soan/nhap/"), pasted=PLAN)
    assert (told.status, "đang xem dở" in told.words) == (400, True)


def test_the_named_rules_are_held_against_what_was_brought_each_at_its_place(author):
    basis = next(line for line in PLAN.split("\n") if "101/QĐ-BKHCN" in line)
    text = PLAN.replace("QUẬN AN MẪU\n", "HUYỆN BÌNH MẪU\n", 1).replace(
        basis, f"{basis}\n\n{basis.replace('21 tháng 01 năm 2019', '21 tháng 01 năm 2031')}"
    ).replace("Theo đề nghị", f"{basis}\n\nTheo đề nghị")  # fmt: skip
    first, again = (n for n, line in enumerate(text.split("\n"), 1) if line == basis)
    words = brought(author, file=a_file("ke-hoach.docx", of_content(read_text(text).content))).words
    assert "Văn bản ghi cơ quan ban hành là “Ủy ban nhân dân huyện Bình Mẫu”" in words
    future = re.search(
        r"101/QĐ-BKHCN đề ngày 21/01/2031, sau ngày ký. \(Nghị định 30/2020/NĐ-CP, [^)]*\) "
        r"Tới dòng (\d+) \(đoạn \d+ của tệp\)",
        words,
    )
    assert future
    twice = re.search(r"được viện dẫn hai lần .*?Tới dòng (\d+) \([^)]*\) · Tới dòng (\d+)", words)
    assert twice
    assert int(twice[1]) - int(twice[2]) == again - first
    assert int(future[1]) - int(twice[2]) == 2


def test_the_rules_follow_the_particulars_as_they_are_chosen(author):
    page = brought(author, pasted=PLAN)
    other = "khác với thẩm quyền đã chọn"
    assert other not in page.words
    values = page.form(page.address).values | {"text": PLAN, "act": "check"}
    told = author.client.post(page.address, values | {"authority_kind": "committee"})
    assert other in told.content.decode()
    # a damaged choice is said of the form; the rules are held against what the form began with
    told = author.client.post(page.address, values | {"authority_kind": "?", "year": "x"})
    assert (told.status_code, other in told.content.decode()) == (422, False)


def test_the_pages_ask_the_database_as_often_however_much_waits(author):
    """The page of one asks what every rule asks of papers, once, and once the papers unknown here."""

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            author.opens(address)
        return len(sent(captured))

    cited = PLAN.replace("Theo đề nghị", "Căn cứ Quyết định số 7/QĐ-CT ngày 05/3/2020;\n\n" * 9 + "Theo đề nghị")  # fmt: skip
    first = brought(author, pasted=PLAN).address
    assert (asked("/soan/nhap/"), asked(first)) == (8, 13)
    longer = brought(author, pasted=cited).address
    brought(author, pasted=cited)
    assert (asked("/soan/nhap/"), asked(first), asked(longer)) == (8, 13, 14)


def test_accepting_twice_makes_one_draft(author):
    page = brought(author, pasted=PLAN)
    form = page.form(page.address)
    before = Document.objects.count()
    author.sends(form, act="accept")
    assert author.is_told(form, act="accept").status == 404
    assert Document.objects.count() == before + 1


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({}, 422, "Chọn tệp, hoặc dán văn bản."),
        ({"file": a_file("cu.doc", OLD_WORD)}, 400, "Word kiểu cũ"),
        ({"file": a_file("quet.pdf", set_pages(scanned()))}, 400, "bản quét"),
        ({"file": a_file("van-ban.csv", PLAN.encode())}, 400, "Chọn tệp .docx, .pdf có lớp chữ"),
        ({"pasted": "Kính gửi: Sở Nội vụ"}, 400, "Công văn"),
        ({"pasted": "TỜ TRÌNH\nVề việc họp"}, 400, "Tờ trình"),
        ({"pasted": "KẾ HOẠCH\nTuyên truyền"}, 400, "Kế hoạch"),
        ({"pasted": "THÔNG BÁO\nNghỉ lễ"}, 400, "Thông báo"),
        ({"pasted": "MẬT\n\nQUYẾT ĐỊNH"}, 400, "văn bản mật"),
    ],
    ids=["nothing", "old", "scan", "sort", "letter", "submission", "plan", "notice", "secret"],
)
def test_what_is_no_paper_of_ours_is_told_apart_and_nothing_is_kept(
    author, given, status, sentence
):
    for one in given.values():
        if not isinstance(one, str):
            one.seek(0)
    before = rows_of(*STORED)
    told = author.is_told(author.opens("/soan/nhap/").form("/soan/nhap/"), **given)
    assert (told.status, sentence in told.words) == (status, True)
    assert rows_of(*STORED) == before


# From the clipboard


def test_html_from_the_clipboard_is_answered_with_plain_text_and_stores_nothing(author):
    before = rows_of(*STORED)
    html = "<table><tr><td>TT<td>Việc<td>Hạn<tr><td>1<td>Họp<td>quý I</table>"
    answer = author.client.post("/soan/nhap/dan/", {"html": html})
    assert answer.json() == {"text": "TT\tViệc\tHạn\n1\tHọp\tquý I\n"}
    deep = author.client.post("/soan/nhap/dan/", {"html": "<div>" * 1000 + "x"})
    assert (deep.status_code, "lồng nhau" in deep.json()["sentence"]) == (400, True)
    assert author.client.post("/soan/nhap/dan/", {}).status_code == 400
    assert rows_of(*STORED) == before


# A draft straight from a file


def test_a_word_file_is_read_and_kept_beside_the_draft_outside_its_digest(author):
    data = of_content(read_text(PLAN).content)
    reference = author.begins(way="text", kind="decision", file=a_file("du-thao.docx", data))
    assert read_text(author.text_of(reference)).content == read_text(PLAN).content
    kept = Attachment.objects.get(document__reference=reference)
    assert (kept.is_source, kept.name) == (True, "du-thao.docx")
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    page = author.opens(f"/soan/{reference}/")
    assert "tệp gốc của dự thảo, không phát hành" in page.words
    author.writes(reference, PLAN)
    version = Revision.objects.get(document__reference=reference)
    assert not version.attachments.exists()
    assert kept.sha256.encode() not in bytes(version.canonical)
    started = Entry.objects.get(action="draft.started", subject_key=str(kept.document_id))
    assert started.details["source"] == kept.sha256


def test_a_printed_pdf_is_read_into_the_draft_it_was_printed_from(author):
    content = read_text(PLAN).content
    data = printed(content, IssuanceFacts(number=5, symbol="KH-UBND")).data
    reference = author.begins(way="text", kind="decision", file=a_file("ban-in.pdf", data))
    read = read_text(author.text_of(reference)).content
    assert [one.text for one in read.articles] == [one.text for one in content.articles]
    assert Attachment.objects.get(document__reference=reference).media_type == "application/pdf"


NFD = unicodedata.normalize("NFD", PLAN)


@pytest.mark.parametrize(
    ("given", "noted"),
    [
        ({"file": a_file("nfd.txt", NFD.encode())}, "đã được ghép thành Unicode dựng sẵn"),
        ({"file": a_file("u16.txt", PLAN.encode("utf-16"))}, "UTF-16"),
        ({"file": a_file("an.md", f"\u200b{PLAN}".encode())}, "Đã bỏ 1 ký tự ẩn"),
        ({"pasted": NFD}, "đã được ghép thành Unicode dựng sẵn"),
    ],
)
def test_what_was_changed_on_the_way_in_is_said_once_when_the_draft_opens(author, given, noted):
    form = author.opens("/soan/").form("/soan/")
    page = author.sends(form, way="text", kind="decision", **given)
    assert noted in page.words
    assert read_text(PLAN).content.title in page.words
    assert noted not in author.opens(page.address).words, "the draft itself is clean"


def test_a_clean_text_begins_without_a_note(author):
    form = author.opens("/soan/").form("/soan/")
    page = author.client.post("/soan/", {**form.values, "way": "text", "kind": "decision",
                                         "pasted": PLAN}, follow=True)  # fmt: skip
    assert 'class="toasts"' not in page.content.decode()


@pytest.mark.parametrize(
    ("file", "status", "sentence"),
    [
        (a_file("lon.docx", b"PK" * (5 * 1024 * 1024 + 1)), 422, "Tệp lớn hơn 10 MB"),
        (a_file("cu.doc", OLD_WORD), 400, "Word kiểu cũ"),
        (a_file("hong.docx", b"PK\x03\x04"), 400, "bị hỏng"),
        (a_file("thu.docx", of_paragraphs("Kính gửi: Sở Nội vụ")), 400, "Công văn"),
        (a_file("quet.pdf", set_pages(scanned())), 400, "bản quét"),
        (a_file("mat.docx", of_paragraphs("MẬT", "QUYẾT ĐỊNH")), 400, "văn bản mật"),
    ],
    ids=["large", "old", "damaged", "letter", "scan", "secret"],
)
def test_a_file_that_cannot_be_a_paper_is_refused_and_nothing_is_stored(
    author, file, status, sentence
):
    file.seek(0)
    before = rows_of(*STORED)
    form = author.opens("/soan/").form("/soan/")
    told = author.is_told(form, way="text", kind="decision", file=file)
    assert (told.status, sentence in told.words) == (status, True)
    assert rows_of(*STORED) == before
