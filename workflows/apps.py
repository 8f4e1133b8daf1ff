"""The workflows app."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Tells Django where workflows is."""

    name = "workflows"
