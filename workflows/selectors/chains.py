"""A chain of papers drawn in time: bars, arrows and labels, wide and tall. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING

from documents.effects import State

if TYPE_CHECKING:
    from documents.selectors.chains import Chain, Link

WIDE, LEFT, TOP, ROW, BAR = 1000, 20.0, 58, 64, 34
SPAN_WIDE, SPAN_TALL = 960.0, 552.0
TALL, TALL_TOP, FIRST, LANE, THICK = 340, 14.0, 52.0, 22.0, 16
LABEL_FITS, LETTER = 150.0, 6.6
LABEL_GAP = 42.0
MOST_TICKS = 8
REACH = 20
NOTE_LENGTH = 34
# What every subject begins with tells two papers of one chain apart least.
OPENINGS = ("Ban hành ", "Phê duyệt ", "Về việc ")


@dataclass(frozen=True, slots=True)
class Bar:
    """The life of one paper as a bar; `look` is "", "guess" or "plan", `on` whether in force."""

    place: int
    look: str
    on: bool
    x: float
    y: float
    width: float
    height: float
    name: str
    note: str
    label_x: float
    label_y: float
    label_end: bool
    arrow: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing of a chain: its bars, its years, where the day asked for stands."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    end: float
    cursor: float


@dataclass(frozen=True, slots=True)
class Axis:
    """The years a chain spans, from the first of January to the last of December."""

    begins: date
    ends: date

    @property
    def days(self) -> int:
        """How many days it spans."""
        return (self.ends - self.begins).days

    def part(self, day: date) -> float:
        """How far along a day lies, from 0 to 1; days outside stand at the edge."""
        return min(max((day - self.begins).days / self.days, 0.0), 1.0)

    def place(self, day: date) -> int:
        """Count the days from the beginning, as the slider does."""
        return min(max((day - self.begins).days, 0), self.days)

    def years(self) -> list[int]:
        """Give the years to write, at most a few."""
        every = range(self.begins.year, self.ends.year)
        step = max(1, -(-len(every) // MOST_TICKS))
        return list(every)[::step]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table under the drawing, with what the slider needs.

    `changes` are (day, state) pairs: the state holds from that day on. `first` is the state
    before the first of them.
    """

    link: Link
    begins_on: date | None
    ends_on: date | None
    changes: tuple[tuple[date, State], ...]
    first: State
    planned_changes: tuple[tuple[date, State], ...]
    expected: bool
    state: State


def axis_of(chain: Chain, *, on: date, today: date) -> Axis:
    """Span the whole years in which anything of the chain begins or ends, and today.

    The day asked for widens it by `REACH` years at most: a day beyond stands at the edge, where
    a day in the year 9999 would press the whole chain into one line.
    """
    days = [today]
    for link in chain.links:
        known = (link.legal.begins_on, link.legal.ends_on, link.document.dated_on)
        days += [day for day in (*known, link.planned_from) if day is not None]
    guessed = any(_is_unknown(link) for link in chain.links)
    first, last = min(days).year - (1 if guessed else 0), max(days).year
    first, last = max(min(first, on.year), first - REACH), min(max(last, on.year), last + REACH)
    begins = min(max(first, MINYEAR), MAXYEAR - 1)
    return Axis(date(begins, 1, 1), date(min(last + 1, MAXYEAR), 1, 1))


def _is_unknown(link: Link) -> bool:
    return link.is_guess and link.document.dated_on is None


def planned_day(link: Link, *, today: date) -> date:
    """Give the first day a planned paper could take effect: the one it names, else today."""
    return max(link.planned_from or today, today)


def rows(chain: Chain, *, on: date, today: date, with_plans: bool) -> tuple[Row, ...]:
    """Give the lines of the table; with plans, drafts count as issued on their first day."""
    ends = {
        link.document.pk: planned_day(link, today=today) for link in chain.links if link.is_planned
    }
    return tuple(_row(link, ends, on=on, with_plans=with_plans) for link in chain.links)


def _row(link: Link, ends: dict[int, date], *, on: date, with_plans: bool) -> Row:
    key = link.document.pk
    planned: list[tuple[date, State]] = []
    if link.is_planned:
        planned = [(ends[key], State.IN_FORCE)]
    elif link.planned_by is not None and link.legal.ends_on is None:
        planned = [(ends[link.planned_by.pk], State.CEASED)]
    first = _first_state(link)
    now = state_on((*link.changes, *planned) if with_plans else link.changes, first, on)
    plain = state_on(link.changes, first, on)
    return Row(
        link=link,
        begins_on=link.legal.begins_on or (ends[key] if link.is_planned and with_plans else None),
        ends_on=link.legal.ends_on,
        changes=link.changes,
        first=first,
        planned_changes=tuple(planned),
        expected=now is not plain,
        state=now,
    )


