"""Who holds which post from when to when, and who acts for whom; the truth about rights."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from offices.authority import Footing
from offices.models.kept import Kept, KeptQuerySet, period_in_order
from offices.models.labels import capability_choices
from offices.models.organisation import Post


def _lasting(prefix: str, day: date) -> Q:
    """Match what has begun and not yet ended on a day; ends are exclusive."""
    return Q(**{f"{prefix}begins_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": day})
    )


def _appointment_lives(prefix: str, day: date) -> Q:
    """An appointment counts while it lasts and its department and office exist."""
    return (
        _lasting(prefix, day)
        & _lasting(f"{prefix}post__department__", day)
        & _lasting(f"{prefix}post__office__", day)
    )


class AppointmentQuerySet(KeptQuerySet["Appointment"]):
    """Appointments by day."""

    def live_on(self, day: date) -> Self:
        """Those that count on a day, in Viet Nam, of active accounts."""
        return self.filter(_appointment_lives("", day), user__is_active=True)

    def overlapping(self, begins_on: date, ends_on: date | None) -> Self:
        """Those that share a day with a half-open period."""
        begun = self if ends_on is None else self.filter(begins_on__lt=ends_on)
        return begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=begins_on))


class Appointment(Kept):
    """That a person holds a post, from a day until before another."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Codes of the fields that a vice-chairman signs for; empty for every other post.
    fields_of_work = models.JSONField(default=list, blank=True)
    legal_basis = models.TextField(blank=True)
    # "Quyền": appointed to act as head; signs Q. (Decree 30/2020 art. 13).
    acting = models.BooleanField(default=False)
    # "Phụ trách, điều hành": a deputy put in charge of a vacant headship; signs KT. (art. 13.1).
    in_charge = models.BooleanField(default=False)

    objects = models.Manager.from_queryset(AppointmentQuerySet)()

    class Meta:
        default_permissions = ()
        constraints = [
            period_in_order("an_appointment_begins_before_it_ends"),
            models.UniqueConstraint(
                fields=["user", "post", "begins_on"], name="an_appointment_begins_once"
            ),
            models.CheckConstraint(
                condition=~Q(acting=True, in_charge=True),
                name="one_is_acting_head_or_in_charge_not_both",
            ),
        ]
        indexes = [models.Index(fields=["post", "begins_on"], name="appointments_by_post")]


class DelegationQuerySet(KeptQuerySet["Delegation"]):
    """Delegations by day."""

    def given_on(self, day: date) -> Self:
        """Those that last on a day, of somebody whose appointment lasts on it too."""
        return self.filter(_lasting("", day), _appointment_lives("from_appointment__", day))

    def live_on(self, day: date) -> Self:
        """Those that count on a day.

        They and the delegator's appointment last, and the delegate still holds a post in that
        office: who has left it acts for nobody there.
        """
        post = Appointment.objects.live_on(day).filter(
            user=OuterRef("to_user"),
            post__office=OuterRef("from_appointment__post__office"),
        )
        return self.given_on(day).filter(Exists(post), to_user__is_active=True)

    def not_over(self, day: date) -> Self:
        """Those that last on a day or begin after it, whatever became of the posts."""
        return self.filter(ends_on__gt=day)


class Delegation(Kept):
    """That a person acts for another: written, bounded, and never passed on.

    Decree 30/2020 art. 13: an authorisation is in writing, limited in time and content, and is
    not delegated further: it comes from an appointment (`from_appointment`), never from another
    delegation, and `given_as` is the appointment of whoever gave it. An empty `capability` means
    all that the post may do; empty `fields_of_work` all fields of the post.
    """

    class Kind(models.TextChoices):
        """On what footing one acts for another."""

        SUBSTITUTION = Footing.SUBSTITUTION.value, _("Substitution")
        BY_ORDER = Footing.BY_ORDER.value, _("By order")
        UNDER_DELEGATION = Footing.UNDER_DELEGATION.value, _("Under delegation")

        @property
        def footing(self) -> Footing:
            """The same for the pure rules."""
            return Footing(self.value)

    from_appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="delegations"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    capability = models.CharField(max_length=30, choices=capability_choices(), blank=True)
    fields_of_work = models.JSONField(default=list, blank=True)
    begins_on = models.DateField()
    ends_on = models.DateField()
    legal_basis = models.TextField()
    # The giver's own appointment: the absent one's, or the superior's who assigned the work.
    # Nobody's where the installation set it up.
    given_as = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, related_name="given_delegations"
    )

    objects = models.Manager.from_queryset(DelegationQuerySet)()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(legal_basis=""), name="a_delegation_names_its_legal_basis"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("begins_on")), name="a_delegation_ends"
            ),
            models.CheckConstraint(
                condition=Q(kind="substitution") | ~Q(capability=""),
                name="an_authorisation_names_its_content",
            ),
            models.CheckConstraint(
                condition=Q(kind="substitution") | Q(capability="sign"),
                name="by_order_and_by_authorisation_one_signs",
            ),
            models.CheckConstraint(
                condition=Q(kind="substitution")
                | Q(given_as__isnull=True)
                | Q(given_as=models.F("from_appointment")),
                name="the_right_to_sign_is_given_by_its_holder_alone",
            ),
        ]
        indexes = [models.Index(fields=["to_user", "begins_on"], name="delegations_by_person")]
