"""The offices app."""

from importlib import import_module

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """Tells Django where offices is, and the audit what it records."""

    name = "offices"

    def ready(self) -> None:
        """Register the actions, so that every entry can be read as a sentence."""
        import_module("offices.actions")
