"""Steps 4 and 5: the secretary opens a round on one content; the committee answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import AuthorityKind
from offices import bodies, colleagues
from offices import selectors as offices
from offices.dates import local_day, vn_moment
from offices.roles import Capability
from offices.workhours import is_working_moment, time_to_remind
from workflows import engine, policies
from workflows.exceptions import BadInput, Conflict
from workflows.models import (
    ClauseRemark,
    Opinion,
    ReviewRound,
)
from workflows.selectors import tallies
from workflows.services import offers, rounds
from workflows.services.acts import Deed, Ticket, acting, load, settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from viewflow.workflow.models import Task

    from offices.models import User
    from offices.workdays import WorkCalendar
    from workflows.models import Case

MOST_CONSULTED = 20


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """How the secretary asks: whom, in which form, for how long, with what words.

    `working_days` count but for a paper that is to go at once: then `working_hours` do.
    `consulted_ids` are people of the office outside the committee, asked by name. A meeting has
    its time and place instead of a term. `the_body` asks all members of the People's Committee,
    for papers of its authority.
    """

    reviewer_ids: tuple[int, ...]
    working_days: int
    form: str
    message: str = ""
    consulted_ids: tuple[int, ...] = ()
    meets_at: datetime | None = None
    place: str = ""
    the_body: bool = False
    working_hours: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One person a round asks, under which title and in which capacity."""

    user: User
    title: str
    capacity: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on one clause, by the clause's stable id and its label at the time."""

    clause_id: str
    clause_label: str
    text: str


def open_round(
    *, case_id: int, ticket: Ticket, plan: RoundPlan, by: User, at: datetime
) -> ReviewRound:
    """Ask the chosen members for their opinions on exactly this content, until a deadline."""
    with acting(
        "open_round",
        case_id=case_id,
        ticket=ticket,
        node="open_round",
        check=policies.check_can_open_round,
        by=by,
        at=at,
    ) as act:
        reviewers = _reviewers(act.case, plan, at=at)
        office = act.case.document.office
        calendar = bodies.calendar(office)
        deadline = rounds.end_of(plan, act.case, calendar, at=at)
        opened = act.complete("opened", owners=[one.user for one in reviewers])
        container, instances = opened[0], opened[1:]
        round = ReviewRound.objects.create(
            case=act.case,
            revision=act.case.revision,
            content_digest=act.case.revision.content_digest,
            ordinal=act.case.rounds.count() + 1,
            task_id=container.pk,
            form=plan.form,
            message=plan.message.strip(),
            meets_at=plan.meets_at,
            place=plan.place.strip(),
            silence_rule=bodies.silence_rule(office, on=local_day(at)),
            opened_by=by,
            opened_at=at,
            due_at=deadline.at,
            derivation=deadline.derivation,
            remind_at=time_to_remind(calendar, at, deadline.at),
            standing=act.basis,
        )
        _ask(round, reviewers, instances, at=at)
        act.record(
            "round.opened",
            details={"round": round.ordinal, "reviewers": len(reviewers)},
            disclose={"message": round.message} if round.message else None,
        )
    return round


def _reviewers(case: Case, plan: RoundPlan, *, at: datetime) -> list[Asked]:
    seats = _the_body(case, at=at) if plan.the_body else []
    seated = {one.user.pk for one in seats}
    members = _members(case, plan.reviewer_ids, or_body=bool(seats), at=at)
    # Who sits in both bodies votes once, in the higher one.
    members = [one for one in members if one.user.pk not in seated]
    asked = seated | {one.user.pk for one in members}
    return [*seats, *members, *_consulted(case, plan.consulted_ids, besides=asked, at=at)]


def _the_body(case: Case, *, at: datetime) -> list[Asked]:
    if case.document.authority_kind != AuthorityKind.COMMITTEE:
        raise BadInput(
            _("The members of the People's Committee vote on papers of its own authority alone.")
        )
    found = colleagues.of_the_body(case.document.office, at=at)
    return [Asked(one.user, one.post_title, Opinion.Capacity.OF_THE_BODY) for one in found]


