"""From submission on the database itself keeps what was decided, numbered and issued."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from documents.models import Document, RegisterEntry, Revision
from documents.verification import GUARDS, missing_guards
from tests.pages import OnTheWay, the_office

DECIDED = {
    "kind": "procedure",
    "authority_kind": "committee",
    "access_level": "internal",
    "field_of_work": "van_xa",
}
PRINTED = {
    "number": "'99'",
    "number_key": "99",
    "symbol": "'QĐ-UBND'",
    "dated_on": "'2023-12-31'",
    "issued_at": "NULL",
    "issuer_name": "'Ai khác'",
    "subject": "'Việc khác'",
    "type_name": "'Thông báo'",
}
LINE = {
    "number": "number + 100",
    "document_id": "NULL",
    "dated_on": "'2023-12-31'",
    "issued_facts": "NULL",
    "registered_at": "'2023-12-31 00:00:00+00:00'",
}


@pytest.fixture
def way(db, settings):
    return OnTheWay(the_office(settings))


def run(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(saying: str, statement: str, *values: object) -> None:
    """The statement fails with the guard's own sentence."""
    with pytest.raises(IntegrityError, match=saying):
        run(statement, *values)


def decide(paper: Document, fact: str, value: str) -> None:
    run(f"UPDATE documents_document SET {fact} = %s WHERE id = %s", value, paper.pk)


@pytest.mark.parametrize("fact", DECIDED)
def test_what_is_decided_of_a_paper_is_fixed_from_submission_on(way, fact):
    paper = way.brought_to("propose").case.document
    refused(
        "fixed once a paper is submitted",
        f"UPDATE documents_document SET {fact} = %s WHERE id = %s",
        DECIDED[fact],
        paper.pk,
    )


def test_the_same_value_again_is_no_change(way):
    paper = way.brought_to("propose").case.document
    decide(paper, "access_level", paper.access_level)
    paper.save()


@pytest.mark.parametrize("fact", DECIDED)
def test_what_came_back_is_a_draft_again_and_open_to_correction(way, fact):
    way.brought_to("open_round").paper.return_unopened("thuky-iso", "Sai lĩnh vực.", at=way.at)
    paper = way.case.document
    decide(paper, fact, DECIDED[fact])
    paper.refresh_from_db()
    assert getattr(paper, fact) == DECIDED[fact]


@pytest.mark.parametrize("fact", PRINTED)
def test_an_issued_paper_keeps_what_it_bears(way, fact):
    paper = way.brought_to("issued").case.document
    statement = f"UPDATE documents_document SET {fact} = {PRINTED[fact]} WHERE id = %s"
    refused("an issued paper keeps", statement, paper.pk)


@pytest.mark.parametrize(
    "change", ["stage = 'draft'", "issued_digest = ''", "amendment = 9", "cited_note = ''"]
)
def test_an_issued_revision_keeps_its_stage_and_digest(way, change):
    revision = way.brought_to("issued").case.revision
    statement = f"UPDATE documents_revision SET {change} WHERE id = %s"
    refused("an issued revision keeps", statement, revision.pk)
    assert Revision.objects.get(pk=revision.pk).stage == "issued"


@pytest.mark.parametrize("column", LINE)
def test_a_line_of_the_register_keeps_its_number_paper_date_and_facts(way, column):
    way.brought_to("issue")
    refused(
        "a line of the register keeps",
        f"UPDATE documents_registerentry SET {column} = {LINE[column]}",
    )


def test_no_line_is_taken_out_of_the_register(way):
    way.brought_to("issue")
    refused("a line of the register keeps", "DELETE FROM documents_registerentry")


def test_a_burnt_number_is_never_taken_up_again(way):
    way.brought_to("issue").carried_by_hand("vanthu", "issue", "bo-so", reason="Nhầm ngày.")
    for said in ("", "Lý do khác."):
        refused(
            "never used again", "UPDATE documents_registerentry SET abandoned_because = %s", said
        )
    assert RegisterEntry.objects.get().abandoned_because == "Nhầm ngày."


@pytest.mark.django_db
def test_the_database_has_every_guard_after_all_migrations():
    assert missing_guards() == ()
    assert len(GUARDS) == 12
