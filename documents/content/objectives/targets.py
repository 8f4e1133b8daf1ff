"""A clause or a cell into its targets."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from documents.content.objectives import phrases
from documents.content.objectives.model import Comparator, Doubt, Target

# What opens a new thing to do after a semicolon; anything else goes on with what stands before it.
_OPENS = regex.compile(
    r"(?:phấn đấu|phần đầu|phân đầu|quyết tâm|bảo đảm|đảm bảo|thực hiện|duy trì|cải tiến|kiểm tra|"
    r"xây dựng|tổ chức|hoàn thành|giảm|tăng|nâng|giữ vững|tuân thủ|triển khai|rà soát|soát xét|đẩy mạnh|"
    r"công khai|khai thác|cập nhật|đánh giá|tiếp tục|thường xuyên|khắc phục|xử lý|trả|tiếp nhận|ban hành|"
    r"bồi dưỡng|rèn luyện|ứng dụng|khảo sát)\b",
    regex.IGNORECASE,
)
_CONNECTORS = (" và ", " đồng thời ", " trong đó ", ", ", ". ")
_GOES_ON = regex.compile(
    r"(?:bảo đảm|đảm bảo|được|đạt|đúng|trước|hoàn thành|hài lòng|không|có)\b", regex.IGNORECASE
)
# "Tổ chức 02 đợt khảo sát": what is done so many times; of a span of time it says how long.
_DONE = regex.compile(
    r"\A\s*(?:tổ chức|thực hiện|hoàn thành|tiến hành|xây dựng|ban hành|đào tạo|mở)\s+(?:được\s+)?\Z",
    regex.IGNORECASE,
)
_LASTS = regex.compile(r"(?:ngày|giờ|phút|tuần|tháng|năm)\b", regex.IGNORECASE)
_CLOSING = " .;,"
# What makes the further figure a part of the first: a bracket, a former level, a share of a share.
_RELATES = regex.compile(
    r"[()\[\]:]|so với|thay vì|(?<!\p{L})(?:lên|xuống|còn|từ mức|năm (?:trước|20\d\d)|cho|với|trên|của|"
    r"trong|hoặc|hay)(?!\p{L})",
    regex.IGNORECASE,
)
# How far back, in letters, a verb of change can stand from its figure.
_REACH = 300
# A clause or cell longer than this, in letters, is not searched for figures.
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class _Found:
    """One figure in a clause, with its place; `raw` may reach further than the figure."""

    start: int
    end: int
    target: Target


def targets_in_clause(text: str) -> tuple[Target, ...]:
    """The targets of running text: each its own clause, qualitative where no figure stands.

    Clauses part at semicolons, or where one sentence holds several figures.
    """
    if len(text) > LONGEST:
        return (Target("", text.strip(), "qualitative", doubts=("too_long",)),)
    parts: list[str] = []
    bare: list[str] = []
    for segment in _segments(text):
        parts += _apart(segment, _figures(segment, strict=True), bare)
    read = [_one(part, strict=True) for part in _grouped(parts)]
    return tuple(_parted(one, bare) for one in _inheriting(read))


def targets_in_cell(text: str, *, about: str = "") -> tuple[Target, ...]:
    """The targets of a cell that holds nothing else; empty for an empty cell.

    `about` is the objective beside it: "Giảm chi phí" makes "10% so với năm 2021" a change.
    """
    whole = text.strip()
    if not whole:
        return ()
    if len(whole) > LONGEST:
        return (Target(whole, whole, "qualitative", doubts=("too_long",)),)
    figures = _figures(whole, strict=False)
    if len(figures) < 2:
        read = _bounded(_directed(_one(whole, strict=False), about), about)
        return (replace(read, raw=read.raw or whole),)
    bare: list[str] = []
    parts = [
        part for one in _segments(whole) for part in _apart(one, _figures(one, strict=False), bare)
    ]
    return tuple(
        _parted(replace(one, raw=one.raw or one.text), bare) for one in map(_cell_part, parts)
    )


def _directed(target: Target, about: str) -> Target:
    """A bare figure held against a baseline changes the way the words beside it say."""
    verb = phrases.VERB_SOMEWHERE.search(about)
    based = phrases.BASELINE_NEXT.match(target.text, target.text.find(target.raw) + len(target.raw))
    if verb is None or based is None or target.comparator != "eq" or not target.raw:
        return target
    changed = _changed(target, verb["dir"], None)
    return replace(changed, raw=f"{target.raw}{based.group()}", baseline=based["baseline"].strip())


def _cell_part(text: str) -> Target:
    return _one(text, strict=False)


def _segments(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip(_CLOSING)]


def _parted(one: Target, bare: Sequence[str]) -> Target:
    """Ask about a target that was parted from the one beside it by its figure alone."""
    if not any(one.text.startswith(text) for text in bare):
        return one
    return replace(one, doubts=(*one.doubts, "figures_parted"))


def _apart(segment: str, figures: Sequence[_Found], bare: list[str]) -> list[str]:
    """A sentence with several figures, cut at the last connector before each further one.

    Without a connector two figures of one unit are two targets, each with its own words; a person
    is asked (they are added to `bare`). Of two units ("không quá 15 phút đối với ít nhất 90% lượt")
    they say one thing together and stay together.
    """
    cuts, loose = [0], set[int]()
    for before, here in itertools.pairwise(figures):
        between = segment[before.end : here.start]
        places = [between.rfind(word) + len(word) for word in _CONNECTORS if word in between]
        if places:
            cuts.append(before.end + max(places))
        elif _stand_apart(before, here, between):
            # "đúng hạn 98% trước hạn 20%" ends with its figure, "98% đúng hạn 20% trước hạn" does not
            ends = not segment[figures[-1].end :].strip(_CLOSING)
            cuts.append(before.end if ends else here.start)
            loose |= {len(cuts) - 2, len(cuts) - 1}
    parts = [segment[a:b] for a, b in zip(cuts, [*cuts[1:], len(segment)], strict=True)]
    said = [regex.sub(r"\s+(?:và|đồng thời|trong đó)$", "", part.strip(" ,")) for part in parts]
    bare += [part for place, part in enumerate(said) if place in loose]
    return said


def _stand_apart(before: _Found, here: _Found, between: str) -> bool:
    """Whether two figures next to each other are two targets: one unit, nothing that relates them."""
    units = {before.target.unit, here.target.unit}
    values = before.target.value, here.target.value
    return len(units) == 1 and None not in values and _RELATES.search(between) is None


def _grouped(parts: list[str]) -> list[str]:
    """Clauses without figures belong together, and to the clause before when they go on with it."""
    grouped: list[str] = []
    for part in parts:
        has_figure = bool(_figures(part, strict=True))
        if grouped and not has_figure and not _starts_anew(part, grouped[-1]):
            grouped[-1] = f"{grouped[-1]}; {part}"
        else:
            grouped.append(part)
    return grouped


def _starts_anew(part: str, before: str) -> bool:
    return _OPENS.match(part) is not None and bool(_figures(before, strict=True))


def _inheriting(read: list[Target]) -> list[Target]:
    """Mark what begins with its figure and goes on with a verb: it speaks of the subject before."""
    marked: list[Target] = []
    for number, one in enumerate(read):
        rest = one.text.removeprefix(one.raw).strip() if one.raw else one.text
        begins = one.raw and one.text.startswith(one.raw)
        if number and begins and _GOES_ON.match(rest):
            marked.append(replace(one, doubts=(*one.doubts, "subject_inherited")))
        else:
            marked.append(one)
    return marked


def _one(text: str, *, strict: bool) -> Target:
    """The target of a clause with at most one figure; further figures are a doubt."""
    figures = _figures(text, strict=strict)
    text = text.strip()
    if not figures:
        return _qualitative(text)
    target = figures[0].target
    doubts = list(target.doubts)
    if len(figures) > 1:
        doubts.append("several_values")
    if phrases.UNMEASURED.search(text):
        doubts.append("hard_to_measure")
    return _bounded(replace(target, text=text, doubts=tuple(dict.fromkeys(doubts))), text)


def _bounded(target: Target, about: str) -> Target:
    """A bare figure of what nobody wants bounds it from above: "hồ sơ quá hạn 1%"."""
    if target.comparator != "eq" or not target.value or not phrases.UNWANTED.search(about):
        return target
    return replace(target, comparator="lte", doubts=(*target.doubts, "unwanted"))


def _qualitative(text: str) -> Target:
    verdict = phrases.VERDICT.search(text) is not None
    doubts: list[Doubt] = []
    if phrases.IN_WORDS.search(text):
        doubts.append("number_in_words")
    if not verdict:
        doubts.append("qualitative")
    based = phrases.BASELINE.search(text)
    return Target(
        "", text, "qualitative", baseline=based["baseline"].strip() if based else "",
        verdict=verdict, doubts=tuple(doubts),
    )  # fmt: skip


def _figures(text: str, *, strict: bool) -> list[_Found]:
    """Every figure to be reached; in running text only what a unit or comparator marks as one."""
    plain = phrases.masked(text)
    found: list[_Found] = []
    for match in phrases.PHRASE.finditer(plain):
        if phrases.is_in_words(match["low"]) and not _counts_in_words(match):
            continue
        figure = _figure(text, plain, match)
        if not strict or _is_marked(match, figure):
            found.append(figure)
    return found


def _counts_in_words(match: regex.Match[str]) -> bool:
    """Whether a number in words is a figure: a share, or behind a comparator that is nothing else."""
    unit = (match["unit"] or "").lower()
    shares = unit in {"%", "phần trăm"}
    return shares or phrases.compares_plainly(match["before"] or "")


def _is_marked(match: regex.Match[str], figure: _Found) -> bool:
    unit = match["high_unit"] or match["unit"] or ""
    if unit.startswith(("%", "điểm %")) or "phần trăm" in unit:
        return True
    if regex.search(r"/|mỗi|một|trong|hằng|hàng", unit):
        return True
    if (match["link"] or "").lower().startswith(("lên", "xuống")):
        return True
    if unit and not _LASTS.match(unit) and _DONE.search(match.string, 0, match.start()):
        return True
    if figure.target.comparator in {"increase_by", "decrease_by"}:
        return True
    word = (match["before"] or "").lower()
    return bool(match["after"]) or (bool(word) and word not in {"từ", "hơn", "gần", "khoảng"})


def _figure(text: str, plain: str, match: regex.Match[str]) -> _Found:
    before, after = match["before"] or "", match["after"] or ""
    comparator = phrases.comparator_of(before, after)
    low = phrases.decimal_of(match["low"])
    doubts = list(_doubts_of_number(match))
    unit = phrases.unit_of(match["high_unit"] or match["unit"] or "")
    target = Target("", text, comparator or "eq", low, unit=unit)
    if match["high"]:
        target = _two_values(target, match)
    if match["of"]:
        return _Found(match.start(), match.end(), _unsettled(target, match.group(), "fraction"))
    if before.lower() == "từ" and not after and not match["high"]:
        doubts.append("from_alone")
        target = replace(target, comparator="gte")
    if before.lower() == "trên" and unit and not unit.startswith("%") and "/" not in unit:
        doubts.append("preposition")
    if not unit:
        doubts.append("unit_missing")
    if not after and regex.match(r"[^;.]{1,80}\btrở (?:lên|xuống)\b", plain[match.end() :]):
        doubts.append("grade")
    start, end = match.start(), match.end()
    target = replace(target, doubts=tuple(doubts))
    return _with_change(text, plain, start, end, target, explicit=comparator)


def _doubts_of_number(match: regex.Match[str]) -> Iterator[Doubt]:
    if phrases.is_in_words(match["low"]):
        yield "number_in_words"
    if match["about"] or regex.fullmatch(r"khoảng|xấp xỉ|gần", (match["before"] or "").lower()):
        yield "approximate"


def _two_values(target: Target, match: regex.Match[str]) -> Target:
    """ "từ 01 - 02" is a range; "từ 90% lên 95%" goes to the second from the first."""
    upper = phrases.decimal_of(match["high"])
    link = match["link"].lower()
    if link.startswith(("lên", "xuống")):
        to: Comparator = "gte" if link.startswith("lên") else "lte"
        was = f"{match['low']}{match['unit'] or ''}"
        return replace(target, comparator=to, value=upper, baseline=was)
    return replace(target, comparator="range", upper=upper)


def _with_change(
    text: str, plain: str, start: int, end: int, target: Target, *, explicit: Comparator | None
) -> _Found:
    """A figure behind "tăng" or "giảm" is a change, unless "lên" or "còn" makes it the level."""
    before = plain[max(0, start - _REACH) : start]
    level = phrases.REMAINING.search(before)
    if level is not None and target.comparator == "eq":
        up = level["how"].lower().startswith("lên")
        target = replace(target, comparator="gte" if up else "lte")
    if level is not None or target.baseline:
        return _Found(start, end, replace(target, raw=text[start:end].strip()))
    verb = phrases.VERB_BEFORE.search(before)
    based = phrases.BASELINE_NEXT.match(text, end)
    anywhere = based or phrases.BASELINE.search(text, end)
    far = phrases.VERB_SOMEWHERE.search(before) if anywhere and verb is None else None
    if verb is None and far is not None and (explicit is not None or target.upper is not None):
        return _Found(start, end, _unsettled(target, text[start:end], "conflicting"))
    if verb is None and (far is None or based is None):
        return _Found(start, end, replace(target, raw=text[start:end].strip()))
    changed = _changed(target, (verb or far)["dir"], explicit)  # type: ignore[index]
    if verb:
        start -= len(before) - verb.start("verb")
    if based:
        end = based.end()
    baseline = anywhere["baseline"].strip() if anywhere else ""
    return _Found(start, end, replace(changed, raw=text[start:end].strip(" .;"), baseline=baseline))


def _unsettled(target: Target, raw: str, doubt: Doubt) -> Target:
    """A figure that may count something else than the target: left for a person."""
    doubts: tuple[Doubt, ...] = (*target.doubts, doubt)
    return replace(
        target,
        raw=raw.strip(),
        comparator="qualitative",
        value=None,
        upper=None,
        unit="",
        doubts=doubts,
    )


def _changed(target: Target, direction: str, explicit: Comparator | None) -> Target:
    up = direction.lower() in {"tăng", "nâng"}
    doubts = list(target.doubts)
    if target.unit == "%":
        doubts.append("change_unit")
    if explicit in {"lte", "lt"}:
        doubts.append("conflicting")
    return replace(target, comparator="increase_by" if up else "decrease_by", doubts=tuple(doubts))
