"""What a draft of objectives is held against: measurable, planned, read one way, not lower than above."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from documents.models import Effect
from documents.papers import content_of
from documents.rules.base import Draft
from documents.rules.cascade import ObjectivesAreNotLower
from tests.acting import issue, sign
from tests.objectives import confirm, read
from tests.rules.test_draft_rules import codes, said
from workflows.example.acts import text_of
from workflows.services import objectives

ECONOMY = text_of("muc-tieu-phong-kinh-te-2024")
POLICY = text_of("chinh-sach-muc-tieu-2024-lan-2")
HEAD = "TT\tMục tiêu\tChỉ tiêu\tBiện pháp thực hiện\tĐơn vị thực hiện\tKỳ báo cáo"


def changed(text, *pairs):
    """A text with its words replaced; each must have been there."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def table(*rows, head=HEAD):
    """The policy of 2024 with another table of objectives."""
    before, _, _ = POLICY.partition("TT\tMục tiêu")
    return before + "\n".join([head, *rows]) + "\n"


def test_a_target_that_two_people_would_judge_differently_is_named(example):
    found = [one for one in said(example, "economy objectives") if one.code == "ISO_6_2_1_B"]
    (concern,) = found
    assert (concern.severity, concern.clause_id != "") == ("warn", True)
    assert "hai lần trở lên" in concern.sentence
    better = changed(
        ECONOMY, ("Giảm số hồ sơ phải bổ sung từ hai lần trở lên", "Giảm 10% số hồ sơ phải bổ sung")
    )
    assert "ISO_6_2_1_B" not in codes(example, "economy objectives", better)


def test_a_figure_about_conduct_cannot_be_measured_and_a_verdict_can(example):
    conduct = table("1\tCông chức\t100% có thái độ đúng mực\tTập huấn\tVăn phòng\tHằng năm")
    (told,) = [
        one.sentence for one in said(example, "policy 2024", conduct) if one.code == "ISO_6_2_1_B"
    ]
    assert "có con số nhưng không đếm được" in told
    verdict = table("1\tHệ thống\tHậu kiểm kết luận đạt\tTập huấn\tVăn phòng\tHằng năm")
    assert "ISO_6_2_1_B" not in codes(example, "policy 2024", verdict)


@pytest.mark.parametrize(
    ("code", "row", "head"),
    [
        ("ISO_6_2_2_A", "1\tĐúng hạn\t≥ 95%\t\tVăn phòng\tHằng quý", HEAD),
        ("ISO_6_2_2_B", "1\tĐúng hạn\t≥ 95%\tNhắc hạn\tVăn phòng\tHằng quý", HEAD),
        ("ISO_6_2_2_C", "1\tĐúng hạn\t≥ 95%\tNhắc hạn\t\tHằng quý", HEAD),
        ("ISO_6_2_2_D_EACH", "1\tĐúng hạn\t≥ 95%\tNhắc hạn\tVăn phòng\t", HEAD),
        ("ISO_6_2_2_E", "1\tĐúng hạn\t≥ 95%\tNhắc hạn\tVăn phòng\t", HEAD),
        (
            "BH_TARGET_UNSURE",
            "1\tĐúng hạn\tTăng 1% so với năm 2023\tNhắc hạn\tVăn phòng\tQuý",
            HEAD,
        ),
        (
            "BH_TARGET_UNSURE",
            "1\tĐúng hạn\t≥ 9%\tNhắc\tVăn phòng\t31/02/2024",
            HEAD.replace("Kỳ báo cáo", "Thời hạn"),
        ),
    ],
)
def test_what_an_objective_does_not_say_is_named(example, code, row, head):
    assert code in codes(example, "policy 2024", table(row, head=head))


def test_an_objective_that_says_everything_keeps_every_rule_of_its_planning(example):
    whole = table("1\tĐúng hạn\t≥ 95%\tBố trí trực thay\tVăn phòng\tHằng quý")
    kept = {
        one for one in codes(example, "policy 2024", whole) if one.startswith(("ISO_6_2_2", "BH_T"))
    }
    assert kept == set()


def test_what_every_objective_lacks_is_said_once(example):
    rows = [f"{n}\tViệc {n}\t≥ 95%\tNhắc hạn\t\tHằng quý" for n in (1, 2, 3)]
    found = [one for one in said(example, "policy 2024", table(*rows)) if one.code == "ISO_6_2_2_C"]
    assert [one.sentence for one in found] == [
        "Chưa giao ai chịu trách nhiệm về mục tiêu nào trong văn bản."
    ]


