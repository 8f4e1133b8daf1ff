"""A decision takes the place of another: shown before, on and after its day, to everybody."""

from __future__ import annotations

from datetime import date

import pytest

from documents.effects import State

COMMITTEE = "Kiện toàn Ban Chỉ đạo ISO"
ITS_DAY = date(2024, 1, 22)


@pytest.fixture
def issued(example):
    """The clerk numbers and issues on Monday the 15th what takes effect on the 22nd."""
    example.who("vanthu").numbers(COMMITTEE)
    example.who("vanthu").issues(COMMITTEE)
    return example


def words(example, name, query="", who="luutru"):
    return example.who(who).opens(f"/van-ban/{example.paper(name).reference}/{query}").words


def test_a_draft_says_what_it_will_replace_and_that_it_stands_until_then(example):
    shown = words(example, "policy 2024")

    assert "Dự thảo. Không có giá trị thi hành." in shown
    assert "Khi có hiệu lực, văn bản này sẽ thay thế" in shown
    assert "Đến lúc đó 1073/QĐ-CT ngày 04/7/2023 vẫn còn hiệu lực." in shown


def test_issued_before_its_day_it_waits_and_the_old_one_stands(issued):
    assert "Chưa có hiệu lực ngày 15/01/2024; có hiệu lực từ 22/01/2024." in words(
        issued, "committee"
    )
    assert issued.legal("committee", ITS_DAY).state is State.IN_FORCE
    old = words(issued, "640/QĐ-CT")
    assert "Hết hiệu lực toàn bộ từ" not in old
    assert "Bị thay thế bởi" in old


def test_on_its_day_the_new_one_is_in_force_and_the_old_one_has_ceased(issued):
    assert words(issued, "committee", "?ngay=2024-01-21").count("Chưa có hiệu lực")
    shown = words(issued, "640/QĐ-CT", "?ngay=2024-01-22")
    assert "Hết hiệu lực toàn bộ từ 22/01/2024" in shown
    assert f"bị {issued.paper('committee').cited_as} ngày 15/01/2024 thay thế" in shown


def test_only_the_clock_brings_the_day(issued):
    clerk = issued.who("vanthu")
    while issued.today < ITS_DAY:
        assert "Chưa có hiệu lực" in words(issued, "committee")
        clerk.turns_the_clock()
    assert "Chưa có hiệu lực" not in words(issued, "committee")
    assert issued.legal("640/QĐ-CT").state is State.CEASED


def test_the_step_strip_says_who_did_what_and_who_has_it(example):
    shown = words(example, "policy 2024")

    assert "Đang chờ Phó Chủ tịch kinh tế ký" in shown
    assert "Từ thứ Sáu 12/01/2024 16:20, còn 1 ngày làm việc (hạn 16/01/2024)" in shown
    for step in ("Tờ trình 212/TTr-NV", "5/5 ủy viên trả lời", "Phiếu trình 18/PTr-VP"):
        assert step in shown


def test_dissent_stands_first_and_in_full_with_its_reply(example):
    shown = words(example, "policy 2024").split("Ý kiến về bản sửa đổi 2")[1]

    assert shown.index("Không đồng ý") < shown.index("Giải trình của") < shown.index("Tiếp thu của")
    assert "1 ý kiến khác" in shown


def test_who_may_not_act_reads_why(example):
    page = example.who("vanthu").opens(f"/van-ban/{example.paper('policy 2024').reference}/")

    assert page.barred == ["Ký"]
    assert "Chỉ Chủ tịch hoặc Phó Chủ tịch phụ trách lĩnh vực" in page.words
    signatory = example.who("pct-kinhte").opens(page.address)
    assert signatory.barred == []
    assert [link.words for link in signatory.links if link.href.startswith("/viec/")] == ["Ký"]


def test_a_returned_version_says_why_it_came_back(example):
    assert "Bị trả lại ngày 12/01/2024" in words(example, "audit plan")
    assert "–Bị trả lại" in words(example, "audit plan")
    assert "/6 Đã trình" not in words(example, "audit plan").partition("Diễn biến")[0]
    reference = example.paper("policy 2024").reference
    first = example.who("tp-noivu").opens(f"/van-ban/{reference}/ban/1/").words
    assert "Bản sửa đổi 1 bị trả lại ngày 18/12/2023" in first


def test_a_version_that_is_not_there_is_not_found(example):
    reference = example.paper("policy 2024").reference
    assert example.who("tp-noivu").is_refused(f"/van-ban/{reference}/ban/9/") == 404
