"""The words of the form as scanning leaves them: "Điêu 1.", "QUYÊT ĐỊNH", "Noi nhận".

A word of the form is recognised by its base letters; what was read stays as written and is named.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.importing.findings import Findings

_MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = {"a": "aăâ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}


def bare(text: str) -> str:
    """A text without any mark on its letters: "Điều" is "Dieu"."""
    letters = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(letters).replace("đ", "d").replace("Đ", "D")


def tolerant(words: str) -> str:
    """A pattern for words whose marks may be damaged; letter case counts, blanks may be several."""
    return r"\s+".join("".join(map(_letter, word)) for word in words.split())


def doubt_word(found: str, right: str, line: int, findings: Findings) -> None:
    """Name a word of the form that is written with other marks than its own."""
    plain = " ".join(found.split()).strip(" :.-–")
    if plain.casefold() != right.casefold() and bare(plain).casefold() == bare(right).casefold():
        findings.add("typo_suspected", line, found=plain, instead=right)


def _letter(letter: str) -> str:
    base = bare(letter)
    if base in "dD":
        return "[dđ]" if base == "d" else "[DĐ]"
    vowels = _VOWELS.get(base.lower())
    if vowels is None:
        return base
    variants = "".join(unicodedata.normalize("NFC", v + mark) for v in vowels for mark in _MARKS)
    return f"[{variants if base.islower() else variants.upper()}]"
