"""Number and date, rendition, and the ledger: what makes a signed revision a document in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import files, lifecycle, papers
from documents.content.canonical import digest
from documents.content.clauses import last_day_of
from documents.effects import EffectKind
from documents.exceptions import BadInput, Conflict
from documents.finding import index
from documents.models import (
    Distribution,
    Document,
    Effect,
    Recipient,
    RegisterEntry,
    Relation,
    Rendition,
    Revision,
)
from documents.numbering import series_of
from documents.relations import EXECUTED_ON_ISSUE, WHOLE, WITHOUT_EFFECT, RelationKind, would_loop
from documents.rendering.html import sheets
from documents.rendering.standalone import standalone
from documents.search import searchable
from documents.services import externals, ledger, registers, stages
from offices.dates import local_day, vn_date

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from documents.content.tree import Content
    from offices.models import User

HTML = "text/html; charset=utf-8"

# What numbering writes of a document.
NUMBERED = ("number", "symbol", "number_key", "dated_on", "issuer_name", "folded")

# What a verb does to the paper it acts on; a replaced part leaves the rest in force.
WHOLE_EFFECT = {
    RelationKind.REPLACES: EffectKind.CEASES,
    RelationKind.REPEALS: EffectKind.CEASES,
    RelationKind.AMENDS: EffectKind.CEASES_IN_PART,
    RelationKind.SUSPENDS: EffectKind.SUSPENDS,
    RelationKind.RECALLS: EffectKind.RECALLS,
}


@dataclass(frozen=True, slots=True)
class MadeRendition:
    """A rendition already stored: its hash and size."""

    sha256: str
    size: int


def number(
    *, document: Document, revision: Revision, on: date, by: User, at: datetime
) -> RegisterEntry:
    """Give a document the next number of its series and write the register's line.

    Number, date and place are written back into every slot by rendering, annexes included;
    the content digest does not change. Call under the case's lock.
    """
    held = Document.objects.select_for_update().get(pk=document.pk)
    if held.number:
        raise Conflict(_("The paper has a number already: %(number)s.") % {"number": held.title})
    series = series_of(held.kind, held.authority_kind)
    register, taken = registers.next_number(office=document.office, series=series, on=on)
    content = papers.content_of(_with_bytes(revision))
    check_effect(content, dated_on=on)
    document.number, document.symbol = series.written(taken)
    document.number_key = taken
    document.dated_on = on
    document.issuer_name = issuer_name(document)
    document.folded = searchable(f"{document.cited_as} {document.reference} {document.subject}")
    document.save(update_fields=NUMBERED)
    issued = papers.issued_bytes(document, revision)
    revision.issued_digest = digest(issued)
    revision.save(update_fields=["issued_digest"])
    index.keep(document)
    return RegisterEntry.objects.create(
        register=register,
        number=taken,
        document=document,
        dated_on=on,
        registered_by=by,
        registered_at=at,
        subject=document.subject,
        signatory=revision.signature.signatory_name,
        recipients="; ".join(recipient.raw for recipient in content.recipients),
        kept_by=(", ".join(content.archive.units) if content.archive else "")[:200],
        issued_facts=issued,
    )


def unnumber(
    *,
    document: Document,
    revision: Revision,
    because: str,
    operation_id: UUID,
    by: User,
    at: datetime,
) -> RegisterEntry:
    """Take number and date off a paper that was not issued; its line becomes a gap that says why.

    The number is burnt: the register goes on after it. Call under the case's lock, in an act
    that records itself: the gap is recorded as its consequence.
    """
    held = Document.objects.select_for_update().get(pk=document.pk)
    if held.issued_at is not None:
        raise Conflict(_("The paper is issued; its number stays."))
    entry = RegisterEntry.objects.select_related("register__office").get(
        document=document, abandoned_because=""
    )
    registers.abandon_entry(entry, because=because, operation_id=operation_id, by=by, at=at)
    document.number, document.symbol, document.issuer_name = "", "", ""
    document.number_key, document.dated_on = None, None
    document.folded = searchable(f"{document.reference} {document.subject}")
    document.save(update_fields=NUMBERED)
    revision.issued_digest = ""
    revision.save(update_fields=["issued_digest"])
    index.keep(document)
    return entry


def issuer_name(document: Document) -> str:
    """Name who issues, as later papers cite it: the committee, or its chairman."""
    authority = document.office.authority_name
    return f"Chủ tịch {authority}" if document.authority_kind == "chairman" else authority


def _with_bytes(revision: Revision) -> Revision:
    return Revision.objects.select_related("signature").get(pk=revision.pk)


def make_rendition(revision_id: int, *, at: datetime) -> MadeRendition:
    """Render the numbered paper and store the file; slow, so done before any lock."""
    read_along = ("document__office", "document__urgency_mark", "signature")
    revision = Revision.objects.select_related(*read_along).get(pk=revision_id)
    drawn = sheets(
        papers.content_of(revision),
        papers.issuance_facts(revision.document, revision),
        sealed=True,
        anchors=False,
        urgency=revision.document.urgency_words,
    )
    page = standalone(drawn, title=f"{revision.document.cited_as} {revision.document.subject}")
    data = page.encode()
    return MadeRendition(sha256=files.store(data), size=len(data))


def issue(
    *,
    document: Document,
    revision: Revision,
    rendition: MadeRendition,
    copies: int,
    operation_id: UUID,
    at: datetime,
) -> Document:
    """Issue a numbered paper: rendition, recipients, ledger of effects. Under the case's lock."""
    if not document.number or document.dated_on is None:
        raise Conflict(_("The paper has no number yet; number it first."))
    content = papers.content_of(_with_bytes(revision))
    check_effect(content, dated_on=document.dated_on)
    targets = _targets(revision, content)
    _lock_in_order([document, *(relation.target for relation in targets)])
    _refuse_loops(document, targets)
    stages.move(revision, lifecycle.ISSUE)
    document.issued_at = at
    document.save(update_fields=["issued_at"])
    index.keep(document)
    Rendition.objects.create(
        revision=revision,
        sort=Rendition.Sort.ORIGINAL,
        media_type=HTML,
        sha256=rendition.sha256,
        size=rendition.size,
        made_at=at,
    )
    _dispatch(document, content, copies=copies, at=at)
    _write_effects(
        document, content, targets, dated_on=document.dated_on, operation_id=operation_id, at=at
    )
    return document


