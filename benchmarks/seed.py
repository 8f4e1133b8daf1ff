"""Fill an empty database with many papers, quickly: `python benchmarks/seed.py --papers 100000`.

The worked example is played first, for its office, people and posts. Then the papers are written
in bulk past the use cases, as no office would: with text, number, register, signature, effects
and index, but all with the content tree of one sample paper, and without audit or files. For
measuring lists and search; the database is BAN_HANH_DATABASE, and refuses one that holds papers.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks.words import Chance, Paper  # noqa: E402
from documents.finding import index, store  # noqa: E402
from documents.finding.bags import Bag, Facts, fill  # noqa: E402
from documents.models import (  # noqa: E402
    Document,
    Effect,
    IndexedPaper,
    ReadGrant,
    Register,
    RegisterEntry,
    Revision,
    Signature,
)
from documents.search import searchable  # noqa: E402
from offices.models import Department, User  # noqa: E402

BATCH = 2000
TOKENS_INDEX = (
    "CREATE INDEX documents_words_tokens ON documents_words USING gin (tokens) "
    "WITH (fastupdate = off)"
)
FIRST, LAST = date(1996, 1, 1), date(2023, 12, 31)
WORDS = 300
SIGNATORIES = tuple(f"Phó Chủ tịch phụ trách khối {one}" for one in "ABCDEFGH")


def papers(count: int, *, seed: int = 1073) -> Iterator[Paper]:
    """Make so many papers, oldest first: nine of ten issued, some cited, some still drafts."""
    chance = Chance(seed)
    days = sorted(chance.day(FIRST, LAST) for _ in range(count))
    numbers: dict[int, int] = {}
    for serial, day in enumerate(days):
        subject = chance.subject(day.year)
        draft, external = chance.one_in(20), chance.one_in(20)
        number = None
        if not draft:
            number = numbers[day.year] = numbers.get(day.year, 5000) + 1
        replaced = serial - 400 if serial > 400 and not draft and chance.one_in(3) else None
        yield Paper(
            subject=subject,
            text="" if external else chance.text(words=WORDS),
            kind="decree" if external else "decision",
            type_name="Nghị định" if external else "Quyết định",
            dated_on=None if draft else day,
            number=number,
            symbol="NĐ-CP" if external else "QĐ-UBND",
            signatory=str(chance.pick(SIGNATORIES)),
            replaces=replaced,
            external=external,
            public=not chance.one_in(3),
            begun_on=day,
        )


class Writer:
    """Writes papers in bulk into the office of the worked example."""

    def __init__(self) -> None:
        issued = Revision.objects.filter(stage="issued").select_related("signature")
        self.sample = min(issued, key=lambda one: len(one.canonical))
        self.office = self.sample.document.office
        # In one order: both databases are to hold the same papers.
        departments = Department.objects.filter(office=self.office, kind="department")
        self.departments = list(departments.order_by("code"))
        users = User.objects.order_by("username")
        self.users = list(users.filter(username__startswith="cv-"))
        self.readers = list(users.filter(username__startswith="tp-"))
        self.registers: dict[int, Register] = {}
        self.written: list[Document] = []
        self.bags: dict[str, Bag] = {}
        self.serial = 0

    def write(self, batch: list[Paper]) -> None:
        """Write one batch in one transaction."""
        with transaction.atomic():
            documents = Document.objects.bulk_create([self._document(one) for one in batch])
            pairs = list(zip(batch, documents, strict=True))
            own = [(paper, document) for paper, document in pairs if not paper.external]
            revisions = Revision.objects.bulk_create([self._revision(*pair) for pair in own])
            signed = [(p, d, r) for (p, d), r in zip(own, revisions, strict=True) if p.number]
            signatures = Signature.objects.bulk_create(
                [self._signature(p, r) for p, _d, r in signed]
            )
            RegisterEntry.objects.bulk_create([self._line(p, d) for p, d, _r in signed])
            self.written += documents
            Effect.objects.bulk_create(
                [row for paper, document in pairs for row in self._effects(paper, document)]
            )
            ReadGrant.objects.bulk_create(
                self._grant(document) for paper, document in pairs if paper.number is None
            )
            self._index(documents, revisions, signatures)

    def _document(self, paper: Paper) -> Document:
        self.serial += 1
        department = self.departments[self.serial % len(self.departments)]
        number = str(paper.number) if paper.number else ""
        issued = paper.number is not None and not paper.external
        return Document(
            reference=f"TN-{paper.begun_on.year}-{self.serial:06d}",
            office=self.office,
            origin="external" if paper.external else "internal",
            kind=paper.kind,
            subject=paper.subject,
            access_level="public" if paper.public else "internal",
            drafting_department=None if paper.external else department,
            author=None if paper.external else self.users[self.serial % len(self.users)],
            created_at=_moment(paper.begun_on),
            type_name=paper.type_name,
            number=number,
            number_key=paper.number,
            symbol=paper.symbol if number else "",
            issuer_name="Chính phủ" if paper.external else self.office.authority_name,
            dated_on=paper.dated_on,
            issued_at=_moment(paper.dated_on) if issued and paper.dated_on else None,
            folded=searchable(f"{number} {paper.symbol} {paper.subject}"),
        )

    def _revision(self, paper: Paper, document: Document) -> Revision:
        return Revision(
            document=document,
            ordinal=1,
            amendment=1 if paper.number else None,
            text=paper.text,
            canonical=bytes(self.sample.canonical),
            content_digest=self.sample.content_digest,
            issued_digest=self.sample.issued_digest if paper.number else "",
            stage="issued" if paper.number else "draft",
            saved_by=self.users[0],
            saved_at=_moment(paper.begun_on),
        )

    def _signature(self, paper: Paper, revision: Revision) -> Signature:
        one = self.sample.signature
        return Signature(
            revision=revision,
            signatory=one.signatory,
            signatory_name=paper.signatory,
            block=one.block,
            method=one.method,
            content_digest=one.content_digest,
            signed_at=revision.saved_at,
            standing=one.standing,
        )

    def _line(self, paper: Paper, document: Document) -> RegisterEntry:
        year = paper.begun_on.year
        if year not in self.registers:
            self.registers[year] = Register.objects.create(
                office=self.office,
                symbol="QĐ-UBND",
                year=year,
                opened_after=5000,
                last_number=99_999,
            )
        return RegisterEntry(
            register=self.registers[year],
            number=paper.number,
            document=document,
            dated_on=paper.begun_on,
            registered_by=self.users[0],
            registered_at=_moment(paper.begun_on),
            subject=paper.subject,
            signatory=paper.signatory,
        )

    def _effects(self, paper: Paper, document: Document) -> Iterator[Effect]:
        if paper.number is None:
            return
        begins = paper.begun_on + timedelta(days=10)
        yield self._effect(document, document, "commences", begins)
        if paper.replaces is not None:
            kind = "ceases"
            if document.pk % 50 == 0:
                kind = "ceases_in_part"
            elif document.pk % 199 == 0:
                kind = "suspends"
            elif document.pk % 1999 == 0:
                kind = "recalls"
            replaced = self.written[paper.replaces]
            if replaced.number:
                yield self._effect(replaced, document, kind, begins)

    def _effect(self, target: Document, source: Document, kind: str, day: date) -> Effect:
        return Effect(
            target=target,
            source=source,
            kind=kind,
            valid_from=day,
            recorded_at=_moment(day),
            operation_id=uuid4(),
        )

    def _grant(self, document: Document) -> ReadGrant:
        reader = self.readers[document.pk % len(self.readers)]
        return ReadGrant(
            document=document,
            user=reader,
            source=f"seed:{document.pk}",
            valid_from=document.created_at,
        )

    def _index(
        self, documents: list[Document], revisions: list[Revision], signatures: list[Signature]
    ) -> None:
        for signature in signatures:
            signature.revision.signature = signature
        by_document = {one.document_id: one for one in revisions}
        read = [index.read(one, by_document.get(one.pk)) for one in documents]
        bags = [self._bag(facts) for _row, facts in read]
        for (row, _facts), bag in zip(read, bags, strict=True):
            row.digest = bag.digest
        store.put([(row.place, bag) for (row, _), bag in zip(read, bags, strict=True)])
        IndexedPaper.objects.bulk_create([row for row, _facts in read])

    def _bag(self, facts: Facts) -> Bag:
        """Fill a bag as the index does, but each text once: many papers have the same."""
        if facts.text not in self.bags:
            self.bags[facts.text] = fill(
                replace(facts, heading="", own_number="", said=(), facts={})
            )
        of_text, rest = self.bags[facts.text], fill(replace(facts, text=""))
        said = "\n".join(one for one in (rest.said, of_text.said) if one)
        return Bag(of_text.tokens | rest.tokens, said)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)


def seed(count: int, *, say: Any = print) -> None:
    """Play the example and write the papers; refuses a database that holds others."""
    call_command("migrate", verbosity=0, interactive=False)
    if Document.objects.exists():
        raise SystemExit("This database holds papers already; seed an empty one.")
    call_command("play_example", stdout=io.StringIO())
    writer, made, began = Writer(), papers(count), time.perf_counter()
    _build_later()
    while batch := list(islice(made, BATCH)):
        writer.write(batch)
        say(f"{len(writer.written):>7} papers, {time.perf_counter() - began:6.1f} s", flush=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(TOKENS_INDEX)
        cursor.execute("ANALYZE")
    say(f"ready after {time.perf_counter() - began:.1f} s", flush=True)


def _build_later() -> None:
    """Take the index of tokens away while the table grows: building it once is far quicker."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE indexname = 'documents_words_tokens'"
            )
            if cursor.fetchone() is None:
                raise SystemExit("The index documents_words_tokens is missing; migrate first.")
            cursor.execute("DROP INDEX documents_words_tokens")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    seed(parser.parse_args().papers)


if __name__ == "__main__":
    main()
