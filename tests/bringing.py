"""The acts of bringing a paper that exists: read it in, keep, accept, put aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from documents.models import Intake, Kind
from documents.papers import SourceFile
from documents.services import intakes
from documents.services.drafting import DraftPlan
from workflows.example.acts import text_of

if TYPE_CHECKING:
    from tests.builders import Example

Act = Callable[[], object]
TEXT = text_of("ke-hoach-danh-gia-noi-bo-2024")
PLAN = DraftPlan(kind=Kind.DECISION, subject="", field_of_work="tong_hop")


def bring(example: Example) -> Act:
    """Read a file in for the department of home affairs."""
    by, at = example.people["cv-noivu"], example.now
    department = example.paper("audit plan").drafting_department
    file = SourceFile("ke-hoach.txt", TEXT.encode())
    return lambda: intakes.bring(department=department, brought=file, by=by, at=at)


def keep_intake(example: Example) -> Act:
    """Keep a corrected text."""
    intake, by, at = _brought(example), example.people["cv-noivu"], example.now
    return lambda: intakes.keep_intake(intake=intake, text=f"{TEXT}\nThêm.", by=by, at=at)


def accept_intake(example: Example) -> Act:
    """Accept what was brought as a draft."""
    intake, by, at = _brought(example), example.people["cv-noivu"], example.now
    return lambda: intakes.accept_intake(intake=intake, plan=PLAN, text=TEXT, by=by, at=at)


def put_aside(example: Example) -> Act:
    """Let go of what was brought."""
    intake, by, at = _brought(example), example.people["cv-noivu"], example.now
    return lambda: intakes.put_aside(intake=intake, by=by, at=at)


def _brought(example: Example) -> Intake:
    intake = bring(example)()
    assert isinstance(intake, Intake)
    return intake
