"""What was remarked is taken up or explained, line by line, before the paper is sent on."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from audit.models import Entry
from audit.selectors import sentence
from documents import papers
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
from workflows.exceptions import BadInput
from workflows.models import ClauseRemark, KeptUptakes, Opinion, Uptake
from workflows.services import submitting, uptaking
from workflows.services.acts import Ticket
from workflows.services.reviewing import Remark
from workflows.services.uptaking import TakenUp

DRAFTER, HEAD, SECRETARY, HEAD_OF_COMMITTEE = "cv-noivu", "tp-noivu", "thuky-iso", "pct-vanxa"
DISSENT, REMARK = "Chưa có nguồn lực để làm.", "Ghi rõ mức giảm."


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def returned(cast):
    """The committee objected and remarked, the head returned it, a new version is saved."""
    way = OnTheWay(cast).brought_to("opinion")
    places = papers.places(papers.content_of(way.case.revision))
    clause = next(key for key, label in places.items() if label == "Điều 2")
    way.paper.opinion(MEMBERS[0], choice="disagree", remarks=DISSENT, at=NOW)
    way.paper.opinion(MEMBERS[1], choice="remarks", on=[Remark(clause, "Điều 2", REMARK)], at=NOW)
    way.paper.opinion(MEMBERS[2], at=NOW)
    assert way.sends(HEAD_OF_COMMITTEE, "tra-lai", reason=REASON).status_code == 302
    way.paper.assign(HEAD, DRAFTER, at=NOW)
    way.paper.rewrite(DRAFTER, NEW_TEXT, at=NOW)
    return way


def lines(page):
    """The fields of the table, by the words of the remark."""
    form = page.context["forms"]["trinh_lai"]
    return {row["remark"].text: row for row in form.rows()}


def send_on(way, **answers):
    """Send the newest version with the table's fields."""
    page = way.opens(DRAFTER)
    hidden = page.context["forms"]["trinh_lai"].initial
    sent = {name: str(value) for name, value in hidden.items()}
    return way.browser(DRAFTER).post(f"/viec/{sent['task']}/trinh-lai/", sent | answers)


def filled(way):
    """Answers to both remarks: the dissent explained, the remark taken up where it was made."""
    rows = lines(way.opens(DRAFTER))
    dissent, remark = rows[DISSENT], rows[REMARK]
    return {
        dissent["how"].html_name: "explained",
        dissent["text"].html_name: "Đã bố trí trong kế hoạch.",
        remark["how"].html_name: "accepted",
        remark["place"].html_name: remark["place"].value(),
        remark["text"].html_name: "Ghi mức giảm 1%.",
    }


def test_the_table_is_made_of_what_was_remarked_dissent_first(returned):
    page = returned.opens(DRAFTER)
    assert list(lines(page)) == [DISSENT, REMARK]
    words = said(page)
    assert "Bảng tổng hợp, tiếp thu, giải trình 2 ý kiến" in words
    assert "Trưởng phòng Tư pháp về Điều 2" in words
    # Where the clause still stands it is proposed as the place.
    place = lines(page)[REMARK]["place"]
    assert dict(place.field.choices)[place.value()] == "Điều 2"


def test_nothing_is_sent_while_a_line_is_open_and_what_was_typed_stays(returned):
    answers = filled(returned)
    how = lines(returned.opens(DRAFTER))[DISSENT]["how"].html_name
    before = recorded()
    answer = send_on(returned, **{**answers, how: ""})
    words = refused_without_a_trace(returned, answer, 422, before=before)
    assert "Mỗi ý kiến phải chọn tiếp thu hoặc giải trình" in words or "1 chỗ cần sửa" in words
    assert "Ghi mức giảm 1%." in answer.content.decode()
    assert returned.waits_at() == {"rework"}


