"""What a draft may rest on, in the words a citation is written in; and who proposes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from documents.content.citations import begins_subject
from documents.content.numbers import LAW_TYPES
from documents.finding import find
from documents.finding.find import Wanted
from documents.models import Document, Kind, KindRule, Origin, ProposerKind
from documents.models.papers import CODED
from documents.services.issuing import issuer_name
from offices.dates import vn_date_words
from offices.models import Department, Post
from offices.roles import Role

if TYPE_CHECKING:
    from datetime import date

    from documents.querysets import DocumentQuerySet

MOST_FOUND = 12


def citable(papers: DocumentQuerySet, text: str, *, on: date) -> list[Document]:
    """Find papers that a decision can rest on, each with its `state` on a day, best first.

    Asked in the language of the search box; `BadInput` beyond it.
    """
    known = papers.filter(Q(origin=Origin.EXTERNAL) | Q(issued_at__isnull=False)).exclude(
        kind__in=[*CODED, Kind.QUALITY_OBJECTIVES], origin=Origin.INTERNAL
    )
    found = find.find(known, Wanted(on=on, text=text))
    return [hit.document for hit in found.hits[:MOST_FOUND]]


def legal_basis(document: Document) -> str:
    """Write the paragraph that cites a paper (Decree 30/2020, appendix I, II.6).

    Laws are cited by name and date, everything else by number, date, issuer and abstract.
    """
    day = f" {vn_date_words(document.dated_on)}" if document.dated_on else ""
    if document.type_name in LAW_TYPES:
        return f"Căn cứ {document.type_name} {document.subject}{day};"
    external = document.origin == Origin.EXTERNAL
    issuer = document.issuer_name if external else issuer_name(document)
    by = f" của {issuer}" if issuer else ""
    about = _about(document.subject)
    return f"Căn cứ {document.type_name} số {document.cited_as}{day}{by}{about};"


def _about(subject: str) -> str:
    if not subject:
        return ""
    words = f"{subject[:1].lower()}{subject[1:]}"
    return f" {words}" if begins_subject(words) else f" về việc {words}"


def recital(document: Document) -> str:
    """Write in whose name the paper is proposed, by the office's rule for its kind.

    Empty where nobody holds such a post's name.
    """
    who = proposer(document)
    return f"Theo đề nghị của {who}." if who else ""


def proposer(document: Document) -> str:
    """Name the post or body that proposes a paper made here; two queries."""
    rule = KindRule.objects.filter(office=document.office_id, kind=document.kind).first()
    kind = rule.proposer if rule is not None else ProposerKind.DEPARTMENT_HEAD.value
    if kind == ProposerKind.COMMITTEE:
        body = Department.objects.filter(
            office=document.office_id, kind=Department.Kind.COMMITTEE, ends_on__isnull=True
        ).first()
        return body.name if body is not None else ""
    role = {
        ProposerKind.DEPARTMENT_HEAD: Role.DEPARTMENT_HEAD,
        ProposerKind.COMMITTEE_HEAD: Role.COMMITTEE_HEAD,
        ProposerKind.MANAGEMENT_REPRESENTATIVE: Role.MANAGEMENT_REPRESENTATIVE,
        ProposerKind.CHIEF_OF_OFFICE: Role.CHIEF_OF_OFFICE,
    }[ProposerKind(kind)]
    posts = Post.objects.filter(office=document.office_id, role=role.value)
    if kind == ProposerKind.DEPARTMENT_HEAD:
        posts = posts.filter(department=document.drafting_department_id)
    post = posts.order_by("ordinal").first()
    return post.title if post is not None else ""
