"""Keeping the index: one bag for each paper, written by the act that changes what readers read.

What is indexed is the version that counts for readers: the issued one, else the newest saved
(who may read an unissued paper may read all its versions). A working copy is nobody's but its
drafters' and is not indexed. Everything here may be thrown away and made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When

from documents.content.folding import agency_key
from documents.finding import store
from documents.finding.bags import Bag, Facts, fill
from documents.finding.places import place_of
from documents.lifecycle import Stage
from documents.models import Document, IndexedPaper, Origin, Revision
from offices.dates import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index is to hold of one paper: the row of facts and the bag of tokens."""

    row: IndexedPaper
    bag: Bag


def keep(document: Document) -> None:
    """Bring the index to what readers now read of a paper; call inside the act's transaction.

    Five statements for a new paper, seven for a changed one, two where nothing changed.
    """
    (made,) = entries([document])
    old = IndexedPaper.objects.filter(pk=document.pk).first()
    same = old is not None and (old.digest, old.place) == (made.row.digest, made.row.place)
    if not same:
        if old is not None:
            store.drop(old.place)
        store.put([(made.row.place, made.bag)])
    if not same or old is None or _facts(old) != _facts(made.row):
        made.row.save(force_insert=old is None, force_update=old is not None)


def entries(documents: Iterable[Document]) -> list[Entry]:
    """Work out what the index is to hold of these papers, from what is stored.

    One query; the documents come with their `office`.
    """
    asked = list(documents)
    counts = _that_counts().values("pk")[:1]
    revisions = {
        one.document_id: one
        for one in Revision.objects.filter(
            pk__in=Document.objects.filter(pk__in=[one.pk for one in asked]).values(
                newest=Subquery(counts)
            )
        )
        .select_related("signature")
        .defer("canonical")
    }
    return [entry(document, revisions.get(document.pk)) for document in asked]


def _that_counts() -> QuerySet[Revision]:
    issued_first = Case(
        When(stage=Stage.ISSUED.value, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return Revision.objects.filter(document=OuterRef("pk")).order_by(issued_first, "-ordinal")


def entry(document: Document, revision: Revision | None) -> Entry:
    """Work out what the index is to hold of one paper; the revision comes with its signature."""
    row, facts = read(document, revision)
    bag = fill(facts)
    row.digest = bag.digest
    return Entry(row, bag)


def read(document: Document, revision: Revision | None) -> tuple[IndexedPaper, Facts]:
    """Read one paper as the index needs it: the row without its digest, and what to say of it."""
    day = document.dated_on or local_day(document.created_at)
    signature = getattr(revision, "signature", None)
    # Who signed is a fact of the numbered paper: before that it may still go back unsigned.
    signatory = signature.signatory_name if signature is not None and document.number else ""
    row = IndexedPaper(
        document=document,
        place=place_of(day, document.pk),
        revision=revision,
        kind=document.kind,
        year=day.year,
        department_id=document.drafting_department_id,
        issuer=issuer_of(document),
        signatory=signatory,
    )
    open_to_all = document.is_issued and document.access_level == "public"
    facts = Facts(
        heading=f"{document.type_name} {document.subject}",
        text=revision.text if revision is not None else "",
        own_number=document.cited_as,
        years=frozenset({str(document.dated_on.year)}) if document.dated_on else frozenset(),
        dated_on=document.dated_on,
        said=(document.cited_as, document.reference, row.issuer, signatory),
        facts={
            "k": row.kind,
            "y": row.year,
            "d": row.department_id or "",
            "i": agency_key(row.issuer),
            "s": signatory,
            "e": "issued" if document.is_issued else "unissued",
            "a": "public" if open_to_all else "",
        },
    )
    return row, facts


def issuer_of(document: Document) -> str:
    """Name the body behind a paper: its chairman acts for it."""
    if document.origin == Origin.INTERNAL:
        return document.office.authority_name
    return document.issuer_name.removeprefix("Chủ tịch ").strip()


def differing(documents: Sequence[Document]) -> tuple[list[Entry], dict[int, int]]:
    """Give the entries that are not kept as they should be, and the old places of all asked.

    Four queries, and none of them writes.
    """
    made = entries(documents)
    old = {row.pk: row for row in IndexedPaper.objects.filter(pk__in=[one.pk for one in documents])}
    kept = store.kept(row.place for row in old.values())
    differ = [
        entry
        for entry in made
        if (row := old.get(entry.row.document_id)) is None
        or row.place != entry.row.place
        or kept.get(row.place) != entry.bag
        or _facts(row) != _facts(entry.row)
    ]
    return differ, {key: row.place for key, row in old.items()}


def rebuild(documents: Sequence[Document]) -> int:
    """Bring the index of many papers to what is stored; gives how many had to be written."""
    differ, places = differing(documents)
    known = [places[entry.row.document_id] for entry in differ if entry.row.document_id in places]
    for place in known:
        store.drop(place)
    IndexedPaper.objects.filter(place__in=known).delete()
    store.put([(entry.row.place, entry.bag) for entry in differ])
    IndexedPaper.objects.bulk_create(entry.row for entry in differ)
    return len(differ)


def clear() -> None:
    """Forget the whole index; every paper is found again once `rebuild` has seen it."""
    store.clear()
    IndexedPaper.objects.all().delete()


def _facts(row: IndexedPaper) -> tuple[object, ...]:
    return (row.kind, row.year, row.department_id, row.issuer, row.signatory, row.revision_id)
