"""The urgent path: the signatory decides whether a paper goes before the committee is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import papers
from documents.content.hearing import says_committee_was_heard
from documents.models import AuthorityKind
from documents.models.papers import LETTERS
from workflows import policies
from workflows.deadlines import ORDINARY
from workflows.exceptions import BadInput
from workflows.models import Waiver
from workflows.services.acts import Ticket, acting

if TYPE_CHECKING:
    from datetime import datetime

    from documents.models import Document, Revision
    from offices.models import User

LONGEST_BASIS = 300


def refuse_unfit(document: Document, revision: Revision, *, urgency: str) -> None:
    """Refuse the urgent path where the law or the text leaves none; `urgency` is the level proposed.

    A paper of the People's Committee itself is voted on by its members, which no signatory waives.
    """
    if document.kind in LETTERS:
        raise BadInput(_("A letter about an issued paper asks no committee; propose it as usual."))
    if urgency == ORDINARY:
        raise BadInput(
            _("Only an urgent paper goes before the committee is heard; choose its urgency.")
        )
    if document.authority_kind == AuthorityKind.COMMITTEE:
        raise BadInput(
            _("A paper of the People's Committee's own authority is voted on by its members first.")
        )
    if says_committee_was_heard(papers.content_of(revision)):
        raise BadInput(
            _("The preamble says that the committee proposed it or was heard, and it will not be."),
            advice=_("Return the paper: the recital names the head of department instead."),
        )


def allow_urgent(
    *, case_id: int, ticket: Ticket, reason: str, legal_basis: str, by: User, at: datetime
) -> Waiver:
    """Let an urgent paper go to the check and the signature; the committee is heard after the issue.

    Bound to the content shown: a new revision is put anew. Needs why it cannot wait, and the
    clause that permits it.
    """
    if not legal_basis.strip():
        raise BadInput(_("Name the clause of the working regulation that permits this."))
    if len(legal_basis.strip()) > LONGEST_BASIS:
        raise BadInput(
            _("The clause is named in at most %(most)s letters.") % {"most": LONGEST_BASIS}
        )
    return _decide(
        case_id=case_id,
        ticket=ticket,
        reason=reason,
        legal_basis=legal_basis.strip(),
        by=by,
        at=at,
    )


def decline_urgent(*, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime) -> Waiver:
    """Decide that the committee is heard first: the paper goes to its secretary, as usual."""
    return _decide(case_id=case_id, ticket=ticket, reason=reason, legal_basis="", by=by, at=at)


def _decide(
    *, case_id: int, ticket: Ticket, reason: str, legal_basis: str, by: User, at: datetime
) -> Waiver:
    if not reason.strip():
        raise BadInput(_("Say why; the reason stays in the file of the paper."))
    allowed = bool(legal_basis)
    with acting(
        "allow_urgent",
        case_id=case_id,
        ticket=ticket,
        node="allow_urgent",
        check=policies.check_can_allow_urgent,
        by=by,
        at=at,
    ) as act:
        waiver = Waiver.objects.create(
            case=act.case,
            revision=act.case.revision,
            content_digest=act.case.revision.content_digest,
            allowed=allowed,
            reason=reason.strip(),
            legal_basis=legal_basis,
            by=by,
            at=at,
            standing=act.basis,
        )
        words = {"reason": waiver.reason}
        if allowed:
            words["basis"] = legal_basis
        act.record("paper.let_go_first" if allowed else "paper.to_be_heard_first", disclose=words)
        act.complete("allowed" if allowed else "declined")
    return waiver


def waiver_of(revision: Revision) -> Waiver | None:
    """Give the decision that lets this content go first; None where the committee is heard first."""
    waiver: Waiver | None = getattr(revision, "waiver", None)
    return waiver if waiver is not None and waiver.allowed else None
