"""Walking the index newest first, asking the policy of each paper on the way.

The condition narrows, the policy decides. Whatever the databases' planners think: matches are
read from the index alone, in order, and the policy is asked only until enough were found.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from documents.finding import store
from documents.finding.bags import fact
from documents.finding.conditions import All, But, Condition, Token, either, every
from documents.finding.places import KEY, place_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from documents.finding.asking import Question

_EVERYTHING = "SELECT place FROM documents_indexedpaper"
YEAR = fact("y", "")
# Whether all matches are read and sorted before the first is given.
READS_ALL_FIRST = {"sqlite": False, "postgresql": True}
# Papers enough to fill what is counted where a word is common and the reader reads most of them.
MANY = 4000
_NEWEST = (
    "SELECT max(place), (SELECT place FROM documents_indexedpaper ORDER BY place DESC "
    "LIMIT 1 OFFSET %s) FROM documents_indexedpaper"
)


@contextmanager
def plain_plans() -> Iterator[None]:
    """Keep PostgreSQL from reading the table of tokens through; nothing to do on SQLite.

    It does not know that unpacking a row of tokens is the dearest thing in the query, and reads
    them all where a word is common: seconds, where its own index takes milliseconds. Nor does it
    pay to begin other processes, or to translate a query to machine code, for milliseconds.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; "
                "SET LOCAL max_parallel_workers_per_gather = 0"
            )
        yield


class Walk:
    """The papers of a reader that meet some facts, asked for conditions.

    `among` are places outside which none of these papers stands, where that is known cheaply.
    """

    def __init__(
        self,
        papers: QuerySet[Any],
        facts: tuple[Condition, ...],
        *,
        among: QuerySet[Any] | None = None,
    ) -> None:
        self._facts = facts
        self._of_one_year = any(
            isinstance(one, Token) and one.text.startswith(YEAR) for one in facts
        )
        self._newest: tuple[int, int | None] | None = None
        self._among = among.query.sql_with_params() if among is not None else None
        here = RawSQL(f"(w.place & {KEY})", ())  # noqa: S611 - a constant, no input
        allowed = papers.filter(pk=here).order_by().values("pk")
        self._policy: tuple[str, tuple[Any, ...]] | None
        try:
            self._policy = allowed.query.sql_with_params()
        except EmptyResultSet:
            self._policy = None

    def places(
        self, asked: Question, condition: Condition, *, limit: int, below: int | None = None
    ) -> list[int]:
        """Give the places, newest first, of papers that meet a condition of the question.

        One query, on PostgreSQL up to two and one more for the first; `below` continues after a
        place.
        """
        if self._policy is None:
            return []
        condition = _and(condition, self._facts)
        found: list[int] = []
        for part, end in self._stretches(condition, below):
            found += self._read(asked, part, limit=limit - len(found), below=end)
            if len(found) == limit:
                break
        return found

    def of_counted(self, condition: Condition, counted: list[int]) -> list[int]:
        """Give those of the places that are known to be all there are which meet a condition.

        The policy was asked of them. One query, newest first.
        """
        return store.holding(_and(condition, self._facts), counted)

    def _stretches(
        self, condition: Condition, below: int | None
    ) -> Iterator[tuple[Condition, int | None]]:
        """Cut the archive in two where the database reads all matches before it gives the first.

        The years of the newest papers come first: their short list of papers narrows the long
        list of a common word. Where they do not yield enough, all papers before them follow.
        """
        cut = self._cut() if condition != All(()) else None
        if cut is None:
            yield condition, below
            return
        newest, first = cut
        older = place_of(date(first, 1, 1), 0)
        if below is None or below > older:
            upto = newest if below is None else year_of(below)
            years = [Token(fact("y", year)) for year in range(first, upto + 1)]
            yield _and(condition, (either(years),)), below
        yield condition, older if below is None else min(below, older)

    def _cut(self) -> tuple[int, int] | None:
        """Give the year of the newest paper and the first of the newest years; None: no cut."""
        whole = not READS_ALL_FIRST[connection.vendor] or self._among is not None
        if whole or self._of_one_year:
            return None
        if self._newest is None:
            with connection.cursor() as cursor:
                cursor.execute(_NEWEST, [MANY])
                self._newest = cursor.fetchone()
        newest, many = self._newest
        return None if many is None else (year_of(newest), year_of(many))

    def _read(
        self, asked: Question, condition: Condition, *, limit: int, below: int | None
    ) -> list[int]:
        parameters: list[Any] = []
        matching, plain = _EVERYTHING, ""
        if condition != All(()):
            matching, plain = store.MATCH[connection.vendor], _PLAIN[connection.vendor]
            parameters.append(store.written(condition))
        # Every part is a constant of this package, or the policy as Django wrote it.
        inner = f"SELECT place{plain} AS place FROM ({matching}) m"  # noqa: S608
        inner += " WHERE TRUE"
        if below is not None:
            inner += " AND place < %s"
            parameters.append(below)
        if self._among is not None:
            few, values = self._among
            inner += f" AND {_OUT_OF[connection.vendor]}place IN ({few})"
            parameters += values
        policy, values = self._policy or ("", ())
        asks = [f"({policy}) IS NOT NULL"]
        parameters += values
        for order, test in ((asked.in_order, "> 0"), (asked.not_in_order, "= 0")):
            asks += [f"({store.STANDING[connection.vendor]}) {test}"] * len(order)
            parameters += order
        inner += f" ORDER BY 1 DESC{_FENCE[connection.vendor]}"
        sql = f"SELECT w.place FROM ({inner}) w WHERE {' AND '.join(asks)}"  # noqa: S608
        sql += " ORDER BY w.place DESC LIMIT %s"
        with connection.cursor() as cursor:
            cursor.execute(sql, [*parameters, limit])
            return [row[0] for row in cursor.fetchall()]


# On PostgreSQL: an expression no index stands on, so that the matches come from the tokens, and
# a fence that keeps the policy out of the sorting.
_PLAIN = {"sqlite": "", "postgresql": " + 0"}
_FENCE = {"sqlite": "", "postgresql": " OFFSET 0"}
# The plus: SQLite would else ask its index anew for each of the few places. PostgreSQL does well
# to begin with them.
_OUT_OF = {"sqlite": "+", "postgresql": ""}


def _and(condition: Condition, facts: tuple[Condition, ...]) -> Condition:
    """Narrow by facts at the innermost, where the database joins short lists first."""
    if not facts:
        return condition
    if isinstance(condition, But):
        return But(_and(condition.part, facts), condition.without)
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return every((*parts, *facts))
