"""A paper as PDF/A-3: one file with the pages, and the canonical JSON they were made from."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.printing.faces import folders

if TYPE_CHECKING:
    from documents.printing.paper import Paper

MEDIA_TYPE = "application/pdf"
# The most that one print may take; a paper of a thousand pages needs a fifth of it.
SECONDS = 60
MEMORY = 1024 * 1024 * 1024
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SetPages:
    """A file that was set, and its number of pages; Word alone knows how many it makes of one."""

    data: bytes
    pages: int | None


class NotPrinted(Exception):
    """The press did not give a file; `why` is "time", "memory" or "layout"."""

    def __init__(self, why: str, told: str = "") -> None:
        super().__init__(f"{why}: {told}" if told else why)
        self.why = why


def pdf_of(
    paper: Paper, canonical: bytes, *, seconds: int = SECONDS, memory: int = MEMORY
) -> SetPages:
    """Set a paper with its canonical JSON attached; the same arguments give the same bytes.

    Text is handed over as data to a fixed template in a process of its own, which gets no more
    than `seconds` and `memory` bytes. Raises `NotPrinted`.
    """
    with tempfile.TemporaryDirectory() as empty:
        order = {
            "asks": False,
            "template": _template(),
            "paper": as_data(paper),
            "held": json.dumps([sheet.held for sheet in paper.sheets]),
            "parted": "[]",
            "canonical": canonical.decode(),
            "folders": [str(folder) for folder in folders()],
            "root": empty,
            "memory": memory,
        }
        if any(sheet.signs_below_a_table for sheet in paper.sheets):
            # Only set pages tell whether a table ends on the page before its signature. They are
            # set in a process of their own, so that memory is taken once; a third of the time.
            order["parted"] = _pressed({**order, "asks": True}, seconds=seconds // 3).decode()
            seconds -= seconds // 3
        pages, _line, data = _pressed(order, seconds=seconds).partition(b"\n")
    return SetPages(data, int(pages))


def _pressed(order: dict[str, Any], *, seconds: int) -> bytes:
    """What the press answers to one order."""
    try:
        done = subprocess.run(  # noqa: S603 - our own script, fixed arguments
            [sys.executable, "-I", str(HERE / "press.py")],
            input=json.dumps({**order, "seconds": seconds}).encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise NotPrinted("time") from late
    if done.returncode == 0:
        return done.stdout
    told = done.stderr.decode(errors="replace")
    # A negative code is a signal: the limit of time or of memory struck inside the press.
    raise NotPrinted("layout" if done.returncode == 2 else "memory", told[-2000:])


def as_data(paper: Paper) -> str:
    """The paper as the JSON that the template reads."""
    return json.dumps(asdict(paper), ensure_ascii=False, default=_day)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place on a paper")


@cache
def _template() -> str:
    return (HERE / "decision.typ").read_text(encoding="utf-8")
