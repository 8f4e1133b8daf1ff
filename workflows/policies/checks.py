"""The rules as checks of one case: they give the standing, or raise the sentence and who may.

A check asks first whether the person has the right at all, then whether the case is where the
act belongs: information about a case is worded only for someone who may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from offices import bodies, colleagues
from offices import selectors as offices
from offices.roles import Capability, Scope, scope_of
from workflows.exceptions import NotPermitted
from workflows.models import Opinion
from workflows.policies import rules
from workflows.policies.objectives import check_can_report
from workflows.policies.rules import Bar

if TYPE_CHECKING:
    from documents.models import Document
    from offices.models import Department, Office, User
    from offices.selectors import Holder, Standing, Standings
    from workflows.models import Case, Comment, Duty, ReviewRound
    from workflows.policies.rules import Facts, Rule

Check = Callable[..., "Standing"]


@dataclass(frozen=True)
class Asked:
    """The facts of one person and one case, each read when a rule asks for it."""

    by: User
    case: Case
    at: datetime
    # The round an opinion is asked in; the latest of the case where none is named.
    round: ReviewRound | None = None
    # The very form that is answered, where one is.
    opinion: Opinion | None = None

    @property
    def by_id(self) -> int:
        """The person's key."""
        return self.by.pk

    @cached_property
    def drafter_still_drafts(self) -> bool:
        """Whether the drafter still may draft in the department; up to three queries."""
        department = self.case.document.department
        return bool(offices.may(self.case.drafter, Capability.DRAFT, department, at=self.at))

    def drafted(self, user_id: int) -> bool:
        """Whether somebody wrote on the paper; one query."""
        return self.case.document.writers.filter(user=user_id).exists()

    def answered(self, user_id: int) -> bool:
        """Whether somebody spoke in the latest round, or another for them; up to two queries."""
        if self._latest is None:
            return False
        theirs = Q(reviewer=user_id) | Q(given_by=user_id)
        # A vote in the People's Committee is given in another body than the one that concludes.
        given = self._latest.opinions.exclude(capacity=Opinion.Capacity.OF_THE_BODY)
        return given.filter(theirs, Opinion.SPOKE).exists()

    def asks(self, user_id: int) -> bool:
        """Whether the form at hand, or else the round, asks somebody; up to two queries."""
        if self.opinion is not None:
            return self.opinion.reviewer_id == user_id
        round = self.round or self._latest
        return round is not None and round.opinions.filter(reviewer=user_id).exists()

    @cached_property
    def has_a_voice(self) -> frozenset[int]:
        """Who is asked in person, or has answered for another; up to two queries."""
        round = self.round or self._latest
        if round is None:
            return frozenset()
        voices = round.opinions.values_list("reviewer_id", "given_by_id")
        return frozenset(key for pair in voices for key in pair if key)

    @cached_property
    def asked_as(self) -> str | None:
        """In which capacity the round asks the person, None where it does not; up to two queries."""
        round = self.round or self._latest
        if round is None:
            return None
        return round.opinions.filter(reviewer=self.by).values_list("capacity", flat=True).first()

    @cached_property
    def _latest(self) -> ReviewRound | None:
        return self.case.rounds.order_by("-ordinal").first()


def refusal(check: Callable[..., object], *args: object, **kwargs: object) -> NotPermitted | None:
    """Give the refusal a check would raise, or None when the act is permitted: for buttons."""
    try:
        check(*args, **kwargs)
    except NotPermitted as refused:
        return refused
    return None


def committee_of(office: Office) -> Department:
    """The ISO committee of an office."""
    return bodies.iso_committee(office)


def object_of(capability: Capability, case: Case) -> Department | Office:
    """Give what a capability is used on in a case: department, committee or office."""
    scope = scope_of(capability)
    if scope is Scope.DEPARTMENT:
        return case.document.department
    return committee_of(case.document.office) if scope is Scope.COMMITTEE else case.document.office


def _check(
    rule: Rule, by: User, case: Case, *, at: datetime, facts: Facts | None = None
) -> Standing:
    """Give the standing on which a rule lets a person act, or refuse, naming who may."""
    obj = object_of(rule.capability, case)
    standings = offices.every_standing(by, rule.capability, obj, at=at)
    found = rule.settle(standings, case, facts or Asked(by, case, at))
    if found is None:
        holders = offices.holders(rule.capability, obj, at=at)
        may = [holder for holder in holders if rule.names(case, holder)]
        raise NotPermitted(str(rule.sentence), advice=_named(may))
    if isinstance(found, Bar):
        raise NotPermitted(found.sentence, advice=_advice(found, case, at=at))
    return found


def _advice(bar: Bar, case: Case, *, at: datetime) -> str:
    return bar.advice if bar.ask is None else _who_may(bar.ask, object_of(bar.ask, case), at=at)


