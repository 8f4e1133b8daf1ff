"""Steps 9 and 10: number and date, then seal, dispatch and legal effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.services import issuing as papers
from offices import bodies
from offices.dates import local_day, vn_date
from workflows import duties, policies
from workflows.exceptions import BadInput, Conflict
from workflows.models import Case
from workflows.services.acts import Acting, Ticket, acting
from workflows.services.submitting import send_back

if TYPE_CHECKING:
    from datetime import date, datetime

    from documents.models import Document, RegisterEntry, Signature
    from offices.models import User
    from offices.workdays import WorkCalendar
    from workflows.models import Return


def register(
    *, case_id: int, ticket: Ticket, dated_on: date, by: User, at: datetime
) -> RegisterEntry:
    """Give the signed paper the next number of its series and its date.

    The date is today or, for a paper signed by then, the working day before (Decree 30/2020
    art. 15); never before the series' last, never in the future, never in an earlier year. Numbering changes no content: every earlier decision stands.
    """
    with acting(
        "register",
        case_id=case_id,
        ticket=ticket,
        node="register",
        check=policies.check_can_register,
        by=by,
        at=at,
    ) as act:
        signature = _signature(act.case)
        _check_date(
            dated_on,
            signed_on=local_day(signature.signed_at),
            today=local_day(at),
            calendar=bodies.calendar(act.case.document.office),
        )
        entry = papers.number(
            document=act.case.document,
            revision=act.case.revision,
            on=dated_on,
            by=by,
            at=at,
        )
        act.record(
            "paper.registered",
            details={
                "number": act.case.document.cited_as,
                "dated_on": vn_date(dated_on),
                "issued_digest": act.case.revision.issued_digest,
            },
        )
        act.complete("registered")
    return entry


def _signature(case: Case) -> Signature:
    signature: Signature | None = getattr(case.revision, "signature", None)
    if signature is None or signature.content_digest != case.revision.content_digest:
        raise Conflict(_("This content is not signed; an unsigned paper gets no number."))
    return signature


def _check_date(dated_on: date, *, signed_on: date, today: date, calendar: WorkCalendar) -> None:
    if dated_on < signed_on:
        raise BadInput(
            _("The paper was signed on %(day)s; it cannot be dated earlier.")
            % {"day": vn_date(signed_on)}
        )
    if dated_on > today:
        raise BadInput(
            _("Today is %(day)s; a number is not dated in advance.") % {"day": vn_date(today)}
        )
    if dated_on.year != today.year or calendar.next_working_day(dated_on) < today:
        raise BadInput(
            _("A number is dated today, or the working day before; not back to %(day)s.")
            % {"day": vn_date(dated_on)},
            advice=_("Date the paper today; the register keeps the order of numbers and days."),
        )


def refuse_numbering(
    *, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime
) -> Return:
    """Refuse what is ill-formed before it gets a number; it goes back with the reason."""
    with acting(
        "return",
        case_id=case_id,
        ticket=ticket,
        node="register",
        check=policies.check_can_register,
        by=by,
        at=at,
    ) as act:
        returned = send_back(act, reason=reason)
        act.complete("refused")
    return returned


def seal_and_issue(
    *, case_id: int, ticket: Ticket, copies: int, by: User, at: datetime
) -> Document:
    """Seal, dispatch and give the paper its legal effect; the case ends.

    The rendition is made and stored before the transaction; if the act loses, its file is an
    orphan to be swept. Effects are written with the day they begin: what is replaced ceases on
    that day, not now.
    """
    if not 1 <= copies <= 10_000:
        raise BadInput(_("The number of copies is between 1 and 10.000."))
    made = papers.make_rendition(Case.objects.get(pk=case_id).revision_id, at=at)
    with acting(
        "issue",
        case_id=case_id,
        ticket=ticket,
        node="issue",
        check=policies.check_can_issue,
        by=by,
        at=at,
    ) as act:
        _signature(act.case)
        document = papers.issue(
            document=act.case.document,
            revision=act.case.revision,
            rendition=made,
            copies=copies,
            operation_id=act.operation_id,
            at=at,
        )
        act.record(
            "paper.issued",
            details={
                "number": document.cited_as,
                "effective_from": vn_date(papers.effective_from(document)),
                "rendition": made.sha256,
            },
        )
        _record_effects(act, document)
        duties.open_after_issue(document, at=at)
        act.complete("issued")
        _end_case(act)
    return document


def _record_effects(act: Acting, document: Document) -> None:
    for effect in papers.effects_on_others(document):
        act.record(
            "effect.written",
            head=False,
            details={
                "what": effect.kind,
                "target": effect.target_id,
                "valid_from": vn_date(effect.valid_from),
            },
            disclose={"other": effect.target.title},
        )


def _end_case(act: Acting) -> None:
    act.case.ended_at = act.at
    act.case.ended_how = Case.EndedHow.ISSUED
    act.case.save(update_fields=["ended_at", "ended_how"])
