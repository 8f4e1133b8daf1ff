"""Every use case once: each entry brings the example to where an act can be done, and gives it.

The act given can be called again with the very same form: faults, races, statement counts and the
rule of one head entry are asked of the same list.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from documents.exceptions import Conflict
from documents.models import Effect, Kind
from documents.numbering import series_of
from documents.services import externals, keeping, registers, revisions, wishes
from documents.services.externals import Completion
from offices.dates import ZONE
from tests import acting_on_open_work as hands
from tests import bringing
from tests import objectives as owing
from tests.acting_after_the_issue import answer_refusal, confirm, issue_first
from tests.acting_on_detours import (
    allow_urgent,
    ask_comment,
    begin_letter,
    decline_urgent,
    give_comment,
    put_urgently,
    recall_signature,
    sign_each,
    take_back,
    take_round_back,
    take_submission_back,
)
from tests.acting_on_drafts import (
    Act,
    a_draft,
    attach,
    cite_unknown,
    correct_particulars,
    detach,
    note_view,
    save_version,
    start_draft,
)
from tests.acting_on_rounds import (
    ask_others,
    close_round,
    conclude,
    expire_round,
    last_opinion,
    late_opinion,
    minutes,
    of_round,
    open_round,
    opinion,
    opinion_by_name,
    put_off_round,
)
from tests.acting_on_time import escalate, put_off, remind, remind_round
from tests.forms import WHY, on
from workflows import clock
from workflows.checklists import CONTENT_POINTS, FORM_POINTS
from workflows.models import Duty
from workflows.services import (
    concluding,
    deciding,
    detours,
    duties,
    issuing,
    printing,
    returning,
    submitting,
    uptaking,
)
from workflows.services.acts import Ticket

if TYPE_CHECKING:
    from tests.builders import Example


def sign(example: Example, username: str = "pct-kinhte") -> Act:
    """Sign the policy of 2024."""
    return on(example, "policy 2024", username, deciding.sign, password=settings.DEMO_PASSWORD)


def register(example: Example, name: str = "committee") -> Act:
    """Number a signed paper."""
    return on(example, name, "vanthu", issuing.register, dated_on=example.today)


def issue(example: Example, name: str = "committee") -> Act:
    """Seal and issue a numbered paper."""
    register(example, name)()
    return on(example, name, "vanthu", issuing.seal_and_issue, copies=9)


def give_number_up(example: Example, name: str = "committee") -> Act:
    """Take the number off a numbered paper again."""
    register(example, name)()
    return on(example, name, "vanthu", issuing.give_number_up, reason="Ghi nhầm ngày.")


def return_numbered(example: Example, name: str = "committee") -> Act:
    """Return a numbered paper before the seal."""
    register(example, name)()
    return _back("issue", name, "vanthu")(example)


def propose(example: Example) -> Act:
    """Propose the procedure of surveys."""
    return on(example, "survey procedure", "tp-kinhte", submitting.propose, text="Kính trình.")


def check_form(example: Example) -> Act:
    """Confirm every point of the check of the control procedure."""
    return on(
        example, "control procedure", "cvp", deciding.check_form, text=WHY,
        content_points=dict.fromkeys(CONTENT_POINTS, True),
        form_points=dict.fromkeys(FORM_POINTS, True),
    )  # fmt: skip


def assign_rework(example: Example) -> Act:
    """Hand the returned audit plan to its specialist."""
    return on(
        example, "audit plan", "tp-noivu", submitting.assign_rework,
        drafter=example.people["cv-noivu"],
    )  # fmt: skip


def reassign_rework(example: Example) -> Act:
    """Give the returned audit plan to another specialist."""
    assign_rework(example)()
    return hands.reassign_rework(example)


def keep_uptakes(example: Example) -> Act:
    """Keep the table of the audit plan, which came back without a remark."""
    assign_rework(example)()
    return on(example, "audit plan", "cv-noivu", uptaking.keep_uptakes, uptakes=[])


def rewrite(example: Example) -> Act:
    """Save a changed version of the audit plan."""
    assign_rework(example)()
    keep_text(example)()
    paper, by, at = example.paper("audit plan"), example.people["cv-noivu"], example.now
    return lambda: revisions.save_version(document=paper, by=by, at=at)


def resubmit(example: Example) -> Act:
    """Send the reworked audit plan on."""
    rewrite(example)()
    (task,) = example.open_tasks("audit plan")
    ticket = Ticket(task.pk, example.newest("audit plan").content_digest, uuid4())
    by, at = example.people["cv-noivu"], example.now
    case = example.case("audit plan").pk
    return lambda: submitting.resubmit(case_id=case, ticket=ticket, by=by, at=at)


def keep_text(example: Example) -> Act:
    """Keep a changed text of the audit plan, which came back."""
    paper, by, at = example.paper("audit plan"), example.people["cv-noivu"], example.now
    text = paper.working_copy.text.replace("Phòng Tư pháp", "Phòng Kinh tế", 1) + "\n"
    version = paper.working_copy.lock_version
    return lambda: keeping.keep_text(document=paper, text=text, lock_version=version, by=by, at=at)


def settle(example: Example) -> Act:
    """Choose between two texts of one paragraph, the own one set aside."""
    paper, by, at = example.paper("audit plan"), example.people["cv-noivu"], example.now
    base, version = paper.working_copy.text, paper.working_copy.lock_version
    first, *rest = base.split("\n")
    given = {"document": paper, "lock_version": version, "by": by, "at": at, "base": base}
    keeping.keep_text(text="\n".join([f"{first} một", *rest]), **given)
    with suppress(Conflict):
        keeping.keep_text(text="\n".join([f"{first} hai", *rest]), **given)
    (aside,) = keeping.waiting_for(paper, by=by)
    return lambda: keeping.settle(
        aside=aside, choices=["mine"], lock_version=version + 1, by=by, at=at
    )


def submit(example: Example) -> Act:
    """Submit a new paper."""
    paper, by, at, key = a_draft(example), example.people["cv-noivu"], example.now, uuid4()
    digest = paper.revisions.get().content_digest
    return lambda: submitting.submit(document=paper, digest=digest, key=key, by=by, at=at)


def withdraw(example: Example) -> Act:
    """Withdraw the paper whose round is open."""
    round_, at = of_round(example), example.now
    case = example.case("economy objectives")
    ticket = Ticket(0, round_.content_digest, uuid4())
    by = example.people["tp-kinhte"]
    return lambda: detours.withdraw(case_id=case.pk, ticket=ticket, reason=WHY, by=by, at=at)


def open_register(example: Example) -> Act:
    """Open a register after its paper book."""
    office, by, at = example.paper("audit plan").office, example.people["vanthu"], example.now
    return lambda: registers.open_register(
        office=office, symbol="QĐ-CT", year=2024, after=0, by=by, at=at
    )


def abandon_number(example: Example) -> Act:
    """Leave the next number of the decisions unused."""
    office, by, at = example.paper("audit plan").office, example.people["vanthu"], example.now
    series = series_of(Kind.DECISION, "chairman")
    return lambda: registers.abandon_number(
        office=office, series=series, because="Cấp nhầm.", by=by, at=at, on=example.today,
        expected=1,
    )  # fmt: skip


def complete_stub(example: Example) -> Act:
    """Complete 455/QĐ-CT."""
    duty = Duty.objects.get(sort=Duty.Sort.COMPLETE_STUB)
    found = Completion(
        "Ban hành Mục tiêu chất lượng năm 2021", "Chủ tịch Ủy ban nhân dân quận An Mẫu",
        duty.document.dated_on or date(2021, 3, 12), date(2021, 3, 12),
    )  # fmt: skip
    by, at, key = example.people["luutru"], example.now, uuid4()
    return lambda: duties.complete_stub(duty=duty, found=found, key=key, by=by, at=at)


def correct_completion(example: Example) -> Act:
    """Put right the day of effect of 455/QĐ-CT, completed a month late."""
    duty = complete_stub(example)()
    assert isinstance(duty, Duty)
    paper, by, at = duty.document, example.people["luutru"], example.now
    right = Completion(
        "Ban hành Mục tiêu chất lượng năm 2021",
        paper.issuer_name,
        date(2021, 3, 12),
        date(2021, 4, 12),
    )
    return lambda: externals.correct_completion(
        document=paper, found=right, because="Nhìn nhầm tháng.", by=by, at=at
    )


def put_on_portal(example: Example) -> Act:
    """Put the new policy on the portal."""
    sign(example)()
    issue(example, "policy 2024")()
    duty = Duty.objects.get(sort=Duty.Sort.PUT_ON_PORTAL, done_at__isnull=True)
    by, at, key = example.people["congtt"], example.now, uuid4()
    return lambda: duties.put_on_portal(
        duty=duty, address="Mục Văn bản chỉ đạo", key=key, by=by, at=at
    )


def effect_begins(example: Example) -> Act:
    """The clock notes an effect on its day."""
    issue(example)()
    effect = Effect.objects.get(source=example.paper("committee"), kind="commences")
    morning = datetime(2024, 1, 22, 8, tzinfo=ZONE)
    return lambda: clock._begin(effect, at=morning)


def objectives_cease(example: Example) -> Act:
    """The clock notes that 1073 ceased in its year: what is owed for December is lifted."""
    effect = Effect.objects.create(
        target=example.paper("1073/QĐ-CT"), kind="ceases", valid_from=date(2023, 12, 1),
        recorded_at=example.now, operation_id=uuid4(),
    )  # fmt: skip
    return lambda: clock._begin(effect, at=example.now)


def _back(node: str, name: str, username: str) -> Callable[[Example], Act]:
    """Return a paper from the step it waits at."""
    return lambda example: on(
        example, name, username, returning.return_paper, node=node, reason=WHY
    )


def refer(example: Example) -> Act:
    """Refer the policy of 2024 up to the Chairman."""
    return on(example, "policy 2024", "pct-kinhte", deciding.refer, reason=WHY)


def order_print(example: Example) -> Act:
    """Order the print of an issued paper."""
    paper, by, at = example.paper("1073/QĐ-CT"), example.people["luutru"], example.now
    wish, *_others = wishes.of_version(
        paper, example.newest("1073/QĐ-CT"), legal=example.legal("1073/QĐ-CT"), on=example.today
    )
    return lambda: printing.order_print(document=paper, wish=wish, by=by, at=at, real_at=at)


# The name says the use case; a name with a dot is the same use case in another state.
ACTS: dict[str, Callable[[Example], Act]] = {
    "bring": bringing.bring,
    "keep_intake": bringing.keep_intake,
    "accept_intake": bringing.accept_intake,
    "put_aside": bringing.put_aside,
    "start_draft": start_draft,
    "begin_letter": begin_letter,
    "order_print": order_print,
    "keep_text": keep_text,
    "settle": settle,
    "save_version": save_version,
    "save_version.unknown": cite_unknown,
    "attach": attach,
    "detach": detach,
    "correct_particulars": correct_particulars,
    "submit": submit,
    "propose": propose,
    "propose.urgently": put_urgently,
    "allow_urgent": allow_urgent,
    "decline_urgent": decline_urgent,
    "return_paper.propose": _back("propose", "survey procedure", "tp-kinhte"),
    "assign_rework": assign_rework,
    "keep_uptakes": keep_uptakes,
    "resubmit": resubmit,
    "reassign_rework": reassign_rework,
    "reassign_opinion": hands.reassign_opinion,
    "excuse_reviewer": hands.excuse_reviewer,
    "hand_over_draft": hands.hand_over_draft,
    "open_round": open_round,
    "open_round.others": ask_others,
    "return_paper.open_round": _back("open_round", "reception objectives", "thuky-iso"),
    "give_opinion": opinion,
    "give_opinion.by_name": opinion_by_name,
    "give_late_opinion": late_opinion,
    "record_minutes": minutes,
    "record_minutes.without_quorum": lambda example: minutes(example, present=1),
    "give_opinion.last": last_opinion,
    "close_round": close_round,
    "expire_round": expire_round,
    "expire_round.put_off": put_off_round,
    "remind": remind,
    "remind_round": remind_round,
    "escalate": escalate,
    "escalate.put_off": put_off,
    "conclude": conclude,
    "conclude.returned": lambda example: conclude(example, concluding.RETURNED),
    "check_form": check_form,
    "return_paper.check_form": _back("check_form", "control procedure", "cvp"),
    "sign": sign,
    "return_paper.sign": _back("sign", "policy 2024", "pct-kinhte"),
    "ask_comment": ask_comment,
    "give_comment": give_comment,
    "sign_each": sign_each(check_form),
    "refer": refer,
    "take_back.submit": take_submission_back(submit),
    "take_back.resubmit": take_back("audit plan", "cv-noivu", resubmit),
    "take_back.propose": take_back("survey procedure", "tp-kinhte", propose),
    "take_back.check_form": take_back("control procedure", "cvp", check_form),
    "take_back.refer": take_back("policy 2024", "pct-kinhte", refer),
    "take_back.assign_rework": take_back("audit plan", "tp-noivu", assign_rework),
    "take_back.open_round": take_round_back(open_round),
    "recall_signature": recall_signature(sign),
    "register": register,
    "return_paper.register": _back("register", "committee", "vanthu"),
    "return_paper.issue": return_numbered,
    "seal_and_issue.first": issue_first,
    "conclude.confirmed": confirm,
    "conclude.unconfirmed": lambda example: confirm(example, concluding.UNCONFIRMED),
    "answer_refusal": answer_refusal,
    "give_number_up": give_number_up,
    "seal_and_issue": issue,
    "withdraw": withdraw,
    "note_view": note_view,
    "open_register": open_register,
    "abandon_number": abandon_number,
    "complete_stub": complete_stub,
    "correct_completion": correct_completion,
    "put_on_portal": put_on_portal,
    "confirm_objectives": owing.confirm,
    "record_higher_objectives": owing.above,
    "report_result": lambda example: owing.report(
        example, owing.owed("2", "NV"), "cv-noivu", "96.5"
    ),
    "ask_for_results": owing.ask,
    "return_result": owing.send_back,
    "effect_begins": effect_begins,
    "effect_begins.ceases": objectives_cease,
}
