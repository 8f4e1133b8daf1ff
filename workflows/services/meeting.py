"""A round at a meeting: the secretary enters the Biên bản, with who was present and what each said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.numbering import minutes_of
from documents.services import registers
from offices import colleagues
from offices import selectors as offices
from offices.dates import local_day
from offices.roles import Capability
from workflows import engine, policies, quorum
from workflows.deadlines import MOST_CALLS
from workflows.exceptions import BadInput, Conflict
from workflows.models import Attendance, Minutes, Opinion, ReviewRound
from workflows.services import offers, rounds
from workflows.services.acts import Ticket, acting
from workflows.services.reviewing import check_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from offices.models import User
    from workflows.engine import Answer
    from workflows.models import Case
    from workflows.services.acts import Acting


@dataclass(frozen=True, slots=True)
class Said:
    """What the minutes say of one of those asked: present or not, and the opinion given there."""

    present: bool
    choice: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class MinutesPlan:
    """The Biên bản as it is entered; `said` is by the key of each opinion of the round.

    `again_at` and `again_place` call the second meeting where the first had no quorum.
    """

    held_at: datetime
    ended_at: datetime
    place: str
    chair_id: int
    text: str
    said: Mapping[int, Said]
    again_at: datetime | None = None
    again_place: str = ""


def record_minutes(
    *, case_id: int, ticket: Ticket, plan: MinutesPlan, by: User, at: datetime
) -> Minutes:
    """Enter the minutes of a meeting; with quorum the round is over, else it is called once more.

    More than half of the members asked must have been present. With quorum the opinions of those
    present are recorded as said at the meeting, those sent in writing stand, and who was absent
    without a word is silent. Without quorum nothing said there counts: a first meeting is called
    again, after a second the round ends and the head of the committee concludes on what there is.
    """
    if not plan.text.strip() or not plan.place.strip():
        raise BadInput(_("The minutes say where the meeting was, and what was said and concluded."))
    with acting(
        "record_minutes",
        case_id=case_id,
        ticket=ticket,
        node="collect_opinions",
        check=policies.check_can_open_round,
        by=by,
        at=at,
    ) as act:
        round = act.case.rounds.get(task_id=ticket.task_id)
        round.case = act.case
        if round.form != ReviewRound.Form.MEETING:
            raise Conflict(_("This round is held in writing; it has no minutes."))
        asked = round.opinions.exclude(choice=Opinion.Choice.EXCUSED)
        opinions = list(asked.select_related("reviewer").order_by("pk"))
        _check(plan, round, opinions, at=at)
        minutes = _written(act, plan, round, opinions)
        act.record(
            "meeting.held",
            details={
                "round": round.ordinal,
                "call": round.call,
                "present": minutes.members_present,
                "members": minutes.members,
            },
            disclose={"text": minutes.text},
        )
        if minutes.quorate:
            _end(act, round, ReviewRound.ClosedHow.MET, _record_said(act, plan, opinions))
        elif round.call < MOST_CALLS:
            rounds.call_again(round, meets_at=plan.again_at, place=plan.again_place, at=at)
            act.record("meeting.called_again", head=False, details={"round": round.ordinal})
        else:
            _end(act, round, ReviewRound.ClosedHow.NO_QUORUM, None)
    return minutes


def _check(
    plan: MinutesPlan, round: ReviewRound, opinions: Sequence[Opinion], *, at: datetime
) -> None:
    if plan.said.keys() != {one.pk for one in opinions}:
        raise BadInput(_("Say of everybody who was asked whether they were present."))
    if not round.opened_at <= plan.held_at <= at:
        raise BadInput(_("The meeting was held after the round was opened, and not in the future."))
    if not plan.held_at < plan.ended_at <= at:
        raise BadInput(
            _("The meeting ended after it began, and not in the future."),
            facts={"field": "ended_time"},
        )
    for one in opinions:
        said = plan.said[one.pk]
        if said.choice and (not said.present or one.given_at is not None):
            raise BadInput(_("Only who was present and has not answered in writing speaks there."))
        if said.choice:
            check_words(said.choice, said.remarks, ())
    present = [one for one in opinions if plan.said[one.pk].present]
    _refuse_unseated(round.case, present, at=plan.held_at)


def _refuse_unseated(case: Case, present: Sequence[Opinion], *, at: datetime) -> None:
    """Refuse the presence of somebody who had no seat on the day: who left speaks by no other's pen."""
    office = case.document.office
    seats: dict[str, Callable[[], set[int]]] = {
        Opinion.Capacity.MEMBER: lambda: {
            one.user.pk
            for one in offices.holders(
                Capability.GIVE_OPINION, policies.committee_of(office), at=at
            )
        },
        Opinion.Capacity.OF_THE_BODY: lambda: _keys(colleagues.of_the_body(office, at=at)),
        Opinion.Capacity.CONSULTED: lambda: _keys(colleagues.of_office(office, at=at)),
    }
    seated = {capacity: seats[capacity]() for capacity in {one.capacity for one in present}}
    gone = [one.reviewer_title for one in present if one.reviewer_id not in seated[one.capacity]]
    if gone:
        raise BadInput(
            _("Not asked any more on the day of the meeting: %(titles)s.")
            % {"titles": "; ".join(gone)},
            advice=_("Enter them as absent, or ask them no more first."),
        )


