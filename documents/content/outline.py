"""The paper as a list of labelled lines: what is compared, commented on and pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from documents.content.tree import (
    Annex,
    Article,
    Block,
    Citation,
    Clause,
    Content,
    Preamble,
    Recital,
    Table,
)

Label = tuple[tuple[str, str], ...]
Role = Literal[
    "agency", "type", "subject", "authority", "citation", "recital", "paragraph", "enacting",
    "article", "clause", "table", "row", "recipient", "archive", "annex",
    "number", "date", "signatory",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One comparable piece of the paper; `label` goes from the larger part to the smaller.

    Number, date and signatory stand in no content; `documents.content.redline` shows them.
    Parts that exist once ("Trích yếu") have no id and are matched by their role; an article is
    matched by what it says (`essence`), for its number changes when another is put before it.
    """

    role: Role
    label: Label
    text: str
    marker: str = ""
    id: str = ""
    essence: str = ""

    @property
    def kin(self) -> str:
        """The text by which the piece is recognised again."""
        return self.essence or self.text


def label_text(label: Label) -> str:
    """A label as a paper writes it: "Điều 1 khoản 2 điểm a"."""
    return " ".join(f"{noun} {number}".strip() for noun, number in label)


def entries(content: Content) -> list[Entry]:
    """Every piece of a content with its label, in reading order."""
    return [
        *_preface(content),
        *_preamble(content.preamble),
        *_once("enacting", "Lệnh ban hành", content.enacting_word),
        *_blocks(content.body, ()),
        *(entry for article in content.articles for entry in _article(article)),
        *(
            Entry("recipient", (("Nơi nhận", str(n)),), f"{one.raw}{one.end}", "-", one.id)
            for n, one in enumerate(content.recipients, 1)
        ),
        *_once("archive", "Lưu", content.archive.raw if content.archive else ""),
        *_blocks(content.ending, (("Phần cuối", ""),)),
        *(entry for n, annex in enumerate(content.annexes, 1) for entry in _annex(annex, n)),
    ]


def _preface(content: Content) -> Iterator[Entry]:
    preface = content.preface
    yield from _once("agency", "Tên cơ quan", " ".join(preface.agency_header))
    yield from _once("type", "Tên loại", preface.type_word)
    subject = " ".join(part for part in (preface.subject_prefix, preface.subject) if part)
    yield from _once("subject", "Trích yếu", subject)
    yield from _once("authority", "Thẩm quyền ban hành", preface.authority)
    yield from _blocks(preface.verbatim, (("Phần đầu", ""),))


def _once(role: Role, noun: str, text: str) -> Iterator[Entry]:
    if text:
        yield Entry(role, ((noun, ""),), text)


def _preamble(parts: tuple[Preamble, ...]) -> Iterator[Entry]:
    count = 0
    for part in parts:
        if isinstance(part, Citation):
            count += 1
            yield Entry("citation", (("Căn cứ", str(count)),), part.text, "", part.id)
        elif isinstance(part, Recital):
            yield Entry("recital", (("Đề nghị", ""),), part.text, "", part.id)
        else:
            label: Label = (("Phần căn cứ", ""),)
            yield Entry("paragraph", label, part.text, "", part.id)
            yield from _blocks(part.children, label)


def _article(article: Article) -> Iterator[Entry]:
    label: Label = (("Điều", f"{article.number}{article.suffix}"),)
    first = article.blocks[0] if article.blocks else None
    essence = first.text if isinstance(first, Clause) else ""
    yield Entry("article", label, "", article.marker, article.id, essence)
    if isinstance(first, Clause) and first.kind == "paragraph":
        yield Entry("clause", label, first.text, "", first.id)
        yield from _blocks(first.children, label, paragraphs=1)
        yield from _blocks(article.blocks[1:], label, paragraphs=1)
    else:
        yield from _blocks(article.blocks, label)


def _annex(annex: Annex, number: int) -> Iterator[Entry]:
    noun = annex.label.rstrip(" .:") or annex.title or "Phụ lục"
    label: Label = ((noun, "" if annex.label or annex.title else str(number)),)
    heads = [annex.label, *annex.agency_header, annex.title]
    of = annex.reference
    issuer = f"{of.opening} … {of.issuer}{of.closing}" if of else ""
    yield Entry("annex", label, " ".join(part for part in (*heads, issuer) if part), "", annex.id)
    yield from _blocks(annex.blocks, label)


_NOUNS = {"item": "khoản", "point": "điểm", "bullet": "gạch đầu dòng", "heading": "mục"}


def _blocks(blocks: tuple[Block, ...], above: Label, paragraphs: int = 0) -> Iterator[Entry]:
    """Entries below a label; what has no number of its own is counted by its kind."""
    counts = {"paragraph": paragraphs}
    for block in blocks:
        counts[block.kind] = counts.get(block.kind, 0) + 1
        if isinstance(block, Table):
            yield from _table(block, (*above, ("bảng", str(counts["table"]))))
        else:
            label = (*above, _own_label(block, counts[block.kind]))
            yield Entry("clause", label, block.text, block.marker, block.id)
            yield from _blocks(block.children, label)


def _own_label(clause: Clause, count: int) -> tuple[str, str]:
    if clause.kind in {"item", "point"}:
        return _NOUNS[clause.kind], clause.number
    if clause.kind == "signature":
        return "chữ ký", str(count)
    if clause.kind == "notes":
        return "ghi chú", ""
    return _NOUNS.get(clause.kind, "đoạn"), str(count)


def _table(table: Table, label: Label) -> Iterator[Entry]:
    yield Entry("table", label, "\t".join(table.columns), "", table.id)
    for number, row in enumerate(table.rows, 1):
        yield Entry("row", (*label, ("dòng", str(number))), "\t".join(row.cells), "", row.id)
