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

from documents.printing.faces import width

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
SMALL, BASE = 13.0, 14.0
# Twentieths of a point, Word's unit of length.
TWIPS = 20
MM = 72 / 25.4 * TWIPS
INDENT = round(12.7 * MM)
UPRIGHT, WIDE, LEFT = round(165 * MM), round(257 * MM), round(66 * MM)
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
        _page(document.sections[-1], sheet, paper)
        last = body[-1]
        for element in _sheet(sheet):
            last.addprevious(element)
    written = io.BytesIO()
    document.save(written)
    return _same_bytes(written.getvalue())


def _describe(document: Any, paper: Paper) -> None:
    told = document.core_properties
    told.title, told.author, told.subject = paper.title[:255], paper.author[:255], paper.number
    told.comments, told.language, told.revision = "", "vi-VN", 1
    told.created = told.modified = datetime.combine(paper.stamped, time.min)
    told.last_modified_by = paper.author[:255]
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(BASE)
    style.paragraph_format.space_after = Pt(0)
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        style.element.rPr.rFonts.set(qn(script), FACE)
    style.element.rPr.append(_made("w:lang", val="vi-VN"))


def _page(section: Any, sheet: PrintedSheet, paper: Paper) -> None:
    """A4 by the decree; number above, none on the first page, counted anew for each sheet."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.orientation = WD_ORIENT.PORTRAIT
    if sheet.wide:
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(20)
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(8)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.append(_made("w:pgNumType", start="1"))
    for header, numbered in ((section.first_page_header, False), (section.header, True)):
        header.is_linked_to_previous = False
        root = header._element
        for old in list(root):
            root.remove(old)
        if paper.ribbon:
            root.append(_paragraph(paper.ribbon, align="center", size=9, bold=True, colour=RED))
        root.append(_number() if numbered else _paragraph("", align="center"))


def _number() -> Any:
    made = _paragraph("", align="center")
    for kind, code in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = _run("", size=BASE)
        if kind:
            run.append(_made("w:fldChar", fldCharType=kind))
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
    yield from _drawn(sheet.blocks[:-1], room)
    # The signature never stands on a page without a word of what is signed.
    yield from _drawn(sheet.blocks[-1:], room, keep=sheet.foot is not None)
    if sheet.foot is not None:
        yield _foot(sheet.foot, room)
    yield from _drawn(sheet.after, room)
    yield _paragraph("", size=1)


def _opening(sheet: PrintedSheet, room: int) -> Any:
    left = [_paragraph(line, align="center", size=SMALL) for line in sheet.agency[:-1]]
    left += [
        *(_paragraph(line, align="center", size=SMALL, bold=True) for line in sheet.agency[-1:]),
        *(_rule(line, SMALL, PART_OF_A_RULE, LEFT) for line in sheet.agency[-1:]),
    ]
    right = [_paragraph(line, align="center", size=SMALL, bold=True) for line in sheet.national[:1]]
    for line in sheet.national[1:]:
        right.append(_paragraph(line, align="center", bold=True))
        right.append(_rule(line, BASE, 1.0, room - LEFT))
    rows = [(left, right)]
    if sheet.number or sheet.place_and_date:
        rows.append(
            (
                [_paragraph(sheet.number, align="center", size=SMALL)],
                [_paragraph(sheet.place_and_date, align="center", italic=True)],
            )
        )
    return _columns(rows, (LEFT, room - LEFT))


def _title(sheet: PrintedSheet, room: int) -> Iterator[Any]:
    if sheet.label:
        yield _paragraph(sheet.label, align="center", bold=True, before=12, keep=True)
    if sheet.title:
        yield _paragraph(sheet.title, align="center", bold=True, keep=True)
        yield _rule(sheet.title, BASE, PART_OF_A_RULE, room)
    if sheet.belongs:
        yield _paragraph(sheet.belongs, align="center", italic=True, before=6, keep=True)


def _foot(foot: Foot, room: int) -> Any:
    left = [_paragraph(foot.heading, size=12, bold=True, italic=True)] if foot.heading else []
    left += [_paragraph(line, size=11) for line in foot.recipients]
    half = room // 2
    return _columns([(left, _signed(foot.signature))], (half, room - half), before=12)


def _signed(signature: PrintedSignature) -> list[Any]:
    lines = [_paragraph(line, align="center", bold=True) for line in signature.lines]
    space = _paragraph(signature.words, align="center", size=10, italic=True, before=32, after=32)
    return [*lines, space, _paragraph(signature.name, align="center", bold=True)]


def _drawn(blocks: Sequence[PrintedBlock], room: int, *, keep: bool = False) -> Iterator[Any]:
    for block in blocks:
        if block.table is not None:
            yield _table(block.table, room)
            yield _paragraph("", size=6)
        elif block.signature is not None:
            half = room // 2
            yield _columns([([], _signed(block.signature))], (half, room - half))
        else:
            yield _text(block, keep=keep)


def _text(block: PrintedBlock, *, keep: bool) -> Any:
    kind = block.kind
    if kind in {"authority", "enact", "motto"}:
        return _paragraph(
            block.text, align="center", bold=kind != "motto", italic=kind == "motto",
            before=12 if kind != "motto" else 6, after=6, keep=kind != "motto" or keep,
        )  # fmt: skip
    return _paragraph(
        block.text,
        head=block.head,
        align="both",
        bold=kind in {"heading", "notes"},
        italic=kind in {"citation", "notes"},
        before=6,
        indent=True,
        keep=keep or kind in {"heading", "notes"},
    )


def _paragraph(
    text: str,
    *,
    head: str = "",
    align: str = "left",
    size: float = BASE,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
    indent: bool = False,
    keep: bool = False,
    colour: str = "",
) -> Any:
    made, form = OxmlElement("w:p"), OxmlElement("w:pPr")
    made.append(form)
    if keep:
        form.append(OxmlElement("w:keepNext"))
    form.append(
        _made("w:spacing", before=str(round(before * TWIPS)), after=str(round(after * TWIPS)))
    )
    if indent:
        form.append(_made("w:ind", firstLine=str(INDENT)))
    form.append(_made("w:jc", val=align))
    if head:
        made.append(_run(head + (" " if text else ""), size=size, bold=True))
    if text:
        made.append(_run(text, size=size, bold=bold, italic=italic, colour=colour))
    return made


def _run(
    text: str, *, size: float, bold: bool = False, italic: bool = False, colour: str = ""
) -> Any:
    made, form = OxmlElement("w:r"), OxmlElement("w:rPr")
    made.append(form)
    for wanted, tag in ((bold, "w:b"), (italic, "w:i")):
        if wanted:
            form.append(OxmlElement(tag))
    if colour:
        form.append(_made("w:color", val=colour))
    form.append(_made("w:sz", val=str(round(size * 2))))
    for place, line in enumerate(text.split("\n") if text else ()):
        if place:
            made.append(OxmlElement("w:br"))
        written = OxmlElement("w:t")
        written.text = line
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(written)
    return made


def _rule(text: str, size: float, part: float, room: int) -> Any:
    """A line in the middle, as long as a part of the words above it."""
    long = min(max(map(width, text.split("\n"))) * 1.06 * size * TWIPS, room * 0.9) * part
    side = str(round((room - long) / 2))
    made = _paragraph("", size=2, keep=True)
    form = made.find(qn("w:pPr"))
    borders = OxmlElement("w:pBdr")
    borders.append(_made("w:top", val="single", sz="6", space="1", color="000000"))
    form.find(qn("w:spacing")).addprevious(borders)
    form.find(qn("w:jc")).addprevious(_made("w:ind", left=side, right=side))
    return made


def _columns(
    rows: Sequence[tuple[list[Any], list[Any]]], widths: tuple[int, int], *, before: int = 0
) -> Any:
    """Two columns without lines that stay together, as the head and the foot of a sheet have them."""
    made = _grid(widths, lines=False)
    for sides in rows:
        row = _row(kept=True)
        for content, part in zip(sides, widths, strict=True):
            row.append(_cell(content or [_paragraph("")], part))
        made.append(row)
    if before:
        first = made.find(f".//{qn('w:spacing')}")
        first.set(qn("w:before"), str(before * TWIPS))
    return made


def _table(table: PrintedTable, room: int) -> Any:
    widths = [round(part * room) for part in table.widths]
    made = _grid(widths, lines=True)
    if table.heads:
        row = _row(kept=True, head=True)
        for text, part in zip(table.heads, widths, strict=True):
            head = _paragraph(text, align="center", size=table.size, bold=True)
            row.append(_cell([head], part, middle=True))
        made.append(row)
    below: dict[int, int] = {}
    for cells in table.rows:
        made.append(_drawn_row(cells, widths, below, table))
    return made


def _drawn_row(
    cells: Sequence[PrintedCell], widths: Sequence[int], below: dict[int, int], table: PrintedTable
) -> Any:
    """One row; `below` counts for each column the rows that a cell above still reaches over."""
    made, column = _row(kept=all(cell.kept for cell in cells)), 0
    waiting = list(cells)
    while waiting or below.get(column):
        if below.get(column):
            below[column] -= 1
            empty = _paragraph("", size=table.size)
            made.append(_cell([empty], widths[column], merge="continue"))
            column += 1
            continue
        cell = waiting.pop(0)
        below[column] = cell.rows - 1
        centred = table.ordinal and column == 0 and cell.columns == 1
        text = _paragraph(cell.text, size=table.size, align="center" if centred else "left")
        part = sum(widths[column : column + cell.columns])
        merge = "restart" if cell.rows > 1 else ""
        made.append(_cell([text], part, span=cell.columns, merge=merge))
        column += cell.columns
    return made


def _grid(widths: Sequence[int], *, lines: bool) -> Any:
    made, form = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
    form.append(_made("w:tblW", w=str(sum(widths)), type="dxa"))
    if lines:
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(_made(f"w:{side}", val="single", sz="4", space="0", color="000000"))
        form.append(borders)
    form.append(_made("w:tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_made(f"w:{side}", w="80" if lines else "0", type="dxa"))
    form.append(margins)
    grid = OxmlElement("w:tblGrid")
    for part in widths:
        grid.append(_made("w:gridCol", w=str(part)))
    made.append(form)
    made.append(grid)
    return made


def _row(*, kept: bool, head: bool = False) -> Any:
    made, form = OxmlElement("w:tr"), OxmlElement("w:trPr")
    if kept:
        form.append(OxmlElement("w:cantSplit"))
    if head:
        form.append(OxmlElement("w:tblHeader"))
    made.append(form)
    return made


def _cell(
    content: Sequence[Any], part: int, *, span: int = 1, merge: str = "", middle: bool = False
) -> Any:
    made, form = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    form.append(_made("w:tcW", w=str(part), type="dxa"))
    if span > 1:
        form.append(_made("w:gridSpan", val=str(span)))
    if merge:
        form.append(_made("w:vMerge", val=merge))
    if middle:
        form.append(_made("w:vAlign", val="center"))
    made.append(form)
    for paragraph in content:
        made.append(paragraph)
    return made


def _made(tag: str, **values: str) -> Any:
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
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
