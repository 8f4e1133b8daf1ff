"""A paper as a Word file with the look of the print, to be worked on or sent where Word is asked for.

The same `Paper` as the PDF, the same sizes and margins; letters are those of Times New Roman, which
the reader's machine has. Everything of the paper is put in as text runs: no field, link, macro or
template is made of it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.printing import word_parts as parts
from documents.printing.faces import width
from documents.printing.word_parts import BASE, MM, TWIPS

if TYPE_CHECKING:
    from documents.printing.paper import (
        Foot,
        Paper,
        PrintedBlock,
        PrintedCell,
        PrintedSheet,
        PrintedSignature,
        PrintedTable,
    )

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FACE = "Times New Roman"
SMALL = 13.0
# What an official letter is about, below its number.
ABOUT = 12.0
UPRIGHT, WIDE, LEFT = round(165 * MM), round(252 * MM), round(66 * MM)
PART_OF_A_RULE = 0.4
# The zip format knows no earlier day; the same for every file, so that bytes are the same.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
RED = "B00020"


def docx_of(paper: Paper) -> bytes:
    """Set a paper as a Word file; the same paper gives the same bytes."""
    document = docx.Document()
    _describe(document, paper)
    body = document.element.body
    for place, sheet in enumerate(paper.sheets):
        if place:
            document.add_section(WD_SECTION.NEW_PAGE)
            _lowered(body[-2])
        _page(document.sections[-1], sheet, paper)
        last = body[-1]
        for element in _sheet(sheet):
            last.addprevious(element)
    # Word wants a paragraph behind a table; the sheets before end with that of their section.
    body[-1].addprevious(parts.paragraph("", size=1))
    written = io.BytesIO()
    document.save(written)
    return _same_bytes(written.getvalue())


def _lowered(ending: Any) -> None:
    """Make the paragraph that ends a section so low that it never needs a page of its own."""
    form, low = ending.find(qn("w:pPr")), parts.paragraph("", size=1).find(qn("w:pPr"))
    for place, one in enumerate(list(low)):
        form.insert(place, one)


def _describe(document: Any, paper: Paper) -> None:
    told = document.core_properties
    told.title, told.author, told.subject = paper.title[:255], paper.author[:255], paper.number
    told.comments, told.language, told.revision = "", "vi-VN", 1
    told.created = told.modified = datetime.combine(paper.stamped, time.min)
    told.last_modified_by = paper.author[:255]
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(BASE)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        style.element.rPr.rFonts.set(qn(script), FACE)
    style.element.rPr.append(parts.element("w:lang", val="vi-VN"))


def _page(section: Any, sheet: PrintedSheet, paper: Paper) -> None:
    """A4 by the decree; number above, none on the first page, counted anew for each sheet."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.orientation = WD_ORIENT.PORTRAIT
    if sheet.wide:
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(8)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    columns = section._sectPr.find(qn("w:cols"))
    columns.addprevious(parts.element("w:pgNumType", start="1"))
    for header, numbered in ((section.first_page_header, False), (section.header, True)):
        header.is_linked_to_previous = False
        root = header._element
        for old in list(root):
            root.remove(old)
        if paper.ribbon:
            root.append(
                parts.paragraph(paper.ribbon, align="center", size=9, bold=True, colour=RED)
            )
        root.append(_number() if numbered else parts.paragraph("", align="center"))


def _number() -> Any:
    made = parts.paragraph("", align="center")
    for kind, code in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = parts.run("", size=BASE)
        if kind:
            run.append(parts.element("w:fldChar", fldCharType=kind))
        else:
            told = OxmlElement("w:instrText")
            told.text = code
            run.append(told)
        made.append(run)
    return made


