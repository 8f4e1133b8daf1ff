"""What the part "Bản in" of a page shows: each print that may be ordered, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.http import urlencode

from documents.models import PrintOrder
from documents.services import printing, wishes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.models import Document, Revision
    from documents.selectors.state import Legal
    from documents.services.wishes import Wish
    from offices.models import User


WORDS = {
    PrintOrder.What.PAPER: "văn bản",
    PrintOrder.What.COPY: "bản sao",
    PrintOrder.What.DRAFT: "dự thảo",
    PrintOrder.What.MINUTES: "biên bản",
    PrintOrder.What.REMARKS: "bảng tổng hợp",
    PrintOrder.What.NOTE: "tờ trình",
    PrintOrder.What.SLIP: "phiếu trình",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One print that may be ordered, with its order where there is one."""

    wish: Wish
    order: PrintOrder | None
    may_cancel: bool
    # What the line prints, in a word, and what its form sends besides.
    words: str = ""
    asks: tuple[tuple[str, str], ...] = ()

    @property
    def phases(self) -> int:
        """How many phases a print has."""
        return printing.PHASES


@dataclass(frozen=True, slots=True)
class Prints:
    """What the part "Bản in" of a page shows."""

    revision: Revision
    on: date
    lines: tuple[Line, ...]

    @property
    def under_way(self) -> bool:
        """Whether something is still to come, so that the page asks again."""
        return any(line.order and line.order.is_under_way for line in self.lines)


def prints_of(
    document: Document, revision: Revision | None, user: User, *, legal: Legal, on: date
) -> Prints | None:
    """Give the prints of a version as a person sees them; None where there is no text. One query."""
    if revision is None:
        return None
    wanted = wishes.of_version(document, revision, legal=legal, on=on)
    version = (("ban", str(revision.ordinal)), ("ngay", on.isoformat()))
    return Prints(revision, on, _lines(wanted, user, asks=version))


@dataclass(frozen=True, slots=True)
class Records:
    """What the part "Bản in" shows of one record of the procedure; `query` names the record.

    `key` tells it from other records on the page, `title` says what it is.
    """

    document: Document
    title: str
    key: str
    query: str
    lines: tuple[Line, ...]

    @property
    def under_way(self) -> bool:
        """Whether something is still to come, so that the page asks again."""
        return any(line.order and line.order.is_under_way for line in self.lines)


def records_of(
    document: Document,
    wanted: Sequence[Wish],
    user: User,
    *,
    title: str,
    orders: Mapping[str, PrintOrder] | None = None,
) -> Records:
    """Give the prints of one record as a person sees them. One query, or none with the `orders`."""
    what, about = wanted[0].what.value, wanted[0].about
    asks = (("so", str(about)),) if about is not None else ()
    query = urlencode([("loai", what), *asks])
    key = "-".join([what, *(value for _name, value in asks)])
    return Records(document, title, key, query, _lines(wanted, user, asks=asks, orders=orders))


def _lines(
    wanted: Sequence[Wish],
    user: User,
    *,
    asks: tuple[tuple[str, str], ...],
    orders: Mapping[str, PrintOrder] | None = None,
) -> tuple[Line, ...]:
    orders = printing.found(wanted) if orders is None else orders
    lines = []
    for wish in wanted:
        order = orders.get(wish.made_from)
        own = order is not None and order.is_under_way and order.ordered_by_id == user.pk
        kind = (("loai", wish.what.value), ("dang", wish.form.value))
        words = WORDS[wish.what]
        lines.append(Line(wish, order, may_cancel=own, words=words, asks=(*asks, *kind)))
    return tuple(lines)
