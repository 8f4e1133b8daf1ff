"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Tells Django where audit is."""

    name = "audit"
