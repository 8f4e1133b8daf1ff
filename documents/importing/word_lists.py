"""The numbers that Word draws before paragraphs without writing them: "1.", "a)", "Điều 3.", "-"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_LEVELS = 9
_DEEPEST_STYLE = 20
_SLOT = regex.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Glyphs of Symbol and Wingdings stand in the private use area; only their drawing has a meaning.
GLYPHS = {
    0xB7: "•", 0xA7: "•", 0x76: "•", 0xD8: "•", 0xFC: "•", 0x2D: "-", 0xA8: "☐", 0x6F: "☐", 0x71: "☐",
    0xFE: "☑", 0x52: "☑", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xAE: "→", 0xB4: "×",
}  # fmt: skip
_BULLETS = "-–+*•"


@dataclass(frozen=True, slots=True)
class _Level:
    text: str = ""
    form: str = "decimal"
    start: int = 1
    plain: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says of numbers and capitals; `based` is the style it builds on."""

    based: str = ""
    number: str = ""
    level: int | None = None
    caps: bool | None = None


@dataclass(slots=True)
class Lists:
    """Counts the lists of one document in reading order."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _styles: dict[str, _Style] = field(default_factory=dict)
    _counters: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> Lists:
        """Take the definitions from `numbering.xml` and `styles.xml`, either of which may lack."""
        lists = cls()
        for one in numbering if numbering is not None else ():
            if one.tag == f"{W}abstractNum":
                name = one.get(f"{W}abstractNumId", "")
                lists._levels[name] = dict(map(_level, one.iter(f"{W}lvl")))
            elif one.tag == f"{W}num":
                lists._take_number(one)
        for one in styles if styles is not None else ():
            if one.tag == f"{W}style":
                lists._styles[one.get(f"{W}styleId", "")] = _style(one)
        return lists

    def label(self, properties: Element | None) -> str:
        """The number before the next paragraph, counted on; empty where it has none."""
        number, level = self._place_of(properties)
        abstract = self._abstract.get(number)
        if abstract is None:
            return ""
        known = self._levels.get(abstract, {})
        if level not in known:
            return ""
        counters = self._count(number, abstract, level)
        one = known[level]
        if one.form == "bullet":
            return _bullet(one.text)
        return _SLOT.sub(lambda slot: _number(known, counters, one, int(slot[1]) - 1), one.text)

    def caps(self, properties: Element | None) -> bool:
        """Whether the paragraph's style prints it in capitals."""
        for style in self._chain(properties):
            if style.caps is not None:
                return style.caps
        return False

    def _take_number(self, one: Element) -> None:
        name = one.get(f"{W}numId", "")
        abstract = one.find(f"{W}abstractNumId")
        if abstract is not None:
            self._abstract[name] = abstract.get(VAL, "")
        for override in one.iter(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                level = whole(override.get(f"{W}ilvl"), 0)
                self._restarts.setdefault(name, {})[level] = whole(start.get(VAL), 1)

    def _place_of(self, properties: Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph; its own word comes before its style's."""
        number, level = _numbered(properties)
        for style in self._chain(properties):
            number = number or style.number
            level = style.level if level is None else level
        return number, level or 0

    def _chain(self, properties: Element | None) -> list[_Style]:
        named = properties.find(f"{W}pStyle") if properties is not None else None
        name = named.get(VAL, "") if named is not None else ""
        chain: list[_Style] = []
        while name in self._styles and len(chain) < _DEEPEST_STYLE:
            chain.append(self._styles[name])
            name = chain[-1].based
        return chain

    def _count(self, number: str, abstract: str, level: int) -> list[int]:
        known = self._levels[abstract]
        counters = self._counters.setdefault(abstract, [0] * _LEVELS)
        for restarted, start in self._restarts.pop(number, {}).items():
            if 0 <= restarted < _LEVELS:
                counters[restarted] = start - 1
        for above in range(level):
            counters[above] = counters[above] or known.get(above, _Level()).start
        counters[level] = counters[level] + 1 if counters[level] else known[level].start
        counters[level + 1 :] = [0] * (_LEVELS - level - 1)
        return counters


def switched_on(element: Element | None) -> bool:
    """Whether a property that is on by standing there is on."""
    return element is not None and element.get(VAL, "1") not in {"0", "false", "off", "none"}


def whole(text: str | None, default: int) -> int:
    """A whole number of at most six digits, or the default."""
    return int(text) if text and regex.fullmatch(r"\d{1,6}", text) else default


def drawn(text: str) -> str:
    """Text with the glyphs of symbol fonts as the letters they draw."""
    return regex.sub(r"[\uf000-\uf0ff]", lambda found: glyph(ord(found[0])), text)


def glyph(code: int) -> str:
    """What a symbol font draws at a code, in or outside the private use area."""
    return GLYPHS.get(code & 0xFF, "□")


def _level(one: Element) -> tuple[int, _Level]:
    def said(name: str, default: str) -> str:
        found = one.find(f"{W}{name}")
        return found.get(VAL, default) if found is not None else default

    return whole(one.get(f"{W}ilvl"), 0) % _LEVELS, _Level(
        text=said("lvlText", ""),
        form=said("numFmt", "decimal"),
        start=whole(said("start", "1"), 1),
        plain=switched_on(one.find(f"{W}isLgl")),
    )


def _style(one: Element) -> _Style:
    based = one.find(f"{W}basedOn")
    number, level = _numbered(one.find(f"{W}pPr"))
    caps = one.find(f"{W}rPr/{W}caps")
    return _Style(
        based=based.get(VAL, "") if based is not None else "",
        number=number,
        level=level,
        caps=switched_on(caps) if caps is not None else None,
    )


def _numbered(properties: Element | None) -> tuple[str, int | None]:
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return "", None
    number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    return (
        number.get(VAL, "") if number is not None else "",
        whole(level.get(VAL), 0) % _LEVELS if level is not None else None,
    )


def _bullet(text: str) -> str:
    shown = drawn(text).strip()
    return shown if len(shown) == 1 and shown in _BULLETS else "-" if shown == "□" else "•"


def _number(known: dict[int, _Level], counters: list[int], one: _Level, place: int) -> str:
    form = "decimal" if one.plain else known.get(place, _Level()).form
    return numbered(form, counters[place])


def numbered(form: str, value: int) -> str:
    """A number as a format of ECMA-376 §17.9 writes it: "c" for 3 in lowerLetter."""
    return _FORMS.get(form, str)(value)


def _letters(value: int) -> str:
    return chr(96 + (value - 1) % 26 + 1) * ((value - 1) // 26 + 1) if 0 < value < 1000 else ""


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        written += letters * min(times, 20)
    return written


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "decimalZero": lambda value: f"{value:02}",
    "none": lambda _value: "",
}
