"""The demonstration's clock: on to the morning of the next working day, and what that brings."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from offices import bodies
from offices import clock as office_clock
from offices import services as offices
from offices.dates import ZONE, local_day, vn_weekday
from offices.workdays import WorkCalendar
from workflows import clock
from workflows.views.frame import frame_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from workflows.clock import Tick
    from workflows.views.frame import Frame

OPENING = time(8)


@require_POST
def advance_clock(request: HttpRequest) -> HttpResponse:
    """Turn the clock to 08:00 of the next working day and tick; 404 outside a demonstration."""
    frame = frame_of(request)
    if not frame.demo or frame.user is None:
        raise Http404
    morning = next_morning(frame)
    offices.advance_demo_clock(to=morning, by=frame.user, at=frame.now)
    done = clock.tick(at=morning, real_at=office_clock.real_now())
    messages.success(request, told(morning, done))
    return redirect(_back(request))


def next_morning(frame: Frame) -> datetime:
    """Give the opening hour of the working day after today, in the calendar of one's office."""
    posts = frame.standings.posts
    calendar = bodies.calendar(posts[0].office) if posts else WorkCalendar()
    day = calendar.next_working_day(local_day(frame.now))
    return datetime.combine(day, OPENING, tzinfo=ZONE)


def told(morning: datetime, done: Tick) -> str:
    """Say which day it is now and what time brought about."""
    brought = [
        f"{count} {what}"
        for count, what in (
            (done.expired_rounds, "lượt lấy ý kiến hết hạn đã đóng"),
            (done.reminders, "việc sắp đến hạn đã nhắc"),
            (done.told_superiors, "việc quá hạn đã báo cấp trên"),
            (done.begun_effects, "hiệu lực bắt đầu"),
        )
        if count
    ]
    day = vn_weekday(morning)
    return f"Đồng hồ sang {day}, 08:00. {'; '.join(brought) or 'Không có gì đến hạn'}."


def _back(request: HttpRequest) -> str:
    """Give the page of this site where the button was pressed; the desk for any other."""
    address = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if here else "desk"
