"""The workflows app."""

from importlib import import_module

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Tells Django where workflows is, and has its checks and audit sentences registered."""

    name = "workflows"

    def ready(self) -> None:
        """Load what needs the models of all apps."""
        import_module("workflows.checks")
        import_module("workflows.actions")
