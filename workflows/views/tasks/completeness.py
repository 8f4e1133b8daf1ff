"""Whether a proposed paper has all that the committee needs: each point with what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import rules
from documents.content.objectives import objectives_of
from documents.effects import State
from documents.models import KnownBy
from offices.dates import local_day
from workflows.views.paper import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflows.views.tasks.turn import Turn

NOT_IN_FORCE = frozenset({State.CEASED, State.RECALLED, State.NOT_YET, State.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the list: whether it holds, and the sentence that says what was found."""

    holds: bool
    sentence: str


def completeness(turn: Turn) -> list[Point]:
    """Go through the paper as the secretary does before asking the committee."""
    return [
        *_note(turn), *_bases(turn), *_targets(turn), *_text(turn), *_reading(turn), *_rules(turn),
    ]  # fmt: skip


def _note(turn: Turn) -> Iterator[Point]:
    note = turn.note
    if note is None:
        yield Point(holds=False, sentence=_("There is no submission note for this revision."))
        return
    yield Point(
        holds=True,
        sentence=_("Submission note %(note)s by %(who)s.")
        % {"note": note.cited_as, "who": note.proposer},
    )


def _bases(turn: Turn) -> Iterator[Point]:
    if turn.content.kind != "decision" and not turn.bases:
        return
    if not turn.bases:
        yield Point(holds=False, sentence=_("The paper cites no legal basis."))
        return
    ended = [base.title for base in turn.bases if turn.legal[base.pk].state in NOT_IN_FORCE]
    yield Point(
        holds=not ended,
        sentence=_("%(count)s legal bases; none is known to be out of force today.")
        % {"count": len(turn.bases)}
        if not ended
        else _("Legal bases not in force today: %(titles)s.") % {"titles": "; ".join(ended)},
    )


def _targets(turn: Turn) -> Iterator[Point]:
    for relation in turn.acts_on:
        target, legal = relation.target, turn.legal[relation.target.pk]
        if target.known_by == KnownBy.TEXT and legal.state not in {State.CEASED, State.RECALLED}:
            words = {"verb": relation.get_verb_display(), "title": target.title}
            yield Point(
                holds=True, sentence=_("%(verb)s %(title)s; its text is held here.") % words
            )


def _reading(turn: Turn) -> Iterator[Point]:
    """Whether somebody confirmed what the objectives say: results are asked for by that alone."""
    if objectives_of(turn.content).objectives:
        yield _present(
            turn.revision.objective_readings.exists(),
            _("What the objectives say is confirmed; on issue results are asked for."),
            _(
                "Nobody confirmed what the objectives say (page “Mục tiêu đọc được từ văn bản”); "
                "until then no results are asked for."
            ),
        )


def _rules(turn: Turn) -> Iterator[Point]:
    """What the named rules find: replaced papers, other drafts, the proposer, the authority."""
    on = local_day(turn.at)
    named = readable(turn.request)
    for concern in rules.concerns(turn.document, turn.content, on=on, readable=named):
        yield Point(holds=False, sentence=concern.sentence)


def _text(turn: Turn) -> Iterator[Point]:
    content = turn.content
    if content.kind == "decision":
        yield _present(
            bool(content.executors),
            _("Those who carry the decision out are named."),
            _("Nobody is named to carry the decision out."),
        )
        yield _present(
            content.effectivity is not None,
            _("The day it takes effect is stated."),
            _("The paper does not say when it takes effect; the date on it will count."),
        )
        yield _present(
            bool(content.recipients) and content.archive is not None,
            _("Recipients and archive line are there."),
            _("The list of recipients or the archive line is missing."),
        )
    files = turn.revision.attachments.count()
    if files:
        yield Point(holds=True, sentence=_("%(count)s attached files.") % {"count": files})


def _present(holds: bool, found: str, missing: str) -> Point:  # noqa: FBT001 - reads as a question
    return Point(holds=holds, sentence=found if holds else missing)
