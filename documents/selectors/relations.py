"""How a paper stands to others, both ways, each verb in the words of its side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from documents.models import Relation
from documents.relations import EXECUTED_ON_ISSUE, RelationKind
from documents.selectors.chains import counted

if TYPE_CHECKING:
    from documents.models import Document, Revision
    from documents.querysets import DocumentQuerySet

# Active and passive, as decisions write them.
WORDS: dict[RelationKind, tuple[str, str]] = {
    RelationKind.REPLACES: ("Thay thế", "Bị thay thế bởi"),
    RelationKind.REPEALS: ("Bãi bỏ", "Bị bãi bỏ bởi"),
    RelationKind.AMENDS: ("Sửa đổi, bổ sung", "Được sửa đổi, bổ sung bởi"),
    RelationKind.CORRECTS: ("Đính chính", "Được đính chính bởi"),
    RelationKind.SUSPENDS: ("Ngưng hiệu lực", "Bị ngưng hiệu lực bởi"),
    RelationKind.RECALLS: ("Thu hồi", "Bị thu hồi bởi"),
    RelationKind.BASED_ON: ("Căn cứ", "Là căn cứ của"),
    RelationKind.CITES: ("Viện dẫn", "Được viện dẫn bởi"),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation seen from a paper: the verb of its side, the other paper, whether it is planned."""

    kind: RelationKind
    verb: str
    other: Document
    back: bool
    planned: bool
    scope: str
    raw: str
    readable: bool

    @property
    def acts(self) -> bool:
        """Whether issuing the acting paper changes the other's effect."""
        return self.kind in EXECUTED_ON_ISSUE


def around(
    document: Document, shown: Revision | None, papers: DocumentQuerySet
) -> tuple[Edge, ...]:
    """Give the relations of the version shown, then what others do to this paper. One query.

    Others count when issued, or when the reader may know of their newest draft.
    """
    own = Q(revision=shown) if shown is not None else Q(pk__in=[])
    of_others = Exists(counted(Relation.objects.filter(pk=OuterRef("pk")), papers))
    rows = (
        Relation.objects.filter(own | (Q(target=document) & of_others))
        .annotate(readable=Exists(papers.filter(pk=OuterRef("target"))))
        .select_related("source", "target")
        .order_by("ordinal", "pk")
    )
    edges = [_edge(row, document, readable=row.readable) for row in rows]
    return tuple(sorted(edges, key=lambda edge: edge.back))


def _edge(row: Relation, document: Document, *, readable: bool) -> Edge:
    kind = RelationKind(row.verb)
    back = row.target_id == document.pk
    forward, backward = WORDS[kind]
    other = row.source if back else row.target
    planned = not row.source.is_issued
    verb = backward if back else forward
    if planned and kind in EXECUTED_ON_ISSUE:
        verb = f"Sẽ {verb[0].lower()}{verb[1:]}"
    return Edge(
        kind=kind,
        verb=verb,
        other=other,
        back=back,
        planned=planned,
        scope=row.scope,
        raw=row.raw,
        readable=back or readable,
    )
