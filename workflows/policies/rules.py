"""Who does which step: the capability, the sentence for all others, and what bars even a holder.

A rule asks of a case only what `Facts` tells, so that it answers alike for one case, read when it
asks, and for many, read beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.signing import may_bear
from offices.roles import Capability, Role

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from offices.selectors import Holder, Standing
    from workflows.models import Case


class Facts(Protocol):
    """What a rule asks about one person and one case besides the grant."""

    @property
    def by_id(self) -> int:
        """The person's key."""

    @property
    def drafter_still_drafts(self) -> bool:
        """Whether the one who reworks the case's paper may still draft in its department."""

    def drafted(self, user_id: int) -> bool:
        """Whether somebody, the person or whom they act for, wrote on the paper."""

    def answered(self, user_id: int) -> bool:
        """Whether somebody, the person or whom they act for, answered in the latest round."""

    @property
    def has_a_voice(self) -> frozenset[int]:
        """Who of the latest round is asked in person, or has answered for another."""

    def asks(self, user_id: int) -> bool:
        """Whether an opinion of the latest round (the one at hand) was asked of somebody."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a granted act is barred all the same; `ask` says where the advice names who may."""

    sentence: str
    advice: str = ""
    ask: Capability | None = None


Narrow = Callable[["Standing", "Case", Facts], "Bar | None"]
# Whether somebody who holds the capability may use it in this case, for the words "who may".
Names = Callable[["Case", "Holder"], bool]


def _nothing(standing: Standing, case: Case, facts: Facts) -> Bar | None:
    return None


def _every_holder(case: Case, holder: Holder) -> bool:
    return True


def _decides_this(case: Case, holder: Holder) -> bool:
    """The chairman, and the vice-chairman of the field until the paper is referred up."""
    appointment = holder.appointment
    if appointment.post.role == Role.CHAIRMAN:
        return True
    in_charge = case.document.field_of_work in appointment.fields_of_work
    return in_charge and case.referred_at is None


@dataclass(frozen=True, slots=True)
class Rule:
    """Who does a step: the capability, the sentence for all others, and what bars even a holder."""

    capability: Capability
    sentence: str | Promise
    bar: Narrow = _nothing
    names: Names = _every_holder

    def settle(
        self, standings: Iterable[Standing], case: Case, facts: Facts
    ) -> Standing | Bar | None:
        """Give the first footing on which nothing bars the act, else the first bar.

        None where there is no footing at all. Own posts come before delegated ones.
        """
        first: Bar | None = None
        for standing in standings:
            barred = self.bar(standing, case, facts)
            if barred is None:
                return standing
            first = first or barred
        return first


def _reworked_by_another(standing: Standing, case: Case, facts: Facts) -> Bar | None:
    if case.drafter_id == facts.by_id or not facts.drafter_still_drafts:
        return None
    return Bar(
        _("The head of the department gave this paper to %(name)s for rework.")
        % {"name": case.drafter.display_name}
    )


def _not_asked(standing: Standing, case: Case, facts: Facts) -> Bar | None:
    if facts.asks(facts.by_id):
        return None
    if standing.principal_id is not None:
        return _not_asked_for_another(standing.principal_id, case, facts)
    if facts.by_id in facts.has_a_voice:
        return Bar(_("This form was made for another member of the committee."))
    return Bar(_("This round asks other members; the secretary chose them when it was opened."))


def _not_asked_for_another(principal_id: int, case: Case, facts: Facts) -> Bar | None:
    """An absent member's form is answered by who stands in, unless that one has a voice already."""
    barred = bar_for_the_absent(case, facts.by_id, has_a_voice=facts.by_id in facts.has_a_voice)
    if barred is not None or facts.asks(principal_id):
        return barred
    return Bar(_("This form was made for another member of the committee."))


def bar_for_the_absent(case: Case, by_id: int, *, has_a_voice: bool) -> Bar | None:
    """Say why somebody may not answer in the place of a colleague or member who is away."""
    if by_id in {case.document.author_id, case.drafter_id}:
        return Bar(_("Whoever drafted the paper is not asked for an opinion on it."))
    return _voice_of_their_own() if has_a_voice else None


def _voice_of_their_own() -> Bar:
    return Bar(
        _("Nobody decides twice in one round: this account has a voice of its own in it."),
        advice=_("The secretary may give the form to somebody else."),
    )


def _decides_twice(standing: Standing, case: Case, facts: Facts) -> Bar | None:
    if not any(facts.answered(key) for key in standing.hands):
        return None
    return Bar(_("Nobody decides twice in one round: this account already gave an opinion in it."))


def _not_theirs_to_sign(standing: Standing, case: Case, facts: Facts) -> Bar | None:
    # Through a delegation too: nobody hands on what he may not do himself on this paper.
    drafters = {case.document.author_id, case.drafter_id}
    if standing.hands & drafters or any(facts.drafted(key) for key in standing.hands):
        return Bar(
            _("Whoever drafted a paper does not sign it."),
            advice=_("Another competent signatory signs, or the paper is referred up."),
        )
    mode = standing.signing_mode
    if mode is None:
        return _no_mode(standing)
    if not may_bear(case.document.authority_kind, mode):
        return Bar(
            _("What the People's Committee decides as a body is not signed TL. or TUQ."),
            advice=_("The Chairman signs, or a Vice-Chairman in his place."),
        )
    return _outside_the_fields(standing, case)


def _no_mode(standing: Standing) -> Bar:
    """Say why a right that was handed over makes nobody a signatory; a false block is worse."""
    return Bar(
        _("A right to sign received from %(name)s needs a post that may bear it.")
        % {"name": standing.on_behalf_of or standing.post_title},
        advice=_(
            "A deputy signs KT.; TL. and TUQ. come from the Chairman to heads of units "
            "(Decree 30/2020 art. 13)."
        ),
    )


