"""Confirming what objectives say, and reporting, asking for and sending back results."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from documents import files
from documents.content.objectives.judging import Outcome, worst
from documents.effects import State
from documents.lifecycle import Stage
from documents.models import ConfirmedReading, Document, MeasureResult, Revision
from documents.selectors import objectives as stated_objectives
from documents.selectors import state
from documents.services import drafting
from documents.services import objectives as rows
from documents.services.recording import record_on
from offices import bodies
from offices.dates import local_day, vn_date
from workflows import duties, live, policies
from workflows.exceptions import AlreadyDone, BadInput, Conflict, DigestChanged
from workflows.models import Act, Duty
from workflows.services.acts import Ticket, refuse_repeat
from workflows.services.duties import hold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from audit.services import Party
    from documents.models import StatedTarget
    from documents.selectors.objectives import ReadingStated
    from documents.services.objectives import Given
    from offices.models import User

MOST_FILES = 10
LONGEST_REASON = 1000


def confirm_objectives(
    *,
    revision: Revision,
    digest: str,
    stated: ReadingStated,
    corrected: int,
    key: UUID,
    by: User,
    at: datetime,
) -> ConfirmedReading:
    """Keep what a person confirmed a revision's objectives to say; if it is issued, ask for results.

    Advises only: no step waits for it. Once results were asked for, the reading stands: they are
    held against it (a change of objectives is a new decision).
    """
    policies.check_can_confirm_objectives(by, revision.document, at=at)
    operation_id = uuid4()
    with transaction.atomic():
        document = _hold(revision.document_id)
        refuse_repeat(Ticket(0, digest, key))
        if digest != revision.content_digest:
            raise DigestChanged(
                _("The paper changed since this page was opened; nothing was recorded."),
                advice=_("Open the new content and confirm its objectives."),
            )
        if MeasureResult.objects.filter(document=document).exists():
            raise Conflict(
                _("Results are asked for by the reading confirmed before; it stands."),
                advice=_("Objectives are changed by a decision that amends or replaces this one."),
            )
        reading = rows.store_reading(
            revision=revision,
            stated=stated,
            corrected=corrected,
            operation_id=operation_id,
            by=by,
            at=at,
        )
        _record(
            "objectives.confirmed",
            document,
            operation_id=operation_id,
            by=by,
            at=at,
            digest=revision.content_digest,
            details={"corrected": corrected},
        )
        if revision.at_stage is Stage.ISSUED:
            open_results(document, revision, until=_ceased_on(document, at=at), at=at)
        _settle("confirm_objectives", document, operation_id, key=key, by=by, at=at)
    return reading


def open_results(
    document: Document, revision: Revision, *, until: date | None = None, at: datetime
) -> int:
    """Ask for the results of an issued revision's confirmed reading; none where none is confirmed.

    Of a paper that ceased, `until` is the day: only periods that were over by then are asked for.
    """
    reading = stated_objectives.latest(revision)
    if reading is None:
        return 0
    calendar = bodies.calendar(document.office)
    return len(
        duties.ask_for(rows.plan(document, reading, calendar=calendar, until=until, at=at), at=at)
    )


def lift_results(
    *, document: Document, since: date, operation_id: UUID, by: Party, at: datetime
) -> int:
    """Ask no longer for results whose period ends on the day a paper ceased, or later.

    Whoever replaced it asks for those; what was reported and what ended before stays as it is.
    Runs in the transaction in which the effect begins, as its consequence.
    """
    open_ones = MeasureResult.objects.filter(
        document=document, until_on__gte=since, reported_at__isnull=True, lifted_at__isnull=True
    )
    # Who is reporting holds the duty: either the report is first, or finds the result lifted.
    held = Duty.objects.select_for_update().filter(result__in=open_ones).order_by("pk")
    owed = list(held.values_list("result", flat=True))
    lifted = open_ones.filter(pk__in=owed).update(lifted_at=at) if owed else 0
    if lifted:
        _record(
            "results.lifted",
            document,
            operation_id=operation_id,
            by=by,
            at=at,
            head=False,
            details={"count": lifted, "since": vn_date(since)},
        )
    return lifted


def refuse_lifted(result: MeasureResult) -> None:
    """Refuse a report that is owed no longer, because its paper ceased before the period ended."""
    if result.lifted_at is not None:
        raise Conflict(
            _("The paper ceased before this period was over; this result is owed no longer."),
            advice=_("Report under the objectives that took its place. Nothing was recorded."),
        )


def report_result(
    *,
    duty: Duty,
    given: Given,
    evidence: Sequence[tuple[str, bytes]] = (),
    key: UUID,
    by: User,
    at: datetime,
) -> MeasureResult:
    """Report a result for its period and close the duty; evidence is stored before any lock."""
    policies.check_can_do_duty(by, duty, at=at)
    kept = _keep(evidence)
    operation_id = uuid4()
    with transaction.atomic():
        held = hold(duty)
        result = rows.write_result(result=_result_of(held), given=given, files=kept, by=by, at=at)
        _record(
            "result.reported",
            held.document,
            operation_id=operation_id,
            by=by,
            at=at,
            details={
                "result": result.pk,
                "outcome": result.outcome,
                "department": result.department_id,
                "from": result.from_on.isoformat(),
                "until": result.until_on.isoformat(),
                "evidence": len(kept),
            },
            disclose={"cause": result.cause, "action": result.action} if result.cause else None,
        )
        held.done_at, held.done_by = at, by
        held.save(update_fields=["done_at", "done_by"])
        _settle("report_result", held.document, operation_id, key=key, by=by, at=at)
    return result


def ask_for_results(
    *, document: Document, days: int, key: UUID, by: User, at: datetime
) -> list[Duty]:
    """Ask every department for its results up to today, within so many working days."""
    policies.check_can_ask_results(by, document, at=at)
    if not 1 <= days <= 30:
        raise BadInput(_("Results on demand are owed within 1 to 30 working days."))
    operation_id, today = uuid4(), local_day(at)
    with transaction.atomic():
        held = _hold(document.pk)
        refuse_repeat(Ticket(0, "", key))
        due_on = bodies.calendar(held.office).add_working_days(today, days)
        asked = _on_demand(held, today=today, due_on=due_on, at=at)
        opened = duties.ask_for([(one, today) for one in asked], at=at)
        _record(
            "results.asked",
            held,
            operation_id=operation_id,
            by=by,
            at=at,
            details={"count": len(opened), "due_on": vn_date(due_on)},
        )
        _settle("ask_for_results", held, operation_id, key=key, by=by, at=at)
    return opened


def _on_demand(
    document: Document, *, today: date, due_on: date, at: datetime
) -> list[MeasureResult]:
    """One result for each measure and department that owes any, from the year's first day."""
    owing = (
        MeasureResult.objects.filter(document=document)
        .order_by("measure_id", "department_id")
        .values_list("measure_id", "department_id")
        .distinct()
    )
    asked_today = MeasureResult.objects.filter(
        document=document, period="ad_hoc", until_on=today
    ).exists()
    if not owing:
        raise Conflict(
            _("This paper has no confirmed objectives that ask for results."),
            advice=_("Confirm what its objectives say first."),
        )
    ceased = _ceased_on(document, at=at)
    if ceased is not None:
        raise Conflict(
            _("This paper ceased on %(day)s; it asks for no further results.")
            % {"day": vn_date(ceased)},
            advice=_("Ask under the objectives that took its place."),
        )
    if asked_today:
        raise AlreadyDone(_("Results up to today were asked for already."))
    first = today.replace(month=1, day=1)
    made = MeasureResult.objects.bulk_create(
        MeasureResult(
            document=document,
            measure_id=measure,
            department_id=department,
            period="ad_hoc",
            from_on=first,
            until_on=today,
            due_on=due_on,
            asked_at=at,
        )
        for measure, department in owing
    )
    return list(
        MeasureResult.objects.filter(pk__in=[one.pk for one in made]).select_related(
            "document__office", "department"
        )
    )


