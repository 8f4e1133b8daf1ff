"""The documents app."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Tells Django where documents is, and has its audit sentences registered."""

    name = "documents"

    def ready(self) -> None:
        """Load the sentences, so that no act is recorded that nobody could read back."""
        import_module("documents.actions")
