"""Whether objectives are no lower than those of the body above: "không thấp hơn mục tiêu chung"."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from documents.content.objectives.cascade import Held, Stated
from documents.content.objectives.figures import meaning
from documents.rules.base import NOTE, Breach, Draft, Rule
from documents.rules.objectives import ObjectivesRule, short

_SOURCE = "ISO 9001:2015, 6.2.1 a; quyết định ban hành mục tiêu của cấp trên"


def _as_taken(one: Stated) -> str:
    return f"“{short(one.text)}” ({meaning(one)})"


class ObjectivesAreNotLower(ObjectivesRule):
    """A lower body's target is not lower than that of the body above it."""

    code = "BH_CASCADE"
    source = _SOURCE
    sentence = gettext_lazy("“%(own)s” asks less than %(paper)s: %(above)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Hold targets against the confirmed ones of the papers above."""
        for pair in draft.held_against_above:
            if pair.held is Held.LOWER and pair.own is not None:
                told = {"own": short(pair.own.text), "paper": pair.above.paper}
                yield pair.own.place, {**told, "above": _as_taken(pair.above)}


class ObjectivesAreComparable(ObjectivesRule):
    """A target that answers one of the body above counts in its unit and in its sense."""

    code = "BH_CASCADE_UNLIKE"
    severity = NOTE
    source = _SOURCE
    sentence = gettext_lazy(
        "%(own)s and %(above)s of %(paper)s differ in unit or kind; hold them against each other."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Name what speaks of the same thing and cannot be compared by its figures."""
        for pair in draft.held_against_above:
            if pair.held is Held.UNLIKE and pair.own is not None:
                told = {"own": _as_taken(pair.own), "above": _as_taken(pair.above)}
                yield pair.own.place, {**told, "paper": pair.above.paper}


class ObjectivesAboveAreTakenUp(ObjectivesRule):
    """What the body above set as a target is taken up below, where the work is done there."""

    code = "BH_CASCADE_OPEN"
    severity = NOTE
    source = _SOURCE
    sentence = gettext_lazy(
        "No target here answers %(paper)s: %(above)s. Add one if the work is done here."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Name what is missing, once for each paper above."""
        missing: dict[str, list[str]] = {}
        for pair in draft.held_against_above:
            if pair.held is Held.MISSING and pair.above.direct:
                missing.setdefault(pair.above.paper, []).append(_as_taken(pair.above))
        for paper, above in missing.items():
            yield "", {"paper": paper, "above": "; ".join(above)}


RULES: tuple[Rule, ...] = (
    ObjectivesAreNotLower(),
    ObjectivesAreComparable(),
    ObjectivesAboveAreTakenUp(),
)