def return_result(*, result: MeasureResult, reason: str, key: UUID, by: User, at: datetime) -> Duty:
    """Send a reported result back to its department; the row stays, the next attempt is another."""
    policies.check_can_ask_results(by, result.document, at=at)
    because = reason.strip()
    if not because or len(because) > LONGEST_REASON:
        raise BadInput(
            _("Say in at most %(most)s letters what is to be mended in the result.")
            % {"most": LONGEST_REASON}
        )
    operation_id = uuid4()
    with transaction.atomic():
        _hold(result.document_id)
        refuse_repeat(Ticket(0, "", key))
        held = MeasureResult.objects.select_related("document__office", "department").get(
            pk=result.pk
        )
        if held.reported_at is None or held.returned_at is not None:
            raise Conflict(_("This result is not there to be sent back any more."))
        held.returned_by, held.returned_at, held.returned_because = by, at, because
        held.save(update_fields=["returned_by", "returned_at", "returned_because"])
        again = MeasureResult.objects.create(
            document=held.document,
            measure_id=held.measure_id,
            department=held.department,
            period=held.period,
            from_on=held.from_on,
            until_on=held.until_on,
            due_on=held.due_on,
            attempt=held.attempt + 1,
            asked_at=at,
        )
        (opened,) = duties.ask_for([(again, local_day(at))], at=at)
        _record(
            "result.returned",
            held.document,
            operation_id=operation_id,
            by=by,
            at=at,
            details={"result": held.pk, "department": held.department_id},
            disclose={"reason": because},
        )
        _settle("return_result", held.document, operation_id, key=key, by=by, at=at)
    return opened


