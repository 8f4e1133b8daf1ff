"""The addresses of announcements over websockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from workflows.consumers import Announcements

if TYPE_CHECKING:
    from django.urls import URLPattern

websocket_urlpatterns: list[URLPattern] = [path("truc-tiep/", Announcements.as_asgi())]