def _who_may(capability: Capability, obj: Department | Office, *, at: datetime) -> str:
    return _named(offices.holders(capability, obj, at=at))


def _named(holders: Iterable[Holder]) -> str:
    titles = sorted({holder.post_title for holder in holders})
    if not titles:
        return _("Nobody holds this right today; the administrator of the office appoints.")
    return _("Who may: %(titles)s.") % {"titles": "; ".join(titles)}


def check_can_submit(by: User, case: Case, *, at: datetime) -> Standing:
    """A specialist of the drafting department submits; after a return, whom the head assigned."""
    return _check(rules.SUBMIT, by, case, at=at)


def check_can_propose(by: User, case: Case, *, at: datetime) -> Standing:
    """The head of the drafting department answers for the content (Decree 30/2020 art. 12)."""
    return _check(rules.PROPOSE, by, case, at=at)


def check_can_receive_return(by: User, case: Case, *, at: datetime) -> Standing:
    """What comes back goes to the head of the drafting department (Decree 30/2020 art. 10)."""
    return _check(rules.RECEIVE_RETURN, by, case, at=at)


def check_can_withdraw(by: User, case: Case, *, at: datetime) -> Standing:
    """The proposer may withdraw before signing."""
    return _check(rules.WITHDRAW, by, case, at=at)


def check_can_take_back(
    by: User, case: Case, *, sender_id: int | None, undone: str, at: datetime
) -> Standing:
    """Whoever sent a paper on takes it back, while they may still do what they did."""
    if sender_id != by.pk:
        raise NotPermitted(_("Only whoever sent the paper on takes it back."))
    if undone not in rules.TAKES_BACK:
        raise NotPermitted(
            _("This step decided something; it is not taken back."),
            advice=_("Whoever has the paper now can return it, with a reason."),
        )
    return _check(rules.TAKES_BACK[undone], by, case, at=at)


def check_can_recall_signature(by: User, case: Case, *, at: datetime) -> Standing:
    """The signatory takes a signature back while the paper has no number (ADR 0025)."""
    return _check(rules.RECALL_SIGNATURE, by, case, at=at)


def check_can_open_round(by: User, case: Case, *, at: datetime) -> Standing:
    """The committee's secretary checks completeness and asks the committee."""
    return _check(rules.OPEN_ROUND, by, case, at=at)


def check_can_close_round(by: User, round: ReviewRound, *, at: datetime) -> Standing:
    """Whoever may open a round may close it."""
    return check_can_open_round(by, round.case, at=at)


def check_can_give_opinion(
    by: User, round: ReviewRound, *, at: datetime, opinion: Opinion | None = None
) -> Standing:
    """A reviewer named in the round, who still sits on the committee or serves the office.

    For somebody absent whoever stands in, who has no voice of his own in the round; `opinion`
    names the form. A seat in the People's Committee is nobody else's.
    """
    facts = Asked(by, round.case, at, round, opinion)
    consulted = opinion is not None and opinion.capacity == Opinion.Capacity.CONSULTED
    if opinion is not None and consulted and opinion.reviewer_id != by.pk:
        return _in_place_of_the_consulted(by, opinion, facts)
    if facts.asked_as not in Opinion.BY_NAME:
        return _check(rules.GIVE_OPINION, by, round.case, at=at, facts=facts)
    in_the_body = facts.asked_as == Opinion.Capacity.OF_THE_BODY
    standing = colleagues.standing(by, round.case.document.office, at=at, in_the_body=in_the_body)
    if standing is None:
        raise NotPermitted(
            str(rules.CONSULTED),
            advice=_("Whoever left the office gives no opinion; the secretary asks a successor."),
        )
    return standing


def _in_place_of_the_consulted(by: User, opinion: Opinion, facts: Asked) -> Standing:
    """Whoever fills the post under which a colleague was asked answers while that one is away."""
    case = facts.case
    standing = offices.in_place_of(
        by,
        opinion.reviewer_id,
        post_title=opinion.reviewer_title,
        office=case.document.office,
        at=facts.at,
    )
    if standing is None:
        raise NotPermitted(
            str(rules.CONSULTED),
            advice=_("While that one is away, whoever stands in for the whole post answers."),
        )
    bar = rules.bar_for_the_absent(case, by.pk, has_a_voice=by.pk in facts.has_a_voice)
    if bar is not None:
        raise NotPermitted(bar.sentence, advice=bar.advice)
    return standing


def check_is_asked(by: User, opinion: Opinion, standing: Standing | None = None) -> None:
    """An answer is given by the member it was asked of, or by who stands in on this footing."""
    hands = standing.hands if standing is not None else {by.pk}
    if opinion.reviewer_id not in hands:
        raise NotPermitted(_("This form was made for another member of the committee."))


