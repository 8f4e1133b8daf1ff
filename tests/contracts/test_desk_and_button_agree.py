"""The desk and the button ask one rule: whoever sees a task may do it, whoever may do it sees it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from offices import services
from offices.models import Appointment, Delegation, User
from offices.parties import INSTALLATION
from offices.roles import Capability, Role
from tests.acting_on_detours import put_urgently
from tests.cast import Person
from workflows import engine, policies
from workflows.exceptions import NotPermitted
from workflows.models import Case, Opinion

if TYPE_CHECKING:
    from tests.builders import Example

# Between them the two mornings have something waiting at every step.
FIRST = {"propose", "open_round", "opinion", "conclude", "check_form", "sign", "register"}
LATER = {"allow_urgent", "rework", "receive_return", "opinion", "sign", "register", "issue"}


def test_on_the_first_morning(example):
    assert_they_agree(example, nodes=FIRST)


def test_at_every_node_with_delegations_and_a_drafter_who_left(example):
    everybody_moves_on(example)
    assert_they_agree(example, nodes=LATER)


def test_when_a_drafter_left_any_specialist_of_the_department_reworks(example):
    everybody_moves_on(example)
    newcomer = a_second_specialist(example)
    assert "Kế hoạch đánh giá" not in " ".join(example_desk(newcomer).values())
    leave(example, "cv-noivu")
    assert "Kế hoạch đánh giá" in " ".join(example_desk(newcomer).values())
    assert_they_agree(example, nodes=LATER)


def assert_they_agree(example: Example, *, nodes: set[str]) -> None:
    """Compare every person's desk with what the checks say of every open task."""
    cases = list(Case.objects.filter(ended_at__isnull=True))
    tasks = engine.open_tasks([case.pk for case in cases])
    met, allowed = set(), 0
    for user in User.objects.order_by("pk"):
        seen = set(example_desk(user))
        may = {task.pk for task in tasks if may_do(user, task, example)}
        assert seen == may, f"{user.username}: on the desk {seen}, by the checks {may}"
        met |= {task.flow_task.name for task in tasks if task.pk in may}
        allowed += len(may)
    assert len(tasks) <= allowed < len(tasks) * User.objects.count()
    assert nodes <= met, nodes - met


def example_desk(user: User) -> dict[int, str]:
    """The tasks of a desk: what stands by each, by its key."""
    person = Person(user.username)
    person.client.force_login(user)
    return {
        int(re.search(r"/viec/(\d+)/", address)[1]): words
        for address, words in person.tasks().items()
    }


def may_do(user: User, task: Any, example: Example) -> bool:
    """What the checks of the act say."""
    case = Case.objects.select_related("document__office", "drafter", "revision").get(
        pk=task.process_id
    )
    at = example.now
    if task.flow_task.name != "opinion":
        check = policies.OF_NODE[task.flow_task.name]
        return policies.refusal(check, user, case, at=at) is None
    opinion = Opinion.objects.get(task_id=task.pk)
    try:
        footing = policies.check_can_give_opinion(user, opinion.round, at=at, opinion=opinion)
        policies.check_is_asked(user, opinion, footing)
    except NotPermitted:
        return False
    return True


def everybody_moves_on(example: Example) -> None:
    """A returned paper is reworked, another sealed; three people act for others."""
    signed_in = {name: Person(name).signs_in() for name in ("tp-noivu", "vanthu")}
    signed_in["tp-noivu"].hands_on("Kế hoạch đánh giá nội bộ")
    two_are_returned()
    put_urgently(example)()
    signed_in["vanthu"].numbers("kiện toàn Ban Chỉ đạo ISO")
    another_is_signed()
    delegate(example, "chutich", "cvp", Capability.SIGN)
    delegate(example, "pct-kinhte", "pct-vanxa", Capability.SIGN, by_order=False)
    delegate(example, "tp-noivu", "cv-noivu", None)


def two_are_returned() -> None:
    """The head of the committee sends a paper back, and so does the Chief of Office."""
    Person("pct-vanxa").signs_in().returns("Quy trình đánh giá nội bộ", "Thiếu tiêu chí.")
    Person("cvp").signs_in().returns("kiểm soát thông tin", "Thiếu căn cứ.")


def another_is_signed() -> None:
    """A second paper waits for its number."""
    Person("chutich").signs_in().signs("Mục tiêu chất lượng năm 2024 của Văn phòng")


def delegate(
    example: Example,
    giver: str,
    taker: str,
    capability: Capability | None,
    *,
    by_order: bool = True,
) -> None:
    """Let one act for another for a week, by a written paper."""
    by = User.objects.get(username=giver)
    term = Appointment.objects.filter(user=by).order_by("pk").first()
    signs = capability is Capability.SIGN and by_order
    kind = Delegation.Kind.BY_ORDER if signs else Delegation.Kind.SUBSTITUTION
    services.delegate(
        from_appointment=term,
        to_user=User.objects.get(username=taker),
        kind=kind,
        capability=capability or "",
        begins_on=example.today,
        ends_on=example.today + timedelta(days=7),
        legal_basis="03/TB-UBND",
        by=by,
        at=example.now,
    )


def a_second_specialist(example: Example) -> User:
    """Somebody else in the department whose paper is reworked."""
    user = services.open_account(
        username="cv-noivu-2",
        display_name="Chuyên viên thứ hai Phòng Nội vụ",
        password=None,
        by=INSTALLATION,
        at=example.now,
    )
    first = Appointment.objects.get(user__username="cv-noivu", post__role=Role.SPECIALIST)
    post = services.add_post(
        department=first.post.department,
        role=Role.SPECIALIST,
        title="Chuyên viên thứ hai",
        by=INSTALLATION,
        at=example.now,
    )
    services.appoint(
        user=user, post=post, begins_on=date(2024, 1, 2), by=INSTALLATION, at=example.now
    )
    return user


def leave(example: Example, username: str) -> None:
    """End somebody's posts."""
    for term in Appointment.objects.filter(user__username=username):
        services.end_appointment(term, ends_on=example.today, by=INSTALLATION, at=example.now)
