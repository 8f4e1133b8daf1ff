"""How a figure to be reached is written: comparator, number, unit, baseline."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import regex

from documents.content.dates import DATE

if TYPE_CHECKING:
    from documents.content.objectives.model import Comparator

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,9}(?:[.,]\d{1,6})?)"
_PER = (
    r"(?:\s*(?:/|mỗi|một|trong|hằng|hàng)\s*(?:01\s*)?(?:năm|quý|tháng|tuần|ngày|kỳ|người|hồ sơ|đơn vị|phòng|"
    r"lượt|giao dịch|khách hàng|cán bộ|công chức|viên chức|nhân viên|văn bản|phiếu|ca|thủ tục|lĩnh vực|vụ|ha))"
)
_COUNTED = (
    r"lần|lượt|hồ sơ|điểm|cuộc|đợt|kỳ|lớp|trường hợp|vụ|đơn thư|đơn|thư|thủ tục|quy trình|người|"
    r"đơn vị|cơ quan|sáng kiến|đề tài|mô hình|văn bản|dịch vụ|chỉ tiêu|nhiệm vụ|bài|sự cố|lỗi|"
    r"khóa|khoá|buổi|chương trình|dự án|công trình|mẫu|sản phẩm|"
    r"ngày làm việc|ngày|giờ làm việc|giờ|phút|tuần|tháng|năm|tỷ đồng|triệu đồng|đồng"
)
UNIT = rf"(?:%|điểm phần trăm|phần trăm|điểm %|(?:/\s*\d+\s*)?(?:{_COUNTED})\b{_PER}?)"

_BEFORE: dict[Comparator, str] = {
    "gte": r"≥|⩾|>=|=>|không thấp hơn|không dưới|không ít hơn|không nhỏ hơn|không kém|ít nhất|"
    r"tối thiểu|thấp nhất",
    "lte": r"≤|⩽|<=|=<|không để quá|không để vượt quá|không quá|không vượt quá|không cao hơn|không lớn hơn|không nhiều hơn|tối đa|"
    r"nhiều nhất|cao nhất",
    "gt": r">|trên|lớn hơn|cao hơn|nhiều hơn|vượt|hơn",
    "lt": r"<|dưới|nhỏ hơn|thấp hơn|ít hơn|chưa đến",
    "eq": r"=|bằng",
}
_ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SPOKEN = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
_ONE = "(?:" + "|".join((*_ONES[1:], *_SPOKEN)) + ")"
IN_LETTERS = rf"(?:một trăm|{_ONE} mươi(?: {_ONE})?|mười(?: {_ONE})?|(?:{'|'.join(_ONES[1:])}))"
_ABOUT = r"khoảng|xấp xỉ|gần"
_WORDS = "|".join(
    sorted((word for words in _BEFORE.values() for word in words.split("|")), key=len, reverse=True)
)
_LINK = r"-|–|—|đến|tới|lên đến|lên|xuống còn|xuống"
PHRASE = regex.compile(
    rf"(?P<whole>(?:(?<![\p{{L}}])(?P<before>{_WORDS}|{_ABOUT}|từ)\s*)?"
    rf"(?:(?P<about>{_ABOUT})\s+)?"
    rf"(?<![\p{{L}}\d.,:/_])(?P<low>{NUMBER}|{IN_LETTERS}(?=\s+{UNIT}))(?P<of>\s*/\s*\d+(?!\s*(?:\d|điểm)))?\s*(?P<unit>{UNIT})?"
    rf"(?:\s*(?P<link>{_LINK})\s*(?P<high>{NUMBER})\s*(?P<high_unit>{UNIT})?)?"
    r"(?![\p{L}\d])(?:\s+(?P<after>trở lên|trở xuống))?)",
    regex.IGNORECASE,
)
# A verb of change right before the figure, and the words between them.
VERB_BEFORE = regex.compile(
    r"(?P<verb>(?<![\p{L}])(?P<dir>tăng|giảm|nâng|hạ)(?P<how>(?:\s+(?:thêm|bớt|lên|xuống còn|xuống|"
    r"còn|đạt|được|ít nhất|tối thiểu|tới|đến))*)\s+)$",
    regex.IGNORECASE,
)
REMAINING = regex.compile(
    r"(?<![\p{L}])(?P<how>lên(?: đến| tới)?|xuống còn|còn|xuống)\s+$", regex.IGNORECASE
)
VERB_SOMEWHERE = regex.compile(
    r"(?<![\p{L}])(?P<dir>tăng|giảm|nâng|hạ)\b(?!\s+(?:cường|thiểu|nghèo|tải))", regex.IGNORECASE
)
BASELINE = regex.compile(
    r"so với\s+(?P<baseline>(?:cùng kỳ(?:\s+(?:của\s+)?(?:năm|quý|tháng)\s+(?:trước|\d{4}))?|"
    r"(?:kết quả |mức |số liệu )?(?:của\s+)?(?:năm|quý|tháng)\s+(?:trước|\d{4}|[IVX]{1,3}(?:/\d{4})?|\d{1,2}/\d{4}))|"
    r"[^.;,()]{1,120})",
    regex.IGNORECASE,
)
BASELINE_NEXT = regex.compile(r"\s+" + BASELINE.pattern, regex.IGNORECASE)
# Numbers that count nothing: days, years, standards, instruments, codes, places in the paper.
_OTHER_NUMBERS = regex.compile(
    rf"{DATE}|(?:ngày|tháng|quý|năm|giai đoạn|nhiệm kỳ|khóa)\s+\d[\d/]*+(?!\s*(?:%|phần trăm|lần|điểm)|[.,]\d)(?:\s*[-–]\s*\d{{4}})?|"
    r"\d{4}\s*[-–]\s*\d{4}|(?<!\d)(?:19|20)\d{2}(?![\d.,%]|\s*(?:%|hồ sơ|lượt|người|văn bản))|"
    r"ISO(?:/IEC)?\s*\d+(?:[-:]\d+)*|TCVN\s*\d+(?:[-:]\d+)*|\bsố\s+\d+\S*/\S+|\d+/(?:\d{4}/)?\p{Lu}{2,}\S*|"
    r"\b\p{Lu}{2,}[.\-]?\d+(?:\.\d+)*|(?:Điều|khoản|điểm|Phụ lục|mục|chương|mức độ|cấp độ|loại|lần thứ|thứ|nhóm)"
    r"\s+\d+(?:\s*(?:,|và)\s*\d+)*|\d+\s+tháng\s+(?:đầu|cuối)\s+năm",
    regex.IGNORECASE,
)  # fmt: skip
IN_WORDS = regex.compile(
    r"(?<![\p{L}])(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười|một trăm|toàn bộ một nửa)\s+"
    rf"(?:{UNIT})|(?<![\p{{L}}])không (?:có|để|phát sinh|còn)\s+(?:{_COUNTED})",
    regex.IGNORECASE,
)
VERDICT = regex.compile(
    r"(?:đạt yêu cầu|là đạt\b|kết luận(?: là)? (?:đạt|phù hợp)|được (?:công nhận|chứng nhận|xếp loại)|"
    r"(?:xếp loại|đạt loại|đạt mức|xếp hạng)\s+\p{L}+|(?:công nhận|chứng nhận) phù hợp)",
    regex.IGNORECASE,
)
UNMEASURED = regex.compile(
    r"phẩm chất|đạo đức|tư tưởng|thái độ|tinh thần|ý thức|tận tụy|nhiệt tình|hiểu dân|văn minh lịch sự",
    regex.IGNORECASE,
)
# What nobody wants more of; "không quá hạn", "đúng hạn" and "giảm" are said of what is wanted.
UNWANTED = regex.compile(
    r"\A(?!.*(?:đúng hạn|đúng hẹn|trước hạn|giảm|không (?:có |để |bị )?(?:quá|trễ|sai|vi phạm|khiếu nại)|được|giải quyết))"
    r".*(?:quá hạn|trễ hạn|trễ hẹn|chậm hạn|sai sót|bị trả lại|vi phạm|khiếu nại|sự cố|phàn nàn)",
    regex.IGNORECASE | regex.DOTALL,
)


def masked(text: str) -> str:
    """The text with every number that counts nothing covered; the same length."""
    return _OTHER_NUMBERS.sub(lambda found: "_" * len(found.group()), text)


def decimal_of(raw: str) -> Decimal:
    """The number of a Vietnamese text: a comma before decimals, points between thousands.

    "1.200" is twelve hundred, "98.5" and "98,5" are ninety-eight and a half.
    """
    if is_in_words(raw):
        return Decimal(_spoken(raw.lower().split()))
    if regex.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", raw):
        raw = raw.replace(".", "")
    return Decimal(raw.replace(",", "."))


def is_in_words(raw: str) -> bool:
    """Whether a figure is written in words: "chín mươi"."""
    return not raw[:1].isdigit()


def compares_plainly(before: str) -> bool:
    """Whether a comparator can be nothing else; "trên" and "dưới" also say where."""
    words = before.lower()
    return words.startswith(("không ", "ít ", "tối ", "nhiều ", "cao nhất", "thấp nhất"))


def _spoken(words: list[str]) -> int:
    """The number of "chín mươi lăm", "mười hai", "bảy", "một trăm"."""
    if words[-1] == "trăm":
        return 100
    if words[0] == "mười":
        tens, rest = 1, words[1:]
    elif "mươi" in words:
        tens, rest = _one(words[0]), words[2:]
    else:
        tens, rest = 0, words
    return 10 * tens + (_one(rest[0]) if rest else 0)


def _one(word: str) -> int:
    return _SPOKEN.get(word) or _ONES.index(word)


def unit_of(raw: str) -> str:
    """A unit as one spelling: "phần trăm" is "%", "lần mỗi năm" is "lần/năm"."""
    words = " ".join(raw.split()).lower()
    if words in {"phần trăm"}:
        return "%"
    if words == "điểm %":
        return "điểm phần trăm"
    return regex.sub(
        r"\s*(?:/|\bmỗi|\bmột|\btrong|\bhằng|\bhàng)\s*(?:01\s*)?(?=\p{L})", "/", words
    )


def comparator_of(before: str, after: str) -> Comparator | None:
    """What the words around a figure compare; None where none stand there."""
    if after:
        return "gte" if after.lower() == "trở lên" else "lte"
    word = before.lower()
    for comparator, words in _BEFORE.items():
        if word in words.split("|"):
            return comparator
    return None
