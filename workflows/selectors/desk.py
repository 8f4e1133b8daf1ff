"""The desk: what waits for a person, due when, on whose behalf; and what moves elsewhere.

Three beats, each read once however many cases run: `running.concerning` finds the cases, the view
asks the engine for their open tasks, `Desk` sorts these by the rules of `workflows.policies`, so
that the desk and the button never disagree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from documents.lifecycle import Stage
from documents.models import Document, Origin
from documents.selectors.papers import newest_revision
from offices import bodies, colleagues
from offices import selectors as offices
from offices.roles import Capability, Role
from workflows.models import Case, Chase, Duty, Opinion
from workflows.policies import REPORTERS, RULE_OF_NODE, Bar, bar_for_the_absent
from workflows.selectors.handing_over import kept_by
from workflows.selectors.progress import LATER, WORK, due_of
from workflows.selectors.running import STEPS_ASK, Known, object_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from offices.grants import Exercised
    from offices.models import Delegation, Office, User
    from offices.selectors import Standing, Standings
    from offices.workdays import WorkCalendar
    from workflows.selectors.dossiers import Waiting
    from workflows.selectors.progress import Due

# What the secretary does at an open meeting, which stands outside the graph of the procedure.
MINUTES = "minutes"
MOST_DRAFTS = 30
MOST_DUTIES = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: a task of the procedure (`case`, `node`), or a duty.

    `standing` is the footing on which the person may do it, `delegation` the paper it rests on
    where that is another's post. `second` says that another post is in charge of it first;
    `chases` are what the clock has told about the task.
    """

    document: Document
    due: Due | None
    standing: Standing
    delegation: Delegation | None
    node: str = ""
    task_id: int = 0
    case: Any = None
    duty: Duty | None = None
    second: str = ""
    chases: tuple[Chase, ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A case that waits for others: who, since when; `chase` where the person was told it is late."""

    case: Any
    node: str
    who: str
    since: datetime | None
    due: Due | None
    chase: Chase | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """The open tasks of the cases that concern somebody: theirs, those of others, and the late.

    `told` are those of others of which the clock told the person as a superior.
    """

    mine: tuple[Item, ...]
    elsewhere: tuple[Elsewhere, ...]
    told: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True)
class Desk:
    """One person's desk at a moment; what several lines need is read when the first asks."""

    by: User
    at: datetime
    standings: Standings

    def sort(self, cases: Iterable[Any], waiting: Iterable[tuple[int, Waiting]]) -> Sorted:
        """Tell the person's tasks from those of others; `waiting` pairs a case with a task."""
        by_case: dict[int, list[Waiting]] = defaultdict(list)
        for case_id, task in waiting:
            by_case[case_id].append(task)
        chases = self._chases(by_case)
        mine: list[Item] = []
        elsewhere: list[Elsewhere] = []
        told: list[Elsewhere] = []
        for case in cases:
            tasks, known = by_case[case.pk], chases.get(case.pk, [])
            found = [self._item(case, task, known) for task in tasks]
            found.append(self._minutes(case, tasks))
            theirs = [item for item in found if item is not None]
            mine += theirs
            if theirs or not tasks:
                continue
            chase = self._told_of(tasks[0], known)
            if chase is not None:
                told.append(self._elsewhere(case, tasks[0], chase))
            elif self._took_part(case):
                elsewhere.append(self._elsewhere(case, tasks[0]))
        return Sorted(tuple(mine), tuple(elsewhere), tuple(told))

    def _chases(self, case_ids: Collection[int]) -> dict[int, list[Chase]]:
        """Give what the clock has told about these cases, oldest first; one query."""
        found: dict[int, list[Chase]] = defaultdict(list)
        if case_ids:
            for chase in Chase.objects.filter(case__in=list(case_ids)).order_by("pk"):
                found[chase.case_id].append(chase)
        return found

    def _told_of(self, task: Waiting, chases: Iterable[Chase]) -> Chase | None:
        """Find the word the person got, as a superior, of a task that still waits."""
        own = (one for one in chases if one.told_id == self.by.pk and one.task_id == task.task_id)
        return next((one for one in own if one.sort == Chase.Sort.ESCALATED), None)

    def _about(self, task: Waiting, chases: Iterable[Chase]) -> tuple[Chase, ...]:
        """Give what was told about one task; of a round, what its reviewer was told."""
        if task.node == "opinion":
            return tuple(
                one for one in chases if one.node == "opinion" and one.told_id == self.by.pk
            )
        return tuple(one for one in chases if one.task_id == task.task_id)

    def duties(self) -> list[Item]:
        """Give the open duties of the posts the person holds; one query, none for some posts.

        A result is owed by its department: to its head and specialists, in a committee to the
        secretary. The two hundred most urgent.
        """
        held = [
            Q(capability=one.capability.value, office=one.object_id, department__isnull=True)
            for one in self.standings
            if one.capability in {Capability.KEEP_ARCHIVE, Capability.EDIT_PORTAL}
        ]
        owing = {
            one.object_id
            for one in self.standings
            if one.capability in {*REPORTERS, Capability.OPEN_ROUND}
        }
        if owing:
            held.append(Q(department__in=owing))
        if not held:
            return []
        mine = held[0]
        for other in held[1:]:
            mine |= other
        rows = Duty.objects.filter(
            mine,
            Q(shown_from__isnull=True) | Q(shown_from__lte=self.at),
            done_at__isnull=True,
            result__lifted_at__isnull=True,
        ).select_related(
            "document__drafting_department",
            "office",
            "department",
            "result__measure__objective",
        )
        found = [self._duty(row) for row in rows.order_by("due_at", "pk")[:MOST_DUTIES]]
        return [item for item in found if item is not None]

    def drafts(self) -> list[Any]:
        """Give the person's papers that nobody has been asked about yet. One query for drafters.

        Each carries `newest_stage` and `touched_at`; none where the person drafts nowhere.
        """
        if Capability.DRAFT not in self.standings.capabilities:
            return []
        running = Case.objects.filter(document=OuterRef("pk"), ended_at__isnull=True)
        return list(
            kept_by(self.by)
            .filter(~Exists(running), issued_at__isnull=True, origin=Origin.INTERNAL)
            .annotate(newest_stage=newest_revision("stage"))
            # A paper without a saved version has no stage, and an unknown one is not "withdrawn".
            .filter(Q(newest_stage__isnull=True) | ~Q(newest_stage=Stage.WITHDRAWN.value))
            .select_related("working_copy")
            .order_by("-pk")[:MOST_DRAFTS]
        )

    def footing(self, case: Any, node: str, owner_id: int | None) -> Standing | None:
        """Give the footing on which the person may do an open task, by the rule of its node."""
        if node == "opinion" and owner_id not in {self.by.pk, *self.standings.principals}:
            return None
        if node == "opinion" and owner_id == self.by.pk and case.asks_by_name:
            return colleagues.standing(self.by, case.document.office, at=self.at)
        if node == "opinion" and case.asks_the_absent:
            title = self._asked_of_the_absent.get((case.latest_round, owner_id))
            if title is not None:
                return self._in_place_of(case, owner_id, title)
        rule = RULE_OF_NODE[node]
        on = object_id(rule.capability, case)
        held = [one.standing for one in self.standings.on(rule.capability) if one.object_id == on]
        if node == "opinion":
            # One form, one right: the person's own, or that of the absent one it was made for.
            held = [one for one in held if owner_id in one.hands]
        facts = Known(self.by.pk, case, self._drafter_still_drafts, owner_id)
        found = rule.settle(held, case, facts)
        return None if isinstance(found, Bar) else found

    def _in_place_of(self, case: Any, absent_id: int | None, title: str) -> Standing | None:
        """Give the footing on which the person answers for a colleague asked by name."""
        voice = bool(case.asked_latest or case.answered_latest)
        if absent_id is None or bar_for_the_absent(case, self.by.pk, has_a_voice=voice):
            return None
        office_id = case.document.office_id
        return self.standings.in_place_of(absent_id, post_title=title, office_id=office_id)

    @cached_property
    def _asked_of_the_absent(self) -> dict[tuple[int, int | None], str]:
        """Give under which title whom the person stands in for is asked by name; one query."""
        rows = Opinion.objects.filter(
            round__closed_at__isnull=True,
            reviewer__in=self.standings.stood_in_for,
            capacity=Opinion.Capacity.CONSULTED,
        )
        return {
            (round_id, reviewer_id): title
            for round_id, reviewer_id, title in rows.values_list(
                "round", "reviewer", "reviewer_title"
            )
        }

    def due(self, due_at: datetime | None, office: Office) -> Due | None:
        """Count the working days left in an office's calendar, which is read once."""
        if due_at is None:
            return None
        if office.pk not in self._calendars:
            self._calendars[office.pk] = bodies.calendar(office)
        return due_of(due_at, at=self.at, calendar=self._calendars[office.pk])

    @cached_property
    def _calendars(self) -> dict[int, WorkCalendar]:
        return {}

    @cached_property
    def _in_post(self) -> dict[tuple[Capability, int], list[Exercised]]:
        office_ids = self.standings.reader.office_ids
        return offices.in_post(STEPS_ASK, office_ids, at=self.at)

    def _drafter_still_drafts(self, case: Any) -> bool:
        department = case.document.drafting_department
        held = self._in_post.get((Capability.DRAFT, department.pk), [])
        if any(one.user_id == case.drafter_id for one in held):
            return True
        # By a delegation, perhaps: rare enough to be asked one by one.
        return bool(offices.may(case.drafter, Capability.DRAFT, department, at=self.at))

    def _item(self, case: Any, task: Waiting, chases: Iterable[Chase]) -> Item | None:
        standing = self.footing(case, task.node, task.owner_id)
        if standing is None:
            return None
        due_at, _since = period(case, task)
        return Item(
            document=case.document,
            due=self.due(due_at, case.document.office),
            standing=standing,
            delegation=self._delegation(standing),
            node=task.node,
            task_id=task.task_id,
            case=case,
            second=self._first_in_charge(case, standing) if task.node == "sign" else "",
            chases=self._about(task, chases),
        )

    def _minutes(self, case: Any, tasks: Iterable[Waiting]) -> Item | None:
        """Give the minutes as work, from the hour for which an open meeting was called."""
        if case.meets_at is None or case.meets_at > self.at:
            return None
        if not any(task.node == "opinion" for task in tasks):
            return None
        standing = self.footing(case, "open_round", None)
        if standing is None:
            return None
        return Item(
            document=case.document,
            due=self.due(case.round_due_at, case.document.office),
            standing=standing,
            delegation=self._delegation(standing),
            node=MINUTES,
            task_id=case.round_task,
            case=case,
        )

    def _duty(self, duty: Duty) -> Item | None:
        standing = self._owes(duty)
        if standing is None:
            return None
        return Item(
            document=duty.document,
            due=self.due(duty.due_at, duty.office),
            standing=standing,
            delegation=self._delegation(standing),
            duty=duty,
        )

    def _owes(self, duty: Duty) -> Standing | None:
        asked = (Capability(duty.capability), *REPORTERS)
        if duty.department is None:
            return self.standings.may(asked[0], duty.office)
        held = (self.standings.may(capability, duty.department) for capability in asked)
        return next((one for one in held if one is not None), None)

    def _delegation(self, standing: Standing) -> Delegation | None:
        wanted = standing.delegation_id
        return next((one for one in self.standings.delegations if one.pk == wanted), None)

    def _first_in_charge(self, case: Any, standing: Standing) -> str:
        """Name the vice-chairman in charge where the chairman may sign too."""
        if standing.role != Role.CHAIRMAN or case.referred_at is not None:
            return ""
        return " hoặc ".join(self._signatories(case, in_charge_only=True))

    def _took_part(self, case: Any) -> bool:
        return case.took_part or self.by.pk in {
            case.opened_by_id,
            case.drafter_id,
            case.document.author_id,
        }

    def _elsewhere(self, case: Any, task: Waiting, chase: Chase | None = None) -> Elsewhere:
        due_at, since = period(case, task)
        return Elsewhere(
            case=case,
            node=task.node,
            who=self._who(case, task.node),
            since=since,
            due=self.due(due_at, case.document.office),
            chase=chase,
        )

    def _who(self, case: Any, node: str) -> str:
        if node == "rework":
            return str(case.drafter.display_name)
        if node == "opinion":
            who = "người được lấy ý kiến" if case.asks_others else "ủy viên Ban Chỉ đạo ISO"
            return f"{case.asked_count - (case.answered_count or 0)} {who}"
        if WORK[node].capability is Capability.SIGN:
            titles = self._signatories(case, in_charge_only=False)
        else:
            capability = WORK[node].capability
            held = self._in_post.get((capability, object_id(capability, case) or 0), [])
            titles = list(dict.fromkeys(one.post_title for one in held))
        return " hoặc ".join(titles) or f"chưa có người giữ chức vụ ({LATER[WORK[node].step]})"

    def _signatories(self, case: Any, *, in_charge_only: bool) -> list[str]:
        """Name who is in charge of the field; the chairman where nobody is, or it was referred."""
        held = self._in_post.get((Capability.SIGN, case.document.office_id), [])
        field = case.document.field_of_work
        in_charge = [
            one.post_title
            for one in held
            if field in one.fields_of_work and case.referred_at is None
        ]
        if in_charge or in_charge_only:
            return in_charge
        return [one.post_title for one in held if one.role == Role.CHAIRMAN]


def period(case: Any, task: Waiting) -> tuple[datetime | None, datetime | None]:
    """Give until when a task is due and since when it waits; reviewers share their round's."""
    if task.node == "opinion":
        return case.round_due_at, case.round_opened_at
    return (case.due_at, case.offered_at) if case.due_task == task.task_id else (None, None)
