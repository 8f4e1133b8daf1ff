"""Duties are done in one transaction with what they demand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from documents.services import externals
from documents.services.recording import record_on
from offices.dates import vn_moment
from workflows import live, policies
from workflows.exceptions import AlreadyDone, BadInput
from workflows.models import Act, Duty

if TYPE_CHECKING:
    from documents.services.externals import Completion
    from offices.models import User


def complete_stub(*, duty: Duty, found: Completion, key: UUID, by: User, at: datetime) -> Duty:
    """Complete a paper known only by citation and close the duty that asked for it."""
    policies.check_can_do_duty(by, duty, at=at)
    with transaction.atomic():
        held = hold(duty)
        operation_id = externals.complete_stub(document=held.document, found=found, by=by, at=at)
        _close(held, name="complete_stub", operation_id=operation_id, key=key, by=by, at=at)
    return held


def put_on_portal(*, duty: Duty, address: str, key: UUID, by: User, at: datetime) -> Duty:
    """Record where on the portal the paper was put, and close the duty."""
    policies.check_can_do_duty(by, duty, at=at)
    if not address.strip():
        raise BadInput(_("Say where on the portal the paper can be read."))
    with transaction.atomic():
        held = hold(duty)
        operation_id = record_on(
            held.document,
            "duty.done",
            by=by,
            at=at,
            details={"sort": held.sort},
            disclose={"address": address.strip()},
        )
        _close(held, name="put_on_portal", operation_id=operation_id, key=key, by=by, at=at)
    return held


def hold(duty: Duty) -> Duty:
    """Hold a duty for whoever does it, or refuse naming who was first.

    Who did it is read after the lock and not joined to it: PostgreSQL reads the locked row anew,
    the rows joined to it as they were before the wait.
    """
    held = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("document__office", "department", "result")
        .get(pk=duty.pk)
    )
    if held.done_at is not None and held.done_by is not None:
        raise AlreadyDone(
            _("%(name)s was first, at %(moment)s.")
            % {"name": held.done_by.display_name, "moment": vn_moment(held.done_at)},
            advice=_("Nothing was recorded now."),
        )
    return held


def _close(duty: Duty, *, name: str, operation_id: UUID, key: UUID, by: User, at: datetime) -> None:
    duty.done_at = at
    duty.done_by = by
    duty.save(update_fields=["done_at", "done_by"])
    Act.objects.create(key=key, name=name, by=by, at=at, operation_id=operation_id)
    live.announce_document(duty.document)