@pytest.mark.parametrize(
    ("remark", "part", "words"),
    [
        (DISSENT, "text", "Ghi lý do không tiếp thu góp ý này."),
        (REMARK, "place", "Chọn chỗ trong bản mới đã tiếp thu góp ý này."),
    ],
)
def test_a_line_says_where_or_why(returned, remark, part, words):
    answers = filled(returned)
    name = lines(returned.opens(DRAFTER))[remark][part].html_name
    before = recorded()
    answer = send_on(returned, **{**answers, name: ""})
    assert words in refused_without_a_trace(returned, answer, 422, before=before)


def test_the_lines_are_kept_with_the_revision_sent_and_recorded(returned):
    assert send_on(returned, **filled(returned)).status_code == 302
    assert returned.waits_at() == {"propose"}
    kept = {one.sort: one for one in Uptake.objects.all()}
    assert set(kept) == {"accepted", "explained"}
    assert {one.revision_id for one in kept.values()} == {returned.case.revision_id}
    assert kept["accepted"].place_label == "Điều 2"
    assert kept["accepted"].clause_remark == ClauseRemark.objects.get()
    (entry,) = Entry.objects.filter(action="remarks.taken_up")
    assert "tiếp thu 1, giải trình 1" in sentence(entry)


def test_a_use_case_without_its_table_names_whose_remark_is_open(returned):
    (task,) = [returned.task("rework")]
    newest = returned.case.document.revisions.newest_first()[0]
    given = {
        "case_id": returned.case.pk,
        "ticket": Ticket(task.pk, newest.content_digest, returned.paper.key()),
        "by": returned.cast.people[DRAFTER],
        "at": NOW,
    }
    with pytest.raises(BadInput, match="còn thiếu: Ủy viên Ban Chỉ đạo ISO, Trưởng phòng Kinh tế"):
        submitting.resubmit(**given)
    with pytest.raises(BadInput, match="lượt khác"):
        submitting.resubmit(**given, uptakes=[TakenUp("999999", "explained", text="Không.")])
    place = TakenUp(lines(returned.opens(DRAFTER))[REMARK]["remark"].key, "accepted", "c999")
    why = TakenUp(lines(returned.opens(DRAFTER))[DISSENT]["remark"].key, "explained", text="Không.")
    with pytest.raises(BadInput, match="không có trong phiên bản"):
        submitting.resubmit(**given, uptakes=[place, why])
    assert not Uptake.objects.exists()
    assert returned.waits_at() == {"rework"}


def test_the_next_form_tells_the_member_what_became_of_the_remark_and_what_changed_since(returned):
    send_on(returned, **filled(returned))
    returned.paper.propose(HEAD, "Kính trình lại.", at=NOW)
    returned.paper.open_round(SECRETARY, MEMBERS, 5, at=NOW)
    page = returned.opens(MEMBERS[1], owner=MEMBERS[1])
    words = said(page)
    assert "Khác bản đã cho ý kiến" in words
    assert "Đã cho ý kiến về bản sửa đổi 0." in words or "bản sửa đổi 1." in words
    assert "Góp ý lần trước đã được tiếp thu, giải trình" in words
    assert "Tiếp thu tại Điều 2" in words
    assert "Ghi mức giảm 1%." in words
    assert DISSENT not in words
    assert re.search(r"<ins>[^<]+</ins>", page.content.decode())
    # Who only agreed is shown the difference, and no answers.
    other = said(returned.opens(MEMBERS[2], owner=MEMBERS[2]))
    assert "Góp ý lần trước" not in other


def test_the_difference_is_that_to_the_text_one_answered_on_not_to_the_last_one(returned):
    send_on(returned, **filled(returned))
    first = Opinion.objects.filter(reviewer__username=MEMBERS[1]).get().round.revision
    # Returned before a round: a third revision, on which nobody was asked between.
    returned.sends(HEAD, "tra-lai", reason=REASON)
    returned.paper.rewrite(DRAFTER, "chinh-sach-muc-tieu-2024-lan-1", at=NOW)
    returned.paper.resubmit(DRAFTER, at=NOW)
    returned.paper.propose(HEAD, "Kính trình lại.", at=NOW)
    returned.paper.open_round(SECRETARY, MEMBERS, 5, at=NOW)
    page = returned.opens(MEMBERS[1], owner=MEMBERS[1])
    assert page.context["answered_before"] == first
    assert page.context["since_previous"].counts == (), "the text is again the one answered on"


