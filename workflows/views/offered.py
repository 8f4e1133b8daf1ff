"""What a reader may do with a paper now, as buttons on its page: each open, or barred with why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.lifecycle import Stage
from documents.models import Kind
from documents.policies import check_can_edit
from documents.services import letters
from offices import selectors as offices
from offices.roles import Capability
from workflows import policies as acts
from workflows.exceptions import NotPermitted
from workflows.models import Opinion, ReviewRound
from workflows.views.tasks.sent import way_back, way_back_from_round

if TYPE_CHECKING:
    from datetime import datetime

    from documents.models import Document
    from offices.models import User
    from workflows.selectors.dossiers import Dossier, Waiting

WORDS = {
    "propose": ("Trình", "submit"),
    "allow_urgent": ("Cho đi trước khi lấy ý kiến", "clock"),
    "answer_refusal": ("Xử lý ý kiến", "edit"),
    "open_round": ("Mở lượt lấy ý kiến", "round"),
    "conclude": ("Kết luận", "conclude"),
    "check_form": ("Thẩm tra", "review"),
    "sign": ("Ký", "sign"),
    "register": ("Cấp số", "number"),
    "issue": ("Phát hành", "issue"),
    "receive_return": ("Giao sửa lại", "return"),
    "rework": ("Sửa và trình lại", "edit"),
}
ANSWERS = (
    ("Đính chính", "edit", "correct_paper", Kind.OFFICIAL_LETTER),
    ("Thu hồi", "recall", "recall_paper", Kind.NOTICE),
)
SIGNED = {Stage.SIGNED, Stage.ISSUED}


@dataclass(frozen=True, slots=True)
class Act:
    """One act this reader may do, or may not and why; `name` and `key` make its address."""

    words: str
    icon: str
    name: str
    key: object
    refusal: NotPermitted | None = None
    main: bool = True


def acts_on(dossier: Dossier, user: User, *, at: datetime) -> list[Act]:
    """Give what may be done with the paper now; what is barred says why."""
    found = _on_what_waits(dossier.active, user, at=at)
    if dossier.active is not dossier:
        # Issued already: what is wrong in it is answered by a letter, as ever.
        found += _answering(dossier.document, user, at=at)
    return found


def _on_what_waits(dossier: Dossier, user: User, *, at: datetime) -> list[Act]:
    case, node = dossier.case, dossier.node
    if not dossier.running or case is None:
        return _drafting(dossier, user, at=at)
    if node == "opinion":
        return _reviewing(dossier, user, at=at)
    found_acts = []
    if node in WORDS:
        words, icon = WORDS[node]
        refusal = acts.refusal(acts.OF_NODE[node], user, case, at=at)
        task_id = dossier.waiting[0].task_id
        found_acts.append(Act(words, icon, "task", task_id, refusal))
    return found_acts + _taking_back(dossier, user, at=at) + _withdrawing(dossier, user, at=at)


def _drafting(dossier: Dossier, user: User, *, at: datetime) -> list[Act]:
    paper = dossier.document
    if paper.is_issued:
        return _answering(paper, user, at=at)
    refusal = acts.refusal(check_can_edit, user, paper, at=at)
    return [Act("Soạn tiếp", "edit", "draft", paper.reference, refusal)]


def _answering(paper: Document, user: User, *, at: datetime) -> list[Act]:
    """Offer a letter about an issued paper to the specialists of its department, or say why none."""
    department = paper.drafting_department
    if department is None or offices.may(user, Capability.DRAFT, department, at=at) is None:
        return []
    return [
        Act(words, icon, name, paper.reference, _unfit(paper, kind), main=False)
        for words, icon, name, kind in ANSWERS
    ]


def _unfit(paper: Document, kind: Kind) -> NotPermitted | None:
    why = letters.unfit(paper, kind)
    return NotPermitted(why[0], advice=why[1]) if why is not None else None


def _reviewing(dossier: Dossier, user: User, *, at: datetime) -> list[Act]:
    own = _own_form(dossier, user, at=at)
    held, case = dossier.round, dossier.case
    offered = []
    if held is not None and case is not None:
        held.case = case
        if own is not None:
            asked = next((one for one in dossier.opinions if one.task_id == own.task_id), None)
            refusal = acts.refusal(acts.check_can_give_opinion, user, held, at=at, opinion=asked)
            offered.append(Act("Cho ý kiến", "remark", "task", own.task_id, refusal))
        committee = acts.committee_of(dossier.document.office)
        if offices.may(user, Capability.OPEN_ROUND, committee, at=at) is not None:
            refusal = acts.refusal(acts.check_can_close_round, user, held, at=at)
            if held.form == ReviewRound.Form.MEETING:
                offered.append(Act("Ghi biên bản họp", "round", "minutes", case.pk, refusal))
            offered.append(
                Act("Kết thúc sớm", "clock", "close_round", case.pk, refusal, main=False)
            )
            found = way_back_from_round(user, case, held, at=at)
            if found is not None:
                offered.append(
                    Act(found.words, "return", "take_back", case.pk, found.refused, main=False)
                )
    return offered + _withdrawing(dossier, user, at=at)


def _own_form(dossier: Dossier, user: User, *, at: datetime) -> Waiting | None:
    """Give the reader's own form, else that of an absent member for whom the reader stands in."""
    own = next((task for task in dossier.waiting if task.owner_id == user.pk), None)
    if own is not None:
        return own
    committee = acts.committee_of(dossier.document.office)
    footings = offices.every_standing(user, Capability.GIVE_OPINION, committee, at=at)
    absent = {one.principal_id for one in footings if one.principal_id is not None}
    consulted = {
        one.task_id
        for one in dossier.opinions
        if one.capacity == Opinion.Capacity.CONSULTED
        and offices.in_place_of(
            user,
            one.reviewer_id,
            post_title=one.reviewer_title,
            office=dossier.document.office,
            at=at,
        )
    }
    return next(
        (task for task in dossier.waiting if task.owner_id in absent or task.task_id in consulted),
        None,
    )


def _taking_back(dossier: Dossier, user: User, *, at: datetime) -> list[Act]:
    case, waiting = dossier.case, dossier.waiting
    if case is None or not waiting:
        return []
    found = way_back(user, case, task_id=waiting[0].task_id, node=dossier.node, at=at)
    if found is None:
        return []
    return [Act(found.words, "return", "take_back", case.pk, found.refused, main=False)]


def _withdrawing(dossier: Dossier, user: User, *, at: datetime) -> list[Act]:
    case = dossier.case
    if case is None or (case.revision.at_stage in SIGNED and case.revision.ended_at is None):
        return []
    department = dossier.document.drafting_department
    if department is None or offices.may(user, Capability.WITHDRAW, department, at=at) is None:
        return []
    refusal = acts.refusal(acts.check_can_withdraw, user, case, at=at)
    return [Act("Rút", "withdraw", "withdraw", case.pk, refusal, main=False)]
