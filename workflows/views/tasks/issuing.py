"""Step 10, Phát hành: seal, copies, recipients, and what the issue does to other papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.services.issuing import effective_day, last_effective_day
from offices.dates import local_day
from workflows import policies
from workflows.forms.issuing import GiveUpForm, IssueForm
from workflows.services import issuing
from workflows.views.tasks.returning import RETURN
from workflows.views.tasks.steps import Act, Facts, Step, by_case, with_reason

if TYPE_CHECKING:
    from documents.content.tree import Recipient
    from workflows.views.tasks.turn import Turn


@dataclass(frozen=True, slots=True)
class Addressee:
    """One line of "Nơi nhận"; "Như Điều n" is spelled out with those whom that article names."""

    recipient: Recipient
    executors: tuple[str, ...]


def addressees(turn: Turn) -> list[Addressee]:
    """Give the recipients as printed, with the executors behind a reference to their article."""
    content = turn.content
    return [
        Addressee(one, content.executors if one.kind == "executors" else ())
        for one in content.recipients
    ]


def suggested(turn: Turn) -> Facts:
    """Propose one copy for each addressee and one for the archive."""
    copies = sum(max(len(one.executors), 1) for one in addressees(turn))
    return {"copies": copies + 1}


def shown(turn: Turn) -> Facts:
    """Give the addressees, the day of effect, what it does to others, and the sheets."""
    dated_on = turn.document.dated_on or local_day(turn.at)
    effective_on = effective_day(turn.content, dated_on=dated_on)
    return {
        "addressees": addressees(turn),
        "archive": turn.content.archive,
        "effective_on": effective_on,
        "effective_until": last_effective_day(turn.content, dated_on=dated_on),
        "reaches_back": effective_on < dated_on,
        "for_the_portal": any(one.kind == "publish" for one in turn.content.recipients),
        "sheets": turn.sheets(),
    }


def issue(turn: Turn, form: IssueForm) -> object:
    """Seal and issue."""
    return issuing.seal_and_issue(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        copies=form.cleaned_data["copies"],
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="issue",
    template="tasks/issue.html",
    check=by_case(policies.check_can_issue),
    acts=(
        Act("phat-hanh", IssueForm, issue, initial=suggested),
        Act("bo-so", GiveUpForm, with_reason(issuing.give_number_up)),
        RETURN,
    ),
    shown=shown,
)
