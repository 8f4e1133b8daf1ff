"""The parts a Word file is put together from: paragraphs, runs, lines, tables (ECMA-376, part 1).

Lengths are in twentieths of a point, Word's unit, unless they say points. Text becomes runs of
plain letters and breaks; nothing in it is read as a field or a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from documents.printing.faces import width

BASE = 14.0
# Bold letters are wider than the upright ones that are measured, and every machine's differ a bit.
BOLDER = 1.1
BLANK = 0.25
TWIPS = 20
MM = 72 / 25.4 * TWIPS
INDENT = round(12.7 * MM)


def paragraph(
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
    sides: int = 0,
) -> Any:
    """One paragraph; `size`, `before` and `after` in points, `sides` is left free on both."""
    made, form = OxmlElement("w:p"), OxmlElement("w:pPr")
    made.append(form)
    if keep:
        form.append(OxmlElement("w:keepNext"))
    around = {"before": str(round(before * TWIPS)), "after": str(round(after * TWIPS))}
    if not (head or text):
        # An empty paragraph is as high as said, whatever its face asks for.
        around |= {"line": str(round(size * 1.2 * TWIPS)), "lineRule": "exact"}
    form.append(element("w:spacing", **around))
    if indent:
        form.append(element("w:ind", firstLine=str(INDENT)))
    elif sides:
        form.append(element("w:ind", left=str(sides), right=str(sides)))
    form.append(element("w:jc", val=align))
    if not (head or text):
        mark = OxmlElement("w:rPr")
        mark.append(element("w:sz", val=str(round(size * 2))))
        form.append(mark)
    if head:
        made.append(run(head + (" " if text else ""), size=size, bold=True))
    if text:
        made.append(run(text, size=size, bold=bold, italic=italic, colour=colour))
    return made


def run(
    text: str, *, size: float, bold: bool = False, italic: bool = False, colour: str = ""
) -> Any:
    """One run of letters; `size` in points, a line feed becomes a break."""
    made, form = OxmlElement("w:r"), OxmlElement("w:rPr")
    made.append(form)
    for wanted, tag in ((bold, "w:b"), (italic, "w:i")):
        if wanted:
            form.append(OxmlElement(tag))
    if colour:
        form.append(element("w:color", val=colour))
    form.append(element("w:sz", val=str(round(size * 2))))
    for place, line in enumerate(text.split("\n") if text else ()):
        if place:
            made.append(OxmlElement("w:br"))
        written = OxmlElement("w:t")
        written.text = line
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(written)
    return made


def sides(text: str, size: float, room: int) -> int:
    """What to leave free on both sides of a bold title, so that its lines are about as long.

    As narrow as its number of lines allows: no word is left alone on the last one.
    """
    if "\n" in text:
        return 0
    words = [width(word) * BOLDER for word in text.split(" ")]
    whole = room / TWIPS / size
    lines, narrow = _lines(words, whole), whole
    while narrow > whole / 2 and _lines(words, narrow - 0.5) <= lines:
        narrow -= 0.5
    return round((whole - narrow) / 2 * size * TWIPS) if lines > 1 else 0


def _lines(words: Sequence[float], room: float) -> int:
    """How many lines words of these widths take; all in ems."""
    lines, taken = 1, 0.0
    for word in words:
        if taken and taken + BLANK + word > room:
            lines, taken = lines + 1, 0.0
        taken += word + (BLANK if taken else 0.0)
    return lines


def rule(text: str, size: float, part: float, room: int, *, sides: int = 0) -> Any:
    """A line in the middle, as long as a part of the words above it."""
    longest = max(map(width, text.split("\n"))) * 1.06 * size * TWIPS
    long = min(longest, room * 0.9, room - 2 * sides) * part
    side = str(round((room - long) / 2))
    made = paragraph("", size=2, before=2, after=4, keep=True)
    form = made.find(qn("w:pPr"))
    borders = OxmlElement("w:pBdr")
    borders.append(element("w:top", val="single", sz="6", space="1", color="000000"))
    form.find(qn("w:spacing")).addprevious(borders)
    form.find(qn("w:jc")).addprevious(element("w:ind", left=side, right=side))
    return made


def framed(text: str, size: float, long: float, room: int, colour: str) -> Any:
    """Bold words in the middle, in a frame so long, or as long as they are; 8 mm high."""
    long = long or width(text) * BOLDER * size * TWIPS + 8 * MM
    free = 3  # points between the words and each edge of the frame
    side = round((room - long) / 2 + free * TWIPS)
    made = paragraph(
        text, align="center", size=size, bold=True, before=6, colour=colour, sides=side
    )
    borders = OxmlElement("w:pBdr")
    for edge in ("top", "left", "bottom", "right"):
        borders.append(element(f"w:{edge}", val="single", sz="6", space=str(free), color=colour))
    made.find(qn("w:pPr")).find(qn("w:spacing")).addprevious(borders)
    return made


def grid(widths: Sequence[int], *, lines: bool) -> Any:
    """A table without rows yet, its columns as wide as said."""
    made, form = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
    form.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
    if lines:
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
        form.append(borders)
    form.append(element("w:tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="80" if lines else "0", type="dxa"))
    form.append(margins)
    columns = OxmlElement("w:tblGrid")
    for part in widths:
        columns.append(element("w:gridCol", w=str(part)))
    made.append(form)
    made.append(columns)
    return made


def row(*, kept: bool, head: bool = False) -> Any:
    """A row without cells yet; one that is `kept` is not broken, a `head` is repeated."""
    made, form = OxmlElement("w:tr"), OxmlElement("w:trPr")
    if kept:
        form.append(OxmlElement("w:cantSplit"))
    if head:
        form.append(OxmlElement("w:tblHeader"))
    made.append(form)
    return made


def keep_with_next(row: Any) -> None:
    """Hold a row on the page of the next row, or of the paragraph behind its table."""
    for form in row.iter(qn("w:pPr")):
        if form.find(qn("w:keepNext")) is None:
            form.insert(0, OxmlElement("w:keepNext"))


def cell(
    content: Sequence[Any], part: int, *, span: int = 1, merge: str = "", middle: bool = False
) -> Any:
    """A cell of some paragraphs; `merge` is "restart" or "continue" over rows."""
    made, form = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    form.append(element("w:tcW", w=str(part), type="dxa"))
    if span > 1:
        form.append(element("w:gridSpan", val=str(span)))
    if merge:
        form.append(element("w:vMerge", val=merge))
    if middle:
        form.append(element("w:vAlign", val="center"))
    made.append(form)
    for one in content:
        made.append(one)
    return made


def element(tag: str, **values: str) -> Any:
    """An element with attributes, all in Word's namespace."""
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made
