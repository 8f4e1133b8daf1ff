"""Words typed into a draft outlive a lost network and a session that has ended."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from documents.models import Document, Kind
from documents.services import drafting
from documents.services.drafting import DraftPlan
from offices.models import Department
from tests.serving import serve
from workflows.example.acts import text_of

# What the browser does with a page does not depend on the database that filled it.
pytestmark = [pytest.mark.browser, pytest.mark.once]

PATIENCE = 15_000
ARTICLE = "Điều 2"


@pytest.fixture
def page(browser, example):
    """The pieces of a new draft, open to its author."""
    paper = drafting.start_draft(
        department=Department.objects.get(code="NV"),
        plan=DraftPlan(kind=Kind.DECISION, subject="", field_of_work="tong_hop"),
        text=text_of("chinh-sach-muc-tieu-2024-lan-2"),
        by=example.people["cv-noivu"],
        at=example.now,
    )
    with serve() as address:
        context = browser.new_context(viewport={"width": 1366, "height": 900})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sign_in(page, address, "cv-noivu")
        page.goto(f"{address}/soan/{paper.reference}/phan/")
        yield page
        context.close()


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/vao/")
    form = page.locator("form", has=page.locator("input[name=password]:visible"))
    form.locator("input[name=username]").fill(username)
    form.locator("input[name=password]").fill(settings.DEMO_PASSWORD)
    form.locator("button[type=submit]").click()
    page.wait_for_url(f"{address}/ban-lam-viec/")


def address_of(page: Page) -> str:
    return re.sub(r"/soan/.*", "", page.url)


def types(page: Page, words: str) -> None:
    piece = page.get_by_label(ARTICLE, exact=True)
    piece.fill(f"{piece.input_value()} {words}")


def kept() -> str:
    return Document.objects.order_by("-pk").first().working_copy.text


def test_what_was_typed_without_a_network_is_kept_when_it_is_back(page):
    said = page.locator("[data-kept]")
    page.context.set_offline(True)
    types(page, "Câu gõ khi mất mạng.")
    expect(said).to_contain_text("mất kết nối")
    page.get_by_role("button", name="Lưu tạm").click()
    expect(said).to_contain_text("mất kết nối")
    assert "Câu gõ khi mất mạng." not in kept()
    page.context.set_offline(False)
    expect(said).to_have_text(re.compile(r"Đã lưu tạm \d\d:\d\d"))
    assert "Câu gõ khi mất mạng." in kept()


def test_what_could_not_be_kept_outlives_the_page(page):
    """The lid was closed without a network, and the page was opened again later."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/luu/", lambda route: route.abort())
    types(page, "Câu gõ trước khi gập máy.")
    expect(page.locator("[data-kept]")).to_contain_text("mất kết nối")
    page.evaluate("location.href = '/ban-lam-viec/'")
    page.wait_for_url("**/ban-lam-viec/")
    assert "Câu gõ trước khi gập máy." not in kept()
    page.unroute("**/luu/")
    page.go_back()
    expect(page.locator("#notes")).to_contain_text("Phần gõ lúc mất kết nối đã được lưu")
    expect(page.get_by_label(ARTICLE, exact=True)).to_have_value(re.compile(r"gập máy\.$"))
    assert "Câu gõ trước khi gập máy." in kept()


