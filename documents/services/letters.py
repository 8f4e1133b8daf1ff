"""Letters about an issued paper: begun from it, and held against it before they are submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from django.utils.translation import gettext as _

from documents import blanks, papers
from documents.content.folding import fold
from documents.content.letters import ORDERS, Slip, slips_of
from documents.content.text import to_text
from documents.effects import EffectKind, State
from documents.exceptions import BadInput, Conflict
from documents.lifecycle import Stage
from documents.models import AccessLevel, Effect, Kind, Origin, Relation
from documents.models.papers import CODED, LETTERS
from documents.relations import RelationKind
from documents.selectors import state
from documents.services.drafting import DraftPlan, start_draft
from documents.services.issuing import issuer_name
from offices.dates import local_day, vn_date_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from documents.models import Document, Revision
    from offices.models import User

LONGEST = 1000
# Which papers of the office the decree lets a letter answer (art. 18): those with number and
# symbol. A paper with a code is a controlled document (ISO 9001 §7.5.3).
ANSWERED = {
    Kind.OFFICIAL_LETTER: (Kind.DECISION, Kind.QUALITY_OBJECTIVES, Kind.NOTICE),
    Kind.NOTICE: (Kind.DECISION, Kind.QUALITY_OBJECTIVES),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: a correction of one slip, to which the draft may add, or a recall."""

    kind: str
    place: str = ""
    wrong: str = ""
    right: str = ""
    reason: str = ""


def begin_letter(*, about: Document, wish: Wish, by: User, at: datetime) -> Document:
    """Begin the draft of a letter about an issued paper; the drafting department's own work.

    `BadInput` where the words to correct do not stand in the issued text, `Conflict` for a paper
    that is not corrected or recalled so. The paper itself is not touched, now or later.
    """
    if wish.kind not in LETTERS:
        raise BadInput(_("Say whether the paper is corrected or recalled."))
    refuse_unfit(about, wish.kind, at=at)
    if wish.kind == Kind.OFFICIAL_LETTER:
        _check_slip(wish, about)
    elif not wish.reason.strip():
        raise BadInput(_("Say why the paper is recalled; the notice gives the reason."))
    plan = DraftPlan(
        kind=wish.kind,
        subject="",
        authority_kind=about.authority_kind,
        field_of_work=about.field_of_work,
        access_level=AccessLevel(about.access_level),
    )
    text = blanks.letter(about, _words(wish, about), kind=Kind(wish.kind), year=local_day(at).year)
    return start_draft(department=about.department, plan=plan, text=text, by=by, at=at)


def refuse_unfit(about: Document, kind: str, *, at: datetime) -> None:
    """Refuse a letter of a kind about a paper that it does not answer, or that is recalled."""
    if about.origin != Origin.INTERNAL or about.issued_at is None:
        raise Conflict(_("Only a paper that the office has issued is corrected or recalled."))
    why = unfit(about, kind)
    if why is not None:
        raise Conflict(why[0], advice=why[1])
    if state.legal([about], on=local_day(at))[about.pk].state is State.RECALLED:
        raise Conflict(_("This paper has been recalled already."))


def unfit(about: Document, kind: str) -> tuple[str, str] | None:
    """Say why papers of this kind are not answered by a letter of a kind, and what to do instead."""
    if about.kind in ANSWERED[Kind(kind)]:
        return None
    if about.kind in CODED:
        return (
            _("A controlled document is neither corrected nor recalled by a letter."),
            _("A controlled document gets its next edition."),
        )
    if about.kind == Kind.OFFICIAL_LETTER:
        return (
            _("A letter of correction is not itself corrected or recalled."),
            _("Correct the paper it is about once more, by another letter."),
        )
    if about.kind == Kind.NOTICE:
        return (
            _("A notice of recall is not itself recalled."),
            _("What the recalled paper ordered is ordered anew by another decision."),
        )
    return (_("Papers of this kind are neither corrected nor recalled by a letter."), "")


