"""Between stored rows and the content tree: reading text, parsing bytes, gathering facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar, cast

from django.utils.translation import gettext as _

from documents.content import canonical
from documents.content.facts import IssuanceFacts, PaperFacts
from documents.content.outline import entries, label_text
from documents.exceptions import BadInput
from documents.importing.decode import MAX_BYTES, decode, refuse_secret, refuse_secret_bytes
from documents.importing.files import read_file
from documents.importing.findings import Findings, Unreadable
from documents.importing.markup import read_markup
from documents.importing.plain import Plain
from documents.importing.text import read_text
from documents.models.papers import CODED
from documents.numbering import series_of

if TYPE_CHECKING:
    from documents.content.tree import Content, Kind
    from documents.importing.findings import Finding
    from documents.importing.text import Reading
    from documents.models import Document, Revision

T = TypeVar("T")


def read(
    text: str | bytes,
    *,
    kind: str | None,
    previous: Revision | None = None,
    filename: str = "",
    drafting: bool = False,
) -> Reading:
    """Read a text as a paper of a kind, keeping the clause ids of the version before.

    While `drafting`, an unfinished text is read as far as it goes. Raises `BadInput` with the reader's sentence, its line, and what to do.
    """
    old = content_of(previous) if previous is not None else None
    return _read(
        lambda: read_text(
            text,
            filename=filename,
            kind=cast("Kind | None", kind),
            previous=old,
            drafting=drafting,
        )
    )


def _read(reader: Callable[[], T]) -> T:
    """What a reader gives; its refusal worded, with its line."""
    try:
        return reader()
    except Unreadable as refused:
        raise BadInput(
            _(refused.sentence) % refused.values,
            advice=_("Nothing was stored; the text typed here is kept."),
            facts={"line": refused.line, "code": refused.code},
        ) from refused


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file a draft is read from, as it was uploaded."""

    name: str
    data: bytes


def plain(data: bytes, *, filename: str) -> Plain:
    """Turn an uploaded file into the plain text that `read` reads, with the place of each line.

    Raises `BadInput` that names what is wrong with the file and what to do.
    """
    return _read(lambda: read_file(data, filename=filename))


def plain_of(brought: SourceFile | str) -> Plain:
    """Turn what somebody brought, a file or a pasted text, into plain text, with what was changed."""
    if isinstance(brought, str):
        check_keepable(brought)
        findings = Findings()
        return Plain(_read(lambda: decode(brought, findings)), (), tuple(findings.found))
    return plain(brought.data, filename=brought.name)


def plain_markup(html: str) -> str:
    """Turn HTML from the clipboard into the plain text that is pasted in its stead."""
    return _read(lambda: read_markup(html)).text


def refuse_secret_file(data: bytes) -> None:
    """Refuse a text file that is marked Mật or above, or that is no Unicode text; `BadInput`."""
    _read(lambda: refuse_secret_bytes(data))


def check_keepable(text: str) -> None:
    """Refuse to keep what no paper here can be: too large for the reader, or marked secret."""
    if len(text.encode()) > MAX_BYTES or "\x00" in text:
        raise BadInput(
            _("The text is too large or is no text; it was not kept."),
            advice=_("Attach large files instead of pasting them."),
        )
    _read(lambda: refuse_secret(text))


def refuse_stopped(reading: Reading) -> None:
    """Refuse a reading with a finding of severity "stop": what the law does not let pass."""
    stopped = [finding for finding in reading.findings if finding.severity == "stop"]
    if stopped:
        raise BadInput(
            sentence(stopped[0]),
            advice=_("Mend it in the text, then save the version again. The text typed is kept."),
            facts={"line": stopped[0].line, "code": stopped[0].code},
        )


def sentence(finding: Finding) -> str:
    """Word one finding."""
    return _(finding.sentence) % finding.values


def subject_of(content: Content, typed: str) -> str:
    """Give the subject of a paper; a heading all in capitals takes the letter case typed for it."""
    title = content.title.strip()
    if not title or title.casefold() == typed.strip().casefold():
        return typed.strip()
    return title


def places(content: Content) -> dict[str, str]:
    """Give the pieces of a content that have an id, each with its place as a paper writes it."""
    return {one.id: label_text(one.label) for one in entries(content) if one.id and one.label}


def content_of(revision: Revision) -> Content:
    """Parse the stored bytes of a revision; they are never serialised again."""
    return canonical.parse(bytes(revision.canonical))


def issuance_facts(document: Document, revision: Revision) -> IssuanceFacts:
    """Gather what is known of the slots: number, date, place, signatory and their block.

    The symbol is known before the number: the series follows from kind and authority.
    """
    signature = getattr(revision, "signature", None)
    return IssuanceFacts(
        number=document.number_key,
        symbol=document.symbol or series_of(document.kind, document.authority_kind).symbol,
        coded=document.kind in CODED,
        place=document.office.place,
        dated_on=document.dated_on,
        signature_lines=tuple(signature.block) if signature else (),
        signatory=signature.signatory_name if signature else "",
        submission_notes=(revision.cited_note,) if revision.cited_note else (),
    )


def paper_facts(document: Document) -> PaperFacts:
    """Gather what was decided of a paper besides its words."""
    return PaperFacts(
        kind=document.kind,
        authority_kind=document.authority_kind,
        access_level=document.access_level,
        field_of_work=document.field_of_work,
    )


def issued_bytes(document: Document, revision: Revision) -> bytes:
    """Give the bytes that bind a numbered content to its facts; `ValueError` without a number."""
    return canonical.issued_bytes(
        revision.content_digest, issuance_facts(document, revision), paper_facts(document)
    )


def facts_shown(document: Document, revision: Revision) -> IssuanceFacts:
    """Gather the slots of any version: the numbered one has its facts, the others wait for them."""
    facts = issuance_facts(document, revision)
    return facts if revision.issued_digest else replace(facts, number=None, dated_on=None)
