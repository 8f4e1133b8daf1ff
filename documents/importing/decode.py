"""Bytes into clean Unicode text, or a refusal that says what is wrong and on which line."""

from __future__ import annotations

import codecs
import re
import unicodedata

from documents.content.folding import LIKE_LATIN
from documents.importing.findings import Findings, Unreadable
from documents.importing.scanned import mended

MAX_BYTES = 2_000_000
MAX_LINES = 40_000
MAX_LINE = 20_000

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BREAKS = re.compile("\r\n|[\r\x0b\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# UTF-8 read once as a one-byte encoding.
_GARBLED = re.compile(
    "\u00e1\u00ba|\u00e1\u00bb|\u00c4\u2018|\u00c6[\u00a1\u00b0]|\u00c3[\u00a1\u00a2\u00aa\u00b4]"
)
# Words every administrative paper has, as the old one-byte encodings leave them in Latin letters.
_LEGACY = (
    ("TCVN3", re.compile("Qu[yY][ÕÊ][tT]|[®§][Þi][nN][hH]|C¨n cø|ñy ban|nh©n d©n|[®§]iÒu\\s\\d")),
    (
        "VNI",
        re.compile(
            "Quy(?:eá|EÁ)t|[ñÑ](?:ò|Ò)nh|C(?:aê|AÊ)n c(?:öù|ÖÙ)|nh(?:aâ|AÂ)n d(?:aâ|AÂ)n|Ñieàu"
        ),
    ),
)
# A vowel and its tone mark in a byte of its own.
_WINDOWS_1258 = re.compile(
    b"[aeiouyAEIOUY\xe2\xea\xf4\xe3\xf5\xfd\xc2\xca\xd4\xc3\xd5\xdd][\xcc\xd2\xde\xec\xf2]"
)
_MARKS = {"MẬT": "Mật", "TỐIMẬT": "Tối mật", "TUYỆTMẬT": "Tuyệt mật"}
_MARK_LABEL = re.compile("^(?:DẤUCHỈ)?ĐỘMẬT(?=MẬT|T)|^DẤU(?=MẬT|T)")
_BESIDE_A_MARK = re.compile(
    r"\([^()]*\)|\b(?:HỎA TỐC|THƯỢNG KHẨN|KHẨN)\b|\b(?:bản )?số\b.*$", re.IGNORECASE
)
# Greek and Cyrillic capitals that look like M, T and I.
_LOOKALIKES = {0x039C: "M", 0x03A4: "T", 0x041C: "M", 0x0422: "T", 0x0399: "I", 0x0406: "I"}
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_WORD_WITH_FOREIGN = re.compile(r"[^\W\d_]+")
_BEFORE_BODY = re.compile(r"^\W*(?:căn cứ|điều\s+\d)", re.IGNORECASE)


def decode(raw: bytes | str, findings: Findings) -> str:
    """The text as NFC with line feeds only; raises Unreadable for anything but readable text."""
    if len(raw) > MAX_BYTES:
        raise Unreadable("too_large", size=len(raw), limit=MAX_BYTES)
    text = raw if isinstance(raw, str) else _decode_bytes(raw)
    if isinstance(raw, bytes) and raw.startswith(_UTF16):
        findings.add("read_as_utf16")
    text = _BREAKS.sub("\n", text.removeprefix("\ufeff")).replace("\x0c", "\n\n")
    if not text.strip():
        raise Unreadable("empty")
    _check_binary(text)
    _check_lines(text)
    _check_letters(text)
    return _clean(text, findings)


def _decode_bytes(raw: bytes) -> str:
    try:
        if raw.startswith(_UTF16):
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_unicode(raw, error.start) from error


def _not_unicode(raw: bytes, start: int) -> Unreadable:
    """Tell binary, old encodings and mixtures apart by what stands around the first bad byte."""
    line = raw.count(b"\n", 0, start) + 1
    sample = raw[:65536]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if b"\x00" in sample or control * 50 > len(sample):
        return Unreadable("binary", line=line)
    legacy = _legacy_name(raw.decode("cp1252", errors="replace"))
    if legacy is not None:
        return Unreadable("encoding_legacy", line=line, name=legacy)
    readable = raw.decode("utf-8", errors="ignore")
    if sum(character > "\u00ff" for character in readable) > 10:
        return Unreadable("encoding_mixed", line=line)
    if len(_WINDOWS_1258.findall(raw)) >= 3:
        return Unreadable("encoding_legacy", line=line, name="Windows-1258")
    return Unreadable("encoding_unknown", line=line)


def _legacy_name(text: str) -> str | None:
    return next((name for name, words in _LEGACY if len(words.findall(text)) >= 2), None)


def _check_binary(text: str) -> None:
    controls = [m.start() for m in re.finditer("[\x00-\x08\x0e-\x1f]|[\ud800-\udfff]", text)]
    nul = text.find("\x00")
    if nul >= 0 or len(controls) * 100 > len(text) or any(text[i] >= "\ud800" for i in controls):
        first = nul if nul >= 0 else controls[0]
        raise Unreadable("binary", line=_line_of(text, first))


def _check_lines(text: str) -> None:
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        raise Unreadable("too_many_lines", count=len(lines), limit=MAX_LINES)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise Unreadable("line_too_long", line=number, count=len(line), limit=MAX_LINE)


def _check_letters(text: str) -> None:
    lost = text.find("\ufffd")
    if lost >= 0:
        raise Unreadable("encoding_lost", line=_line_of(text, lost))
    legacy = _legacy_name(text)
    if legacy is not None:
        first = min(m.start() for name, words in _LEGACY for m in words.finditer(text))
        raise Unreadable("encoding_legacy", line=_line_of(text, first), name=legacy)
    garbled = [found.start() for found in _GARBLED.finditer(text)]
    if len(garbled) >= 3:
        raise Unreadable("encoding_garbled", line=_line_of(text, garbled[0]))


def _clean(text: str, findings: Findings) -> str:
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        findings.add("text_normalised", _first_difference(text, composed))
    invisible = [found.start() for found in _INVISIBLE.finditer(composed)]
    if invisible:
        findings.add("invisible_removed", _line_of(composed, invisible[0]), count=len(invisible))
        # A mark may stand behind a removed character: compose once more.
        composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", composed))
    return mended(_own_letters(_SPACES.sub(" ", composed), findings), findings)


def _own_letters(text: str, findings: Findings) -> str:
    """The text with letters of other alphabets inside Vietnamese words read as ours.

    A word wholly in another alphabet stays: it is a symbol, not a slip.
    """
    changed = _WORD_WITH_FOREIGN.sub(_as_latin, text)
    count = sum(a != b for a, b in zip(text, changed, strict=True))
    if count:
        findings.add("letters_replaced", _first_difference(text, changed), count=count)
    return unicodedata.normalize("NFC", changed)


def _as_latin(found: re.Match[str]) -> str:
    word = found.group()
    foreign = len(_FOREIGN.findall(word))
    return word.translate(LIKE_LATIN) if foreign < len(word) else word


def _first_difference(text: str, composed: str) -> int:
    pairs = zip(text.split("\n"), composed.split("\n"), strict=False)
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 1)


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def refuse_secret_bytes(raw: bytes) -> None:
    """Raise Unreadable when a text file is marked secret, or is no Unicode, so that nobody can tell.

    The letters are cleaned as for reading: a mark behind an invisible character is a mark.
    """
    text = _decode_bytes(raw).removeprefix("\ufeff")
    refuse_secret(_clean(_BREAKS.sub("\n", text), Findings()))


