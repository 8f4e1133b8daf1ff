"""Papers attached in the same file: where each begins, its headers, its reference, its blocks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from documents.content.facts import AnnexFacts, SignatureBlock
from documents.content.folding import fold
from documents.content.tree import Annex
from documents.importing import forms
from documents.importing.blocks import read_blocks
from documents.importing.cursor import Cursor
from documents.importing.layout import Para, is_caps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.content.tree import AnnexReference
    from documents.importing.findings import Findings


def annex_starts(paras: Sequence[Para]) -> list[int]:
    """The indexes where an annex begins: its label, or the headers and title above its reference."""
    starts: set[int] = set()
    floor = 0
    for index, para in enumerate(paras):
        if para.is_table:
            continue
        labelled = _is_labelled(para)
        if forms.is_reference(para.text) or labelled:
            start = index
            while start > floor and _above_reference(paras[start - 1], paras[floor : start - 1]):
                start -= 1
            # Between a label and its reference stand only the headers of the same annex.
            continues = start == floor > 0 and _is_labelled(paras[floor - 1])
            floor = index + 1
            if labelled or (index - start > 0 and not continues):
                starts.add(start)
    return sorted(starts)


def _is_labelled(para: Para) -> bool:
    """Whether a paragraph opens with the label of an annex, alone on its line."""
    return not para.is_table and forms.is_annex_label(para.lines[0].text)


def _above_reference(para: Para, above: Sequence[Para]) -> bool:
    """Headers, dates and titles stand above a reference; signatures and mottoes do not."""
    text = para.text
    if para.is_table:
        return _is_letterhead(para)
    if _is_motto(text) or forms.opens_signature(para.lines[-1].text):
        return False
    if _is_labelled(para) or forms.number_line(text) or forms.date_line(text):
        return True
    if len(text) < _LONGEST_TITLE and (is_caps(text) or forms.is_national_heading(text)):
        return True
    if len(para.lines) > 1:
        return _names_type(para.lines[0].text) and _is_name_of(para.lines[-1].text)
    return bool(above) and _names_type(above[-1].text) and _is_name_of(text)


def _names_type(text: str) -> bool:
    """Whether a line is the type of an annex alone: "QUY CHẾ", "DANH MỤC"."""
    return is_caps(text) and len(text) <= _LONGEST_TYPE and not forms.opens_signature(text)


def _is_name_of(text: str) -> bool:
    """Whether a line below the type of an annex can be its name, in small letters as decreed."""
    return len(text) < _LONGEST_TITLE and text[-1] not in ".;:,"


_LONGEST_TITLE, _LONGEST_TYPE = 300, 40
# Lines of a name in small letters, and its reference.
_MOST_OF_A_NAME = 4


def _is_motto(text: str) -> bool:
    """Whether all of a paragraph stands in quotation marks; a title may quote a part."""
    return text.startswith(("“", '"')) and text.rstrip(" .").endswith(("”", '"'))


def _is_letterhead(table: Para) -> bool:
    return forms.is_letterhead(cell.text for cell in table.cells())


@dataclass(frozen=True, slots=True)
class AnnexReading:
    """An annex, what it prints of the decision, and the lines of its reference and signatures."""

    annex: Annex
    facts: AnnexFacts
    reference_line: int
    signature_lines: tuple[int, ...]


def read_annexes(
    paras: Sequence[Para], findings: Findings, *, own: Sequence[str] = ()
) -> list[AnnexReading]:
    """Every annex in what follows the decision, in order; `own` is the header of the decision."""
    if not paras:
        return []
    starts = sorted({0, *annex_starts(paras)})
    ends = [*starts[1:], len(paras)]
    known = {fold(line) for line in [*own, " ".join(own)]}
    return [
        _annex(paras[start:end], findings, known) for start, end in zip(starts, ends, strict=True)
    ]


def _annex(paras: Sequence[Para], findings: Findings, own: set[str]) -> AnnexReading:
    cursor = Cursor(paras)
    first = paras[0].line
    head, printed = _head(cursor, paras, own)
    below = cursor.peek()
    reference = _reference(cursor, findings)
    if reference is not None:
        head = replace(head, reference=reference[0])
        printed = replace(
            reference[1], number_line=printed.number_line, date_line=printed.date_line
        )
    if not head.title and not head.label:
        findings.add("annex_without_title", first)
    signed: list[tuple[SignatureBlock, int]] = []
    blocks = read_blocks(cursor.rest(), findings, signed)
    return AnnexReading(
        annex=replace(head, blocks=blocks, id=f"@{first}"),
        facts=replace(printed, signatures=tuple(block for block, _ in signed)),
        reference_line=below.line if below else first,
        signature_lines=tuple(line for _, line in signed),
    )


def _head(cursor: Cursor, paras: Sequence[Para], own: set[str]) -> tuple[Annex, AnnexFacts]:
    """Label, headers, number and date lines and the title, up to the first other line.

    Where the decision's headers are printed again, the title is what follows the date.
    """
    head = _Head(
        repeats=any(
            forms.is_national_heading(line.text) for para in paras[:6] for line in para.cells()
        ),
        own=own,
    )
    table = cursor.peek_table()
    if table is not None and _is_letterhead(table):
        cursor.spread()
    while (line := cursor.peek_line()) is not None and (
        head.takes(line.text) or head.names([one.text for one in cursor.ahead(_MOST_OF_A_NAME)])
    ):
        cursor.take_line()
    return head.annex(), AnnexFacts(number_line=head.number, date_line=head.dated)


@dataclass(slots=True)
class _Head:
    """The headers of an annex, filled line by line."""

    repeats: bool
    own: set[str] = field(default_factory=set)
    label: str = ""
    number: str = ""
    dated: str = ""
    national: list[str] = field(default_factory=list)
    agency: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    in_agency: bool = False

    def takes(self, text: str) -> bool:
        """Whether the line belongs to the headers; if so it is kept."""
        if not self.title and self._takes_header(text):
            return True
        if _is_title(text):
            self.title.append(text)
            return True
        return False

    def annex(self) -> Annex:
        return Annex(" ".join(self.title), self.label, tuple(self.national), tuple(self.agency))

    def _takes_header(self, text: str) -> bool:
        goes_on, self.in_agency = self.in_agency, False
        if not self.label and forms.is_annex_label(text):
            self.label = text
        elif forms.is_national_heading(text):
            self.national.append(text)
        elif not self.number and forms.number_line(text):
            self.number = text
        elif not self.dated and forms.date_line(text):
            self.dated = text
        elif fold(text) in self.own or (self.repeats and _is_agency(text, goes_on=goes_on)):
            self.agency.append(text)
            self.in_agency = True
        else:
            return False
        return True

    def names(self, ahead: Sequence[str]) -> bool:
        """Whether a line in small letters goes on with the title, down to its reference."""
        below = next((i for i, text in enumerate(ahead) if forms.is_reference(text)), 0)
        named = bool(self.title) and _names_type(self.title[0])
        if not (below and named and all(map(_is_name_of, ahead[:below]))):
            return False
        self.title.append(ahead[0])
        return True


def _is_agency(text: str, *, goes_on: bool) -> bool:
    """An agency's name, or a line in capitals right below one."""
    if not is_caps(text) or forms.type_of(text) is not None:
        return False
    return forms.is_authority(text) or goes_on


def _is_title(text: str) -> bool:
    if forms.opens_signature(text) or _is_motto(text):
        return False
    return is_caps(text) and "\t" not in text


def _reference(cursor: Cursor, findings: Findings) -> tuple[AnnexReference, AnnexFacts] | None:
    para = cursor.peek()
    if para is None or not forms.is_reference(para.text):
        return None
    found = forms.annex_reference(para.text)
    if found is None:
        return None
    cursor.take()
    if not found[1].reference_number or found[1].reference_date is None:
        findings.add("annex_reference", para.line)
    return found
