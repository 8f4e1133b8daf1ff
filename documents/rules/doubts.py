"""What the reader of objectives asks a person to settle: for the page, the rules and the docs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing left open: its words, and what an objective should be instead.

    `decides`: a figure or a day changes when it is settled the other way, so that a draft is told
    too (`BH_TARGET_UNSURE`); the others are asked where the reading is confirmed.
    """

    sentence: str | _StrPromise
    rule: str
    decides: bool = False


DOUBTS: Mapping[str, Doubt] = {
    "approximate": Doubt(
        _("“About” leaves open how near is near enough."),
        "A target gives a figure, not a neighbourhood: write “at least” or “at most”.",
        decides=True,
    ),
    "break_unsure": Doubt(
        _("A row after a page break was joined with the row above it."),
        "A row that a page breaks is one row; look whether the halves belong together.",
    ),
    "cells_merged": Doubt(
        _("A cell printed over several rows was read for each of them."),
        "A cell printed over several rows holds for each; look whether it was meant so.",
    ),
    "change_unit": Doubt(
        _("A change in per cent: relative, or percentage points? The text does not say."),
        "A rise or fall in per cent says of what: write “so với” and percentage points where meant.",
        decides=True,
    ),
    "conflicting": Doubt(
        _("The figure may count what is to change, not the change itself."),
        "A change is told by how much, not by what is counted.",
        decides=True,
    ),
    "date_impossible": Doubt(
        _("No calendar has this day."),
        "A deadline is a day of the calendar.",
        decides=True,
    ),
    "deadline_unread": Doubt(
        _("This deadline or period was not understood."),
        "A deadline is a day, a month, a quarter or a period that returns.",
    ),
    "figures_parted": Doubt(
        _("Two figures without a connector were read as two targets."),
        "Two targets in one phrase are parted by a semicolon.",
        decides=True,
    ),
    "fraction": Doubt(
        _("A fraction does not say of how many."),
        "A fraction says of how many.",
        decides=True,
    ),
    "from_alone": Doubt(
        _("“From” without “upwards”: taken as at least."),
        "“Từ” goes with “trở lên”.",
        decides=True,
    ),
    "grade": Doubt(
        _("“Upwards” speaks of the grade here, not of the figure."),
        "What is at least so high is said of the figure, not of a grade.",
        decides=True,
    ),
    "hard_to_measure": Doubt(
        _("A figure about conduct or attitude: say how it is counted."),
        "A figure about conduct says how it is counted.",
    ),
    "measure_unsure": Doubt(
        _("This point may be a measure, or part of the objective."),
        "What is done to reach an objective stands apart from the objective.",
    ),
    "number_in_words": Doubt(
        _("A number is written in words; check which figure was read, if any."),
        "A target is written in figures.",
        decides=True,
    ),
    "objective_missing": Doubt(
        _("This row belongs to no objective."),
        "Each row of measures belongs to an objective above it.",
    ),
    "plan_missing": Doubt(
        _("The day stands in a plan that is another paper."),
        "A deadline that stands in another paper is written here too, or that paper is cited.",
    ),
    "preposition": Doubt(
        _("“Over” may mean more than, or in how many places."),
        "“Trên” before a figure says more than; write “hơn” or “ít nhất”.",
        decides=True,
    ),
    "qualitative": Doubt(
        _("There is no figure and no criterion of pass."),
        "An objective without a figure has a judgement of pass.",
    ),
    "row_ragged": Doubt(
        _("The row has more cells than the table has columns."),
        "A row has as many cells as its table has columns.",
    ),
    "several_values": Doubt(
        _("Several figures or days stand in one phrase; none was picked for you."),
        "One target has one figure and one day.",
        decides=True,
    ),
    "subject_inherited": Doubt(
        _("The second half of the sentence speaks of the subject of the first."),
        "Each target names what it counts.",
    ),
    "target_differs": Doubt(
        _("The objective and its target name different figures."),
        "An objective and its target name one figure.",
        decides=True,
    ),
    "too_long": Doubt(
        _("The text is too long for a target and was not searched for figures."),
        "A target is one sentence.",
    ),
    "too_many": Doubt(
        _("There are more objectives than are read at once."),
        "A paper sets no more objectives than are read at once.",
    ),
    "unit_missing": Doubt(
        _("The figure has no unit."),
        "A figure has a unit.",
    ),
    "unwanted": Doubt(
        _("The figure is of what is not wanted, so it is read as the most there may be."),
        "Of what is not wanted a target says “at most”.",
        decides=True,
    ),
    "year_missing": Doubt(
        _("The deadline has no year, and the paper names none."),
        "A deadline has its year, or the paper has one for all.",
        decides=True,
    ),
}
