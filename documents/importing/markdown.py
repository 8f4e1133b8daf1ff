"""The residue of Markdown: emphasis, headings, hard breaks, pipes; never a signal of structure.

Seeds show that bold comes and goes within one office, so it means nothing here.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+")
_QUOTE = re.compile(r"^ {0,3}(?:>\s?)+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_BREAK = re.compile(r" ?<br ?/?> ?", re.IGNORECASE)
_STARS = re.compile(r"\*{1,3}")
# Whole lines set in italics or bold with underscores, from the first to the last.
_UNDER_OPENS = re.compile(r"_{1,3}(?=[^\s_])")
_UNDER_ENDS = re.compile(r"(?<=[^\s_])_{1,3}\Z")
_RULE = re.compile(r"^\s*(?:\|\s*)?:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPES = re.compile(r"^\s*\|.*\|\s*$")
_ESCAPED_PIPE = re.compile(r"(?<!\\)\|")


def strip_markdown(lines: list[str], *, escapes: bool) -> list[str]:
    """One block of lines without its Markdown residue; the number of lines stays the same.

    Residue is found in plain text too; a backslash is an escape only where `escapes` says that
    the text was written as Markdown.
    """
    text = _strip_emphasis("\n".join(_without_underscores([_strip_line(line) for line in lines])))
    return (_ESCAPED.sub(r"\1", text) if escapes else text).split("\n")


def _strip_line(line: str) -> str:
    line = _QUOTE.sub("", _HEADING.sub("", line))
    if _PIPES.match(line):
        if _RULE.match(line):
            return ""
        cells = _ESCAPED_PIPE.split(line.strip()[1:-1])
        return "\t".join(_BREAK.sub(" ", cell).strip() for cell in cells)
    line = _BREAK.sub(" ", line)
    return line.removesuffix("\\") if line.endswith(" \\") else line


def _without_underscores(lines: list[str]) -> list[str]:
    """Lines without the underscores around them; one that is never closed is text and stays."""
    plain = list(lines)
    opened: tuple[int, str] | None = None
    for place, line in enumerate(lines):
        opens = _UNDER_OPENS.match(line)
        opened = (place, opens.group()) if opens else opened
        ends = _UNDER_ENDS.search(line[-4:])
        if opened is not None and ends is not None and ends.group() == opened[1]:
            plain[place] = plain[place].removesuffix(opened[1])
            plain[opened[0]] = plain[opened[0]].removeprefix(opened[1])
            opened = None
    return plain


def _strip_emphasis(text: str) -> str:
    """Remove paired runs of stars; a star that pairs with nothing is text and stays."""
    opened: list[re.Match[str]] = []
    drop: list[re.Match[str]] = []
    for run in _STARS.finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        closes = bool(before.strip()) and opened and opened[-1].group() == run.group()
        if closes and not (after.strip() and after.isalnum() and before.isalnum()):
            drop += [opened.pop(), run]
        elif after.strip() and not before.isalnum() and before != "\\":
            opened.append(run)
    return _without(text, drop)


def _without(text: str, runs: list[re.Match[str]]) -> str:
    kept = []
    position = 0
    for run in sorted(runs, key=re.Match.start):
        kept.append(text[position : run.start()])
        position = run.end()
    return "".join([*kept, text[position:]])
