"""Time passes on the demonstration's clock: what is late says so, what is due happens by itself."""

from __future__ import annotations

import io
import os
import re
import signal
import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from audit.models import Entry
from documents.effects import State
from documents.models import EffectStart
from offices import clock, services
from offices.dates import local_day
from offices.models import DemoClock, Office, User
from tests.cast import Person
from tests.pages import said
from workflows import clock as ticking
from workflows.models import Lease, Opinion, ReviewRound

DESK, CLOCK = "/ban-lam-viec/", "/dong-ho/"


def days_pass(who: Person, days: int) -> str:
    """Press the button so often; gives the words of the last page."""
    words = ""
    for _day in range(days):
        words = who.turns_the_clock().words
    return words


def test_the_button_turns_to_eight_on_the_next_working_day_and_says_what_happened(example):
    words = Person("cvp").signs_in().turns_the_clock().words
    assert "Đồng hồ sang thứ Ba 16/01/2024, 08:00. " in words
    assert local_day(clock.now()) == date(2024, 1, 16)
    entry = Entry.objects.filter(action="clock.turned").latest("pk")
    assert entry.by_label == "Chánh Văn phòng"


def test_the_button_passes_over_days_of_rest_and_days_the_office_is_closed(example):
    services.close_day(
        office=Office.objects.get(),
        day=date(2024, 1, 16),
        reason="Mất điện toàn quận",
        by=User.objects.get(username="quantri"),
        at=example.now,
    )
    who = Person("cvp").signs_in()
    days_pass(who, 3)
    assert local_day(clock.now()) == date(2024, 1, 19), "Friday"
    days_pass(who, 1)
    assert local_day(clock.now()) == date(2024, 1, 22), "Monday"


def test_what_was_not_done_is_late_in_red_and_counted(example):
    days_pass(Person("cvp").signs_in(), 2)
    page = Person("cvp").signs_in().client.get(DESK).content.decode()
    assert re.search(r"trong đó <strong class=\"late\">2 việc quá hạn</strong>", page)
    assert '<h3 class="group" id="qua-han">Quá hạn</h3>' in page
    assert re.search(r'<b class="late">Quá \d ngày</b><span class="pips over">', page)
    assert re.search(r'<a class="hot" href="\?han=qua-han">Quá hạn <b>2</b></a>', page)
    assert page.index('id="qua-han"') < page.index('id="tuan"')


def test_whoever_waits_for_it_sees_that_it_is_late_and_with_whom(example):
    days_pass(Person("cvp").signs_in(), 1)
    words = Person("cvp").signs_in().opens(DESK).words
    assert "Chờ Văn thư cấp số, từ 12/01/2024 15:45 Quá " in words


def test_a_round_whose_time_is_up_is_closed_and_goes_on_to_the_head_of_committee(example):
    case = example.case("economy objectives")
    words = days_pass(Person("cvp").signs_in(), 4)
    assert "1 lượt lấy ý kiến hết hạn đã đóng" in words
    closed = case.rounds.get()
    assert closed.closed_how == ReviewRound.ClosedHow.EXPIRED
    silent = closed.opinions.filter(choice=Opinion.Choice.SILENT)
    assert {one.reviewer.username for one in silent} == {"tp-tuphap", "cvp"}
    assert Person("pct-vanxa").signs_in().sees_on_desk("Phòng Kinh tế")
    assert not Person("tp-tuphap").signs_in().sees_on_desk("Phòng Kinh tế")


def test_a_paper_takes_effect_when_the_clock_reaches_its_day_and_not_before(example):
    clerk = Person("vanthu").signs_in()
    clerk.numbers("kiện toàn Ban Chỉ đạo ISO")
    clerk.issues("kiện toàn Ban Chỉ đạo ISO")
    days_pass(clerk, 4)
    assert example.legal("committee").state == State.NOT_YET
    words = days_pass(clerk, 1)
    assert "hiệu lực bắt đầu" in words, words[-120:]
    assert example.legal("committee").state == State.IN_FORCE


def test_the_clock_never_goes_back(example):
    who = Person("cvp").signs_in()
    before = clock.now()
    days_pass(who, 1)
    assert clock.now() > before
    # A second press from an older page moves on from where the clock stands.
    days_pass(who, 1)
    assert local_day(clock.now()) == date(2024, 1, 17)


def test_whoever_is_signed_in_may_turn_it_and_a_visitor_may_not(example, client):
    assert client.post(CLOCK).status_code == 302
    assert local_day(clock.now()) == date(2024, 1, 15)
    Person("quantri").signs_in().turns_the_clock()
    assert local_day(clock.now()) == date(2024, 1, 16)


def test_the_button_leads_back_to_the_page_it_was_pressed_on_and_to_no_other_site(example):
    who = Person("cvp").signs_in()
    answer = who.client.post(CLOCK, {"next": "/thanh-phan/"})
    assert answer.headers["Location"] == "/thanh-phan/"
    answer = who.client.post(CLOCK, {"next": "https://example.org/"})
    assert answer.headers["Location"] == DESK