def _first_state(link: Link) -> State:
    if link.is_planned:
        return State.UNISSUED
    return State.UNKNOWN if link.is_guess else State.NOT_YET


def state_on(changes: tuple[tuple[date, State], ...], first: State, on: date) -> State:
    """Give the state that holds on a day: that of the last change until then."""
    held = first
    for day, state in sorted(changes, key=lambda change: change[0]):
        if day <= on:
            held = state
    return held


def draw_wide(table: tuple[Row, ...], axis: Axis, *, on: date, today: date) -> Drawing:
    """Draw the chain from left to right, a row a paper."""

    def x(day: date) -> float:
        return round(LEFT + SPAN_WIDE * axis.part(day), 1)

    bars = []
    for place, row in enumerate(table):
        begins, ends = _life(row, axis, today=today)
        left, right = x(begins), x(ends)
        name, note = _name(row), _note(row)
        fits = right - left >= max(LABEL_FITS, LETTER * max(len(name), len(note)) + 24)
        at_left = not fits and left > WIDE / 2
        label = left + 12 if fits else left - 12 if at_left else right + 12
        bars.append(
            Bar(
                place=place,
                look=_look(row),
                on=row.state in {State.IN_FORCE, State.PARTLY_CEASED},
                x=left,
                y=TOP + ROW * place,
                width=round(max(right - left, 3), 1),
                height=BAR,
                name=name,
                note=note,
                label_x=round(label, 1),
                label_y=TOP + ROW * place + 15,
                label_end=at_left,
                arrow=place > 0 and not row.link.is_guess,
            )
        )
    height = TOP + ROW * len(table) + 18
    ticks = tuple(Tick(x(date(year, 1, 1)), str(year)) for year in axis.years())
    return Drawing(WIDE, height, tuple(bars), ticks, LEFT + SPAN_WIDE, x(on))


def draw_tall(table: tuple[Row, ...], axis: Axis, *, on: date, today: date) -> Drawing:
    """Draw the chain from top to bottom, a lane a paper, its label right of every lane."""

    def y(day: date) -> float:
        return round(TALL_TOP + SPAN_TALL * axis.part(day), 1)

    lane = min(LANE, 110.0 / max(len(table), 1))
    label_x = round(FIRST + lane * len(table) + 10, 1)
    bars: list[Bar] = []
    below = 0.0
    for place, row in enumerate(table):
        begins, ends = _life(row, axis, today=today)
        top, bottom = y(begins), y(ends)
        label_y = max(top + 16, below)
        below = label_y + LABEL_GAP
        bars.append(
            Bar(
                place=place,
                look=_look(row),
                on=row.state in {State.IN_FORCE, State.PARTLY_CEASED},
                x=round(FIRST + lane * place, 1),
                y=top,
                width=min(THICK, lane - 4),
                height=round(max(bottom - top, 3), 1),
                name=_name(row),
                note=_short(_note(row), label_x),
                label_x=label_x,
                label_y=round(label_y, 1),
                label_end=False,
                arrow=False,
            )
        )
    height = max(TALL_TOP + SPAN_TALL + 24, below + 8)
    ticks = tuple(Tick(y(date(year, 1, 1)), str(year)) for year in axis.years())
    return Drawing(TALL, height, tuple(bars), ticks, TALL_TOP + SPAN_TALL, y(on))


def _life(row: Row, axis: Axis, *, today: date) -> tuple[date, date]:
    link = row.link
    if link.is_planned:
        return planned_day(link, today=today), axis.ends
    begins = link.legal.begins_on or link.document.dated_on or axis.begins
    return begins, row.ends_on or axis.ends


def _look(row: Row) -> str:
    if row.link.is_planned:
        return "plan"
    return "guess" if row.link.is_guess else ""


def _name(row: Row) -> str:
    return row.link.document.cited_as or "Dự thảo"


def _note(row: Row) -> str:
    """Say in a few words what the paper is about; the table under the drawing says it in full."""
    document = row.link.document
    if row.link.is_guess and not document.subject:
        return "chỉ biết qua viện dẫn"
    words = document.subject
    for opening in OPENINGS:
        words = words.removeprefix(opening)
    words = words[:1].upper() + words[1:]
    if len(words) <= NOTE_LENGTH:
        return words
    return f"{words[:NOTE_LENGTH].rsplit(' ', 1)[0]}…"


def _short(text: str, label_x: float) -> str:
    room = int((TALL - label_x) / LETTER)
    return text if len(text) <= room else f"{text[: max(room - 1, 1)].rstrip()}…"