def _sheet(sheet: PrintedSheet) -> Iterator[Any]:
    room = WIDE if sheet.wide else UPRIGHT
    if sheet.national or sheet.agency:
        yield _opening(sheet, room)
    yield from _drawn(sheet.before, room)
    yield from _title(sheet, room)
    for block, keep in zip(sheet.blocks, sheet.held, strict=True):
        yield from _drawn([block], room, keep=keep)
    if sheet.foot is not None:
        yield _foot(sheet.foot, room)
    yield from _drawn(sheet.after, room)


def _opening(sheet: PrintedSheet, room: int) -> Any:
    left = [
        _centred(line, LEFT, size=SMALL, bold=place >= sheet.governing)
        for place, line in enumerate(sheet.agency)
    ]
    for line in sheet.agency[-1:]:
        free = parts.sides(line, SMALL, LEFT)
        left.append(parts.rule(line, SMALL, PART_OF_A_RULE, LEFT, sides=free))
    right = [
        parts.paragraph(line, align="center", size=SMALL, bold=True) for line in sheet.national[:1]
    ]
    for line in sheet.national[1:]:
        right.append(parts.paragraph(line, align="center", bold=True))
        right.append(parts.rule(line, BASE, 1.0, room - LEFT))
    rows = [(left, right)]
    if sheet.number or sheet.place_and_date:
        number = parts.paragraph(sheet.number, align="center", size=SMALL, before=6)
        # A long name of a place takes the smaller size, to stand on one line with its day.
        fits = width(sheet.place_and_date) * BASE * TWIPS <= room - LEFT
        day = parts.paragraph(
            sheet.place_and_date,
            align="center",
            size=BASE if fits else SMALL,
            italic=True,
            before=6,
        )
        urgent = (
            [parts.framed(sheet.urgency, SMALL, sheet.frame * MM, LEFT, RED)]
            if sheet.urgency
            else []
        )
        about = (
            [_centred(sheet.about, LEFT, size=ABOUT, bold=False, before=6)] if sheet.about else []
        )
        rows.append(([number, *about, *urgent], [day]))
    return _columns(rows, (LEFT, room - LEFT))


def _centred(
    text: str, room: int, *, size: float = BASE, bold: bool = True, before: float = 0
) -> Any:
    """A title in the middle, its lines about as long as each other."""
    return parts.paragraph(
        text, align="center", size=size, bold=bold, before=before, keep=True,
        sides=parts.sides(text, size, room),
    )  # fmt: skip


def _title(sheet: PrintedSheet, room: int) -> Iterator[Any]:
    if sheet.label:
        yield parts.paragraph(sheet.label, align="center", bold=True, before=12, keep=True)
    if sheet.title:
        yield _centred(sheet.title, room, before=0 if sheet.label else 12)
    if sheet.belongs:
        free = parts.sides(sheet.belongs, BASE, room)
        yield parts.paragraph(
            sheet.belongs, align="center", italic=True, before=6, keep=True, sides=free
        )
    if last := sheet.belongs or sheet.title:
        free = parts.sides(last, BASE, room)
        yield parts.rule(last, BASE, PART_OF_A_RULE, room, sides=free)


def _foot(foot: Foot, room: int) -> Any:
    left = [parts.paragraph(foot.heading, size=12, bold=True, italic=True)] if foot.heading else []
    left += [parts.paragraph(line, size=11) for line in foot.recipients]
    half = room // 2
    signed = _signed(foot.signature) if foot.signature is not None else []
    made = _columns([(left, signed)], (half, room - half), before=12)
    for line in foot.further:
        rest = parts.row(kept=True)
        rest.append(parts.cell([parts.paragraph(line, size=11)], half))
        rest.append(parts.cell([parts.paragraph("", size=11)], room - half))
        made.append(rest)
    return made


def _signed(signature: PrintedSignature) -> list[Any]:
    lines = [parts.paragraph(line, align="center", bold=True) for line in signature.lines]
    space = parts.paragraph(
        signature.words, align="center", size=10, italic=True, before=32, after=32
    )
    return [*lines, space, parts.paragraph(signature.name, align="center", bold=True)]