def _outside_the_fields(standing: Standing, case: Case) -> Bar | None:
    if standing.role != Role.CHAIRMAN and case.referred_at is not None:
        return Bar(_("This paper was referred up: the Chairman decides."), ask=Capability.REFER_TO)
    if standing.covers_every_field or case.document.field_of_work in standing.fields_of_work:
        return None
    if standing.delegation_id is not None:
        return Bar(
            _("This field of work is not among those handed over by %(name)s.")
            % {"name": standing.on_behalf_of}
        )
    return Bar(
        _("This field of work is assigned to another Vice-Chairman."),
        advice=_("Who may: the Vice-Chairman in charge of the field, or the Chairman."),
    )


def _not_theirs_to_refer(standing: Standing, case: Case, facts: Facts) -> Bar | None:
    barred = _not_theirs_to_sign(standing, case, facts)
    if barred is None and standing.role == Role.CHAIRMAN:
        return Bar(_("The Chairman decides himself: sign, or return with a reason."))
    return barred


def _signed_it(standing: Standing, case: Case, facts: Facts) -> Bar | None:
    signature = getattr(case.revision, "signature", None)
    if signature is None:
        return None
    signed = {signature.signatory_id, signature.standing.get("principal_id")}
    if not standing.hands & signed:
        return None
    return Bar(_("Whoever signed a paper does not seal it."))


def _another_signed(standing: Standing, case: Case, facts: Facts) -> Bar | None:
    signature = getattr(case.revision, "signature", None)
    if signature is not None and signature.signatory_id == facts.by_id:
        return None
    return Bar(_("Only whoever signed the paper takes the signature back."))


# Rework is handed in by a specialist of the department; after a return, whom the head assigned.
SUBMIT = Rule(
    Capability.DRAFT,
    gettext_lazy("Only a specialist of the drafting department submits this paper."),
    _reworked_by_another,
)
PROPOSE = Rule(
    Capability.PROPOSE,
    gettext_lazy("Only the head of the drafting department proposes this paper."),
)
RECEIVE_RETURN = Rule(
    Capability.RECEIVE_RETURN,
    gettext_lazy("A returned paper is handed on by the head of the drafting department."),
)
WITHDRAW = Rule(
    Capability.WITHDRAW,
    gettext_lazy("Only the head of the drafting department withdraws this paper."),
)
OPEN_ROUND = Rule(
    Capability.OPEN_ROUND,
    gettext_lazy("Only the secretary of the ISO committee opens a round of opinions."),
)
# Who was chosen by name from outside the committee answers on the post held, without a grant.
CONSULTED = gettext_lazy("Only whom the secretary asked by name answers here.")
GIVE_OPINION = Rule(
    Capability.GIVE_OPINION,
    gettext_lazy("Only members of the ISO committee are asked for an opinion."),
    _not_asked,
)
CONCLUDE = Rule(
    Capability.CONCLUDE,
    gettext_lazy("Only the head of the ISO committee concludes."),
    _decides_twice,
)
CHECK_FORM = Rule(
    Capability.CHECK_FORM,
    gettext_lazy("Only the Chief of Office checks a paper before signing."),
)
_SIGNATORIES = gettext_lazy(
    "Only the Chairman or the Vice-Chairman in charge signs for the office."
)
SIGN = Rule(Capability.SIGN, _SIGNATORIES, _not_theirs_to_sign, _decides_this)
# Whoever is to sign lets an urgent paper go first: the decision is that of the signature.
ALLOW_URGENT = Rule(
    Capability.SIGN,
    gettext_lazy("Only who is to sign lets an urgent paper go before the committee is heard."),
    _not_theirs_to_sign,
    _decides_this,
)
ANSWER_REFUSAL = Rule(
    Capability.SIGN,
    gettext_lazy("Only who signs for the office answers what the committee did not confirm."),
    _not_theirs_to_sign,
    _decides_this,
)
REFER = Rule(Capability.SIGN, _SIGNATORIES, _not_theirs_to_refer, _decides_this)
_CLERK = gettext_lazy("Only the records clerk numbers, seals and issues.")
REGISTER = Rule(Capability.REGISTER, _CLERK, _signed_it)
ISSUE = Rule(Capability.ISSUE, _CLERK, _signed_it)

# Who acts at a node of the flow: the desk asks the rule, the page and the act its check.
RULE_OF_NODE: dict[str, Rule] = {
    "propose": PROPOSE,
    "allow_urgent": ALLOW_URGENT,
    "answer_refusal": ANSWER_REFUSAL,
    "rework": SUBMIT,
    "open_round": OPEN_ROUND,
    "opinion": GIVE_OPINION,
    "conclude": CONCLUDE,
    "check_form": CHECK_FORM,
    "sign": SIGN,
    "register": REGISTER,
    "issue": ISSUE,
    "receive_return": RECEIVE_RETURN,
}

# Who takes back what they sent on, by the use case that sent it: whoever may still do it. An act
# that is not here decides something, and is answered by another act (ADR 0025).
TAKES_BACK: dict[str, Rule] = {
    "submit": SUBMIT,
    "resubmit": SUBMIT,
    "propose": PROPOSE,
    "check_form": CHECK_FORM,
    # The referral itself bars the vice-chairman from the paper, not from thinking again.
    "refer": Rule(Capability.SIGN, _SIGNATORIES),
    "assign_rework": RECEIVE_RETURN,
    # People have been asked, but while none has answered nothing is lost by asking anew (ADR 0033).
    "open_round": OPEN_ROUND,
}
RECALL_SIGNATURE = Rule(Capability.SIGN, _SIGNATORIES, _another_signed)
