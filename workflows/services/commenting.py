"""Advice by name, from whoever holds a step: it blocks nothing and is counted in no tally."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from offices import colleagues
from workflows import engine, policies
from workflows.exceptions import AlreadyDone, BadInput, Conflict
from workflows.models import Comment
from workflows.services import offers
from workflows.services.acts import (
    Deed,
    Ticket,
    acting,
    load,
    refuse_ended,
    refuse_other_digest,
    refuse_repeat,
    settle,
)

if TYPE_CHECKING:
    from datetime import datetime

    from offices.models import User


def ask_comment(
    *, case_id: int, ticket: Ticket, of: User, question: str, by: User, at: datetime
) -> Comment:
    """Ask somebody of the office for advice on the content one is to act on; the step stays open.

    Whoever may do the step may ask; the person asked may read the paper from now on. Raises
    `BadInput` for no question and for somebody who does not serve the office, `Conflict` where
    the same question to the same person is still open.
    """
    if not question.strip():
        raise BadInput(_("Write what advice is asked for."))
    offered = engine.find(ticket.task_id)
    node = offered.flow_task.name if offered is not None and offered.flow_task is not None else ""
    if node not in policies.OF_NODE:
        raise Conflict(
            _("Advice is asked for from a step that waits."),
            advice=_("Open the paper to see where it stands."),
        )
    with acting(
        "ask_comment",
        case_id=case_id,
        ticket=ticket,
        node=node,
        check=policies.OF_NODE[node],
        by=by,
        at=at,
    ) as act:
        asked = colleagues.standing(of, act.case.document.office, at=at)
        if asked is None or of.pk == by.pk:
            raise BadInput(_("Choose somebody else who serves in this office."))
        waiting = Comment.objects.filter(
            revision=act.case.revision, asked_of=of, given_at__isnull=True
        )
        if waiting.exists():
            raise Conflict(_("%(name)s has been asked already.") % {"name": of.display_name})
        comment = Comment.objects.create(
            case=act.case,
            revision=act.case.revision,
            content_digest=act.case.revision.content_digest,
            node=node,
            question=question.strip(),
            asked_by=by,
            asked_at=at,
            standing=act.basis,
            asked_of=of,
            asked_of_title=asked.post_title,
        )
        offers.grant_reader(of.pk, case=act.case, at=at)
        act.record(
            "comment.asked", details={"asked": of.pk}, disclose={"question": comment.question}
        )
    return comment


def give_comment(*, comment: Comment, ticket: Ticket, text: str, by: User, at: datetime) -> Comment:
    """Answer, once; the paper goes its way whether anybody answers or not.

    `ticket` carries the digest the page showed; its task is not believed. Raises `AlreadyDone`
    for a second answer, `CaseEnded`, `DigestChanged`.
    """
    if not text.strip():
        raise BadInput(_("Write the advice."))
    with transaction.atomic(), engine.hold(comment.case_id):
        case = load(comment.case_id)
        held = Comment.objects.select_related("case__document__office").get(pk=comment.pk)
        standing = policies.check_can_comment(by, held, at=at)
        refuse_repeat(ticket)
        refuse_ended(case)
        if held.given_at is not None:
            raise AlreadyDone(_("This advice was given already."))
        refuse_other_digest(ticket, case)
        act = Deed(name="give_comment", case=case, by=by, at=at, standing=standing)
        held.text = text.strip()
        held.given_at = at
        held.given_standing = act.basis
        held.save(update_fields=["text", "given_at", "given_standing"])
        act.record("comment.given", disclose={"text": held.text})
        settle(act, ticket=replace(ticket, task_id=0))
    return held
