"""The whole journey through Chromium, each person at a browser of their own.

A specialist drafts from last year's decision and submits; the head of department proposes; the
secretary opens a round; two members answer, one of them against; the head of the committee
concludes; the Chief of Office checks; the Vice-Chairman signs; the records clerk, whose desk has
been open meanwhile, hears of it without reloading, numbers and issues; the archivist sees
1073/QĐ-CT cease that day, while on 31/12/2023 it is still in force.
"""

from __future__ import annotations

import os
import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from documents.effects import State
from documents.models import Document
from tests.serving import serve

pytestmark = pytest.mark.browser

FORMER = "Chính sách chất lượng và Mục tiêu chất lượng năm 2024"
SUBJECT = "Chính sách chất lượng, Mục tiêu chất lượng và lộ trình thực hiện năm 2024"
LAPTOP, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
# A machine that runs other tests beside this one is slow, not wrong.
PATIENCE = int(os.environ.get("BAN_HANH_PATIENCE", "15000"))


class Desk:
    """Somebody at a browser of their own, signed in by the card of their role."""

    def __init__(self, browser, address: str, role: str, *, viewport=None):
        self.address, self.role = address, role
        self.context = browser.new_context(viewport=viewport or LAPTOP)
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)
        self.page.goto(f"{address}/vao/")
        self.page.get_by_role("button", name=f"Đăng nhập với vai {role}", exact=True).click()
        self.page.wait_for_url(f"{address}/ban-lam-viec/")

    def _heard(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def opens(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def takes_up(self, words: str) -> Page:
        """Open what waits on the desk, by its words."""
        self.opens("/ban-lam-viec/")
        task = self.page.locator("li.task", has_text=re.compile(re.escape(words), re.IGNORECASE))
        task.get_by_role("heading").get_by_role("link").click()
        return self.page

    def presses(self, words: str) -> None:
        """Press a button of the page; the next page is loaded when this returns."""
        before = self.page.url
        self.page.get_by_role("button", name=words, exact=True).click()
        self.page.wait_for_load_state("networkidle")
        problem = self.page.locator("#notes .note.bad, .note.bad")
        if self.page.url == before and problem.count():
            raise AssertionError(f"{self.role}, {words}: {problem.first.inner_text()}")

    def leaves(self) -> None:
        self.context.close()
        assert self.complaints == []


@pytest.fixture
def at(browser, example):
    """Open a browser for a role; all are left at the end, and none of them complained."""
    opened = []
    with serve() as address:

        def sit(role, **more):
            opened.append(Desk(browser, address, role, **more))
            return opened[-1]

        yield sit
        for desk in opened:
            desk.leaves()


def test_a_decision_goes_from_draft_to_issue_and_replaces_1073(at, example):
    _draft_and_submit(at("Chuyên viên Phòng Nội vụ"))
    _propose(at("Trưởng phòng Nội vụ"))
    _open_round(at("Thư ký Ban Chỉ đạo ISO"))
    _answer(at("Trưởng phòng Kinh tế"), "Đồng ý")
    _answer(at("Trưởng phòng Tư pháp"), "Không đồng ý", because="Mức 99% cao so với nhân lực.")
    _conclude(at("Phó Chủ tịch văn xã"))
    _check(at("Chánh Văn phòng"))

    clerk = at("Văn thư")
    line = clerk.page.locator("[data-live]")
    expect(line).to_have_attribute("data-connected", "", timeout=PATIENCE)
    assert clerk.page.locator("li.task", has_text="lộ trình thực hiện").count() == 0
    stands_at = clerk.page.evaluate("performance.timeOrigin")

    _sign(at("Phó Chủ tịch kinh tế", viewport=PHONE))

    # The second browser hears of it, says so in one line, and one press shows it: no reload.
    expect(line).to_contain_text("1 việc mới", timeout=PATIENCE)
    assert clerk.page.locator("li.task", has_text="lộ trình thực hiện").count() == 0
    line.get_by_role("button").click()
    expect(clerk.page.locator("li.task", has_text="lộ trình thực hiện")).to_have_count(1)
    assert clerk.page.evaluate("performance.timeOrigin") == stands_at

    _number_and_issue(clerk)
    _see_1073_cease(at("Lưu trữ"), example)


def _draft_and_submit(author: Desk) -> None:
    page = author.opens("/soan/")
    page.get_by_role("radio", name="Từ quyết định trước đây").check()
    page.get_by_role("combobox", name="Quyết định trước đây").select_option(index=1)
    author.presses("Bắt đầu soạn")
    pane = page.get_by_label("Lời văn")
    text = pane.input_value()
    assert "thay thế Quyết định số 1073/QĐ-CT" in text
    assert FORMER in text
    pane.fill(text.replace(FORMER, SUBJECT))
    # The sheet follows what is typed.
    expect(page.locator("#preview .paper")).to_contain_text("lộ trình thực hiện năm 2024")
    author.presses("Lưu phiên bản")
    author.presses("Gửi trưởng đơn vị")
    expect(page.locator("main")).to_contain_text("Trưởng phòng Nội vụ")


def _propose(head: Desk) -> None:
    page = head.takes_up("lộ trình thực hiện")
    expect(page.locator("main")).to_contain_text("1073/QĐ-CT")
    head.presses("Trình")
    expect(page.locator("main")).to_contain_text("/TTr-NV")


def _open_round(secretary: Desk) -> None:
    page = secretary.takes_up("lộ trình thực hiện")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    for member in ("Trưởng phòng Kinh tế", "Trưởng phòng Tư pháp"):
        page.locator("label.choice", has_text=member).get_by_role("checkbox").check()
    secretary.presses("Mở lượt lấy ý kiến")


def _answer(member: Desk, choice: str, because: str = "") -> None:
    page = member.takes_up("lộ trình thực hiện")
    page.locator("label.choice", has=page.get_by_text(choice, exact=True)).click()
    if because:
        page.get_by_label("Lý do không đồng ý").fill(because)
    member.presses("Gửi ý kiến")
    expect(page.locator("main")).to_contain_text("Ý kiến đã ghi")


def _conclude(head: Desk) -> None:
    page = head.takes_up("lộ trình thực hiện")
    expect(page.locator("main")).to_contain_text("Mức 99% cao so với nhân lực.")
    page.get_by_role("radio", name="Giải trình").check()
    page.get_by_role("textbox", name="Nội dung tiếp thu, giải trình").fill(
        "Quý IV đã đạt; có lộ trình theo quý."
    )
    head.presses("Thống nhất")


def _check(chief: Desk) -> None:
    page = chief.takes_up("lộ trình thực hiện")
    for box in page.get_by_role("checkbox").all():
        box.check()
    chief.presses("Xác nhận đủ điều kiện ký")
    expect(page.locator("main")).to_contain_text("/PTr-VP")


def _sign(deputy: Desk) -> None:
    page = deputy.takes_up("lộ trình thực hiện")
    expect(page.locator("main")).to_contain_text("Mức 99% cao so với nhân lực.")
    expect(page.locator("main")).to_contain_text("KT. CHỦ TỊCH")
    page.get_by_role("button", name="Ký", exact=True).click()
    dialog = page.locator("dialog#d-ky")
    expect(dialog).to_contain_text("chưa phải chữ ký số")
    dialog.get_by_label("Mật khẩu").fill(settings.DEMO_PASSWORD)
    dialog.get_by_role("button", name="Ký văn bản").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main")).to_contain_text("Đã ký")


def _number_and_issue(clerk: Desk) -> None:
    page = clerk.takes_up("lộ trình thực hiện")
    expect(page.get_by_label("Số tiếp theo của sổ")).to_have_value("01/QĐ-CT")
    clerk.presses("Cấp số")
    page = clerk.takes_up("lộ trình thực hiện")
    for box in page.get_by_role("checkbox").all():
        box.check()
    clerk.presses("Phát hành")
    expect(page.locator("main")).to_contain_text("Đã phát hành")


def _see_1073_cease(archivist: Desk, example) -> None:
    issued = Document.objects.get(number="01", symbol="QĐ-CT")
    assert example.legal("1073/QĐ-CT").state is State.CEASED
    assert example.legal("1073/QĐ-CT").ended_by == issued.pk
    old = example.paper("1073/QĐ-CT").reference
    page = archivist.opens(f"/van-ban/{old}/")
    expect(page.locator("main")).to_contain_text("Hết hiệu lực toàn bộ")
    expect(page.locator(".ribbon", has_text="Hết hiệu lực toàn bộ")).to_contain_text("01/QĐ-CT")
    page = archivist.opens(f"/van-ban/{old}/?ngay=31/12/2023")
    expect(page.locator("main .head")).to_contain_text("Còn hiệu lực")
    page = archivist.opens(f"/van-ban/{issued.reference}/")
    expect(page.locator("main")).to_contain_text("Số: 01/QĐ-CT")
    expect(page.locator("main")).to_contain_text("KT. CHỦ TỊCH")
