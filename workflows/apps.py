"""The workflows app."""

from importlib import import_module

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Tells Django where workflows is, and has its checks registered."""

    name = "workflows"

    def ready(self) -> None:
        """Load the system checks, which need the models of all apps."""
        import_module("workflows.checks")
