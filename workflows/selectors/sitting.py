"""What is signed in one sitting: a summary of each paper, and what must be opened by itself.

A sitting saves the typing of a password, not the reading: what asks for thought of its own, a
dissent or a basis no longer in force, is signed on its own page (ADR 0026).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from documents.effects import State
from documents.models import Relation
from documents.models.papers import LETTERS
from documents.relations import EXECUTED_ON_ISSUE, RelationKind
from documents.selectors import state
from workflows.models import FormCheck, Opinion, SubmissionNote
from workflows.quorum import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

MOST_IN_ONE_SITTING = 20
HOLDS = (State.IN_FORCE, State.PARTLY_CEASED)


@dataclass(frozen=True, slots=True)
class Summary:
    """One paper that waits for a signature, in what its page says first.

    `alone` are the sentences that say why it is signed on its own page; empty for what may be
    signed in a sitting.
    """

    case: Any
    note: SubmissionNote | None
    check: FormCheck | None
    tally: Tally | None
    acts_on: tuple[Relation, ...]
    bases: Counter[State]
    alone: tuple[str, ...]

    @property
    def bases_held(self) -> int:
        """How many of its legal bases are in force on the day, wholly or in part."""
        return sum(self.bases[one] for one in HOLDS)


def summaries(cases: Iterable[Any], *, on: date) -> list[Summary]:
    """Summarise papers on a day, in the order given: six queries, however many they are."""
    rows = list(cases)
    if not rows:
        return []
    keys = [case.revision_id for case in rows]
    relations = _relations(keys)
    of_all = [relation for found in relations.values() for relation in found]
    legal = state.legal([relation.target for relation in of_all], on=on)
    tallies = _tallies(keys)
    notes = {one.revision_id: one for one in SubmissionNote.objects.filter(revision__in=keys)}
    checks = {
        one.revision_id: one
        for one in FormCheck.objects.filter(revision__in=keys).select_related("by")
    }
    found = []
    for case in rows:
        around = relations[case.revision_id]
        bases = {one.target_id for one in around if one.verb == RelationKind.BASED_ON.value}
        counted = Counter(legal[key].state for key in bases)
        tally = tallies.get(case.revision_id)
        found.append(
            Summary(
                case=case,
                note=notes.get(case.revision_id),
                check=checks.get(case.revision_id),
                tally=tally,
                acts_on=tuple(one for one in around if one.target_id not in bases),
                bases=counted,
                alone=tuple(_alone(case, tally, counted)),
            )
        )
    return found


def _alone(case: Any, tally: Tally | None, bases: Counter[State]) -> Iterable[str]:
    if tally is None and case.document.kind not in LETTERS:
        yield _("The committee was not asked about this content.")
    elif tally is not None and tally.disagree:
        yield _("Somebody on the committee does not agree; read the reason and its answer.")
    if case.referred_at is not None:
        yield _("It was referred up to the Chairman; read why.")
    lost = bases.total() - sum(bases[one] for one in (*HOLDS, State.UNKNOWN))
    if lost:
        yield _("A legal basis is not in force today.")


def _relations(revision_ids: Sequence[int]) -> dict[int, list[Relation]]:
    verbs = [RelationKind.BASED_ON.value, *(verb.value for verb in EXECUTED_ON_ISSUE)]
    rows = Relation.objects.filter(revision__in=revision_ids, verb__in=verbs)
    found: dict[int, list[Relation]] = defaultdict(list)
    for relation in rows.select_related("target").order_by("revision", "ordinal"):
        found[relation.revision_id].append(relation)
    return found


def _tallies(revision_ids: Sequence[int]) -> dict[int, Tally]:
    """Count the answers of the latest round on each content."""
    rows = (
        Opinion.objects.filter(round__revision__in=revision_ids)
        .order_by("round__ordinal")
        .values_list("round__revision", "round", "choice", "late__choice")
    )
    choices: dict[int, tuple[int, list[str]]] = {}
    for revision_id, round_id, recorded, late in rows:
        # What came late decides nothing, and is read all the same before signing.
        choice = late or recorded
        before = choices.get(revision_id)
        if before is None or before[0] != round_id:
            choices[revision_id] = (round_id, [])
        choices[revision_id][1].append(choice)
    return {
        key: Tally(
            asked=len(said),
            agree=said.count(Opinion.Choice.AGREE),
            remarks=said.count(Opinion.Choice.AGREE_WITH_REMARKS),
            disagree=said.count(Opinion.Choice.DISAGREE),
            silent=said.count(Opinion.Choice.SILENT),
        )
        for key, (_round, said) in choices.items()
    }
