"""The tokens in the database: FTS5 on SQLite, a tsvector under GIN on PostgreSQL.

Both take the tokens as they are: nothing is stemmed, split or weighed by the database, so that
one condition means the same on both (ADR 0016). Neither keeps positions: a phrase of two is a
token, a longer one is asked of `said`. Every statement is written out, once for each database.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection, transaction

from documents.finding.bags import ANY, Bag
from documents.finding.conditions import All, Beginning, But, Condition, Either, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.backends.utils import CursorWrapper

# The places that hold a condition; its one parameter is the condition as `written`.
MATCH = {
    "sqlite": "SELECT rowid AS place FROM documents_words WHERE documents_words MATCH %s",
    "postgresql": "SELECT place FROM documents_words WHERE tokens @@ %s::tsquery",
}
# Those out of some places that hold a condition. SQLite reads its list between the ends of them;
# PostgreSQL may look at the tokens of each.
_HOLDING = {
    "sqlite": (
        "SELECT rowid FROM documents_words WHERE documents_words MATCH %s "
        "AND rowid BETWEEN %s AND %s AND +rowid IN (SELECT value FROM json_each(%s)) "
        "ORDER BY rowid DESC"
    ),
    "postgresql": (
        "SELECT place FROM documents_words WHERE tokens @@ %s::tsquery AND place BETWEEN %s AND %s "
        "AND place IN (SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb)) "
        "ORDER BY place DESC"
    ),
}
# Where a phrase stands in the paper at `w.place`; 0 for nowhere.
STANDING = {
    "sqlite": "SELECT instr(k.said, %s) FROM documents_words_kept k WHERE k.place = w.place",
    "postgresql": "SELECT strpos(k.said, %s) FROM documents_words_kept k WHERE k.place = w.place",
}
_PUT = {
    "sqlite": (
        "INSERT INTO documents_words (rowid, tokens) VALUES (%s, %s)",
        # FTS5 keeps no copy of what it indexed, and must be told it again to forget it.
        "INSERT INTO documents_words_kept (place, said, tokens) VALUES (%s, %s, %s)",
    ),
    "postgresql": (
        "INSERT INTO documents_words (place, tokens) VALUES (%s, array_to_tsvector(%s::text[]))",
        "INSERT INTO documents_words_kept (place, said) VALUES (%s, %s)",
    ),
}
_DROP = {
    "sqlite": (
        "INSERT INTO documents_words (documents_words, rowid, tokens) "
        "SELECT 'delete', place, unpacked(tokens) FROM documents_words_kept WHERE place = %s",
        "DELETE FROM documents_words_kept WHERE place = %s",
    ),
    "postgresql": (
        "DELETE FROM documents_words WHERE place = %s",
        "DELETE FROM documents_words_kept WHERE place = %s",
    ),
}
_CLEAR = {
    "sqlite": (
        "INSERT INTO documents_words (documents_words) VALUES ('delete-all')",
        "DELETE FROM documents_words_kept",
    ),
    "postgresql": ("DELETE FROM documents_words", "DELETE FROM documents_words_kept"),
}
_KEPT = {
    "sqlite": (
        "SELECT place, said, tokens FROM documents_words_kept "
        "WHERE place IN (SELECT value FROM json_each(%s))"
    ),
    "postgresql": (
        "SELECT place, k.said, tsvector_to_array(w.tokens) FROM documents_words w "
        "JOIN documents_words_kept k USING (place) "
        "WHERE place IN (SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb))"
    ),
}


def written(condition: Condition) -> str:
    """Write a condition in the words of this database."""
    return _fts5(condition) if connection.vendor == "sqlite" else _tsquery(condition)


def _fts5(condition: Condition) -> str:
    match condition:
        case Token(text):
            return _quoted(text, '"')
        case Beginning(text):
            return f"{_quoted(text, chr(34))}*"
        case All(parts):
            return f"({' AND '.join(map(_fts5, parts))})"
        case Either(parts):
            return f"({' OR '.join(map(_fts5, parts))})"
        case But(part, without):
            return f"({_fts5(part)} NOT {_fts5(without)})"


def _tsquery(condition: Condition) -> str:
    match condition:
        case Token(text):
            return _quoted(text, "'")
        case Beginning(text):
            return f"{_quoted(text, chr(39))}:*"
        case All(parts):
            return f"({' & '.join(map(_tsquery, parts))})"
        case Either(parts):
            return f"({' | '.join(map(_tsquery, parts))})"
        case But(part, without):
            return f"({_tsquery(part)} & !{_tsquery(without)})"


def _quoted(token: str, quote: str) -> str:
    doubled = token.replace(quote, quote * 2)
    if quote == "'":
        doubled = doubled.replace("\\", "\\\\")
    return f"{quote}{doubled}{quote}"


def put(bags: Sequence[tuple[int, Bag]]) -> None:
    """Keep the bags of places that hold none. Two statements for any number of them."""
    tokens = [(place, sorted(bag.tokens)) for place, bag in bags]
    said = [(place, bag.said) for place, bag in bags]
    into_index, beside = _PUT[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(into_index, tokens)
            cursor.executemany(beside, said)
            return
        joined = [" ".join(those) for _place, those in tokens]
        cursor.executemany(
            into_index, [(one[0], text) for one, text in zip(said, joined, strict=True)]
        )
        cursor.executemany(
            beside,
            [(*one, zlib.compress(text.encode())) for one, text in zip(said, joined, strict=True)],
        )


def drop(place: int) -> None:
    """Forget what is kept under a place. Two statements."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _teach_to_unpack()
        for statement in _DROP[connection.vendor]:
            cursor.execute(statement, [place])