def test_what_could_not_be_taken_up_at_once_is_not_written_over_by_what_is_typed_next(page):
    """The server was busy when the page was opened again; the writer typed on without waiting."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/luu/", lambda route: route.abort())
    types(page, "Câu gõ lần trước.")
    expect(page.locator("[data-kept]")).to_contain_text("mất kết nối")
    draft = page.url
    page.evaluate("location.href = '/ban-lam-viec/'")
    page.wait_for_url("**/ban-lam-viec/")
    page.unroute("**/luu/")
    page.route("**/luu/", lambda route: route.fulfill(status=503), times=1)
    page.goto(draft)
    expect(page.locator("#notes")).to_contain_text("Phần gõ lần trước chưa vào dự thảo")
    piece = page.get_by_label("Điều 1", exact=True)
    piece.fill(f"{piece.input_value()} Câu gõ tiếp.")
    expect(page.locator("[data-kept]")).to_contain_text("Đã lưu tạm")
    assert "Câu gõ tiếp." in kept()
    assert "Câu gõ lần trước." not in kept()
    page.reload()
    expect(page.locator("#notes")).to_contain_text("đã được lưu vào dự thảo")
    assert {"Câu gõ tiếp.", "Câu gõ lần trước."} <= set(re.findall(r"Câu gõ [^.]+\.", kept()))


def test_a_session_that_ends_takes_no_word_with_it(page):
    said = page.locator("[data-kept]")
    Session.objects.all().delete()
    types(page, "Câu gõ khi hết phiên.")
    expect(said).to_contain_text("cần đăng nhập lại")
    page.get_by_role("button", name="Lưu tạm").click()
    expect(page.locator("#notes")).to_contain_text("Phiên đăng nhập đã hết")
    assert page.get_by_label(ARTICLE, exact=True).input_value().endswith("hết phiên.")
    # Somebody else at the same machine: nothing is kept in the name of another.
    other = page.context.new_page()
    sign_in(other, address_of(page), "tp-noivu")
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.wait_for_load_state("networkidle")
    assert "Câu gõ khi hết phiên." not in kept()
    sign_in(other, address_of(page), "cv-noivu")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(said).to_have_text(re.compile(r"Đã lưu tạm \d\d:\d\d"))
    expect(page.locator("#notes")).to_be_empty()
    assert "Câu gõ khi hết phiên." in kept()


def test_a_page_with_words_that_are_not_kept_asks_before_it_is_left(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("**/luu/", lambda route: route.abort())
    types(page, "Câu chưa lưu.")
    expect(page.locator("[data-kept]")).to_contain_text("mất kết nối")
    page.evaluate("location.href = '/ban-lam-viec/'")
    page.wait_for_url("**/ban-lam-viec/")
    assert asked == ["beforeunload"]


def test_the_first_letter_takes_the_place_of_what_a_new_row_leaves_open(page):
    page.get_by_label("Dòng 1, cột 2").first.focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("table.grid-edit :focus")).to_have_value("[…]")
    said = page.locator("li.is-table .said").first
    expect(said).to_contain_text("chưa điền")
    page.keyboard.type("Đơn vị mới")
    expect(page.locator("table.grid-edit :focus")).to_have_value("Đơn vị mới")
    # What is said at a piece follows what is typed there.
    expect(said).not_to_contain_text("chưa điền")


def test_a_button_that_goes_with_its_answer_leaves_the_keyboard_beside_its_place(page):
    page.get_by_label("Điều 1", exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    page.get_by_role("button", name="Hoàn tác").press("Enter")
    expect(page.get_by_role("button", name="Hoàn tác")).to_have_count(0)
    expect(page.get_by_role("button", name="Lưu tạm")).to_be_focused()


def slowly(page: Page) -> None:
    """Let every answer take a second."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 1000, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", slow)


def test_what_is_typed_while_a_press_is_on_its_way_is_kept_and_so_is_the_caret(page):
    slowly(page)
    page.get_by_label("Điều 1", exact=True).focus()
    page.keyboard.press("Control+Enter")
    recital = page.get_by_label("Đề nghị", exact=True)
    recital.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Câu gõ giữa chừng.")
    expect(page.get_by_label("Điều 2", exact=True)).to_have_value("Điều 2. […].")
    expect(recital).to_be_focused()
    page.keyboard.type(" Và tiếp.")
    expect(page.locator("[data-kept]")).to_have_text(re.compile(r"Đã lưu tạm \d\d:\d\d"))
    assert "Câu gõ giữa chừng. Và tiếp." in kept()


def test_a_page_of_the_whole_text_is_left_only_when_its_words_are_kept(page):
    page.goto(page.url.replace("/phan/", "/"))
    page.context.set_offline(True)
    text = page.get_by_label("Lời văn", exact=True)
    text.fill(f"{text.input_value()}\n- Câu gõ khi mất mạng.\n")
    page.get_by_role("button", name="Lưu phiên bản").click()
    expect(page.locator("[data-kept]")).to_contain_text("mất kết nối")
    page.context.set_offline(False)
    expect(page.locator("[data-kept]")).to_have_text(re.compile(r"Đã lưu tạm \d\d:\d\d"))
    assert "Câu gõ khi mất mạng." in kept()
