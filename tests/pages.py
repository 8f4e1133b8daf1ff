"""A paper brought to a step by the use cases, and the people who open and send the step's page.

What a person sends is what the page gave: its task, its digest, its key. A test that wants
another digest or a second click says so.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.apps import apps
from django.test import Client

from audit.models import Entry
from documents.models import AccessLevel, Effect, Kind, RegisterEntry
from documents.services.drafting import DraftPlan
from offices import clock
from offices.models import DemoClock, Department, Office, User
from tests.remembering import reached
from workflows import engine
from workflows.example import office
from workflows.example.acts import Paper, moment
from workflows.models import Act, Case, Conclusion, Opinion, Return

if TYPE_CHECKING:
    from django.db.models import Model

PASSWORD = "mat-khau-cua-phong-thu"
FOUNDED = moment("2021-01-04", "08:00")
# What people do before the page of a test is opened; that morning is the Monday after.
BEFORE = moment("2024-01-12", "08:30")
NOW = moment("2024-01-15", "09:00")
MEMBERS = ("tp-kinhte", "tp-tuphap", "tp-taichinh")
PLAN = DraftPlan(
    kind=Kind.DECISION,
    subject="Chính sách chất lượng và Mục tiêu chất lượng năm 2024",
    field_of_work="kinh_te",
    access_level=AccessLevel.PUBLIC,
)
TEXT = "chinh-sach-muc-tieu-2024-lan-1"
NEW_TEXT = "chinh-sach-muc-tieu-2024-lan-2"
REASON = "Thiếu bảng so sánh kết quả năm 2023."
ROAD = (
    "propose",
    "open_round",
    "opinion",
    "conclude",
    "check_form",
    "sign",
    "register",
    "issue",
    "issued",
)


# What founding wrote, table by table: done once by the use cases, put back for the tests after.
_founded: dict[type[Model], list[Model]] = {}


def the_office(settings: Any) -> office.Cast:
    """The office of the example on the demonstration's clock, at nine on a Monday."""
    settings.DEMO, settings.PRODUCTION = True, False
    if _founded:
        for kind, rows in _founded.items():
            kind._base_manager.bulk_create(rows)
    else:
        before = {kind: set(_keys(kind)) for kind in _tables()}
        office.found(password=PASSWORD, at=FOUNDED)
        new = {kind: set(_keys(kind)) - keys for kind, keys in before.items()}
        _founded.update(
            {
                kind: list(kind._base_manager.filter(pk__in=keys))
                for kind, keys in new.items()
                if keys
            }
        )
    clock.turn_to(NOW)
    return office.Cast(
        office=Office.objects.get(),
        departments={row.code: row for row in Department.objects.select_related("office")},
        people={row.username: row for row in User.objects.all()},
    )


def _tables() -> list[type[Model]]:
    return [kind for kind in apps.get_models(include_auto_created=True) if kind._meta.managed]


def _keys(kind: type[Model]) -> list[Any]:
    return list(kind._base_manager.values_list("pk", flat=True))