def _teach_to_unpack() -> None:
    """Give SQLite the function once a connection: while a statement runs it takes none anew."""
    raw = connection.connection
    if getattr(connection, "unpacks", None) is not raw:
        raw.create_function("unpacked", 1, _unpacked, deterministic=True)
        connection.unpacks = raw  # type: ignore[attr-defined]


def _unpacked(packed: bytes) -> str:
    return zlib.decompress(packed).decode()


def clear() -> None:
    """Forget everything."""
    with connection.cursor() as cursor:
        for statement in _CLEAR[connection.vendor]:
            cursor.execute(statement)


def kept(places: Iterable[int]) -> dict[int, Bag]:
    """Read back what is kept under places; a place that holds nothing is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT[connection.vendor], [json.dumps(list(places))])
        return {place: Bag(_set(tokens), said) for place, said, tokens in cursor.fetchall()}


def _set(tokens: bytes | list[str]) -> frozenset[str]:
    return frozenset(tokens if isinstance(tokens, list) else _unpacked(tokens).split(" "))


def holding(condition: Condition, places: Sequence[int]) -> list[int]:
    """Give those of the places whose papers meet a condition, newest first. One statement."""
    ends, out_of = (min(places), max(places)), json.dumps(list(places))
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING[connection.vendor], [written(condition), *ends, out_of])
        return [row[0] for row in cursor.fetchall()]


def sound(papers: int) -> bool:
    """Whether the index is whole in itself and holds that many papers, no more and no fewer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM documents_words_kept")
        rows = int(cursor.fetchone()[0])
        if connection.vendor == "sqlite" and not _whole(cursor):
            return False
        cursor.execute(MATCH[connection.vendor], [written(Token(ANY))])
        return sum(1 for _place in cursor) == rows == papers


def _whole(cursor: CursorWrapper) -> bool:
    """Let FTS5 look through its own pages; PostgreSQL keeps GIN by its log."""
    try:
        with transaction.atomic():
            cursor.execute(
                "INSERT INTO documents_words (documents_words) VALUES ('integrity-check')"
            )
    except DatabaseError:
        return False
    return True
