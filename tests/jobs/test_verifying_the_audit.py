"""An inspector verifies the audit after the owner of the database has been at it.

Every test works in a scratch copy of the database. There the owner takes the guards down, changes
rows behind the program's back and puts the guards up again, as an owner can.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from audit import actions, leaf, services, verification
from audit.models import Disclosure, Entry, Unsequenced
from audit.services import Party, Subject
from audit.verification import Flaw, missing_guards, verify

pytestmark = pytest.mark.usefixtures("committed_db")
MONDAY = datetime(2024, 1, 15, 1, 30, tzinfo=UTC)
HOA = Party("person", "u-17", "Đặng Thị Hòa")


@pytest.fixture
def entries(monkeypatch, committed_db) -> list[Entry]:
    """Five opinions on five papers, committed."""
    monkeypatch.setattr(actions, "_actions", dict(actions._actions))
    actions.register("trial.judged", "%(by)s: %(choice)s. %(remarks)s")
    with transaction.atomic():
        return [opinion(number) for number in range(1, 6)]


def opinion(number: int) -> Entry:
    return services.record(
        "trial.judged",
        operation_id=uuid.uuid4(),
        head=True,
        subject=Subject("document", f"VB-{number}", f"Quyết định số {number}"),
        by=HOA,
        at=MONDAY + timedelta(hours=number),
        office="an-mau",
        details={"choice": "agree"},
        disclose={"remarks": f"Nhất trí, lần {number}."},
    )


def erase(entry: Entry, field: str = "remarks") -> Entry:
    with transaction.atomic():
        return services.erase(
            entry=entry,
            field=field,
            reason="theo yêu cầu",
            operation_id=uuid.uuid4(),
            head=True,
            by=HOA,
            at=MONDAY + timedelta(days=1),
        )


@contextmanager
def guards_down() -> Iterator[Callable[[str], None]]:
    """Statements as the owner gives them, in the scratch copy, with every guard taken down."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            take = [f"DROP TRIGGER {name}" for name, _ in guards]
            put = [sql for _, sql in guards]
            put += ["PRAGMA foreign_keys = ON", "PRAGMA ignore_check_constraints = OFF"]
        else:
            tables = ("audit_entry", "audit_disclosure", "audit_unsequenced")
            take = [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in tables]
            put = [f"ALTER TABLE {table} ENABLE TRIGGER ALL" for table in tables]
            put += [
                f"ALTER TABLE audit_{name.split('_')[1]} ENABLE ALWAYS TRIGGER {name}"
                for name in verification.GUARDS["postgresql"]
            ]
        for statement in take:
            cursor.execute(statement)
        yield cursor.execute
        for statement in put:
            cursor.execute(statement)


def tamper(*statements: str) -> None:
    with guards_down() as execute:
        for statement in statements:
            execute(statement)


