"""Which column of a table says what: judged by all its headers together, never by one word.

"Mục tiêu" heads the objective beside "Chỉ tiêu", and the target beside "Nội dung".
"""

from __future__ import annotations

from typing import Literal

import regex

from documents.content.folding import fold

Column = Literal[
    "ordinal", "objective", "target", "measure", "deadline", "every", "responsible", "method",
    "resources", "baseline", "unit", "note", "unread",
]  # fmt: skip
_Named = Literal[
    "ordinal", "goal", "content", "target", "measure", "deadline", "every", "responsible",
    "method", "resources", "baseline", "unit", "note", "unread",
]  # fmt: skip

# The first pattern that matches the beginning of a folded header names it.
_NAMES: tuple[tuple[_Named, str], ...] = (
    ("ordinal", r"(?:stt|tt|số tt|số thứ tự|#)\b"),
    ("note", r"(?:ghi chú|chú thích)"),
    ("unit", r"(?:(?:đơn vị|đv) (?:tính|đo)|đvt\b)"),
    ("method", r"(?:phương pháp|cách (?:tính|đo|xác định|đánh giá|theo dõi)|công thức|đo lường|"
               r"phương thức (?:đo|đánh giá|tính)|tiêu chí đánh giá|nguồn số liệu)"),
    ("resources", r"(?:nguồn lực|kinh phí|nguồn kinh phí|phương tiện|nguồn vốn)"),
    ("every", r"(?:kỳ (?:báo cáo|đo|theo dõi)|định kỳ|tần suất|chu kỳ)"),
    ("deadline", r"(?:thời (?:gian|hạn|điểm)|hạn\b|tiến độ|hoàn thành)"),
    ("measure", r"(?:biện pháp|giải pháp|hoạt động|công việc|cách thức|kế hoạch|hành động|"
                r"nội dung (?:thực hiện|công việc|biện pháp))"),
    ("responsible", r"(?:trách nhiệm|người|đơn vị|bộ phận|cơ quan|phòng|phân công|phụ trách|chủ trì|"
                    r"cqcm|tổ chức thực hiện|thực hiện$)"),
    ("baseline", r"(?:(?:kết quả |thực hiện |số liệu )(?:đạt được )?năm|năm trước|hiện trạng|"
                 r"kết quả kỳ trước)"),
    ("target", r"(?:chỉ tiêu|mức|giá trị|kết quả (?:cần đạt|mong đợi|phải đạt)|định mức|chỉ số)"),
    ("goal", r"mục tiêu"),
    ("content", r"(?:nội dung|tên\b|tiêu chí|lĩnh vực|quá trình)"),
)  # fmt: skip
_PATTERNS = [(name, regex.compile(words)) for name, words in _NAMES]
_FIGURE_TO_REACH = regex.compile(r"mục tiêu (?:đề ra|cần đạt|phải đạt|năm|đặt ra)")


def columns(headers: tuple[str, ...]) -> tuple[Column, ...] | None:
    """What each column holds; None for a table that is not one of objectives."""
    named = [_named(header) for header in headers]
    objective = _objective(named)
    target = _target(named, headers, objective)
    if objective is None:
        return None
    # Contents with dates alone are a schedule.
    planned = "goal" in named and ("measure" in named or "deadline" in named)
    if target is None and not planned:
        return None
    meant: list[Column] = []
    for place, name in enumerate(named):
        if place == objective:
            meant.append("objective")
        elif place == target:
            meant.append("target")
        else:
            meant.append(_other(name, named))
    return tuple(_once(meant))


def _named(header: str) -> _Named:
    said = fold(header)
    for name, pattern in _PATTERNS:
        if pattern.match(said):
            return name
    return "unread"


def _objective(named: list[_Named]) -> int | None:
    """ "Nội dung" is the objective where no column is a plain target, else "Mục tiêu" is."""
    if "goal" in named and ("target" in named or "content" not in named):
        return named.index("goal")
    return named.index("content") if "content" in named else None


def _target(named: list[_Named], headers: tuple[str, ...], objective: int | None) -> int | None:
    if "target" in named:
        return named.index("target")
    goals = [place for place, name in enumerate(named) if name == "goal" and place != objective]
    figures = [place for place in goals if _FIGURE_TO_REACH.match(fold(headers[place]))]
    return next(iter([*figures, *goals]), None)


def _other(name: _Named, named: list[_Named]) -> Column:
    """A second column of contents tells what is done, where no other does."""
    if name == "content":
        return "unread" if "measure" in named else "measure"
    return "unread" if name in ("goal", "target") else name  # type: ignore[return-value]


def _once(meant: list[Column]) -> list[Column]:
    """A role that stands twice is the first one's; the further columns are unread."""
    seen: set[Column] = set()
    kept: list[Column] = []
    for one in meant:
        kept.append("unread" if one in seen else one)
        seen.add(one)
    return kept


def column_named(label: str) -> Column | None:
    """The role of a label inside a list ("Biện pháp:", "Thời hạn:"); None for any other words."""
    name = _named(label)
    if name in ("unread", "goal", "content", "ordinal"):
        return None
    return name  # type: ignore[return-value]
