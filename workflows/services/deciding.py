"""Steps 7 and 8: the check before signing, the signature, and referring up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import lifecycle
from documents.models import Signature
from documents.models.papers import LETTERS
from documents.numbering import routing_slips_of
from documents.services import registers, stages
from documents.signing import signature_block
from offices import bodies
from offices.dates import local_day
from workflows import policies
from workflows.checklists import CONTENT_POINTS, FORM_POINTS, missing_points
from workflows.exceptions import BadInput
from workflows.models import FormCheck, Referral
from workflows.services.acts import Ticket, acting
from workflows.services.confirming import confirm
from workflows.services.urgent import waiver_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from offices.models import User
    from workflows.models import Case


def check_form(
    *,
    case_id: int,
    ticket: Ticket,
    content_points: Mapping[str, bool],
    form_points: Mapping[str, bool],
    text: str = "",
    by: User,
    at: datetime,
) -> FormCheck:
    """Record thẩm tra and the check of form, and make the Phiếu trình to the signatory.

    Both lists must be answered whole and every point must hold (Decree 30/2020 art. 12): a point
    that does not hold is a reason to return the paper.
    """
    _require_all(CONTENT_POINTS, content_points)
    _require_all(FORM_POINTS, form_points)
    with acting(
        "check_form",
        case_id=case_id,
        ticket=ticket,
        node="check_form",
        check=policies.check_can_check_form,
        by=by,
        at=at,
    ) as act:
        revision, office = act.case.revision, act.case.document.office
        stages.move(revision, move_of(act.case))
        series = routing_slips_of(bodies.office_secretariat(office).code)
        _register, number = registers.next_number(office=office, series=series, on=local_day(at))
        written, symbol = series.written(number)
        checked = FormCheck.objects.create(
            case=act.case,
            revision=revision,
            content_digest=revision.content_digest,
            content_points=dict(content_points),
            form_points=dict(form_points),
            number=written,
            symbol=symbol,
            text=text.strip(),
            by=by,
            at=at,
            standing=act.basis,
        )
        act.record(
            "paper.checked",
            details={"slip": checked.cited_as},
            disclose={"text": checked.text} if checked.text else None,
        )
        act.complete("passed")
    return checked


def move_of(case: Case) -> lifecycle.Move:
    """Give the move of the check: after the committee, or without it where it is not asked first."""
    if case.document.kind in LETTERS:
        return lifecycle.CHECK_LETTER
    urgent_path = waiver_of(case.revision) is not None
    return lifecycle.CHECK_URGENT if urgent_path else lifecycle.CHECK


def _require_all(points: Mapping[str, object], given: Mapping[str, bool]) -> None:
    missing = missing_points(points, given)
    if missing:
        raise BadInput(
            _("%(count)s points of the check do not hold or are not answered.")
            % {"count": len(missing)},
            advice=_("Answer every point; where one does not hold, return the paper."),
            facts={"missing": missing},
        )


def sign(*, case_id: int, ticket: Ticket, password: str, by: User, at: datetime) -> Signature:
    """Confirm, by re-entered password, that this content is signed in the generated capacity.

    The confirmation binds to the digest shown; it is not a digital signature and says so. The
    password is verified before the transaction, as slow work is, and is never kept.
    """
    confirm(by, password=password)
    return sign_confirmed(case_id=case_id, ticket=ticket, by=by, at=at)


def sign_confirmed(
    *,
    case_id: int,
    ticket: Ticket,
    also: Callable[[Case], None] | None = None,
    by: User,
    at: datetime,
) -> Signature:
    """Sign one paper for whoever has confirmed by password; `also` may refuse it under the lock."""
    with acting(
        "sign",
        case_id=case_id,
        ticket=ticket,
        node="sign",
        check=policies.check_can_sign,
        by=by,
        at=at,
    ) as act:
        case, standing = act.case, act.standing
        if also is not None:
            also(case)
        mode = standing.signing_mode
        if mode is None:  # the policy has refused it in words
            raise ValueError(f"{standing.role} signs in no mode")
        stages.move(case.revision, lifecycle.SIGN)
        signature = Signature.objects.create(
            revision=case.revision,
            signatory=by,
            signatory_name=by.display_name,
            mode=mode.value,
            on_behalf_of=standing.on_behalf_of or "",
            block=list(signature_block(case.document.authority_kind, mode, standing.own_lines)),
            method=Signature.Method.CONFIRMATION,
            content_digest=case.revision.content_digest,
            signed_at=at,
            standing=act.basis,
        )
        act.record("paper.signed", details={"method": signature.method, "mode": mode.value})
        act.complete("signed")
    return signature


def refer(*, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime) -> Referral:
    """Pass the decision up to the chairman; the content and every earlier decision stand."""
    if not reason.strip():
        raise BadInput(_("Say why the Chairman decides; the reason goes up with the paper."))
    with acting(
        "refer",
        case_id=case_id,
        ticket=ticket,
        node="sign",
        check=policies.check_can_refer,
        by=by,
        at=at,
    ) as act:
        act.case.referred_at = at
        act.case.save(update_fields=["referred_at"])
        referral = Referral.objects.create(
            case=act.case,
            revision=act.case.revision,
            task_id=act.task.pk,
            reason=reason.strip(),
            by=by,
            at=at,
            standing=act.basis,
        )
        act.record("paper.referred", disclose={"reason": referral.reason})
        act.complete("referred")
    return referral
