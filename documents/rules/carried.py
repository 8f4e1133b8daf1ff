"""What a draft brought along from last year's decision and somebody must look at again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from documents.content.citations import find_mentions
from documents.content.folding import fold
from documents.content.tree import Clause, Table
from documents.rules.base import NOTE, Breach, Draft, Rule
from offices.dates import vn_date
from offices.models import Department

_YEAR = re.compile(r"\b(?:\d{1,2}\s?[/.-]\s?){0,2}(?P<year>20\d{2})\b")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s?%|\d+\s+(?:ngày|giờ|lần|lớp|hồ sơ|cuộc|người)\b")
OUR_OWN = "Ban Hành"
# "… ngày 04 tháng 7 năm 2023": how far behind the number the year of a cited paper may stand.
CITED_DATE = 40


class RowsAreLookedAt(Rule):
    """A row of targets that stands as last year is looked at again."""

    code = "BH_CARRIED_ROWS"
    severity = NOTE
    source = "Ban Hành; ISO 9001:2015, 6.2.1 g"
    sentence = gettext_lazy(
        "%(count)s of %(all)s rows stand as in %(paper)s: rows %(rows)s. Look at target, measure "
        "and deadline of each."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the rows of each table with those of the former decision, ordinals apart."""
        if draft.former is None:
            return
        before = {
            _row(row.cells)
            for block in draft.former_blocks
            if isinstance(block, Table)
            for row in block.rows
        }
        for block in draft.blocks:
            if not isinstance(block, Table):
                continue
            rows = [(n, row) for n, row in enumerate(block.rows, 1) if _row(row.cells)]
            same = [str(n) for n, row in rows if _row(row.cells) in before]
            if same:
                yield (
                    block.id,
                    {
                        "count": str(len(same)),
                        "all": str(len(rows)),
                        "rows": ", ".join(same[:12]) + ("…" if len(same) > 12 else ""),
                        "paper": draft.former_name,
                    },
                )


class FiguresAreLookedAt(Rule):
    """A passage whose figures stand as last year is looked at again."""

    code = "BH_CARRIED_FIGURES"
    severity = NOTE
    source = "Ban Hành; ISO 9001:2015, 6.2.1 g"
    sentence = gettext_lazy("“%(raw)s” stands as in %(paper)s; is it still the aim?")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare passages that hold a figure, tables apart, with those of the former decision."""
        if draft.former is None:
            return
        before = {fold(one.text) for one in draft.former_blocks if isinstance(one, Clause)}
        for block in draft.blocks:
            if not isinstance(block, Clause):
                continue
            found = _FIGURE.search(block.text)
            if found is not None and fold(block.text) in before:
                yield block.id, {"raw": found.group(), "paper": draft.former_name}


class YearsHaveMovedOn(Rule):
    """No date or year of the former period is left where the new period is meant."""

    code = "BH_CARRIED_YEAR"
    source = OUR_OWN
    sentence = gettext_lazy(
        "“%(raw)s” is of the former period (%(year)s); this paper is for %(new)s."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look below the preamble for the former year, outside what is cited or replaced."""
        former = draft.former.preface.period_year if draft.former is not None else None
        year = draft.content.preface.period_year
        if former is None or year is None or former == year:
            return
        for place, text in draft.passages:
            # A cited paper has its number, and its date close behind.
            cited = [(one.start, one.end + CITED_DATE) for one in find_mentions(text)]
            for found in _YEAR.finditer(text):
                named = any(start <= found.start() < end for start, end in cited)
                if found["year"] == str(former) and not named:
                    yield place, {"raw": found.group(), "year": str(former), "new": str(year)}


class RecipientsAreLookedAt(Rule):
    """Recipients and executors brought along are those of today."""

    code = "BH_CARRIED_NAMES"
    severity = NOTE
    source = OUR_OWN
    sentence = gettext_lazy(
        "Recipients and executors stand as in %(paper)s; check names and posts of today."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the list of recipients and the executors with the former decision."""
        former = draft.former
        if former is None or not draft.content.recipients:
            return
        same = [fold(one.raw) for one in draft.content.recipients] == [
            fold(one.raw) for one in former.recipients
        ]
        if same and draft.content.executors == former.executors:
            yield draft.content.recipients[0].id, {"paper": draft.former_name}


class NamedDepartmentsAreAlive(Rule):
    """A department the paper gives work to has not ended."""

    code = "BH_DEPARTMENT_ENDED"
    source = OUR_OWN
    sentence = gettext_lazy("%(department)s ended on %(day)s; name who took its work over.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for the names of departments of the office that have ended, unless one of the name lives."""
        departments = Department.objects.filter(office=draft.document.office)
        named = list(departments.values_list("name", "ends_on"))
        living = {name for name, ends in named if ends is None or ends > draft.on}
        ended = {name: ends for name, ends in named if name not in living and ends is not None}
        if not ended:
            return
        for place, text in draft.passages:
            for name, ends in ended.items():
                if fold(name) in fold(text):
                    yield place, {"department": name, "day": vn_date(ends)}


def _row(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a row without its ordinal; empty where there are none."""
    words = tuple(fold(cell) for cell in cells[1:])
    return words if any(words) else ()


RULES: tuple[Rule, ...] = (
    YearsHaveMovedOn(),
    RowsAreLookedAt(),
    FiguresAreLookedAt(),
    RecipientsAreLookedAt(),
    NamedDepartmentsAreAlive(),
)