def _keys(serving: Sequence[colleagues.Colleague]) -> set[int]:
    return {one.user.pk for one in serving}


def _written(
    act: Acting, plan: MinutesPlan, round: ReviewRound, opinions: Sequence[Opinion]
) -> Minutes:
    members = [one for one in opinions if one.capacity != Opinion.Capacity.CONSULTED]
    present = sum(plan.said[one.pk].present for one in members)
    quorate = present >= quorum.needed(len(members))
    if quorate:
        _refuse_wordless(plan, opinions)
    chair, title = _chair(act.case, plan, opinions, at=act.at)
    number, symbol = _numbered(act)
    minutes = Minutes.objects.create(
        round=round,
        call=round.call,
        number=number,
        symbol=symbol,
        held_at=plan.held_at,
        ended_at=plan.ended_at,
        place=plan.place.strip(),
        chair=chair,
        chair_title=title,
        text=plan.text.strip(),
        members=len(members),
        members_present=present,
        quorate=quorate,
        by=act.by,
        by_title=act.standing.post_title,
        at=act.at,
        standing=act.basis,
    )
    Attendance.objects.bulk_create(
        Attendance(minutes=minutes, opinion=one, present=plan.said[one.pk].present)
        for one in opinions
    )
    return minutes


def _numbered(act: Acting) -> tuple[str, str]:
    """Give the minutes the next number of the committee's own series of the year."""
    office = act.case.document.office
    series = minutes_of(policies.committee_of(office).code)
    _register, number = registers.next_number(office=office, series=series, on=local_day(act.at))
    return series.written(number)


def _refuse_wordless(plan: MinutesPlan, opinions: Sequence[Opinion]) -> None:
    wordless = [
        one.reviewer_title
        for one in opinions
        if plan.said[one.pk].present and not plan.said[one.pk].choice and one.given_at is None
    ]
    if wordless:
        raise BadInput(
            _("Enter the opinion of everybody present; still open: %(titles)s.")
            % {"titles": "; ".join(wordless)}
        )


def _chair(
    case: Case, plan: MinutesPlan, opinions: Sequence[Opinion], *, at: datetime
) -> tuple[User, str]:
    """Find who chaired: the head of the committee, or a member who was present."""
    for holder in may_chair(case, at=at):
        if holder.user.pk == plan.chair_id:
            return holder.user, holder.post_title
    for one in opinions:
        if one.reviewer_id == plan.chair_id and plan.said[one.pk].present:
            return one.reviewer, one.reviewer_title
    raise BadInput(_("The meeting is chaired by the head of the committee or a member present."))


def may_chair(case: Case, *, at: datetime) -> list[offices.Holder]:
    """Give the head of the committee, or who stands in."""
    committee = policies.committee_of(case.document.office)
    return offices.holders(Capability.CONCLUDE, committee, at=at)


def _record_said(act: Acting, plan: MinutesPlan, opinions: Sequence[Opinion]) -> Answer | None:
    """Record what those present said; the engine's answer where the last of them ended the round."""
    answer = None
    for one in opinions:
        said = plan.said[one.pk]
        if not said.choice:
            continue
        one.choice, one.remarks = said.choice, said.remarks.strip()
        one.given_at, one.given_by, one.at_meeting = act.at, one.reviewer, True
        one.standing = act.basis
        one.save()
        task = engine.open_task(one.task_id, process_id=act.case.pk, node="opinion")
        answer = engine.complete_instance(task, by=act.by, at=act.at)
    return answer


def _end(act: Acting, round: ReviewRound, how: str, answer: Answer | None) -> None:
    if answer is None or not answer.round_closed:
        answer = engine.close_round(act.task, at=act.at, by=act.by)
    rounds.end_round(round, how, at=act.at, by=act.by)
    offers.offer(answer.offered, case=act.case, at=act.at)
