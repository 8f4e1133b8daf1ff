"""The engine itself refuses to rewrite the audit, whatever way the statement comes."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from audit import actions, services
from audit.models import Disclosure, Entry
from audit.services import Party, Subject
from audit.verification import GUARDS, missing_guards, verify

pytestmark = pytest.mark.django_db
MONDAY = datetime(2024, 1, 15, 1, 30, tzinfo=UTC)
LUU = Party("person", "u-3", "Trần Văn Lưu")
REFUSED = "append-only|a disclosure changes once"


@pytest.fixture
def entry(monkeypatch) -> Entry:
    monkeypatch.setattr(actions, "_actions", dict(actions._actions))
    actions.register("trial.kept", "%(by)s kept %(subject)s: %(remarks)s, %(phone)s")
    return keep("Nhất trí.")


def keep(remarks: str) -> Entry:
    return services.record(
        "trial.kept",
        operation_id=uuid.uuid4(),
        head=True,
        subject=Subject("document", "VB-7"),
        by=LUU,
        at=MONDAY,
        disclose={"remarks": remarks, "phone": "0900 000 000"},
    )


def rows() -> list[tuple]:
    return [
        *Entry.objects.order_by("id").values_list(),
        *Disclosure.objects.order_by("id").values_list(),
    ]


def refused(*statements: str, saying: str = REFUSED) -> None:
    """The last statement fails with the guard's own words, and every row is as it was."""
    before = rows()
    refusal = pytest.raises(IntegrityError, match=saying)
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    assert rows() == before


ATTACKS = {
    "another name": "UPDATE audit_entry SET by_label = 'Người khác'",
    "the same value again": "UPDATE audit_entry SET action = action",
    "another time": "UPDATE audit_entry SET at = recorded_at",
    "bytes and hash": "UPDATE audit_entry SET leaf_hash = leaf_hash, leaf_bytes = leaf_bytes",
    "another row number": "UPDATE audit_entry SET id = id + 1000",
    "one entry fewer": "DELETE FROM audit_entry",
    "one text fewer": "DELETE FROM audit_disclosure",
    "another text": "UPDATE audit_disclosure SET text = 'Không đồng ý'",
    "another salt": "UPDATE audit_disclosure SET salt = salt",
    "a text under another field": "UPDATE audit_disclosure SET field = 'telephone'",
    "a text taken without an act": "UPDATE audit_disclosure SET salt = NULL, text = NULL",
}


@pytest.mark.parametrize("statement", ATTACKS.values(), ids=ATTACKS)
def test_no_statement_changes_or_removes_what_was_recorded(entry, statement):
    refused(statement)


def copy_of(table: str, columns: list[str], **changed: str) -> str:
    """An INSERT … SELECT of every row onto itself, with some columns changed."""
    values = ", ".join(changed.get(column, column) for column in columns)
    return f"INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE true"


ENTRY = [field.column for field in Entry._meta.fields]
DISCLOSURE = [field.column for field in Disclosure._meta.fields]
OTHER_NAME = copy_of("audit_entry", ENTRY, by_label="'Người khác'")
OTHER_ROW = copy_of("audit_entry", ENTRY, by_label="'Người khác'", id="id + 1000", head="false")
OTHER_HEAD = copy_of(
    "audit_entry", ENTRY, id="id + 1000", uuid="'00000000000000000000000000000001'"
)
OTHER_TEXT = copy_of("audit_disclosure", DISCLOSURE, text="'Không đồng ý'", field="field || '2'")
OTHER_TEXT_ROW = copy_of("audit_disclosure", DISCLOSURE, text="'Không đồng ý'", id="id + 1000")
SILENT = "PRAGMA recursive_triggers = OFF"
# Rows whose foreign keys are still to be checked cannot be truncated, guard or no guard.
SETTLED = "SET CONSTRAINTS ALL IMMEDIATE"
REPLICA = "SET LOCAL session_replication_role = 'replica'"
OVERWRITES = {
    "sqlite": {
        "replace": [f"REPLACE {OTHER_NAME}"],
        "replace, delete triggers asleep": [SILENT, f"REPLACE {OTHER_NAME}"],
        "replace by uuid, asleep": [SILENT, f"REPLACE {OTHER_ROW}"],
        "replace by operation, asleep": [SILENT, f"REPLACE {OTHER_HEAD}"],
        "replace a text, asleep": [SILENT, f"REPLACE {OTHER_TEXT}"],
        "replace a text by field, asleep": [SILENT, f"REPLACE {OTHER_TEXT_ROW}"],
        "update or replace": ["UPDATE OR REPLACE audit_entry SET by_label = 'Người khác'"],
        "upsert": [f"INSERT {OTHER_NAME} ON CONFLICT (id) DO UPDATE SET by_label = 'x'"],
    },
    "postgresql": {
        "upsert": [f"INSERT {OTHER_NAME} ON CONFLICT (id) DO UPDATE SET by_label = 'x'"],
        "upsert a text": [f"INSERT {OTHER_TEXT} ON CONFLICT (id) DO UPDATE SET text = 'x'"],
        "truncate": [SETTLED, "TRUNCATE audit_entry CASCADE"],
        "truncate the texts": [SETTLED, "TRUNCATE audit_disclosure"],
        "update as a replica": [REPLICA, "UPDATE audit_entry SET by_label = 'Người khác'"],
        "delete as a replica": [REPLICA, "DELETE FROM audit_entry"],
        "another text as a replica": [REPLICA, "UPDATE audit_disclosure SET text = 'x'"],
        "truncate as a replica": [SETTLED, REPLICA, "TRUNCATE audit_entry CASCADE"],
        "merge": [
            "MERGE INTO audit_entry e USING audit_entry n ON e.id = n.id "
            "WHEN MATCHED THEN UPDATE SET by_label = 'Người khác'"
        ],
    },
}[connection.vendor]


