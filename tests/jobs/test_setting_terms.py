"""The administrator sets how long the steps may take; every due date says by what it counts."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from audit.models import Entry
from audit.selectors import sentence
from documents.models import UrgencyMark
from offices import clock
from offices.dates import ZONE
from offices.models import StepTerms
from tests.pages import MEMBERS, NOW, OnTheWay, recorded, refused_without_a_trace, said, the_office
from workflows.deadlines import CONFIRM, MINUTES, ROUND, WITH_TERM, WORKING_DAYS
from workflows.forms.terms import cell
from workflows.models import ReviewRound, TaskDue
from workflows.views.terms import TITLES

ADMINISTRATOR, SECRETARY, PAGE = "quantri", "thuky-iso", "/thoi-han/"
CITED = "khoản 2 Điều 9 Quy chế làm việc ngày 05/01/2024"


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def way(cast):
    return OnTheWay(cast)


def sets(way, who=ADMINISTRATOR, *, begins="2024-01-15", **cells):
    """Send the page's form with some cells changed: `sign="1 ngày"`, `sign__urgent="4 giờ"`."""
    page = way.browser(ADMINISTRATOR).get(PAGE)
    fields = {name: bound.initial for name, bound in page.context["form"].fields.items()}
    for name, written in cells.items():
        node, _mark, level = name.partition("__")
        fields[cell(node, level)] = written
    return way.browser(who).post(PAGE, fields | {"citation": CITED, "begins_on": begins})


def due_of(way):
    return TaskDue.objects.get(task_id=way.task().pk)


def test_without_a_regulation_the_installation_s_terms_count_and_say_so(way):
    way.brought_to("check_form")
    assert due_of(way).derivation[1] == ("Cơ quan chưa đặt riêng; tính theo mặc định của phần mềm.")
    shown = way.browser("cvp").get(PAGE)
    # on a phone each term bears its level, for there the head of the table is not shown
    assert shown.content.decode().count('data-l="Hỏa tốc"') == len(WITH_TERM) - 1
    page = said(shown)
    assert "từ lúc phát hành đến kết luận 10 ngày, mọi mức khẩn Cơ quan chưa đặt riêng" in page
    assert "Ký ban hành 2 ngày 1 ngày 1 ngày 4 giờ Cơ quan chưa đặt riêng" in page
    assert "Cấp số, vào sổ 1 ngày 4 giờ 2 giờ 1 giờ Theo Điều 15, Điều 18" in page
    assert "Lưu thời hạn" not in page


def test_terms_that_were_set_reckon_what_begins_afterwards_and_are_cited(way):
    way.at = NOW
    way.brought_to("propose")
    before = due_of(way).due_at
    assert sets(way, check_form="1 ngày", propose="5 ngày").status_code == 302
    assert due_of(way).due_at == before
    way.walks("check_form")
    due = due_of(way)
    assert due.due_at == datetime(2024, 1, 16, 17, tzinfo=ZONE)
    assert due.derivation[1] == f"Theo {CITED}, áp dụng từ 15/01/2024."
    why = said(way.browser("cvp").get(f"/viec/{way.task().pk}/"))
    assert CITED in why
    # What the regulation does not set stays with the installation, and says so.
    assert set(StepTerms.objects.get().lengths) == {"check_form", "propose"}
    told = sentence(Entry.objects.get(action="terms.set"))
    assert told.endswith(f"từ 15/01/2024, theo {CITED}.")


def test_terms_begin_on_a_day_to_come_and_end_those_before(way):
    assert sets(way, sign="1 ngày").status_code == 302
    assert sets(way, sign="3 ngày", propose="", begins="2024-02-01").status_code == 302
    assert "Từ 01/02/2024" in said(way.browser("cvp").get(PAGE))
    assert StepTerms.objects.get(begins_on=date(2024, 1, 15)).ends_on == date(2024, 2, 1)
    assert "Ký ban hành 1 ngày" in said(way.browser("cvp").get(PAGE))
    clock.turn_to(datetime(2024, 2, 1, 8, tzinfo=ZONE))
    assert "Ký ban hành 3 ngày" in said(way.browser("cvp").get(PAGE))


