"""Spellings that mean the same: letter case, "Uỷ" and "Ủy", "UBND" and "Ủy ban nhân dân"."""

from __future__ import annotations

import re
import unicodedata

# The tone mark of oa, oe, uy stands on either vowel in real papers; the old place is mapped to
# the new one, for matching only.
_TONES = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_TONE = re.compile("|".join(_TONES))
# Letters of other alphabets that look like ours; Ð and Ɖ stand for Đ wherever they are.
LIKE_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοÐƉð",
    "ABESIJKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXoĐĐđ",
)
_SPACES = re.compile(r"\s+")
_CHAIRMAN = re.compile(r"^(?:chủ tịch|ct)\s+")
_COMMITTEE = "uỷ ban nhân dân"


def fold(text: str) -> str:
    """A text for comparison: NFC, lower case, single spaces, one place for the tone mark."""
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()
    return one_tone_place(plain)


def one_tone_place(lower: str) -> str:
    """Put the tone mark of oa, oe, uy in one place; a lower-case NFC text keeps its length."""
    return _TONE.sub(lambda found: _TONES[found.group()], lower)


def agency_key(name: str) -> str:
    """The body behind a name: its chairman acts for it, and "ubnd" is its short form."""
    body = _CHAIRMAN.sub("", fold(name))
    return re.sub(r"^ubnd\b", _COMMITTEE, body)