def check_can_comment(by: User, comment: Comment, *, at: datetime) -> Standing:
    """Advice is given by whoever was asked by name, while they serve the office."""
    standing = None
    if comment.asked_of_id == by.pk:
        standing = colleagues.standing(by, comment.case.document.office, at=at)
    if standing is None:
        raise NotPermitted(_("This advice was asked of somebody else."))
    return standing


def check_can_conclude(by: User, case: Case, *, at: datetime) -> Standing:
    """The head of the committee concludes; nobody who answered in the round does."""
    return _check(rules.CONCLUDE, by, case, at=at)


def check_can_check_form(by: User, case: Case, *, at: datetime) -> Standing:
    """The Chief of Office checks form and law before signing (Decree 30/2020 art. 12)."""
    return _check(rules.CHECK_FORM, by, case, at=at)


def check_can_sign(by: User, case: Case, *, at: datetime) -> Standing:
    """The chairman, or the vice-chairman of the field; never who drafted (`architecture` §4)."""
    return _check(rules.SIGN, by, case, at=at)


def check_can_allow_urgent(by: User, case: Case, *, at: datetime) -> Standing:
    """Whoever is to sign decides whether an urgent paper goes before the committee is heard."""
    return _check(rules.ALLOW_URGENT, by, case, at=at)


def check_can_answer_refusal(by: User, case: Case, *, at: datetime) -> Standing:
    """Whoever signs for the office answers for a paper the committee did not confirm."""
    return _check(rules.ANSWER_REFUSAL, by, case, at=at)


def check_can_refer(by: User, case: Case, *, at: datetime) -> Standing:
    """A vice-chairman may pass the decision up; the chairman has nobody above in the office."""
    return _check(rules.REFER, by, case, at=at)


def check_can_register(by: User, case: Case, *, at: datetime) -> Standing:
    """The records clerk numbers in person, and is not the signatory (Decree 30/2020 art. 15)."""
    return _check(rules.REGISTER, by, case, at=at)


def check_can_issue(by: User, case: Case, *, at: datetime) -> Standing:
    """The records clerk keeps the seal, and is not the signatory (Decree 30/2020 art. 32)."""
    return _check(rules.ISSUE, by, case, at=at)


def check_can_hand_over(by: User, document: Document, keeper: User, *, at: datetime) -> Standing:
    """A draft is handed over by whose draft it is, or by the head of its department."""
    department = document.department
    standing = None
    if keeper.pk == by.pk:
        standing = offices.may(by, Capability.DRAFT, department, at=at)
    if standing is None:
        standing = offices.may(by, Capability.RECEIVE_RETURN, department, at=at)
    if standing is None:
        raise NotPermitted(
            _("A draft is handed over by whose draft it is, or by the head of the department."),
            advice=_who_may(Capability.RECEIVE_RETURN, department, at=at),
        )
    return standing


def check_can_do_duty(by: User, duty: Duty, *, at: datetime) -> Standing:
    """A duty belongs to whoever holds its capability in the office; a report to its department."""
    if duty.department is not None:
        return check_can_report(by, duty.department, at=at)
    capability = Capability(duty.capability)
    standing = offices.may(by, capability, duty.office, at=at)
    if standing is None:
        raise NotPermitted(
            _("This duty belongs to another post."),
            advice=_who_may(capability, duty.office, at=at),
        )
    return standing


# Who watches over the clock: the administrator, and the secretary whose rounds it ends.
WATCH = frozenset({Capability.ADMINISTER, Capability.OPEN_ROUND})


def check_can_watch_timers(by: User, standings: Standings) -> set[int]:
    """Give the offices whose timers a person watches over, or refuse."""
    held = [one for one in standings if one.capability in WATCH]
    if not held:
        raise NotPermitted(
            _(
                "Only the administrator and the committee's secretary see what the clock could not do."
            )
        )
    return {one.standing.office_id for one in held}


# Who looks at the pace of the house: the chief of office, the secretary, the auditor.
LOOK_BACK = frozenset({Capability.CHECK_FORM, Capability.OPEN_ROUND, Capability.VERIFY_AUDIT})


def check_can_see_pace(standings: Standings) -> set[int]:
    """Give the offices whose cycle times a person may see, or refuse; no case is named there."""
    held = [one for one in standings if one.capability in LOOK_BACK]
    if not held:
        raise NotPermitted(
            _(
                "Only the Chief of Office, the committee's secretary and the auditor see cycle times."
            )
        )
    return {one.standing.office_id for one in held}


# The same rules as checks of a case; an opinion's check asks for its round.
OF_NODE: dict[str, Check] = {
    "propose": check_can_propose,
    "allow_urgent": check_can_allow_urgent,
    "answer_refusal": check_can_answer_refusal,
    "rework": check_can_submit,
    "open_round": check_can_open_round,
    "conclude": check_can_conclude,
    "check_form": check_can_check_form,
    "sign": check_can_sign,
    "register": check_can_register,
    "issue": check_can_issue,
    "receive_return": check_can_receive_return,
}
