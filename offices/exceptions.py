"""Refusals: what is said, in one sentence, when an act does not happen, and what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """An act that did not happen: nothing was written, and the person is told why.

    `sentence` says what is the matter, `advice` what to do now (may be empty), `facts` hold what
    a page may show besides, by name. `status` is the HTTP status that fits.
    """

    status = 400

    def __init__(
        self, sentence: str, *, advice: str = "", facts: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice
        self.facts: dict[str, Any] = dict(facts or {})


class NotPermitted(Refusal):
    """The person may not do this; the barred button shows the same sentence."""

    status = 403


class Conflict(Refusal):
    """Another act came first, or the state of things does not allow this one any more."""

    status = 409


class BadInput(Refusal):
    """What was given cannot be used; the sentence says what is wrong and where."""

    status = 400


class NeverDeleted(TypeError):
    """A mistake of the program: rows of this kind are ended, never deleted."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"A {kind} is ended, never deleted.")