def check(document: Document, revision: Revision, *, at: datetime) -> None:
    """Hold a letter against the paper it is about, before anybody is asked; nothing for others.

    Exactly one issued paper is named, and what a correction corrects stands in it.
    """
    if document.kind not in LETTERS:
        return
    content = papers.content_of(revision)
    word, verb = ORDERS[content.kind]
    rows = Relation.objects.filter(revision=revision, verb=verb).select_related("target")
    found = list(rows)
    if len(found) != 1:
        raise BadInput(
            _(
                "The subject names one paper by kind, number and date: “%(word)s Quyết định số … ngày … của …”."
            )
            % {"word": word}
        )
    about = found[0].target
    refuse_unfit(about, document.kind, at=at)
    if document.kind == Kind.OFFICIAL_LETTER:
        slips = slips_of(content)
        if not slips:
            raise BadInput(
                _("Name each slip: Tại Điều …, đã in “…” nay sửa thành “…”."),
            )
        issued = _plain(about)
        for slip in slips:
            _require_stands(slip.wrong, issued)
        _refuse_repeated(slips, about)


def refuse_overtaken(document: Document, revision: Revision) -> None:
    """Refuse to issue a letter that another has overtaken: the paper is recalled, a slip corrected.

    Asked under the lock of the paper it is about, which issuing takes; nothing for other papers.
    """
    if document.kind not in LETTERS:
        return
    content = papers.content_of(revision)
    verb = ORDERS[content.kind][1]
    about = Relation.objects.select_related("target").get(revision=revision, verb=verb).target
    recalls = Effect.objects.filter(target=about, kind=EffectKind.RECALLS.value)
    if recalls.exclude(source=document).exists():
        raise Conflict(
            _("This paper has been recalled already."),
            advice=_("Return this letter; its number stays in the register with the reason."),
        )
    _refuse_repeated(slips_of(content), about, but=document)


def _refuse_repeated(
    slips: Sequence[Slip], about: Document, *, but: Document | None = None
) -> None:
    """Refuse a slip that an issued letter has corrected at the same place."""
    if not slips:
        return
    rows = Relation.objects.filter(
        target=about,
        verb=RelationKind.CORRECTS.value,
        revision__stage=Stage.ISSUED.value,
    ).select_related("source", "revision")
    for row in rows.exclude(source=but):
        known = {_where(slip) for slip in slips_of(papers.content_of(row.revision))}
        for slip in slips:
            if _where(slip) in known:
                raise Conflict(
                    _("“%(words)s” at %(place)s is corrected already, by %(letter)s.")
                    % {
                        "words": slip.wrong[:200],
                        "place": slip.place,
                        "letter": row.source.cited_as,
                    },
                    advice=_("Leave this slip out of the letter, or return the letter."),
                )


def _where(slip: Slip) -> tuple[str, str]:
    return fold(_one_line(slip.place)), _one_line(slip.wrong)


def _check_slip(wish: Wish, about: Document) -> None:
    for words in (wish.place, wish.wrong, wish.right):
        if not words.strip() or len(words) > LONGEST or "“" in words or "”" in words:
            raise BadInput(
                _("Say where the slip stands, the words as issued and the words meant."),
                advice=_("Write the words without quotation marks."),
            )
    if _one_line(wish.wrong) == _one_line(wish.right):
        raise BadInput(_("The words meant are the words as issued."))
    _require_stands(wish.wrong, _plain(about))


def _require_stands(words: str, issued: str) -> None:
    if _one_line(words) not in issued:
        raise BadInput(
            _("The words “%(words)s” do not stand in the issued paper.") % {"words": words[:200]},
            advice=_("Copy them from the issued text, letter for letter."),
        )


def _plain(about: Document) -> str:
    issued = about.revisions.filter(stage=Stage.ISSUED.value).first()
    if issued is None:
        raise Conflict(_("The office does not hold the text of this paper."))
    return _one_line(to_text(papers.content_of(issued)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _words(wish: Wish, about: Document) -> dict[str, str]:
    if about.dated_on is None:
        raise ValueError("an issued paper has its date")
    short = f"{about.type_name} số {about.cited_as}"
    return {
        "cited_short": short,
        "cited": f"{short} {vn_date_words(about.dated_on)} của {issuer_name(about)}",
        "place_of_slip": _one_line(wish.place),
        "wrong": _one_line(wish.wrong),
        "right": _one_line(wish.right),
        "reason": _one_line(wish.reason).rstrip(".") + ".",
        "recipients": "\n".join(
            f"- {_named(one.raw, short)};" for one in about.recipients.order_by("ordinal")
        ),
    }


def _named(raw: str, short: str) -> str:
    """Say of which paper the article is in which a recipient is named ("Như Điều 3")."""
    return f"{raw} {short}" if regex.fullmatch(r"Như Điều \d+", raw) else raw
