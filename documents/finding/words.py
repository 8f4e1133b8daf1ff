"""The words of a text: as typed, and as found without marks; offsets stay those of the text."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from documents.content.folding import LIKE_LATIN, one_tone_place

LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
# Marks that join no letter, and characters without width that turn or hide text.
_STRAY = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LAST_LETTER = 0x2FFF


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return _lower({"đ": "d", "Đ": "d"}.get(base, base))


_LOWER = {code: _lower(chr(code)) for code in range(_LAST_LETTER) if _lower(chr(code)) != chr(code)}
_BARE = {code: _bare(chr(code)) for code in range(_LAST_LETTER) if _bare(chr(code)) != chr(code)}


class Word(NamedTuple):
    """One word: `bare` without marks and case, `typed` with its marks in lower case.

    `start` and `end` are offsets into the text that `tidy` gave.
    """

    bare: str
    typed: str
    start: int = 0
    end: int = 0

    @property
    def marked(self) -> bool:
        """Whether it was typed with marks, or with đ."""
        return self.typed != self.bare


def tidy(text: str) -> str:
    """A text in which each letter is one character: NFC, without stray marks or hidden signs.

    What only looks like a letter of ours is that letter.
    """
    return _STRAY.sub("", unicodedata.normalize("NFC", text)).translate(LIKE_LATIN)


def bare(tidied: str) -> str:
    """The text without case and marks, đ to d; every character stays in its place."""
    return tidied.translate(_BARE)


def words(tidied: str) -> list[Word]:
    """The words of a tidied text in their order; numbers lose their leading zeros."""
    folded, lower = bare(tidied), one_tone_place(tidied.translate(_LOWER))
    found = (one.span() for one in _WORD.finditer(folded))
    return [Word(_cut(folded[a:b]), _cut(lower[a:b]), a, b) for a, b in found]


def _cut(word: str) -> str:
    if word[0] <= "9" and word.isdigit():
        word = word.lstrip("0") or "0"
    return word[:LONGEST_WORD]
