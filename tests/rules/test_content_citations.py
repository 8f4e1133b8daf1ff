"""The grammar of legal bases: what is cited, and what is only mentioned."""

from __future__ import annotations

import pytest

from documents.content.citations import (
    find_mentions,
    instruments,
)
from documents.content.numbers import split_number

READ = [
    # a paragraph; of each instrument type, number, date, issuer, and its subject or name
    (
        "Căn cứ Luật Thanh tra ngày 14/11/2022;",
        [("Luật", "", "2022-11-14", "", "Thanh tra")],
    ),
    (
        "Căn cứ Luật Lưu trữ số 01/2011/QH13 ngày 11 tháng 11 năm 2011;",
        [("Luật", "01/2011/QH13", "2011-11-11", "", "Lưu trữ")],
    ),
    (
        "Căn cứ luật Tổ chức cơ quan X ngày 09-3-1996;",
        [("Luật", "", "1996-03-09", "", "Tổ chức cơ quan X")],
    ),
    (
        "Căn cứ Luật A năm 2005, Luật B năm 2013 và Luật C năm 2009;",
        [
            ("Luật", "", None, "", "A năm 2005"),
            ("Luật", "", None, "", "B năm 2013"),
            ("Luật", "", None, "", "C năm 2009"),
        ],
    ),
    (
        "Căn cứ Luật sửa đổi một số điều của Luật A năm 2005, Luật B năm 2013 ngày 22/11/2019;",
        [
            (
                "Luật",
                "",
                "2019-11-22",
                "",
                "sửa đổi một số điều của Luật A năm 2005, Luật B năm 2013",
            )
        ],
    ),
    (
        "Căn cứ các Thông tư của Bộ X: số 2/2007/TT-BX ngày 14/02/2007 hướng dẫn việc nêu tại Nghị định "
        "số 31/2001/NĐ-CP và Nghị định số 32/2002/NĐ-CP; số 5/2007/TT-BX ngày 25/7/2007 về họp;",
        [
            (
                "Thông tư",
                "2/2007/TT-BX",
                "2007-02-14",
                "Bộ X",
                "hướng dẫn việc nêu tại Nghị định số 31/2001/NĐ-CP và Nghị định số 32/2002/NĐ-CP",
            ),
            ("Thông tư", "5/2007/TT-BX", "2007-07-25", "Bộ X", "họp"),
        ],
    ),
    (
        "Căn cứ Chương trình hành động số 9/CTr-UBND ngày 12/3/2011 của UBND quận thực hiện Kế hoạch số 6-KH/QU;",
        [
            (
                "Chương trình hành động",
                "9/CTr-UBND",
                "2011-03-12",
                "UBND quận",
                "thực hiện Kế hoạch số 6-KH/QU",
            )
        ],
    ),
    (
        "Căn cứ Luật Viên chức;",
        [("Luật", "", None, "", "Viên chức")],
    ),
    (
        "Căn cứ Luật A ngày 01/02/2020 và Luật B ngày 03/4/2021;",
        [("Luật", "", "2020-02-01", "", "A"), ("Luật", "", "2021-04-03", "", "B")],
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật A và Luật B ngày 22/11/2019;",
        [("Luật", "", "2019-11-22", "", "sửa đổi, bổ sung một số điều của Luật A và Luật B")],
    ),
    (
        "Căn cứ các Quyết định số 5/QĐ-X ngày 05/3/2020; Quyết định số 6/QĐ-X ngày 06/3/2020 về họp.",
        [
            ("Quyết định", "5/QĐ-X", "2020-03-05", "", ""),
            ("Quyết định", "6/QĐ-X", "2020-03-06", "", "họp"),
        ],
    ),
    (
        "Căn cứ Thông tư liên tịch số 4/2012/TTLT-BNV-BTC ngày 5.3.2012 của Bộ Nội vụ và Bộ Tài chính quy định phụ cấp;",
        [
            (
                "Thông tư liên tịch",
                "4/2012/TTLT-BNV-BTC",
                "2012-03-05",
                "Bộ Nội vụ và Bộ Tài chính",
                "quy định phụ cấp",
            )
        ],
    ),
    (
        "Căn cứ Thông tư số 9/2014/TT-BKHCN ngày 10/10/2014 của Bộ Khoa học và Công nghệ về thi hành "
        "Quyết định số 7/QĐ-A ngày 01/01/2013 và Quyết định số 8/QĐ-A ngày 02/01/2013;",
        [
            (
                "Thông tư",
                "9/2014/TT-BKHCN",
                "2014-10-10",
                "Bộ Khoa học và Công nghệ",
                "thi hành Quyết định số 7/QĐ-A ngày 01/01/2013 và Quyết định số 8/QĐ-A ngày 02/01/2013",
            )
        ],
    ),
    (
        "Căn cứ công văn số 419/BKHCN-TĐC ngày 21/02/2018 của Bộ Khoa học và Công nghệ;",
        [("Công văn", "419/BKHCN-TĐC", "2018-02-21", "Bộ Khoa học và Công nghệ", "")],
    ),
    (
        "Căn cứ Quyết định số 93a / QĐ-UBND ngày 31/02/2020 của UBND quận;",
        [("Quyết định", "93a/QĐ-UBND", None, "UBND quận", "")],
    ),
    (
        "Căn cứ các Nghị định số 1/2019/NĐ-CP ngày 05/3/2019; số 2/2020/NĐ-CP ngày 06/3/2020 và số "
        "3/2021/NĐ-CP ngày 08/3/2021 của Chính phủ;",
        [
            ("Nghị định", "1/2019/NĐ-CP", "2019-03-05", "Chính phủ", ""),
            ("Nghị định", "2/2020/NĐ-CP", "2020-03-06", "Chính phủ", ""),
            ("Nghị định", "3/2021/NĐ-CP", "2021-03-08", "Chính phủ", ""),
        ],
    ),
    (
        "Căn cứ Thông tư số 4/2022/TT-A ngày 01/4/2022 của Bộ A sửa đổi các Thông tư số 5/2019/TT-A; số 6/2020/TT-A;",
        [
            (
                "Thông tư",
                "4/2022/TT-A",
                "2022-04-01",
                "Bộ A",
                "sửa đổi các Thông tư số 5/2019/TT-A; số 6/2020/TT-A",
            )
        ],
    ),
    (
        "Căn cứ Nghị định số 7/2020/NĐ-CP ngày 01/6/2020 của Chính phủ (sửa đổi, bổ sung bởi Nghị định số "
        "8/2022/NĐ-CP; Nghị định số 9/2023/NĐ-CP) về biên chế;",
        [("Nghị định", "7/2020/NĐ-CP", "2020-06-01", "Chính phủ", "biên chế")],
    ),
    (
        "Căn cứ Luật A ngày 19/6/2015 (được sửa đổi, bổ sung ngày 22/11/2019);",
        [("Luật", "", "2015-06-19", "", "A")],
    ),
    (
        "Căn cứ Quy định số 12-QĐ/TU ngày 03/4/2023 của Ban Thường vụ Tỉnh ủy và Kết luận số 21-KL/TW ngày 25/10/2021;",
        [
            ("Quy định", "12-QĐ/TU", "2023-04-03", "Ban Thường vụ Tỉnh ủy", ""),
            ("Kết luận", "21-KL/TW", "2021-10-25", "", ""),
        ],
    ),
    (
        "Căn cứ Nghị quyết số 5/NQ-HĐND tháng 12 năm 2023 của Hội đồng nhân dân xã;",
        [("Nghị quyết", "5/NQ-HĐND", None, "Hội đồng nhân dân xã", "")],
    ),
    (
        "Căn cứ các Luật: Đầu tư công ngày 13/6/2019; Ngân sách nhà nước ngày 25/6/2015;",
        [
            ("Luật", "", "2019-06-13", "", "Đầu tư công"),
            ("Luật", "", "2015-06-25", "", "Ngân sách nhà nước"),
        ],
    ),
    (
        "Căn cứ các Nghị định của Chính phủ (số 1/2019/NĐ-CP ngày 05/3/2019, số 2/2020/NĐ-CP ngày 06/3/2020);",
        [
            ("Nghị định", "1/2019/NĐ-CP", "2019-03-05", "Chính phủ", ""),
            ("Nghị định", "2/2020/NĐ-CP", "2020-03-06", "Chính phủ", ""),
        ],
    ),
    (
        "Căn cứ các Thông tư của Bộ A: Thông tư số 1/2020/TT-A ngày 28/5/2020 quy định hộ tịch; Thông tư "
        "số 2/2020/TT-A ngày 03/3/2020;",
        [
            ("Thông tư", "1/2020/TT-A", "2020-05-28", "Bộ A", "quy định hộ tịch"),
            ("Thông tư", "2/2020/TT-A", "2020-03-03", "Bộ A", ""),
        ],
    ),
    (
        "Căn cứ Điều lệ Công ty được phê duyệt tại Quyết định số 3/QĐ-A ngày 01/8/2012 của Tổng công ty A;",
        [("Quyết định", "3/QĐ-A", "2012-08-01", "Tổng công ty A", "")],
    ),
    (
        "Căn cứ Nghị định số 4/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về một cửa, Nghị định số "
        "5/2021/NĐ-CP ngày 06/12/2021 của Chính phủ sửa đổi Nghị định số 4/2018/NĐ-CP;",
        [
            ("Nghị định", "4/2018/NĐ-CP", "2018-04-23", "Chính phủ", "một cửa"),
            (
                "Nghị định",
                "5/2021/NĐ-CP",
                "2021-12-06",
                "Chính phủ",
                "sửa đổi Nghị định số 4/2018/NĐ-CP",
            ),
        ],
    ),
    (
        "Căn cứ Quyết định số 6/QĐ-A ngày 12/12/2018 của Tổng cục A, được sửa đổi tại Quyết định số 7/QĐ-A ngày 28/8/2019;",
        [("Quyết định", "6/QĐ-A", "2018-12-12", "Tổng cục A", "")],
    ),
    (
        "Căn cứ Quyết định số 8/1998/QĐ-UB ngày 12/3/1998 của UBND tỉnh “V/v quy định bộ máy”;",
        [("Quyết định", "8/1998/QĐ-UB", "1998-03-12", "UBND tỉnh", "quy định bộ máy")],
    ),
    (
        "Căn cứ Nghị định số 74-CP ngày 1-11-1995 của Chính phủ về bộ máy;",
        [("Nghị định", "74-CP", "1995-11-01", "Chính phủ", "bộ máy")],
    ),
    (
        "Căn cứ Nghị quyết số 9/2020/NQ-HĐND của HĐND tỉnh A, khóa XIX, kỳ họp thứ 5 ngày 08/7/2020 về biên chế;",
        [("Nghị quyết", "9/2020/NQ-HĐND", "2020-07-08", "HĐND tỉnh A", "biên chế")],
    ),
    (
        "Căn cứ Nghị quyết số 8/2000/QH10 ngày 28/11/2000 của Quốc hội khóa X, kỳ họp thứ 8 về dự toán;",
        [("Nghị quyết", "8/2000/QH10", "2000-11-28", "Quốc hội khóa X", "dự toán")],
    ),
    (
        "Căn cứ Nghị quyết của Hội đồng nhân dân tỉnh, kỳ họp thứ 12: số 5/NQ-HĐND ngày 10/12/2023 về dự toán; số 6/NQ-HĐND ngày 10/12/2023 về đầu tư;",
        [
            ("Nghị quyết", "5/NQ-HĐND", "2023-12-10", "Hội đồng nhân dân tỉnh", "dự toán"),
            ("Nghị quyết", "6/NQ-HĐND", "2023-12-10", "Hội đồng nhân dân tỉnh", "đầu tư"),
        ],
    ),
    (
        "Căn cứ ý kiến thống nhất của Bộ Mẫu tại Công văn số 31/BM-KH ngày 05/02/2023 về nguồn vốn; chỉ đạo của UBND tỉnh tại Thông báo số 4/TB-UBND ngày 09/02/2023;",
        [
            ("Công văn", "31/BM-KH", "2023-02-05", "Bộ Mẫu", "nguồn vốn"),
            ("Thông báo", "4/TB-UBND", "2023-02-09", "UBND tỉnh", ""),
        ],
    ),
    (
        "Căn cứ QCVN 9:2021/BM ban hành kèm theo Thông tư số 1/2021/TT-BM ngày 19/5/2021 của Bộ Mẫu;",
        [("Thông tư", "1/2021/TT-BM", "2021-05-19", "Bộ Mẫu", "")],
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật A số 3/2024/QH15, Luật B số 7/2023/QH15 ngày 29/6/2024;",
        [
            (
                "Luật",
                "",
                "2024-06-29",
                "",
                "sửa đổi, bổ sung một số điều của Luật A số 3/2024/QH15, Luật B số 7/2023/QH15",
            )
        ],
    ),
    (
        "Căn cứ Văn bản hợp nhất số 5/VBHN-VPQH ngày 11/12/2020 của Văn phòng Quốc hội hợp nhất Luật A;",
        [
            (
                "Văn bản hợp nhất",
                "5/VBHN-VPQH",
                "2020-12-11",
                "Văn phòng Quốc hội",
                "hợp nhất Luật A",
            )
        ],
    ),
    (
        "Căn cứ Luật Ngân sách ngày 25/6/2015, các Nghị định của Chính phủ: số 1/2016/NĐ-CP ngày 21/12/2016; số 2/2017/NĐ-CP ngày 21/4/2017;",
        [
            ("Luật", "", "2015-06-25", "", "Ngân sách"),
            ("Nghị định", "1/2016/NĐ-CP", "2016-12-21", "Chính phủ", ""),
            ("Nghị định", "2/2017/NĐ-CP", "2017-04-21", "Chính phủ", ""),
        ],
    ),
    (
        "Căn cứ Quyết định số 6/QĐ-BM &ĐT ngày 15/7/2001 của Bộ Mẫu và Đào tạo về tiêu chuẩn;",
        [("Quyết định", "6/QĐ-BM&ĐT", "2001-07-15", "Bộ Mẫu và Đào tạo", "tiêu chuẩn")],
    ),
    (
        "Căn cứ Luật A (sửa đổi) ngày 21/6/1994 và Luật B đã được Quốc hội khóa IX thông qua ngày 20/3/1996;",
        [("Luật", "", "1994-06-21", "", "A (sửa đổi)"), ("Luật", "", "1996-03-20", "", "B")],
    ),
    ("Căn cứ tình hình thực tế của quận;", []),
    ("Căn cứ Quyết định của Chủ tịch quận;", []),
]


