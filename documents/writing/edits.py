"""What a person does to the pieces of a draft: put in, take out, move; rows and columns of a table.

Every edit gives new pieces and the place to go on at. Numbers follow: articles, items and points
that were counted stay counted, and what the paper says of its own articles follows them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from documents.writing.pieces import Piece, PieceKind, Section

Way = Literal["up", "down"]

# Larger parts carry what hangs below them.
_RANK: dict[PieceKind, int] = {
    "annex": 0, "article": 1, "heading": 2, "item": 3, "point": 4, "bullet": 5,
}  # fmt: skip
_ALONE = 9
_POINTS = "abcdđeghiklmnopqrstuvxy"
_ARTICLE = regex.compile(r"(?P<lead>\W*Điều\s+)(?P<number>\d{1,3})(?P<rest>\s*[.:])")
_ITEM = regex.compile(r"(?P<lead>\W*)(?P<number>\d{1,3})(?P<rest>[.)])(?=\s|$)")
_POINT = regex.compile(r"(?P<lead>\W*)(?P<number>[a-zđ])(?P<rest>\))(?=\s)")
# What a paper says of its own articles.
_OWN = regex.compile(
    r"(?P<lead>\b(?:[Nn]hư|[Tt]ại|[Tt]heo|khoản \d+)\s+Điều\s+)(?P<number>\d{1,3})"
    r"(?=\s*(?:[;,.(]|$|Quyết định này|của Quyết định này))"
)

NEW: dict[PieceKind, str] = {
    "citation": "Căn cứ […];",
    "recital": "Theo đề nghị của […].",
    "article": "Điều 0. […].",
    "item": "0. […].",
    "point": "a) […];",
    "bullet": "- […];",
    "heading": "[TÊN MỤC]",
    "paragraph": "[…].",
    "recipient": "- […];",
    "table": "TT\tNội dung\tYêu cầu\n1\t[…]\t[…]",
    "annex": "Phụ lục\n[TÊN PHỤ LỤC]",
}


@dataclass(frozen=True, slots=True)
class Edited:
    """The pieces after an edit, and the piece (and row) where the writer goes on."""

    pieces: tuple[Piece, ...]
    at: int
    row: int | None = None


def unit(pieces: Sequence[Piece], at: int) -> range:
    """The piece with everything that hangs below it: an article with its items, an annex whole."""
    rank = _rank(pieces[at])
    end = at + 1
    while rank < _ALONE and end < len(pieces):
        below = pieces[end]
        if below.section != pieces[at].section or _rank(below) <= rank:
            break
        end += 1
    return range(at, end)


def can_move(pieces: Sequence[Piece], at: int, way: Way) -> bool:
    """Whether a piece has a neighbour of its own kind on that side."""
    return _neighbour(pieces, at, way) is not None


def move(pieces: Sequence[Piece], at: int, way: Way) -> Edited:
    """Change places with the neighbour of the same kind; `ValueError` where there is none."""
    other = _neighbour(pieces, at, way)
    if other is None:
        raise ValueError(f"piece {at} cannot move {way}")
    first, second = (other, unit(pieces, at)) if way == "up" else (unit(pieces, at), other)
    above, below = list(pieces[first.start : first.stop]), list(pieces[second.start : second.stop])
    above[0], below[0] = replace(above[0], gap=below[0].gap), replace(below[0], gap=above[0].gap)
    moved = [*pieces[: first.start], *below, *above, *pieces[second.stop :]]
    new_place = first.start if way == "up" else first.start + len(below)
    return Edited(_counted(_ends_mended(moved, pieces), pieces), new_place)


def remove(pieces: Sequence[Piece], at: int) -> Edited:
    """Take a piece out with what hangs below it; the form itself stays, `ValueError`."""
    if pieces[at].kind in {"form", "enacting"}:
        raise ValueError(f"piece {at} belongs to the form")
    gone = unit(pieces, at)
    left = [*pieces[:at], *pieces[gone.stop :]]
    if at == 0 and left:
        left[0] = replace(left[0], gap=0)
    return Edited(_counted(_ends_mended(left, pieces), pieces), max(0, min(at, len(left) - 1)))


def insert(pieces: Sequence[Piece], at: int, kind: PieceKind, text: str = "") -> Edited:
    """Put a new piece of a kind below a piece; below everything that hangs on a like one."""
    below = unit(pieces, at).stop if _rank(pieces[at]) >= _RANK.get(kind, _ALONE) else at + 1
    section = _section_of(kind, pieces[at].section)
    close = kind in {"recipient", "archive"} and pieces[at].kind in {"recipient", "archive"}
    piece = Piece(kind, text or NEW[kind], 1 if close else 2, section)
    added = [*pieces[:below], piece, *pieces[below:]]
    return Edited(_counted(_ends_mended(added, pieces), pieces, fresh=below), below)


def put_recital(pieces: Sequence[Piece], text: str) -> Edited:
    """Set the one recital of the paper, or put it below the last legal basis."""
    for at, piece in enumerate(pieces):
        if piece.kind == "recital":
            changed = [*pieces]
            changed[at] = replace(piece, text=text)
            return Edited(tuple(changed), at)
    return insert(pieces, _last(pieces, "basis", "form"), "recital", text)


def put_citation(pieces: Sequence[Piece], text: str) -> Edited:
    """Put a legal basis below the last one, above the recital."""
    places = [at for at, piece in enumerate(pieces) if piece.kind == "citation"]
    at = places[-1] if places else _last(pieces, "form")
    return insert(pieces, at, "citation", text)


def _last(pieces: Sequence[Piece], *sections: Section) -> int:
    """The last piece of the first of these sections that the paper has, before its articles."""
    for section in sections:
        places = [at for at, piece in enumerate(pieces) if piece.section == section]
        if places:
            return places[-1]
    return 0


def _rank(piece: Piece) -> int:
    return _RANK.get(piece.kind, _ALONE)


def _section_of(kind: PieceKind, above: Section) -> Section:
    named: dict[PieceKind, Section] = {
        "citation": "basis", "recital": "basis", "article": "body", "recipient": "recipients",
        "archive": "recipients", "annex": "annex",
    }  # fmt: skip
    return named.get(kind, above)


def _neighbour(pieces: Sequence[Piece], at: int, way: Way) -> range | None:
    piece = pieces[at]
    if piece.kind in {"form", "enacting", "archive"}:
        return None
    if way == "down":
        after = unit(pieces, at).stop
        return unit(pieces, after) if after < len(pieces) and _alike(pieces[after], piece) else None
    rank = _rank(piece)
    before = at - 1
    while before >= 0 and rank < _ALONE and pieces[before].section == piece.section:
        if _rank(pieces[before]) <= rank:
            break
        before -= 1
    return unit(pieces, before) if before >= 0 and _alike(pieces[before], piece) else None


def _alike(other: Piece, piece: Piece) -> bool:
    """Whether two pieces may change places: one kind, or passages that hang on the same part."""
    if other.section != piece.section:
        return False
    loose = {"paragraph", "table"}
    return other.kind == piece.kind or {other.kind, piece.kind} <= loose


# Numbers


def _counted(
    pieces: Sequence[Piece], before: Sequence[Piece], fresh: int | None = None
) -> tuple[Piece, ...]:
    """Count on what was counted, and let references to own articles follow."""
    numbered = list(pieces)
    articles = [at for at, piece in enumerate(numbered) if _is_article(piece)]
    if _consecutive([p for p in before if _is_article(p)], _ARTICLE):
        follow = _renumber(numbered, articles, _ARTICLE, str, fresh)
        for at, piece in enumerate(numbered):
            if piece.section in {"body", "recipients"} and follow:
                numbered[at] = replace(piece, text=_followed(piece.text, follow))
    for run in _runs(numbered, "item"):
        if fresh in run or _was_consecutive(run, numbered, before, _ITEM):
            _renumber(numbered, run, _ITEM, str, fresh)
    for run in _runs(numbered, "point"):
        if fresh in run or _was_consecutive(run, numbered, before, _POINT):
            _renumber(numbered, run, _POINT, _letter, fresh)
    return tuple(numbered)


def _is_article(piece: Piece) -> bool:
    return piece.kind == "article" and piece.section == "body"


def _consecutive(pieces: Sequence[Piece], pattern: regex.Pattern[str]) -> bool:
    numbers = [found["number"] if (found := pattern.match(p.text)) else "" for p in pieces]
    return numbers == [str(n) for n in range(1, len(pieces) + 1)]


def _was_consecutive(
    run: Sequence[int],
    pieces: Sequence[Piece],
    before: Sequence[Piece],
    pattern: regex.Pattern[str],
) -> bool:
    """Whether every marker of a run now stood, in this order or another, as one count."""
    marks = [found["number"] if (found := pattern.match(pieces[at].text)) else "" for at in run]
    wanted = {_letter(n) if pattern is _POINT else str(n) for n in range(1, len(run) + 2)}
    return len(set(marks)) == len(marks) and set(marks) <= wanted


def _runs(pieces: Sequence[Piece], kind: PieceKind) -> list[list[int]]:
    """Places of the pieces of a kind that hang on one part, run by run."""
    runs: list[list[int]] = []
    current: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.kind == kind and (not current or pieces[current[0]].section == piece.section):
            current.append(at)
        elif current and (
            _rank(piece) < _RANK[kind] or piece.section != pieces[current[0]].section
        ):
            runs.append(current)
            current = [at] if piece.kind == kind else []
    return [*runs, current] if current else runs


def _renumber(
    pieces: list[Piece],
    places: Sequence[int],
    pattern: regex.Pattern[str],
    written: Callable[[int], str],
    fresh: int | None,
) -> dict[str, str]:
    """Write the numbers 1, 2, … in place; gives what old number became what, without new pieces."""
    follow: dict[str, str] = {}
    for number, at in enumerate(places, 1):
        found = pattern.match(pieces[at].text)
        if found is None:
            continue
        if at != fresh:
            follow[found["number"]] = written(number)
        text = pieces[at].text
        changed = f"{found['lead']}{written(number)}{found['rest']}{text[found.end() :]}"
        pieces[at] = replace(pieces[at], text=changed)
    return {old: new for old, new in follow.items() if old != new}


def _letter(number: int) -> str:
    return _POINTS[(number - 1) % len(_POINTS)]


def _followed(text: str, follow: dict[str, str]) -> str:
    return _OWN.sub(
        lambda found: found["lead"] + follow.get(found["number"], found["number"]), text
    )


def _ends_mended(pieces: Sequence[Piece], before: Sequence[Piece]) -> list[Piece]:
    """The mark "./." ends the last article, whichever that now is (Decree 30/2020, app. I)."""
    marked = [at for at, p in enumerate(pieces) if p.section == "body" and _END.search(p.text)]
    had = any(p.section == "body" and _END.search(p.text) for p in before)
    body = [at for at, p in enumerate(pieces) if p.section == "body" and p.kind != "table"]
    mended = list(pieces)
    if not had or not body or marked == [body[-1]]:
        return mended
    for at in marked:
        mended[at] = replace(mended[at], text=_END.sub(".", mended[at].text))
    last = mended[body[-1]]
    mended[body[-1]] = replace(last, text=f"{last.text.rstrip(' .;')}./.")
    return mended


_END = regex.compile(r"\.?\s*/\.\s*$")
