"""What the part "Bản in" of a page shows: each print that may be ordered, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from documents.services import printing

if TYPE_CHECKING:
    from documents.models import Document, PrintOrder, Revision
    from documents.selectors.state import Legal
    from documents.services.printing import Wish
    from offices.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One print that may be ordered, with its order where there is one."""

    wish: Wish
    order: PrintOrder | None
    may_cancel: bool

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
    wanted = printing.wishes(document, revision, legal=legal, on=on)
    orders = printing.found(wanted)
    lines = []
    for wish in wanted:
        order = orders.get(wish.made_from)
        own = order is not None and order.is_under_way and order.ordered_by_id == user.pk
        lines.append(Line(wish, order, may_cancel=own))
    return Prints(revision, on, tuple(lines))
