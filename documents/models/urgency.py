"""How urgent a paper is: one row beside it, so that the paper's own facts stay fixed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.papers import Document


class Urgency(models.TextChoices):
    """The levels of Decree 30/2020, Appendix I; a paper without one is ordinary."""

    URGENT = "urgent", _("Urgent")
    VERY_URGENT = "very_urgent", _("Very urgent")
    AT_ONCE = "at_once", _("At once")


class UrgencyMark(models.Model):
    """The level a paper is handled and issued with, who set it last and when."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="urgency_mark")
    level = models.CharField(max_length=12, choices=Urgency.choices, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["", *Urgency.values]), name="an_urgency_is_one_of_the_levels"
            )
        ]
