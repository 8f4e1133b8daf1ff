"""Push after commit: topic and version only; pages refetch through guarded addresses.

A push that fails is logged and forgotten: the act stands, and a page that missed it is only
older than it could be.
"""

from __future__ import annotations

import asyncio
import logging
import re
from typing import TYPE_CHECKING, Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from documents.policies import readable

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from documents.models import Document
    from offices.models import User
    from offices.selectors import Standings
    from workflows.models import Case

logger = logging.getLogger(__name__)

# Set by the server when it starts: with the in-memory layer a send must happen on its loop.
server_loop: asyncio.AbstractEventLoop | None = None

NOT_ANNOUNCED = "A change could not be announced; pages show it when reloaded."
TOPIC = re.compile(r"(?P<sort>document|desk|prints)\.(?P<key>[1-9][0-9]{0,9})", re.ASCII)


def document_topic(document_id: int) -> str:
    """The topic of one document's page and timeline."""
    return f"document.{document_id}"


def prints_topic(document_id: int) -> str:
    """The topic of what is being printed of one document."""
    return f"prints.{document_id}"


def desk_topic(office_id: int) -> str:
    """The topic of every desk of an office."""
    return f"desk.{office_id}"


def may_hear(by: User, topic: str, *, at: datetime, standings: Standings) -> bool:
    """Whether a person may listen: to papers they may read, to desks of offices they serve.

    At most one query; nothing is told of what does not exist.
    """
    named = TOPIC.fullmatch(topic)
    if named is None:
        return False
    reader, key = standings.reader, int(named["key"])
    if named["sort"] == "desk":
        return key in reader.office_ids
    return readable(by, at=at, reader=reader).filter(pk=key).exists()


def announce(case: Case) -> None:
    """Announce, once the act is committed, that a case and the desks of its office changed."""
    topics = (document_topic(case.document_id), desk_topic(case.document.office_id))
    version = case.version
    transaction.on_commit(lambda: _send(topics, version))


def announce_document(document: Document) -> None:
    """Announce, once committed, that a document changed outside any case."""
    topics = (document_topic(document.pk), desk_topic(document.office_id))
    transaction.on_commit(lambda: _send(topics, 0))


def announce_prints(document: Document) -> None:
    """Announce, once committed, that a print of a document was ordered, moved on, or ended."""
    topics = (prints_topic(document.pk),)
    transaction.on_commit(lambda: _send(topics, 0))


def _send(topics: tuple[str, ...], version: int) -> None:
    try:
        for topic in topics:
            _group_send(topic, {"type": "changed", "topic": topic, "version": version})
    except Exception:
        logger.exception(NOT_ANNOUNCED)


def _group_send(topic: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    loop = server_loop
    if loop is None or not loop.is_running():
        async_to_sync(layer.group_send)(topic, message)
        return
    sending = asyncio.run_coroutine_threadsafe(layer.group_send(topic, message), loop)
    sending.add_done_callback(_log_failure)


def _log_failure(sent: Future[None]) -> None:
    if not sent.cancelled() and sent.exception() is not None:
        logger.error(NOT_ANNOUNCED, exc_info=sent.exception())
