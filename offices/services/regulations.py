"""What the working regulation says of silence in a round and of terms, cited with its period."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit import services as audit
from offices.dates import local_day, vn_date
from offices.exceptions import BadInput, Conflict
from offices.models import Office, SilenceRule, StepTerms
from offices.parties import actor, office_key
from offices.policies import check_can_administer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.services import Party
    from offices.models import User

LONGEST_CITATION = 300


def cite_silence_rule(
    *, office: Office, citation: str, begins_on: date, by: User | Party, at: datetime
) -> SilenceRule:
    """Cite the clause by which silence agrees; rounds opened from that day on carry it.

    Ends the rule before. `BadInput` for a citation that is empty or longer than 300 characters,
    `Conflict` where a rule begins on that day or later.
    """
    check_can_administer(by, office, at=at)
    written = _cited(citation)
    with transaction.atomic():
        taken = Conflict(
            _("The office has a rule on silence from %(day)s or later already.")
            % {"day": vn_date(begins_on)}
        )
        _make_room(SilenceRule, office, begins_on=begins_on, taken=taken)
        rule = SilenceRule.objects.create(office=office, citation=written, begins_on=begins_on)
        _record("silence.cited", rule, day=begins_on, by=by, at=at)
    return rule


def end_silence_rule(
    *, office: Office, ends_on: date, by: User | Party, at: datetime
) -> SilenceRule:
    """End the rule that stands: in rounds opened from that day on silence agrees to nothing."""
    check_can_administer(by, office, at=at)
    with transaction.atomic():
        Office.objects.select_for_update().get(pk=office.pk)
        rule = SilenceRule.objects.filter(office=office, ends_on__isnull=True).first()
        if rule is None or rule.begins_on >= ends_on:
            raise Conflict(_("The office has no rule on silence that could end on that day."))
        rule.ends_on = ends_on
        rule.save(update_fields=["ends_on"])
        _record("silence.no_longer_cited", rule, day=ends_on, by=by, at=at)
    return rule


def set_terms(
    *,
    office: Office,
    lengths: Mapping[str, Mapping[str, str]],
    citation: str,
    begins_on: date,
    by: User | Party,
    at: datetime,
) -> StepTerms:
    """Set how long the steps may take, from a day on, by a cited regulation.

    Ends the terms before. `BadInput` for a citation that is empty or too long and for a day that
    is over, `Conflict` where terms begin on that day or later. What `lengths` mean is asked by
    who knows the steps.
    """
    check_can_administer(by, office, at=at)
    written = _cited(citation)
    if begins_on < local_day(at):
        raise BadInput(
            _("New terms count from today or a later day; what has begun runs on as reckoned."),
            facts={"field": "begins_on"},
        )
    with transaction.atomic():
        taken = Conflict(
            _("The office has terms from %(day)s or later already.") % {"day": vn_date(begins_on)},
            advice=_("Choose a later day."),
        )
        _make_room(StepTerms, office, begins_on=begins_on, taken=taken)
        found = StepTerms.objects.create(
            office=office, citation=written, lengths=lengths, begins_on=begins_on
        )
        _record("terms.set", found, day=begins_on, by=by, at=at)
    return found


def _make_room(
    kind: type[SilenceRule] | type[StepTerms], office: Office, *, begins_on: date, taken: Conflict
) -> None:
    """End the row that stands, under the office's lock; raise `taken` where one begins then or later."""
    Office.objects.select_for_update().get(pk=office.pk)
    rows = kind.objects.filter(office=office)
    if rows.filter(Q(begins_on__gte=begins_on) | Q(ends_on__gt=begins_on)).exists():
        raise taken
    rows.filter(ends_on__isnull=True).update(ends_on=begins_on)


def _cited(citation: str) -> str:
    written = " ".join(citation.split())
    if not written or len(written) > LONGEST_CITATION:
        raise BadInput(
            _("Cite the clause and the working regulation, in %(most)s characters at most.")
            % {"most": LONGEST_CITATION}
        )
    return written


def _record(
    action: str, rule: SilenceRule | StepTerms, *, day: date, by: User | Party, at: datetime
) -> None:
    office = rule.office
    audit.record(
        action,
        operation_id=uuid4(),
        head=True,
        subject=audit.Subject("office", office.key, office.short_name),
        by=actor(by),
        at=at,
        office=office_key(office),
        details={"day": vn_date(day)},
        disclose={"citation": rule.citation},
    )
