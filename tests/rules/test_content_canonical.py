"""The bytes that decisions bind to: what is under the digest, what is not, and back again."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from documents.content import canonical, tree
from documents.content.canonical import (
    AttachmentHash,
    RelationClause,
    TargetIdentity,
    canonical_bytes,
    digest,
    issued_bytes,
    parse,
    parse_payload,
)
from documents.content.codec import from_json, to_json
from documents.content.facts import IssuanceFacts, PaperFacts
from documents.content.tree import Clause, Content, Preface
from documents.importing.text import read_text
from tests.fixtures.papers.generated import Made, papers
from tests.source import ROOT

PAPER = """QUYẾT ĐỊNH

Về việc ban hành Mục tiêu chất lượng

CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU

Theo đề nghị của Trưởng phòng Nội vụ{note}.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Mục tiêu chất lượng năm 2024.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 1073/QĐ-CT ngày 04/7/2023.

MỤC TIÊU CHẤT LƯỢNG

(Ban hành kèm theo Quyết định số {number}/QĐ-CT ngày {day} của Chủ tịch UBND quận)

1. Hồ sơ đúng hạn.

{block}
"""
RELATION = RelationClause(
    verb="replaces",
    scope="whole",
    scope_raw="",
    target=TargetIdentity("Quyết định", "1073", "QĐ-CT", date(2023, 7, 4), ""),
    effective_rule="from_signing_date",
)
FILE = AttachmentHash("phu-luc.pdf", "application/pdf", 10_240, "ab" * 32)


def paper(note="", number="", day="", block="CHỦ TỊCH"):
    return PAPER.format(note=note, number=number, day=day, block=block)


@pytest.fixture
def content() -> Content:
    return read_text(paper()).content


def test_the_bytes_are_rfc_8785_and_the_digest_is_their_sha_256(content):
    raw = canonical_bytes(content, attachments=[FILE], relations=[RELATION])
    assert rfc8785.dumps(json.loads(raw)) == raw
    assert digest(raw) == hashlib.sha256(raw).hexdigest()
    assert set(json.loads(raw)) == {"schema", "content", "attachments", "relations"}


def test_content_attachments_and_relations_come_back_exactly(content):
    payload = parse_payload(canonical_bytes(content, attachments=[FILE], relations=[RELATION]))
    assert (payload.content, payload.attachments, payload.relations) == (
        content,
        (FILE,),
        (RELATION,),
    )


@given(papers())
def test_any_paper_comes_back_exactly(made: Made):
    content = read_text(made.text).content
    assert parse(canonical_bytes(content)) == content


def test_numbering_dating_signing_and_referring_leave_the_digest_alone(content):
    later = [
        paper(number="12", day="05 tháng 3 năm 2024"),
        paper(note=" tại Tờ trình số 43/TTr-PNV ngày 10/01/2024"),
        paper(block="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nĐỗ Minh Khải"),
        "Số: 12/QĐ-CT\n\nAn Mẫu, ngày 05 tháng 3 năm 2024\n\n" + paper(),
    ]
    wanted = canonical_bytes(content)
    for text in later:
        reading = read_text(text)
        assert canonical_bytes(reading.content) == wanted
        assert reading.printed != read_text(paper()).printed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Mục tiêu chất lượng\n", "Mục tiêu chất lượng năm 2024\n"),
        ("Trưởng phòng Nội vụ", "Chánh Văn phòng"),
        ("kể từ ngày ký", "kể từ ngày 22/01/2024"),
        ("1073/QĐ-CT", "1074/QĐ-CT"),
        ("Hồ sơ đúng hạn", "Hồ sơ sớm hạn"),
        ("của Chủ tịch UBND quận)", "của UBND quận)"),
        ("CHỦ TỊCH ỦY BAN", "ỦY BAN"),
    ],
)
def test_every_change_of_wording_changes_the_digest(content, old, new):
    assert old in paper()
    changed = read_text(paper().replace(old, new, 1)).content
    assert digest(canonical_bytes(changed)) != digest(canonical_bytes(content))


def test_another_file_or_another_relation_is_another_digest(content):
    plain = canonical_bytes(content, attachments=[FILE], relations=[RELATION])
    others = [
        canonical_bytes(
            content, attachments=[replace(FILE, sha256="cd" * 32)], relations=[RELATION]
        ),
        canonical_bytes(
            content, attachments=[replace(FILE, name="khac.pdf")], relations=[RELATION]
        ),
        canonical_bytes(content, attachments=[FILE], relations=[replace(RELATION, verb="repeals")]),
        canonical_bytes(content, attachments=[FILE]),
        canonical_bytes(content, relations=[RELATION]),
    ]
    assert len({digest(raw) for raw in [plain, *others]}) == 6


def test_the_order_of_rows_in_a_store_means_nothing(content):
    second, other = replace(FILE, name="a.pdf"), replace(RELATION, verb="amends")
    assert canonical_bytes(
        content, attachments=[FILE, second], relations=[RELATION, other]
    ) == canonical_bytes(content, attachments=[second, FILE], relations=[other, RELATION])


def test_text_that_is_not_nfc_is_refused_not_changed():
    with pytest.raises(ValueError, match="NFC"):
        canonical_bytes(Content(kind="decision", preface=Preface(subject="Quye\u0302\u0301t")))


@pytest.mark.parametrize(
    "raw",
    [
        b"{}",
        b"[]",
        b'{"schema":2}',
        b'{"attachments":[],"content":{"_":"Article"},"relations":[],"schema":1}',
        b'{"attachments":[],"content":{"_":"Content"},"relations":[],"schema":1}',
    ],
)
def test_bytes_that_are_not_ours_are_refused(raw):
    with pytest.raises(ValueError, match=r"schema|object|fields"):
        parse(raw)


@pytest.mark.parametrize("value", [7, None, True, "somewhere", ["x"]])
def test_a_value_of_another_shape_is_refused(content, value):
    spoilt = json.loads(canonical_bytes(content))
    spoilt["content"]["articles"][0]["blocks"][0]["kind"] = value
    with pytest.raises(ValueError, match=r"unexpected|missing"):
        parse(json.dumps(spoilt).encode())


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_decimals_travel_as_strings(amount: Decimal):
    written = to_json(amount)
    assert isinstance(written, str)
    assert from_json(Decimal, written) == amount


def test_what_has_no_place_in_a_paper_is_refused():
    with pytest.raises(TypeError, match="float"):
        to_json(0.5)


FACTS = IssuanceFacts(
    number=12,
    symbol="QĐ-CT",
    place="An Mẫu",
    dated_on=date(2024, 1, 16),
    signature_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signatory="Đỗ Minh Khải",
    submission_notes=("Tờ trình số 05/TTr-PNV ngày 10 tháng 01 năm 2024",),
)
DECIDED = PaperFacts("decision", "chairman", "public", "kinh_te")


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 13},
        {"suffix": "a"},
        {"symbol": "QĐ-UBND"},
        {"place": "Ứng Hòa"},
        {"dated_on": date(2024, 1, 17)},
        {"signature_lines": ("CHỦ TỊCH",)},
        {"signatory": "Vũ Lâm"},
        {"submission_notes": ()},
    ],
)
def test_the_issued_bytes_bind_every_fact_of_issuance(changed):
    bound = issued_bytes("ab" * 32, FACTS, DECIDED)
    assert rfc8785.dumps(json.loads(bound)) == bound
    assert issued_bytes("ab" * 32, replace(FACTS, **changed), DECIDED) != bound
    assert issued_bytes("cd" * 32, FACTS, DECIDED) != bound


@pytest.mark.parametrize("fact", [one.name for one in fields(PaperFacts)])
def test_the_issued_bytes_bind_what_was_decided_of_the_paper(fact):
    other = replace(DECIDED, **{fact: "khác"})
    assert issued_bytes("ab" * 32, FACTS, other) != issued_bytes("ab" * 32, FACTS, DECIDED)


@pytest.mark.parametrize("missing", [{"number": None}, {"dated_on": None}])
def test_a_paper_without_number_or_date_is_not_issued(missing):
    with pytest.raises(ValueError, match="number and a date"):
        issued_bytes("ab" * 32, replace(FACTS, **missing), DECIDED)


def test_numbers_below_ten_are_printed_with_a_zero():
    assert replace(FACTS, number=3).reference == "03/QĐ-CT"
    assert replace(FACTS, suffix="a").reference == "12a/QĐ-CT"
    assert replace(FACTS, number=None).reference == ""
    assert replace(FACTS, number=3, symbol="QT", coded=True).reference == "QT.03"


def test_a_clause_is_written_with_all_its_fields():
    assert to_json(Clause("paragraph", "Một.")) == {
        "_": "Clause",
        "kind": "paragraph",
        "text": "Một.",
        "marker": "",
        "children": [],
        "id": "",
    }


def test_the_format_page_names_every_object_with_all_its_members():
    page = (ROOT / "docs" / "reference" / "content-format.md").read_text(encoding="utf-8")
    rows = {
        name: re.findall(r"`(\w+)`", members)
        for name, members in re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE)
    }
    written = {
        one.__name__: [field.name for field in fields(one)]
        for module in (tree, canonical)
        for one in vars(module).values()
        if is_dataclass(one) and one.__module__ == module.__name__ and one is not canonical.Payload
    }
    for facts in (IssuanceFacts, PaperFacts):
        written[facts.__name__] = [field.name for field in fields(facts)]
    assert rows == written
    assert f"Schema `{canonical.SCHEMA}`" in page
