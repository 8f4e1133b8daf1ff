"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Tells Django where documents is."""

    name = "documents"
