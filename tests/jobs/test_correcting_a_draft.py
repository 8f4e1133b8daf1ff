"""A specialist corrects what was decided of a draft besides its words; from submission on it stands."""

from __future__ import annotations

import pytest

from audit.models import Entry
from audit.selectors import sentence
from documents.models import Document, Revision
from tests.builders import rows_of
from workflows import engine
from workflows.example.acts import text_of
from workflows.models import Case

AUTHOR = "cv-noivu"
PLAN = text_of("ke-hoach-danh-gia-noi-bo-2024")
PROCEDURE = "QUY TRÌNH\nTiếp công dân\n\n1. Mục đích\n\nQuy định việc tiếp công dân.\n"
STORED = (Document, Revision, Entry)


@pytest.fixture
def author(example):
    return example.who(AUTHOR)


@pytest.fixture
def draft(author):
    """A decision begun for the wrong Vice-Chairman; its reference."""
    return author.begins(way="text", kind="decision", pasted=PLAN, field_of_work="van_xa")


def corrects(author, reference, **chosen):
    return author.sends(author.opens(f"/soan/{reference}/").form("/thong-tin/"), **chosen)


def test_a_wrong_authority_and_field_are_corrected_and_the_text_stays(author, draft):
    page = corrects(
        author, draft, authority_kind="committee", field_of_work="tong_hop",
        access_level="internal",
    )  # fmt: skip
    paper = Document.objects.get(reference=draft)
    assert (paper.authority_kind, paper.field_of_work, paper.access_level) == (
        "committee", "tong_hop", "internal",
    )  # fmt: skip
    assert "Ủy ban nhân dân · Trong nội bộ cơ quan" in page.words
    assert "TM. ỦY BAN NHÂN DÂN" in page.words
    assert author.text_of(draft).strip() == PLAN.strip()


def test_the_correction_is_recorded_with_what_stood_before(author, draft):
    corrects(author, draft, authority_kind="committee")
    entry = Entry.objects.get(action="draft.particulars_corrected")
    told = sentence(entry)
    assert told.startswith("Chuyên viên Phòng Nội vụ sửa thông tin của")
    assert "Quyết định, thẩm quyền Ủy ban nhân dân, phạm vi đọc Công khai" in told
    assert (entry.details["was_authority_kind"], entry.details["authority_kind"]) == (
        "chairman", "committee",
    )  # fmt: skip


def test_what_changes_nothing_is_not_recorded(author, draft):
    before = rows_of(*STORED)
    told = author.is_told(author.opens(f"/soan/{draft}/").form("/thong-tin/"))
    assert told.status == 400
    assert "Không có gì thay đổi: thông tin đã ghi đúng như vậy." in told.words
    assert rows_of(*STORED) == before


@pytest.mark.parametrize(
    "wrong",
    [{"authority_kind": "king"}, {"kind": "law"}, {"access_level": ""}, {"field_of_work": "x"}],
)
def test_a_value_that_is_not_offered_comes_back_with_its_place(author, draft, wrong):
    before = rows_of(*STORED)
    told = author.is_told(author.opens(f"/soan/{draft}/").form("/thong-tin/"), **wrong)
    assert told.status == 422
    assert "1 chỗ cần sửa" in told.words
    assert rows_of(*STORED) == before


def test_the_kind_follows_the_text_and_no_version_of_the_former_kind_is_submitted(author):
    reference = author.begins(
        way="text", kind="procedure", pasted=PROCEDURE, field_of_work="van_xa"
    )
    author.writes(reference, author.text_of(reference))
    form = author.opens(f"/soan/{reference}/").form("/thong-tin/")
    told = author.is_told(form, kind="quality_policy")
    assert told.status == 400
    assert "Dòng 1 cho thấy đây là Quy trình" in told.words
    assert Document.objects.get(reference=reference).kind == "procedure"

    author.writes(reference, PROCEDURE.replace("QUY TRÌNH", "CHÍNH SÁCH CHẤT LƯỢNG"), act="keep")
    page = corrects(author, reference, kind="quality_policy")
    assert "Chính sách chất lượng" in page.words
    paper = Document.objects.get(reference=reference)
    assert (paper.kind, paper.type_name) == ("quality_policy", "Chính sách chất lượng")
    assert "Gửi trưởng đơn vị" in page.barred
    author.writes(reference, author.text_of(reference))
    author.submits(reference)
    assert Case.objects.get(document=paper).revision.ordinal == 2


def test_once_submitted_the_facts_stand_until_the_paper_comes_back(example, author, draft):
    form = author.opens(f"/soan/{draft}/").form("/thong-tin/")
    author.writes(draft, PLAN)
    author.submits(draft)
    page = author.opens(f"/soan/{draft}/")
    assert "Đã gửi trình: loại, thẩm quyền, lĩnh vực và phạm vi đọc giữ nguyên" in page.words
    before = rows_of(*STORED)
    told = author.is_told(form, authority_kind="committee")
    assert told.status == 409
    assert "Văn bản đã gửi trình, nội dung không sửa được lúc này." in told.words
    assert rows_of(*STORED) == before

    head = example.who("tp-noivu")
    (task,) = engine.open_tasks([Case.objects.get(document__reference=draft).pk])
    head.sends(head.opens(f"/viec/{task.pk}/").form("/tra-lai/"), reason="Sai thẩm quyền.")
    corrects(author, draft, authority_kind="committee")
    assert Document.objects.get(reference=draft).authority_kind == "committee"


@pytest.mark.parametrize("who", ["tp-noivu", "cv-kinhte", "vanthu", "quantri"])
def test_nobody_but_the_departments_specialists_corrects_them(example, author, draft, who):
    before = rows_of(*STORED)
    answer = example.who(who).client.post(
        f"/soan/{draft}/thong-tin/",
        {"kind": "decision", "authority_kind": "committee", "field_of_work": "van_xa",
         "access_level": "public"},
    )  # fmt: skip
    assert answer.status_code in {403, 404}
    assert rows_of(*STORED) == before
