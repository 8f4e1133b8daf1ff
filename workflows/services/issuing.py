"""Steps 9 and 10: number and date, then seal, dispatch and legal effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.services import issuing as papers
from documents.services import letters
from offices import bodies
from offices.dates import local_day, vn_date
from workflows import duties, policies
from workflows.exceptions import BadInput, Conflict
from workflows.models import Case
from workflows.services import later_hearing, objectives, offers, printing
from workflows.services.acts import Acting, Ticket, acting

if TYPE_CHECKING:
    from datetime import date, datetime

    from documents.models import Document, RegisterEntry, Signature
    from offices.models import User
    from offices.workdays import WorkCalendar


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


def give_number_up(
    *, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime
) -> RegisterEntry:
    """Take number and date off an unchanged paper before the seal; it waits for another number.

    For a fault of numbering alone: a wrong date, or the number of another paper. The line stays
    in the register with its reason and is never given again; content, signature and every
    opinion stand. A fault of the paper itself goes back by `return_paper`.
    """
    if not reason.strip():
        raise BadInput(_("Say why the number is not used; the register keeps the reason."))
    with acting(
        "give_number_up",
        case_id=case_id,
        ticket=ticket,
        node="issue",
        check=policies.check_can_issue,
        by=by,
        at=at,
    ) as act:
        document = act.case.document
        act.record(
            "paper.number_given_up",
            details={"number": document.cited_as},
            disclose={"reason": reason.strip()},
        )
        entry = papers.unnumber(
            document=document,
            revision=act.case.revision,
            because=reason.strip(),
            operation_id=act.operation_id,
            by=by,
            at=at,
        )
        act.complete("abandoned")
    return entry


def seal_and_issue(
    *, case_id: int, ticket: Ticket, copies: int, by: User, at: datetime
) -> Document:
    """Seal, dispatch and give the paper its legal effect; the case ends.

    The rendition is made and stored before the transaction; if the act loses, its file is an
    orphan to be swept. Effects are written with the day they begin: what is replaced ceases on
    that day, not now. After the commit a worker is asked for the paper's PDF.
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
        letters.refuse_overtaken(document, act.case.revision)
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
        objectives.open_results(document, act.case.revision, at=at)
        act.complete("issued")
        _end_case(act)
        later_hearing.owe(act)
        printing.print_when_issued(act.case.revision, by=by)
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
    offers.end_reading(act.case, by=act.by, at=act.at)
    act.case.ended_at = act.at
    act.case.ended_how = Case.EndedHow.ISSUED
    act.case.save(update_fields=["ended_at", "ended_how"])