def run(*arguments: str) -> tuple[int, str]:
    """Exit status and output of `manage.py verify_audit`."""
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as leaving:
        return int(leaving.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_an_untouched_audit_is_sound_and_says_what_that_does_not_prove(entries):
    erase(entries[1])

    status, said = run()

    assert status == 0
    assert "Đã kiểm tra 6 mục nhật ký; số nội dung đã xóa theo thủ tục: 1." in said
    assert "Mọi mục đều khớp" in said
    assert "Hiện chưa phát hiện được: việc xóa hẳn các mục nhật ký" in said


def test_an_empty_audit_claims_nothing_about_entries():
    status, said = run()

    assert status == 0
    assert "Đã kiểm tra 0 mục" in said
    assert "Mọi mục đều khớp" not in said


ONE = "WHERE subject_key = 'VB-3'"
COLUMNS = {
    "by": f"UPDATE audit_entry SET by_label = 'Người khác' {ONE}",
    "action": f"UPDATE audit_entry SET action = 'trial.withdrawn' {ONE}",
    "at": f"UPDATE audit_entry SET at = '2024-01-14 01:30:00+00' {ONE}",
    "recorded_at": f"UPDATE audit_entry SET recorded_at = '2025-01-14 01:30:00+00' {ONE}",
    "office": f"UPDATE audit_entry SET office = 'noi-khac' {ONE}",
    "digest": f"UPDATE audit_entry SET digest = 'ab' {ONE}",
    "details": f"""UPDATE audit_entry SET details = '{{"choice": "disagree"}}' {ONE}""",
    "subject": f"UPDATE audit_entry SET subject_key = 'VB-9' {ONE}",
    "id": f"UPDATE audit_entry SET uuid = '00000000000000000000000000000001' {ONE}",
    "operation": f"UPDATE audit_entry SET operation_id = '00000000000000000000000000000001' {ONE}",
}


@pytest.mark.parametrize(("member", "statement"), COLUMNS.items(), ids=COLUMNS)
def test_a_changed_column_is_found_and_its_entry_named(entries, member, statement):
    tamper(statement)

    report = verify()

    assert [(f.position, f.flaw, f.fields) for f in report.findings] == [
        (entries[2].pk, Flaw.BYTES, (member,))
    ]
    assert report.missing_guards == ()


def test_the_command_names_the_first_entry_and_leaves_with_1(entries):
    tamper("UPDATE audit_entry SET by_label = 'Người khác' WHERE subject_key IN ('VB-2', 'VB-4')")

    status, said = run()

    assert status == 1
    first = re.search(r"Mục đầu tiên không khớp: (.+)", said).group(1)
    assert first.startswith(f"số {entries[1].pk}, trial.judged, {entries[1].uuid}:")
    assert "Các cột dữ liệu không khớp với chuỗi byte đã lưu: by." in first
    assert "Tổng số điểm sai lệch: 2." in said
    assert str(entries[3].uuid) in said
    assert "Mọi mục đều khớp" not in said
    assert "Hiện chưa phát hiện được" in said


def test_a_program_reads_the_same_answer(entries):
    tamper("UPDATE audit_entry SET by_label = 'Người khác' WHERE subject_key = 'VB-2'")

    status, said = run("--json")
    answer = json.loads(said)

    assert status == 1
    assert (answer["sound"], answer["checked"], answer["finding_count"]) == (False, 5, 1)
    (finding,) = answer["findings"]
    assert finding["entry"] == str(entries[1].uuid)
    assert (finding["flaw"], finding["fields"]) == ("bytes", ["by"])
    assert "chưa phát hiện được" in answer["not_detectable_yet"]


def test_columns_and_bytes_changed_together_still_miss_the_hash(entries):
    forged = leaf.canonical_bytes(entries[2].content()).replace(b'"agree"', b'"disagree"')
    tamper(
        COLUMNS["details"],
        f"UPDATE audit_entry SET leaf_bytes = {_binary(forged)} {ONE}",
    )

    assert [(f.position, f.flaw) for f in verify().findings] == [(entries[2].pk, Flaw.HASH)]


@pytest.mark.parametrize("rubbish", [b"[]", b"", b"{", b"\xff\xfe"])
def test_bytes_that_are_no_leaf_at_all_are_found(entries, rubbish):
    tamper(f"UPDATE audit_entry SET leaf_bytes = {_binary(rubbish)} {ONE}")

    found = verify().findings

    assert [f.flaw for f in found] == [Flaw.BYTES, Flaw.HASH]
    assert "by" in found[0].fields


def _binary(value: bytes) -> str:
    return f"x'{value.hex()}'" if connection.vendor == "sqlite" else f"'\\x{value.hex()}'"


def test_another_text_under_an_old_commitment_is_found(entries):
    tamper(
        f"UPDATE audit_disclosure SET text = 'Không đồng ý' "
        f"WHERE entry_id = {entries[3].pk} AND field = 'remarks'"
    )

    (finding,) = verify().findings
    assert (finding.entry, finding.flaw) == (entries[3].uuid, Flaw.DISCLOSURE_ALTERED)
    assert finding.fields == ("remarks",)


def test_a_text_that_vanished_is_found(entries):
    tamper(f"DELETE FROM audit_disclosure WHERE entry_id = {entries[3].pk}")

    (finding,) = verify().findings
    assert (finding.entry, finding.flaw) == (entries[3].uuid, Flaw.DISCLOSURE_MISSING)
    assert finding.fields == ("remarks", "subject")


def test_a_text_slipped_in_later_is_found(entries):
    """No guard forbids an INSERT; the commitment does."""
    Disclosure.objects.create(entry=entries[0], field="more", salt=b"x" * 32, text="thêm")

    (finding,) = verify().findings
    assert (finding.entry, finding.flaw) == (entries[0].uuid, Flaw.DISCLOSURE_UNCOMMITTED)


@pytest.mark.parametrize(
    "statement",
    [
        # in nobody's name (a check constraint is gone with its guard)
        "UPDATE audit_disclosure SET erased_by_id = {wrong} WHERE text IS NULL",
        # the act tells of another text
        """UPDATE audit_entry SET details = '{{"field": "subject"}}' WHERE id = {act}""",
        # the act was another one
        "UPDATE audit_entry SET action = 'trial.judged' WHERE id = {act}",
        "UPDATE audit_entry SET subject_key = 'VB-1' WHERE id = {act}",
    ],
)
def test_a_text_erased_without_its_own_act_is_found(entries, statement):
    act = erase(entries[2])
    assert verify().is_sound

    tamper(statement.format(act=act.pk, wrong=entries[0].pk))

    first = verify().first
    assert (first.entry, first.flaw) == (entries[2].uuid, Flaw.ERASURE_UNRECORDED)
    assert first.fields == ("remarks",)


def test_an_act_without_a_head_entry_is_found(entries):
    with transaction.atomic():
        lonely = services.record(
            "trial.judged",
            operation_id=uuid.uuid4(),
            head=False,
            subject=Subject("document", "VB-6"),
            by=HOA,
            at=MONDAY,
            details={"choice": "agree"},
            disclose={"remarks": ""},
        )

    (finding,) = verify().findings
    assert (finding.entry, finding.flaw) == (lonely.uuid, Flaw.HEADS)


def test_an_entry_taken_out_of_the_queue_for_the_tree_is_found(entries):
    Unsequenced.objects.filter(entry=entries[4]).delete()

    (finding,) = verify().findings
    assert (finding.entry, finding.flaw) == (entries[4].uuid, Flaw.NOT_WAITING)


UNREADABLE = {
    "sqlite": {
        "a moment": f"UPDATE audit_entry SET at = 'hôm qua' {ONE}",
        "an id": f"UPDATE audit_entry SET uuid = 'khong phai uuid' {ONE}",
        "details": f"UPDATE audit_entry SET details = 'khong phai JSON' {ONE}",
        "details that are a list": f"UPDATE audit_entry SET details = '[1]' {ONE}",
        "a number no JSON reader keeps": (
            f"""UPDATE audit_entry SET details = '{{"choice": 1e300}}' {ONE}"""
        ),
    },
    "postgresql": {
        "details that are a list": f"UPDATE audit_entry SET details = '[1]' {ONE}",
        "details that are null": f"UPDATE audit_entry SET details = 'null' {ONE}",
        "commitments that are a word": f"""UPDATE audit_entry SET commitments = '"x"' {ONE}""",
    },
}[connection.vendor]


@pytest.mark.parametrize("statement", UNREADABLE.values(), ids=UNREADABLE)
def test_a_row_beyond_reading_is_named_and_hides_no_other(entries, statement):
    tamper(statement, "UPDATE audit_entry SET office = 'x' WHERE subject_key IN ('VB-1', 'VB-5')")

    found = [(f.position, f.flaw) for f in verify().findings]

    assert found[0] == (entries[0].pk, Flaw.BYTES)
    assert found[1][0] == entries[2].pk
    assert found[1][1] in {Flaw.UNREADABLE, Flaw.BYTES}
    assert found[-1] == (entries[4].pk, Flaw.BYTES)
    assert run()[0] == 1


def test_a_guard_that_is_missing_is_reported_even_when_nothing_was_changed(entries):
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER audit_entry_no_update"
            + (" ON audit_entry" if connection.vendor == "postgresql" else "")
        )

    status, said = run()

    assert status == 1
    assert missing_guards() == ("audit_entry_no_update",)
    assert "Cơ sở dữ liệu thiếu bộ phận chặn sửa đổi audit_entry_no_update." in said


