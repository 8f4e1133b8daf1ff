"""What the working regulation says of silence in a round and of terms, cited with its period."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
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

Rule = SilenceRule | StepTerms
RuleT = TypeVar("RuleT", SilenceRule, StepTerms)


def cite_silence_rule(
    *,
    office: Office,
    citation: str,
    begins_on: date,
    by: User | Party,
    at: datetime,
    instead: bool = False,
) -> SilenceRule:
    """Cite the clause by which silence agrees; rounds opened from that day on carry it.

    Ends the rule before. `instead` withdraws the rule that was to begin on that day. `BadInput`
    for a citation that is empty or longer than 300 characters, `Conflict` where a rule begins on
    that day or later.
    """
    check_can_administer(by, office, at=at)
    written = _cited(citation)
    with transaction.atomic():
        act = _Act(office, by=by, at=at)
        taken = Conflict(
            _("The office has a rule on silence from %(day)s or later already.")
            % {"day": vn_date(begins_on)}
        )
        gone = act.withdrawn(SilenceRule, begins_on) if instead else None
        place = _place_of(gone) or _make_room(SilenceRule, office, begins_on, taken=taken)
        rule = SilenceRule.objects.create(office=office, citation=written, **place)
        act.record("silence.cited", rule, day=begins_on)
        act.tell_replaced("silence.withdrawn", gone, by_row=rule)
    return rule


def end_silence_rule(
    *, office: Office, ends_on: date, by: User | Party, at: datetime
) -> SilenceRule:
    """End the rule that stands: in rounds opened from that day on silence agrees to nothing."""
    check_can_administer(by, office, at=at)
    with transaction.atomic():
        act = _Act(office, by=by, at=at)
        rule = SilenceRule.objects.counting().filter(office=office, ends_on__isnull=True).first()
        if rule is None or rule.begins_on >= ends_on:
            raise Conflict(_("The office has no rule on silence that could end on that day."))
        rule.ends_on = ends_on
        rule.save(update_fields=["ends_on"])
        act.record("silence.no_longer_cited", rule, day=ends_on)
    return rule


def withdraw_silence_rule(
    *, office: Office, begins_on: date, by: User | Party, at: datetime
) -> SilenceRule:
    """Withdraw the rule that is to begin on a day: the one before goes on.

    `Conflict` where none is to begin on that day: what has begun can be ended alone.
    """
    check_can_administer(by, office, at=at)
    with transaction.atomic():
        act = _Act(office, by=by, at=at)
        rule = act.withdrawn(SilenceRule, begins_on)
        _let_go_on(rule)
        act.record("silence.withdrawn", rule, day=begins_on)
    return rule


def set_terms(
    *,
    office: Office,
    lengths: Mapping[str, Mapping[str, str]],
    citation: str,
    begins_on: date,
    by: User | Party,
    at: datetime,
    instead: bool = False,
) -> StepTerms:
    """Set how long the steps may take, from a day on, by a cited regulation.

    Ends the terms before. `instead` withdraws those that were to begin on that day. `BadInput`
    for a citation that is empty or too long and for a day that is over, `Conflict` where terms
    begin on that day or later. What `lengths` mean is asked by who knows the steps.
    """
    check_can_administer(by, office, at=at)
    written = _cited(citation)
    if begins_on < local_day(at):
        raise BadInput(
            _("New terms count from today or a later day; what has begun runs on as reckoned."),
            facts={"field": "begins_on"},
        )
    with transaction.atomic():
        act = _Act(office, by=by, at=at)
        taken = Conflict(
            _("The office has terms from %(day)s or later already.") % {"day": vn_date(begins_on)},
            advice=_("Choose a later day, or withdraw what has not begun."),
        )
        gone = act.withdrawn(StepTerms, begins_on) if instead else None
        place = _place_of(gone) or _make_room(StepTerms, office, begins_on, taken=taken)
        found = StepTerms.objects.create(office=office, citation=written, lengths=lengths, **place)
        act.record("terms.set", found, day=begins_on)
        act.tell_replaced("terms.withdrawn", gone, by_row=found)
    return found


def withdraw_terms(*, office: Office, begins_on: date, by: User | Party, at: datetime) -> StepTerms:
    """Withdraw the terms that are to begin on a day: those before go on.

    `Conflict` where none are to begin on that day: what has begun is followed by others alone.
    """
    check_can_administer(by, office, at=at)
    with transaction.atomic():
        act = _Act(office, by=by, at=at)
        found = act.withdrawn(StepTerms, begins_on)
        _let_go_on(found)
        act.record("terms.withdrawn", found, day=begins_on)
    return found


class _Act:
    """One act on the rules of an office, under its lock."""

    def __init__(self, office: Office, *, by: User | Party, at: datetime) -> None:
        self._office = Office.objects.select_for_update().get(pk=office.pk)
        self._by, self._at, self._operation = by, at, uuid4()

    def withdrawn(self, kind: type[RuleT], begins_on: date) -> RuleT:
        """Withdraw what is to begin on a day; `Conflict` where nothing is, or it has begun."""
        rows = kind.objects.counting().filter(office=self._office, begins_on=begins_on)
        row = rows.filter(begins_on__gt=local_day(self._at)).first()
        if row is None:
            raise Conflict(
                _("Nothing is to begin on %(day)s that could be withdrawn or replaced.")
                % {"day": vn_date(begins_on)},
                advice=_("What has begun counts; set what follows it, from a later day."),
            )
        row.withdrawn_at = self._at
        row.save(update_fields=["withdrawn_at"])
        return row

    def record(self, action: str, rule: Rule, *, day: date, head: bool = True) -> None:
        """Write the entry of the act, or what it did besides."""
        office = self._office
        audit.record(
            action,
            operation_id=self._operation,
            head=head,
            subject=audit.Subject("office", office.key, office.short_name),
            by=actor(self._by),
            at=self._at,
            office=office_key(office),
            details={"day": vn_date(day)},
            disclose={"citation": rule.citation},
        )

    def tell_replaced(self, action: str, gone: RuleT | None, *, by_row: RuleT) -> None:
        """Hand on what followed a row that another has replaced, and record that it is withdrawn."""
        if gone is not None:
            type(gone).objects.filter(follows=gone).update(follows=by_row)
            self.record(action, gone, day=gone.begins_on, head=False)


def _place_of(gone: Rule | None) -> dict[str, Any]:
    """Give the period and the place of a row that another replaces; nothing for none."""
    if gone is None:
        return {}
    return {"begins_on": gone.begins_on, "ends_on": gone.ends_on, "follows": gone.follows}


def _let_go_on(gone: Rule) -> None:
    """Let the row before a withdrawn one last as long as that would have."""
    type(gone).objects.filter(follows=gone).update(follows=gone.follows)
    if gone.follows is not None:
        gone.follows.ends_on = gone.ends_on
        gone.follows.save(update_fields=["ends_on"])


def _make_room(
    kind: type[Rule], office: Office, begins_on: date, *, taken: Conflict
) -> dict[str, Any]:
    """End the row that stands, and give the next one its place.

    Raises `taken` where a row begins on that day or later. Call under the office's lock.
    """
    rows = kind.objects.counting().filter(office=office)
    if rows.filter(Q(begins_on__gte=begins_on) | Q(ends_on__gt=begins_on)).exists():
        raise taken
    before = rows.filter(ends_on__isnull=True).first()
    if before is not None:
        before.ends_on = begins_on
        before.save(update_fields=["ends_on"])
    return {"begins_on": begins_on, "follows": before}


def _cited(citation: str) -> str:
    written = " ".join(citation.split())
    if not written or len(written) > LONGEST_CITATION:
        raise BadInput(
            _("Cite the clause and the working regulation, in %(most)s characters at most.")
            % {"most": LONGEST_CITATION}
        )
    return written
