"""Advice asked for and given: on a paper, and of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.models import Comment

if TYPE_CHECKING:
    from offices.models import User
    from workflows.models import Case

MOST = 100


def of_case(case: Case) -> list[Comment]:
    """Give the advice asked for in a case, newest first, at most a hundred; one query."""
    rows = Comment.objects.filter(case=case).select_related("asked_by", "asked_of", "revision")
    return list(rows.order_by("-pk")[:MOST])


def waiting_for(by: User) -> list[Comment]:
    """Give what a person is still asked, on contents that are still decided on; one query.

    Nothing is asked any more where the paper went back, was withdrawn or is issued.
    """
    rows = Comment.objects.filter(
        asked_of=by,
        given_at__isnull=True,
        case__ended_at__isnull=True,
        revision__ended_at__isnull=True,
    )
    return list(rows.select_related("asked_by", "case__document").order_by("pk")[:MOST])
