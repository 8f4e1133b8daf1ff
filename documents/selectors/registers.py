"""The registers of outgoing documents as books: lines in order, gaps with their reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Subquery

from documents.lifecycle import Stage
from documents.models import Document, Register, RegisterEntry, Revision
from documents.models.papers import CODED
from documents.numbering import BY_CODE, DECISIONS, Series, series_of
from documents.selectors import papers, state

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from documents.selectors.state import Legal

# What a sheet of the paper book holds, and what one page shows.
PAGE_SIZE = 50
SERIES: dict[str, Series] = {
    series.symbol: series for series in (*DECISIONS.values(), *BY_CODE.values())
}
# Series whose number is a code, "QT.07", not "07/QT".
CODES = frozenset(BY_CODE[kind].symbol for kind in CODED if kind in BY_CODE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a register: words, a state on a day as known on a day, the page."""

    on: date
    text: str = ""
    state: str = ""
    known_at: datetime | None = None
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the book with the legal state of its paper; a gap has no state."""

    entry: RegisterEntry
    legal: Legal | None
    ended_by: Document | None

    @property
    def cited_as(self) -> str:
        """Number and symbol as the line prints them, for a gap too."""
        symbol = self.entry.register.symbol
        if symbol in CODES:
            return f"{symbol}.{self.entry.number:02}"
        number, written = SERIES[symbol].written(self.entry.number)
        return f"{number}/{written}"

    @property
    def is_gap(self) -> bool:
        """Whether the number was left unused."""
        return bool(self.entry.abandoned_because)


@dataclass(frozen=True, slots=True)
class Book:
    """One page of a register, in the order of numbers; `smaller` and `larger` page on."""

    lines: tuple[Line, ...]
    count: int
    smaller: int | None
    larger: int | None

    @property
    def first(self) -> int | None:
        """The smallest number shown."""
        return self.lines[0].entry.number if self.lines else None

    @property
    def last(self) -> int | None:
        """The largest number shown."""
        return self.lines[-1].entry.number if self.lines else None


def of_office(office_ids: Collection[int]) -> list[Register]:
    """Give the registers that number papers, newest year first, with their count of lines."""
    return list(
        Register.objects.filter(office__in=office_ids, symbol__in=SERIES)
        .select_related("office")
        .annotate(
            line_count=Count("entries"),
            gap_count=Count("entries", filter=~Q(entries__abandoned_because="")),
        )
        .order_by("-year", "symbol")
    )


def counters(office_ids: Collection[int]) -> list[Register]:
    """Give the counters of the procedure's own papers: submission notes and routing slips."""
    return list(
        Register.objects.filter(
            Q(symbol__startswith="TTr-") | Q(symbol__startswith="PTr-"), office__in=office_ids
        ).order_by("-year", "symbol")
    )


def waiting(office_ids: Collection[int]) -> dict[str, int]:
    """Count the signed papers that wait for a number, by the series that will number them."""
    signed = Revision.objects.filter(
        stage=Stage.SIGNED.value,
        ended_at__isnull=True,
        document__office__in=office_ids,
        document__number="",
    ).values_list("document__kind", "document__authority_kind")
    counted: dict[str, int] = {}
    for kind, authority_kind in signed:
        symbol = series_of(kind, authority_kind).symbol
        counted[symbol] = counted.get(symbol, 0) + 1
    return counted


def book(register: Register, wanted: Wanted) -> Book:
    """Give a page of a register; the last page unless asked for another. Four queries."""
    lines = RegisterEntry.objects.filter(register=register)
    if wanted.text.strip():
        matches = Document.objects.filter(papers.matching(wanted.text))
        of_words = Q(document__in=matches)
        number = papers.number_in(wanted.text)
        lines = lines.filter(of_words if number is None else of_words | Q(number=number))
    if wanted.state:
        in_state = state.with_state(
            Document.objects.all(), on=wanted.on, known_at=wanted.known_at
        ).filter(state=wanted.state)
        lines = lines.filter(abandoned_because="", document__in=Subquery(in_state.values("pk")))
    if wanted.known_at is not None:
        lines = lines.filter(registered_at__lte=wanted.known_at)
    count = lines.count()
    rows = lines.select_related("document", "register")
    if wanted.after is not None:
        taken = list(rows.filter(number__gt=wanted.after).order_by("number")[: PAGE_SIZE + 1])
        shown = taken[:PAGE_SIZE]
        smaller, larger = bool(shown), len(taken) > PAGE_SIZE
    else:
        if wanted.before is not None:
            rows = rows.filter(number__lt=wanted.before)
        taken = list(rows.order_by("-number")[: PAGE_SIZE + 1])
        shown = taken[:PAGE_SIZE][::-1]
        smaller, larger = len(taken) > PAGE_SIZE, wanted.before is not None
    return Book(
        lines=_lines(register, shown, wanted),
        count=count,
        smaller=shown[0].number if shown and smaller else None,
        larger=shown[-1].number if shown and larger else None,
    )


def _lines(
    register: Register, entries: Iterable[RegisterEntry], wanted: Wanted
) -> tuple[Line, ...]:
    kept = list(entries)
    held = [entry.document for entry in kept if entry.document and not entry.abandoned_because]
    legal = state.legal(held, on=wanted.on, known_at=wanted.known_at)
    enders = Document.objects.in_bulk(
        {one.ended_by for one in legal.values() if one.ended_by is not None}
    )
    lines = []
    for entry in kept:
        entry.register = register
        of_paper = legal.get(entry.document_id or 0) if not entry.abandoned_because else None
        ender = enders.get(of_paper.ended_by or 0) if of_paper else None
        lines.append(Line(entry=entry, legal=of_paper, ended_by=ender))
    return tuple(lines)
