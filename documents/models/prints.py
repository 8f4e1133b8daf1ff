"""Prints that were ordered: what is to be set, how far it is, and the file it became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PrintOrder(models.Model):
    """One file wanted of one revision; made outside any request, kept, and given to all who ask.

    `made_from` is the SHA-256 of everything that goes into the file: the same wish is one row and
    one file. `ribbon` and `mark` are the words printed on a copy or a draft. `about` is the key of
    the minutes, the submission note or the routing slip that is printed; empty for all else.
    `changed_at` is in real time, as it tells whether a worker still lives; `ordered_at` is in the
    office's.
    """

    class What(models.TextChoices):
        """What the print counts as: the paper itself, a copy with its state, or a draft."""

        PAPER = "paper", _("Print")
        COPY = "copy", _("Copy with its legal state")
        DRAFT = "draft", _("Print of a draft")
        MINUTES = "minutes", _("Minutes of a meeting")
        REMARKS = "remarks", _("Table of remarks and answers")
        NOTE = "note", _("Submission note")
        SLIP = "slip", _("Routing slip")

    class Form(models.TextChoices):
        """The kind of file."""

        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word")

    class State(models.TextChoices):
        """How far the order is."""

        QUEUED = "queued", _("Waiting to be printed")
        RUNNING = "running", _("Being printed")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Not printed")
        CANCELLED = "cancelled", _("Cancelled")

    class Why(models.TextChoices):
        """Why there is no file; each has its sentence for the reader."""

        TIME = "time", _("Setting it took longer than a print may.")
        MEMORY = "memory", _("Setting it took more memory than a print may.")
        LAYOUT = "layout", _("The text could not be set on the sheet.")
        CHANGED = "changed", _("The paper changed after the print was ordered.")
        STOPPED = "stopped", _("The print was interrupted.")
        BROKEN = "broken", _("Something went wrong while printing.")

    revision = models.ForeignKey("documents.Revision", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    form = models.CharField(max_length=8, choices=Form.choices)
    on = models.DateField(null=True, blank=True)
    about = models.PositiveBigIntegerField(null=True, blank=True)
    ribbon = models.CharField(max_length=300, blank=True)
    mark = models.CharField(max_length=40, blank=True)
    made_from = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    phase = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ordered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    rendition = models.ForeignKey(
        "documents.Rendition", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_from"], name="one_print_of_one_thing"),
            models.CheckConstraint(
                condition=Q(state="ready", rendition__isnull=False)
                | (~Q(state="ready") & Q(rendition__isnull=True)),
                name="a_print_is_ready_when_it_has_a_file",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(why="")) | (~Q(state="failed") & Q(why="")),
                name="a_print_that_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(what="copy", on__isnull=False) | (~Q(what="copy") & Q(on__isnull=True)),
                name="a_copy_says_its_day",
            ),
            models.CheckConstraint(
                condition=Q(what__in=("minutes", "note", "slip"), about__isnull=False)
                | (~Q(what__in=("minutes", "note", "slip")) & Q(about__isnull=True)),
                name="a_print_of_one_of_several_says_which",
            ),
        ]
        indexes = [
            # Which prints are under way: asked on every tick, and of every person who orders.
            models.Index(
                fields=["state", "changed_at"],
                condition=Q(state__in=["queued", "running"]),
                name="prints_under_way",
            )
        ]

    @property
    def is_under_way(self) -> bool:
        """Whether a file is still to come."""
        return self.state in UNDER_WAY


UNDER_WAY = (PrintOrder.State.QUEUED, PrintOrder.State.RUNNING)