def _members(case: Case, chosen_ids: Sequence[int], *, or_body: bool, at: datetime) -> list[Asked]:
    committee = bodies.iso_committee(case.document.office)
    members = {
        holder.user.pk: holder
        for holder in offices.holders(Capability.GIVE_OPINION, committee, at=at)
    }
    strangers = [pk for pk in chosen_ids if pk not in members]
    if strangers:
        raise BadInput(
            _("Only members of the ISO committee are asked as members; ask others by name besides.")
        )
    if not chosen_ids and not or_body:
        raise BadInput(_("Choose at least one member of the committee."))
    _refuse_drafter(case, set(chosen_ids))
    chosen = [members[pk] for pk in dict.fromkeys(chosen_ids)]
    if len({holder.appointment.pk for holder in chosen}) != len(chosen):
        raise BadInput(_("A member and whoever stands in for that member are not both asked."))
    return [Asked(one.user, one.post_title, Opinion.Capacity.MEMBER) for one in chosen]


def _refuse_drafter(case: Case, chosen: set[int]) -> None:
    """Refuse to ask whoever drafted the paper, member of the committee or not."""
    if {case.document.author_id, case.drafter_id} & chosen:
        raise BadInput(_("Whoever drafted the paper is not asked for an opinion on it."))


def _consulted(
    case: Case, chosen_ids: Sequence[int], *, besides: set[int], at: datetime
) -> list[Asked]:
    """Find those asked by name, each once; the drafter is not asked about the own draft."""
    if not chosen_ids:
        return []
    document = case.document
    serving = {one.user.pk: one for one in colleagues.of_office(document.office, at=at)}
    chosen = [pk for pk in dict.fromkeys(chosen_ids) if pk not in besides]
    if any(pk not in serving for pk in chosen):
        raise BadInput(_("Only people who serve the office today are asked for an opinion."))
    _refuse_drafter(case, set(chosen))
    if len(chosen) > MOST_CONSULTED:
        raise BadInput(
            _("At most %(most)s people are asked besides the committee.") % {"most": MOST_CONSULTED}
        )
    found = (serving[pk] for pk in chosen)
    return [Asked(one.user, one.post_title, Opinion.Capacity.CONSULTED) for one in found]


def _ask(
    round: ReviewRound, reviewers: Sequence[Asked], instances: Sequence[Task], *, at: datetime
) -> None:
    Opinion.objects.bulk_create(
        Opinion(
            round=round,
            capacity=one.capacity,
            reviewer=one.user,
            reviewer_title=one.title,
            task_id=instance.pk,
        )
        for one, instance in zip(reviewers, instances, strict=True)
    )
    for one in reviewers:
        offers.grant_reader(one.user.pk, case=round.case, at=at)


def give_opinion(
    *,
    case_id: int,
    ticket: Ticket,
    choice: str,
    remarks: str,
    clause_remarks: Sequence[Remark] = (),
    by: User,
    at: datetime,
) -> Opinion:
    """Record one opinion; the paper moves only when the head concludes.

    Whoever stands in for an absent member answers that member's form; both names are kept.
    """
    check_words(choice, remarks, clause_remarks)
    asked = Opinion.objects.select_related("round__case__document__office").filter(
        task_id=ticket.task_id, round__case_id=case_id
    )

    def check(by: User, case: Case, *, at: datetime) -> offices.Standing:
        opinion = asked.first()
        if opinion is None:
            raise Conflict(_("This form belongs to another step of the procedure."))
        return policies.check_can_give_opinion(by, opinion.round, at=at, opinion=opinion)

    with acting(
        "give_opinion",
        case_id=case_id,
        ticket=ticket,
        node="opinion",
        check=check,
        by=by,
        at=at,
    ) as act:
        opinion = asked.get()
        policies.check_is_asked(by, opinion, act.standing)
        opinion.given_by = by
        opinion.choice = choice
        opinion.remarks = remarks.strip()
        opinion.given_at = at
        opinion.standing = act.basis
        opinion.save(update_fields=["choice", "remarks", "given_by", "given_at", "standing"])
        keep_clause_remarks(opinion, clause_remarks)
        act.record(
            "opinion.given",
            details={"round": opinion.round.ordinal, "choice": choice},
            disclose=words_of(opinion.remarks, clause_remarks),
        )
        answer = engine.complete_instance(act.task, by=by, at=at)
        if answer.round_closed:
            rounds.end_round(opinion.round, ReviewRound.ClosedHow.ANSWERED, at=at)
            act.record("round.completed", head=False, details={"round": opinion.round.ordinal})
            offers.offer(answer.offered, case=act.case, at=at)
    return opinion


def keep_clause_remarks(opinion: Opinion, remarks: Sequence[Remark]) -> None:
    """Write the remarks on clauses beside an opinion."""
    ClauseRemark.objects.bulk_create(
        ClauseRemark(
            opinion=opinion,
            clause_id=remark.clause_id,
            clause_label=remark.clause_label,
            text=remark.text.strip(),
        )
        for remark in remarks
    )


