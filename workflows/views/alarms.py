"""The page of alarms: the clock, what it could not do, and the queue of prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from offices import clock as office_clock
from workflows import policies
from workflows.selectors import alarms
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SORTS = {
    "tick": "Nhịp của đồng hồ",
    "expire_round": "Đóng lượt lấy ý kiến hết hạn",
    "begin_effect": "Ghi nhận hiệu lực bắt đầu",
    "remind": "Nhắc việc sắp đến hạn",
    "remind_round": "Nhắc người chưa cho ý kiến",
    "escalate": "Báo cấp trên việc quá hạn",
    "sweep": "Dọn kho tệp",
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what the clock does and could not do, to who watches over it; reads only."""
    frame, user = frame_of(request), person(request)
    offices = policies.check_can_watch_timers(user, frame.standings)
    found = alarms.of_offices(offices, at=frame.now, real_at=office_clock.real_now())
    context = {
        "alarms": found,
        "stuck": [(SORTS.get(row.sort, row.sort), row) for row in found.stuck],
        "undone": [(SORTS.get(one.sort, one.sort), one) for one in found.undone],
    }
    return render(request, "alarms/alarms.html", context)
