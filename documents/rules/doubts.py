"""What the reader of objectives asks a person to settle, as sentences: for the page and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

SENTENCES: Mapping[str, str | _StrPromise] = {
    "approximate": _("“About” leaves open how near is near enough."),
    "break_unsure": _("A row after a page break was joined with the row above it."),
    "cells_merged": _("A cell printed over several rows was read for each of them."),
    "change_unit": _(
        "A change in per cent: relative, or percentage points? The text does not say."
    ),
    "columns_unread": _("A column has a heading that says nothing known."),
    "conflicting": _("The figure may count what is to change, not the change itself."),
    "date_impossible": _("No calendar has this day."),
    "deadline_unread": _("This deadline or period was not understood."),
    "fraction": _("A fraction does not say of how many."),
    "from_alone": _("“From” without “upwards”: taken as at least."),
    "grade": _("“Upwards” speaks of the grade here, not of the figure."),
    "hard_to_measure": _("A figure about conduct or attitude: say how it is counted."),
    "measure_unsure": _("This point may be a measure, or part of the objective."),
    "number_in_words": _("A number is written in words and was not read as a figure."),
    "objective_missing": _("This row belongs to no objective."),
    "plan_missing": _("The day stands in a plan that is another paper."),
    "preposition": _("“Over” may mean more than, or in how many places."),
    "qualitative": _("There is no figure and no criterion of pass."),
    "row_ragged": _("The row has more cells than the table has columns."),
    "several_values": _("Several figures or days stand in one phrase; none was picked for you."),
    "subject_inherited": _("The second half of the sentence speaks of the subject of the first."),
    "target_differs": _("The objective and its target name different figures."),
    "too_long": _("The text is too long for a target and was not searched for figures."),
    "too_many": _("There are more objectives than are read at once."),
    "unit_missing": _("The figure has no unit."),
    "year_missing": _("The deadline has no year, and the paper names none."),
}
