"""The running cases that concern a person, each with what lists and rules ask of it: one query."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery

from documents.models import Writer
from offices.models import Department
from offices.roles import Capability, Scope, scope_of
from workflows.models import Act, Case, Chase, Opinion, Referral, Return, ReviewRound, TaskDue
from workflows.policies import RULE_OF_NODE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from offices.models import User
    from offices.selectors import Standings

STEPS_ASK = frozenset(rule.capability for rule in RULE_OF_NODE.values())


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of one person and one case that `concerning` read: no query but one, if asked."""

    by_id: int
    case: Any
    ask_drafter: Callable[[Any], bool]
    # Whom the open form was made for, where the step is an opinion.
    owner_id: int | None = None

    @property
    def drafter_still_drafts(self) -> bool:
        """Whether the one who reworks the paper may still draft in its department."""
        return self.ask_drafter(self.case)

    def drafted(self, user_id: int) -> bool:
        """Whether somebody wrote on the paper; asked only where one of these did."""
        if user_id == self.by_id:
            return bool(self.case.wrote_on_it)
        mine = self.case.document.writers.filter(user=user_id)
        return bool(self.case.a_principal_wrote) and mine.exists()

    def answered(self, user_id: int) -> bool:
        """Whether somebody answered in the latest round; one query for whom the person acts for."""
        if user_id == self.by_id:
            return bool(self.case.answered_latest)
        theirs = Q(reviewer=user_id) | Q(given_by=user_id)
        given = Opinion.objects.filter(theirs, round=self.case.latest_round).exclude(
            capacity=Opinion.Capacity.OF_THE_BODY
        )
        return given.filter(Opinion.SPOKE).exists()

    def asks(self, user_id: int) -> bool:
        """Whether the open form was made for somebody."""
        return user_id == self.owner_id

    @property
    def has_a_voice(self) -> frozenset[int]:
        """Whether the person is asked in the latest round, or answered in it."""
        voice = self.case.asked_latest or self.case.answered_latest
        return frozenset({self.by_id} if voice else ())


def concerning(by: User, *, standings: Standings) -> list[Any]:
    """Give the running cases that concern a person, each with what the rules ask. One query.

    Those on whose department, committee or office the person may do a step, those in which the
    person took part, those whose open round asks by name the person or somebody whose post the
    person fills meanwhile, and those of which the clock told the person as a superior.
    """
    latest = ReviewRound.objects.filter(case=OuterRef("pk")).order_by("-ordinal")
    due = TaskDue.objects.filter(case=OuterRef("pk")).order_by("-task_id")
    asked = Opinion.objects.filter(round=OuterRef("latest_round"))
    mine = asked.filter(reviewer=by)
    committee = Department.objects.filter(
        office=OuterRef("document__office"),
        kind=Department.Kind.COMMITTEE,
        ends_on__isnull=True,
    ).order_by("pk")
    return list(
        Case.objects.filter(ended_at__isnull=True)
        .annotate(
            committee_id=Subquery(committee.values("pk")[:1]),
            took_part=Exists(Act.objects.filter(case=OuterRef("pk"), by=by)),
            asks_by_name=Exists(
                Opinion.objects.filter(
                    round__case=OuterRef("pk"),
                    round__closed_at__isnull=True,
                    reviewer=by,
                    capacity__in=Opinion.BY_NAME,
                )
            ),
            asks_the_absent=Exists(
                Opinion.objects.filter(
                    round__case=OuterRef("pk"),
                    round__closed_at__isnull=True,
                    reviewer__in=standings.stood_in_for,
                    capacity=Opinion.Capacity.CONSULTED,
                )
            ),
            told_late=Exists(
                Chase.objects.filter(case=OuterRef("pk"), told=by, sort=Chase.Sort.ESCALATED)
            ),
        )
        .filter(_within_reach(by, standings))
        .annotate(
            latest_round=Subquery(latest.values("pk")[:1]),
            round_due_at=Subquery(latest.values("due_at")[:1]),
            round_opened_at=Subquery(latest.values("opened_at")[:1]),
            round_digest=Subquery(latest.values("content_digest")[:1]),
            round_task=Subquery(latest.values("task_id")[:1]),
            meets_at=Subquery(latest.values("meets_at")[:1]),
            due_task=Subquery(due.values("task_id")[:1]),
            due_at=Subquery(due.values("due_at")[:1]),
            offered_at=Subquery(due.values("offered_at")[:1]),
            wrote_on_it=Exists(Writer.objects.filter(document=OuterRef("document"), user=by)),
            a_principal_wrote=Exists(
                Writer.objects.filter(document=OuterRef("document"), user__in=standings.principals)
            ),
            asked_latest=Exists(mine),
            answered_latest=Exists(
                asked.exclude(capacity=Opinion.Capacity.OF_THE_BODY).filter(
                    Q(reviewer=by) | Q(given_by=by), Opinion.SPOKE
                )
            ),
            asks_others=Exists(asked.exclude(capacity=Opinion.Capacity.MEMBER)),
            asked_count=_number(asked.exclude(choice=Opinion.Choice.EXCUSED)),
            answered_count=_number(asked.filter(choice__in=Opinion.ANSWERS)),
            against_count=_number(asked.filter(choice=Opinion.Choice.DISAGREE)),
            return_reason=Subquery(_last(Return).values("reason")[:1]),
            return_from=Subquery(_last(Return).values("from_step")[:1]),
            referral_reason=Subquery(_last(Referral).values("reason")[:1]),
        )
        .select_related(
            "document__office",
            "document__drafting_department",
            "document__urgency_mark",
            "drafter",
            "revision__signature",
        )
        .defer("revision__text", "revision__canonical")
        .order_by("pk")
    )


def _within_reach(by: User, standings: Standings) -> Q:
    """Match the cases on whose objects the person may do a step, or in which they took part."""
    held = [one for one in standings if one.capability in STEPS_ASK]
    on: dict[Scope, set[int]] = defaultdict(set)
    for one in held:
        on[scope_of(one.capability)].add(one.object_id)
    return (
        Q(took_part=True)
        | Q(asks_by_name=True)
        | Q(asks_the_absent=True)
        | Q(told_late=True)
        | Q(opened_by=by)
        | Q(drafter=by)
        | Q(document__author=by)
        | Q(document__drafting_department__in=on[Scope.DEPARTMENT])
        | Q(committee_id__in=on[Scope.COMMITTEE])
        | Q(document__office__in=on[Scope.OFFICE])
    )


def _number(rows: QuerySet[Opinion]) -> Subquery:
    counted = rows.order_by().values("round").annotate(number=Count("pk")).values("number")
    return Subquery(counted, output_field=IntegerField())


def _last(model: Any) -> Any:
    return model.objects.filter(case=OuterRef("pk")).order_by("-pk")


def object_id(capability: Capability, case: Any) -> int | None:
    """Give the key of what a capability is used on in a case read by `concerning`."""
    scope = scope_of(capability)
    if scope is Scope.DEPARTMENT:
        return int(case.document.drafting_department_id)
    return case.committee_id if scope is Scope.COMMITTEE else int(case.document.office_id)
