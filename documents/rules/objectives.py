"""What ISO 9001 asks of objectives: measurable, and planned with what, resources, who, when, how.

All of it is read by `documents.content.objectives`, so that the findings on a draft, the page that
confirms the reading and the results never disagree on what a target is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from documents.rules.base import NOTE, Breach, Draft, Rule
from documents.rules.doubts import DOUBTS

if TYPE_CHECKING:
    from documents.content.objectives.model import Objective

_SHOWN = 80
_NO_FIGURE = gettext_lazy(
    "no figure or judgement stands there; write how much is to be reached, or what counts as passed."
)
_UNCOUNTED = gettext_lazy("nobody can count it; write how it is counted, and by whom.")


class ObjectivesRule(Rule):
    """A rule on the objectives of a draft; silent where it sets none or is still a blank form."""

    def speaks_of(self, draft: Draft) -> bool:
        """Whether the draft sets objectives."""
        return bool(draft.set_objectives)


def short(text: str) -> str:
    """A text cut to the length that a finding shows."""
    return str(Truncator(text.rstrip(" .;")).chars(_SHOWN))


class ObjectivesAreMeasurable(ObjectivesRule):
    """An objective says how much, or by what judgement it is reached."""

    code = "ISO_6_2_1_B"
    source = "ISO 9001:2015, 6.2.1 b"
    sentence = gettext_lazy("“%(what)s” cannot be measured: %(why)s")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Name every target that two people could judge differently."""
        for one in draft.set_objectives:
            for target in one.targets:
                if not target.is_measurable:
                    why = _UNCOUNTED if target.value is not None else _NO_FIGURE
                    yield one.clause_id, {"what": short(target.text), "why": str(why)}


class ObjectivesSayWhatIsDone(ObjectivesRule):
    """An objective says what is done to reach it."""

    code = "ISO_6_2_2_A"
    severity = NOTE
    source = "ISO 9001:2015, 6.2.2 a"
    sentence = gettext_lazy("No measure says what is done to reach %(what)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Name objectives without a measure; all of them at once where none has any."""
        bare = [one for one in draft.set_objectives if not any(m.text for m in one.measures)]
        yield from _each(draft, bare)


class ObjectivesSayWithWhat(ObjectivesRule):
    """Objectives say what resources they need."""

    code = "ISO_6_2_2_B"
    severity = NOTE
    source = "ISO 9001:2015, 6.2.2 b"
    sentence = gettext_lazy("The objectives do not say what resources they need.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for resources in any measure, or for words of people, money or means."""
        measures = [measure for one in draft.set_objectives for measure in one.measures]
        words = " ".join(measure.text for measure in measures).casefold()
        signs = ("nguồn lực", "kinh phí", "bố trí", "trang bị", "nhân lực", "phân công")
        if not any(m.resources for m in measures) and not any(one in words for one in signs):
            yield "", {}


class ObjectivesSayWho(ObjectivesRule):
    """Every objective is somebody's."""

    code = "ISO_6_2_2_C"
    source = "ISO 9001:2015, 6.2.2 c"
    sentence = gettext_lazy("Nobody is responsible for %(what)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for a responsible body in each measure, or for one person charged with all."""
        if draft.objectives.owner:
            return
        bare = [one for one in draft.set_objectives if not any(m.responsible for m in one.measures)]
        yield from _each(draft, bare)


class ObjectivesSayWhen(ObjectivesRule):
    """Every objective says by when it is reached, or for which periods it is reported."""

    code = "ISO_6_2_2_D_EACH"
    severity = NOTE
    source = "ISO 9001:2015, 6.2.2 d"
    sentence = gettext_lazy("No deadline and no period of report is given for %(what)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for a deadline or period in each measure, or for periods the paper orders."""
        if draft.objectives.reports:
            return
        bare = [
            one
            for one in draft.set_objectives
            if not any(m.deadline or m.every for m in one.measures)
        ]
        yield from _each(draft, bare)


class ObjectivesSayHowTheyAreEvaluated(ObjectivesRule):
    """Objectives say how their results are evaluated."""

    code = "ISO_6_2_2_E"
    severity = NOTE
    source = "ISO 9001:2015, 6.2.2 e"
    sentence = gettext_lazy("The objectives do not say how their results are evaluated.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for a method, a period of report, or reports the paper orders."""
        found = draft.set_objectives
        measures = [measure for one in found for measure in one.measures]
        told = any(one.method for one in found) or any(m.method or m.every for m in measures)
        if not told and not draft.objectives.reports:
            yield "", {}


class ObjectivesReadOneWay(ObjectivesRule):
    """A target can be read in one way only."""

    code = "BH_TARGET_UNSURE"
    severity = NOTE
    source = "Ban Hành; ISO 9001:2015, 6.2.1 b"
    sentence = gettext_lazy("“%(what)s”: %(why)s")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Give what the reader would ask of whoever confirms the reading."""
        for one in draft.set_objectives:
            said = [(one.text, doubt) for doubt in one.doubts]
            said += [(target.text, doubt) for target in one.targets for doubt in target.doubts]
            said += [
                (measure.deadline.raw, doubt)
                for measure in one.measures
                if measure.deadline is not None
                for doubt in measure.deadline.doubts
            ]
            for text, doubt in dict.fromkeys(said):
                if DOUBTS[doubt].decides:
                    yield one.clause_id, {"what": short(text), "why": str(DOUBTS[doubt].sentence)}


def _each(draft: Draft, bare: list[Objective]) -> Iterator[Breach]:
    """Name each objective that lacks something; all at once where none has it."""
    if len(bare) > 1 and len(bare) == len(draft.set_objectives):
        yield "", {"what": str(_ANY)}
        return
    for one in bare:
        yield one.clause_id, {"what": f"“{short(one.text)}”"}


_ANY = gettext_lazy("any of the objectives")

RULES: tuple[Rule, ...] = (
    ObjectivesAreMeasurable(),
    ObjectivesSayWhatIsDone(),
    ObjectivesSayWithWhat(),
    ObjectivesSayWho(),
    ObjectivesSayWhen(),
    ObjectivesSayHowTheyAreEvaluated(),
    ObjectivesReadOneWay(),
)
