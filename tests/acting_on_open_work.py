"""Open work that changes hands, brought in the example to where it can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from offices import services
from offices.models import Appointment
from offices.parties import INSTALLATION
from offices.roles import Role
from tests.acting_on_drafts import a_draft
from workflows.services import reassigning

if TYPE_CHECKING:
    from offices.models import User
    from tests.acting_on_drafts import Act
    from tests.builders import Example

WHY = "Nghỉ phép dài ngày."


def another_specialist(example: Example) -> User:
    """Somebody who drafts for Phòng Nội vụ besides its one specialist."""
    post = Appointment.objects.get(user=example.people["cv-noivu"]).post
    user = example.people["cv-tuphap"]
    services.appoint(user=user, post=post, begins_on=example.today, by=INSTALLATION, at=example.now)
    return user


def reassign_opinion(example: Example, username: str = "tbp-tiepnhan") -> Act:
    """Ask somebody else instead of the head of Phòng Tư pháp, who has not answered."""
    return _about_a_form(example, reassigning.reassign_opinion, to=example.people[username])


def excuse_reviewer(example: Example) -> Act:
    """Ask the head of Phòng Tư pháp no more, who has left the committee."""
    for seat in Appointment.objects.filter(
        user=example.people["tp-tuphap"], post__role=Role.COMMITTEE_MEMBER, ends_on=None
    ):
        services.end_appointment(seat, ends_on=example.today, by=INSTALLATION, at=example.now)
    return _about_a_form(example, reassigning.excuse_reviewer)


def _about_a_form(example: Example, use_case, **more) -> Act:  # type: ignore[no-untyped-def]
    name = "economy objectives"
    given = {
        "case_id": example.case(name).pk,
        "ticket": example.ticket(name, of=example.people["tp-tuphap"]),
        "reason": WHY,
        "by": example.people["thuky-iso"],
        "at": example.now,
        **more,
    }
    return lambda: use_case(**given)


def hand_over_draft(example: Example) -> Act:
    """Give a draft to another specialist of the department."""
    paper, to = a_draft(example), another_specialist(example)
    by, at, key = example.people["cv-noivu"], example.now, uuid4()
    return lambda: reassigning.hand_over_draft(
        document=paper, to=to, reason=WHY, key=key, by=by, at=at
    )


def reassign_rework(example: Example) -> Act:
    """Give the returned audit plan to another specialist than it was given to."""
    (task,) = example.open_tasks("audit plan")
    assert task.flow_task.name == "rework", "hand it on first"
    to, by, at = another_specialist(example), example.people["tp-noivu"], example.now
    ticket, case_id = example.ticket("audit plan"), example.case("audit plan").pk
    return lambda: reassigning.reassign_rework(
        case_id=case_id, ticket=ticket, to=to, reason=WHY, by=by, at=at
    )
