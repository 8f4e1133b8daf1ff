"""What a paper quotes from another: the words an amending decision puts in place of old ones.

Quoted words order nothing, and quoted articles are no articles of the paper.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

_OPENS = regex.compile(r"(?:[-–+*]\s*)?(?P<mark>[“\"«])")
_CLOSES = {
    "“": regex.compile(r"”[\s.;,/]*\Z"),
    '"': regex.compile(r"\"[\s.;,/]*\Z"),
    "«": regex.compile(r"»[\s.;,/]*\Z"),
}
_QUOTED = regex.compile(r"(?<=:\s?)(?:“[^”]*”|\"[^\"]*\"|«[^»]*»)")


def outside_quotations(texts: Sequence[str]) -> list[bool]:
    """For each paragraph whether it stands outside a quotation of several paragraphs.

    A quotation runs from a paragraph that begins with its mark to the first that ends with the
    closing one; a mark that is never closed opens nothing. One pass and one look ahead a mark.
    """
    outside = [True] * len(texts)
    place = 0
    while place < len(texts):
        end = _end_of_quotation(texts, place)
        for inside in range(place, end):
            outside[inside] = False
        place = max(end, place + 1)
    return outside


def unquoted(text: str) -> str:
    """The text with what it quotes after a colon replaced by spaces, at the same places."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), text)


def _end_of_quotation(texts: Sequence[str], start: int) -> int:
    """The index behind the quotation that a paragraph opens; `start` where it opens none."""
    opened = _OPENS.match(texts[start])
    if opened is None:
        return start
    closes = _CLOSES[opened["mark"]]
    for place in range(start, min(len(texts), start + _LONGEST)):
        if closes.search(texts[place]) and (place > start or len(texts[place]) > opened.end() + 1):
            return place + 1
    return start


# Paragraphs of a quotation; a longer one is taken for a mark left open.
_LONGEST = 400
