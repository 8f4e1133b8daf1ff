"""The desk: what waits for the person signed in, due when, on whose behalf."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.search import searchable
from offices.roles import ROLES, Capability, Role
from workflows import engine, live
from workflows.forms.desk import DeskFilter
from workflows.policies import WATCH
from workflows.selectors import alarms, coming, comments, running
from workflows.selectors.desk import Desk
from workflows.selectors.dossiers import Waiting
from workflows.views import desk_rows
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, QueryDict

    from workflows.selectors.desk import Sorted
    from workflows.views.desk_rows import Group, Row
    from workflows.views.frame import Frame

MOST_ELSEWHERE = 12
ON_BEHALF = "thay"


@dataclass(frozen=True, slots=True)
class Chip:
    """One quick filter: its words, how many lines it shows, its address, whether it is chosen."""

    words: str
    count: int
    query: str
    chosen: bool
    hot: bool = False


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show everything that waits for the person, what waits elsewhere, what changes in force."""
    frame, user = frame_of(request), person(request)
    one = Desk(user, frame.now, frame.standings)
    sorted_ = sorted_work(one)
    rows = [desk_rows.row(item) for item in [*sorted_.mine, *one.duties()]]
    form = _form(request.GET, rows)
    found = [row for row in rows if _wanted(row, form.wanted)]
    groups = desk_rows.by_due(found, at=frame.now)
    chosen = request.GET.get("han", "")
    elsewhere = sorted(sorted_.elsewhere, key=lambda other: -other.case.pk)
    frame.waiting = sum(not row.second for row in rows)
    context = {
        "groups": _first_is_main(_chosen(groups, chosen)),
        "chips": _chips(groups, chosen, request.GET),
        "chosen": chosen,
        "form": form,
        "filtered": bool(form.wanted or chosen),
        "waiting": frame.waiting,
        "to_sign": sum(item.node == "sign" and not item.second for item in sorted_.mine),
        "overdue": sum(row.due is not None and row.due.overdue and not row.second for row in rows),
        "empty": _empty(frame),
        "asked": comments.waiting_for(user),
        "drafts": one.drafts(),
        "may_draft": Capability.DRAFT in frame.standings.capabilities,
        "told": [desk_rows.other(other) for other in sorted_.told],
        "alarms": alarms.count() if frame.standings.capabilities & WATCH else 0,
        "elsewhere": [desk_rows.other(other) for other in elsewhere[:MOST_ELSEWHERE]],
        "elsewhere_count": len(elsewhere),
        "coming": [
            desk_rows.change(change)
            for change in coming.changes(user, at=frame.now, reader=frame.standings.reader)
        ],
        "topics": " ".join(
            live.desk_topic(key) for key in sorted(frame.standings.reader.office_ids)
        ),
    }
    return render(request, "desk/desk.html", context)


def sorted_work(one: Desk) -> Sorted:
    """Read what waits in the cases that concern a person, theirs told from others': two queries."""
    cases = running.concerning(one.by, standings=one.standings)
    tasks = engine.open_tasks([case.pk for case in cases]) if cases else []
    return one.sort(
        cases,
        [(task.process_id, Waiting(task.pk, task.flow_task.name, task.owner_id)) for task in tasks],
    )


def _form(given: QueryDict, rows: Sequence[Row]) -> DeskFilter:
    departments = {row.department_id: row.department for row in rows if row.department_id}
    return DeskFilter(
        given,
        verbs=sorted({row.verb for row in rows}),
        departments=sorted(departments.items(), key=lambda pair: pair[1]),
    )


def _wanted(row: Row, wanted: dict[str, str]) -> bool:
    words = searchable(wanted.get("tim", "")).split()
    return (
        wanted.get("viec", row.verb) == row.verb
        and wanted.get("don_vi", str(row.department_id)) == str(row.department_id)
        and all(word in row.folded for word in words)
    )


def _chosen(groups: list[Group], chosen: str) -> list[Group]:
    if chosen == ON_BEHALF:
        acting = [
            replace(group, rows=tuple(row for row in group.rows if row.behalf)) for group in groups
        ]
        return [group for group in acting if group.rows]
    return [group for group in groups if not chosen or group.name == chosen]


def _first_is_main(groups: list[Group]) -> list[Group]:
    """Let one button of the page be the main one: that of the most urgent line."""
    if not groups:
        return groups
    first, *rest = groups[0].rows
    return [replace(groups[0], rows=(replace(first, main=True), *rest)), *groups[1:]]


def _chips(groups: list[Group], chosen: str, given: QueryDict) -> list[Chip]:
    def chip(name: str, words: str, count: int) -> Chip:
        query = given.copy()
        query.pop("han", None)
        if name:
            query["han"] = name
        return Chip(words, count, query.urlencode(), name == chosen, hot=name == "qua-han")

    behalf = sum(bool(row.behalf) for group in groups for row in group.rows)
    chips = [chip("", "Tất cả", sum(len(group.rows) for group in groups))]
    chips += [chip(group.name, group.short, len(group.rows)) for group in groups]
    return [*chips, chip(ON_BEHALF, "Làm thay", behalf)] if behalf else chips


def _empty(frame: Frame) -> dict[str, str]:
    """Say what will come to an empty desk: what the post is for."""
    posts = frame.standings.posts
    if not posts:
        return {
            "title": "Tài khoản này chưa giữ chức vụ nào",
            "text": "Quản trị của cơ quan phân công chức vụ; việc của chức vụ hiện ở đây.",
        }
    role = Role(posts[0].role)
    text = _(ROLES[role].sentence)
    if role is Role.ADMINISTRATOR:
        return {"title": "Quản trị không quyết định việc nào", "text": text}
    return {"title": "Không có việc nào đang chờ", "text": f"{text} Việc mới hiện ở đây."}
