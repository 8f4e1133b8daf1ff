"""Words printed in capitals, as a sentence writes them."""

from __future__ import annotations

_ABBREVIATIONS = {
    "ubnd", "hđnd", "iso", "tcvn", "bcđ", "tthc", "htqlcl", "kh&cn", "qlcl", "cntt", "ttđt",
}  # fmt: skip
# After these the name of a territory follows, each word with a capital.
_LEVELS = {"quận", "huyện", "phường", "xã", "tỉnh", "phố", "trấn", "khu"}
_UNITS = {"phòng", "sở", "cục", "phận", "tâm"}
_STOPS = {"năm", "và", "của", "tại", "theo", "về", "ban", "-", "–"}


def sentence_case(text: str) -> str:
    """Capitals only where a sentence has them; a text that is not all capitals stays as it is.

    "MỤC TIÊU CHẤT LƯỢNG CỦA UBND QUẬN AN MẪU" is "Mục tiêu chất lượng của UBND quận An Mẫu".
    """
    if not text.isupper():
        return text
    words = text.lower().split()
    written: list[str] = []
    in_name = False
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        in_name = (in_name and word not in _STOPS) or _opens_name(before, word)
        written.append(_written(word, before, in_name=in_name))
    first = " ".join(written)
    return first[:1].upper() + first[1:]


def _opens_name(before: str, word: str) -> bool:
    return before in _LEVELS and word not in _STOPS and (before, word) != ("xã", "hội")


def _written(word: str, before: str, *, in_name: bool) -> str:
    if word.strip(",.;:()") in _ABBREVIATIONS:
        return word.upper()
    begins_unit = before in _UNITS or (before, word) in {("ban", "chỉ"), ("ban", "thư")}
    return word[:1].upper() + word[1:] if in_name or begins_unit else word
