"""The one way an act on a post enters the audit: same subject, same office, same party."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from audit import services as audit
from offices.parties import actor, office_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from audit.services import Party
    from offices.models import Post, User


def record_on_post(
    post: Post,
    action: str,
    *,
    by: User | Party,
    at: datetime,
    details: Mapping[str, str | int | bool | None],
    disclose: Mapping[str, str] | None = None,
) -> None:
    """Record what was done to a post, its holder or who acts for them, as an operation of its own.

    Raises what `audit.record` raises, outside a transaction too.
    """
    audit.record(
        action,
        operation_id=uuid4(),
        head=True,
        subject=audit.Subject("post", str(post.pk), post.title),
        by=actor(by),
        at=at,
        office=office_key(post.office),
        details=details,
        disclose=disclose,
    )