def test_one_person_charged_with_all_is_responsible_for_each(example):
    assert "ISO_6_2_2_C" not in codes(example, "economy objectives")
    without = changed(
        ECONOMY,
        ("Trưởng phòng Kinh tế báo cáo kết quả thực hiện trước ngày 10 tháng đầu mỗi quý. ", ""),
    )
    assert "ISO_6_2_2_C" in codes(example, "economy objectives", without)


ASKED = ("ISO_6_2_1_B", "ISO_6_2_2_A", "ISO_6_2_2_C", "BH_TARGET", "BH_CASCADE")


def test_a_procedure_is_asked_nothing_about_objectives(example):
    assert not [one for one in codes(example, "control procedure") if one.startswith(ASKED)]


def test_brackets_of_a_blank_form_are_no_objectives_yet(example):
    blank = table("1\t[Mục tiêu]\t[Mức phải đạt]\t[Biện pháp]\t[Đơn vị]\t[Kỳ]")
    assert not [one for one in codes(example, "policy 2024", blank) if one.startswith(ASKED)]


def test_a_department_does_not_ask_less_than_its_office(example):
    lower = changed(ECONOMY, ("đúng hạn đạt từ 99%", "đúng hạn đạt từ 97%"))
    assert "BH_CASCADE" not in codes(example, "economy objectives", lower), "nothing is issued yet"
    sign(example)()
    issue(example, "policy 2024")()
    (concern,) = [
        one for one in said(example, "economy objectives", lower) if one.code == "BH_CASCADE"
    ]
    assert example.paper("policy 2024").cited_as in concern.sentence
    assert "ít nhất 99%" in concern.sentence
    assert concern.clause_id
    assert "BH_CASCADE" not in codes(example, "economy objectives"), "equal is not lower"


def in_force_above(example):
    """The office's decision of 2024 is issued."""
    sign(example)()
    issue(example, "policy 2024")()


def sentences(example, text, code):
    """What a draft of Phòng Kinh tế is told under one code."""
    return [one.sentence for one in said(example, "economy objectives", text) if one.code == code]


def test_what_is_not_taken_up_and_what_cannot_be_compared_is_told_as_a_note(example):
    in_force_above(example)
    unlike = changed(ECONOMY, ("đúng hạn đạt từ 99% trở lên", "đúng hạn đạt ít nhất 50 hồ sơ"))
    (told,) = sentences(example, unlike, "BH_CASCADE_UNLIKE")
    assert "ít nhất 50 hồ sơ" in told
    assert "khác đơn vị tính" in told
    (missing,) = sentences(example, ECONOMY, "BH_CASCADE_OPEN")
    assert example.paper("policy 2024").cited_as in missing
    assert "đúng hạn" not in missing
    assert "BH_CASCADE_OPEN" not in codes(example, "policy 2024"), "the decision itself is above"


def test_a_reading_that_was_mended_before_the_issue_binds_nobody_any_more(example):
    revision, stated = read(example, "policy 2024")
    first = stated.objectives[0]
    raised = replace(first, targets=(replace(first.targets[0], value=Decimal("99.9")),))
    for settled in (replace(stated, objectives=(raised, *stated.objectives[1:])), stated):
        objectives.confirm_objectives(
            revision=revision, digest=revision.content_digest, stated=settled, corrected=1,
            key=uuid4(), by=example.people["thuky-iso"], at=example.now,
        )  # fmt: skip
    in_force_above(example)
    assert sentences(example, ECONOMY, "BH_CASCADE") == []


def test_a_decision_that_has_ceased_binds_nobody(example):
    in_force_above(example)
    lower = changed(ECONOMY, ("đúng hạn đạt từ 99%", "đúng hạn đạt từ 97%"))
    assert sentences(example, lower, "BH_CASCADE") != []
    Effect.objects.create(
        target=example.paper("policy 2024"), kind="ceases", valid_from=example.today,
        recorded_at=example.now, operation_id=uuid4(),
    )  # fmt: skip
    assert sentences(example, lower, "BH_CASCADE") == []


def test_objectives_of_another_year_are_no_measure(example):
    confirm(example, "812/QĐ-CT")()
    lower = changed(ECONOMY, ("đúng hạn đạt từ 99%", "đúng hạn đạt từ 90%"))
    assert "BH_CASCADE" not in codes(example, "economy objectives", lower)


def test_what_is_above_is_asked_in_one_query(example, django_assert_num_queries):
    draft = Draft(
        example.paper("economy objectives"),
        content_of(example.newest("economy objectives")),
        example.today,
    )
    assert draft.cited == ()
    with django_assert_num_queries(1):
        list(ObjectivesAreNotLower().concerns(draft))