def test_the_whole_table_is_printed_from_its_page_by_who_may_follow(returned):
    send_on(returned, **filled(returned))
    address = f"/van-ban/{returned.case.document.reference}/tong-hop-y-kien/"
    page = returned.browser(HEAD).get(address)
    words = said(page)
    assert "Bảng tổng hợp, tiếp thu, giải trình ý kiến" in words
    assert DISSENT in words
    assert "Giải trình : Đã bố trí trong kế hoạch." in words
    assert "Tiếp thu tại Điều 2 : Ghi mức giảm 1%." in words
    assert "data-print" in page.content.decode()
    assert returned.browser("cv-tuphap").get(address).status_code == 404


def test_what_the_head_answered_on_endorsing_needs_no_second_line(cast):
    way = OnTheWay(cast).brought_to("check_form", opinions={MEMBERS[0]: ("disagree", DISSENT)})
    assert way.sends("cvp", "tra-lai", reason=REASON).status_code == 302
    way.paper.assign(HEAD, DRAFTER, at=NOW)
    way.paper.rewrite(DRAFTER, NEW_TEXT, at=NOW)
    assert lines(way.opens(DRAFTER)) == {}
    assert send_on(way).status_code == 302


def keeps(way, who=DRAFTER, **answers):
    """Keep the table as it is, from its page."""
    page = way.opens(DRAFTER)
    hidden = page.context["forms"]["luu_bang"].initial
    sent = {name: str(value) for name, value in hidden.items()}
    return way.browser(who).post(f"/viec/{sent['task']}/luu-bang/", sent | answers)


def test_a_half_filled_table_is_kept_and_nothing_is_recorded_before_it_is_sent(returned):
    before, rows = recorded(), lines(returned.opens(DRAFTER))
    dissent, remark = rows[DISSENT], rows[REMARK]
    half = {dissent["text"].html_name: "Đã bố trí", remark["how"].html_name: "accepted"}
    assert keeps(returned, **half).status_code == 302
    page = returned.opens(DRAFTER)
    assert "lưu lúc 15/01/2024" in said(page)
    again = lines(page)
    assert again[DISSENT]["text"].value() == "Đã bố trí"
    assert not again[DISSENT]["how"].value()
    assert again[REMARK]["how"].value() == "accepted"
    assert recorded() == before
    assert not Uptake.objects.exists()
    # Kept anew it is replaced; sending asks for everything as before.
    more = half | {dissent["how"].html_name: "explained"}
    assert keeps(returned, **more).status_code == 302
    assert KeptUptakes.objects.count() == 1
    assert send_on(returned, **half).status_code == 422
    assert send_on(returned, **filled(returned)).status_code == 302
    assert Uptake.objects.count() == 2


def test_only_the_drafter_keeps_the_table_and_only_of_this_round(returned):
    assert keeps(returned, who=HEAD).status_code == 403
    key = returned.case.revision.content_digest
    ticket = Ticket(returned.task().pk, key, uuid4())
    by = returned.cast.people[DRAFTER]
    strange = [TakenUp("0", "explained", text="Không.")]
    with pytest.raises(BadInput):
        uptaking.keep_uptakes(
            case_id=returned.case.pk, ticket=ticket, uptakes=strange, by=by, at=NOW
        )
    assert not KeptUptakes.objects.exists()


def test_a_place_that_the_new_text_lost_is_chosen_again(returned):
    remark = lines(returned.opens(DRAFTER))[REMARK]
    kept = {remark["place"].html_name: remark["place"].value()}
    assert keeps(returned, **kept).status_code == 302
    KeptUptakes.objects.update(
        lines=[{**line, "place_id": "gone"} for line in KeptUptakes.objects.get().lines]
    )
    assert lines(returned.opens(DRAFTER))[REMARK]["place"].value() == ""
