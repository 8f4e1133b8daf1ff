"""A draft begun from last year's decision: what came along is flagged until somebody looked at it."""

from __future__ import annotations

from datetime import date

import pytest

from documents import drafts, papers, rules
from documents.models import Document, Kind, WorkingCopy
from documents.rules.carried import FiguresAreLookedAt
from documents.services import drafting
from documents.services.drafting import DraftPlan
from offices.models import Department

TODAY = date(2024, 1, 15)


@pytest.fixture
def moved_on(example):
    """The decision of 2023 moved on by a year, by its own department."""
    former = example.paper("1073/QĐ-CT")
    text = drafts.from_former(former, former.revisions.get(stage="issued"))
    return drafting.start_draft(
        department=former.drafting_department,
        plan=DraftPlan(kind=Kind.DECISION, subject="", drawn_from=former),
        text=text,
        by=example.people["cv-noivu"],
        at=example.now,
    )


def said(paper: Document, text: str = "") -> dict[str, list[str]]:
    """The sentences of each rule broken."""
    reading = papers.read(text or paper.working_copy.text, kind=paper.kind)
    found: dict[str, list[str]] = {}
    for one in rules.concerns(paper, reading.content, on=TODAY):
        found.setdefault(one.code, []).append(one.sentence)
    return found


def test_rows_that_stand_as_last_year_are_named(moved_on):
    (sentence,) = said(moved_on)["BH_CARRIED_ROWS"]
    assert "giữ nguyên như 1073/QĐ-CT" in sentence
    rows = [line for line in moved_on.working_copy.text.split("\n") if "\t" in line][1:]
    changed = rows[0].replace("\t", " đã xem lại\t", 2)
    (fewer,) = said(moved_on, moved_on.working_copy.text.replace(rows[0], changed))[
        "BH_CARRIED_ROWS"
    ]
    assert int(fewer.split()[0]) == int(sentence.split()[0]) - 1


def test_a_figure_that_stands_as_last_year_is_asked_about(moved_on):
    text = moved_on.working_copy.text.replace(
        "Điều 2.", "1. Hồ sơ đúng hạn từ 98% trở lên.\n\n2. Trả lời trong 5 ngày.\n\nĐiều 2.", 1
    )
    content = papers.read(text, kind=moved_on.kind).content

    def asked(new: str) -> list[str]:
        draft = rules.Draft(moved_on, papers.read(new, kind=moved_on.kind).content, TODAY)
        # as if the decision of last year had said the same
        draft.__dict__["former"] = content
        return [one.sentence for one in FiguresAreLookedAt().concerns(draft)]

    assert FiguresAreLookedAt.code == "BH_CARRIED_FIGURES"
    assert [one.split()[0] for one in asked(text)] == ["“98%”", "“5"]
    assert [one.split()[0] for one in asked(text.replace("98%", "99%"))] == ["“5"]


def test_a_year_of_the_former_period_is_flagged_where_the_new_one_is_meant(moved_on):
    text = moved_on.working_copy.text
    assert "BH_CARRIED_YEAR" not in said(moved_on)
    late = text.replace("Điều 2.", "Điều 2. Báo cáo trước ngày 30/11/2023.", 1)
    (sentence,) = said(moved_on, late)["BH_CARRIED_YEAR"]
    assert "“30/11/2023” thuộc kỳ trước (2023)" in sentence


def test_the_year_of_what_is_replaced_is_a_fact(moved_on):
    assert "ngày 04 tháng 7 năm 2023" in moved_on.working_copy.text
    assert "BH_CARRIED_YEAR" not in said(moved_on)


def test_recipients_are_looked_at_until_one_changes(moved_on):
    assert "1073/QĐ-CT" in said(moved_on)["BH_CARRIED_NAMES"][0]
    changed = moved_on.working_copy.text.replace("- Lưu", "- Phòng Tư pháp;\n- Lưu", 1)
    assert "BH_CARRIED_NAMES" not in said(moved_on, changed)


def test_a_department_that_has_ended_is_not_given_work(moved_on, example):
    Department.objects.create(
        office=moved_on.office, name="Phòng Tôn giáo", code="TG",
        begins_on=date(2020, 1, 1), ends_on=date(2023, 12, 31),
    )  # fmt: skip
    text = moved_on.working_copy.text.replace("Điều 2.", "Điều 2. Phòng Tôn giáo phối hợp.", 1)
    (sentence,) = said(moved_on, text)["BH_DEPARTMENT_ENDED"]
    assert "Phòng Tôn giáo đã kết thúc hoạt động từ ngày 31/12/2023" in sentence
    assert "BH_DEPARTMENT_ENDED" not in said(moved_on)


def test_a_draft_begun_otherwise_carries_nothing(example, moved_on):
    WorkingCopy.objects.filter(document=moved_on).update(drawn_from=None)
    assert not [code for code in said(Document.objects.get(pk=moved_on.pk)) if "CARRIED" in code]


def test_a_basis_that_was_amended_asks_for_its_amender(example):
    paper = example.paper("policy 2024")
    text = example.newest("policy 2024").text
    law = "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"
    assert law in text
    cited = rules.Draft(paper, papers.read(text, kind=paper.kind).content, TODAY).cited
    target, amender = cited[0].document, cited[1].document
    revision = example.newest("policy 2024")
    revision.relations.create(
        source=amender, target=target, verb="amends", raw="sửa đổi, bổ sung", ordinal=99
    )
    assert "ND30_6_BASIS_AMENDED" not in said(paper, text)
    alone = text.replace(text[text.index("; Luật sửa đổi") : text.index("năm 2019;") + 8], "", 1)
    (sentence,) = said(paper, alone)["ND30_6_BASIS_AMENDED"]
    assert "đã được sửa đổi, bổ sung bởi" in sentence
