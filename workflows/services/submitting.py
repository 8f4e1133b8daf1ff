"""Steps 2 and 3: the specialist submits; the head of department proposes or returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from documents import lifecycle
from documents import policies as document_policies
from documents.models import Document, UrgencyMark
from documents.models.papers import LETTERS
from documents.numbering import submission_notes_of
from documents.services import letters, registers, stages
from documents.services import revisions as saved
from offices.dates import local_day
from workflows import engine, policies
from workflows.deadlines import LEVELS
from workflows.exceptions import AlreadyDone, BadInput, Conflict
from workflows.flows.versions import ISSUANCE, LETTER, begins_under
from workflows.models import Case, Response, SubmissionNote
from workflows.selectors import feasibility
from workflows.services import offers, uptaking, urgent
from workflows.services.acts import Acting, Deed, Ticket, acting, settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from viewflow.workflow.models import Process

    from offices.models import User
    from workflows.services.uptaking import TakenUp


def submit(*, document: Document, digest: str, key: UUID, by: User, at: datetime) -> Case:
    """Open a case on the latest saved version of a draft and ask the head of department.

    Binds the version as the next submitted revision; the text cannot be saved further while the
    case runs. Raises `AlreadyDone` when a case runs already, `Conflict` when the working copy
    holds changes that no version has.
    """
    standing = document_policies.check_can_edit(by, document, at=at)
    refuse_impossible(document, by=by, at=at)
    procedure = LETTER if document.kind in LETTERS else ISSUANCE
    try:
        with transaction.atomic():
            held = Document.objects.select_for_update().get(pk=document.pk)
            revision = saved.bind_for_submission(held, digest=digest)
            letters.check(held, revision, at=at)
            opened_cases: list[Case] = []

            def make_case(process: Process) -> Case:
                opened_cases.append(
                    Case.objects.create(
                        process=process,
                        document=held,
                        procedure=procedure,
                        revision=revision,
                        opened_by=by,
                        opened_at=at,
                        drafter=by,
                    )
                )
                return opened_cases[0]

            flow_class = begins_under(procedure, on=local_day(at))
            _process, first = engine.start(flow_class, by=by, at=at, make_case=make_case)
            case = opened_cases[0]
            act = Deed(name="submit", case=case, by=by, at=at, standing=standing)
            act.record("paper.submitted", details={"amendment": revision.amendment})
            offers.offer([first], case=case, at=at)
            settle(act, ticket=Ticket(task_id=0, digest=digest, key=key))
    except IntegrityError as twice:
        raise AlreadyDone(
            _("This paper has been submitted already."),
            advice=_("Nothing was recorded now. Open the paper to see where it stands."),
        ) from twice
    return case


def refuse_impossible(document: Document, *, by: User, at: datetime) -> None:
    """Refuse what today's staff cannot complete: it would stop where nobody can move it."""
    why = feasibility.why_not(document, at=at, by_id=by.pk)
    if why:
        raise Conflict(
            _(
                "With today's staff, absences and delegations this paper cannot be completed, "
                "because: %(why)s."
            )
            % {"why": "; ".join(why)},
            advice=_("Record who stands in, or let the administrator appoint; the draft is kept."),
        )


def resubmit(
    *, case_id: int, ticket: Ticket, uptakes: Sequence[TakenUp] = (), by: User, at: datetime
) -> Case:
    """Send the reworked paper on: the latest saved version becomes the next submitted revision.

    `ticket.digest` is the digest of the version the drafter sends; earlier opinions stay bound to
    the earlier one and do not count for it. Every remark on the text that went back needs its
    line in `uptakes` (the Bảng tổng hợp, tiếp thu, giải trình), unless it was answered before;
    `BadInput` names whose is missing.
    """
    with acting(
        "resubmit",
        case_id=case_id,
        ticket=Ticket(ticket.task_id, _returned_digest(case_id), ticket.key),
        node="rework",
        check=policies.check_can_submit,
        by=by,
        at=at,
    ) as act:
        lines = uptaking.checked(act.case, uptakes)
        held = Document.objects.select_for_update().get(pk=act.case.document_id)
        revision = saved.bind_for_submission(held, digest=ticket.digest)
        uptaking.keep(lines, revision=revision, by=by, at=at)
        letters.check(held, revision, at=at)
        act.case.revision = revision
        act.case.drafter = by
        act.case.referred_at = None
        act.case.save(update_fields=["revision", "drafter", "referred_at"])
        act.record("paper.submitted", details={"amendment": revision.amendment})
        if lines:
            accepted = sum(one.sort == Response.Sort.ACCEPTED for one, _of in lines)
            act.record(
                "remarks.taken_up",
                head=False,
                details={"accepted": accepted, "explained": len(lines) - accepted},
            )
        act.complete("resubmitted")
    return act.case


