"""Every "may I act?" of the procedure, as checks that raise a sentence or give the standing.

A check asks first whether the person has the right at all, then whether the case is where the
act belongs: information about a case is worded only for someone who may see it. Buttons use
the same functions through `refusal`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from offices import bodies
from offices import selectors as offices
from offices.roles import Capability, Role
from workflows.exceptions import NotPermitted

if TYPE_CHECKING:
    from offices.models import Department, Office, User
    from offices.selectors import Standing
    from workflows.models import Case, Duty, Opinion, ReviewRound

Check = Callable[..., "Standing"]


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


def require(
    by: User, capability: Capability, obj: Department | Office, sentence: str, *, at: datetime
) -> Standing:
    """Give the standing on which a person may act, or refuse, naming who may."""
    standing = offices.may(by, capability, obj, at=at)
    if standing is None:
        raise NotPermitted(sentence, advice=_who_may(capability, obj, at=at))
    return standing


def _who_may(capability: Capability, obj: Department | Office, *, at: datetime) -> str:
    titles = sorted({holder.post_title for holder in offices.holders(capability, obj, at=at)})
    if not titles:
        return _("Nobody holds this right today; the administrator of the office appoints.")
    return _("Who may: %(titles)s.") % {"titles": ", ".join(titles)}


def check_can_submit(by: User, case: Case, *, at: datetime) -> Standing:
    """A specialist of the drafting department submits; after a return, whom the head assigned."""
    standing = require(
        by,
        Capability.DRAFT,
        case.document.department,
        _("Only a specialist of the drafting department submits this paper."),
        at=at,
    )
    drafter = case.drafter
    if drafter != by and offices.may(drafter, Capability.DRAFT, case.document.department, at=at):
        raise NotPermitted(
            _("The head of the department gave this paper to %(name)s for rework.")
            % {"name": drafter.display_name}
        )
    return standing


def check_can_propose(by: User, case: Case, *, at: datetime) -> Standing:
    """The head of the drafting department answers for the content (Decree 30/2020 art. 12)."""
    return require(
        by,
        Capability.PROPOSE,
        case.document.department,
        _("Only the head of the drafting department proposes this paper."),
        at=at,
    )


def check_can_receive_return(by: User, case: Case, *, at: datetime) -> Standing:
    """What comes back goes to the head of the drafting department (Decree 30/2020 art. 10)."""
    return require(
        by,
        Capability.RECEIVE_RETURN,
        case.document.department,
        _("A returned paper is handed on by the head of the drafting department."),
        at=at,
    )


def check_can_withdraw(by: User, case: Case, *, at: datetime) -> Standing:
    """The proposer may withdraw before signing."""
    return require(
        by,
        Capability.WITHDRAW,
        case.document.department,
        _("Only the head of the drafting department withdraws this paper."),
        at=at,
    )


def check_can_open_round(by: User, case: Case, *, at: datetime) -> Standing:
    """The committee's secretary checks completeness and asks the committee."""
    return require(
        by,
        Capability.OPEN_ROUND,
        committee_of(case.document.office),
        _("Only the secretary of the ISO committee opens a round of opinions."),
        at=at,
    )


def check_can_close_round(by: User, round: ReviewRound, *, at: datetime) -> Standing:
    """Whoever may open a round may close it."""
    return check_can_open_round(by, round.case, at=at)


def check_can_give_opinion(by: User, round: ReviewRound, *, at: datetime) -> Standing:
    """A reviewer named in the round, who still sits on the committee."""
    standing = require(
        by,
        Capability.GIVE_OPINION,
        committee_of(round.case.document.office),
        _("Only members of the ISO committee are asked for an opinion."),
        at=at,
    )
    if not round.opinions.filter(reviewer=by).exists():
        raise NotPermitted(
            _("This round asks other members; the secretary chose them when it was opened.")
        )
    return standing


def check_is_asked(by: User, opinion: Opinion) -> None:
    """An answer is given by the member it was asked of."""
    if opinion.reviewer_id != by.pk:
        raise NotPermitted(_("This form was made for another member of the committee."))


