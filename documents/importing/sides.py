"""Columns that another program wrote as text: cells parted by upright bars or by wide gaps.

Text taken out of a word processor, a page or a PDF keeps no table. The two columns of a letterhead
and of a foot then stand side by side, or one below the other with a bar between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from documents.importing.columns import DATE_LINE, MODE, MOTTO, NATION, NUMBER_LINE, POST, stacked

Numbered = tuple[int, str]

# Emphasis and headings of Markdown may stand before any mark of the form.
_MARKS = r"[\s*_#>]*"
_HEAD_ENDS = regex.compile(
    rf"{_MARKS}(?:(?:[-–+]\s*)?(?:Căn\s+cứ|Chiếu)\s|(?:Điều|ĐIỀU)\s+(?:\d|thứ\s|[IVX]+\b)|Kính gửi)"
)
_LIST = regex.compile(r"(?:Nơi nhận|NƠI NHẬN)\b")
_FOOT_ENDS = regex.compile(rf"{_MARKS}(?:PHỤ LỤC|Phụ lục|\((?:Ban hành |)[Kk]èm theo )")
_OF_THE_FORM = regex.compile(
    rf"{_MARKS}(?:{NATION}|{MOTTO}|{NUMBER_LINE}|{DATE_LINE}|{MODE}|{POST}|(?:Nơi nhận|NƠI NHẬN)\b)"
)
_RULE = regex.compile(r"[-–—_=*~\s]*[-–—_=*~]{3}[-–—_=*~\s]*")
_RULE_BEHIND = regex.compile(r"(?:^|\s)[-–—_=*~]{3,}$")
_BARS_ONLY = regex.compile(r"[\s|:-]*-{3}[\s|:-]*")
_CLOSED = regex.compile(r"[^|\t]*[^|\s][^|\t]*\|\s*")
_BARRED = regex.compile(r"\s*\|.*\|\s*")
_BAR = regex.compile(r"(?<!\\)\|")
# A gap parts columns, but for one left for a number or a date to be filled in.
_GAP = regex.compile(
    r"(?<=\S)(?<!\b(?:[Ss]ố|[Nn]gày|tháng|năm))(?<!\b[Ss]ố:) {3,}(?=\S)(?!/|tháng\b|năm\b)"
)
_INDENT = regex.compile(r" {12,}\S")
# Lines of a letterhead or a foot, at most.
_LONGEST_HEAD, _LONGEST_FOOT = 60, 60


def parted(lines: Sequence[str]) -> list[Numbered]:
    """The lines with their numbers from 1: a TAB between cells, or each cell on lines of its own.

    Rules drawn in a letterhead or a foot are left blank; no letter is lost.
    """
    form = _of_the_form(lines)
    lines = _unclosed(lines, form)
    found: list[Numbered] = []
    for number, line in enumerate(_in_gaps(lines, form), 1):
        if "|" not in line or "\t" in line or _is_row_of_markdown(lines, number - 1):
            drawn = number - 1 in form and "\t" not in line and _RULE.fullmatch(line)
            found.append((number, "" if drawn else line))
        elif not _BARS_ONLY.fullmatch(line):
            found += [(number, part) for part in _at_bars(lines, number - 1, form)]
    return found


def _unclosed(lines: Sequence[str], form: set[int]) -> list[str]:
    """The lines; where each of the form has one cell a line, without the bar that closes the cell.

    A bar alone between such lines closes a row.
    """
    barred = [i for i in form if "|" in lines[i] and not _BARS_ONLY.fullmatch(lines[i])]
    closed = [_CLOSED.fullmatch(lines[i]) is not None for i in barred]
    if not all(
        is_closed or lines[i].strip() == "|" for i, is_closed in zip(barred, closed, strict=True)
    ):
        return list(lines)
    if not any(closed):
        return list(lines)
    return [line.rstrip("| ") if i in barred else line for i, line in enumerate(lines)]


def _is_row_of_markdown(lines: Sequence[str], place: int) -> bool:
    """Whether a row has outer bars of its own; beside rows without them its outer cells are empty."""
    if _BARRED.fullmatch(lines[place]) is None:
        return False
    beside = (lines[other] for other in (place - 1, place + 1) if 0 <= other < len(lines))
    return not any("|" in line and _BARRED.fullmatch(line) is None for line in beside)


def _of_the_form(lines: Sequence[str]) -> set[int]:
    """The indexes of the lines in a letterhead, or in a foot from its list to its signature."""
    head = next((i for i, line in enumerate(lines) if _HEAD_ENDS.match(line)), len(lines))
    form = set(range(min(head, _LONGEST_HEAD)))
    for start, line in enumerate(lines):
        if _begins_list(line):
            for place in range(start, min(start + _LONGEST_FOOT, len(lines))):
                if _FOOT_ENDS.match(lines[place]):
                    break
                form.add(place)
    return form


def _begins_list(line: str) -> bool:
    """Whether the distribution list opens here: first on its line, behind a bar or behind a gap."""
    found = _LIST.search(line)
    if found is None:
        return False
    before = line[: found.start()].rstrip("*_")
    return not before.strip(" \t*_#>") or before.rstrip().endswith("|") or before.endswith("   ")


def _in_gaps(lines: Sequence[str], form: set[int]) -> Iterator[str]:
    """The lines with TABs for the wide gaps of the form; below one an indented line is right of it."""
    gapped = {i for i in form if "\t" not in lines[i] and _GAP.search(lines[i].strip())}
    for place, line in enumerate(lines):
        if place in gapped:
            parts = _GAP.split(line.strip())
            cells = ("" if _RULE.fullmatch(cell) else cell for cell in parts)
            yield "\t" * bool(_INDENT.match(line)) + "\t".join(cells)
        elif place in form and _INDENT.match(line) and _beside(lines, place, gapped):
            yield f"\t{line.strip()}"
        else:
            yield line


def _beside(lines: Sequence[str], place: int, gapped: set[int]) -> bool:
    """Whether a line stands in one block with a line that has a gap."""
    for step in (-1, 1):
        other = place + step
        while 0 <= other < len(lines) and lines[other].strip():
            if other in gapped:
                return True
            other += step
    return False


def _at_bars(lines: Sequence[str], place: int, form: set[int]) -> list[str]:
    """The cells of a line without outer bars, as one row or one below another."""
    line = lines[place]
    cells = [cell.strip() for cell in _BAR.split(line)]
    bars = len(cells) - 1
    beside = [
        len(_BAR.findall(lines[other]))
        for other in (place - 1, place + 1)
        if 0 <= other < len(lines)
    ]
    # Rows of a table; one that names a group of rows has fewer cells.
    rows = bars in beside or max(beside, default=0) > 1
    if place in form or any(_OF_THE_FORM.match(cell) for cell in cells[1:]):
        if rows:
            return ["\t".join(cells)]
        lines_of = (part for cell in cells for part in stacked(cell))
        return [part for line in lines_of if (part := _RULE_BEHIND.sub("", line).strip())]
    return ["\t".join(cells)] if rows or bars > 1 else [line]
