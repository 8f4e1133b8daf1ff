"""`manage.py describe_rules`: write every rule and every reader's finding into the docs."""

from __future__ import annotations

import inspect
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from documents.importing.codes import ON_THE_WAY, REFUSALS
from documents.importing.noted import ON_THE_PAPER, Code
from documents.rules import RULES, Rule
from documents.rules.doubts import DOUBTS
from offices.dates import vn_date

PAGE = Path("docs") / "reference" / "rules.md"

OPENING = """\
# Rules

<!-- Written by `manage.py describe_rules`; change `documents/rules/`, or `noted.py` and `codes.py`
in `documents/importing/`, and run it again. -->

What a draft is held against while it is written, proposed and checked. **stop** bars a version
from being saved, and only where the law says so; **warn** asks the drafter to look again; **note**
tells. A rule never changes the text. The sentence is what the drafter reads, with the place and
the source beside it. What a text says by itself its reader notes; what needs the office, its other
papers or the day is asked of a named rule. Each has a test
(`tests/contracts/test_every_rule_has_a_test.py`).

Clauses no text can show are kept by the procedure instead: review and approval (ISO 9001, 7.5.2 c)
by its steps, the register of external papers (7.5.3.2) by citations, objectives monitored (6.2.1 e)
by the reports asked of who answers for them.
"""

HEAD = ("| code | severity | the rule | source | what the drafter reads |", "|---|---|---|---|---|")


class Command(BaseCommand):
    """Writes the page, or with `--check` says whether it is current."""

    help = "Write docs/reference/rules.md from documents/rules/."

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
            raise CommandError(f"{PAGE} is out of date: run `manage.py describe_rules`.")


def describe() -> str:
    """Give the page as Markdown; sentences in Vietnamese, as they are read."""
    with translation.override("vi"):
        return "\n".join([OPENING, *_rooms(), *_reader()])


def _rooms() -> list[str]:
    """One table for each module of rules, headed by the module's own first sentence."""
    lines: list[str] = []
    rooms = dict.fromkeys(type(rule).__module__ for rule in RULES)
    for room in rooms:
        module = inspect.getmodule(type(next(r for r in RULES if type(r).__module__ == room)))
        lines += [
            f"## {(inspect.getdoc(module) or '').splitlines()[0].rstrip('.')}",
            "",
            *HEAD,
            *(_row(rule) for rule in RULES if type(rule).__module__ == room),
            "",
        ]
    return lines


def _row(rule: Rule) -> str:
    words = (inspect.getdoc(type(rule)) or "").splitlines()[0]
    kinds = f" ({', '.join(rule.kinds)})" if rule.kinds else ""
    source = rule.source
    if rule.earlier_source is not None:
        until, before = rule.earlier_source
        source = f"{source}; trước {vn_date(until)}: {before}"
    return f"| `{rule.code}` | {rule.severity} | {words}{kinds} | {source} | {rule.sentence} |"


def _reader() -> list[str]:
    """The reader's own findings in the shape of the rules, then what it refuses."""
    lines = [
        *_noted("What the reader notes of a paper itself", ON_THE_PAPER),
        *_noted("What became of a text on its way in", ON_THE_WAY),
        "## What an objective leaves open",
        "",
        "Asked where a reading is confirmed (ISO 9001:2015, 6.2.1 b). Marked *, a figure or a day",
        "hangs on it: a draft is told too, by `BH_TARGET_UNSURE`.",
        "",
        "| code | severity | the rule | what the drafter reads |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{code}`{' *' if doubt.decides else ''} | note | {doubt.rule} | {doubt.sentence} |"
        for code, doubt in DOUBTS.items()
    ]
    lines += [
        "",
        "## What is refused as a whole",
        "",
        "| code | what the reader says |",
        "|---|---|",
    ]
    lines += [
        f"| `{code}` | {translation.gettext(sentence)} |" for code, sentence in REFUSALS.items()
    ]
    return [*lines, ""]


def _noted(heading: str, codes: Mapping[str, Code]) -> list[str]:
    """One table of the reader's codes."""
    return [
        f"## {heading}",
        "",
        *HEAD,
        *(
            f"| `{code}` | {one.severity} | {one.rule} | {one.source} "
            f"| {translation.gettext(one.sentence)} |"
            for code, one in codes.items()
        ),
        "",
    ]
