"""A reader at a screen is told that something changed; nothing moves until they press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as product
from playwright.sync_api import Browser, Page, expect, sync_playwright

from offices.models import User
from tests.serving import serve
from tests.skips import find_chromium
from workflows.services import deciding, submitting

if TYPE_CHECKING:
    from tests.builders import Example

pytestmark = pytest.mark.browser

DESK = "/ban-lam-viec/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for this module; its loop makes Django take every test for asynchronous."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        launched = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def address(example: Example) -> Iterator[str]:
    """A running server over the example."""
    with serve() as given:
        yield given


def at_desk(browser: Browser, address: str, username: str) -> Page:
    """Somebody signed in whose page listens."""
    page = browser.new_context(viewport={"width": 1366, "height": 900}).new_page()
    page.goto(f"{address}/vao/")
    form = page.locator("form", has=page.locator("input[name=password]:visible"))
    form.locator("input[name=username]").fill(username)
    form.locator("input[name=password]").fill(product.DEMO_PASSWORD)
    form.locator("button[type=submit]").click()
    page.wait_for_url(f"{address}{DESK}")
    listening(page)
    return page


def listening(page: Page) -> None:
    expect(page.locator("[data-live][data-connected]")).to_have_count(1)


def propose(example: Example) -> None:
    """The head of the economy department proposes."""
    submitting.propose(
        case_id=example.case("survey procedure").pk,
        ticket=example.ticket("survey procedure"),
        text="Kính trình.",
        by=User.objects.get(username="tp-kinhte"),
        at=example.now,
    )


def test_the_secretary_is_told_and_shows_the_new_task_by_one_press(example, browser, address):
    page = at_desk(browser, address, "thuky-iso")
    page.get_by_label("Tìm", exact=True).fill("nửa chữ đang g")
    page.evaluate("scrollTo(0, 40)")
    top = page.locator("li.task").first.bounding_box()
    propose(example)
    news = page.locator("[data-live-words]")
    expect(news).to_contain_text("Có 1 việc mới lúc 08:")
    expect(page.locator("li.task[data-key^=task-]")).to_have_count(1)
    assert page.locator("li.task").first.bounding_box() == top, "nothing moved"
    expect(page.get_by_label("Tìm", exact=True)).to_be_focused()
    expect(page).to_have_title("(2) Bàn làm việc · Ban Hành")
    page.get_by_role("button", name="Hiện vào danh sách").click()
    expect(page.locator("li.task[data-key^=task-]")).to_have_count(2)
    expect(page.locator("li.task h3", has_text="Quy trình khảo sát")).to_have_count(1)
    expect(page.get_by_label("Tìm", exact=True)).to_have_value("nửa chữ đang g")
    expect(page.get_by_role("button", name="Hiện vào danh sách")).to_be_hidden()
    assert page.evaluate("scrollY") == 40
    shown = page.locator('[data-live-part="viec"]').inner_text()
    page.reload()
    assert page.locator('[data-live-part="viec"]').inner_text() == shown, "as a fresh page"


def test_what_does_not_concern_a_reader_is_not_announced(example, browser, address):
    page = at_desk(browser, address, "vanthu")
    fetched: list[str] = []
    page.on("response", lambda answer: fetched.append(answer.url))
    propose(example)
    page.wait_for_timeout(1500)
    assert [url for url in fetched if url.endswith(DESK)], "it did look"
    expect(page.locator("[data-live]")).to_have_attribute("data-state", "quiet")


def test_a_task_somebody_else_did_is_said_to_wait_no_more(example, browser, address):
    page = at_desk(browser, address, "chutich")
    deciding.sign(
        case_id=example.case("policy 2024").pk,
        ticket=example.ticket("policy 2024"),
        password=product.DEMO_PASSWORD,
        by=User.objects.get(username="pct-kinhte"),
        at=example.now,
    )
    expect(page.locator("[data-live-words]")).to_contain_text("Có 1 việc không còn chờ lúc 08:")
    page.get_by_role("button", name="Hiện vào danh sách").click()
    expect(page.locator("li.task[data-key^=task-]")).to_have_count(1)


def test_the_page_of_a_paper_shows_what_happened_to_it(example, browser, address):
    page = at_desk(browser, address, "tp-kinhte")
    page.goto(f"{address}/van-ban/{example.paper('survey procedure').reference}/")
    listening(page)
    propose(example)
    expect(page.locator("[data-live-words]")).to_contain_text("Văn bản vừa đổi lúc 08:")
    before = page.locator("main").inner_text()
    page.get_by_role("button", name="Hiện thay đổi").click()
    expect(page.locator("[data-live]")).to_have_attribute("data-state", "quiet")
    assert page.locator("main").inner_text() != before
    expect(page.locator("main")).to_contain_text("Thư ký Ban Chỉ đạo ISO mở lượt lấy ý kiến")


def test_a_lost_connection_is_said_once_and_what_was_missed_is_found(example, browser):
    with serve() as address:
        page = at_desk(browser, address, "thuky-iso")
    expect(page.locator("[data-live-words]")).to_contain_text("Mất kết nối trực tiếp từ ")
    expect(page.locator("[data-live]")).to_have_attribute("data-state", "lost")
    expect(page.get_by_role("button", name="Hiện vào danh sách")).to_be_hidden()
