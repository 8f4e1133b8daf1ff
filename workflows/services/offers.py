"""What happens when a step is offered: its due date, and leave to read for those who act."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from documents.models import ReadGrant
from documents.querysets import ASKED_BY_THE_PROCEDURE
from offices import bodies
from offices.roles import Capability
from offices.workhours import time_to_remind
from workflows.models import Act, TaskDue
from workflows.selectors.terms import level_of, reckon, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from viewflow.workflow.models import Task

    from offices.models import User
    from workflows.deadlines import Term
    from workflows.models import Case

# Why a reading was granted: the procedure asks, or the person has acted in it (ADR 0020).
PROCEDURE, TOOK_PART = ASKED_BY_THE_PROCEDURE, "took_part"

# Whoever has a page open is told what happened, instead of that there is no such paper.
LINGERS = timedelta(days=1)

# Who must be able to read a paper that waits at a node: the committee as a body, others by what
# they do there. Reviewers are granted by name; the records clerk reads the whole office anyway.
OF_THE_COMMITTEE = frozenset({"open_round", "conclude"})
READERS = {
    "allow_urgent": Capability.SIGN,
    "answer_refusal": Capability.SIGN,
    "check_form": Capability.CHECK_FORM,
    "sign": Capability.SIGN,
}


def offer(opened: Iterable[Task], *, case: Case, at: datetime) -> None:
    """Write due dates and read grants for steps that have just been opened."""
    calendar = bodies.calendar(case.document.office)
    terms, level = terms_of(case.document.office, at=at), level_of(case)
    for task in opened:
        node = task.flow_task.name
        term = terms.of(node, level)
        if term is not None:
            end = reckon(calendar, term, at=at)
            TaskDue.objects.create(
                task_id=task.pk,
                case=case,
                offered_at=at,
                due_at=end.at,
                derivation=[
                    _reason(task.flow_task.title, term, case),
                    terms.source(node, level),
                    *end.explain(),
                ],
                remind_at=time_to_remind(calendar, at, end.at),
                escalate_at=end.at,
            )
        if node in OF_THE_COMMITTEE:
            committee = bodies.iso_committee(case.document.office)
            _grant(case, at=at, department=committee)
        if node in READERS:
            _grant(case, at=at, capability=READERS[node].value)


def offer_again(task: Task, *, like: Task, case: Case, at: datetime) -> None:
    """Offer a step to its sender again: the deadline that ran for it runs on, none is won.

    A submission had no deadline of its own; the rework it goes back to gets one.
    """
    former = TaskDue.objects.filter(task_id=like.pk).first()
    if former is None:
        offer([task], case=case, at=at)
        return
    TaskDue.objects.create(
        task_id=task.pk,
        case=case,
        offered_at=former.offered_at,
        due_at=former.due_at,
        derivation=former.derivation,
        remind_at=former.remind_at,
        escalate_at=former.escalate_at,
        told_higher=former.told_higher,
    )


def unoffer(node: str, *, case: Case, at: datetime) -> None:
    """Let end, in a day, the reading that a step was given which has been taken back."""
    reader: dict[str, Any] = {}
    if node in OF_THE_COMMITTEE:
        reader = {"department": bodies.iso_committee(case.document.office)}
    elif node in READERS:
        reader = {"capability": READERS[node].value}
    if reader:
        ReadGrant.objects.filter(
            document_id=case.document_id, source=PROCEDURE, valid_until__isnull=True, **reader
        ).update(valid_until=at + LINGERS)


def unask(user_ids: Iterable[int], *, case: Case, at: datetime) -> None:
    """Let end, in a day, the reading of those who were asked by name and are asked no more."""
    ReadGrant.objects.filter(
        document_id=case.document_id,
        source=PROCEDURE,
        user__in=list(user_ids),
        valid_until__isnull=True,
    ).update(valid_until=at + LINGERS)


def _reason(step: str, term: Term, case: Case) -> str:
    """Say where a term comes from: the step, its length, the urgency of the paper."""
    level = (case.document.urgency_words if level_of(case) else "") or _("ordinary")
    if term.days:
        return _("“%(step)s”: %(days)s working days (urgency: %(level)s).") % {
            "step": step,
            "days": term.days,
            "level": level.lower(),
        }
    return _("“%(step)s”: %(hours)s working hours (urgency: %(level)s).") % {
        "step": step,
        "hours": term.hours,
        "level": level.lower(),
    }


def _grant(case: Case, *, at: datetime, **reader: Any) -> None:
    ReadGrant.objects.get_or_create(
        document_id=case.document_id,
        source=PROCEDURE,
        valid_until=None,
        **reader,
        defaults={"valid_from": at},
    )


def grant_reader(user_id: int, *, case: Case, at: datetime) -> None:
    """Let one person read the paper because the procedure asks them."""
    _grant(case, at=at, user_id=user_id)


def end_reading(case: Case, *, by: User, at: datetime) -> None:
    """Let end, in a day, what bodies and reviewers were let read; whoever acted keeps reading.

    Reviewers who stayed silent read until then: a late opinion may still be attached.

    Called where a reading has lost its cause: the paper went back, was withdrawn, or is issued
    (then everybody reads the issued paper by its access level). A later step grants anew. `by`
    is whoever acts now. Three statements.
    """
    acted = Act.objects.filter(case=case, by__isnull=False).values_list("by_id", flat=True)
    ReadGrant.objects.bulk_create(
        [
            ReadGrant(document_id=case.document_id, user_id=key, source=TOOK_PART, valid_from=at)
            for key in sorted({*acted, by.pk})
        ],
        ignore_conflicts=True,
    )
    ReadGrant.objects.filter(
        document_id=case.document_id, source=PROCEDURE, valid_until__isnull=True
    ).update(valid_until=at + LINGERS)
