"""Walking the index newest first, asking the policy of each paper on the way.

The condition narrows, the policy decides. Whatever the databases' planners think: matches are
read from the index alone, in order, and the policy is asked only until enough were found.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from documents.finding import store
from documents.finding.conditions import All, But, Condition, every

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from documents.finding.asking import Question

KEY = 2**32 - 1
_EVERYTHING = "SELECT place FROM documents_indexedpaper"


def key_of(place: int) -> int:
    """Give the key of the paper at a place."""
    return place & KEY


@contextmanager
def plain_plans() -> Iterator[None]:
    """Keep PostgreSQL from reading the table of tokens through; nothing to do on SQLite.

    It does not know that unpacking a row of tokens is the dearest thing in the query, and reads
    them all where a word is common: seconds, where its own index takes milliseconds.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
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

        One query; `below` continues after a place.
        """
        if self._policy is None:
            return []
        condition = _and(condition, self._facts)
        parameters: list[Any] = []
        matching = _EVERYTHING
        if condition != All(()):
            matching = store.MATCH[connection.vendor]
            parameters.append(store.written(condition))
        # Every part is a constant of this package, or the policy as Django wrote it.
        inner = f"SELECT place{_PLAIN[connection.vendor]} AS place FROM ({matching}) m"  # noqa: S608
        inner += " WHERE TRUE"
        if below is not None:
            inner += " AND place < %s"
            parameters.append(below)
        if self._among is not None:
            few, values = self._among
            # The plus: SQLite would else ask its index anew for each of them.
            inner += f" AND +place IN ({few})"
            parameters += values
        policy, values = self._policy
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


def _and(condition: Condition, facts: tuple[Condition, ...]) -> Condition:
    """Narrow by facts at the innermost, where the database joins short lists first."""
    if not facts:
        return condition
    if isinstance(condition, But):
        return But(_and(condition.part, facts), condition.without)
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return every((*parts, *facts))