def _targets(revision: Revision, content: Content) -> list[Relation]:
    """Give what issuing acts upon, as the signed content names it.

    The content is what was signed: a relation that no longer agrees with it is refused, and a
    paper that was numbered after the draft was saved is found now.
    """
    verbs = [verb.value for verb in EXECUTED_ON_ISSUE]
    rows = list(
        revision.relations.filter(verb__in=verbs).select_related("target").order_by("ordinal")
    )
    if [row.raw for row in rows] != [clause.raw for clause in content.supersessions]:
        raise Conflict(_("What the paper replaces no longer agrees with its signed content."))
    for row, clause in zip(rows, content.supersessions, strict=True):
        found = externals.find(clause.target, office=revision.document.office)
        if found is not None and found.pk not in {row.target_id, revision.document_id}:
            row.target = found
            row.save(update_fields=["target"])
    return rows


def _lock_in_order(documents: list[Document]) -> None:
    """Lock every paper the act touches, by key: two issues at once cannot wait for each other."""
    keys = sorted({document.pk for document in documents})
    list(Document.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))


def _refuse_loops(document: Document, targets: list[Relation]) -> None:
    replaced = [r.target for r in targets if r.verb == RelationKind.REPLACES.value]
    if not replaced:
        return
    edges = {
        (source, target)
        for source, target in Effect.objects.filter(
            kind=EffectKind.CEASES.value, source__isnull=False
        ).values_list("source_id", "target_id")
    }
    for target in replaced:
        if would_loop(edges, document.pk, target.pk):
            raise Conflict(
                _("%(target)s replaced this paper; a chain of replacement has no circle.")
                % {"target": target.title}
            )


def _dispatch(document: Document, content: Content, *, copies: int, at: datetime) -> None:
    recipients = Recipient.objects.bulk_create(
        Recipient(
            document=document,
            ordinal=ordinal,
            raw=recipient.raw[:500],
            annotation=recipient.annotation[:200],
            is_publication_order=recipient.kind == "publish",
        )
        for ordinal, recipient in enumerate(content.recipients, start=1)
    )
    Distribution.objects.bulk_create(
        Distribution(recipient=recipient, dispatched_at=at) for recipient in recipients
    )
    RegisterEntry.objects.filter(document=document, abandoned_because="").update(
        copies=copies, dispatched_on=local_day(at)
    )


