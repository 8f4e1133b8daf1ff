"""Announcements over a websocket: what changed, never how; the page asks again where it is guarded."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from channels.auth import get_user
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings

from offices import clock, selectors
from offices.dates import ZONE
from workflows import live

if TYPE_CHECKING:
    from offices.models import User

MOST_TOPICS = 20
SIGNED_OUT = 4401
NOT_PERMITTED = 4403


class Announcements(AsyncJsonWebsocketConsumer):
    """One page's ear: `?chu-de=desk.1 document.7`; sends `{topic, version, at}`.

    The right to each topic is asked on connecting and again before every message; whoever signed
    out, or may no longer read, hears nothing more and is disconnected. It takes no messages.
    """

    topics: tuple[str, ...] = ()

    async def connect(self) -> None:
        """Accept who is signed in and may hear every topic named; refuse the handshake else."""
        topics = _topics(self.scope["query_string"])
        user = await self._user()
        if user is None or not topics or not await _may_hear_all(user, topics):
            await self.close()
            return
        self.topics = topics
        for topic in topics:
            await self.channel_layer.group_add(topic, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave the topics."""
        for topic in self.topics:
            await self.channel_layer.group_discard(topic, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Pass over whatever a page says: it only listens."""

    async def changed(self, event: dict[str, Any]) -> None:
        """Pass a change on to who is still signed in and may still hear of it."""
        user = await self._user()
        if user is None:
            await self.close(SIGNED_OUT)
        elif not await _may_hear_all(user, (event["topic"],)):
            await self.close(NOT_PERMITTED)
        else:
            at = await database_sync_to_async(clock.now)()
            await self.send_json(
                {
                    "topic": event["topic"],
                    "version": event["version"],
                    "at": at.astimezone(ZONE).isoformat(timespec="minutes"),
                }
            )

    async def _user(self) -> User | None:
        """Read the session anew: the handshake's copy does not know of a sign-out since."""
        kept = import_module(settings.SESSION_ENGINE)
        session = kept.SessionStore(self.scope["session"].session_key)
        user = await get_user({"session": session})
        return user if user.is_authenticated and user.is_active else None


def _topics(query: bytes) -> tuple[str, ...]:
    named = parse_qs(query.decode("ascii", "replace")).get("chu-de", [""])[0].split()
    topics = tuple(dict.fromkeys(named))
    return topics if len(topics) <= MOST_TOPICS else ()


@database_sync_to_async
def _may_hear_all(user: User, topics: tuple[str, ...]) -> bool:
    at = clock.now()
    standings = selectors.standings(user, at=at)
    return all(live.may_hear(user, topic, at=at, standings=standings) for topic in topics)
