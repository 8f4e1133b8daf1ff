"""Letters about an issued paper: begun from it, and held against it before they are submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import blanks, papers
from documents.content.letters import ORDERS, slips_of
from documents.content.text import to_text
from documents.effects import State
from documents.exceptions import BadInput, Conflict
from documents.lifecycle import Stage
from documents.models import AccessLevel, Kind, Origin, Relation
from documents.models.papers import LETTERS
from documents.selectors import state
from documents.services.drafting import DraftPlan, start_draft
from documents.services.issuing import issuer_name
from offices.dates import local_day, vn_date_words

if TYPE_CHECKING:
    from datetime import datetime

    from documents.models import Document, Revision
    from offices.models import User

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: a correction of one slip, to which the draft may add, or a recall."""

    kind: str
    place: str = ""
    wrong: str = ""
    right: str = ""
    reason: str = ""


def begin_letter(*, about: Document, wish: Wish, by: User, at: datetime) -> Document:
    """Begin the draft of a letter about an issued decision; the drafting department's own work.

    `BadInput` where the words to correct do not stand in the issued text, `Conflict` for a paper
    that is not corrected or recalled so. The decision itself is not touched, now or later.
    """
    if wish.kind not in LETTERS:
        raise BadInput(_("Say whether the paper is corrected or recalled."))
    refuse_unfit(about, at=at)
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


def refuse_unfit(about: Document, *, at: datetime) -> None:
    """Refuse a letter about a paper that is not an issued decision of the office, or is recalled."""
    if about.origin != Origin.INTERNAL or about.issued_at is None:
        raise Conflict(_("Only a paper that the office has issued is corrected or recalled."))
    if about.kind != Kind.DECISION:
        raise Conflict(
            _("Only a decision is corrected or recalled by a letter."),
            advice=_("A controlled document gets its next edition."),
        )
    if state.legal([about], on=local_day(at))[about.pk].state is State.RECALLED:
        raise Conflict(_("This paper has been recalled already."))


def check(document: Document, revision: Revision, *, at: datetime) -> None:
    """Hold a letter against the paper it is about, before anybody is asked; nothing for others.

    Exactly one issued decision is named, and what a correction corrects stands in it.
    """
    if document.kind not in LETTERS:
        return
    content = papers.content_of(revision)
    word, verb = ORDERS[content.kind]
    rows = Relation.objects.filter(revision=revision, verb=verb).select_related("target")
    found = list(rows)
    if len(found) != 1:
        raise BadInput(
            _("The subject names the paper: “%(word)s Quyết định số … ngày … của …”.")
            % {"word": word}
        )
    about = found[0].target
    refuse_unfit(about, at=at)
    if document.kind == Kind.OFFICIAL_LETTER:
        slips = slips_of(content)
        if not slips:
            raise BadInput(
                _("Name each slip: Tại Điều …, đã in “…” nay sửa thành “…”."),
            )
        issued = _plain(about)
        for slip in slips:
            _require_stands(slip.wrong, issued)


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
        "recipients": "\n".join(f"- {one.raw};" for one in about.recipients.order_by("ordinal")),
    }
