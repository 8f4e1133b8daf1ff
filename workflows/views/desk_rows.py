"""The desk in words: the lines of the work, of what waits elsewhere, of what changes in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator

from documents.content.objectives.periods import label
from documents.effects import EffectKind
from documents.search import searchable
from documents.selectors.papers import cited, heading
from offices.dates import local_day, vn_date, vn_moment, vn_weekday
from workflows.deadlines import LEVELS
from workflows.flows.versions import CONFIRMATION
from workflows.models import Chase, Duty
from workflows.selectors.desk import MINUTES
from workflows.selectors.progress import WORK, due_sentence
from workflows.selectors.terms import level_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from workflows.models import Case
    from workflows.selectors.coming import Change
    from workflows.selectors.desk import Elsewhere, Item
    from workflows.selectors.progress import Due

VERBS = {
    "propose": "Trình",
    "allow_urgent": "Cho đi trước",
    "answer_refusal": "Xử lý ý kiến",
    "rework": "Sửa, trình lại",
    "open_round": "Mở lượt lấy ý kiến",
    "opinion": "Cho ý kiến",
    MINUTES: "Ghi biên bản",
    "conclude": "Kết luận",
    "check_form": "Thẩm tra",
    "sign": "Ký",
    "register": "Cấp số",
    "issue": "Phát hành",
    "receive_return": "Giao sửa lại",
}
DUTY_VERBS = {
    Duty.Sort.COMPLETE_STUB: "Bổ sung",
    Duty.Sort.PUT_ON_PORTAL: "Đăng tải",
    Duty.Sort.REPORT_RESULT: "Báo cáo kết quả",
}
DUTY_FACTS = {
    Duty.Sort.COMPLETE_STUB: "Mới biết qua trích dẫn; cần trích yếu, ngày và hiệu lực",
    Duty.Sort.PUT_ON_PORTAL: "Nơi nhận có Cổng thông tin điện tử",
}
# How much of a reason a line shows; the page of the task has all of it.
REASON = 140


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the work as `parts/task.html` draws it; `key`, `version` tell what changed."""

    key: str
    version: int
    title: str
    url: str
    verb: str
    due: Due | None
    facts: tuple[str, ...]
    stage: str
    behalf: str
    department_id: int | None
    department: str
    folded: str
    second: bool
    main: bool = False
    moved: str = ""
    urgency: str = ""
    # How urgent, as a number: what is to go at once comes first.
    rank: int = 0
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The lines due at one time."""

    name: str
    title: str
    short: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """One coming change as `parts/rel.html` draws it."""

    verb: str
    url: str
    words: str
    state: str
    expired_period: bool
    note: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """One paper that waits elsewhere."""

    title: str
    url: str
    who: str
    verb: str
    since: str
    due: str
    late: bool
    told: str = ""
    urgency: str = ""


def row(item: Item) -> Row:
    """Put one thing that waits into words."""
    if item.duty is not None:
        return _duty(item, item.duty)
    paper = item.document
    department = paper.drafting_department
    return Row(
        key=f"task-{item.task_id}",
        version=item.case.version,
        title=heading(paper),
        url=_address(item),
        verb=VERBS[item.node],
        due=item.due,
        facts=tuple(_facts(item)),
        stage="" if item.case.revision.ended_at else item.case.revision.stage,
        behalf=_behalf(item),
        department_id=department.pk if department else None,
        department=department.name if department else "",
        folded=paper.folded,
        second=bool(item.second),
        urgency=urgency_words(item.case),
        rank=LEVELS.index(level_of(item.case)),
        marks=tuple(_marks(item)),
    )


def urgency_words(case: Case) -> str:
    """Give the level by which what waits is urgent; a hearing after the issue is not."""
    return case.document.urgency_words if level_of(case) else ""


def _address(item: Item) -> str:
    if item.node == MINUTES:
        return reverse("minutes", args=[item.case.pk])
    return reverse("task", args=[item.task_id])


def _marks(item: Item) -> Iterable[str]:
    """Say what the clock has told about a task: that it reminded, and whom above it told."""
    above = [one for one in item.chases if one.sort == Chase.Sort.ESCALATED]
    if above:
        yield f"Đã báo {'; '.join(dict.fromkeys(one.told_title for one in above))}"
    elif item.chases:
        yield f"Đã nhắc {vn_moment(item.chases[-1].at)}"


def _duty(item: Item, duty: Duty) -> Row:
    """Put one duty into words; a result is named by its period and objective."""
    paper, result = item.document, duty.result
    department = duty.department or paper.drafting_department
    title, facts = cited(paper), DUTY_FACTS.get(Duty.Sort(duty.sort), "")
    if result is not None:
        period = label(result.period, result.from_on, result.until_on)
        title = f"{period}: {Truncator(result.measure.objective.text).chars(REASON)}"
        facts = f"Kết quả mục tiêu theo {cited(paper)}"
    return Row(
        key=f"duty-{duty.pk}",
        version=0,
        title=title,
        url=reverse("duty", args=[duty.pk]),
        verb=DUTY_VERBS[Duty.Sort(duty.sort)],
        due=item.due,
        facts=(facts,),
        stage="",
        behalf=_behalf(item),
        department_id=department.pk if department else None,
        department=department.name if department else "",
        folded=f"{paper.folded} {searchable(title)}",
        second=bool(item.second),
    )


def _facts(item: Item) -> Iterable[str]:
    case = item.case
    yield f"{item.document.department.name} soạn"
    if case.procedure == CONFIRMATION:
        yield f"Xác nhận sau khi phát hành {cited(item.document)}"
    yield from _opinions(item)
    if item.node == MINUTES:
        yield f"Họp {vn_moment(case.meets_at)}"
    if item.node in {"receive_return", "rework"} and case.return_reason:
        yield f"Bị trả lại: {Truncator(case.return_reason).chars(REASON)}"
    if item.node == "sign" and case.referred_at and case.referral_reason:
        yield f"Được trình lên: {Truncator(case.referral_reason).chars(REASON)}"
    signature = getattr(case.revision, "signature", None)
    if item.node in {"register", "issue"} and signature is not None:
        yield f"{signature.signatory_name} ký {vn_moment(signature.signed_at)}"
    if item.second:
        yield f"{item.second} phụ trách; Chủ tịch cũng ký được"


def _opinions(item: Item) -> Iterable[str]:
    case = item.case
    current = case.round_digest == case.revision.content_digest
    if item.node not in {"opinion", "conclude", "check_form", "sign"} or not current:
        return
    said = f"{case.answered_count or 0}/{case.asked_count or 0}"
    yield f"Đã có {said} ý kiến" if item.node == "opinion" else f"{said} ủy viên cho ý kiến"
    if item.node == "opinion":
        # Whoever was asked by name has no grant on the committee, and speaks for the post held.
        asked_as = "ủy viên" if item.standing.grant_id is not None else item.standing.post_title
        yield f"Cho ý kiến với tư cách {asked_as}"
    elif case.against_count:
        yield f"{case.against_count} ý kiến không đồng ý"


def _behalf(item: Item) -> str:
    delegation = item.delegation
    if delegation is None:
        return ""
    last = vn_date(delegation.ends_on - timedelta(days=1))
    return f"Làm thay {item.standing.post_title}, theo {delegation.legal_basis}, đến {last}"


def by_due(rows: Iterable[Row], *, at: datetime) -> list[Group]:
    """Group lines by when they are due, the most urgent first; empty groups are left out."""
    today = local_day(at)
    sunday = today + timedelta(days=6 - today.weekday())
    titles = {
        "qua-han": ("Quá hạn", "Quá hạn"),
        "hom-nay": (f"Hôm nay, {vn_weekday(today)}", "Hôm nay"),
        "tuan": ("Trong tuần này", "Trong tuần"),
        "sau": ("Sau đó", "Sau đó"),
        "khong-han": ("Không hạn", "Không hạn"),
        "cung-ky": ("Phó Chủ tịch phụ trách ký; Chủ tịch cũng ký được", "Cũng ký được"),
    }
    placed: dict[str, list[Row]] = {name: [] for name in titles}
    for one in sorted(rows, key=_urgency):
        placed[_group(one, today, sunday)].append(one)
    return [Group(name, *titles[name], tuple(found)) for name, found in placed.items() if found]


def _urgency(one: Row) -> tuple[int, bool, float, bool, str]:
    """By urgency, then by deadline; of one deadline, what others wait for before a report."""
    due_at = one.due.due_at.timestamp() if one.due else 0.0
    return (-one.rank, one.due is None, due_at, one.key.startswith("duty-"), one.key)


def _group(one: Row, today: date, sunday: date) -> str:
    if one.second:
        return "cung-ky"
    if one.due is None:
        return "khong-han"
    if one.due.overdue:
        return "qua-han"
    day = local_day(one.due.due_at)
    if day <= today:
        return "hom-nay"
    return "tuan" if day <= sunday else "sau"


def other(one: Elsewhere) -> Other:
    """Put one paper that waits elsewhere into words."""
    paper = one.case.document
    verb = WORK[one.node].verb
    return Other(
        title=heading(paper),
        url=reverse("document", args=[paper.reference]),
        who=one.who,
        verb=f"{verb} (được trình lên)" if one.node == "sign" and one.case.referred_at else verb,
        since=vn_moment(one.since) if one.since else "",
        due=due_sentence(one.due) if one.due else "",
        late=one.due is not None and one.due.overdue,
        told=vn_moment(one.chase.at) if one.chase is not None else "",
        urgency=urgency_words(one.case),
    )


def change(one: Change) -> Relation:
    """Put one coming change of force into words."""
    paper = one.document
    verb, note = _coming(one)
    return Relation(
        verb=verb,
        url=reverse("document", args=[paper.reference]),
        words=cited(paper),
        state=one.state.value,
        expired_period=one.period_over,
        note=note,
    )


BEGINNINGS = {
    EffectKind.COMMENCES: "Sẽ có hiệu lực",
    EffectKind.CEASES: "Sẽ hết hiệu lực",
    EffectKind.CEASES_IN_PART: "Sẽ hết hiệu lực một phần",
    EffectKind.SUSPENDS: "Sẽ ngưng hiệu lực",
    EffectKind.RESUMES: "Sẽ có hiệu lực trở lại",
    EffectKind.RECALLS: "Sẽ bị thu hồi",
}


def _coming(one: Change) -> tuple[str, str]:
    if one.next_kind is not None and one.next_on is not None:
        return BEGINNINGS[one.next_kind], f"Từ {vn_weekday(one.next_on)}."
    if one.planned_by:
        return "Sẽ bị thay thế", f"Hết hiệu lực khi “{one.planned_by}” có hiệu lực. Chưa có ngày."
    until = one.document.target_until
    last = vn_date(until - timedelta(days=1)) if until else ""
    return "Hết kỳ mục tiêu", f"Kỳ mục tiêu đến hết ngày {last}."
