"""The signatory's way to a signature without a mouse: what has the focus, and in which order."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from documents.models import Kind
from documents.services import drafting
from documents.services.drafting import DraftPlan
from offices.models import Department
from tests.serving import serve
from workflows.example.acts import text_of

# What the browser does with a page does not depend on the database that filled it.
pytestmark = [pytest.mark.browser, pytest.mark.once]

SUBJECT = "Chính sách chất lượng và Mục tiêu chất lượng năm 2024"
PASSWORD = "Mật khẩu của tài khoản này"
PATIENCE = 15_000


@pytest.fixture
def page(browser, example):
    """A browser at the sign-in page of the example; its mouse is never touched."""
    with serve() as address:
        context = browser.new_context(viewport={"width": 1366, "height": 900})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{address}/vao/")
        yield page
        context.close()


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what bears these words has the focus; fails where Tab never leads there."""
    passed = []
    for _press in range(80):
        page.keyboard.press("Tab")
        passed.append(named(page))
        if passed[-1] == words:
            return
    raise AssertionError(f"Tab never came to “{words}”, only to {passed}")


def named(page: Page) -> str:
    """What has the focus, by the name it goes by; "" for the page itself."""
    return page.evaluate(
        """() => {
            const e = document.activeElement;
            if (e === document.body) return "";
            const label = e.labels?.length ? e.labels[0].firstChild.textContent : "";
            return (e.getAttribute("aria-label") || label || e.textContent).trim();
        }"""
    )


def sign_in(page: Page, username: str) -> None:
    tab_to(page, "Tên tài khoản")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    assert named(page) == "Mật khẩu"
    page.keyboard.type(settings.DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bàn làm việc", level=1)).to_be_visible()


def open_the_paper(page: Page) -> None:
    tab_to(page, f"Ký: Quyết định ban hành {SUBJECT} của Ủy ban nhân dân quận An Mẫu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(SUBJECT)


def test_the_signatory_signs_with_the_keyboard_alone(page, example):
    sign_in(page, "pct-kinhte")
    open_the_paper(page)

    tab_to(page, "Ký")
    page.keyboard.press("Enter")
    dialog = page.locator("dialog#d-ky")
    expect(dialog).to_be_visible()
    assert named(page) == PASSWORD
    # Tab goes round in the question and never leads to the page behind it.
    stops = [named(page)] + [page.keyboard.press("Tab") or named(page) for _press in range(4)]
    assert set(filter(None, stops)) == {PASSWORD, "Chưa ký", "Ký văn bản"}
    assert example.waits_at("policy 2024") == ["sign"]

    tab_to(page, PASSWORD)
    page.keyboard.type(settings.DEMO_PASSWORD)
    tab_to(page, "Ký văn bản")
    page.keyboard.press("Enter")

    expect(page.locator(".note.good")).to_contain_text("Đã ký: Phó Chủ tịch kinh tế")
    assert example.waits_at("policy 2024") == ["register"]


def test_escape_leaves_the_question_unsigned_and_gives_the_focus_back(page, example):
    sign_in(page, "pct-kinhte")
    open_the_paper(page)
    tab_to(page, "Ký")
    page.keyboard.press("Enter")
    page.keyboard.type(settings.DEMO_PASSWORD)

    page.keyboard.press("Escape")

    expect(page.locator("dialog#d-ky")).not_to_be_visible()
    assert named(page) == "Ký"
    assert example.waits_at("policy 2024") == ["sign"]


def test_the_acts_come_in_the_order_in_which_they_stand(page):
    sign_in(page, "pct-kinhte")
    open_the_paper(page)

    tab_to(page, "Ký")
    acts = [named(page)] + [page.keyboard.press("Tab") or named(page) for _press in range(2)]

    assert acts == ["Ký", "Trả lại", "Trình Chủ tịch"]


def test_a_barred_act_is_reached_says_why_and_does_nothing(page, example):
    sign_in_as_a_reader(page, example)

    tab_to(page, "Ký")
    page.keyboard.press("Enter")

    button = page.get_by_role("button", name="Ký", exact=True)
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(
        re.compile("Chỉ Chủ tịch hoặc Phó Chủ tịch phụ trách lĩnh vực ký")
    )
    assert page.locator("dialog[open]").count() == 0
    assert example.waits_at("policy 2024") == ["sign"]


def sign_in_as_a_reader(page: Page, example) -> None:
    sign_in(page, "vanthu")
    task = example.open_tasks("policy 2024")[0].pk
    page.goto(page.url.replace("/ban-lam-viec/", f"/viec/{task}/"))


def test_the_first_key_skips_what_every_page_has(page):
    sign_in(page, "pct-kinhte")
    open_the_paper(page)
    page.reload()

    page.keyboard.press("Tab")
    assert named(page) == "Tới nội dung chính"
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_wrong_password_brings_the_question_back_with_its_error(page, example):
    sign_in(page, "pct-kinhte")
    open_the_paper(page)
    tab_to(page, "Ký")
    page.keyboard.press("Enter")
    assert named(page) == PASSWORD
    page.keyboard.type("khong-phai-mat-khau")

    page.keyboard.press("Enter")

    field = page.locator("dialog#d-ky").get_by_label("Mật khẩu")
    expect(field).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert example.waits_at("policy 2024") == ["sign"]


def test_a_specialist_writes_piece_by_piece_with_the_keyboard_alone(page, example):
    paper = drafting.start_draft(
        department=Department.objects.get(code="NV"),
        plan=DraftPlan(kind=Kind.DECISION, subject="", field_of_work="tong_hop"),
        text=text_of("chinh-sach-muc-tieu-2024-lan-2"),
        by=example.people["cv-noivu"],
        at=example.now,
    )
    sign_in(page, "cv-noivu")
    page.goto(urljoin(page.url, f"/soan/{paper.reference}/phan/"))
    articles = page.locator(".piece.is-article textarea")
    articles.first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(articles.nth(1)).to_have_value(re.compile(r"^Điều 2\. Ban hành"))
    expect(articles.nth(1)).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(articles).to_have_count(4)
    expect(articles.nth(2)).to_be_focused()
    page.locator(".grid-edit tbody textarea").nth(1).focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Dòng 2, cột 2", exact=True)).to_be_focused()
    page.keyboard.type("Hài lòng ")
    # kept while it is typed, without a press
    expect(page.locator("[data-kept]")).to_have_text(re.compile(r"^Đã lưu tạm \d\d:\d\d$"))
    paper.working_copy.refresh_from_db()
    text = paper.working_copy.text
    assert "2\tHài lòng\t" in text
    assert "Điều 3. […]." in text
