"""What a letter orders is read from its subject, and its slips from its items; nothing else orders."""

from __future__ import annotations

import pytest

from documents.content.letters import Slip, order_of, slips_of
from documents.importing.findings import Unreadable
from documents.importing.text import read_text
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.flows.letter_v1 import LetterFlowV1

LETTER = """ỦY BAN NHÂN DÂN
QUẬN AN MẪU

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: /UBND-VP

An Mẫu, ngày tháng năm 2024

V/v đính chính Quyết định số 15/QĐ-CT ngày 12 tháng 01 năm 2024 của Chủ tịch Ủy ban nhân dân quận An Mẫu

Kính gửi: Các đơn vị nhận Quyết định số 15/QĐ-CT

Quyết định số 15/QĐ-CT thay thế Quyết định số 9/QĐ-CT ngày 05 tháng 01 năm 2023 có sai sót.

1. Tại Điều 2, đã in “Phòng Kinh tê” nay sửa thành “Phòng Kinh tế”.

2. Tại khoản 1 Điều 3, đã ghi là: “30/2/2024”, đính chính thành: “29/02/2024”.

Nơi nhận:

- Như trên;
- Lưu: VT, NV.
"""
NOTICE = LETTER.replace("V/v đính chính", "THÔNG BÁO\n\nVề việc thu hồi").replace(
    "Kính gửi: Các đơn vị nhận Quyết định số 15/QĐ-CT\n\n", ""
)


def test_a_letter_corrects_the_paper_of_its_subject_and_replaces_nothing_it_mentions():
    content = read_text(LETTER, kind="official_letter").content
    (order,) = content.supersessions
    assert (order.verb, order.target.number_raw, order.scope) == ("corrects", "15/QĐ-CT", "whole")
    assert content.title.startswith("Đính chính Quyết định số 15/QĐ-CT")
    assert content.preface.type_word == ""


def test_the_slips_of_a_letter_are_read_in_the_two_ways_offices_write_them():
    slips = slips_of(read_text(LETTER, kind="official_letter").content)
    assert [(one.place, one.wrong, one.right) for one in slips] == [
        ("Điều 2", "Phòng Kinh tê", "Phòng Kinh tế"),
        ("khoản 1 Điều 3", "30/2/2024", "29/02/2024"),
    ]
    assert all(isinstance(one, Slip) and one.clause_id for one in slips)


def test_a_notice_recalls_the_paper_of_its_subject():
    content = read_text(NOTICE, kind="notice").content
    (order,) = content.supersessions
    assert (order.verb, order.target.number_raw) == ("recalls", "15/QĐ-CT")
    assert content.preface.type_word == "THÔNG BÁO"
    assert slips_of(content) == ()


@pytest.mark.parametrize("text", [LETTER, NOTICE])
def test_a_letter_is_read_as_one_only_where_one_is_written(text):
    with pytest.raises(Unreadable):
        read_text(text)
    with pytest.raises(Unreadable):
        read_text(text, kind="decision")


def test_a_subject_that_orders_something_else_orders_nothing():
    content = read_text(LETTER.replace("V/v đính chính", "V/v trao đổi"), kind="official_letter")
    assert order_of(content.content) is None
    assert content.content.supersessions == ()


def test_the_steps_of_a_letter_are_those_of_the_issuance_without_the_committee():
    own, all_ = (
        {node.name: getattr(node, "lane", None) for node in flow.instance.nodes()}
        for flow in (LetterFlowV1, IssuanceFlowV1)
    )
    assert own.items() <= all_.items()
    assert set(all_) - set(own) == {
        "open_round",
        "collect_opinions",
        "opinion",
        "conclude",
        "allow_urgent",
    }
