"""The Bảng tổng hợp: every remark of a round, by whom, and what became of it, from one read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from workflows.models import LateOpinion, Opinion, Response, ReviewRound, Uptake

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from documents.models import Document, Revision
    from workflows.models import Case

SORTS = {Response.Sort.ACCEPTED: "Tiếp thu", Response.Sort.EXPLAINED: "Giải trình"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a remark: by the drafter in the next text, or by the head who concluded."""

    words: str
    place: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """One remark: of which opinion, on which clause ("" for general words), and what became of it.

    `key` names it in a form: the opinion's key, and the clause remark's where it is about a clause.
    `must` is false for what came late: it may be answered, and need not be.
    """

    key: str
    opinion: Opinion
    clause_id: str
    clause: str
    text: str
    dissent: bool
    must: bool
    taken: tuple[Taken, ...]

    @property
    def clause_remark_id(self) -> int | None:
        """The key of the clause remark; None for general words."""
        own = self.key.partition("-")[2]
        return int(own) if own else None


def of_round(round: ReviewRound) -> list[Remarked]:
    """Give the remarks of a round read by `rounds_of`, dissent first, each with what became of it."""
    found = [line for opinion in round.opinions.all() for line in _lines(opinion)]
    return sorted(found, key=lambda one: (not one.must, not one.dissent, one.opinion.pk))


def silent_of(round: ReviewRound) -> list[str]:
    """Give who said nothing in a round read by `rounds_of`, not even late, by title."""
    return [
        one.reviewer_title
        for one in round.opinions.all()
        if one.choice == Opinion.Choice.SILENT and not hasattr(one, "late")
    ]


def open_for(case: Case) -> list[Remarked]:
    """Give the remarks on the text that went back which have no answer yet; four queries.

    Where the head answered in an endorsement, nothing is open; where the committee was not asked
    about this text, there is nothing at all.
    """
    last = rounds_of(case.document).filter(case=case, revision=case.revision).last()
    if last is None:
        return []
    return [one for one in of_round(last) if not one.taken]


def rounds_of(document: Document) -> QuerySet[ReviewRound]:
    """Find the rounds on a paper, oldest first, with all that the table shows."""
    opinions = (
        Opinion.objects.select_related("reviewer", "late")
        .prefetch_related(
            "clause_remarks",
            Prefetch("responses", Response.objects.select_related("conclusion__by")),
            Prefetch("uptakes", Uptake.objects.select_related("by", "revision")),
        )
        .order_by("pk")
    )
    return (
        ReviewRound.objects.filter(case__document=document)
        .select_related("revision", "conclusion__by", "opened_by")
        .prefetch_related(Prefetch("opinions", opinions))
        .order_by("case_id", "ordinal")
    )


def own_before(reviewer_id: int, *, case: Case, revision: Revision) -> list[Remarked]:
    """Give what became of a reviewer's own remarks of the round before this text; four queries."""
    earlier = rounds_of(case.document).filter(case=case).exclude(revision=revision)
    for round in earlier.filter(opinions__reviewer=reviewer_id).reverse()[:1]:
        return [one for one in of_round(round) if one.opinion.reviewer_id == reviewer_id]
    return []


def _lines(opinion: Opinion) -> list[Remarked]:
    late: LateOpinion | None = getattr(opinion, "late", None)
    choice = late.choice if late is not None else opinion.choice
    dissent = choice == Opinion.Choice.DISAGREE
    general = late.remarks if late is not None else opinion.remarks
    answers = [
        Taken(SORTS[Response.Sort(one.sort)], "", one.text, one.conclusion.by.display_name)
        for one in opinion.responses.all()
    ]
    lines = []
    if general:
        lines.append(
            Remarked(
                str(opinion.pk),
                opinion,
                "",
                "",
                general,
                dissent,
                late is None,
                (*answers, *_taken(opinion, None)),
            )
        )
    for remark in opinion.clause_remarks.all():
        taken = (*answers, *_taken(opinion, remark.pk))
        lines.append(
            Remarked(
                f"{opinion.pk}-{remark.pk}",
                opinion,
                remark.clause_id,
                remark.clause_label,
                remark.text,
                dissent,
                late is None,
                taken,
            )
        )
    return lines


def _taken(opinion: Opinion, clause_remark_id: int | None) -> list[Taken]:
    return [
        Taken(SORTS[Response.Sort(one.sort)], one.place_label, one.text, one.by.display_name)
        for one in opinion.uptakes.all()
        if one.clause_remark_id == clause_remark_id
    ]