def test_the_removal_of_a_whole_entry_is_not_found_and_the_report_says_so(entries):
    """Pins the limit: when the tree comes this test must change with the sentence."""
    gone = entries[2].pk
    tamper(
        f"DELETE FROM audit_disclosure WHERE entry_id = {gone}",
        f"DELETE FROM audit_unsequenced WHERE entry_id = {gone}",
        f"DELETE FROM audit_entry WHERE id = {gone}",
    )

    report = verify()

    assert report.is_sound
    assert report.checked_count == 4
    assert "việc xóa hẳn các mục nhật ký" in report.limits()


def test_a_page_looks_at_the_newest_entries_or_at_one_subject_only(entries):
    tamper("UPDATE audit_entry SET office = 'x' WHERE subject_key = 'VB-2'")

    assert (verify(latest=3).checked_count, verify(latest=3).is_sound) == (3, True)
    assert (verify(latest=4).checked_count, verify(latest=4).is_sound) == (4, False)
    assert (verify(latest=99).checked_count, verify(latest=0).checked_count) == (5, 0)
    assert verify(subject=Subject("document", "VB-1")).is_sound
    assert verify(subject=Subject("document", "VB-2")).first.entry == entries[1].uuid
    assert run("--latest", "3")[0] == 0
    assert run("--subject", "document", "VB-2")[0] == 1


def test_a_long_audit_is_read_in_pieces_and_reported_in_order(entries, monkeypatch):
    monkeypatch.setattr(verification, "CHUNK", 2)
    monkeypatch.setattr(verification, "FINDINGS_KEPT", 3)
    tamper("UPDATE audit_entry SET office = 'x'")

    report = verify()

    assert (report.checked_count, report.finding_count) == (5, 5)
    assert [f.position for f in report.findings] == [e.pk for e in entries[:3]]


def test_an_entry_is_judged_with_the_others_of_its_act_across_pieces(entries, monkeypatch):
    """The head entry of an act may lie in another piece than its consequence."""
    monkeypatch.setattr(verification, "CHUNK", 2)
    with transaction.atomic():
        for _ in range(2):
            services.record(
                "trial.judged",
                operation_id=entries[0].operation_id,
                head=False,
                subject=Subject("document", "VB-1"),
                by=HOA,
                at=MONDAY,
                details={"choice": "agree"},
                disclose={"remarks": ""},
            )

    assert verify().is_sound
    assert verify(latest=1).is_sound
