"""After a return: the specialist reads why, mends the draft, and sends the new version on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import papers
from documents.content.redline import redline
from documents.models import WorkingCopy
from workflows import policies
from workflows.forms.reworking import KeepForm, ResubmitForm
from workflows.models import KeptUptakes
from workflows.selectors import remarks
from workflows.services import submitting, uptaking
from workflows.views.tasks.changes import difference
from workflows.views.tasks.steps import Act, Facts, Step, by_case

if TYPE_CHECKING:
    from documents.models import Revision
    from workflows.views.tasks.turn import Turn


def newest(turn: Turn) -> Revision:
    """Give the version saved last; it may be the one that came back."""
    saved: Revision | None = turn.document.revisions.newest_first().first()
    return saved or turn.revision


def newest_digest(turn: Turn) -> str:
    """The content that would be sent: the version saved last."""
    return turn.once(newest).content_digest


def shown(turn: Turn) -> Facts:
    """Give the reason of the return, what was changed since, and why it cannot be sent yet."""
    latest = turn.once(newest)
    changed = None
    if latest.pk != turn.revision.pk:
        passages = redline(turn.content, papers.content_of(latest))
        changed = difference(passages, old=turn.revision.ordinal, new=latest.ordinal)
    return {
        "last_return": turn.last_return,
        "latest": latest,
        "since_return": changed,
        "not_ready": not_ready(turn, latest),
    }


def not_ready(turn: Turn, latest: Revision) -> str:
    """Say why there is nothing to send yet, as the use case would refuse it; empty when ready."""
    if latest.amendment is not None:
        return _("There is no new version to submit; save a version first.")
    if WorkingCopy.objects.get(document=turn.document).text != latest.text:
        return _("The working copy has changes that no version holds.")
    return ""


def to_answer(turn: Turn) -> Facts:
    """Give the remarks that wait for an answer, and the places of the version that would be sent."""
    open_remarks = remarks.open_for(turn.case)
    places = papers.places(papers.content_of(turn.once(newest))) if open_remarks else {}
    kept = KeptUptakes.objects.filter(revision=turn.revision).first() if open_remarks else None
    return {"remarks": open_remarks, "places": places, "kept": kept}


def resubmit(turn: Turn, form: ResubmitForm) -> object:
    """Send the newest version to the head of department, with what became of the remarks."""
    return submitting.resubmit(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        uptakes=form.uptakes(),
        by=turn.by,
        at=turn.at,
    )


def keep(turn: Turn, form: KeepForm) -> object:
    """Keep the table as far as it is filled."""
    return uptaking.keep_uptakes(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        uptakes=form.uptakes(),
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="rework",
    template="tasks/rework.html",
    check=by_case(policies.check_can_submit),
    acts=(
        Act("trinh-lai", ResubmitForm, resubmit, made_of=to_answer, digest=newest_digest),
        Act("luu-bang", KeepForm, keep, made_of=to_answer, digest=newest_digest),
    ),
    shown=shown,
)