def test_a_later_change_keeps_what_has_been_set_and_not_begun(way):
    assert sets(way, sign="3 ngày", begins="2024-02-01").status_code == 302
    assert sets(way, propose="5 ngày", begins="2024-03-01").status_code == 302
    latest = StepTerms.objects.get(begins_on=date(2024, 3, 1))
    assert {node: latest.lengths[node][""] for node in latest.lengths} == {
        "sign": "3d",
        "propose": "5d",
    }


@pytest.mark.parametrize(
    ("begins", "cells", "status", "words"),
    [
        ("2024-01-12", {}, 400, "Thời hạn mới áp dụng từ hôm nay hoặc ngày sau"),
        ("2024-01-15", {"sign": "hai ngày"}, 422, "Ghi thời hạn như “2 ngày” hoặc “4 giờ”."),
        ("2024-01-15", {"sign": "0 ngày"}, 422, "Ghi thời hạn như “2 ngày” hoặc “4 giờ”."),
        ("2024-01-15", {"sign": "21 ngày"}, 422, "Dài nhất 20 ngày hoặc 40 giờ."),
        ("2024-01-15", {"issue": "2 ngày"}, 422, "chậm nhất ngày làm việc tiếp theo"),
        ("2024-01-15", {"round__at_once": "1 ngày"}, 422, "với văn bản hỏa tốc, 16 giờ."),
        ("2024-01-15", {"round": "4 giờ"}, 422, "Lượt lấy ý kiến dài nhất 20 ngày"),
        ("2024-01-15", {"confirm": "8 giờ"}, 422, "Ghi bằng ngày làm việc, dài nhất 40 ngày."),
        ("2024-01-15", {"confirm": "41 ngày"}, 422, "Ghi bằng ngày làm việc, dài nhất 40 ngày."),
    ],
)
def test_terms_that_cannot_be_are_not_kept(way, begins, cells, status, words):
    before = recorded()
    answer = sets(way, begins=begins, **cells)
    assert words in refused_without_a_trace(way, answer, status, before=before)
    assert not StepTerms.objects.exists()


def test_only_the_administrator_of_the_office_sets_terms(way):
    before = recorded()
    refused_without_a_trace(way, sets(way, who="chutich"), 403, before=before)
    assert sets(way, sign="1 ngày").status_code == 302
    again = sets(way, sign="2 ngày")
    assert again.status_code == 409
    assert "Chọn ngày muộn hơn, hoặc rút thời hạn chưa áp dụng." in said(again)


def periods():
    rows = StepTerms.objects.counting().order_by("begins_on")
    return [(one.begins_on, one.ends_on, one.lengths["sign"][""]) for one in rows]


def told(action):
    """Who did what, the newest first, and whether it was an act of its own."""
    rows = Entry.objects.filter(action=action).order_by("-pk")
    return [(one.head, sentence(one)) for one in rows]


FIRST, SECOND, THIRD = date(2024, 1, 15), date(2024, 2, 1), date(2024, 3, 1)


@pytest.fixture
def coming(way):
    """Terms that count today, from February and from March."""
    for begins, sign in ((FIRST, "1 ngày"), (SECOND, "3 ngày"), (THIRD, "4 ngày")):
        assert sets(way, sign=sign, begins=begins.isoformat()).status_code == 302
    return way


def test_terms_that_have_not_begun_are_replaced_from_the_same_day_and_both_are_told(coming):
    page = coming.browser(ADMINISTRATOR).get(f"{PAGE}?thay=2024-02-01")
    form = page.context["form"]
    assert form["sign-ordinary"].value() == "3 ngày"
    assert form["citation"].value() == CITED
    fields = {name: one.initial for name, one in form.fields.items()} | {"sign-ordinary": "2 ngày"}
    # the day is fixed: what a browser sends for it is not read
    sent = fields | {"citation": "Điều 3", "begins_on": "2024-05-01"}
    answer = coming.browser(ADMINISTRATOR).post(f"{PAGE}?thay=2024-02-01", sent)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert periods() == [(FIRST, SECOND, "1d"), (SECOND, THIRD, "2d"), (THIRD, None, "4d")]
    ((head, gone),) = told("terms.withdrawn")
    assert (head, gone.endswith(f"dự kiến áp dụng từ 01/02/2024, theo {CITED}.")) == (False, True)
    assert told("terms.set")[0][1].endswith("từ 01/02/2024, theo Điều 3.")
    # both entries are of one act; the row that never counted is kept
    act = Entry.objects.get(action="terms.withdrawn").operation_id
    assert Entry.objects.filter(operation_id=act, action="terms.set", head=True).count() == 1
    assert StepTerms.objects.get(withdrawn_at__isnull=False).lengths["sign"][""] == "3d"