def effective_day(content: Content, *, dated_on: date) -> date:
    """Resolve when a paper takes effect; from signing or issuing means the date on the document."""
    effect = content.effectivity
    if effect is None:
        return dated_on
    if effect.rule == "on_date" and effect.on_date is not None:
        return effect.on_date
    if effect.rule == "after_days" and effect.days is not None:
        return dated_on + timedelta(days=effect.days)
    return dated_on


def last_effective_day(content: Content, *, dated_on: date) -> date | None:
    """Give the last day the text lets the paper have effect, or None where it names none."""
    return last_day_of(content.articles, begins=effective_day(content, dated_on=dated_on))


def check_effect(content: Content, *, dated_on: date) -> None:
    """Refuse a paper whose text names a day of effect before the date it would bear.

    An individual decision does not reach back: it binds from the day it is signed or a later one
    (Decree 30/2020 art. 15 dates it when it is numbered); what it replaces would else cease
    before anybody could know. The day stands in signed content: only a return can mend it.
    """
    effect = content.effectivity
    if effect is not None and effect.rule == "from_publication":
        raise BadInput(
            _("The text lets the paper take effect when it is published, and names no day."),
            advice=_("Return the paper, so that a day of effect is written, and signed anew."),
        )
    begins = effective_day(content, dated_on=dated_on)
    if begins < dated_on:
        raise BadInput(
            _("The text names %(begins)s as its day of effect, before its own date %(day)s.")
            % {"begins": vn_date(begins), "day": vn_date(dated_on)},
            advice=_(
                "Return the paper, so that another day of effect is written, and signed anew."
            ),
        )
    ends = last_effective_day(content, dated_on=dated_on)
    if ends is not None and ends < begins:
        raise BadInput(
            _("The text ends its effect on %(ends)s, before it begins on %(begins)s.")
            % {"ends": vn_date(ends), "begins": vn_date(begins)},
            advice=_(
                "Return the paper, so that another end of effect is written, and signed anew."
            ),
        )


def _write_effects(
    document: Document,
    content: Content,
    targets: list[Relation],
    *,
    dated_on: date,
    operation_id: UUID,
    at: datetime,
) -> None:
    begins, recorded_at = effective_day(content, dated_on=dated_on), ledger.recorded(at)
    rows = [
        Effect(
            target=document,
            source=document,
            kind=EffectKind.COMMENCES.value,
            valid_from=begins,
            recorded_at=recorded_at,
            operation_id=operation_id,
        )
    ]
    ends = last_effective_day(content, dated_on=dated_on)
    if ends is not None:
        rows.append(
            Effect(
                target=document,
                source=document,
                kind=EffectKind.CEASES.value,
                valid_from=ends + timedelta(days=1),
                recorded_at=recorded_at,
                operation_id=operation_id,
            )
        )
    for relation in targets:
        if relation.verb in WITHOUT_EFFECT:
            continue
        kind = WHOLE_EFFECT[RelationKind(relation.verb)]
        if relation.scope != WHOLE and kind is EffectKind.SUSPENDS:
            # The rest stays in force, and no state says so: the relation alone tells it.
            continue
        if relation.scope != WHOLE and kind is EffectKind.CEASES:
            kind = EffectKind.CEASES_IN_PART
        rows.append(
            Effect(
                target=relation.target,
                source=document,
                kind=kind.value,
                scope=relation.scope,
                valid_from=begins,
                recorded_at=recorded_at,
                operation_id=operation_id,
            )
        )
    Effect.objects.bulk_create(rows)


def effective_from(document: Document) -> date:
    """Give the day an issued document takes effect, from the ledger."""
    return (
        Effect.objects.filter(target=document, kind=EffectKind.COMMENCES.value)
        .values_list("valid_from", flat=True)
        .get()
    )


def effects_on_others(document: Document) -> QuerySet[Effect]:
    """Give what an issued document did to other papers."""
    return (
        Effect.objects.filter(source=document)
        .exclude(target=document)
        .select_related("target")
        .order_by("pk")
    )
