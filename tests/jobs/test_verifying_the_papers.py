"""An inspector makes every digest of the papers anew, after the owner of the database was at them.

The owner takes the guards down and changes rows behind the program's back, in a copy.
"""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from documents import verification
from documents.content.canonical import digest
from documents.models import RegisterEntry, Revision, Signature
from documents.verification import Flaw, verify_papers


@pytest.fixture
def issued(example):
    """1073/QĐ-CT, issued in the history of the example."""
    return example.paper("1073/QĐ-CT")


def behind_the_back(statement: str, *values: object) -> None:
    """What an owner does: guards away, the row changed, the guards put up again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'documents%'"
            )
            guards = cursor.fetchall()
            for name, _sql in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(statement, values)
            for _name, sql in guards:
                cursor.execute(sql)
        else:
            cursor.execute("SET session_replication_role = replica")
            table = statement.split()[1]
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, values)
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
            cursor.execute("SET session_replication_role = DEFAULT")


def flaws(paper=None) -> list[tuple[str, Flaw, tuple[str, ...]]]:
    return [(one.reference, one.flaw, one.fields) for one in verify_papers(paper).faults]


def told(*args: str) -> tuple[int, str]:
    """What the command answers, and with which status it leaves."""
    out = StringIO()
    try:
        call_command("verify_papers", *args, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_whole_example_is_what_was_decided(example):
    status, words = told()
    assert status == 0
    assert f"Đã kiểm {Revision.objects.count()} phiên bản, 2 lần cấp số." in words
    assert "Mọi nội dung, chữ ký và số đều khớp với dấu đã ghi." in words


def test_the_stored_facts_are_what_the_audit_recorded_and_say_what_was_issued(issued):
    entry = RegisterEntry.objects.get(document=issued)
    facts = json.loads(bytes(entry.issued_facts))
    revision = issued.revisions.get(stage="issued")
    assert digest(bytes(entry.issued_facts)) == revision.issued_digest
    assert facts["content_digest"] == revision.content_digest
    assert facts["issuance"]["number"] == 1073
    assert facts["issuance"]["signatory"] == revision.signature.signatory_name
    assert facts["paper"]["access_level"] == issued.access_level


@pytest.mark.parametrize(
    ("statement", "value", "flaw", "fields"),
    [
        (
            "UPDATE documents_document SET access_level = %s WHERE number = '1073'",
            "internal", Flaw.FACTS_DIFFER, ("paper.access_level",),
        ),
        (
            "UPDATE documents_document SET authority_kind = %s WHERE number = '1073'",
            "committee", Flaw.FACTS_DIFFER, ("paper.authority_kind",),
        ),
        (
            "UPDATE documents_document SET dated_on = %s WHERE number = '1073'",
            "2023-07-05", Flaw.FACTS_DIFFER, ("issuance.dated_on",),
        ),
        (
            "UPDATE documents_revision SET cited_note = %s WHERE stage = 'issued' "
            "AND document_id = (SELECT id FROM documents_document WHERE number = '1073')",
            "Tờ trình khác", Flaw.FACTS_DIFFER, ("issuance.submission_notes",),
        ),
        (
            "UPDATE documents_revision SET issued_digest = %s WHERE stage = 'issued' "
            "AND document_id = (SELECT id FROM documents_document WHERE number = '1073')",
            "ab" * 32, Flaw.FACTS_ALTERED, (),
        ),
        (
            "UPDATE documents_registerentry SET issued_facts = %s WHERE number = 1073",
            None, Flaw.FACTS_LOST, (),
        ),
    ],
)  # fmt: skip
def test_a_fact_changed_behind_the_back_is_named(issued, statement, value, flaw, fields):
    behind_the_back(statement, value)
    assert flaws() == [(issued.reference, flaw, fields)]
    status, words = told()
    assert status == 1
    assert issued.reference in words


def test_facts_rewritten_with_their_digest_are_still_not_those_of_the_audit(issued):
    entry = RegisterEntry.objects.get(document=issued)
    other = bytes(entry.issued_facts).replace(
        b'"access_level":"public"', b'"access_level":"internal"'
    )
    assert other != bytes(entry.issued_facts)
    behind_the_back(
        "UPDATE documents_registerentry SET issued_facts = %s WHERE number = 1073", other
    )
    behind_the_back(
        "UPDATE documents_revision SET issued_digest = %s WHERE issued_digest = %s",
        digest(other), digest(bytes(entry.issued_facts)),
    )  # fmt: skip
    behind_the_back(
        "UPDATE documents_document SET access_level = %s WHERE number = '1073'", "internal"
    )
    assert flaws() == [(issued.reference, Flaw.NUMBERED_OTHERWISE, ())]


def test_a_content_changed_behind_the_back_is_named_and_so_is_its_signature(issued):
    revision = issued.revisions.get(stage="issued")
    behind_the_back(
        "UPDATE documents_revision SET content_digest = %s WHERE id = %s", "cd" * 32, revision.pk
    )
    assert Signature.objects.filter(revision=revision).exists()
    found = {flaw for _reference, flaw, _fields in flaws()}
    assert found == {Flaw.CONTENT, Flaw.SIGNED_OTHER, Flaw.FACTS_DIFFER}


def test_a_missing_guard_is_named(example):
    with connection.cursor() as cursor:
        table = "" if connection.vendor == "sqlite" else " ON documents_registerentry"
        cursor.execute(f"DROP TRIGGER documents_registerentry_kept{table}")
    assert verification.missing_guards() == ("documents_registerentry_kept",)
    status, words = told()
    assert status == 1
    assert "documents_registerentry_kept" in words


def test_one_paper_is_verified_by_its_reference(example, issued):
    behind_the_back(
        "UPDATE documents_document SET access_level = %s WHERE number = '1073'", "internal"
    )
    assert told("--paper", issued.reference)[0] == 1
    assert told("--paper", example.paper("committee").reference)[0] == 0
    with pytest.raises(CommandError, match="Không có văn bản nào mang mã hồ sơ này"):
        told("--paper", "BH-0000-0000")


def test_the_page_of_a_paper_tells_it_too(example, issued):
    auditor = example.who("danhgia")
    address = f"/van-ban/{issued.reference}/nhat-ky/kiem/"
    words = auditor.client.post(address).content.decode()
    assert "Văn bản khớp với dấu nội dung" in words
    behind_the_back(
        "UPDATE documents_document SET access_level = %s WHERE number = '1073'", "internal"
    )
    words = auditor.client.post(address).content.decode()
    assert "Có chỗ của văn bản không khớp" in words
    assert "paper.access_level" in words


def test_a_burnt_number_keeps_the_facts_it_was_given_with(example):
    clerk = example.who("vanthu")
    clerk.numbers("Kiện toàn Ban Chỉ đạo ISO")
    clerk.acts("Kiện toàn Ban Chỉ đạo ISO", "bo-so", reason="Nhầm ngày.")
    gap = RegisterEntry.objects.get(document=example.paper("committee"))
    assert json.loads(bytes(gap.issued_facts))["issuance"]["number"] == 1
    assert flaws(example.paper("committee")) == []