def test_looking_at_the_address_turns_nothing(example):
    assert Person("cvp").signs_in().client.get(CLOCK).status_code == 405
    assert local_day(clock.now()) == date(2024, 1, 15)


@pytest.mark.parametrize(("demo", "production"), [(False, False), (True, True), (False, True)])
def test_outside_a_demonstration_there_is_no_such_page_and_no_button(
    example, settings, demo, production
):
    who = Person("cvp").signs_in()
    shows = DemoClock.objects.get().shows
    settings.DEMO, settings.PRODUCTION = demo, production
    assert who.client.post(CLOCK).status_code == 404
    assert "Sang ngày làm việc tiếp theo" not in said(who.client.get(DESK))
    assert DemoClock.objects.get().shows == shows
    assert not clock.is_demonstration()


def test_one_tick_at_a_time_and_a_lapsed_lease_is_taken_over(example):
    late = example.case("economy objectives").rounds.get().due_at + timedelta(minutes=1)
    Lease.objects.all().delete()
    Lease.objects.create(
        name="tick", holder="another", expires_at=clock.real_now() + timedelta(seconds=30)
    )
    assert ticking.tick(at=late, real_at=clock.real_now()) == ticking.Tick()
    later = clock.real_now() + timedelta(seconds=31)
    assert ticking.tick(at=late, real_at=later).expired_rounds == 1


def test_ticking_again_changes_nothing(example):
    late = example.case("economy objectives").rounds.get().due_at + timedelta(minutes=1)
    assert ticking.tick(at=late, real_at=clock.real_now()).expired_rounds == 1
    entries = Entry.objects.count()
    assert ticking.tick(at=late, real_at=clock.real_now()) == ticking.Tick()
    assert Entry.objects.count() == entries


def test_one_effect_that_fails_stops_neither_the_others_nor_the_next_tick(
    example, monkeypatch, caplog
):
    """The clerk issues; on the 22nd the new paper begins, and the old one ceases."""
    example.who("vanthu").numbers("Kiện toàn Ban Chỉ đạo ISO")
    example.who("vanthu").issues("Kiện toàn Ban Chỉ đạo ISO")
    new, old = example.paper("committee"), example.paper("640/QĐ-CT")
    its_day = example.now + timedelta(days=7)
    announce = ticking.live.announce_document

    def failing(document):
        if document.pk == new.pk:
            raise OSError("no channel")
        announce(document)

    def begun():
        rows = EffectStart.objects.filter(effect__source=new)
        return set(rows.values_list("effect__target", flat=True))

    monkeypatch.setattr(ticking.live, "announce_document", failing)
    assert ticking.tick(at=its_day, real_at=clock.real_now()).begun_effects == 1
    assert begun() == {old.pk}
    assert not Entry.objects.filter(action="effect.began", subject_key=str(new.pk)).exists()
    assert "The clock could not do begin_effect" in caplog.text
    assert "no channel" in caplog.text

    monkeypatch.undo()
    # What failed is left alone for a moment, and then done.
    assert ticking.tick(at=its_day, real_at=clock.real_now()).begun_effects == 0
    later = clock.real_now() + timedelta(seconds=21)
    assert ticking.tick(at=its_day, real_at=later).begun_effects == 1
    assert begun() == {old.pk, new.pk}


def test_one_round_that_cannot_be_closed_does_not_keep_the_effects_from_beginning(
    example, monkeypatch
):
    example.who("vanthu").numbers("Kiện toàn Ban Chỉ đạo ISO")
    example.who("vanthu").issues("Kiện toàn Ban Chỉ đạo ISO")
    its_day = example.now + timedelta(days=7)

    def broken(**given):
        raise ValueError("this round cannot be read")

    monkeypatch.setattr(ticking, "expire_round", broken)
    done = ticking.tick(at=its_day, real_at=clock.real_now())
    assert (done.expired_rounds, done.begun_effects) == (0, 2)
    monkeypatch.undo()
    later = clock.real_now() + timedelta(seconds=21)
    assert ticking.tick(at=its_day, real_at=later).expired_rounds == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_stopped_finishes_its_tick_and_gives_the_lease_up(example, number):
    case = example.case("economy objectives")
    clock.turn_to(case.rounds.get().due_at + timedelta(minutes=1))
    handlers = [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)]
    stopping = threading.Timer(0.5, os.kill, (os.getpid(), number))
    stopping.start()
    said_at_the_end = io.StringIO()
    call_command("worker", stdout=said_at_the_end)
    stopping.join()
    assert said_at_the_end.getvalue().strip() == "Đã dừng."
    assert case.rounds.get().closed_how == ReviewRound.ClosedHow.EXPIRED
    assert Lease.objects.get(name="tick").expires_at <= clock.real_now()
    assert [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)] == handlers
