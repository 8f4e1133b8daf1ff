"""The secretary asks people of other departments by name; who was silent may still speak, late."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from audit.models import Entry
from audit.selectors import sentence
from offices import bodies
from offices import services as offices
from offices.exceptions import BadInput, Conflict, NotPermitted
from offices.models import Appointment, SilenceRule
from offices.parties import INSTALLATION
from tests.pages import (
    MEMBERS,
    NEW_TEXT,
    NOW,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.models import ClauseRemark, LateOpinion, Opinion, ReviewRound
from workflows.services import reviewing

SECRETARY, HEAD_OF_COMMITTEE = "thuky-iso", "pct-vanxa"
OTHER = "cv-tuphap"
CITED = "khoản 3 Điều 12 Quy chế làm việc ban hành theo Quyết định số 09/QĐ-UBND"


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def proposed(cast):
    return OnTheWay(cast).brought_to("open_round")


@pytest.fixture
def asked(cast):
    return OnTheWay(cast).brought_to("opinion")


def round_of(way, *others):
    return {
        "reviewers": [way.cast.people[name].pk for name in MEMBERS],
        "consulted": [way.cast.people[name].pk for name in others],
        "working_days": "5",
        "form": "written",
        "message": "",
    }


def expire(way):
    """The clock ends the round."""
    held = ReviewRound.objects.get()
    reviewing.expire_round(round=held, key=uuid4(), at=held.due_at)
    return held


def speak_late(way, who, **fields):
    """Send a late opinion on the form of who was silent."""
    task = Opinion.objects.get(reviewer__username=who).task_id
    return way.sends(who, "y-kien-muon", task=task, **fields)


# Others, by name


def test_the_secretary_finds_others_by_department_and_never_the_drafter(proposed):
    page = proposed.opens(SECRETARY)
    groups = dict(page.context["forms"]["mo_luot"].others)
    names = [name for people in groups.values() for _key, name in people]
    assert "Chuyên viên Phòng Tư pháp" in names
    assert "Chuyên viên Phòng Nội vụ" not in names
    assert "Trưởng phòng Tư pháp" not in names
    assert "Quản trị" not in names
    assert len(names) == len(set(names))


def test_somebody_asked_by_name_reads_answers_and_is_named_with_the_post(proposed):
    assert proposed.browser(OTHER).get(f"/ho-so/{proposed.case.pk}/rut/").status_code == 404
    answer = proposed.sends(SECRETARY, "mo-luot", **round_of(proposed, OTHER))
    assert answer.status_code == 302
    opinion = Opinion.objects.get(reviewer__username=OTHER)
    assert (opinion.capacity, opinion.reviewer_title) == ("consulted", "Chuyên viên Phòng Tư pháp")
    assert (
        f"/viec/{opinion.task_id}/"
        in proposed.browser(OTHER).get("/ban-lam-viec/").content.decode()
    )
    page = proposed.opens(OTHER, owner=OTHER)
    assert "Chuyên viên Phòng Tư pháp (được lấy ý kiến ngoài Ban Chỉ đạo)" in said(page)
    given = proposed.sends(
        OTHER, "cho-y-kien", owner=OTHER, choice="disagree", reason="Trái thẩm quyền."
    )
    assert given.status_code == 302
    opinion.refresh_from_db()
    assert (opinion.choice, opinion.standing["post_title"]) == (
        "disagree",
        "Chuyên viên Phòng Tư pháp",
    )
    assert opinion.standing["grant_id"] is None
    paper = said(proposed.browser("vanthu").get(f"/van-ban/{proposed.case.document.reference}/"))
    assert "Chuyên viên Phòng Tư pháp (ngoài Ban Chỉ đạo)" in paper
    assert "3 người được lấy ý kiến cho ý kiến" in paper


def test_who_left_the_office_since_answers_no_longer(proposed):
    proposed.sends(SECRETARY, "mo-luot", **round_of(proposed, OTHER))
    task = Opinion.objects.get(reviewer__username=OTHER).task_id
    for term in Appointment.objects.filter(user__username=OTHER):
        offices.end_appointment(term, ends_on=NOW.date(), by=INSTALLATION, at=NOW)
    before = recorded()
    answer = proposed.sends(OTHER, "cho-y-kien", task=task, choice="agree")
    words = refused_without_a_trace(proposed, answer, 403, before=before)
    assert "Thư ký lấy ý kiến người kế nhiệm" in words


@pytest.mark.parametrize(
    ("who", "words"),
    [("cv-noivu", "người soạn thảo"), ("quantri", "đang công tác")],
)
def test_who_cannot_be_asked_by_name(proposed, who, words):
    before = recorded()
    answer = proposed.sends(SECRETARY, "mo-luot", **round_of(proposed, who))
    refused_without_a_trace(proposed, answer, 422, before=before)
    plan = reviewing.RoundPlan(
        (proposed.cast.people["cvp"].pk,), 5, "written",
        consulted_ids=(proposed.cast.people[who].pk,),
    )  # fmt: skip
    with pytest.raises(BadInput, match=words):
        reviewing.open_round(
            case_id=proposed.case.pk,
            ticket=proposed.paper.ticket("open_round"),
            plan=plan,
            by=proposed.cast.people[SECRETARY],
            at=NOW,
        )
    assert recorded() == before


def test_a_member_named_twice_is_asked_once_as_member(proposed):
    plan = reviewing.RoundPlan(
        (proposed.cast.people["cvp"].pk,), 5, "written",
        consulted_ids=(proposed.cast.people["cvp"].pk,),
    )  # fmt: skip
    reviewing.open_round(
        case_id=proposed.case.pk,
        ticket=proposed.paper.ticket("open_round"),
        plan=plan,
        by=proposed.cast.people[SECRETARY],
        at=NOW,
    )
    assert Opinion.objects.get().capacity == "member"


# Late


def test_a_late_opinion_is_attached_counted_apart_and_changes_no_conclusion(asked):
    asked.paper.opinion(MEMBERS[0], at=NOW)
    asked.paper.opinion(MEMBERS[1], at=NOW)
    expire(asked)
    page = said(asked.browser(MEMBERS[2]).get(f"/viec/{_task(MEMBERS[2])}/"))
    assert "Ý kiến gửi bây giờ được đính kèm lượt, ghi là ý kiến muộn" in page
    answer = speak_late(asked, MEMBERS[2], choice="disagree", reason="Chưa có nguồn lực.")
    assert answer.status_code == 302
    opinion = Opinion.objects.get(reviewer__username=MEMBERS[2])
    assert (opinion.choice, opinion.late.choice) == ("silent", "disagree")
    shown = said(asked.opens(HEAD_OF_COMMITTEE))
    assert "1 ý kiến muộn, không tính vào kết quả của lượt." in shown
    assert "Ý kiến muộn, không đồng ý" in shown
    # Nothing need be answered: late dissent does not hold the conclusion up.
    assert asked.sends(HEAD_OF_COMMITTEE, "thong-nhat", text="Thống nhất.").status_code == 302
    assert asked.waits_at() == {"check_form"}
    paper = said(asked.browser("vanthu").get(f"/van-ban/{asked.case.document.reference}/"))
    assert "Trưởng phòng Tài chính – Kế hoạch: ý kiến muộn, không đồng ý" in paper
    assert "0 Không đồng ý" in paper


def test_a_late_opinion_comes_after_the_conclusion_too_with_its_remark_on_a_clause(asked):
    for name in MEMBERS[:2]:
        asked.paper.opinion(name, at=NOW)
    expire(asked)
    asked.paper.conclude(HEAD_OF_COMMITTEE, "Thống nhất.", at=NOW)
    page = asked.browser(MEMBERS[2]).get(f"/viec/{_task(MEMBERS[2])}/")
    field = re.search(r'name="(remark-c\d+)"', page.content.decode()).group(1)
    answer = speak_late(asked, MEMBERS[2], choice="remarks", **{field: "Nêu rõ mức giảm."})
    assert answer.status_code == 302
    assert LateOpinion.objects.get().choice == "remarks"
    assert ClauseRemark.objects.get().text == "Nêu rõ mức giảm."
    assert asked.waits_at() == {"check_form"}
    shown = asked.browser(MEMBERS[2]).get(f"/viec/{_task(MEMBERS[2])}/")
    assert "Nêu rõ mức giảm." in said(shown)
    assert "Gửi ý kiến muộn" not in said(shown)


def test_nobody_speaks_late_twice_or_while_the_round_is_open_or_for_another(asked):
    before = recorded()
    early = speak_late(asked, MEMBERS[2], choice="agree")
    words = refused_without_a_trace(asked, early, 409, before=before)
    assert "Lượt lấy ý kiến còn mở" in words
    asked.paper.opinion(MEMBERS[0], at=NOW)
    expire(asked)
    before = recorded()
    another = asked.sends(MEMBERS[0], "y-kien-muon", task=_task(MEMBERS[2]), choice="agree")
    refused_without_a_trace(asked, another, 403, before=before)
    answered = speak_late(asked, MEMBERS[0], choice="agree")
    refused_without_a_trace(asked, answered, 409, before=before)
    assert speak_late(asked, MEMBERS[2], choice="agree").status_code == 302
    before = recorded()
    again = speak_late(asked, MEMBERS[2], choice="disagree", reason="Nghĩ lại.")
    words = refused_without_a_trace(asked, again, 409, before=before)
    assert "mỗi người chỉ cho ý kiến một lần" in words


def test_late_dissent_needs_its_reason_and_what_was_typed_stays(asked):
    expire(asked)
    before = recorded()
    answer = speak_late(asked, MEMBERS[2], choice="disagree", remarks="Giữ 98%.")
    refused_without_a_trace(asked, answer, 422, before=before)
    assert "Giữ 98%." in answer.content.decode()
    assert f'action="/viec/{_task(MEMBERS[2])}/y-kien-muon/"' in answer.content.decode()


def test_an_opinion_on_a_text_that_was_sent_anew_is_no_longer_taken(asked):
    expire(asked)
    asked.sends(HEAD_OF_COMMITTEE, "tra-lai", reason=REASON)
    asked.paper.assign("tp-noivu", "cv-noivu", at=NOW)
    asked.paper.rewrite("cv-noivu", NEW_TEXT, at=NOW)
    old = asked.case.revision.content_digest
    asked.paper.resubmit("cv-noivu", at=NOW)
    before = recorded()
    answer = speak_late(asked, MEMBERS[2], choice="agree", digest=old)
    refused_without_a_trace(asked, answer, 409, before=before)


def _task(who):
    return Opinion.objects.get(reviewer__username=who).task_id


# Silence


def test_silence_is_no_agreement_where_no_regulation_is_cited(asked):
    expire(asked)
    shown = said(asked.opens(HEAD_OF_COMMITTEE))
    assert "3 người không có ý kiến khi hết hạn." in shown
    assert "coi là đồng ý" not in shown


def test_silence_agrees_by_the_clause_cited_when_the_round_was_opened(cast):
    offices.cite_silence_rule(
        office=cast.office, citation=CITED, begins_on=date(2024, 1, 2), by=INSTALLATION, at=NOW
    )
    way = OnTheWay(cast).brought_to("opinion")
    assert f"được coi là đồng ý theo {CITED}" in said(way.opens(MEMBERS[0], owner=MEMBERS[0]))
    offices.end_silence_rule(office=cast.office, ends_on=date(2024, 1, 15), by=INSTALLATION, at=NOW)
    expire(way)
    shown = said(way.opens(HEAD_OF_COMMITTEE))
    assert f"3 người không có ý kiến khi hết hạn, được coi là đồng ý theo {CITED}." in shown
    assert set(Opinion.objects.values_list("choice", flat=True)) == {"silent"}
    later = OnTheWay(cast, at=NOW).brought_to("opinion")
    assert later.case.rounds.get().silence_rule == ""


def test_a_rule_on_silence_cites_something_and_follows_the_one_before(cast):
    given = {"office": cast.office, "by": INSTALLATION, "at": NOW}
    with pytest.raises(BadInput):
        offices.cite_silence_rule(citation=" ", begins_on=date(2024, 1, 2), **given)
    offices.cite_silence_rule(citation=CITED, begins_on=date(2024, 1, 2), **given)
    with pytest.raises(Conflict):
        offices.cite_silence_rule(citation=CITED, begins_on=date(2024, 1, 2), **given)
    with pytest.raises(NotPermitted):
        offices.cite_silence_rule(
            **{**given, "by": cast.people[SECRETARY]}, citation=CITED, begins_on=date(2024, 3, 1)
        )
    offices.cite_silence_rule(citation="Điều 13", begins_on=date(2024, 2, 1), **given)
    spans = SilenceRule.objects.order_by("begins_on").values_list("begins_on", "ends_on")
    assert list(spans) == [(date(2024, 1, 2), date(2024, 2, 1)), (date(2024, 2, 1), None)]


def test_a_rule_that_has_not_begun_is_withdrawn_or_replaced_and_the_one_before_goes_on(cast):
    given = {"office": cast.office, "by": INSTALLATION, "at": NOW}
    for day, words in ((date(2024, 1, 2), "Điều 12"), (date(2024, 2, 1), "Điều 13")):
        offices.cite_silence_rule(citation=words, begins_on=day, **given)
    call_command(
        "cite_silence_rule", cast.office.key, "2024-02-01", "--citation", "Điều 14", "--instead"
    )
    assert bodies.silence_rule(cast.office, on=date(2024, 2, 1)) == "Điều 14"
    call_command("cite_silence_rule", cast.office.key, "2024-02-01", "--withdraw")
    assert bodies.silence_rule(cast.office, on=date(2024, 2, 1)) == "Điều 12"
    heads = Entry.objects.filter(action="silence.withdrawn").order_by("pk")
    assert [(one.head, "Điều 1" in sentence(one)) for one in heads] == [(False, True), (True, True)]
    # what has begun can be ended alone
    with pytest.raises(CommandError, match="Không có quy định nào sắp áp dụng"):
        call_command("cite_silence_rule", cast.office.key, "2024-01-02", "--withdraw")
    assert SilenceRule.objects.filter(withdrawn_at__isnull=False).count() == 2


def test_a_rule_withdrawn_leaves_the_end_that_stood_before_it(cast):
    given = {"office": cast.office, "by": INSTALLATION, "at": NOW}
    offices.cite_silence_rule(citation="Điều 12", begins_on=date(2024, 1, 2), **given)
    offices.end_silence_rule(ends_on=date(2024, 2, 1), **given)
    offices.cite_silence_rule(citation="Điều 13", begins_on=date(2024, 2, 1), **given)
    offices.withdraw_silence_rule(begins_on=date(2024, 2, 1), **given)
    assert bodies.silence_rule(cast.office, on=date(2024, 2, 1)) == ""


def test_the_command_cites_and_ends_with_a_sentence_for_what_cannot_be(cast, capsys):
    call_command("cite_silence_rule", cast.office.key, "2024-01-02", "--citation", CITED)
    assert CITED in capsys.readouterr().out
    with pytest.raises(CommandError, match="đã có quy định"):
        call_command("cite_silence_rule", cast.office.key, "2024-01-02", "--citation", CITED)
    call_command("cite_silence_rule", cast.office.key, "2024-02-01", "--end")
    assert SilenceRule.objects.get().ends_on == date(2024, 2, 1)
    with pytest.raises(CommandError, match="no office"):
        call_command("cite_silence_rule", "khong-co", "2024-02-01", "--end")