def _drawn(blocks: Sequence[PrintedBlock], room: int, *, keep: bool = False) -> Iterator[Any]:
    for block in blocks:
        if block.table is not None:
            yield _table(block.table, room, keep=keep)
            yield parts.paragraph("", size=6, keep=keep)
        elif block.signature is not None:
            half = room // 2
            beside = _signed(block.beside) if block.beside is not None else []
            yield _columns([(beside, _signed(block.signature))], (half, room - half), before=12)
        else:
            yield _text(block, keep=keep)


def _text(block: PrintedBlock, *, keep: bool) -> Any:
    kind = block.kind
    if kind == "addressee":
        return parts.paragraph(block.text, align="center", before=18, after=12, keep=keep)
    if kind in {"authority", "enact", "motto"}:
        return parts.paragraph(
            block.text, align="center", bold=kind != "motto", italic=kind == "motto",
            before=12 if kind != "motto" else 6, after=6, keep=keep,
        )  # fmt: skip
    return parts.paragraph(
        block.text,
        head=block.head,
        align="both",
        bold=kind in {"heading", "notes"},
        italic=kind in {"citation", "notes"},
        before=6,
        indent=True,
        keep=keep,
    )


def _columns(
    rows: Sequence[tuple[list[Any], list[Any]]], widths: tuple[int, int], *, before: int = 0
) -> Any:
    """Two columns without lines that stay together, as the head and the foot of a sheet have them."""
    made = parts.grid(widths, lines=False)
    for sides in rows:
        row = parts.row(kept=True)
        for content, part in zip(sides, widths, strict=True):
            row.append(parts.cell(content or [parts.paragraph("")], part))
        made.append(row)
    if before:
        for top in made.find(qn("w:tr")).iter(qn("w:tc")):
            top.find(f".//{qn('w:spacing')}").set(qn("w:before"), str(before * TWIPS))
    return made


def _table(table: PrintedTable, room: int, *, keep: bool) -> Any:
    """A table; its last rows stay with what follows where it is to be kept, merged rows together."""
    widths = [round(part * room) for part in table.widths]
    made = parts.grid(widths, lines=True)
    if table.heads:
        row = parts.row(kept=True, head=True)
        for text, part in zip(table.heads, widths, strict=True):
            head = parts.paragraph(text, align="center", size=table.size, bold=True)
            row.append(parts.cell([head], part, middle=True))
        made.append(row)
    below: dict[int, int] = {}
    held = {
        at
        for place, cells in enumerate(table.rows)
        for cell in cells
        for at in range(place, place + cell.rows - 1)
        if cell.kept
    }
    held |= {len(table.rows) - 1} if keep else set()
    for place, cells in enumerate(table.rows):
        row = _drawn_row(cells, widths, below, table)
        if place in held:
            parts.keep_with_next(row)
        made.append(row)
    return made


def _drawn_row(
    cells: Sequence[PrintedCell], widths: Sequence[int], below: dict[int, int], table: PrintedTable
) -> Any:
    """One row; `below` counts for each column the rows that a cell above still reaches over."""
    made, column = parts.row(kept=all(cell.kept for cell in cells)), 0
    waiting = list(cells)
    while waiting or below.get(column):
        if below.get(column):
            below[column] -= 1
            empty = parts.paragraph("", size=table.size)
            made.append(parts.cell([empty], widths[column], merge="continue"))
            column += 1
            continue
        cell = waiting.pop(0)
        below[column] = cell.rows - 1
        centred = table.ordinal and column == 0 and cell.columns == 1
        text = parts.paragraph(cell.text, size=table.size, align="center" if centred else "left")
        part = sum(widths[column : column + cell.columns])
        merge = "restart" if cell.rows > 1 else ""
        made.append(parts.cell([text], part, span=cell.columns, merge=merge))
        column += cell.columns
    return made


def _same_bytes(data: bytes) -> bytes:
    """Pack the parts again without the time of day that a zip carries."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=ZIP_EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return packed.getvalue()