def test_terms_that_are_withdrawn_let_those_before_go_on(coming):
    page = said(coming.browser("cvp").get(PAGE))
    assert "Rút thời hạn từ" not in page
    browser = coming.browser(ADMINISTRATOR)
    assert "Rút thời hạn từ 01/02/2024" in said(browser.get(PAGE))
    assert browser.post(PAGE, {"rut": "2024-02-01"}).status_code == 302
    assert periods() == [(FIRST, THIRD, "1d"), (THIRD, None, "4d")]
    assert browser.post(PAGE, {"rut": "2024-03-01"}).status_code == 302
    assert periods() == [(FIRST, None, "1d")]
    assert [head for head, _words in told("terms.withdrawn")] == [True, True]
    clock.turn_to(datetime(2024, 3, 2, 8, tzinfo=ZONE))
    assert "Ký ban hành 1 ngày" in said(coming.browser("cvp").get(PAGE))


def test_terms_that_have_begun_or_were_withdrawn_before_are_neither(coming):
    browser = coming.browser(ADMINISTRATOR)
    assert browser.post(PAGE, {"rut": "2024-02-01"}).status_code == 302
    fields = {n: one.initial for n, one in browser.get(PAGE).context["form"].fields.items()}
    fields |= {"citation": CITED, "begins_on": "2024-01-15"}
    before = recorded()
    for day in ("2024-01-15", "2024-02-01", "2024-02-02"):
        for answer in (
            browser.post(PAGE, {"rut": day}),
            browser.post(f"{PAGE}?thay={day}", fields),
        ):
            words = refused_without_a_trace(coming, answer, 409, before=before)
            assert "Quy định đã áp dụng thì giữ nguyên" in words
    assert browser.post(PAGE, {"rut": "hôm qua"}).status_code == 404
    refused_without_a_trace(
        coming, coming.browser("cvp").post(PAGE, {"rut": "2024-03-01"}), 403, before=before
    )
    assert len(periods()) == 2


def opens(way, **more):
    fields = {
        "form": "written",
        "message": "",
        "reviewers": [way.cast.people[n].pk for n in MEMBERS],
    }
    return way.sends(SECRETARY, "mo-luot", **(fields | more))


def test_a_round_on_a_paper_to_go_at_once_is_counted_in_working_hours(way):
    way.brought_to("open_round")
    mark = {"set_by": way.cast.people["tp-noivu"], "set_at": NOW, "level": "at_once"}
    UrgencyMark.objects.update_or_create(document=way.case.document, defaults=mark)
    page = way.opens(SECRETARY)
    assert "4 giờ làm việc: đến 15/01/2024 14:00" in said(page)
    assert page.context["forms"]["mo_luot"]["working_hours"].initial == 4
    assert opens(way, working_days="5").status_code == 422
    assert opens(way, working_hours="17").status_code == 422
    assert opens(way, working_hours="6").status_code == 302
    round_ = ReviewRound.objects.get()
    assert round_.due_at.astimezone(ZONE).strftime("%d/%m %H:%M") == "15/01 16:00"
    assert round_.derivation[0] == "Thời hạn do người mở lượt chọn."
    assert round_.derivation[1].startswith("Thời hạn 6 giờ làm việc")


def test_the_minutes_of_a_meeting_have_the_office_s_own_term(way):
    way.brought_to("open_round")
    assert sets(way, minutes="1 ngày").status_code == 302
    asked = {"form": "meeting", "meets_on": "2024-01-17", "meets_time": "14:00"}
    assert opens(way, working_days="5", place="Phòng họp số 2", **asked).status_code == 302
    round_ = ReviewRound.objects.get()
    assert round_.due_at == datetime(2024, 1, 18, 17, tzinfo=ZONE)
    assert CITED in round_.derivation[0]


def test_every_step_with_a_term_can_be_set_and_has_its_words():
    assert set(WITH_TERM) == {*WORKING_DAYS, ROUND, MINUTES, CONFIRM} == set(TITLES)