def refuse_secret(text: str) -> None:
    """Raise Unreadable when a line of its own marks the paper Mật, Tối mật or Tuyệt mật.

    The word in running text marks nothing (Law on the protection of state secrets; papers so
    marked have their own registers and machines).
    """
    in_head = True
    for number, line in enumerate(text.split("\n"), 1):
        in_head = in_head and _BEFORE_BODY.match(line) is None
        if "\t" in line and not in_head:
            continue
        for cell in line.split("\t"):
            mark = _secrecy_mark(cell, any_case=in_head)
            if mark is not None:
                raise Unreadable("secret", line=number, mark=mark)


def _secrecy_mark(cell: str, *, any_case: bool) -> str | None:
    """The mark a line consists of; in the head "Mật" counts as well as "MẬT", "mật" does not.

    Beside the mark may stand the urgency, the copy's number in brackets, or the words "độ mật".
    Letters that only look like ours (full width, Greek, Cyrillic) are read as ours.
    """
    plain = unicodedata.normalize("NFKC", cell).translate(_LOOKALIKES)
    plain = unicodedata.normalize("NFC", plain)
    if len(plain) > 60 or "ậ" not in plain.lower():
        return None
    plain = _BESIDE_A_MARK.sub(" ", plain)
    if any(map(str.isdigit, plain)):
        return None
    letters = "".join(character for character in plain if character.isalpha())
    if not (letters.isupper() or (any_case and letters[:1].isupper())):
        return None
    word = letters.upper()
    return _MARKS.get(word) or _MARKS.get(_MARK_LABEL.sub("", word))