def check_can_conclude(by: User, case: Case, *, at: datetime) -> Standing:
    """The head of the committee concludes; nobody who answered in the round does."""
    standing = require(
        by,
        Capability.CONCLUDE,
        committee_of(case.document.office),
        _("Only the head of the ISO committee concludes."),
        at=at,
    )
    latest = case.rounds.order_by("-ordinal").first()
    if latest is not None and latest.opinions.filter(reviewer=by, given_at__isnull=False).exists():
        raise NotPermitted(
            _("Nobody decides twice in one round: this account already gave an opinion in it.")
        )
    return standing


def check_can_check_form(by: User, case: Case, *, at: datetime) -> Standing:
    """The Chief of Office checks form and law before signing (Decree 30/2020 art. 12)."""
    return require(
        by,
        Capability.CHECK_FORM,
        case.document.office,
        _("Only the Chief of Office checks a paper before signing."),
        at=at,
    )


def check_can_sign(by: User, case: Case, *, at: datetime) -> Standing:
    """The chairman, or the vice-chairman of the field; never who drafted (`architecture` §4)."""
    office = case.document.office
    standing = require(
        by,
        Capability.SIGN,
        office,
        _("Only the Chairman or the Vice-Chairman in charge signs for the office."),
        at=at,
    )
    _check_separation(by, case)
    if standing.role == Role.CHAIRMAN:
        return standing
    if case.referred_at is not None:
        raise NotPermitted(
            _("This paper was referred up: the Chairman decides."),
            advice=_who_may(Capability.REFER_TO, office, at=at),
        )
    if case.document.field_of_work not in standing.fields_of_work:
        raise NotPermitted(
            _("This field of work is assigned to another Vice-Chairman."),
            advice=_("Who may: the Vice-Chairman in charge of the field, or the Chairman."),
        )
    return standing


def check_can_refer(by: User, case: Case, *, at: datetime) -> Standing:
    """A vice-chairman may pass the decision up; the chairman has nobody above in the office."""
    standing = check_can_sign(by, case, at=at)
    if standing.role == Role.CHAIRMAN:
        raise NotPermitted(_("The Chairman decides himself: sign, or return with a reason."))
    return standing


def _check_separation(by: User, case: Case) -> None:
    document = case.document
    if (
        by.pk in {document.author_id, case.drafter_id}
        or document.revisions.filter(saved_by=by).exists()
    ):
        raise NotPermitted(
            _("Whoever drafted a paper does not sign it."),
            advice=_("Another competent signatory signs, or the paper is referred up."),
        )


def check_can_register(by: User, case: Case, *, at: datetime) -> Standing:
    """The records clerk numbers in person, and is not the signatory (Decree 30/2020 art. 15)."""
    return _check_clerk(by, case, Capability.REGISTER, at=at)


def check_can_issue(by: User, case: Case, *, at: datetime) -> Standing:
    """The records clerk keeps the seal, and is not the signatory (Decree 30/2020 art. 32)."""
    return _check_clerk(by, case, Capability.ISSUE, at=at)


def _check_clerk(by: User, case: Case, capability: Capability, *, at: datetime) -> Standing:
    standing = require(
        by,
        capability,
        case.document.office,
        _("Only the records clerk numbers, seals and issues."),
        at=at,
    )
    signature = getattr(case.revision, "signature", None)
    if signature is not None and signature.signatory_id == by.pk:
        raise NotPermitted(_("Whoever signed a paper does not seal it."))
    return standing


def check_can_do_duty(by: User, duty: Duty, *, at: datetime) -> Standing:
    """A duty belongs to whoever holds its capability in the office."""
    return require(
        by,
        Capability(duty.capability),
        duty.office,
        _("This duty belongs to another post."),
        at=at,
    )


# Who acts at a node of the flow: the desk, the page and the act ask the same function.
OF_NODE: dict[str, Check] = {
    "propose": check_can_propose,
    "rework": check_can_submit,
    "open_round": check_can_open_round,
    "conclude": check_can_conclude,
    "check_form": check_can_check_form,
    "sign": check_can_sign,
    "register": check_can_register,
    "issue": check_can_issue,
    "receive_return": check_can_receive_return,
}
