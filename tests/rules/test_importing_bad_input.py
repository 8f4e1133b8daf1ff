"""What is refused as a whole, with the reason and the line; what is only noted."""

from __future__ import annotations

import time

import pytest

from documents.importing.decode import MAX_BYTES, MAX_LINE, MAX_LINES
from documents.importing.text import Unreadable, read_text

DECISION = """QUYẾT ĐỊNH

Về việc phân công trực Tết

CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;

Theo đề nghị của Chánh Văn phòng.

QUYẾT ĐỊNH:

Điều 1. Phân công trực như sau:

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 3;
- Lưu: VT.

CHỦ TỊCH

Đỗ Minh Khải
"""


def refusal(raw: bytes | str, **options: object) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_text(raw, **options)
    return refused.value


def test_the_sample_itself_is_readable():
    assert read_text(DECISION, kind="decision").content.kind == "decision"


@pytest.mark.parametrize("raw", [b"", "", b"\n\n  \n", "\ufeff", b"\xef\xbb\xbf\r\n", "\u00a0\t"])
def test_an_empty_file_is_refused(raw):
    assert refusal(raw).code == "empty"


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00\x01\x02\x03",
        DECISION.replace("Tết", "T\x00t"),
        DECISION.encode("utf-16-le"),
        "\ud800" + DECISION,
        "\x01\x02\x03" * 200 + DECISION,
    ],
)
def test_a_binary_file_is_refused(raw):
    assert refusal(raw, kind="decision").code == "binary"


def test_fifty_megabytes_are_refused_before_anything_is_done_with_them():
    raw = bytes(50_000_000)
    started = time.perf_counter()
    refused = refusal(raw)
    assert refused.code == "too_large"
    assert refused.values["size"] == 50_000_000
    assert time.perf_counter() - started < 0.1


def test_the_bound_on_size_is_the_one_named():
    filler = "x" * 99 + "\n"
    body = DECISION + filler * ((MAX_BYTES - len(DECISION.encode())) // 100 + 1)
    assert refusal(body.encode()).code == "too_large"


def test_too_many_lines_and_too_long_a_line_are_refused():
    assert refusal(DECISION + "x\n" * MAX_LINES).code == "too_many_lines"
    refused = refusal(DECISION + "x" * (MAX_LINE + 1))
    assert refused.code == "line_too_long"
    assert refused.line == DECISION.count("\n") + 1


def test_mixed_encodings_are_refused_on_the_line_where_they_meet():
    raw = DECISION.encode() + "Phần này viết khác\n".encode("utf-16-le").replace(b"\x00", b"")
    raw += b"Ph\xf9n c\xf2n l\xb9i\n"
    refused = refusal(raw)
    assert refused.code == "encoding_mixed"
    assert raw.split(b"\n")[refused.line - 1] not in DECISION.encode().split(b"\n")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("QuyÕt ®Þnh\n\nC¨n cø LuËt tæ chøc; ñy ban nh©n d©n\n".encode("cp1252"), "TCVN3"),
        ("QuyÕt ®Þnh\n\nC¨n cø LuËt tæ chøc; ñy ban nh©n d©n\n", "TCVN3"),
        ("Quyeát ñònh\n\nCaên cöù Luaät; UÛy ban nhaân daân\n".encode("cp1252"), "VNI"),
        ("Quyeát ñònh\n\nCaên cöù Luaät; UÛy ban nhaân daân\n", "VNI"),
    ],
)
def test_old_vietnamese_encodings_are_named(raw, name):
    refused = refusal(raw)
    assert refused.code == "encoding_legacy"
    assert refused.values["name"] == name
    assert refused.line == 1


def test_windows_1258_is_named():
    raw = "Quyê\u0301t đi\u0323nh vê\u0300 viê\u0323c trư\u0323c Tê\u0301t\n".encode("cp1258")
    refused = refusal(raw)
    assert refused.code == "encoding_legacy"
    assert refused.values["name"] == "Windows-1258"


def test_text_damaged_by_an_earlier_conversion_is_refused():
    damaged = DECISION.encode().decode("cp1252", errors="ignore")
    assert refusal(damaged).code == "encoding_garbled"


