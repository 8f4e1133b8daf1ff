"""Terms by urgency, reminders, word to the superior, and the page that says what the clock cannot do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from audit.models import Entry
from audit.selectors import sentence
from documents.models import UrgencyMark
from offices import clock, services
from offices.dates import ZONE
from offices.models import Appointment
from offices.parties import INSTALLATION
from offices.roles import Role
from offices.workdays import WorkCalendar
from offices.workhours import working_time
from tests.pages import NOW, REASON, OnTheWay, recorded, refused_without_a_trace, said, the_office
from workflows import clock as ticking
from workflows.models import Chase, Lease, ReviewRound, StuckTimer, TaskDue
from workflows.services import stuck

HEAD, SECRETARY, ADMINISTRATOR = "tp-noivu", "thuky-iso", "quantri"
PAPER_OF_THE_ACT = "/ban-lam-viec/"


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


def moment(day: str, clock_: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock_}").replace(tzinfo=ZONE)


def ticks(at: datetime, *, real_at: datetime | None = None):
    """The clock ticks at a moment of the office; the lease of the tick before has lapsed."""
    Lease.objects.all().delete()
    return ticking.tick(at=at, real_at=real_at or at)


def words(name, way):
    return said(way.browser(name).get("/ban-lam-viec/"))


# Urgency


def test_the_head_of_department_proposes_a_level_and_every_term_after_it_is_shorter(cast):
    way = OnTheWay(cast, at=NOW).brought_to("propose")
    answer = way.sends(HEAD, "trinh", text="Kính trình.", urgency="very_urgent")
    assert answer.status_code == 302
    due = TaskDue.objects.get(task_id=way.task().pk)
    assert due.due_at == moment("2024-01-16", "17:00")
    assert due.derivation[0] == "“Mở lượt lấy ý kiến”: 1 ngày làm việc (mức độ khẩn: thượng khẩn)."
    page = said(way.opens(SECRETARY))
    assert "Thượng khẩn" in page
    assert "Vì sao có hạn này “Mở lượt lấy ý kiến”: 1 ngày làm việc" in page
    told = [sentence(one) for one in Entry.objects.filter(action="paper.urgency")]
    assert told == [
        f"Trưởng phòng Nội vụ đề nghị mức độ khẩn của “{way.case.document.title}”: Thượng khẩn."
    ]


@pytest.mark.parametrize(("level", "days"), [("", 5), ("urgent", 3), ("very_urgent", 1)])
def test_the_secretary_is_shown_a_shorter_round_for_an_urgent_paper(cast, level, days):
    way = OnTheWay(cast, at=NOW).brought_to("propose")
    way.sends(HEAD, "trinh", text="Kính trình.", urgency=level)
    form = way.opens(SECRETARY).context["forms"]["mo_luot"]
    assert form["working_days"].value() == days


def test_what_is_to_go_at_once_is_counted_in_hours(cast):
    way = OnTheWay(cast, at=NOW).brought_to("propose")
    way.sends(HEAD, "trinh", text="Kính trình.", urgency="at_once")
    due = TaskDue.objects.get(task_id=way.task().pk)
    assert working_hours(due) == timedelta(hours=4)
    assert due.derivation[0] == "“Mở lượt lấy ý kiến”: 4 giờ làm việc (mức độ khẩn: hỏa tốc)."


def working_hours(due: TaskDue) -> timedelta:
    return working_time(WorkCalendar(), due.offered_at, due.due_at)


def test_an_unknown_level_is_not_taken_and_an_ordinary_paper_has_no_mark(cast):
    way = OnTheWay(cast, at=NOW).brought_to("propose")
    before = recorded()
    answer = way.sends(HEAD, "trinh", text="Kính trình.", urgency="sofort")
    refused_without_a_trace(way, answer, 422, before=before)
    way.sends(HEAD, "trinh", text="Kính trình.", urgency="")
    assert not UrgencyMark.objects.exists()
    assert not Entry.objects.filter(action="paper.urgency").exists()


def test_a_level_is_lowered_with_the_next_proposal_and_recorded(cast):
    way = OnTheWay(cast, at=NOW).brought_to("propose")
    way.sends(HEAD, "trinh", text="Kính trình.", urgency="urgent")
    way.sends(SECRETARY, "tra-lai", reason=REASON)
    way.paper.assign(HEAD, "cv-noivu", at=NOW)
    way.paper.rewrite("cv-noivu", "chinh-sach-muc-tieu-2024-lan-2", at=NOW)
    way.paper.resubmit("cv-noivu", at=NOW)
    page = way.opens(HEAD)
    assert page.context["forms"]["trinh"]["urgency"].value() == "urgent"
    way.sends(HEAD, "trinh", text="Kính trình.", urgency="")
    assert UrgencyMark.objects.get().level == ""
    assert Entry.objects.filter(action="paper.urgency").count() == 2


def test_the_urgent_stands_first_on_the_desk(cast):
    calm, pressed = (OnTheWay(cast, at=NOW).brought_to("propose") for _one in range(2))
    calm.sends(HEAD, "trinh", text="Kính trình.", urgency="")
    pressed.sends(HEAD, "trinh", text="Kính trình.", urgency="urgent")
    page = calm.browser(SECRETARY).get("/ban-lam-viec/").content.decode()
    assert page.index(f"/viec/{pressed.task().pk}/") < page.index(f"/viec/{calm.task().pk}/")
    assert "Khẩn" in said(calm.browser(SECRETARY).get("/ban-lam-viec/"))


# How long each had it


def test_the_clock_of_the_case_stands_while_the_paper_is_being_mended(cast):
    way = OnTheWay(cast, at=moment("2024-01-12", "08:00")).brought_to("open_round")
    clock.turn_to(moment("2024-01-12", "10:00"))
    assert way.sends(SECRETARY, "tra-lai", reason=REASON).status_code == 302
    clock.turn_to(moment("2024-01-16", "10:00"))
    shown = said(way.browser(HEAD).get(f"/van-ban/{way.case.document.reference}/"))
    assert "Đã xử lý 2 giờ làm việc, ngừng tính 2 ngày" in shown
    assert "Giao sửa lại : 2 ngày (đang sửa lại, ngừng tính)" in shown


# Reminders and superiors


def test_whoever_has_it_is_reminded_once_in_working_hours_and_sees_it_on_the_desk(cast):
    way = OnTheWay(cast, at=moment("2024-01-11", "09:00")).brought_to("open_round")
    due = TaskDue.objects.get(task_id=way.task().pk)
    assert (due.due_at, due.remind_at) == (
        moment("2024-01-15", "17:00"),
        moment("2024-01-15", "08:00"),
    )
    assert ticks(moment("2024-01-15", "07:59")).reminders == 0
    assert ticks(moment("2024-01-15", "08:00")).reminders == 1
    assert ticks(moment("2024-01-15", "08:05")).reminders == 0
    (told,) = Chase.objects.all()
    assert (told.sort, told.told.username, told.node) == ("reminded", SECRETARY, "open_round")
    clock.turn_to(moment("2024-01-15", "09:00"))
    assert "Đã nhắc 15/01/2024 08:00" in words(SECRETARY, way)
    (entry,) = Entry.objects.filter(action="task.reminded")
    assert sentence(entry).startswith("Đồng hồ nhắc Thư ký Ban Chỉ đạo ISO: bước mở lượt")


def test_nobody_is_told_at_night_on_a_weekend_or_on_a_day_the_office_closes(cast):
    OnTheWay(cast, at=moment("2024-01-10", "09:00")).brought_to("open_round")
    services.close_day(
        office=cast.office, day=moment("2024-01-15", "08:00").date(), reason="Mất điện",
        by=INSTALLATION, at=NOW,
    )  # fmt: skip
    for late in (
        moment("2024-01-12", "17:00"),
        moment("2024-01-12", "23:00"),
        moment("2024-01-13", "10:00"),
        moment("2024-01-15", "10:00"),
        moment("2024-01-16", "12:30"),
    ):
        done = ticks(late)
        assert (done.reminders, done.told_superiors) == (0, 0), late
    assert ticks(moment("2024-01-16", "13:00")).told_superiors == 1


def test_what_is_late_is_told_to_the_superior_then_to_the_next_and_no_higher(cast):
    way = OnTheWay(cast, at=moment("2024-01-10", "09:00")).brought_to("open_round")
    done = ticks(moment("2024-01-15", "08:00"))
    assert (done.reminders, done.told_superiors) == (0, 1)
    clock.turn_to(moment("2024-01-15", "09:00"))
    assert "Cấp dưới quá hạn 1" in words("pct-vanxa", way)
    assert "Đã báo Trưởng Ban Chỉ đạo ISO" in words(SECRETARY, way)
    assert "Cấp dưới quá hạn" not in words("chutich", way)
    assert ticks(moment("2024-01-16", "09:00")).told_superiors == 0
    assert ticks(moment("2024-01-18", "08:00")).told_superiors == 1
    assert ticks(moment("2024-01-23", "08:00")).told_superiors == 0
    told = [(one.level, one.told.username) for one in Chase.objects.order_by("pk")]
    assert told == [(1, "pct-vanxa"), (2, "chutich")]
    clock.turn_to(moment("2024-01-18", "09:00"))
    assert "Cấp dưới quá hạn 1" in words("chutich", way)
    reference = way.case.document.reference
    assert way.browser("chutich").get(f"/van-ban/{reference}/").status_code == 200


def test_a_superior_who_was_told_and_left_keeps_nobody_above_from_being_told(cast):
    OnTheWay(cast, at=moment("2024-01-10", "09:00")).brought_to("open_round")
    assert ticks(moment("2024-01-15", "08:00")).told_superiors == 1
    head = Appointment.objects.get(user__username="pct-vanxa", post__role=Role.COMMITTEE_HEAD)
    services.end_appointment(
        head, ends_on=moment("2024-01-16", "08:00").date(), by=INSTALLATION,
        at=moment("2024-01-15", "09:00"),
    )  # fmt: skip
    assert ticks(moment("2024-01-18", "08:00")).told_superiors == 1
    assert ticks(moment("2024-01-23", "08:00")).told_superiors == 0
    told = [(one.level, one.told.username) for one in Chase.objects.order_by("pk")]
    assert told == [(1, "pct-vanxa"), (2, "chutich")]


def test_what_is_done_is_told_to_nobody_and_leaves_the_superiors_desk(cast):
    way = OnTheWay(cast, at=moment("2024-01-10", "09:00")).brought_to("open_round")
    ticks(moment("2024-01-15", "08:00"))
    clock.turn_to(moment("2024-01-15", "09:00"))
    assert way.sends(SECRETARY, "tra-lai", reason=REASON).status_code == 302
    assert "Cấp dưới quá hạn" not in words("pct-vanxa", way)
    before = Chase.objects.count()
    ticks(moment("2024-01-16", "08:00"))
    assert Chase.objects.filter(node="open_round").count() == before


def test_only_those_who_have_not_answered_are_reminded_of_a_round(cast):
    way = OnTheWay(cast, at=moment("2024-01-15", "09:00")).brought_to("opinion")
    way.paper.opinion("tp-kinhte", at=moment("2024-01-16", "09:00"))
    assert ReviewRound.objects.get().remind_at == moment("2024-01-22", "08:00")
    assert ticks(moment("2024-01-22", "08:00")).reminders == 1
    assert {one.told.username for one in Chase.objects.all()} == {"tp-tuphap", "tp-taichinh"}
    clock.turn_to(moment("2024-01-22", "09:00"))
    assert "Đã nhắc 22/01/2024 08:00" in words("tp-tuphap", way)


# Alarms


def broken(**given):
    raise ValueError("this round cannot be read")


def test_a_timer_that_fails_is_a_row_tried_ever_more_seldom_and_solved_at_last(cast, monkeypatch):
    way = OnTheWay(cast, at=moment("2024-01-08", "09:00")).brought_to("opinion")
    late = moment("2024-01-16", "09:00")
    monkeypatch.setattr(ticking, "expire_round", broken)
    assert ticks(late, real_at=late).expired_rounds == 0
    row = StuckTimer.objects.get(sort="expire_round")
    assert row.error == "ValueError: this round cannot be read"
    assert row.case == way.case
    ticks(late, real_at=late + timedelta(seconds=10))
    row.refresh_from_db()
    assert row.tries == 1
    ticks(late, real_at=late + timedelta(seconds=20))
    row.refresh_from_db()
    assert (row.tries, row.next_at - row.last_at) == (2, timedelta(seconds=40))
    clock.turn_to(late)
    page = said(way.browser(SECRETARY).get("/canh-bao/"))
    assert "Đóng lượt lấy ý kiến hết hạn" in page
    assert "ValueError: this round cannot be read 2 lần" in page
    assert "1 việc của đồng hồ chưa làm được" in words(SECRETARY, way)
    monkeypatch.undo()
    assert ticks(late, real_at=late + timedelta(minutes=2)).expired_rounds == 1
    row.refresh_from_db()
    assert row.solved_at is not None
    assert "Không có việc nào bị kẹt" in said(way.browser(ADMINISTRATOR).get("/canh-bao/"))


def test_the_wait_doubles_up_to_an_hour():
    waits = [stuck.wait_after(tries).total_seconds() for tries in range(1, 12)]
    assert waits[:4] == [20, 40, 80, 160]
    assert waits[-1] == stuck.wait_after(10_000).total_seconds() == 3600


def test_the_page_says_when_the_clock_has_stopped_and_who_ran_it(cast):
    way = OnTheWay(cast, at=NOW).brought_to("propose")
    assert "Không tiến trình nào chạy đồng hồ" in said(way.browser(SECRETARY).get("/canh-bao/"))
    ticks(NOW, real_at=clock.real_now())
    page = said(way.browser(SECRETARY).get("/canh-bao/"))
    assert "Đang chạy" in page
    assert Lease.objects.get(name="tick").holder in page
    Lease.objects.filter(name="tick").update(expires_at=clock.real_now() - timedelta(minutes=5))
    assert "Không chạy" in said(way.browser(SECRETARY).get("/canh-bao/"))


def test_a_tick_that_fails_as_a_whole_is_kept_and_solved_by_the_next(cast):
    ticking.note_failed_tick(OSError("disk full"), real_at=NOW)
    assert StuckTimer.objects.get().error == "OSError: disk full"
    ticks(NOW)
    assert StuckTimer.objects.get().solved_at == NOW


@pytest.mark.parametrize("who", [HEAD, "vanthu", "danhgia"])
def test_others_do_not_see_the_alarms(cast, who):
    way = OnTheWay(cast, at=NOW).brought_to("propose")
    assert way.browser(who).get("/canh-bao/").status_code == 403


def test_the_page_of_alarms_asks_the_database_a_fixed_number_of_times(
    cast, django_assert_max_num_queries
):
    way = OnTheWay(cast, at=NOW).brought_to("propose")
    secretary = way.browser(SECRETARY)
    with django_assert_max_num_queries(16):
        secretary.get("/canh-bao/")
