"""The offices app."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """Tells Django where offices is."""

    name = "offices"
