"""What the readers answer besides the content: findings, and the refusal to read at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from documents.importing.codes import FINDINGS, REFUSALS, severity_of

if TYPE_CHECKING:
    from documents.importing.noted import Severity

Value = str | int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; `line` and `column` count from 1 in the text as given.

    The sentence is `FINDINGS[code].sentence % values`, translated by whoever shows it.
    """

    code: str
    severity: Severity
    line: int | None
    column: int | None
    values: dict[str, object]

    @property
    def sentence(self) -> str:
        """The message id of the sentence, with named placeholders."""
        return FINDINGS[self.code].sentence


class Unreadable(Exception):
    """The text is refused as a whole; nothing of it is kept.

    `code` is a key of REFUSALS, `values` fill its sentence.
    """

    def __init__(self, code: str, *, line: int | None = None, **values: Value) -> None:
        self.code = code
        self.line = line
        self.values: dict[str, object] = {"line": line or 1, **values}
        super().__init__(REFUSALS[code] % self.values)

    @property
    def sentence(self) -> str:
        """The message id of the sentence, with named placeholders."""
        return REFUSALS[self.code]


@dataclass(slots=True)
class Findings:
    """Collects findings while a text is read."""

    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, line: int | None = None, **values: Value) -> None:
        """Note one finding; every finding of a line carries the line among its values."""
        place: dict[str, object] = {} if line is None else {"line": line}
        self.found.append(Finding(code, severity_of(code), line, None, {**place, **values}))

    def in_order(self) -> tuple[Finding, ...]:
        """By line; what concerns the whole paper first."""
        return tuple(sorted(self.found, key=lambda one: one.line or 0))
