"""The register of outgoing documents: gap-free numbers and their ten columns."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Register(models.Model):
    """One series of numbers of one office in one year (0: a series that never starts anew).

    `opened_after` is the last number of the paper book that the register continues.
    """

    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    opened_after = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    last_dated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "symbol", "year"], name="one_register_per_series_and_year"
            ),
            models.CheckConstraint(
                condition=Q(last_number__gte=F("opened_after")),
                name="a_register_only_counts_upwards",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.year}"


class RegisterEntry(models.Model):
    """One line of the book (Decree 30/2020, Appendix IV): a number, used or abandoned.

    `issued_facts` are the RFC 8785 bytes whose SHA-256 is the issued digest of what was numbered;
    a burnt number keeps those it was given with. Number, paper, date and facts never change.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(
        "documents.Document",
        on_delete=models.PROTECT,
        null=True,
        related_name="register_entries",
    )
    dated_on = models.DateField()
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField()
    subject = models.CharField(max_length=1000, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    recipients = models.TextField(blank=True)
    kept_by = models.CharField(max_length=200, blank=True)
    copies = models.PositiveIntegerField(default=0)
    dispatched_on = models.DateField(null=True, blank=True)
    receipt = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    abandoned_because = models.TextField(blank=True)
    issued_facts = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="a_number_is_given_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(abandoned_because=""),
                name="a_document_holds_one_number",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(abandoned_because=""),
                name="a_gap_in_the_register_says_why",
            ),
        ]