def words_of(remarks: str, clause_remarks: Sequence[Remark]) -> dict[str, str]:
    """Give the words of an opinion as the audit discloses them."""
    texts = {"remarks": remarks} if remarks else {}
    return texts | {
        f"clause_{n}": one.text.strip() for n, one in enumerate(clause_remarks, start=1)
    }


def check_words(choice: str, remarks: str, clause_remarks: Sequence[Remark]) -> None:
    """Refuse an answer whose words do not fit it: dissent without a reason, remarks without one."""
    if choice not in {
        Opinion.Choice.AGREE,
        Opinion.Choice.AGREE_WITH_REMARKS,
        Opinion.Choice.DISAGREE,
    }:
        raise BadInput(_("Choose one of the three answers."))
    if choice == Opinion.Choice.DISAGREE and not remarks.strip():
        raise BadInput(_("Say why you do not agree; the reason goes with the paper to signing."))
    if choice == Opinion.Choice.AGREE_WITH_REMARKS and not (remarks.strip() or clause_remarks):
        raise BadInput(_("Write the remark, or choose “Agree” without remarks."))
    if any(not remark.text.strip() for remark in clause_remarks):
        raise BadInput(_("A remark on a clause is empty; write it or leave it out."))


def close_round(
    *, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime
) -> ReviewRound:
    """Close a round before its deadline: needs quorum and the secretary's reason."""
    if not reason.strip():
        raise BadInput(_("Say why the round is closed before its deadline."))
    with acting(
        "close_round",
        case_id=case_id,
        ticket=ticket,
        node="collect_opinions",
        check=policies.check_can_open_round,
        by=by,
        at=at,
    ) as act:
        round = act.case.rounds.get(task_id=ticket.task_id)
        tally, members = tallies.counts_of(round)
        if not members.reached:
            raise Conflict(
                _(
                    "%(answered)s of %(asked)s members have answered; closing early needs "
                    "%(needed)s."
                )
                % {
                    "answered": members.answered,
                    "asked": members.asked,
                    "needed": members.needed,
                },
                advice=_("Wait for more opinions or for the deadline."),
            )
        _close(act, round, act.task, ReviewRound.ClosedHow.EARLY, reason=reason.strip())
        act.record(
            "round.closed",
            details={"how": "early", "silent": tally.waiting},
            disclose={"reason": reason.strip()},
        )
    return round


def expire_round(*, round: ReviewRound, key: UUID, at: datetime) -> bool:
    """Close a round whose time is up, as the clock; tell whether this call did it.

    Opinions not given are recorded as "Không có ý kiến". A second tick finds nothing to do. Never
    on a day of rest: where the last day has become one, the round ends with the next working day.
    """
    with transaction.atomic(), engine.hold(round.case_id):
        held = ReviewRound.objects.get(pk=round.pk)
        if held.closed_at is not None or at < held.due_at:
            return False
        case = load(held.case_id)
        calendar = bodies.calendar(case.document.office)
        if not calendar.is_working_day(local_day(at)):
            return False
        later = calendar.moved_on(held.due_at)
        if later is not None and at < later:
            _put_off(case, held, calendar, later, key=key, at=at)
            return False
        task = engine.open_task(held.task_id, process_id=case.pk, node="collect_opinions")
        act = Deed(name="expire_round", case=case, at=at)
        silent = tallies.tally_of(held).waiting
        _close(act, held, task, ReviewRound.ClosedHow.EXPIRED)
        act.record("round.closed", details={"how": "expired", "silent": silent})
        settle(act, ticket=Ticket(held.task_id, held.content_digest, key))
    return True


def _put_off(
    case: Case,
    round: ReviewRound,
    calendar: WorkCalendar,
    later: datetime,
    *,
    key: UUID,
    at: datetime,
) -> None:
    if not is_working_moment(calendar, at):
        return
    rounds.put_off(round, later, calendar, at=at)
    act = Deed(name="put_off_round", case=case, at=at)
    act.record(
        "round.put_off", details={"round": round.ordinal}, disclose={"until": vn_moment(later)}
    )
    # Of no task: whoever answers later must not read that the clock was first.
    settle(act, ticket=Ticket(0, round.content_digest, key))


def _close(act: Deed, round: ReviewRound, task: Task, how: str, *, reason: str = "") -> None:
    answer = engine.close_round(task, at=act.at, by=act.by)
    rounds.end_round(round, how, at=act.at, by=act.by, because=reason)
    offers.offer(answer.offered, case=act.case, at=act.at)
