"""A child process for parsers written in C: bounded, without our surroundings, answering in JSON.

What breaks the parser breaks the child; what the child answers is data.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from documents.importing.findings import Unreadable

HERE = Path(__file__).parent
# So many files are parsed at once in one process of the server; the next one waits.
AT_ONCE = 2
WAIT = 30.0
_SLOTS = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a child may use: seconds of CPU, seconds on the clock, bytes of memory, of its answer."""

    seconds: int
    deadline: float
    memory: int
    answer: int


def answer_of(script: Path, data: bytes, bounds: Bounds, *arguments: int) -> dict[str, Any]:
    """What a script of ours answers to bytes; Unreadable("stopped") where a bound ended it.

    The script gets the bounds and then its own arguments, the bytes on standard input.
    """
    if not _SLOTS.acquire(timeout=WAIT):
        raise Unreadable("busy")
    try:
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answered:
            given.write(data)
            given.seek(0)
            _run(script, given, answered, bounds, arguments)
            answered.seek(0)
            answer = json.load(answered)
    except ValueError as error:
        # Cut off in the middle of its answer.
        raise Unreadable("stopped") from error
    finally:
        _SLOTS.release()
    if not isinstance(answer, dict):
        raise Unreadable("stopped")
    return answer


def _run(
    script: Path, given: IO[bytes], answered: IO[bytes], bounds: Bounds, arguments: tuple[int, ...]
) -> None:
    numbers = (bounds.seconds, bounds.memory, bounds.answer, *arguments)
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", "-B", str(script), *map(str, numbers)],
            stdin=given,
            stdout=answered,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=bounds.deadline,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Unreadable("stopped") from error
