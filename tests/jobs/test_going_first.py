"""An urgent paper goes before the committee is heard, where whoever is to sign decides so in writing."""

from __future__ import annotations

import pytest

from audit.models import Entry
from documents import papers
from documents.content.hearing import says_committee_was_heard
from documents.lifecycle import Stage
from documents.models import Document, Revision
from offices.models import Delegation
from tests.jobs.test_signing_for_another import lent
from tests.pages import NOW, OnTheWay, recorded, refused_without_a_trace, said, the_office
from workflows.example.acts import text_of
from workflows.exceptions import BadInput
from workflows.models import ReviewRound, SubmissionNote, Waiver
from workflows.selectors import feasibility
from workflows.services import urgent

BECAUSE = (
    "Đoàn kiểm tra của thành phố làm việc ngày mai, chưa có văn bản thì không triển khai được."
)
CLAUSE = "khoản 3 Điều 12 Quy chế làm việc"
ASKS = {
    "text": "Kính trình.",
    "urgency": "very_urgent",
    "goes_first": "on",
    "urgent_because": BECAUSE,
}
ALLOWS = {"legal_basis": CLAUSE, "reason": BECAUSE}


@pytest.fixture
def way(db, settings):
    return OnTheWay(the_office(settings)).brought_to("propose")


def put_urgently(way: OnTheWay) -> OnTheWay:
    way.carried_by_hand("tp-noivu", "propose", "trinh", **ASKS)
    return way


def let_go(way: OnTheWay) -> OnTheWay:
    put_urgently(way).carried_by_hand("pct-kinhte", "allow_urgent", "cho-di-truoc", **ALLOWS)
    return way


# --- the head of department asks --------------------------------------------------------------


def test_the_head_asks_and_the_paper_waits_for_who_is_to_sign(way):
    put_urgently(way)
    assert way.waits_at() == {"allow_urgent"}
    assert SubmissionNote.objects.get().urgent_because == BECAUSE
    desk = said(way.browser("pct-kinhte").get("/ban-lam-viec/"))
    assert "Cho đi trước" in desk
    page = said(way.opens("pct-kinhte"))
    assert BECAUSE in page
    assert "Trưởng phòng Nội vụ" in page
    why = said(way.browser("tp-noivu").get(f"/van-ban/{way.case.document.reference}/vi-sao/"))
    assert "quyết định cho đi trước" in why


def test_only_an_urgent_paper_is_put_first_and_only_with_a_reason(way):
    for changed, status, sentence in (
        ({"urgency": ""}, 400, "Chỉ văn bản khẩn mới đi trước"),
        ({"urgent_because": "  "}, 422, "Ghi lý do không chờ được Ban Chỉ đạo."),
        ({"goes_first": ""}, 422, "Đã ghi lý do; đánh dấu ô này"),
    ):
        before = recorded()
        answer = way.sends("tp-noivu", "trinh", node="propose", **{**ASKS, **changed})
        assert sentence in refused_without_a_trace(way, answer, status, before=before)
        assert "Kính trình." in said(answer)


@pytest.mark.parametrize(
    ("what", "value", "sentence"),
    [
        ("authority_kind", "committee", "thành viên biểu quyết trước"),
        ("kind", "official_letter", "không lấy ý kiến Ban Chỉ đạo; trình như thường"),
    ],
)
def test_what_the_members_vote_on_or_asks_no_committee_does_not_go_first(what, value, sentence):
    paper = Document(kind="decision", authority_kind="chairman")
    setattr(paper, what, value)
    with pytest.raises(BadInput, match=sentence):
        urgent.refuse_unfit(paper, Revision(), urgency="at_once")


