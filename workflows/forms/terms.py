"""The terms of an office: one cell a step and level of urgency, with the regulation cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import regex
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Urgency
from workflows import deadlines
from workflows.deadlines import WITH_TERM, Term, levels_of, out_of_bounds
from workflows.forms.moments import day_input
from workflows.selectors.terms import in_words

if TYPE_CHECKING:
    from datetime import date

    from workflows.selectors.terms import Terms

WRITTEN = regex.compile(r"(\d{1,3})\s*(ngày|giờ)", regex.IGNORECASE)


def cell(node: str, level: str) -> str:
    """Name the field of one step at one level."""
    return f"{node}-{level or 'ordinary'}"


def level_in_words(level: str) -> str:
    """Name a level of urgency; the ordinary case too."""
    return str(Urgency(level).label) if level else _("Ordinary")


def _label(node: str, level: str) -> str:
    return level_in_words(level) if len(levels_of(node)) > 1 else _("Every level of urgency")


class TermsForm(forms.Form):
    """Terms as they are written, "2 ngày" or "4 giờ", the citation, and the day they begin."""

    citation = forms.CharField(
        label=gettext_lazy("Regulation that sets them"),
        help_text=gettext_lazy("Clause and document, as a paper cites them"),
        max_length=300,
    )
    begins_on = forms.DateField(label=gettext_lazy("Counts from"), widget=day_input())

    def __init__(
        self,
        *args: Any,
        terms: Terms,
        titles: dict[str, str],
        replaces: date | None = None,
        citation: str = "",
        **kwargs: Any,
    ) -> None:
        """`terms` are shown first; `titles` name the steps.

        `replaces` is the day of terms that have not begun, cited by `citation`: in their place
        others count from that day.
        """
        super().__init__(*args, **kwargs)
        self.titles, self.replaces = titles, replaces
        self.fields["citation"].initial = citation
        if replaces is not None:
            self.fields["begins_on"].initial, self.fields["begins_on"].disabled = replaces, True
        for node in WITH_TERM:
            for level in levels_of(node):
                now = terms.of(node, level)
                self.fields[cell(node, level)] = forms.CharField(
                    label=_label(node, level),
                    max_length=12,
                    required=False,
                    initial=in_words(now) if now else "",
                )

    def clean(self) -> dict[str, Any]:
        """Read every cell; one that is no term, or too long a one, is named at its field."""
        data = super().clean() or {}
        self.read: dict[str, dict[str, str]] = {node: {} for node in WITH_TERM}
        for node in WITH_TERM:
            for level in levels_of(node):
                self._read(node, level, str(data.get(cell(node, level), "")))
        return data

    def _read(self, node: str, level: str, written: str) -> None:
        name = cell(node, level)
        if name in self.errors or not written.strip():
            return
        found = WRITTEN.fullmatch(written.strip())
        number = int(found[1]) if found else 0
        if found is None or number == 0:
            self.add_error(name, _("Write a term as “2 ngày” or “4 giờ”."))
            return
        term = Term(days=number) if found[2].lower() == "ngày" else Term(hours=number)
        if out_of_bounds(node, level, term):
            self.add_error(name, _bounds(node))
            return
        self.read[node][level] = term.code

    def lengths(self, terms: Terms) -> dict[str, dict[str, str]]:
        """Give what the regulation sets: every cell that differs from what counts anyway.

        A cell left empty, or as the installation has it, stays the installation's and says so.
        """
        return {
            node: own
            for node, levels in self.read.items()
            if (
                own := {
                    level: code
                    for level, code in levels.items()
                    if terms.lengths.get(node, {}).get(level) or code != _default(node, level)
                }
            )
        }

    def rows(self) -> list[dict[str, Any]]:
        """Give each step with its cells, one a level at which it has a term."""
        return [
            {
                "title": self.titles[node],
                "cells": [self[cell(node, level)] for level in levels_of(node)],
            }
            for node in WITH_TERM
        ]


def _default(node: str, level: str) -> str:
    found = deadlines.term(node, level)
    return found.code if found is not None else ""


def _bounds(node: str) -> str:
    if node in deadlines.OF_THE_CLERK:
        return _("A paper is issued by the next working day (Decree 30/2020, article 18).")
    if node == deadlines.CONFIRM:
        return _("In working days, %(days)s at most.") % {"days": deadlines.LONGEST_CONFIRMATION}
    if node == deadlines.ROUND:
        return _(
            "A round has at most %(days)s days; of a paper to go at once, %(hours)s hours."
        ) % {
            "days": deadlines.LONGEST_ROUND,
            "hours": deadlines.LONGEST_ROUND_HOURS,
        }
    return _("At most %(days)s days or %(hours)s hours.") % {
        "days": deadlines.LONGEST_DAYS,
        "hours": deadlines.LONGEST_HOURS,
    }