def is_hardly_met(result: MeasureResult, targets: Sequence[StatedTarget], given: Given) -> bool:
    """Whether a result is met, but not by much: a cause and an action are advised, not demanded."""
    return worst(rows.judged(result, targets, given).values()) is Outcome.HARDLY_MET


def _keep(evidence: Sequence[tuple[str, bytes]]) -> list[rows.Kept]:
    if len(evidence) > MOST_FILES:
        raise BadInput(_("A result has at most %(most)s files.") % {"most": MOST_FILES})
    names = [name for name, _data in evidence]
    if len(set(names)) < len(names):
        raise BadInput(_("Two files of the evidence have the same name; rename one."))
    checked = [(name, drafting.checked_media_type(name, data), data) for name, data in evidence]
    return [
        rows.Kept(name, media_type, len(data), files.store(data))
        for name, media_type, data in checked
    ]


def _ceased_on(document: Document, *, at: datetime) -> date | None:
    """The day a paper ceased as a whole, if it has."""
    legal = state.legal([document], on=local_day(at))[document.pk]
    return legal.ends_on if legal.state is State.CEASED else None


def _hold(document_id: int) -> Document:
    """Hold the paper: one confirmation, one asking, one sending back at a time."""
    held = Document.objects.select_for_update(of=("self",)).select_related("office")
    return held.get(pk=document_id)


def _result_of(duty: Duty) -> MeasureResult:
    """The result a held duty asks for, read after the lock: it may have been lifted meanwhile."""
    if duty.result_id is None:
        raise Conflict(_("This duty asks for no result."))
    result = MeasureResult.objects.get(pk=duty.result_id)
    refuse_lifted(result)
    return result


def _record(
    action: str,
    document: Document,
    *,
    operation_id: UUID,
    by: User | Party,
    at: datetime,
    digest: str = "",
    head: bool = True,
    details: Mapping[str, str | int | bool | None] | None = None,
    disclose: Mapping[str, str] | None = None,
) -> None:
    record_on(
        document,
        action,
        by=by,
        at=at,
        operation_id=operation_id,
        head=head,
        digest=digest,
        details=details,
        disclose=disclose,
    )


def _settle(
    name: str, document: Document, operation_id: UUID, *, key: UUID, by: User, at: datetime
) -> None:
    Act.objects.create(key=key, name=name, by=by, at=at, operation_id=operation_id)
    live.announce_document(document)