def test_text_that_has_lost_letters_is_refused_on_its_line():
    refused = refusal(DECISION.replace("trực như", "tr\ufffdc như"))
    assert refused.code == "encoding_lost"
    assert refused.line == DECISION[: DECISION.index("Phân công trực như")].count("\n") + 1


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ("MẬT", "Mật"),
        ("TỐI MẬT", "Tối mật"),
        ("**TUYỆT MẬT**", "Tuyệt mật"),
        ("M Ậ T", "Mật"),
        ("[ Mật ]", "Mật"),
        ("Độ mật: Tối mật", "Tối mật"),
        ("UBND QUẬN AN MẪU\tMẬT", "Mật"),
        ("MẬT".encode().decode(), "Mật"),
    ],
)
def test_papers_marked_secret_are_refused_on_the_line_of_the_mark(mark, name):
    refused = refusal(f"ỦY BAN NHÂN DÂN\n\n{mark}\n\n{DECISION}", kind="decision")
    assert refused.code == "secret"
    assert refused.values["mark"] == name
    assert refused.line == 3


def test_a_mark_in_parts_of_letters_and_below_the_text_is_seen_too():
    assert refusal("MA\u0302\u0323T\n\n" + DECISION).code == "secret"
    assert refusal(DECISION + "\nMẬT\n").code == "secret"


@pytest.mark.parametrize(
    "words",
    [
        "Bảo vệ bí mật nhà nước theo quy định; tài liệu mật do văn thư quản lý.",
        "- Mật khẩu của người dùng;",
        "Độ mật của tài liệu do người ký quyết định.",
        "BÍ MẬT NHÀ NƯỚC",
        "STT\tĐộ mật\n1\tMẬT",
    ],
)
def test_the_word_in_running_text_marks_nothing(words):
    text = DECISION.replace("như sau:", f"như sau:\n\n{words}")
    assert read_text(text, kind="decision").content.articles


OTHERS = [
    (
        "CÔNG VĂN",
        "Số: 12/UBND-VP\n\nV/v chuẩn bị họp\n\nKính gửi: Phòng Nội vụ\n\nĐề nghị dự họp.",
        5,
    ),
    ("Kế hoạch", "KẾ HOẠCH\n\nĐánh giá nội bộ năm 2024\n\nI. MỤC ĐÍCH", 1),
    ("Thông báo", "Số: 3/TB-UBND\n\nTHÔNG BÁO\n\nVề việc nghỉ lễ", 3),
    ("Tờ trình", "TỜ TRÌNH\n\nVề việc ban hành Mục tiêu\n\nKính gửi: Chủ tịch UBND quận", 1),
    ("Mục tiêu chất lượng", "MỤC TIÊU CHẤT LƯỢNG NĂM 2024\n\n1. Đúng hạn.", 1),
]


@pytest.mark.parametrize(("found", "text", "line"), OTHERS)
def test_another_type_of_paper_is_named_and_refused(found, text, line):
    refused = refusal(text, kind="decision")
    assert refused.code == "not_of_kind"
    assert refused.values["found"].casefold() == found.casefold()
    assert refused.values["kind"] == "Quyết định"
    assert refused.line == line


def test_a_decision_is_not_read_as_objectives():
    refused = refusal(DECISION, kind="quality_objectives")
    assert (refused.code, refused.values["found"]) == ("not_of_kind", "Quyết định")


@pytest.mark.parametrize("kind", [None, "decision", "quality_policy"])
def test_a_text_of_no_kind_is_refused_on_import(kind):
    assert refusal("Hôm nay trời đẹp.\n\nMai có thể mưa.", kind=kind).code == "kind_unknown"


def test_an_unfinished_draft_is_read_as_far_as_it_goes():
    reading = read_text("Về việc phân công trực", kind="decision", drafting=True)
    codes = {finding.code for finding in reading.findings if finding.severity == "stop"}
    assert codes == {
        "type_missing", "authority_missing", "enacting_missing", "articles_missing",
    }  # fmt: skip


def test_a_submission_note_is_refused_while_drafting_too():
    assert refusal(OTHERS[3][1], kind="decision", drafting=True).code == "not_of_kind"


def test_an_unknown_kind_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="leaflet"):
        read_text(DECISION, kind="leaflet")


def test_invisible_characters_are_removed_and_counted():
    reading = read_text(DECISION.replace("trực Tết", "tr\u200bực\u00a0T\u00adết"))
    assert reading.content.preface.subject == "phân công trực Tết"
    noted = [f for f in reading.findings if f.code == "invisible_removed"]
    assert [(one.line, one.values["count"]) for one in noted] == [(3, 2)]


def test_every_refusal_says_itself():
    refused = refusal(OTHERS[1][1], kind="decision")
    assert "line 1" in str(refused).lower()
    assert refused.sentence % refused.values == str(refused)
