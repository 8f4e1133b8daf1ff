"""The faces of the print: which letters they draw, and how wide each is.

Both come from pinned packages, so that a paper looks the same on every machine. What neither
draws is printed as its code point, never left out: a letter that vanishes changes a text.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# The Times-like face of the decree, then the one for signs it lacks (arrows, mathematics).
PACKAGES = ("rinoh_typeface_texgyretermes", "rinoh_typeface_dejavuserif")
REGULARS = ("texgyretermes-regular.otf", "DejaVuSerif.ttf")
# Drawn by no face and seen by nobody: zero-width spaces and joiners, soft hyphens, the byte-order
# mark. Control and bidirectional marks are not among them: those can make a text read otherwise.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# Signs without a face, and the sign of the same look and meaning that is drawn for them; the last
# two are the bullets of Word's Symbol and Wingdings, which have no code point of their own.
STAND_INS = str.maketrans({"☐": "□", "✓": "√", "✔": "√", "\uf0b7": "•", "\uf0a7": "▪"})
CMAP, HMTX = "cmap", "hmtx"


def folders() -> tuple[Path, ...]:
    """The folders that hold the faces; raises `LookupError` where a package is missing."""
    found = []
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise LookupError(f"the package {package} of the print's face is not installed")
        found.append(Path(spec.origin).parent)
    return tuple(found)


def printable(text: str) -> str:
    """The text as it is printed: NFC, line feeds and tabs kept, nothing that no face draws.

    A sign without a face, a control or a bidirectional mark becomes its code point, "[U+202E]".
    """
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(UNSEEN)
    clean = clean.translate(STAND_INS)
    strange = set(clean).difference(_drawn())
    return clean.translate({ord(one): f"[U+{ord(one):04X}]" for one in strange})


@cache
def _drawn() -> frozenset[str]:
    """Every sign that is printed as itself."""
    signs = map(chr, _widths())
    return frozenset("\n\t").union(one for one in signs if unicodedata.category(one)[0] != "C")


def width(text: str) -> float:
    """The width of a line of printable text in ems of its size, in the upright face."""
    widths = _widths()
    return sum([widths.get(ord(one), 1.0) for one in text])


@cache
def _widths() -> dict[int, float]:
    """The width of every code point that a face draws; the first face goes before the second."""
    found: dict[int, float] = {}
    for folder, name in zip(folders(), REGULARS, strict=True):
        found = {**_advances((folder / name).read_bytes()), **found}
    return found


def _advances(font: bytes) -> dict[int, float]:
    """The advance width of every code point of an OpenType file, in ems."""
    tables = _tables(font)
    (units,) = struct.unpack_from(">H", font, tables["head"] + 18)
    (metrics,) = struct.unpack_from(">H", font, tables["hhea"] + 34)
    advances = struct.unpack_from(">" + "Hh" * metrics, font, tables[HMTX])[::2]
    return {
        code: advances[min(glyph, metrics - 1)] / units
        for code, glyph in _glyphs(font, tables[CMAP]).items()
        if glyph
    }


def _tables(font: bytes) -> dict[str, int]:
    (number,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(number))
    return {tag.decode("ascii"): offset for tag, _sum, offset, _length in records}


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    """The glyph of every code point, from the subtable for the Basic Multilingual Plane."""
    (number,) = struct.unpack_from(">H", font, cmap + 2)
    for place in range(number):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * place)
        start = cmap + offset
        if (platform, encoding) == (3, 1) and struct.unpack_from(">H", font, start) == (4,):
            return _segments(font, start)
    raise LookupError("the face has no table of Unicode letters")


def _segments(font: bytes, start: int) -> dict[int, int]:
    """Read a format 4 subtable (OpenType, `cmap`): runs of code points and where their glyphs lie."""
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    run = f">{count}H"
    ends = struct.unpack_from(run, font, start + 14)
    starts = struct.unpack_from(run, font, start + 16 + 2 * count)
    deltas = struct.unpack_from(run, font, start + 16 + 4 * count)
    offsets_at = start + 16 + 6 * count
    offsets = struct.unpack_from(run, font, offsets_at)
    found: dict[int, int] = {}
    for place in range(count):
        for code in range(starts[place], min(ends[place], 0xFFFE) + 1):
            glyph = code
            if offsets[place]:
                at = offsets_at + 2 * place + offsets[place] + 2 * (code - starts[place])
                (glyph,) = struct.unpack_from(">H", font, at)
                if not glyph:
                    continue
            found[code] = (glyph + deltas[place]) & 0xFFFF
    return found
