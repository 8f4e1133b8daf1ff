"""The import pages with a script: a paste keeps its tables, a finding leads to its line."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import serve
from workflows.example.acts import text_of

pytestmark = pytest.mark.browser
PATIENCE = int(os.environ.get("BAN_HANH_PATIENCE", "15000"))
PASTE = """([html, plain]) => {
  const pane = document.querySelector("[data-paste] textarea");
  const given = new DataTransfer();
  given.setData("text/html", html);
  given.setData("text/plain", plain);
  pane.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }),
  );
}"""
TABLE = "<table><tr><td>TT<td>Việc<td>Hạn<tr><td>1<td>Họp<td>quý I</table>"
CHOSEN = "pane => pane.value.slice(pane.selectionStart, pane.selectionEnd)"


@pytest.fixture
def page(browser: Browser, example):
    with serve() as address:
        context = browser.new_context(base_url=address)
        context.set_default_timeout(PATIENCE)
        opened = context.new_page()
        opened.goto("/vao/")
        opened.get_by_role(
            "button", name="Đăng nhập với vai Chuyên viên Phòng Nội vụ", exact=True
        ).click()
        opened.wait_for_url("**/ban-lam-viec/")
        yield opened
        context.close()


def test_a_paste_from_word_keeps_its_table_and_a_finding_leads_to_its_line(page: Page):
    page.goto("/soan/nhap/")
    page.evaluate(PASTE, [TABLE, "TT Việc Hạn"])
    pane = page.locator("[data-paste] textarea")
    expect(pane).to_have_value("TT\tViệc\tHạn\n1\tHọp\tquý I\n", timeout=PATIENCE)
    page.evaluate(PASTE, ["<div>" * 1000 + "x", "chữ trơn"])
    told = page.locator("[data-pasted]")
    expect(told).to_contain_text("Đã dán chữ trơn", timeout=PATIENCE)
    pane.fill(text_of("ke-hoach-danh-gia-noi-bo-2024").replace("Điều 2.", "Điều 4."))
    page.get_by_role("button", name="Đọc thử").click()
    finding = page.locator(".finding", has_text="Điều 4").locator("a[data-line]")
    finding.click()
    assert page.locator("#id_text").evaluate(CHOSEN).startswith("Điều 4.")
