"""Letterheads of the Party, the Youth Union and other bodies, in columns and run together."""

from __future__ import annotations

import pytest

from documents.importing.text import read_text

BODY = """
QUYẾT ĐỊNH
Về việc công nhận chi đoàn

BAN THƯỜNG VỤ HUYỆN ĐOÀN MẪU HÀ

Căn cứ Hướng dẫn số 5-HD/TĐTN ngày 02 tháng 02 năm 2024 của Tỉnh Đoàn;

Xét đề nghị của Ban Tổ chức,

QUYẾT ĐỊNH:

Điều 1. Công nhận chi đoàn. Quyết định có hiệu lực kể từ ngày ký./.
"""
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
UNION = "ĐOÀN TNCS HỒ CHÍ MINH"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
DAY = "Mẫu Hà, ngày 14 tháng 3 năm 2024"


@pytest.mark.parametrize(
    ("head", "agency", "nation"),
    [
        (
            f"BCH ĐOÀN HUYỆN MẪU HÀ\t\t{UNION}\n***\t\t{DAY}\nSố: 12-QĐ/HĐTN",
            ("BCH ĐOÀN HUYỆN MẪU HÀ",), (UNION,),
        ),
        (
            f"BCH ĐOÀN HUYỆN MẪU HÀ {UNION}\n*** {DAY}\nSố: 12-QĐ/HĐTN",
            ("BCH ĐOÀN HUYỆN MẪU HÀ",), (UNION,),
        ),
        (
            f"TỈNH ĐOÀN MẪU SƠN\nBCH ĐOÀN HUYỆN MẪU HÀ\n***\nSố: 12-QĐ/HĐTN\n{UNION}\n{DAY}",
            ("TỈNH ĐOÀN MẪU SƠN", "BCH ĐOÀN HUYỆN MẪU HÀ"), (UNION,),
        ),
        (
            f"BCH ĐOÀN TNCS HỒ CHÍ MINH\nHUYỆN MẪU HÀ\n***\n{DAY}\nSố: 12 QĐ/HĐTN",
            ("BCH ĐOÀN TNCS HỒ CHÍ MINH", "HUYỆN MẪU HÀ"), (),
        ),
        (
            f"ĐẢNG BỘ HUYỆN MẪU HÀ {PARTY}\nĐẢNG ỦY XÃ AN {DAY}\n*\nSố 12-QĐ/ĐU",
            ("ĐẢNG BỘ HUYỆN MẪU HÀ", "ĐẢNG ỦY XÃ AN"), (PARTY,),
        ),
        (
            f"ỦY\nBAN NHÂN DÂN\nXÃ AN\n\nSố: 12/QĐ-UBND\n\n{DAY}",
            ("ỦY BAN NHÂN DÂN", "XÃ AN"), (),
        ),
        (
            f"CHỦ TỊCH ỦY BAN\nNHÂN DÂN XÃ |\n{STATE[:15]}\n{STATE[16:]} |\n|\nSố: 12/QĐ-UBND |\n{DAY} |",
            ("CHỦ TỊCH ỦY BAN", "NHÂN DÂN XÃ"), (STATE,),
        ),
    ],
)  # fmt: skip
def test_no_date_is_lost_under_any_letterhead(head, agency, nation):
    reading = read_text(f"{head}\n{BODY}")
    preface, printed = reading.content.preface, reading.printed
    assert (preface.agency_header, preface.national_heading) == (agency, nation)
    assert (printed.number, printed.place, printed.day) == (12, "Mẫu Hà", 14)
    assert preface.verbatim == ()
    assert "not_understood" not in {one.code for one in reading.findings}
