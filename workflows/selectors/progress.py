"""Who has a paper, since when, until when; and the strip of its steps with who did each and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from documents.models.papers import LETTERS
from offices import bodies
from offices import selectors as offices
from offices.dates import local_day, vn_date, vn_moment, vn_weekday
from offices.roles import Capability, Role
from workflows.models import Conclusion, Opinion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from offices.models import Department, Office
    from offices.selectors import Holder
    from offices.workdays import WorkCalendar
    from workflows.selectors.dossiers import Dossier


@dataclass(frozen=True, slots=True)
class Work:
    """What is done at a node: the capability it asks for and the verb of the office."""

    capability: Capability
    verb: str
    step: int


# The strip of the interface has eight places; several nodes of the flow may share one.
DRAFTING, PROPOSING, OPENING, ASKING, CONCLUDING, CHECKING, SIGNING, ISSUING = range(8)
WORK: dict[str, Work] = {
    "rework": Work(Capability.DRAFT, "hoàn thiện dự thảo", DRAFTING),
    "receive_return": Work(Capability.RECEIVE_RETURN, "giao sửa lại", DRAFTING),
    "propose": Work(Capability.PROPOSE, "trình", PROPOSING),
    "allow_urgent": Work(Capability.SIGN, "quyết định cho đi trước", OPENING),
    "answer_refusal": Work(Capability.SIGN, "xử lý khi không được xác nhận", SIGNING),
    "open_round": Work(Capability.OPEN_ROUND, "mở lượt lấy ý kiến", OPENING),
    "opinion": Work(Capability.GIVE_OPINION, "cho ý kiến", ASKING),
    "conclude": Work(Capability.CONCLUDE, "kết luận", CONCLUDING),
    "check_form": Work(Capability.CHECK_FORM, "thẩm tra", CHECKING),
    "sign": Work(Capability.SIGN, "ký", SIGNING),
    "register": Work(Capability.REGISTER, "cấp số", ISSUING),
    "issue": Work(Capability.ISSUE, "phát hành", ISSUING),
}
TITLES = (
    "Soạn thảo",
    "Trình",
    "Mở lượt lấy ý kiến",
    "Cho ý kiến",
    "Kết luận",
    "Thẩm tra",
    "Ký",
    "Cấp số, phát hành",
)
ROUND = frozenset({OPENING, ASKING, CONCLUDING})
# What a paper that goes first passes only after the issue, and what it passes instead.
LATER_HEARD, LET_GO = frozenset({ASKING, CONCLUDING}), "Cho đi trước"
# Who does a step that nobody has reached yet.
LATER = (
    "Chuyên viên đơn vị soạn thảo",
    "Trưởng đơn vị soạn thảo",
    "Thư ký Ban Chỉ đạo ISO",
    "Ủy viên Ban Chỉ đạo ISO",
    "Trưởng Ban Chỉ đạo ISO",
    "Chánh Văn phòng",
    "Chủ tịch, Phó Chủ tịch phụ trách",
    "Văn thư",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the strip: `state` is "done", "now" or "later"."""

    title: str
    when: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as the marks read it: working days left count down to 0 on the last day."""

    due_at: datetime
    working_days_left: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Who has the paper, since when, until when; in words and as values."""

    who: str
    since: str
    node: str
    due: Due | None
    holder: str
    # Who is away of those who hold the post, until when, and who stands in.
    away: tuple[str, ...] = ()
    # How the deadline was reckoned, a sentence a day.
    derivation: tuple[str, ...] = ()

    @property
    def due_words(self) -> str:
        """The deadline in words; nothing where none is set."""
        return due_sentence(self.due) if self.due else ""


def due_of(due_at: datetime, *, at: datetime, calendar: WorkCalendar) -> Due:
    """Count the working days from now to a deadline; late ones count below zero."""
    today, last = local_day(at), local_day(due_at)
    overdue = at > due_at
    if overdue:
        return Due(due_at, -calendar.working_days_between(last, today), overdue=True)
    return Due(due_at, calendar.working_days_between(today, last), overdue=False)


