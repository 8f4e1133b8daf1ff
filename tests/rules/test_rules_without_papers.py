"""Rules that ask no other paper: what a text prints already, what a procedure says of its records."""

from __future__ import annotations

from datetime import date

import pytest

from documents import papers
from documents.models import Document
from documents.rules import RULES
from documents.rules.base import Draft
from offices.models import Office
from tests.rules.test_reader_doubts import CLEAN

PROCEDURE = """\
ỦY BAN NHÂN DÂN
HUYỆN MẪU AN

QUY TRÌNH TIẾP CÔNG DÂN

1. Mục đích

Để công dân được tiếp đúng lịch.

2. Hồ sơ

Sổ tiếp công dân lưu tại bộ phận một cửa 05 năm.

Nơi nhận:

- Các phòng, đơn vị;
- Lưu: VT, TTr.
"""


def told(code: str, text: str, **particulars: str) -> list[str]:
    """What one rule says of a text, as a draft that is not stored."""
    kind = particulars.pop("kind", "decision")
    office = Office(name="UBND huyện Mẫu An", place="Mẫu An")
    paper = Document(office=office, kind=kind, **{"authority_kind": "committee", **particulars})
    reading = papers.read(text, kind=kind, drafting=True)
    draft = Draft(paper, reading.content, date(2024, 3, 5), reading.printed)
    (rule,) = [one for one in RULES if one.code == code]
    return [one.sentence for one in rule.concerns(draft)] if rule.speaks_of(draft) else []


def test_a_number_or_a_date_in_a_draft_is_said_not_to_count():
    (sentence,) = told("ND30_15_NUMBER", CLEAN)
    assert "215/QĐ-UBND" in sentence
    blank = CLEAN.replace("Số: 215/", "Số: /", 1)
    (sentence,) = told("ND30_15_NUMBER", blank)
    assert "05/3/2024" in sentence
    assert told("ND30_15_NUMBER", blank.replace("ngày 05 tháng 3", "ngày tháng", 1)) == []


def test_a_symbol_of_another_register_is_said_to_change():
    assert told("ND30_II3_SYMBOL", CLEAN) == []
    (sentence,) = told("ND30_II3_SYMBOL", CLEAN, authority_kind="chairman")
    assert "QĐ-UBND" in sentence
    assert "QĐ-CT" in sentence
    assert told("ND30_II3_SYMBOL", CLEAN.replace("Số: 215/QĐ-UBND\n", "", 1)) == []


def test_the_place_is_where_the_office_sits():
    assert told("ND30_II4_PLACE", CLEAN) == []
    (sentence,) = told("ND30_II4_PLACE", CLEAN.replace("Mẫu An, ngày", "Bình Mẫu, ngày", 1))
    assert "Bình Mẫu" in sentence
    assert "Mẫu An" in sentence


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        ("lưu tại bộ phận một cửa 05 năm", True),
        ("được bảo quản vĩnh viễn", True),
        ("ghi thời hạn bảo quản trong danh mục", True),
        ("lưu tại bộ phận một cửa", False),
        ("lập sau 05 năm làm việc", False),
    ],
)
def test_a_procedure_says_how_long_its_records_are_kept(kept, says):
    text = PROCEDURE.replace("lưu tại bộ phận một cửa 05 năm", kept)
    assert bool(told("ISO_7_5_3_2_D", text, kind="procedure")) is not says
    assert told("ISO_7_5_3_2_D", CLEAN) == []


def test_a_table_of_records_with_its_column_of_years_says_it_too():
    table = "TT\tHồ sơ\tThời gian lưu\n1\tSổ tiếp công dân\t5 năm\n"
    text = PROCEDURE.replace("Sổ tiếp công dân lưu tại bộ phận một cửa 05 năm.\n", table)
    assert told("ISO_7_5_3_2_D", text, kind="procedure") == []


def test_who_works_by_a_procedure_receives_it():
    assert told("ISO_7_5_3_2_A", PROCEDURE, kind="procedure") == []
    nobody = PROCEDURE[: PROCEDURE.index("Nơi nhận")]
    assert told("ISO_7_5_3_2_A", nobody, kind="procedure") != []
    # the reader itself asks a decision for them
    assert told("ISO_7_5_3_2_A", CLEAN.replace("- Như Điều 3;\n- TT Huyện ủy;\n", "")) == []
