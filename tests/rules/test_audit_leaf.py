"""The bytes of an entry: as documented, canonical, and different whenever a fact is."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import leaf
from audit.leaf import LeafContent, Party

FORMAT = Path(__file__).resolve().parents[2] / "docs" / "reference" / "audit-format.md"

letters = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
codes = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
moments = st.datetimes(
    min_value=datetime.fromisoformat("1950-01-01"),
    max_value=datetime.fromisoformat("2200-01-01"),
    timezones=st.just(UTC),
)
scalars = st.one_of(
    letters, st.booleans(), st.none(), st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
)
contents = st.builds(
    LeafContent,
    id=st.uuids(),
    operation_id=st.uuids(),
    head=st.booleans(),
    action=codes,
    office=codes,
    subject_kind=codes,
    subject_key=letters,
    by=st.builds(Party, kind=codes, key=letters, label=letters),
    at=moments,
    recorded_at=moments,
    digest=st.text("0123456789abcdef", min_size=64, max_size=64),
    details=st.dictionaries(codes, scalars, max_size=5),
    commitments=st.dictionaries(codes, codes, max_size=3),
)


@pytest.fixture(scope="module")
def page() -> str:
    return FORMAT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(page: str) -> dict:
    (block,) = re.findall(r"```json\n(.*?)```", page, re.S)
    return json.loads(block)


@pytest.fixture(scope="module")
def texts(page: str) -> dict[str, str]:
    """The three text blocks of the page by what they are."""
    committed, leaf_bytes, leaf_hash = re.findall(r"```text\n(.*?)\n```", page, re.S)
    return {"committed": committed, "leaf_bytes": leaf_bytes, "leaf_hash": leaf_hash}


def documented(example: dict) -> LeafContent:
    return LeafContent(
        id=UUID(example["id"]),
        operation_id=UUID(example["operation"]),
        head=example["head"],
        action=example["action"],
        office=example["office"],
        subject_kind=example["subject"]["kind"],
        subject_key=example["subject"]["key"],
        by=Party(**example["by"]),
        at=datetime.fromisoformat(example["at"]),
        recorded_at=datetime.fromisoformat(example["recorded_at"]),
        digest=example["digest"],
        details=example["details"],
        commitments=example["commitments"],
    )


def test_the_example_of_the_documented_format_is_what_the_code_writes(example, texts):
    written = leaf.canonical_bytes(documented(example))

    assert written.decode() == texts["leaf_bytes"]
    assert leaf.leaf_hash(written) == texts["leaf_hash"]


def test_the_example_can_be_verified_without_our_code(example, texts, page):
    by_hand = json.dumps(example, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert by_hand == texts["leaf_bytes"]
    assert f"({len(by_hand.encode())} bytes" in page
    assert hashlib.sha256(b"\x00" + by_hand.encode()).hexdigest() == texts["leaf_hash"]
    assert (
        hashlib.sha256(texts["committed"].encode()).hexdigest() == example["commitments"]["remarks"]
    )


def test_the_commitments_of_the_example_open_with_the_texts_of_its_table(example, page):
    rows = re.findall(r"^\| `(\w+)` \| `([0-9a-f]{64})` \| `(.+)` \|$", page, re.M)

    opened = {
        field: leaf.commitment(salt=bytes.fromhex(salt), field=field, text=text)
        for field, salt, text in rows
    }

    assert opened == example["commitments"]
    assert set(opened) == {"remarks", "subject"}


@given(contents)
def test_leaf_bytes_are_canonical_json_by_another_writer_too(content):
    other_writer = json.dumps(
        leaf.as_object(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )

    assert leaf.canonical_bytes(content) == other_writer.encode()


@given(contents, st.data())
def test_no_fact_of_a_leaf_can_change_without_changing_its_hash(content, data):
    name = data.draw(st.sampled_from(sorted(LeafContent.__slots__)))
    another = getattr(data.draw(contents), name)
    if another == getattr(content, name):
        another = {"head": not content.head}.get(name, another)
    changed = replace(content, **{name: another})

    same = leaf.canonical_bytes(changed) == leaf.canonical_bytes(content)

    # True and 1 are equal to Python and two things to JSON: compare what JSON tells apart.
    assert same == (
        json.dumps(leaf.as_object(changed), sort_keys=True)
        == json.dumps(leaf.as_object(content), sort_keys=True)
    )
    assert same == (
        leaf.leaf_hash(leaf.canonical_bytes(changed))
        == leaf.leaf_hash(leaf.canonical_bytes(content))
    )


@given(moments, st.integers(min_value=-14, max_value=14))
def test_a_moment_reads_the_same_from_every_time_zone(at, hours):
    elsewhere = at.astimezone(timezone(timedelta(hours=hours)))

    assert leaf.moment(elsewhere) == leaf.moment(at)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", leaf.moment(at))
    assert datetime.fromisoformat(leaf.moment(at)) == at


def test_a_moment_without_its_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        leaf.moment(datetime.fromisoformat("2024-01-15T08:00"))


def test_a_leaf_never_hashes_like_the_bare_bytes():
    assert leaf.leaf_hash(b"{}") != hashlib.sha256(b"{}").hexdigest()
    assert leaf.leaf_hash(b"") == hashlib.sha256(b"\x00").hexdigest()


@given(st.binary(min_size=32, max_size=32), codes, letters, st.data())
def test_a_commitment_opens_only_with_its_own_salt_field_and_text(salt, field, text, data):
    given_away = (salt, field, text)
    tried = data.draw(
        st.one_of(
            st.tuples(st.binary(min_size=32, max_size=32), st.just(field), st.just(text)),
            st.tuples(st.just(salt), codes, st.just(text)),
            st.tuples(st.just(salt), st.just(field), letters),
            # moving a letter from the field to the text must not go unseen
            st.just((salt, field[:-1], field[-1] + text)),
        )
    )

    first = leaf.commitment(salt=salt, field=field, text=text)
    second = leaf.commitment(salt=tried[0], field=tried[1], text=tried[2])

    assert (first == second) == (tried == given_away)
