"""The form somebody would send now on an open task, made once and sent as often as asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.acting_on_drafts import Act
    from tests.builders import Example

WHY = "Chưa đủ căn cứ."


def on(
    example: Example, name: str, username: str, use_case: Callable[..., Any], **more: Any
) -> Act:
    """A use case on a paper's open task, by somebody, now, with a form made now."""
    by, at = example.people[username], example.now
    owned = {task.owner_id for task in example.open_tasks(name)} - {None}
    given = {
        "case_id": example.case(name).pk,
        "ticket": example.ticket(name, of=by if owned else None),
        "by": by,
        "at": at,
        **more,
    }
    return lambda: use_case(**given)
