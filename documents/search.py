"""The folding that makes Vietnamese findable with and without marks, the same on both databases."""

from __future__ import annotations

import re
import unicodedata

PUNCTUATION = re.compile(r"[\W_]+")


def searchable(text: str) -> str:
    """Strip marks and case, đ to d, punctuation to single spaces."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return PUNCTUATION.sub(" ", letters.lower()).strip()
