"""A draft as pieces: each paragraph, table and line of the form, in the order of its text.

The text stays the one source (ADR 0011). Pieces are cut out of it and joined again without
changing a letter: `text_of(pieces_of(reading))` is the text that was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from documents.content.folding import fold
from documents.content.outline import Entry, entries
from documents.content.tree import Clause, Table, clauses_of
from documents.importing import forms

if TYPE_CHECKING:
    from documents.content.tree import Block, Content
    from documents.importing.text import Reading

Section = Literal["form", "basis", "body", "recipients", "annex"]
PieceKind = Literal[
    "form", "citation", "recital", "enacting", "article", "item", "point", "bullet", "heading",
    "paragraph", "table", "recipient", "archive", "annex",
]  # fmt: skip
KINDS: frozenset[str] = frozenset(get_args(PieceKind))


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, table or line; `gap` counts the line feeds before it, `line` from 1.

    A table is written with TABs between cells; an empty line in it is a page break.
    """

    kind: PieceKind
    text: str
    gap: int = 2
    section: Section = "body"
    line: int = 0
    label: str = ""
    clause_id: str = ""

    @property
    def last_line(self) -> int:
        """The line of the text on which it ends."""
        return self.line + self.text.count("\n")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The lines of a table, cell by cell; the first one is its head, () is a page break."""
        if self.kind != "table":
            return ()
        return tuple(
            tuple(cell.strip() for cell in line.split("\t")) if line.strip() else ()
            for line in self.text.split("\n")
        )


def text_of(pieces: Sequence[Piece]) -> str:
    """The text that the pieces make, ending with a line feed."""
    joined = "".join("\n" * piece.gap + piece.text for piece in pieces)
    return f"{joined.rstrip(chr(10))}\n"


def pieces_of(reading: Reading) -> tuple[Piece, ...]:
    """Cut the text of a reading into its pieces."""
    lines = reading.text.split("\n")
    marks = _marks(reading)
    pieces: list[Piece] = []
    end = 0  # lines already given away
    for start, stop in _spans(lines, marks):
        mark = marks.get(start)
        text = "\n".join(lines[start:stop])
        gap = start - end + (1 if pieces else 0)
        pieces.append(_piece(mark, text, gap, start + 1, pieces))
        end = stop
    return tuple(_named(pieces, reading.content))


@dataclass(frozen=True, slots=True)
class _Mark:
    """What begins on a line; `rows` says how far a table goes."""

    kind: PieceKind
    section: Section
    clause_id: str
    label: str
    last: int = 0


def _marks(reading: Reading) -> dict[int, _Mark]:
    """What the reader found, by the index of the line it begins on; the larger part wins."""
    places = {name: line - 1 for name, line in reading.lines}
    content = reading.content
    tables = {
        table.id: max([places[table.id], *(places[row.id] for row in table.rows)])
        for table in _tables(content)
    }
    inside = {row.id for table in _tables(content) for row in table.rows}
    kinds = _clause_kinds(content)
    sections = _sections(content)
    marks: dict[int, _Mark] = {}
    for entry in entries(content):
        if not entry.id or entry.id in inside or places[entry.id] in marks:
            continue
        kind = "table" if entry.id in tables else _kind(entry, kinds)
        last = tables.get(entry.id, 0)
        label = " ".join(part for pair in entry.label for part in pair if part)
        section = sections.get(entry.id, "body")
        marks[places[entry.id]] = _Mark(kind, section, entry.id, label, last)
    return marks


def _kind(entry: Entry, kinds: dict[str, PieceKind]) -> PieceKind:
    named: dict[str, PieceKind] = {
        "citation": "citation", "recital": "recital", "article": "article",
        "recipient": "recipient", "annex": "annex",
    }  # fmt: skip
    return named.get(entry.role) or kinds.get(entry.id, "paragraph")


def _roots(content: Content) -> tuple[Block, ...]:
    return (
        *content.body,
        *(block for article in content.articles for block in article.blocks),
        *(block for annex in content.annexes for block in annex.blocks),
    )


def _tables(content: Content) -> list[Table]:
    return [block for block in clauses_of(_roots(content)) if isinstance(block, Table)]


def _clause_kinds(content: Content) -> dict[str, PieceKind]:
    kinds: dict[str, PieceKind] = {}
    for block in clauses_of(_roots(content)):
        if isinstance(block, Clause):
            is_marked = block.kind in {"item", "point", "bullet", "heading"}
            kinds[block.id] = block.kind if is_marked else "paragraph"  # type: ignore[assignment]
    return kinds


def _sections(content: Content) -> dict[str, Section]:
    found: dict[str, Section] = {part.id: "basis" for part in content.preamble}
    found |= {one.id: "recipients" for one in content.recipients}
    found |= {block.id: "form" for block in clauses_of(content.preface.verbatim)}
    found |= {block.id: "recipients" for block in clauses_of(content.ending)}
    for annex in content.annexes:
        found[annex.id] = "annex"
        found |= {block.id: "annex" for block in clauses_of(annex.blocks)}
    return found


def _spans(lines: list[str], marks: dict[int, _Mark]) -> Iterator[tuple[int, int]]:
    """Half-open runs of lines: one for each mark, and for each paragraph that has none."""
    start: int | None = None
    held = -1  # the last line of the table being gathered
    for place, line in enumerate([*lines, ""]):
        if place <= held:
            continue
        if start is not None and (not line.strip() or place in marks):
            yield start, place
            start = None
        if start is None and line.strip():
            start = place
            mark = marks.get(place)
            if mark is not None and mark.kind == "table":
                held = mark.last
                yield place, mark.last + 1
                start = None


def _piece(mark: _Mark | None, text: str, gap: int, line: int, above: list[Piece]) -> Piece:
    if mark is not None:
        return Piece(mark.kind, text, gap, mark.section, line, mark.label, mark.clause_id)
    section: Section = above[-1].section if above else "form"
    return Piece("form", text, gap, section, line)


def _named(pieces: list[Piece], content: Content) -> Iterator[Piece]:
    """Say of the lines of the form what they are, and part the archive line from the list."""
    names = _form_names(content)
    for piece in pieces:
        if piece.kind == "form":
            yield _named_form(piece, names)
        else:
            yield from _split_archive(piece)


def _named_form(piece: Piece, names: dict[str, _Name]) -> Piece:
    first = _plain(piece.text.split("\n", 1)[0])
    known = names.get(fold(_plain(piece.text)))
    if known is not None:
        return replace(piece, kind=known.kind, section=known.section, label=known.label)
    if first.startswith("Nơi nhận"):
        return replace(piece, section="recipients", label="Nơi nhận")
    if piece.section == "recipients" and _is_archive(first):
        return replace(piece, kind="archive", label="Lưu")
    label = next((label for is_one, label in _FORM_LINES if is_one(first)), "")
    return replace(piece, label=label)


def _plain(text: str) -> str:
    """Words without Markdown, on one line."""
    return " ".join(text.replace("*", "").lstrip("# ").split())


@dataclass(frozen=True, slots=True)
class _Name:
    """What a line of the form is called, where its words tell."""

    label: str
    kind: PieceKind = "form"
    section: Section = "form"


# Lines of the form that their shape tells, with what an official calls them.
_FORM_LINES: tuple[tuple[Callable[[str], object], str], ...] = (
    (forms.number_line, "Số, ký hiệu"),
    (forms.date_line, "Địa danh và thời gian ban hành"),
    (forms.opens_signature, "Chức vụ, chữ ký"),
    (forms.is_reference, "Kèm theo văn bản"),
)


def _split_archive(piece: Piece) -> Iterator[Piece]:
    """The archive line has no clause of its own: it is cut off the recipient above it."""
    first, *rest = piece.text.split("\n")
    cut = next((place for place, line in enumerate(rest) if _is_archive(line)), None)
    if piece.kind != "recipient" or cut is None:
        yield piece
        return
    yield replace(piece, text="\n".join([first, *rest[:cut]]))
    below = "\n".join(rest[cut:])
    yield Piece("archive", below, 1, "recipients", piece.line + 1 + cut, "Lưu")


def _is_archive(line: str) -> bool:
    return line.lstrip(" -–•+*").startswith("Lưu")


def _form_names(content: Content) -> dict[str, _Name]:
    preface = content.preface
    subject = " ".join(part for part in (preface.subject_prefix, preface.subject) if part)
    named = [
        (" ".join(preface.agency_header), _Name("Tên cơ quan")),
        (" ".join(preface.national_heading), _Name("Quốc hiệu và tiêu ngữ")),
        (preface.type_word, _Name("Tên loại văn bản")),
        (subject, _Name("Trích yếu")),
        (preface.authority, _Name("Thẩm quyền ban hành")),
        (content.enacting_word, _Name("Lệnh ban hành", "enacting", "body")),
    ]
    named += [(annex.title, _Name("Tên phụ lục", section="annex")) for annex in content.annexes]
    return {fold(text): name for text, name in named if text}