def test_a_paper_that_says_the_committee_was_heard_does_not_go_first(way, monkeypatch):
    text = way.case.revision.text.replace(
        "Theo đề nghị của Trưởng phòng Nội vụ", "Theo đề nghị của Trưởng Ban Chỉ đạo ISO quận"
    )
    content = papers.read(text, kind="decision").content
    assert says_committee_was_heard(content) != ()
    monkeypatch.setattr("workflows.services.urgent.papers.content_of", lambda _revision: content)
    before = recorded()
    answer = way.sends("tp-noivu", "trinh", node="propose", **ASKS)
    words = refused_without_a_trace(way, answer, 400, before=before)
    assert "Phần căn cứ ghi Ban Chỉ đạo đề nghị hoặc đã cho ý kiến" in words


def test_the_head_takes_the_request_back_while_nobody_has_decided(way):
    put_urgently(way)
    case = way.case.pk
    answer = way.browser("tp-noivu").post(
        f"/ho-so/{case}/lay-lai/",
        {**way.ticket("take_back", "allow_urgent"), "reason": "Chưa kịp."},
    )
    assert answer.status_code == 302, said(answer)
    assert way.waits_at() == {"propose"}
    assert way.case.revision.at_stage is Stage.DRAFT


# --- who is to sign decides -------------------------------------------------------------------


def test_who_is_to_sign_lets_it_go_with_reason_and_clause(way):
    let_go(way)
    waiver = Waiver.objects.get()
    assert (waiver.by.username, waiver.legal_basis, waiver.allowed) == ("pct-kinhte", CLAUSE, True)
    assert waiver.content_digest == way.case.revision.content_digest
    assert way.waits_at() == {"check_form"}
    assert Entry.objects.filter(action="paper.let_go_first", head=True).count() == 1
    paper = said(way.browser("tp-noivu").get(f"/van-ban/{way.case.document.reference}/"))
    assert "Cho đi trước" in paper
    assert "xác nhận sau" in paper


def test_nothing_is_let_go_without_reason_or_clause_or_by_anybody_else(way):
    put_urgently(way)
    before = recorded()
    for missing in ("legal_basis", "reason"):
        answer = way.sends("pct-kinhte", "cho-di-truoc", **{**ALLOWS, missing: " "})
        refused_without_a_trace(way, answer, 422, before=before)
    for who in ("pct-vanxa", "thuky-iso", "cvp"):
        assert way.sends(who, "cho-di-truoc", **ALLOWS).status_code in {403, 404}
    assert recorded() == before
    assert way.waits_at() == {"allow_urgent"}


def test_a_colleague_who_stands_in_lets_it_go_under_both_names(way):
    put_urgently(way)
    lent(way.cast, "pct-kinhte", "pct-vanxa", Delegation.Kind.SUBSTITUTION)
    assert "Cho đi trước" in said(way.browser("pct-vanxa").get("/ban-lam-viec/"))
    way.carried_by_hand("pct-vanxa", "allow_urgent", "cho-di-truoc", **ALLOWS)
    waiver = Waiver.objects.get()
    assert waiver.by.username == "pct-vanxa"
    assert waiver.standing["principal_id"] == way.cast.people["pct-kinhte"].pk
    assert waiver.standing["delegation_id"] == Delegation.objects.get().pk


def test_who_drafted_a_paper_does_not_let_it_go_even_as_chairman(way):
    way.case.document.writers.create(user=way.cast.people["chutich"])
    put_urgently(way)
    answer = way.sends("chutich", "cho-di-truoc", **ALLOWS)
    assert answer.status_code == 403
    assert "không ký" in said(answer)
    assert not Waiver.objects.exists()


def test_it_is_signed_numbered_and_issued_without_a_round(way):
    let_go(way)
    check = said(way.opens("cvp"))
    assert CLAUSE in check
    slip = way.opens("cvp").context["forms"]["du_dieu_kien"]["text"].value()
    assert "đi trước khi lấy ý kiến Ban Chỉ đạo ISO" in slip
    assert "thống nhất:" not in slip
    way.paper.check("cvp", "Đủ điều kiện ký.", at=way.at)
    page = said(way.opens("pct-kinhte"))
    assert "Chưa lấy ý kiến; xác nhận sau khi phát hành" in page
    way.paper.sign("pct-kinhte", at=way.at)
    way._number()
    way._issue()
    assert way.case.document.is_issued
    assert not ReviewRound.objects.filter(case=way.case).exists()