def _returned_digest(case_id: int) -> str:
    return str(Case.objects.values_list("revision__content_digest", flat=True).get(pk=case_id))


def propose(
    *,
    case_id: int,
    ticket: Ticket,
    text: str,
    urgency: str = "",
    urgent_because: str = "",
    by: User,
    at: datetime,
) -> SubmissionNote:
    """Approve the content as head of department and make the Tờ trình, numbered by the department.

    `urgency` is the level proposed with it (Decree 30/2020, Appendix I); the terms of the steps
    that follow are reckoned by it, and the signatory decides on it by signing. With
    `urgent_because`, why it cannot wait, the signatory is asked to let it go before the committee
    is heard.
    """
    if not text.strip():
        raise BadInput(_("The submission note says what is proposed and why; write its text."))
    if urgency not in LEVELS:
        raise BadInput(_("Choose one of the levels of urgency."))
    with acting(
        "propose",
        case_id=case_id,
        ticket=ticket,
        node="propose",
        check=policies.check_can_propose,
        by=by,
        at=at,
    ) as act:
        document, revision = act.case.document, act.case.revision
        if urgent_because.strip():
            urgent.refuse_unfit(document, revision, urgency=urgency)
        stages.move(revision, lifecycle.PROPOSE)
        series = submission_notes_of(document.department.code)
        day = local_day(at)
        _register, number = registers.next_number(office=document.office, series=series, on=day)
        written, symbol = series.written(number)
        note = SubmissionNote.objects.create(
            case=act.case,
            revision=revision,
            number=written,
            symbol=symbol,
            dated_on=day,
            proposer=act.standing.post_title,
            text=text.strip(),
            urgent_because=urgent_because.strip(),
            content_digest=revision.content_digest,
            by=by,
            at=at,
            standing=act.basis,
        )
        saved.cite_submission_note(revision, cited_as=note.cited_as, dated_on=day)
        act.record(
            "paper.proposed",
            details={"note": note.cited_as},
            disclose={"text": note.text},
        )
        _set_urgency(act, urgency)
        if note.urgent_because:
            act.record("paper.put_urgently", head=False, disclose={"reason": note.urgent_because})
        act.complete("put_urgently" if note.urgent_because else "proposed")
    return note


def _set_urgency(act: Acting, level: str) -> None:
    """Write the level where it differs from what the paper has, as a part of the proposal."""
    document = act.case.document
    if document.urgency == level:
        return
    written = {"level": level, "set_by": act.by, "set_at": act.at}
    mark, _new = UrgencyMark.objects.update_or_create(document=document, defaults=written)
    document.urgency_mark = mark
    act.record("paper.urgency", head=False, details={"level": level or "ordinary"})


def assign_rework(*, case_id: int, ticket: Ticket, drafter: User, by: User, at: datetime) -> Case:
    """Hand a returned paper to a specialist of the department: "Giao sửa lại"."""
    with acting(
        "assign_rework",
        case_id=case_id,
        ticket=ticket,
        node="receive_return",
        check=policies.check_can_receive_return,
        by=by,
        at=at,
    ) as act:
        document_policies.check_can_draft(drafter, act.case.document.department, at=at)
        act.case.drafter = drafter
        act.case.save(update_fields=["drafter"])
        act.record("paper.rework_assigned", details={"drafter": drafter.pk})
        act.complete("assigned")
    return act.case
