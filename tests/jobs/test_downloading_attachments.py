"""Files attached to a paper: proved against their hash, handed out as downloads, to readers alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from documents.services import drafting
from documents.services.revisions import save_version

DATA = b"%PDF-1.7 so sanh ket qua nam 2023"


@pytest.fixture
def attached(example, settings, tmp_path):
    """A draft of the Interior department with a file, saved as a version."""
    settings.FILES_DIR = tmp_path / "files"
    author = example.people["cv-noivu"]
    template = example.paper("policy 2024")
    paper = drafting.start_draft(
        department=template.drafting_department,
        plan=drafting.DraftPlan(kind="decision", subject="Thử tệp"),
        text=example.plain("policy 2024"),
        by=author,
        at=example.now,
    )
    given = {"document": paper, "by": author, "at": example.now}
    file = drafting.attach(name="Bảng so sánh.pdf", data=DATA, **given)
    save_version(**given)
    return f"/van-ban/{paper.reference}/", file


def test_a_file_is_listed_with_its_hash_and_handed_out_as_a_download(example, attached):
    address, file = attached
    person = example.who("cv-noivu")
    page = person.opens(address)
    assert f"Bảng so sánh.pdf {len(DATA)}" in page.words.replace("\xa0", " ")
    answer = person.client.get(f"{address}tep/{file.pk}/")

    assert hashlib.sha256(answer.content).hexdigest() == file.sha256
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    sent_as = answer.headers["Content-Disposition"]
    assert sent_as.startswith("attachment;")
    assert "B%E1%BA%A3ng%20so%20s%C3%A1nh.pdf" in sent_as


def test_a_file_that_is_no_longer_what_was_attached_is_not_handed_out(example, attached):
    address, file = attached
    place = Path(settings.FILES_DIR) / file.sha256[:2] / file.sha256
    place.write_bytes(b"%PDF-1.7 something else")
    answer = example.who("cv-noivu").client.get(f"{address}tep/{file.pk}/")

    assert answer.status_code == 409
    assert "không còn đúng như khi đính kèm" in answer.content.decode()


def test_a_file_is_not_found_by_who_may_not_read_its_paper(example, attached):
    address, file = attached
    issued = f"/van-ban/{example.paper('1073/QĐ-CT').reference}/"

    assert example.who("cv-kinhte").is_refused(f"{address}tep/{file.pk}/") == 404
    assert example.who("cv-kinhte").is_refused(f"{issued}tep/{file.pk}/") == 404
    assert example.who("cv-noivu").is_refused(f"{issued}tep/{file.pk}/") == 404
