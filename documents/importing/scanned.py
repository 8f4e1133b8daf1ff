"""What recognising a scan does to fixed parts of a paper: letters for figures, words torn apart.

Only where the form leaves no choice: a figure in a number or a date, a word of the form at the
start of its line. What was changed is counted and named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from documents.importing.findings import Findings

# "l24/QĐ-UBND", "ngày O5", "19/2O14/QĐ-TTg": beside a stroke or behind the word that counts.
_COUNTS = (
    r"(?<=(?:\b(?:[Ss]ố|SỐ|[Nn]gày|tháng|năm|Điều|ĐIỀU|khoản)\s?:?\s?|\d\s?/|/\s?\d{1,2}[/.-]))"
)
_FIGURES = regex.compile(
    rf"(?:{_COUNTS}(?<![\p{{L}}\d])(?=[\dOolI]{{0,5}}\d)[\dOolI]{{1,6}}(?![\p{{L}}\d])"
    r"|(?<![\p{L}\d])(?=[\dOolI]{0,5}\d)[\dOolI]{1,6}(?=\s?/\s?[\d\p{Lu}])"
    r"|(?<=\b(?:Điều|ngày|tháng)\s)l(?=\s?(?:[.:/]|tháng\b|năm\b)))"
)
# "ngày23 tháng4", "kể từngày ký": a break between two lines was lost.
_RUN_ON = regex.compile(
    r"(?<=\b(?:ngày|tháng|năm|số)|[\p{Ll}](?:ngày|tháng))(?=\d)|(?<=\p{Ll})(?<!\b(?:hàng|hằng|mỗi))(?=ngày\s(?:\d{1,2}\s(?:tháng|/)|\d{1,2}/|ký\b))"
    r"|(?<=\b(?:của|và|theo|tại))(?=\p{Lu}\p{Ll})|(?<=\p{Ll})(?=tại (?:Tờ trình|Báo cáo|Công văn|Văn bản) số)"
    # "Văn phòng;Giám đốc", but not "&nbsp;Giám đốc".
    r"|(?<=\p{Ll};)(?<!&\p{Ll}{1,8};)(?=\p{Lu}\p{Ll})|(?<=\p{Ll},)(?=\p{Lu}\p{Ll})"
    # "ngàyký", "cóhiệu lực", "trách nhiệmthi hành", "Tờtrình", "Điều1", "2005củaỦy ban".
    r"|(?<=ngày)(?=ký\b)|(?<=\bcó)(?=hiệu lực\b)|(?<=\bthi)(?=hành\b)|(?<=\p{Ll})(?=thi hành\b)"
    r"|(?<=\b[Tt]ờ)(?=trình\b)|(?<=\b[Vv]ề)(?=việc\b)|(?<=\bVỀ)(?=VIỆC\b)"
    r"|(?<=\bĐiều)(?=\d)|(?<=\d)(?=của(?:\b|\p{Lu}))|(?<=\dcủa)(?=\p{Lu}\p{Ll})"
)
# "2093/2005/QĐ .UBND": a blank before the stop inside a sign.
_SIGN_TORN = regex.compile(r"(?<=/\p{Lu}[\p{L}\d.]{0,8})[^\S\n](?=\.\p{Lu}{2})")
_AS_FIGURES = str.maketrans("OolI", "0011")
_FORM_WORDS = ("Điều", "Căn cứ", "Nơi nhận", "QUYẾT ĐỊNH", "Theo đề nghị")


def _torn(word: str) -> str:
    """The word with any of its letters parted by a blank of the same line."""
    return r"[^\S\n]?".join(word.replace(" ", ""))


_TORN = regex.compile(
    r"^(?P<lead>[\s*#>]{0,8})(?:"
    + "|".join(rf"(?P<w{place}>{_torn(word)})(?=\s|:|$)" for place, word in enumerate(_FORM_WORDS))
    + ")",
    regex.MULTILINE,
)


# "Căn / cứ Luật …": a page of the web breaks its lines inside the words of the form.
_OPENINGS = ("Căn cứ", "Nơi nhận", "Theo đề nghị", "Xét đề nghị")
_WRAPPED = regex.compile(
    r"^(?P<lead>[^\S\n]*)(?P<word>"
    + "|".join(
        rf"{word[: gap.start()]}\n{word[gap.end() :]}"
        for word in _OPENINGS
        for gap in regex.finditer(" ", word)
    )
    + r")(?P<next>:?(?=[^\S\n]*$)|[^\S\n]+[^\s\p{P}]+(?=[^\S\n]+\S))[^\S\n]*",
    regex.MULTILINE,
)


def mended(text: str, findings: Findings) -> str:
    """The text with figures and words of the form as they were printed; as many lines as before."""
    text = _WRAPPED.sub(_on_one_line, text)
    whole = _SIGN_TORN.sub("", _RUN_ON.sub(" ", _TORN.sub(_closed_up, text)))
    changed = _FIGURES.sub(lambda found: found.group().translate(_AS_FIGURES), whole)
    if changed == text:
        return text
    pairs = zip(text.split("\n"), changed.split("\n"), strict=True)
    lines = [number for number, (a, b) in enumerate(pairs, 1) if a != b]
    findings.add("scan_mended", lines[0], count=len(lines))
    return changed


def _on_one_line(found: regex.Match[str]) -> str:
    """The words of the form and the next on the first of their two lines; the rest on the second."""
    return f"{found['lead']}{found['word'].replace(chr(10), ' ')}{found['next']}\n"


def _closed_up(found: regex.Match[str]) -> str:
    word = next(word for place, word in enumerate(_FORM_WORDS) if found[f"w{place}"])
    torn = found.group()[len(found["lead"]) :]
    # Blanks between whole words may be several; a title spaced out letter by letter stays.
    if "".join(torn.split()) == torn.replace(" ", "") and _is_whole(torn, word):
        return found.group()
    return f"{found['lead']}{word}"


def _is_whole(torn: str, word: str) -> bool:
    return torn.split() == word.split() or len(torn.split()) >= len(word.replace(" ", ""))
