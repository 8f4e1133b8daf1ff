"""`manage.py describe_roles`: write what each role may do into docs/reference/roles.md."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from offices.roles import (
    CAPABILITIES,
    DECISIONS,
    HELD_BY_ONE,
    ROLES,
    SEPARATIONS,
    Capability,
    Role,
)

PAGE = Path("docs") / "reference" / "roles.md"

OPENING = """\
# Roles

<!-- Written by `manage.py describe_roles`; change `offices/roles.py` and run it again. -->

A role says what a post is for. When a post is created, its group is granted the capabilities of
its role on the post's department, committee or office. Somebody may do a thing on an object at a
moment when they hold such a post on that day in Viet Nam (or a live delegation of it) and the
group has the grant. Nothing else counts: no superuser, no membership of a group.
"""


class Command(BaseCommand):
    """Writes the page, or with `--check` says whether it is current."""

    help = "Write docs/reference/roles.md from offices/roles.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer `--check`."""
        parser.add_argument("--check", action="store_true", help="only say whether it is current")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or check."""
        page = Path(settings.BASE_DIR) / PAGE
        if not options["check"]:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(describe(), encoding="utf-8")
            return
        if not page.exists() or page.read_text(encoding="utf-8") != describe():
            raise CommandError(f"{PAGE} is out of date: run `manage.py describe_roles`.")


def describe() -> str:
    """Give the page as Markdown."""
    return "\n".join([OPENING, _roles(), _capabilities(), _separations()])


def _roles() -> str:
    lines = ["## What each role may do", "", "| role | for | may | held by |", "|---|---|---|---|"]
    for role, facts in ROLES.items():
        may = ", ".join(f"`{capability}`" for capability in facts.capabilities)
        held = "one person at a time" if role in HELD_BY_ONE else "several"
        lines.append(f"| {facts.label} (`{role}`) | {facts.sentence} | {may} | {held} |")
    return "\n".join([*lines, ""])


def _capabilities() -> str:
    lines = [
        "## Capabilities",
        "",
        "| capability | means | granted on a | a decision about a paper | roles |",
        "|---|---|---|---|---|",
    ]
    for capability, facts in CAPABILITIES.items():
        decides = "yes" if capability in DECISIONS else "no"
        lines.append(
            f"| `{capability}` | {facts.label} | {facts.scope} | {decides} | {_whose(capability)} |"
        )
    return "\n".join([*lines, ""])


def _whose(capability: Capability) -> str:
    roles: list[Role] = [role for role, facts in ROLES.items() if capability in facts.capabilities]
    return ", ".join(f"`{role}`" for role in roles)


def _separations() -> str:
    lines = [
        "## What no one person joins",
        "",
        "On one paper:",
        "",
        *(f"* `{rule.first}` and `{rule.second}`: {rule.sentence}" for rule in SEPARATIONS),
        "",
        "At any one time: a post of the role `administrator` and a post of any other role, or a "
        "delegation. Every other joining of hats is allowed and recorded with the capacity used.",
    ]
    return "\n".join([*lines, ""])