@pytest.fixture
def awake_afterwards():
    """The connection outlives the test; what an attack switched off is switched on again."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")


@pytest.mark.usefixtures("awake_afterwards")
@pytest.mark.parametrize("statements", OVERWRITES.values(), ids=OVERWRITES)
def test_no_overwriting_statement_of_this_engine_slips_past(entry, statements):
    refused(*statements)


def test_the_orm_gets_no_further_than_raw_statements(entry):
    for write in (
        lambda: Entry.objects.update(by_label="Người khác"),
        lambda: Entry.objects.all()._raw_delete("default"),
        lambda: Disclosure.objects.all().delete(),
        lambda: Disclosure.objects.update(text="Không đồng ý"),
    ):
        before = rows()
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            write()
        assert rows() == before


def erasing(entry: Entry, field: str) -> Entry:
    """The entry of an act that erases, without the erasure."""
    return services.record(
        actions.ERASED,
        operation_id=uuid.uuid4(),
        head=True,
        subject=Subject("audit.entry", str(entry.uuid)),
        by=LUU,
        at=MONDAY,
        details={"field": field, "entry": str(entry.uuid)},
        disclose={"reason": "theo yêu cầu"},
    )


TAKE = "UPDATE audit_disclosure SET salt = NULL, text = NULL, erased_by_id = {act} WHERE {which}"


def test_a_text_is_taken_only_in_the_name_of_the_act_that_erases_it(entry):
    other = keep("Không nhất trí.")
    mine = f"entry_id = {entry.pk} AND field = 'remarks'"

    refused(TAKE.format(act=entry.pk, which=mine))
    refused(TAKE.format(act=erasing(entry, "phone").pk, which=mine))
    refused(TAKE.format(act=erasing(other, "remarks").pk, which=mine))
    refused(TAKE.format(act=erasing(entry, "remarks").pk, which=f"entry_id = {entry.pk}"))
    refused(
        f"UPDATE audit_disclosure SET salt = NULL, text = NULL, field = 'phone2', "
        f"erased_by_id = {erasing(entry, 'remarks').pk} WHERE {mine}"
    )

    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(act=erasing(entry, "remarks").pk, which=mine))
    assert Disclosure.objects.get(entry=entry, field="remarks").is_erased


def test_an_erased_text_never_comes_back(entry):
    services.erase(
        entry=entry,
        field="remarks",
        reason="theo yêu cầu",
        operation_id=uuid.uuid4(),
        head=True,
        by=LUU,
        at=MONDAY,
    )
    other_act = erasing(entry, "remarks")

    refused(
        "UPDATE audit_disclosure SET text = 'Nhất trí.', salt = leaf_bytes, erased_by_id = NULL "
        "FROM audit_entry WHERE audit_entry.id = audit_disclosure.entry_id AND text IS NULL"
    )
    refused(f"UPDATE audit_disclosure SET erased_by_id = {other_act.pk} WHERE text IS NULL")
    refused("DELETE FROM audit_disclosure WHERE text IS NULL")


def test_the_database_has_every_guard_after_all_migrations():
    assert missing_guards() == ()
    assert len(GUARDS[connection.vendor]) == 6


def test_everything_is_sound_after_all_that(entry):
    report = verify()

    assert report.is_sound
    assert report.checked_count == 1