def held(dossier: Dossier, *, at: datetime) -> Held | None:
    """Tell who has a running paper; None where it waits for nobody."""
    if not dossier.running or not dossier.waiting:
        return None
    node = dossier.node
    due_at, since = _period(dossier)
    due = None
    if due_at is not None:
        due = due_of(due_at, at=at, calendar=dossier.calendar)
    holder = _who(dossier, at=at)
    return Held(
        who=f"{holder} {WORK[node].verb}",
        since=_since(since, due),
        node=node,
        due=due,
        holder=holder,
        away=tuple(_away(dossier, at=at)),
        derivation=_derivation(dossier),
    )


def _period(dossier: Dossier) -> tuple[datetime | None, datetime | None]:
    """Give deadline and beginning of what waits; reviewers share the round's."""
    if dossier.node == "opinion" and dossier.round is not None:
        return dossier.round.due_at, dossier.round.opened_at
    due = dossier.dues.get(dossier.waiting[0].task_id)
    return (due.due_at, due.offered_at) if due else (None, None)


def _derivation(dossier: Dossier) -> tuple[str, ...]:
    if dossier.node == "opinion":
        return tuple(dossier.round.derivation) if dossier.round is not None else ()
    due = dossier.dues.get(dossier.waiting[0].task_id)
    return tuple(due.derivation) if due is not None else ()


def _since(since: datetime | None, due: Due | None) -> str:
    if since is None:
        return ""
    weekday = vn_weekday(since).rsplit(" ", 1)[0]
    said = f"Từ {weekday} {vn_moment(since)}"
    return f"{said}, {due_sentence(due)}" if due else said


def due_sentence(due: Due) -> str:
    """Say a deadline in words: "còn 1 ngày làm việc (hạn 16/01/2024)"."""
    left = due.working_days_left
    last = vn_moment(due.due_at) if left == 0 else vn_moment(due.due_at).split(" ")[0]
    if due.overdue:
        late = f"quá {abs(left)} ngày làm việc" if left else "quá giờ hôm nay"
        return f"{late} (hạn {last})"
    return f"còn {left} ngày làm việc (hạn {last})" if left else f"hạn hôm nay ({last})"


def _who(dossier: Dossier, *, at: datetime) -> str:
    node, case = dossier.node, dossier.case
    if node == "rework" and case is not None:
        return case.drafter.display_name
    if node == "opinion":
        return _reviewers(dossier)
    holders = who_may(dossier, at=at)
    titles = list(dict.fromkeys(holder.post_title for holder in holders))
    if not titles:
        return f"Chưa có người giữ chức vụ ({LATER[WORK[node].step]})"
    return " hoặc ".join(titles)


def _away(dossier: Dossier, *, at: datetime) -> Iterator[str]:
    """Say of whom the paper waits for that they are away, and who stands in for them."""
    if dossier.node == "rework":
        return
    if dossier.node == "opinion":
        committee = bodies.iso_committee(dossier.document.office)
        awaited = {one.reviewer_id for one in dossier.opinions if not one.choice}
        found = offices.holders(Capability.GIVE_OPINION, committee, at=at)
        found = [one for one in found if one.appointment.user_id in awaited]
    else:
        found = who_may(dossier, at=at)
    for one in found:
        if one.absent_until is not None:
            last = vn_date(one.absent_until)
            yield f"{one.on_behalf_of} vắng mặt đến {last}; {one.user.display_name} làm thay."


def _reviewers(dossier: Dossier) -> str:
    titles = [opinion.reviewer_title for opinion in dossier.opinions if not opinion.choice]
    if len(titles) <= 2:
        return " và ".join(titles)
    if any(one.capacity != Opinion.Capacity.MEMBER for one in dossier.opinions):
        return f"{len(titles)} người được lấy ý kiến"
    return f"{len(titles)} ủy viên Ban Chỉ đạo ISO"


def who_may(dossier: Dossier, *, at: datetime) -> list[Holder]:
    """Give those who may do what waits; for a signature, who is in charge of the field."""
    work, document = WORK[dossier.node], dossier.document
    if work.capability is not Capability.SIGN:
        return offices.holders(work.capability, _object(dossier), at=at)
    if dossier.case is not None and dossier.case.referred_at is not None:
        return offices.holders(Capability.REFER_TO, document.office, at=at)
    holders = offices.holders(Capability.SIGN, document.office, at=at)
    field = document.field_of_work
    in_charge = [one for one in holders if field in one.appointment.fields_of_work]
    chairmen = [one for one in holders if one.appointment.post.role == Role.CHAIRMAN]
    return in_charge or chairmen


