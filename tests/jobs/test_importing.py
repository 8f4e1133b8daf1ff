"""A specialist brings a paper that exists already: from Word, PDF, plain text or the clipboard."""

from __future__ import annotations

import hashlib

import pytest

from audit.models import Entry
from documents.content.facts import IssuanceFacts
from documents.importing.text import read_text
from documents.models import Attachment, Document, Revision, WorkingCopy
from tests.builders import rows_of
from tests.cast import a_file
from tests.fixtures.files.pdf import scanned, set_pages
from tests.fixtures.files.word import of_content, of_paragraphs
from tests.printing import printed
from workflows.example.acts import text_of

AUTHOR = "cv-noivu"
PLAN = text_of("ke-hoach-danh-gia-noi-bo-2024")
STORED = (Document, WorkingCopy, Revision, Attachment, Entry)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture
def author(example):
    return example.who(AUTHOR)


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
