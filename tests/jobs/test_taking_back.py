"""Whoever sent a paper on takes it back before anybody acted on it; then all is as before the act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from audit.models import Entry
from audit.selectors import sentence
from documents.models import ReadGrant
from documents.policies import readable
from tests.pages import (
    MEMBERS,
    NOW,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.mining.conformance import deviations
from workflows.models import (
    Case,
    FormCheck,
    Opinion,
    Referral,
    ReviewRound,
    SubmissionNote,
    TakeBack,
    TaskDue,
)
from workflows.selectors import traces

# The step a paper waits at, who sent it there, and the step that is theirs again.
SENT = {
    "propose": ("cv-noivu", "rework"),
    "open_round": ("tp-noivu", "propose"),
    "sign": ("cvp", "check_form"),
}


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


def takes_back(way, who, **fields):
    address = f"/ho-so/{way.case.pk}/lay-lai/"
    return way.browser(who).post(address, {**way.ticket(""), "reason": "", **fields})


def page(way, who):
    return way.browser(who).get(f"/ho-so/{way.case.pk}/lay-lai/")


@pytest.mark.parametrize("node", SENT)
def test_the_sender_has_the_step_again_and_the_deadline_runs_on(cast, node):
    way = OnTheWay(cast).brought_to(node)
    who, again = SENT[node]
    former = {due.due_at for due in TaskDue.objects.filter(case=way.case)}
    assert takes_back(way, who).status_code == 302
    assert way.waits_at() == {again}
    due = TaskDue.objects.get(task_id=way.task().pk).due_at
    assert (due in former) is (node != "propose")
    assert TakeBack.objects.get().by.username == who


def test_a_proposal_taken_back_leaves_its_note_in_the_file_and_its_number_unused(cast):
    way = OnTheWay(cast).brought_to("open_round")
    assert takes_back(way, "tp-noivu", reason="Thiếu phụ lục.").status_code == 302
    case, note = way.case, SubmissionNote.objects.get()
    assert (case.revision.stage, case.revision.cited_note) == ("draft", "")
    assert (note.revision, note.taken_back.reason, note.number) == (None, "Thiếu phụ lục.", "01")
    assert case.revision.ended_at is None
    way.paper.propose("tp-noivu", "Kính trình lại.", at=NOW)
    again = SubmissionNote.objects.get(taken_back=None)
    assert (again.number, again.revision) == ("02", way.case.revision)
    assert "02/TTr-" in way.case.revision.cited_note
    entry = Entry.objects.get(action="paper.taken_back")
    assert "lấy lại lần trình" in sentence(entry)


def test_the_committee_stops_reading_what_was_taken_back_from_it_and_may_read_it_again(cast):
    way = OnTheWay(cast).brought_to("open_round")
    secretary = cast.people["thuky-iso"]
    takes_back(way, "tp-noivu")
    assert not ReadGrant.objects.filter(department__isnull=False, valid_until__isnull=True).exists()
    tomorrow = NOW.replace(day=17)
    assert not readable(secretary, at=tomorrow).filter(pk=way.case.document_id).exists()
    way.paper.propose("tp-noivu", "Kính trình lại.", at=NOW)
    assert readable(secretary, at=tomorrow).filter(pk=way.case.document_id).exists()


def test_a_check_taken_back_keeps_the_opinions_and_asks_the_signatory_no_more(cast):
    way = OnTheWay(cast).brought_to("sign")
    assert takes_back(way, "cvp").status_code == 302
    assert way.case.revision.stage == "endorsed"
    assert FormCheck.objects.get().revision is None
    open_grants = ReadGrant.objects.filter(valid_until__isnull=True)
    assert not open_grants.filter(capability="sign").exists()
    assert open_grants.filter(user__username__in=MEMBERS).count() == len(MEMBERS)
    way.paper.check("cvp", "Đủ điều kiện ký.", at=NOW)
    way.paper.sign("pct-kinhte", at=NOW)
    assert way.waits_at() == {"register"}


def test_a_submission_taken_back_opens_the_text_and_is_sent_again_as_the_next_revision(cast):
    way = OnTheWay(cast).brought_to("propose")
    assert takes_back(way, "cv-noivu").status_code == 302
    first = way.case.revision
    assert first.ended_because == "Người gửi lấy lại."
    drafter, paper = way.browser("cv-noivu"), way.case.document
    copy = paper.working_copy
    given = {"base": copy.text, "text": copy.text, "lock_version": copy.lock_version}
    address = f"/soan/{paper.reference}/"
    assert drafter.post(address, {**given, "act": "save"}).status_code == 302
    newest = paper.revisions.newest_first().first()
    hidden = {**way.ticket(""), "digest": newest.content_digest}
    assert drafter.post(f"/viec/{hidden['task']}/trinh-lai/", hidden).status_code == 302
    assert way.waits_at() == {"propose"}
    assert way.case.revision.amendment == 2


def test_a_referral_taken_back_gives_the_vice_chairman_the_signature_again(cast):
    way = OnTheWay(cast).brought_to("sign")
    way.carried_by_hand("pct-kinhte", "sign", "trinh-chu-tich", reason="Vượt phân công.")
    assert takes_back(way, "pct-kinhte").status_code == 302
    assert way.case.referred_at is None
    assert Referral.objects.count() == 1
    assert "Vượt phân công." not in said(way.opens("pct-kinhte", "sign"))
    way.paper.sign("pct-kinhte", at=NOW)
    assert way.waits_at() == {"register"}


def test_whoever_was_chosen_to_rework_is_unchosen(cast):
    way = OnTheWay(cast).brought_to("open_round")
    way.carried_by_hand("thuky-iso", "open_round", "tra-lai", reason=REASON)
    way.carried_by_hand(
        "tp-noivu", "receive_return", "giao-sua", drafter=cast.people["cv-noivu"].pk
    )
    assert takes_back(way, "tp-noivu").status_code == 302
    assert way.waits_at() == {"receive_return"}
    assert way.case.drafter.username == "cv-noivu"


@pytest.mark.parametrize(("node", "who"), [("open_round", "cv-noivu"), ("open_round", "thuky-iso")])
def test_only_whoever_sent_it_takes_it_back(cast, node, who):
    way = OnTheWay(cast).brought_to(node)
    sentence_ = "Chỉ người đã gửi văn bản đi mới lấy lại được."
    assert sentence_ in said(page(way, who))
    before = recorded()
    assert sentence_ in refused_without_a_trace(way, takes_back(way, who), 403, before=before)


def test_what_somebody_acted_on_is_not_taken_back_and_says_who_was_first(cast):
    way = OnTheWay(cast).brought_to("open_round")
    stale = way.ticket("")
    way.paper.open_round("thuky-iso", MEMBERS, 5, at=NOW)
    before = recorded()
    words = refused_without_a_trace(way, takes_back(way, "tp-noivu", **stale), 409, before=before)
    assert "Thư ký" in words
    assert "đã làm trước" in words


def test_the_next_person_learns_who_took_the_paper_back(cast):
    way = OnTheWay(cast).brought_to("open_round")
    task = way.task().pk
    takes_back(way, "tp-noivu")
    words = said(way.browser("thuky-iso").get(f"/viec/{task}/"))
    assert "Người gửi đã lấy lại: " in words


def test_a_conclusion_decides_and_is_not_taken_back(cast):
    way = OnTheWay(cast).brought_to("check_form")
    before = recorded()
    words = refused_without_a_trace(way, takes_back(way, "pct-vanxa"), 403, before=before)
    assert "Bước này là một quyết định, không lấy lại được." in words
    assert "Không có gì để lấy lại" in said(page(way, "pct-vanxa"))


def test_taking_back_twice_is_one_and_there_is_nothing_more_behind_it(cast):
    way = OnTheWay(cast).brought_to("open_round")
    hidden = way.ticket("")
    assert takes_back(way, "tp-noivu", **hidden).status_code == 302
    before = recorded()
    refused_without_a_trace(way, takes_back(way, "tp-noivu", **hidden), 409, before=before)
    words = refused_without_a_trace(way, takes_back(way, "cv-noivu"), 403, before=before)
    assert "Không có việc nào đang chờ ở đây do người khác gửi đến." in words


def test_the_button_stands_on_the_paper_and_on_the_page_of_what_was_done(cast):
    way = OnTheWay(cast).brought_to("open_round")
    done = TaskDue.objects.filter(case=way.case).order_by("pk").first().task_id
    link = f'href="/ho-so/{way.case.pk}/lay-lai/"'
    paper = f"/van-ban/{way.case.document.reference}/"
    for address in (paper, f"/viec/{done}/"):
        assert link in way.browser("tp-noivu").get(address).content.decode()
    assert link not in way.browser("thuky-iso").get(paper).content.decode()
    way.paper.open_round("thuky-iso", MEMBERS, 5, at=NOW)
    words = said(way.browser("tp-noivu").get(f"/viec/{done}/"))
    assert "Lấy lại Đã có người xử lý tiếp, không lấy lại được nữa." in words


def test_a_signature_is_taken_back_before_the_number_with_a_reason_and_never_unsigned(cast):
    way = OnTheWay(cast).brought_to("register")
    assert "Rút chữ ký thì sao" in said(page(way, "pct-kinhte"))
    before = recorded()
    refused_without_a_trace(way, takes_back(way, "pct-kinhte"), 422, before=before)
    assert takes_back(way, "pct-kinhte", reason="Ký nhầm bản.").status_code == 302
    signed = way.case.revision
    assert way.waits_at() == {"receive_return"}
    assert (signed.stage, signed.ended_because) == ("signed", "Ký nhầm bản.")
    assert signed.signature.signatory.username == "pct-kinhte"
    assert "rút chữ ký" in sentence(Entry.objects.get(action="signature.recalled"))


@pytest.mark.parametrize("who", ["cvp", "chutich", "vanthu"])
def test_nobody_else_takes_a_signature_back(cast, who):
    way = OnTheWay(cast).brought_to("register")
    before = recorded()
    refused_without_a_trace(way, takes_back(way, who, reason=REASON), 403, before=before)


def test_a_numbered_paper_keeps_its_signature(cast):
    way = OnTheWay(cast).brought_to("issue")
    before = recorded()
    refused_without_a_trace(way, takes_back(way, "pct-kinhte", reason=REASON), 403, before=before)


def test_a_note_stands_or_was_taken_back_and_never_both(cast):
    way = OnTheWay(cast).brought_to("open_round")
    note = SubmissionNote.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionNote.objects.filter(pk=note.pk).update(revision=None)
    takes_back(way, "tp-noivu")
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionNote.objects.filter(pk=note.pk).update(revision=way.case.revision)


def round_page(way, who="thuky-iso"):
    return said(way.browser(who).get(f"/van-ban/{way.case.document.reference}/"))


def test_a_round_nobody_has_answered_is_taken_back_and_asked_anew(cast):
    way = OnTheWay(cast).brought_to("opinion")
    task = way.paper.case.rounds.get().task_id
    former = TaskDue.objects.filter(case=way.case).latest("task_id").due_at
    assert "Lấy lại" in round_page(way)
    assert "Phiếu lấy ý kiến của những người được hỏi khép lại" in said(page(way, "thuky-iso"))
    sent = way.ticket("", task=task) | {"reason": "Thiếu Phòng Tài chính."}
    answer = way.browser("thuky-iso").post(f"/ho-so/{way.case.pk}/lay-lai/", sent)
    assert answer.status_code == 302, said(answer)
    assert way.waits_at() == {"open_round"}
    first = ReviewRound.objects.get()
    assert (first.closed_how, first.closed_because) == ("taken_back", "Thiếu Phòng Tài chính.")
    assert set(first.opinions.values_list("choice", flat=True)) == {"excused"}
    assert TaskDue.objects.get(task_id=way.task().pk).due_at == former
    asked = cast.people[MEMBERS[0]]
    assert not ReadGrant.objects.filter(user=asked, valid_until__isnull=True).exists()
    assert "Cho ý kiến" not in said(way.browser(MEMBERS[0]).get("/ban-lam-viec/"))
    assert "lấy lại lượt lấy ý kiến vừa mở" in sentence(
        Entry.objects.get(action="paper.taken_back")
    )
    # The next round is the second, and goes on to the conclusion as any other.
    later = NOW + timedelta(minutes=5)
    way.paper.open_round("thuky-iso", MEMBERS, 5, at=later)
    assert ReviewRound.objects.latest("pk").ordinal == 2
    for name in MEMBERS:
        way.paper.opinion(name, at=later)
    assert way.waits_at() == {"conclude"}
    assert deviations_of(way) == []


def deviations_of(way):
    case = Case.objects.select_related("document").get(pk=way.case.pk)
    rows = traces.rows_of([case])[case.pk]
    found = deviations(traces.of_case(case, rows, traces.Posts([])), IssuanceFlowV1)
    return [one for one in found if one.fault != "not_ended"]


@pytest.mark.parametrize("happened", ["answered", "excused"])
def test_a_round_in_which_somebody_answered_is_not_taken_back(cast, happened):
    way = OnTheWay(cast).brought_to("opinion")
    task = way.paper.case.rounds.get().task_id
    sent = way.ticket("", task=task)
    if happened == "answered":
        way.paper.opinion(MEMBERS[0], at=NOW)
    else:
        first = Opinion.objects.get(reviewer__username=MEMBERS[0])
        Opinion.objects.filter(pk=first.pk).update(choice="excused", given_at=NOW)
    before = recorded()
    answer = way.browser("thuky-iso").post(f"/ho-so/{way.case.pk}/lay-lai/", sent)
    refused_without_a_trace(way, answer, 409, before=before)
    assert ReviewRound.objects.get().closed_at is None
    assert "nên không lấy lại được" in said(answer) or "đã có người" in said(answer).lower()


def test_only_whoever_opened_the_round_takes_it_back(cast):
    way = OnTheWay(cast).brought_to("opinion")
    sent = way.ticket("", task=way.paper.case.rounds.get().task_id)
    before = recorded()
    answer = way.browser("pct-vanxa").post(f"/ho-so/{way.case.pk}/lay-lai/", sent)
    refused_without_a_trace(way, answer, 403, before=before)