def _object(dossier: Dossier) -> Department | Office:
    work, document = WORK[dossier.node], dossier.document
    if work.step in {OPENING, ASKING, CONCLUDING}:
        return bodies.iso_committee(document.office)
    if work.step in {DRAFTING, PROPOSING} and document.drafting_department is not None:
        return document.drafting_department
    return document.office


def steps(dossier: Dossier, *, who_now: str = "") -> tuple[Step, ...]:
    """Give the eight places of the strip for the version shown; five for a letter, asked of nobody."""
    done = _done(dossier)
    current = WORK[dossier.node].step if dossier.node else None
    if current is None and not dossier.document.is_issued and dossier.case is None:
        current = DRAFTING
    reached = []
    skipped, titles = _places(dossier)
    for place, title in enumerate(titles):
        if place in skipped:
            continue
        if place == current:
            reached.append(Step(title, _when_now(dossier, place), who_now or LATER[place], "now"))
        elif place in done and (current is None or place < current):
            reached.append(Step(title, *done[place], "done"))
        else:
            reached.append(Step(title, "", LATER[place], "later"))
    return tuple(reached)


def _places(dossier: Dossier) -> tuple[frozenset[int], tuple[str, ...]]:
    """Give the places this paper does not pass, and how all are called for it."""
    if dossier.document.kind in LETTERS:
        return ROUND, TITLES
    if dossier.waiver is None:
        return frozenset(), TITLES
    return LATER_HEARD, (*TITLES[:OPENING], LET_GO, *TITLES[OPENING + 1 :])


def _when_now(dossier: Dossier, place: int) -> str:
    _due, since = _period(dossier) if dossier.waiting else (None, None)
    if place == DRAFTING and since is None:
        since = dossier.document.created_at
    return f"từ {_short(since)}" if since else ""


def _done(dossier: Dossier) -> dict[int, tuple[str, str]]:
    """Say when and by whom each step of the version shown was done."""
    shown, done = dossier.shown, {}
    if shown is None:
        return {}
    if shown.amendment is not None:
        done[DRAFTING] = (_short(shown.saved_at), shown.saved_by.display_name)
    note = getattr(shown, "submission_note", None)
    if note is not None:
        done[PROPOSING] = (_short(note.at), f"{note.by.display_name}, Tờ trình {note.cited_as}")
    done |= _done_in_round(dossier)
    waiver = dossier.waiver
    if waiver is not None:
        done[OPENING] = (_short(waiver.at), f"{waiver.by.display_name}, xác nhận sau")
    check = getattr(shown, "form_check", None)
    if check is not None:
        slip = f"Phiếu trình {check.cited_as}"
        done[CHECKING] = (_short(check.at), f"{check.by.display_name}, {slip}")
    signature = getattr(shown, "signature", None)
    if signature is not None:
        done[SIGNING] = (_short(signature.signed_at), signature.signatory_name)
    document, entry = dossier.document, dossier.entry
    if document.issued_at is not None:
        clerk = f"{entry.registered_by.display_name}, " if entry else ""
        done[ISSUING] = (_short(document.issued_at), f"{clerk}số {document.cited_as}")
    return done


def _done_in_round(dossier: Dossier) -> dict[int, tuple[str, str]]:
    held_round, done = dossier.round, {}
    if held_round is None:
        return {}
    opened = _short(held_round.opened_at)
    done[OPENING] = (opened, held_round.opened_by.display_name)
    if held_round.closed_at is not None:
        asked = sum(one.choice != Opinion.Choice.EXCUSED for one in dossier.opinions)
        answered = sum(one.choice in Opinion.ANSWERS for one in dossier.opinions)
        besides = any(one.capacity != Opinion.Capacity.MEMBER for one in dossier.opinions)
        done[ASKING] = (
            f"{opened} – {_short(held_round.closed_at)}",
            f"{answered}/{asked} {'người' if besides else 'ủy viên'} trả lời",
        )
    conclusion = getattr(held_round, "conclusion", None)
    if conclusion is not None:
        ended = conclusion.outcome == Conclusion.Outcome.ENDORSED
        words = "thống nhất" if ended else "trả lại"
        done[CONCLUDING] = (_short(conclusion.at), f"{conclusion.by.display_name} {words}")
    return done


def _short(moment: datetime) -> str:
    return vn_moment(moment).split(" ")[0].rsplit("/", 1)[0]