def test_the_check_is_taken_back_to_where_it_came_from(way):
    let_go(way)
    way.paper.check("cvp", "Đủ điều kiện ký.", at=way.at)
    answer = way.browser("cvp").post(
        f"/ho-so/{way.case.pk}/lay-lai/", {**way.ticket("take_back", "sign"), "reason": "Nhầm."}
    )
    assert answer.status_code == 302, said(answer)
    assert way.case.revision.at_stage is Stage.PROPOSED
    way.paper.check("cvp", "Đủ điều kiện ký.", at=way.at)
    assert way.case.revision.at_stage is Stage.CHECKED


def test_who_is_to_sign_may_have_the_committee_heard_first(way):
    put_urgently(way)
    way.carried_by_hand("pct-kinhte", "allow_urgent", "lay-y-kien-truoc", reason="Còn kịp.")
    assert way.waits_at() == {"open_round"}
    assert not Waiver.objects.get().allowed
    asked = said(way.opens("thuky-iso"))
    assert "Đề nghị đi trước không được chấp thuận" in asked
    assert "Còn kịp." in asked
    way.paper.open_round("thuky-iso", ("tp-kinhte",), 1, at=way.at)
    way.paper.opinion("tp-kinhte", at=way.at)
    way.paper.conclude("pct-vanxa", "Thống nhất.", at=way.at)
    way.paper.check("cvp", "Đủ điều kiện ký.", at=way.at)
    assert way.case.revision.at_stage is Stage.CHECKED


def test_what_was_let_go_was_one_content_and_is_asked_for_anew_after_a_rework(way):
    let_go(way)
    way.carried_by_hand("cvp", "check_form", "tra-lai", reason="Sai thể thức.")
    way.paper.assign("tp-noivu", "cv-noivu", at=NOW)
    way.paper.rewrite("cv-noivu", "chinh-sach-muc-tieu-2024-lan-2", at=NOW)
    way.paper.resubmit("cv-noivu", at=NOW)
    way.paper.propose("tp-noivu", "Kính trình.", at=NOW)
    assert way.waits_at() == {"open_round"}
    assert not hasattr(way.case.revision, "waiver")


def test_what_lies_ahead_of_a_paper_put_first_asks_for_the_same_people(way):
    put_urgently(way)
    case = way.case
    assert feasibility.why_not(case.document, at=way.at, case=case, node="allow_urgent") == []
    way.cast.people["thuky-iso"].appointments.update(ends_on=way.at.date())
    assert any(
        "Thư ký" in one
        for one in feasibility.why_not(case.document, at=way.at, case=case, node="allow_urgent")
    )


# --- what a preamble says ---------------------------------------------------------------------

PREAMBLE = "Theo đề nghị của Trưởng phòng Nội vụ."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (PREAMBLE, False),
        ("Theo đề nghị của Ban Chỉ đạo ISO quận.", True),
        ("Xét đề nghị của Trưởng BCĐ ISO quận.", True),
        (f"{PREAMBLE}\n\nSau khi lấy ý kiến Ban Chỉ đạo ISO quận,", True),
        (f"Căn cứ kết luận của Ban Chỉ đạo ISO ngày 05 tháng 01 năm 2024;\n\n{PREAMBLE}", True),
        (
            "Căn cứ Quyết định số 12/QĐ-CT ngày 05 tháng 01 năm 2023 của Chủ tịch Ủy ban nhân dân "
            f"quận An Mẫu về việc kiện toàn Ban Chỉ đạo ISO quận;\n\n{PREAMBLE}",
            False,
        ),
    ],
)
def test_what_the_committee_said_is_told_from_what_set_it_up(line, says):
    text = text_of("chinh-sach-muc-tieu-2024-lan-2")
    assert PREAMBLE in text
    content = papers.read(text.replace(PREAMBLE, line), kind="decision").content
    assert bool(says_committee_was_heard(content)) is says
