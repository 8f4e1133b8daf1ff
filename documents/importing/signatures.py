"""Signature blocks as printed: capacity, post, name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from documents.content.facts import SignatureBlock
from documents.content.text import SIGNATURE_SLOT
from documents.importing import forms
from documents.importing.agencies import names_a_body
from documents.importing.layout import Line, is_caps

if TYPE_CHECKING:
    from documents.importing.cursor import Cursor
    from documents.importing.findings import Findings

_MARK_FIELDS = {"TM": "tm", "KT": "kt", "TL": "tl", "TUQ": "tuq", "Q": "acting"}


def take_signature(cursor: Cursor, findings: Findings) -> tuple[SignatureBlock, int]:
    """Consume one signature block; the caller has seen that it opens with a mode or a post."""
    cursor.peek_line()
    lines = [cursor.take_line()]
    if lines[0].text == SIGNATURE_SLOT:
        return SignatureBlock(lines=()), lines[0].number
    while (line := cursor.peek_line()) is not None and not _has_name(lines):
        if opens_plain_signature(line.text) and not any(forms.is_role(one.text) for one in lines):
            # "KT. CHỦ TỊCH" above "Phó Chủ tịch": portals print the post in small letters.
            return _plain_block(cursor, lines, findings)
        if _completes(line.text, lines[-1].text):
            lines[-1] = Line(lines[-1].number, f"{lines[-1].text} {cursor.take_line().text}")
            continue
        if _is_name_cut([one.text for one in cursor.ahead(2)]):
            lines.append(cursor.take_joined(2))
            break
        if not _belongs(line.text, lines):
            break
        lines.append(cursor.take_line())
    return signature_block(lines, findings), lines[0].number


def opens_plain_signature(text: str) -> bool:
    """Whether a line in small letters can open a block: "KT. Chủ tịch", "Hiệu trưởng"."""
    return len(text) < _LONGEST and not is_caps(text) and forms.opens_signature(text.upper())


def take_plain_signature(cursor: Cursor, findings: Findings) -> tuple[SignatureBlock, int]:
    """Consume a block whose posts are not in capitals, as exports without formatting write it."""
    return _plain_block(cursor, [cursor.take_line()], findings)


def _plain_block(
    cursor: Cursor, lines: list[Line], findings: Findings
) -> tuple[SignatureBlock, int]:
    """The block that begins with these lines; its further posts stand in small letters or not."""
    while (line := cursor.peek_line()) is not None and len(lines) < _MOST_LINES:
        if _opens(line.text) or forms.is_signed_mark(line.text):
            lines.append(cursor.take_line())
        elif forms.is_name(line.text) or forms.is_name_in_capitals(line.text):
            lines.append(cursor.take_line())
            break
        else:
            break
    raised = [
        Line(line.number, line.text.upper()) if opens_plain_signature(line.text) else line
        for line in lines
    ]
    block = signature_block(raised, findings)
    written = {line.text.upper(): line.text for line in lines}
    marks = {
        field: next(
            text[len(text) - len(body) :] for up, text in written.items() if up.endswith(body)
        )
        for field in _MARK_FIELDS.values()
        if (body := getattr(block, field))
    }
    role = written.get(block.role, block.role)
    printed = tuple(line.text for line in lines)
    return replace(block, lines=printed, role=role, **marks), lines[0].number


def _opens(text: str) -> bool:
    return opens_plain_signature(text) or (
        forms.opens_signature(text) and not forms.is_name_in_capitals(text)
    )


# "CHỦ TỊCH ỦY BAN NHÂN DÂN" above "TỈNH": the other post of who signs, cut by a narrow column.
_LEVELS = ("TỈNH", "THÀNH PHỐ", "HUYỆN", "QUẬN", "THỊ XÃ", "XÃ", "PHƯỜNG", "THỊ TRẤN")
# Characters of a post, and lines of a block.
_LONGEST, _MOST_LINES = 80, 8


def _has_name(lines: list[Line]) -> bool:
    last = lines[-1].text
    if len(lines) > 1 and forms.is_name_in_capitals(last):
        return True
    return forms.is_name(last) and not forms.opens_signature(last)


def _completes(text: str, above: str) -> bool:
    """Whether a line in capitals goes on with the body or post that a narrow column broke."""
    if forms.opens_signature(text) or forms.is_name_in_capitals(text) or not text.isupper():
        return False
    if text in _LEVELS and forms.is_other_post(f"{above} {text}"):
        return True
    return forms.is_cut_short(above) and forms.opens_signature(f"{above} {text}")


def _is_name_cut(texts: list[str]) -> bool:
    """Whether a narrow column left the family name of who signs alone on its line."""
    return len(texts) > 1 and forms.is_family(texts[0]) and forms.is_name(" ".join(texts))


def _belongs(text: str, lines: list[Line]) -> bool:
    posts = sum(forms.is_role(line.text) for line in lines)
    if forms.mode_line(text) or forms.is_signed_mark(text):
        return True
    if forms.is_role(text) and (posts == 0 or (posts == 1 and forms.is_role(lines[-1].text))):
        return True
    if posts == 1 and forms.is_other_post(text):
        return True
    if posts and _is_body(text) and forms.is_role(lines[-1].text):
        return True
    return forms.is_name(text) or forms.is_name_in_capitals(text)


def _is_body(text: str) -> bool:
    """Whether a line in capitals names the body of the post above it: joint papers name each."""
    return is_caps(text) and names_a_body(text) and not forms.is_name_in_capitals(text)


def signature_block(lines: list[Line], findings: Findings) -> SignatureBlock:
    """The parts of the lines of a block; noise and missing dots become findings."""
    marks: dict[str, str] = {}
    role = name = ""
    for line in lines:
        mode = forms.mode_line(line.text)
        if mode is not None:
            marks[_MARK_FIELDS[mode.mark]] = mode.body
            _doubt(mode, line, findings)
        elif forms.is_role(line.text) or forms.is_other_post(line.text):
            role = role or line.text
        elif not forms.is_signed_mark(line.text) and not _is_body(line.text):
            name = line.text
    return SignatureBlock(lines=tuple(line.text for line in lines), role=role, name=name, **marks)


def _doubt(mode: forms.ModeLine, line: Line, findings: Findings) -> None:
    if mode.noise:
        findings.add("signature_noise", line.number, noise=mode.noise)
    if not mode.has_dot:
        findings.add("signature_dot", line.number, raw=line.text)
