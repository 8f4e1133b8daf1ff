"""The acts on a draft of one's own, each brought to where it can be done (`tests.acting`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from documents.models import Attachment, Document, Kind
from documents.services import drafting, keeping, particulars, revisions, viewing
from documents.services.drafting import DraftPlan
from documents.services.particulars import Particulars
from workflows.example.acts import text_of

if TYPE_CHECKING:
    from tests.builders import Example

Act = Callable[[], object]
UNKNOWN = "Nghị định số 912/2019/NĐ-CP ngày 02 tháng 12 năm 2019 của Chính phủ"
TEXT = "ke-hoach-danh-gia-noi-bo-2024"


def start_draft(example: Example) -> Act:
    """Begin a decision of the department of home affairs."""
    by, at = example.people["cv-noivu"], example.now
    department = example.paper("audit plan").drafting_department
    plan = DraftPlan(kind=Kind.DECISION, subject="", field_of_work="tong_hop")
    return lambda: drafting.start_draft(
        department=department, plan=plan, text=text_of(TEXT), by=by, at=at
    )


def a_draft(example: Example) -> Document:
    """A new paper with a version."""
    paper = start_draft(example)()
    assert isinstance(paper, Document)
    revisions.save_version(document=paper, by=example.people["cv-noivu"], at=example.now)
    return paper


def save_version(example: Example) -> Act:
    """Save the first version of a new paper."""
    paper, by, at = start_draft(example)(), example.people["cv-noivu"], example.now
    return lambda: revisions.save_version(document=paper, by=by, at=at)  # type: ignore[arg-type]


def cite_unknown(example: Example) -> Act:
    """Save a version that cites a paper the office has never met."""
    paper, by, at = a_draft(example), example.people["cv-noivu"], example.now
    text = paper.working_copy.text.replace("Căn cứ", f"Căn cứ {UNKNOWN};\nCăn cứ", 1)
    keeping.keep_text(document=paper, text=text, lock_version=1, by=by, at=at)
    return lambda: revisions.save_version(document=paper, by=by, at=at)


def attach(example: Example) -> Act:
    """Attach a file to a draft."""
    paper, by, at = a_draft(example), example.people["cv-noivu"], example.now
    return lambda: drafting.attach(
        document=paper, name="bang-so-sanh.txt", data="Bảng so sánh".encode(), by=by, at=at
    )


def detach(example: Example) -> Act:
    """Take a file off a draft."""
    file = attach(example)()
    by, at = example.people["cv-noivu"], example.now
    assert isinstance(file, Attachment)
    return lambda: drafting.detach(attachment=file, by=by, at=at)


def correct_particulars(example: Example) -> Act:
    """Correct authority and readers of a draft that was begun with the wrong ones."""
    paper, by, at = a_draft(example), example.people["cv-noivu"], example.now
    right = Particulars(Kind.DECISION, "committee", "tong_hop", "internal")
    return lambda: particulars.correct_particulars(document=paper, particulars=right, by=by, at=at)


def note_view(example: Example) -> Act:
    """The auditor reads a draft that is not public."""
    correct_particulars(example)()
    paper = Document.objects.order_by("-pk").first()
    assert paper is not None
    by, at = example.people["danhgia"], example.now
    return lambda: viewing.note_view(document=paper, by=by, at=at)
