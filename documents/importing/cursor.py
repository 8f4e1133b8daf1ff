"""A walk over the paragraphs of a paper: by paragraph, or line by line."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from documents.importing.layout import Line, Para

if TYPE_CHECKING:
    from collections.abc import Iterable


class Cursor:
    """Walks over paragraphs, by paragraph or line by line."""

    def __init__(self, paras: Iterable[Para]) -> None:
        self._paras = deque(paras)
        self._pending: deque[Line] = deque()

    def peek(self) -> Para | None:
        """The next paragraph, or what is left of a half-read one."""
        if self._pending:
            return Para(tuple(self._pending))
        return self._paras[0] if self._paras else None

    def take(self) -> Para:
        """Consume the next paragraph, or what is left of a half-read one."""
        if self._pending:
            rest = Para(tuple(self._pending))
            self._pending.clear()
            return rest
        return self._paras.popleft()

    def put_back(self, paras: Iterable[Para]) -> None:
        """Return paragraphs that turned out to belong further down; nothing may be half-read."""
        self._paras.extendleft(reversed(list(paras)))

    def peek_table(self) -> Para | None:
        """The next paragraph where it is a run of TAB-separated lines."""
        if self._pending or not self._paras or not self._paras[0].is_table:
            return None
        return self._paras[0]

    def spread(self) -> None:
        """Turn a two-column layout into lines, the left column first."""
        self._pending.extend(self._paras.popleft().cells())

    def peek_line(self) -> Line | None:
        """The next line; None at the end and before a table."""
        if not self._pending and self._paras and not self._paras[0].is_table:
            self._pending.extend(self._paras.popleft().lines)
        return self._pending[0] if self._pending else None

    def take_line(self) -> Line:
        """Consume the line that `peek_line` shows."""
        return self._pending.popleft()

    def ahead(self, count: int) -> list[Line]:
        """The next lines up to a table, at most `count`, without consuming them."""
        lines = list(self._pending)
        for para in self._paras:
            if para.is_table or len(lines) >= count:
                break
            lines += para.lines
        return lines[:count]

    def take_joined(self, count: int) -> Line:
        """Consume the next lines as the one line they were before a narrow column broke it."""
        lines: list[Line] = []
        while len(lines) < count and self.peek_line() is not None:
            lines.append(self.take_line())
        return Line(lines[0].number, " ".join(line.text for line in lines))

    def rest(self) -> list[Para]:
        """Every paragraph not consumed yet, without consuming it."""
        half = [Para(tuple(self._pending))] if self._pending else []
        return [*half, *self._paras]