@pytest.mark.parametrize(("paragraph", "wanted"), READ)
def test_instruments_are_read_as_written(paragraph, wanted):
    read = [
        (
            one.type,
            one.number_raw,
            one.dated_on.isoformat() if one.dated_on else None,
            one.issuer,
            one.subject or one.name,
        )
        for one in instruments(paragraph)
    ]
    assert read == wanted


@pytest.mark.parametrize(("paragraph", "wanted"), READ)
def test_each_instrument_knows_its_place_in_the_paragraph(paragraph, wanted):
    found = instruments(paragraph)
    assert all(paragraph[one.start : one.end] == one.raw for one in found)
    assert [one.terminator for one in found[:-1]] == ["mid"] * max(0, len(wanted) - 1)
    assert [one.terminator for one in found[-1:]] == [paragraph[-1]] * bool(wanted)


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("19/2014/QĐ-TTg", (19, "", 2014, "QĐ-TTg")),
        ("19/QĐ-TTg", (19, "", None, "QĐ-TTg")),
        ("93a/QĐ-UBND", (93, "a", None, "QĐ-UBND")),
        ("03/QĐ-BCĐISO", (3, "", None, "QĐ-BCĐISO")),
        ("01/2011/QH13", (1, "", 2011, "QH13")),
        ("18-NQ/TW", (18, "", None, "NQ/TW")),
        ("5/QĐ–UBND", (5, "", None, "QĐ-UBND")),
        ("/QĐ-UBND", (None, "", None, "")),
    ],
)
def test_numbers_fall_into_their_parts(raw, parts):
    assert split_number(raw) == parts


def test_mentions_are_found_anywhere_with_date_and_issuer():
    text = "Theo Nghị định 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ; xem cả quyết định số 7/QĐ-A."
    found = [(m.type, m.number_raw, m.issuer, text[m.start : m.end]) for m in find_mentions(text)]
    assert found == [
        ("Nghị định", "61/2018/NĐ-CP", "Chính phủ", "Nghị định 61/2018/NĐ-CP"),
        ("Quyết định", "7/QĐ-A", "", "quyết định số 7/QĐ-A"),
    ]