@dataclass
class OnTheWay:
    """One paper, and the browser of whoever has to do with it."""

    cast: office.Cast
    at: datetime = BEFORE
    text: str = TEXT
    plan: DraftPlan = PLAN
    paper: Paper = field(init=False)

    def __post_init__(self) -> None:
        self.paper = Paper(self.cast, PASSWORD)

    def brought_to(
        self, node: str, *, opinions: dict[str, tuple[str, str]] | None = None
    ) -> OnTheWay:
        """Go the road up to a step; `opinions` are choice and words of some members."""
        key = (node, repr(opinions), self.text, self.plan, self.at, DemoClock.objects.get().shows)
        document, case, acts, then = reached(key, lambda: self._comes_to(node, opinions))
        self.paper.document, self.paper.case, self.paper.acts = document, case, acts
        # The last steps are done by the clock; putting back is quicker, and they are not to come.
        if ROAD.index(node) > ROAD.index("register") and then > clock.now():
            clock.turn_to(then)
        return self

    def _comes_to(self, node: str, opinions: dict[str, tuple[str, str]] | None) -> Any:
        step = ROAD.index(node)
        if step == 0:
            self.paper.draft("cv-noivu", "NV", self.plan, self.text, at=self.at)
            self.paper.submit("cv-noivu", at=self.at)
        else:
            self.brought_to(ROAD[step - 1], opinions=opinions)
            self._steps(opinions)[step - 1]()
        return self.paper.document, self.paper.case, self.paper.acts, clock.now()

    def goes_on_to(self, node: str) -> OnTheWay:
        """Submit the newest version of what is drafted, and go the road up to a step."""
        self.paper.submit("cv-noivu", at=self.at)
        return self.walks(node)

    def walks(self, node: str, *, opinions: dict[str, tuple[str, str]] | None = None) -> OnTheWay:
        """Go the road from the proposal up to a step, with what is submitted."""
        for step in self._steps(opinions)[: ROAD.index(node)]:
            step()
        return self

    def _steps(self, opinions: dict[str, tuple[str, str]] | None) -> list[Callable[[], None]]:
        """What is done at each place of the road."""
        given = dict.fromkeys(MEMBERS, (Opinion.Choice.AGREE, "")) | (opinions or {})
        return [
            self._propose,
            lambda: self.paper.open_round("thuky-iso", MEMBERS, 5, at=self.at),
            lambda: self._answer(given),
            lambda: self._conclude(given),
            lambda: self.paper.check("cvp", "Đủ điều kiện ký.", at=self.at),
            lambda: self.paper.sign("pct-kinhte", at=self.at),
            self._number,
            self._issue,
        ]

    def _propose(self) -> None:
        self.paper.propose("tp-noivu", "Kính trình ban hành, thay thế 1073/QĐ-CT.", at=self.at)

    def _answer(self, given: dict[str, tuple[str, str]]) -> None:
        for name, (choice, words) in given.items():
            self.paper.opinion(name, choice=choice, remarks=words, at=self.at)

    def _conclude(self, given: dict[str, tuple[str, str]]) -> None:
        answers = {
            name: ("explained", f"Giải trình ý kiến của {name}.")
            for name, (choice, _words) in given.items()
            if choice != Opinion.Choice.AGREE
        }
        self.paper.conclude("pct-vanxa", "Thống nhất.", answers=answers, at=self.at)

    def _number(self) -> None:
        self.carried_by_hand("vanthu", "register", "cap-so", dated_on=NOW.date().isoformat())

    def _issue(self) -> None:
        self.carried_by_hand("vanthu", "issue", "phat-hanh", copies="9", sealed="on", compared="on")

    def carried_by_hand(self, who: str, node: str, act: str, **fields: str) -> None:
        """Do a step through its page, which must let it happen."""
        answer = self.sends(who, act, node=node, **fields)
        assert answer.status_code == 302, said(answer)

    @property
    def case(self) -> Case:
        """The case as it is stored now."""
        return Case.objects.select_related("document", "revision").get(pk=self.paper.case.pk)

    def task(self, node: str = "", *, owner: str = "") -> Any:
        """The open task of a node, or the only one."""
        rows = engine.open_tasks([self.case.pk])
        named = [
            row
            for row in rows
            if (not node or row.flow_task.name == node)
            and (not owner or row.owner_id == self.cast.people[owner].pk)
        ]
        return named[0]

    def waits_at(self) -> set[str]:
        """The steps that wait for somebody."""
        return {row.flow_task.name for row in engine.open_tasks([self.case.pk])}

    def browser(self, who: str) -> Client:
        """Somebody signed in."""
        client = Client()
        client.force_login(self.cast.people[who])
        return client

    def opens(self, who: str, node: str = "", *, owner: str = "") -> Any:
        """Open the page of a step."""
        return self.browser(who).get(f"/viec/{self.task(node, owner=owner).pk}/")

    def ticket(self, act: str, node: str = "", *, task: int = 0, owner: str = "") -> dict[str, str]:
        """The hidden fields a form of the current content carries."""
        key = task or self.task(node, owner=owner).pk
        digest = self.case.revision.content_digest
        return {"task": str(key), "digest": digest, "key": str(uuid4())}

    def sends(
        self, who: str, act: str, *, node: str = "", task: int = 0, owner: str = "", **fields: Any
    ) -> Any:
        """Send one act of a step's page with these fields."""
        hidden = self.ticket(act, node, task=task, owner=owner)
        address = f"/viec/{hidden['task']}/{act}/"
        return self.browser(who).post(address, {**hidden, **fields})


def said(answer: Any) -> str:
    """The words of a page, without its marks."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def recorded() -> dict[str, int]:
    """How many rows there are of everything an act may write."""
    kinds = (Act, Entry, Return, Opinion, Conclusion, RegisterEntry, Effect)
    return {kind.__name__: kind._default_manager.count() for kind in kinds}


def refused_without_a_trace(way: OnTheWay, answer: Any, status: int, *, before: dict) -> str:
    """A refusal of that status that wrote nothing; gives its words."""
    assert answer.status_code == status, said(answer)
    assert recorded() == before
    return said(answer)


def day(text: str) -> date:
    """A day of 2024 from its ISO form."""
    return date.fromisoformat(text)
