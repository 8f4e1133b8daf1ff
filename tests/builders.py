"""States reached through the use cases: the worked example as it stands on its first morning.

Nothing here writes a column: `play_example` plays the history, `Example` finds what it left.
A paper of one's own on its way is `tests.pages.OnTheWay`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.management import call_command
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from documents.content.text import to_text
from documents.models import Document, Revision
from documents.papers import content_of
from documents.selectors import state
from offices import clock
from offices.dates import local_day
from offices.models import User
from tests.cast import Person
from tests.databases import drop_copy
from workflows import engine
from workflows.models import Case
from workflows.services.acts import Ticket

if TYPE_CHECKING:
    from django.test.utils import CaptureQueriesContext
    from viewflow.workflow.models import Task

    from documents.selectors.state import Legal
    from tests.databases import Database, TemplateDatabase

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The papers of the example by a word of their own; the values begin their subjects.
PAPERS = {
    "policy 2024": "Ban hành Chính sách chất lượng và Mục tiêu chất lượng năm 2024",
    "committee": "Kiện toàn Ban Chỉ đạo ISO",
    "office objectives": "Phê duyệt Mục tiêu chất lượng năm 2024 của Văn phòng",
    "control procedure": "Quy trình kiểm soát thông tin dạng văn bản",
    "audit procedure": "Quy trình đánh giá nội bộ",
    "economy objectives": "Mục tiêu chất lượng năm 2024 của Phòng Kinh tế",
    "reception objectives": "Mục tiêu chất lượng năm 2024 của Bộ phận Tiếp nhận",
    "survey procedure": "Quy trình khảo sát sự hài lòng",
    "audit plan": "Ban hành Kế hoạch đánh giá nội bộ",
    "civil status": "Ban hành Phương án tạm thời",
}


@dataclass(frozen=True)
class PlayedExample:
    """The example in a template database, the files it stored, and what the command said."""

    template: TemplateDatabase
    files: Path
    told: str

    @classmethod
    @contextmanager
    def play(cls, migrated: TemplateDatabase, folder: Path) -> Iterator[PlayedExample]:
        """Play it once, by the command that `make run` uses; gone with the block."""
        said = io.StringIO()
        with override_settings(
            PASSWORD_HASHERS=QUICK, FILES_DIR=folder, DEMO=True, PRODUCTION=False
        ):
            template = migrated.after(lambda: play(said))
        try:
            yield cls(template, folder, said.getvalue())
        finally:
            drop_copy(template.source)


def play(said: io.StringIO) -> None:
    """Play the example; what it asked the worker for is forgotten, so that tests ask themselves."""
    call_command("play_example", stdout=said)
    DBTaskResult.objects.all().delete()


@dataclass
class Example:
    """The example's office in a database of this test's own."""

    database: Database
    told: str
    _signed_in: dict[str, Person] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """What the demonstration's clock shows."""
        return clock.now()

    @property
    def today(self) -> date:
        """The day of that clock."""
        return local_day(self.now)

    def paper(self, name: str) -> Document:
        """A paper by its number ("1073/QĐ-CT") or by its word in `PAPERS`."""
        if "/" in name:
            number, _slash, symbol = name.partition("/")
            return Document.objects.get(number=number, symbol=symbol)
        return Document.objects.get(origin="internal", subject__startswith=PAPERS[name])

    def newest(self, name: str) -> Revision:
        """Its newest version."""
        return self.paper(name).revisions.order_by("-ordinal")[0]

    def legal(self, name: str, on: date | None = None) -> Legal:
        """What the law makes of it on a day, today unless said."""
        paper = self.paper(name)
        return state.legal([paper], on=on or self.today)[paper.pk]

    def case(self, name: str) -> Case:
        """Its newest case as it is stored."""
        cases = Case.objects.select_related("document", "revision")
        return cases.filter(document=self.paper(name)).order_by("-pk")[0]

    def open_tasks(self, name: str) -> list[Task]:
        """What waits for somebody on it."""
        return engine.open_tasks([self.case(name).pk])

    def waits_at(self, name: str) -> list[str]:
        """The steps it waits at, one for each person asked."""
        return [task.flow_task.name for task in self.open_tasks(name)]

    def ticket(self, name: str, *, of: User | None = None) -> Ticket:
        """The hidden part of the form somebody would be shown now."""
        tasks = self.open_tasks(name)
        task = next(one for one in tasks if of is None or one.owner_id == of.pk)
        return Ticket(task.pk, self.case(name).revision.content_digest, uuid4())

    def plain(self, name: str) -> str:
        """The words of its newest version."""
        return to_text(content_of(self.newest(name)))

    def who(self, username: str) -> Person:
        """Somebody of the example, signed in, by account name."""
        if username not in self._signed_in:
            self._signed_in[username] = Person(username).signs_in()
        return self._signed_in[username]

    @cached_property
    def people(self) -> dict[str, User]:
        """Everybody by account name."""
        return {user.username: user for user in User.objects.all()}


def sent(captured: CaptureQueriesContext) -> list[str]:
    """What was sent to the database; transaction control left out."""
    control = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
    return [one["sql"] for one in captured if not one["sql"].startswith(control)]


def rows_of(*models: Any) -> dict[str, int]:
    """How many rows each of these has."""
    return {model.__name__: model._default_manager.count() for model in models}
