"""Every address × every role: who is answered, who is refused, who is sent to sign in.

An address that is not in the table fails; so does one that answers another way than it says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.models import Entry
from documents.models import (
    Attachment,
    Document,
    Evidence,
    Intake,
    Kind,
    PrintOrder,
    Register,
    SetAside,
    Viewing,
)
from documents.services import drafting, intakes, printing, wishes
from documents.services.drafting import DraftPlan
from offices import clock
from offices.models import Appointment, Delegation, User
from offices.roles import Role
from tests.acting_on_rounds import call_meeting
from tests.databases import every_row
from tests.doors import ACCOUNTS, ALL, DOORS, NOBODY, Door
from tests.pages import recorded
from workflows.models import Comment, Duty
from workflows.services import commenting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builders import Example

# What noting a reading writes, and nothing else may.
NOTED = ("documents_viewing", "audit_")
REFUSED = {403, 404}
# The table is walked in parts, so that the workers share it.
PARTS = 6
# How what is delegated to a person is read, in `offices.selectors.asking`, after the own posts.
HELD = re.compile(r'"offices_delegation"\."to_user_id" = \d')
# A form sent empty by who may send it: read again with what is wrong.
READ_AGAIN = {200, 400, 409, 422, 429}


def test_every_address_is_in_the_table_and_every_role_has_an_account():
    assert set(DOORS) == {pattern.name for pattern in patterns(get_resolver())}
    assert set(ACCOUNTS) == set(Role)


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address there is."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            assert one.name, f"{one.pattern} has no name"
            yield one


def test_every_page_opens_on_this_database_and_asks_once_what_its_reader_may_do(example):
    """One reader for each page: the database may speak another SQL, not give another right."""
    parts, asked = named(example), {}
    for name, door in DOORS.items():
        if door.look:
            username = min(door.look)
            address = reverse(name, args=parts[door.by])
            with CaptureQueriesContext(connection) as captured:
                assert list(looked(a_browser(username), address, door, username)) == [], name
            asked[name] = sum(bool(HELD.search(one["sql"])) for one in captured)
    assert {name: times for name, times in asked.items() if times > 1} == {}
    assert sum(asked.values()) > len(asked) / 2, "or what is looked for is asked in other words"


@pytest.mark.once
@pytest.mark.parametrize("part", range(PARTS))
def test_every_door_opens_to_whom_it_should_and_to_nobody_else(example, part):
    doors = dict(list(DOORS.items())[part::PARTS])
    parts = named(example)
    people = {name: a_browser(name) for name in sorted(ALL)}
    wrong: list[str] = []
    before, rows = recorded(), every_row()
    addresses = {name: reverse(name, args=parts[door.by]) for name, door in doors.items()}
    for name, door in doors.items():
        for username, client in people.items():
            wrong += [
                f"{name} by {username}: {said}"
                for said in looked(client, addresses[name], door, username)
            ]
    assert wrong == []
    nothing_changed_by_looking(rows)
    for name, door in doors.items():
        address = addresses[name]
        wrong += [f"{name}: {said}" for said in visited(address, door)]
        for username, client in people.items():
            if not (door.goes_on and username in (door.act or ())):
                wrong += [
                    f"{name} by {username}: {said}"
                    for said in acted(client, address, door, username)
                ]
    assert wrong == []
    # Looking at a restricted paper is noted; nothing else may have been written.
    looks = Entry.objects.filter(action="paper.viewed").count()
    after = recorded()
    assert after | {"Entry": after["Entry"] - looks} == before, "what was refused wrote nothing"
    assert looks == Viewing.objects.count()


def nothing_changed_by_looking(before: dict[str, list[str]]) -> None:
    """Every row of every table is as it was; but that a restricted paper was read, is noted.

    Nothing is mailed: a link in a message could only lead to one of these addresses.
    """
    after = every_row()
    changed = {table for table in after if after[table] != before.get(table)}
    assert [one for one in changed if not one.startswith(NOTED)] == []
    noted = Entry.objects.filter(action="paper.viewed").count()
    assert len(after["audit_entry"]) - len(before["audit_entry"]) == noted
    assert noted == Viewing.objects.count()


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.goes_on])
def test_an_act_without_a_form_is_carried_out_for_whom_it_is(example, name):
    door, parts = DOORS[name], named(example)
    client = a_browser(min(door.act or NOBODY))
    assert client.post(reverse(name, args=parts[door.by])).status_code == 302


def visited(address: str, door: Door) -> Iterator[str]:
    """What is wrong with the answers to somebody who is not signed in."""
    client = Client()
    for method in ("get", "post"):
        answer = getattr(client, method)(address)
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/vao/")
        if door.public and (to_sign_in or answer.status_code >= 500):
            yield f"{method} of a visitor is {answer.status_code}"
        if not door.public and not to_sign_in:
            yield f"{method} of a visitor is {answer.status_code}, not the way to sign in"


def looked(client: Client, address: str, door: Door, username: str) -> Iterator[str]:
    """What is wrong with the answer to a look."""
    status = client.get(address).status_code
    if door.look is None:
        expected = {405}
    elif username in door.look:
        expected = {302} if door.leads_on else {200}
    else:
        expected = REFUSED
    if status not in expected:
        yield f"GET is {status}, expected {expected}"


def acted(client: Client, address: str, door: Door, username: str) -> Iterator[str]:
    """What is wrong with the answer to an empty form; a page without acts takes it as a look."""
    cache.clear()
    status = client.post(address).status_code
    if door.act is None:
        expected = {405, 200} if username in (door.look or ()) else {405, *REFUSED}
    else:
        expected = READ_AGAIN if username in door.act else REFUSED
    if status not in expected:
        yield f"POST is {status}, expected {expected}"


def a_browser(username: str) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def named(example: Example) -> dict[str, list[Any]]:
    """The parts of the addresses, by what a door names."""
    unsigned, issued = example.paper("policy 2024"), example.paper("1073/QĐ-CT")
    completed = Document.objects.filter(origin="external", known_by="text")[0]
    (task,) = example.open_tasks("policy 2024")
    register = Register.objects.order_by("pk")[0]
    file = a_file_of_a_draft(example)
    proof = Evidence.objects.get()
    return {
        "": [],
        "member": [User.objects.get(username="tp-kinhte").pk],
        "absence": [Delegation.objects.get().pk],
        "duty": [Duty.objects.get(done_at=None, sort="complete_stub").pk],
        "economy": [example.paper("economy objectives").reference],
        "result": [proof.result_id],
        "evidence": [proof.result_id, proof.pk],
        "unsigned": [unsigned.reference],
        "unsigned revision": [unsigned.reference, 1],
        "issued": [issued.reference],
        "printed": [a_print(example, "812/QĐ-CT", made=True).revision.document.reference],
        "made print": [unsigned.reference, a_print(example, "policy 2024", made=True).pk],
        "ordered print": [issued.reference, a_print(example, "1073/QĐ-CT", made=False).pk],
        "completed": [completed.reference],
        "register": [register.pk],
        "procedure": ["issuance_v1"],
        "procedure file": ["issuance_v1", "bpmn"],
        "draft": [file.document.reference],
        "aside": [file.document.reference, a_text_set_aside(file.document, example).pk],
        "file": [file.document.reference, file.pk],
        "task": [task.pk],
        "task act": [task.pk, "ky"],
        "case": [task.process_id],
        "comment": [a_question(example).pk],
        "round": [example.case("economy objectives").pk],
        "meeting": [a_meeting(example)],
        "intake": [an_intake(example).pk],
    }


def a_text_set_aside(document: Document, example: Example) -> SetAside:
    """What a specialist typed where somebody else was faster."""
    by = User.objects.get(username="cv-noivu")
    return SetAside.objects.create(document=document, base="a", text="b", by=by, at=example.now)


def a_meeting(example: Example) -> int:
    """The case of a paper about which the committee is called together."""
    call_meeting(example)()
    return example.case("reception objectives").pk


def a_print(example: Example, name: str, *, made: bool) -> PrintOrder:
    """A print that the specialist ordered, still waiting or made."""
    by, real = User.objects.get(username="cv-noivu"), clock.real_now()
    wish, *_others = wishes.of_version(
        example.paper(name), example.newest(name), legal=example.legal(name), on=example.today
    )
    with transaction.atomic():
        order = printing.order(wish=wish, by=by, at=example.now, real_at=real)
    assert order is not None
    if made:
        printing.carry_out(order.pk, at=example.now, real_at=real, told=lambda paper: None)
    return order


def a_question(example: Example) -> Comment:
    """What the signatory asked the head of the economy's department."""
    return commenting.ask_comment(
        case_id=example.case("policy 2024").pk,
        ticket=example.ticket("policy 2024"),
        of=User.objects.get(username="tp-kinhte"),
        question="Có khả thi không?",
        by=User.objects.get(username="pct-kinhte"),
        at=example.now,
    )


def an_intake(example: Example) -> Intake:
    """What a specialist pasted and has not accepted yet."""
    by = User.objects.get(username="cv-noivu")
    department = Appointment.objects.get(user=by).post.department
    pasted = "QUY TRÌNH\nTiếp công dân\n\n1. Mục đích\n\nQuy định việc tiếp công dân.\n"
    return intakes.bring(department=department, brought=pasted, by=by, at=example.now)


def a_file_of_a_draft(example: Example) -> Attachment:
    """A specialist's draft that nobody was asked about yet, with a file."""
    by = User.objects.get(username="cv-noivu")
    document = drafting.start_draft(
        department=Appointment.objects.get(user=by).post.department,
        plan=DraftPlan(kind=Kind.PROCEDURE, subject="Tiếp công dân", field_of_work="van_xa"),
        text="QUY TRÌNH\nTiếp công dân\n\n1. Mục đích\n\nQuy định việc tiếp công dân.\n",
        by=by,
        at=example.now,
    )
    return drafting.attach(
        document=document, name="phu-luc.txt", data=b"Phu luc", by=by, at=example.now
    )
