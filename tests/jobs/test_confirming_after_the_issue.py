"""A paper that went first is put to the committee after its issue; a refusal is answered, not forgotten."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from documents import lifecycle
from documents.effects import State
from documents.lifecycle import Stage
from documents.models import Document, Kind, Relation
from documents.selectors import state
from documents.services import letters, revisions, stages
from documents.services.letters import Wish
from offices import clock
from tests.going_first import CLAUSE, REFUSED, heard, refused, went_first
from tests.pages import MEMBERS, NOW, OnTheWay, said, the_office
from workflows import engine, mining
from workflows.deadlines import ROUND_DAYS
from workflows.exceptions import BadInput, Conflict
from workflows.flows.confirmation_v1 import ConfirmationFlowV1
from workflows.models import Confirmation, Opinion, TaskDue
from workflows.selectors import coming, confirmations, feasibility, foresight, traces
from workflows.services import (
    commenting,
    concluding,
    detours,
    later_hearing,
    returning,
    reviewing,
)
from workflows.services.acts import Ticket
from workflows.services.meeting import Said


@pytest.fixture
def way(db, settings):
    return went_first(settings)


def recall(way: OnTheWay) -> Relation:
    """A notice that recalls the paper, saved by the department."""
    by, paper = way.cast.people["cv-noivu"], way.case.document
    letter = letters.begin_letter(
        about=paper, wish=Wish(Kind.NOTICE, reason=REFUSED), by=by, at=NOW
    )
    revisions.save_version(document=letter, by=by, at=NOW)
    return Relation.objects.get(target=paper, source=letter)


# --- what is owed from the issue on -----------------------------------------------------------


def test_the_issue_opens_the_hearing_for_the_secretary_with_a_term_in_working_days(way):
    assert way.issued.document.is_issued
    assert way.waits_at() == {"open_round"}
    row = Confirmation.objects.get()
    # ten working days from Monday the 15th
    assert (row.due_at.date().isoformat(), row.confirmed) == ("2024-01-29", None)
    assert row.derivation[0].endswith("tính theo mặc định của phần mềm.")
    due = TaskDue.objects.get(case=way.case)
    assert "thường" in due.derivation[0]
    assert "2 ngày làm việc" in due.derivation[0]
    assert Entry.objects.filter(action="confirmation.owed", head=False).count() == 1
    desk = said(way.browser("thuky-iso").get("/ban-lam-viec/"))
    assert "Xác nhận sau khi phát hành" in desk
    # what it replaces is replaced already: nothing is foretold of a paper on its way
    assert not coming.on_the_way().exists()


def test_its_page_and_why_say_what_is_owed_by_whom_and_until_when(way):
    reference = way.case.document.reference
    page = said(way.browser("tp-noivu").get(f"/van-ban/{reference}/"))
    assert "Xác nhận sau Chưa xác nhận" in page
    assert CLAUSE in page
    assert "Đang chờ Thư ký Ban Chỉ đạo ISO mở lượt lấy ý kiến" in page
    why = said(way.browser("tp-noivu").get(f"/van-ban/{reference}/vi-sao/"))
    assert "Đang chờ Thư ký Ban Chỉ đạo ISO mở lượt lấy ý kiến" in why
    assert "Hạn xác nhận: 29/01/2024" in why
    # the drafters may mend it meanwhile, as ever
    drafter = said(way.browser("cv-noivu").get(f"/van-ban/{reference}/"))
    assert "Đính chính" in drafter
    # who only reads the issued paper is told nothing of it
    stranger = said(way.browser("cv-tuphap").get(f"/van-ban/{reference}/"))
    assert "Xác nhận sau" not in stranger
    assert CLAUSE not in stranger


def test_an_alarm_is_raised_when_the_term_is_over_and_falls_when_it_is_settled(way):
    watcher = way.browser("thuky-iso")
    assert "Xác nhận sau quá hạn" not in said(watcher.get("/canh-bao/"))
    clock.turn_to(NOW + timedelta(days=15))
    alarm = said(watcher.get("/canh-bao/"))
    assert "Xác nhận sau quá hạn 1" in alarm
    assert "Ban Chỉ đạo chưa kết luận" in alarm
    page = said(way.browser("tp-noivu").get(f"/van-ban/{way.case.document.reference}/"))
    assert "Xác nhận sau Quá hạn" in page
    heard(way).paper.case.refresh_from_db()
    concluding.conclude(
        case_id=way.case.pk, ticket=way.paper.ticket("conclude"), outcome=concluding.CONFIRMED,
        text="", by=way.cast.people["pct-vanxa"], at=NOW,
    )  # fmt: skip
    assert "Xác nhận sau quá hạn" not in said(watcher.get("/canh-bao/"))


def test_the_office_s_own_regulation_says_until_when_it_is_confirmed(db, settings):
    cast, citation = the_office(settings), "khoản 4 Điều 12 Quy chế làm việc"
    page = OnTheWay(cast).browser("quantri").get("/thoi-han/")
    fields = {name: one.initial for name, one in page.context["form"].fields.items()}
    changed = {"confirm-ordinary": "3 ngày", "citation": citation, "begins_on": "2024-01-15"}
    assert OnTheWay(cast).browser("quantri").post("/thoi-han/", fields | changed).status_code == 302
    way, row = went_first(settings, cast=cast), Confirmation.objects.get()
    assert row.due_at.date().isoformat() == "2024-01-18"
    assert row.derivation[0] == f"Theo {citation}, áp dụng từ 15/01/2024."
    paper = said(way.browser("tp-noivu").get(f"/van-ban/{way.case.document.reference}/"))
    assert f"Theo {citation}, áp dụng từ 15/01/2024." in paper


def test_a_paper_on_the_ordinary_path_owes_nothing(db, settings):
    way = OnTheWay(the_office(settings)).brought_to("issued")
    assert way.case.document.is_issued
    assert not Confirmation.objects.exists()


def test_every_page_of_the_hearing_tells_which_issued_paper_it_is_about_and_since_when_it_counts(
    way,
):
    paper = way.case.document
    number, old = f"{paper.number}/{paper.symbol} ngày 15/01/2024", "1073/QĐ-CT ngày 04/7/2023"
    told = f"Đã phát hành: Quyết định {number}, có hiệu lực từ ngày 15/01/2024. Còn hiệu lực"
    replaced = f"Thay thế Quyết định {old} , toàn bộ, từ ngày 15/01/2024"
    pages = [said(way.opens("thuky-iso"))]
    way.paper.open_round("thuky-iso", MEMBERS, 5, at=NOW)
    pages.append(said(way.opens("tp-tuphap", node="opinion")))
    for page in pages:
        assert told in page
        assert replaced in page
        assert "kể từ ngày ghi trên văn bản mới" not in page
        assert "Đã phát hành mức Hỏa tốc" in page
    desk = way.browser("tp-tuphap").get("/ban-lam-viec/")
    (row,) = [one for group in desk.context["groups"] for one in group.rows]
    assert (row.urgency, row.rank) == ("", 0)
    assert f"Xác nhận sau khi phát hành {number}" in said(desk)


# --- the committee confirms -------------------------------------------------------------------


def test_the_committee_confirms_and_the_matter_is_closed(way):
    page = said(heard(way).opens("pct-vanxa"))
    assert "Xác nhận: việc này kết thúc" in page
    assert "Thống nhất: văn bản sang" not in page
    way.carried_by_hand("pct-vanxa", "conclude", "thong-nhat", text="Xác nhận.")
    row = Confirmation.objects.get()
    assert row.confirmed
    assert (way.case.ended_how, way.waits_at()) == ("confirmed", set())
    assert way.case.revision.at_stage is Stage.ISSUED
    assert Entry.objects.filter(action="confirmation.given", head=True).count() == 1
    paper = said(way.browser("tp-noivu").get(f"/van-ban/{way.case.document.reference}/"))
    assert "Xác nhận sau Đã xác nhận" in paper


def test_it_is_confirmed_with_every_dissent_answered_or_not_confirmed_with_a_reason(way):
    heard(way, against="tp-tuphap")
    for outcome, text, sentence in (
        (concluding.CONFIRMED, "", "Tư pháp"),
        (concluding.UNCONFIRMED, " ", "Ghi lý do không xác nhận"),
        (concluding.ENDORSED, "x", "xác nhận hay không xác nhận"),
        (concluding.RETURNED, "x", "xác nhận hay không xác nhận"),
        ("", "x", "xác nhận hay không xác nhận"),
    ):
        with pytest.raises(BadInput, match=sentence):
            concluding.conclude(
                case_id=way.case.pk, ticket=way.paper.ticket("conclude"), outcome=outcome,
                text=text, by=way.cast.people["pct-vanxa"], at=NOW,
            )  # fmt: skip
    assert Confirmation.objects.get().confirmed is None


def test_what_is_issued_neither_goes_back_nor_is_withdrawn(way):
    ticket = way.paper.ticket("open_round")
    with pytest.raises(Conflict, match="không trả lại"):
        returning.return_paper(
            node="open_round", case_id=way.case.pk, ticket=ticket, reason="Sai.",
            by=way.cast.people["thuky-iso"], at=NOW,
        )  # fmt: skip
    with pytest.raises(Conflict):
        detours.withdraw(
            case_id=way.case.pk, ticket=Ticket(0, ticket.digest, uuid4()), reason="Thôi.",
            by=way.cast.people["tp-noivu"], at=NOW,
        )  # fmt: skip
    assert way.waits_at() == {"open_round"}
    assert "Trả lại" not in said(way.opens("thuky-iso"))


# --- the committee does not confirm -----------------------------------------------------------


def test_a_refusal_undoes_nothing_and_waits_for_who_signs(way):
    refused(way)
    row, paper = Confirmation.objects.get(), way.case.document
    assert row.confirmed is False
    assert way.waits_at() == {"answer_refusal"}
    assert state.legal([paper], on=NOW.date())[paper.pk].state is State.IN_FORCE
    desk = said(way.browser("pct-kinhte").get("/ban-lam-viec/"))
    assert "Xử lý ý kiến" in desk
    page = said(way.opens("pct-kinhte"))
    assert REFUSED in page
    assert "Xác nhận sau Không được xác nhận" in said(
        way.browser("tp-noivu").get(f"/van-ban/{paper.reference}/")
    )


def test_who_signs_keeps_it_with_a_reason(way):
    refused(way)
    way.carried_by_hand(
        "pct-kinhte", "answer_refusal", "xu-ly", way="kept", reason="Số liệu đã có ngày 14/01/2024."
    )
    row = Confirmation.objects.get()
    assert (row.way, row.answered_by.username, row.answer) == ("kept", "pct-kinhte", None)
    assert way.case.ended_how == "answered"
    paper = said(way.browser("tp-noivu").get(f"/van-ban/{way.case.document.reference}/"))
    assert "Xác nhận sau Đã xử lý" in paper
    assert "Số liệu đã có ngày 14/01/2024." in paper


def test_who_signs_names_the_notice_that_recalls_it_once_it_has_come_to_him(way):
    refused(way)
    relation = recall(way)
    sends = {"way": "recalled", "answer": str(relation.source_id), "reason": "Thu hồi."}
    # a draft of the department is not open to who signs
    assert way.sends("pct-kinhte", "xu-ly", node="answer_refusal", **sends).status_code == 422
    relation.source.read_grants.create(
        user=way.cast.people["pct-kinhte"], source="procedure", valid_from=NOW
    )
    page = said(way.opens("pct-kinhte"))
    assert "Thu hồi" in page
    wrong = way.sends("pct-kinhte", "xu-ly", node="answer_refusal", **{**sends, "way": "corrected"})
    assert wrong.status_code == 400
    assert "đúng với cách xử lý" in said(wrong)
    way.carried_by_hand("pct-kinhte", "answer_refusal", "xu-ly", **sends)
    assert Confirmation.objects.get().answer == relation.source


def test_the_minutes_of_its_meeting_speak_of_an_issued_paper_and_of_no_draft(way):
    began, ended = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    way.paper.call_meeting("thuky-iso", MEMBERS, began, "Phòng họp số 2", at=NOW)
    clock.turn_to(ended)
    agrees = {name: Said(present=True, choice=Opinion.Choice.AGREE) for name in MEMBERS}
    way.paper.minute("thuky-iso", "pct-vanxa", agrees, "Thống nhất.", at=ended)
    sheet = said(way.browser("thuky-iso").get(f"/ho-so/{way.case.pk}/bien-ban/"))
    assert "Họp lấy ý kiến về văn bản đã phát hành “" in sheet
    assert "về dự thảo" not in sheet


def test_advice_asked_for_in_the_hearing_stands_on_the_page_of_the_paper(way):
    commenting.ask_comment(
        case_id=way.case.pk, ticket=way.paper.ticket("open_round"),
        of=way.cast.people["tp-tuphap"], question="Mở lượt bằng văn bản hay họp?",
        by=way.cast.people["thuky-iso"], at=NOW,
    )  # fmt: skip
    page = said(way.browser("tp-noivu").get(f"/van-ban/{way.case.document.reference}/"))
    assert "Mở lượt bằng văn bản hay họp?" in page


@pytest.mark.parametrize(
    ("dated_on", "answers"), [("2024-01-14", False), ("2024-01-15", True), (None, True)]
)
def test_a_paper_dated_before_the_refusal_does_not_answer_it(way, dated_on, answers):
    refused(way)
    relation, who = recall(way), way.cast.people["pct-kinhte"]
    relation.source.read_grants.create(user=who, source="procedure", valid_from=NOW)
    Document.objects.filter(pk=relation.source_id).update(
        number="05", symbol="TB-UBND", dated_on=dated_on
    )
    page = said(way.opens("pct-kinhte"))
    assert ("Không chọn được 05/TB-UBND ngày 14/01/2024" in page) is not answers
    given = {
        "case_id": way.case.pk, "ticket": way.paper.ticket("answer_refusal"), "way": "recalled",
        "reason": "Thu hồi.", "answer_id": relation.source_id, "by": who, "at": NOW,
    }  # fmt: skip
    if answers:
        assert later_hearing.answer_refusal(**given).answer == relation.source
        return
    with pytest.raises(BadInput, match="đề ngày trước 15/01/2024, ngày Ban Chỉ đạo không"):
        later_hearing.answer_refusal(**given)
    sends = {"way": "recalled", "answer": str(relation.source_id), "reason": "Thu hồi."}
    assert way.sends("pct-kinhte", "xu-ly", node="answer_refusal", **sends).status_code == 422
    assert Confirmation.objects.get().way == ""


def test_a_notice_that_was_withdrawn_answers_nothing(way):
    refused(way)
    relation = recall(way)
    who, paper = way.cast.people["pct-kinhte"], way.case.document
    relation.source.read_grants.create(user=who, source="procedure", valid_from=NOW)
    assert confirmations.answers_to(paper, by=who, at=NOW) == [relation]
    stages.move(relation.revision, lifecycle.WITHDRAW)
    assert confirmations.answers_to(paper, by=who, at=NOW) == []
    sends = {"way": "recalled", "answer": str(relation.source_id), "reason": "Thu hồi."}
    assert way.sends("pct-kinhte", "xu-ly", node="answer_refusal", **sends).status_code == 422


def test_the_paper_that_answers_is_named_to_those_alone_who_may_open_it(way):
    refused(way)
    relation = recall(way)
    relation.source.read_grants.create(
        user=way.cast.people["pct-kinhte"], source="procedure", valid_from=NOW
    )
    sends = {"way": "recalled", "answer": str(relation.source_id), "reason": "Thu hồi."}
    task = way.paper.ticket("answer_refusal").task_id
    way.carried_by_hand("pct-kinhte", "answer_refusal", "xu-ly", **sends)
    link, paper = f"/van-ban/{relation.source.reference}/", way.case.document.reference
    for page in (f"/van-ban/{paper}/", f"/van-ban/{paper}/vi-sao/", f"/viec/{task}/"):
        opened = way.browser("pct-kinhte").get(page).content.decode()
        shut = way.browser("tp-tuphap").get(page).content.decode()
        assert "Thu hồi bằng thông báo" in shut, page
        assert link in opened, page
        assert link not in shut, page


def test_a_refusal_is_answered_by_nobody_else_and_by_nothing_that_does_not_exist(way):
    refused(way)
    for who in ("pct-vanxa", "thuky-iso", "tp-noivu"):
        answer = way.sends(who, "xu-ly", node="answer_refusal", way="kept", reason="Thôi.")
        assert answer.status_code == 403
    with pytest.raises(BadInput, match="Chọn văn bản dùng để"):
        later_hearing.answer_refusal(
            case_id=way.case.pk, ticket=way.paper.ticket("answer_refusal"), way="replaced",
            reason="Thay.", answer_id=way.case.document_id, by=way.cast.people["pct-kinhte"], at=NOW,
        )  # fmt: skip
    assert Confirmation.objects.get().way == ""


def test_the_database_keeps_an_answer_for_a_refusal_alone(way):
    row = Confirmation.objects.get()
    row.way, row.reason = "kept", "Không ai hỏi."
    row.answered_by, row.answered_at = way.cast.people["pct-kinhte"], NOW
    with pytest.raises(IntegrityError, match="only_a_refusal"), transaction.atomic():
        row.save()


# --- people, and the procedure itself ---------------------------------------------------------


def test_what_lies_ahead_asks_for_the_committee_and_for_who_signs(way):
    case = way.case
    assert feasibility.why_not(case.document, at=NOW, case=case, node="open_round") == []
    way.cast.people["pct-vanxa"].appointments.update(ends_on=NOW.date())
    (why,) = feasibility.why_not(case.document, at=NOW, case=case, node="open_round")
    assert "kết luận" in why


def test_the_hearing_is_a_case_that_keeps_its_procedure(way):
    assert all(one.amiss == () for one in foresight.live())
    refused(way).carried_by_hand(
        "pct-kinhte", "answer_refusal", "xu-ly", way="kept", reason="Giữ nguyên."
    )
    told = {trace.flow: trace for trace in traces.finished()}
    assert set(told) == {"issuance_v1", "confirmation_v1"}
    assert mining.deviations(told["confirmation_v1"], ConfirmationFlowV1) == []
    names = [event.name for event in told["confirmation_v1"].events]
    assert names[0] == "begin:submitted"
    assert names[-2:] == ["conclude:unconfirmed", "answer_refusal:settled"]
    assert engine.open_tasks([way.case.pk]) == []


def test_the_clock_ends_the_round_and_the_head_concludes_on_the_silence(way):
    way.paper.open_round("thuky-iso", MEMBERS, 5, at=NOW)
    round_ = way.case.rounds.get()
    assert reviewing.expire_round(round=round_, key=uuid4(), at=round_.due_at)
    assert way.waits_at() == {"conclude"}
    assert {one.choice for one in round_.opinions.all()} == {Opinion.Choice.SILENT}


def test_the_secretary_is_offered_the_ordinary_term_and_the_pace_of_hearings_has_a_page(way):
    form = way.opens("thuky-iso").context["forms"]["mo_luot"]
    assert form["working_days"].value() == ROUND_DAYS
    assert way.browser("cvp").get("/quy-trinh/confirmation_v1/thoi-gian/").status_code == 200


def test_what_the_chairman_signed_after_a_referral_he_answers_for(db, settings):
    way = refused(went_first(settings, referred=True))
    kept = {"way": "kept", "answer": "", "reason": "Số liệu đã đủ."}
    barred = way.sends("pct-kinhte", "xu-ly", **kept)
    assert (barred.status_code, "Chủ tịch quyết định" in said(barred)) == (403, True)
    assert way.sends("chutich", "xu-ly", **kept).status_code == 302
    assert Confirmation.objects.get().answered_by == way.cast.people["chutich"]
