"""Acts outside the graph, each after the act of somebody else that it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from documents.models import Kind
from documents.services import letters
from documents.services.letters import Wish
from tests.forms import WHY, on
from workflows import engine
from workflows.services import commenting, returning, sitting, submitting, taking_back, urgent
from workflows.services.acts import Ticket
from workflows.services.sitting import Sheet

if TYPE_CHECKING:
    from documents.models import Signature
    from tests.acting_on_drafts import Act
    from tests.builders import Example

Making = Callable[["Example"], "Act"]


def take_back(name: str, username: str, send: Making) -> Making:
    """Take back what somebody has just sent on."""

    def sent(example: Example) -> Act:
        send(example)()
        return on(example, name, username, taking_back.take_back, reason="Gửi nhầm.")

    return sent


def take_submission_back(submit: Making) -> Making:
    """Take a new paper back that was just submitted."""

    def sent(example: Example) -> Act:
        case = submit(example)()
        by, at = example.people["cv-noivu"], example.now
        (task,) = engine.open_tasks([case.pk])
        ticket = Ticket(task.pk, case.revision.content_digest, uuid4())
        return lambda: taking_back.take_back(case_id=case.pk, ticket=ticket, by=by, at=at)

    return sent


def sign_each(check_form: Making) -> Making:
    """Sign the procedure of control, just checked, in a sitting."""

    def sat(example: Example) -> Act:
        check_form(example)()
        name, by, at = "control procedure", example.people["chutich"], example.now
        sheet = Sheet(example.case(name).pk, example.ticket(name))

        def sit() -> Signature:
            (result,) = sitting.sign_each(
                sheets=[sheet], password=settings.DEMO_PASSWORD, by=by, at=at
            )
            if result.refused is not None:
                raise result.refused
            assert result.signature is not None
            return result.signature

        return sit

    return sat


def take_round_back(open_round: Making) -> Making:
    """Take a round back that was just opened."""

    def sent(example: Example) -> Act:
        round_ = open_round(example)()
        by, at = example.people["thuky-iso"], example.now
        ticket = Ticket(round_.task_id, round_.content_digest, uuid4())
        return lambda: taking_back.take_back(
            case_id=round_.case_id, ticket=ticket, reason="Thiếu người.", by=by, at=at
        )

    return sent


def recall_signature(sign: Making) -> Making:
    """Take the signature on the policy of 2024 back, before its number."""

    def signed(example: Example) -> Act:
        sign(example)()
        return on(example, "policy 2024", "pct-kinhte", returning.recall_signature, reason=WHY)

    return signed


PUT_FIRST = "survey procedure"


def put_urgently(example: Example) -> Act:
    """Ask that the procedure of surveys go before the committee is heard."""
    return on(
        example, PUT_FIRST, "tp-kinhte", submitting.propose,
        text="Kính trình.", urgency="urgent", urgent_because=WHY,
    )  # fmt: skip


def allow_urgent(example: Example) -> Act:
    """Let it go first."""
    put_urgently(example)()
    return on(
        example, PUT_FIRST, "pct-kinhte", urgent.allow_urgent,
        reason=WHY, legal_basis="Điều 12 Quy chế làm việc",
    )  # fmt: skip


def decline_urgent(example: Example) -> Act:
    """Have the committee heard first."""
    put_urgently(example)()
    return on(example, PUT_FIRST, "pct-kinhte", urgent.decline_urgent, reason=WHY)


def begin_letter(example: Example) -> Act:
    """Begin a notice that recalls 1073/QĐ-CT."""
    paper, at = example.paper("1073/QĐ-CT"), example.now
    wish = Wish(Kind.NOTICE, reason="Ban hành trùng.")
    by = example.people["cv-noivu"]
    return lambda: letters.begin_letter(about=paper, wish=wish, by=by, at=at)


def ask_comment(example: Example) -> Act:
    """Ask a specialist for advice on the policy of 2024, before signing it."""
    return on(
        example, "policy 2024", "pct-kinhte", commenting.ask_comment,
        of=example.people["cv-tuphap"], question="Có khả thi không?",
    )  # fmt: skip


def give_comment(example: Example) -> Act:
    """Give that advice."""
    comment = ask_comment(example)()
    by, at = example.people["cv-tuphap"], example.now
    ticket = Ticket(0, comment.content_digest, uuid4())
    return lambda: commenting.give_comment(
        comment=comment, ticket=ticket, text="Khả thi.", by=by, at=at
    )
