"""What the working regulation of an office says that the procedure must cite or reckon by."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from offices.models.kept import Kept, KeptQuerySet, period_in_order
from offices.models.organisation import Office

RuleT = TypeVar("RuleT", bound=models.Model)


class RegulationQuerySet(KeptQuerySet[RuleT]):
    """Rules by day; what was withdrawn before it began counts on none."""

    def counting(self) -> Self:
        """Those that count, have counted, or will."""
        return self.filter(withdrawn_at__isnull=True)

    def live_on(self, day: date) -> Self:
        """Those that count on a day, the latest first."""
        lasting = self.counting().filter(begins_on__lte=day).exclude(ends_on__lte=day)
        return lasting.order_by("-begins_on")


class Regulation(Kept):
    """One rule of an office with the clause that it rests on; the next one ends it.

    What has begun is never changed: rounds and deadlines cite it. What has not may be withdrawn;
    the row stays, and `follows`, which it would have ended, goes on.
    """

    # The clause and the document, as a paper cites them.
    citation = models.CharField(max_length=300)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class SilenceRule(Regulation):
    """That silence in a round counts as agreement, by a cited clause of the working regulation.

    Without such a row silence is "Không có ý kiến" and agrees to nothing.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="silence_rules")

    objects = models.Manager.from_queryset(RegulationQuerySet)()

    class Meta:
        default_permissions = ()
        constraints = [
            period_in_order("a_silence_rule_begins_before_it_ends"),
            models.CheckConstraint(
                condition=~Q(citation=""), name="a_silence_rule_cites_its_regulation"
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(ends_on__isnull=True, withdrawn_at__isnull=True),
                name="one_silence_rule_of_an_office_stands",
            ),
        ]


class StepTerms(Regulation):
    """How long each step may take, by the working regulation that is cited; for a period.

    `lengths` hold by step the terms by urgency ("2d", "4h"); what they leave out stays with the
    values of the installation. Terms that ran when a row began run on as they were reckoned.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="step_terms")
    lengths = models.JSONField()

    objects = models.Manager.from_queryset(RegulationQuerySet)()

    class Meta:
        default_permissions = ()
        constraints = [
            period_in_order("terms_begin_before_they_end"),
            models.CheckConstraint(condition=~Q(citation=""), name="terms_cite_their_regulation"),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(ends_on__isnull=True, withdrawn_at__isnull=True),
                name="one_set_of_terms_of_an_office_stands",
            ),
        ]
