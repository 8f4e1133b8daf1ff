"""Opinions as a paper carries them on: dissent first and in full, each with its reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workflows.models import LateOpinion, Opinion, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflows.models import ReviewRound
    from workflows.selectors.dossiers import Dossier

# How the parts of the interface call an answer, in the order in which it is shown.
LOOKS = {
    Opinion.Choice.DISAGREE: "against",
    Opinion.Choice.AGREE_WITH_REMARKS: "remarks",
    Opinion.Choice.AGREE: "agrees",
    Opinion.Choice.SILENT: "silent",
    Opinion.Choice.EXCUSED: "reply",
}
ORDER = list(LOOKS)
IN_CAPACITY = {
    Opinion.Capacity.CONSULTED.value: " (ngoài Ban Chỉ đạo)",
    Opinion.Capacity.OF_THE_BODY.value: " (thành viên UBND)",
}
REPLIES = {Response.Sort.ACCEPTED: "Tiếp thu", Response.Sort.EXPLAINED: "Giải trình"}


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the panel: an answer, or the reply to the one above."""

    kind: str
    who: str
    on: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A round as its panel shows it: the count of each answer, the lines, who has not answered."""

    round: ReviewRound
    agrees: int
    remarks: int
    against: int
    silent: int
    late: int
    lines: tuple[Said, ...]
    awaited: tuple[str, ...]
    conclusion: str


def of(dossier: Dossier) -> Heard | None:
    """Give the last round on the version shown; None where nobody was asked. No query."""
    if dossier.round is None:
        return None
    choices = [opinion.choice for opinion in dossier.opinions]
    answered = sorted(
        (opinion for opinion in dossier.opinions if opinion.choice),
        key=lambda one: (ORDER.index(Opinion.Choice(one.choice)), one.pk),
    )
    conclusion = getattr(dossier.round, "conclusion", None)
    return Heard(
        round=dossier.round,
        agrees=choices.count(Opinion.Choice.AGREE),
        remarks=choices.count(Opinion.Choice.AGREE_WITH_REMARKS),
        against=choices.count(Opinion.Choice.DISAGREE),
        silent=choices.count(Opinion.Choice.SILENT),
        late=sum(hasattr(opinion, "late") for opinion in dossier.opinions),
        lines=tuple(line for opinion in answered for line in _lines(opinion, dossier)),
        awaited=tuple(one.reviewer_title for one in dossier.opinions if not one.choice),
        conclusion=conclusion.text if conclusion is not None else "",
    )


def _lines(opinion: Opinion, dossier: Dossier) -> Iterator[Said]:
    choice = Opinion.Choice(opinion.choice)
    if choice is Opinion.Choice.EXCUSED:
        yield Said(LOOKS[choice], f"{_who(opinion)}: thôi lấy ý kiến", opinion.given_at, "")
        return
    late: LateOpinion | None = getattr(opinion, "late", None)
    at = None if choice is Opinion.Choice.SILENT else opinion.given_at
    yield Said(LOOKS[choice], _who(opinion), at, text_of(opinion) if late is None else "")
    if late is not None:
        said = late.get_choice_display()
        who = f"{opinion.reviewer_title}: ý kiến muộn, {said[:1].lower()}{said[1:]}"
        yield Said("late", who, late.given_at, text_of(opinion, late.remarks))
    held = dossier.round
    conclusion = getattr(held, "conclusion", None)
    for response in opinion.responses.all():
        who = REPLIES[Response.Sort(response.sort)]
        by = conclusion.by.display_name if conclusion is not None else ""
        yield Said("reply", f"{who} của {by}", conclusion.at if conclusion else None, response.text)


def _who(opinion: Opinion) -> str:
    if opinion.given_by is not None and opinion.given_by_id != opinion.reviewer_id:
        return f"{opinion.given_by.display_name}, thay {opinion.reviewer_title}"
    return f"{opinion.reviewer_title}{IN_CAPACITY.get(opinion.capacity, '')}"


def text_of(opinion: Opinion, remarks: str = "") -> str:
    """Give the general words and those on clauses as one text; `remarks` in place of the general."""
    clauses = [f"{one.clause_label}: {one.text}" for one in opinion.clause_remarks.all()]
    return "\n".join(part for part in (remarks or opinion.remarks, *clauses) if part)
