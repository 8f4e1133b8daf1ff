"""The frame of every page in a real browser: readable, reachable by key, one submission a form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from offices import services
from offices.roles import Role
from tests.staffing import INSTALLATION, MORNING, a_post, an_office, appointed

# What the browser does with a page does not depend on the database that filled it.
pytestmark = [pytest.mark.browser, pytest.mark.once]

PARTS = "/thanh-phan/"
LAPTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def clerk(browser: Browser, committed_db: object) -> None:
    """A records clerk with an account, in an office of one."""
    cache.clear()
    staff = an_office(Role.CHAIRMAN)
    user = services.open_account(
        username="van-thu",
        display_name="Văn thư",
        password=settings.DEMO_PASSWORD,
        by=INSTALLATION,
        at=MORNING,
    )
    appointed(user, a_post(staff.department, Role.RECORDS_CLERK, "Văn thư"))


class Reader:
    """Somebody at a browser; everything the console complains of is kept."""

    def __init__(self, browser: Browser, address: str, *, viewport: dict[str, int], theme: str):
        self.address = address
        self.context = browser.new_context(
            viewport=viewport, color_scheme=theme, has_touch=viewport is PHONE
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def opens(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def signs_in(self, path: str = PARTS) -> Page:
        self.opens(f"/vao/?next={path}")
        self.page.get_by_label("Tên tài khoản").fill("van-thu")
        self.page.get_by_label("Mật khẩu").fill(settings.DEMO_PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        self.page.wait_for_url(self.address + path)
        return self.page


@pytest.fixture
def reader(browser: Browser, served: str, clerk: None) -> Iterator[Reader]:
    somebody = Reader(browser, served, viewport=LAPTOP, theme="light")
    yield somebody
    somebody.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_part_in_every_state_is_accessible(browser, served, clerk, viewport, theme):
    somebody = Reader(browser, served, viewport=viewport, theme=theme)
    for path in ("/vao/", PARTS, "/khong-co-trang-nay/"):
        page = somebody.signs_in() if path == PARTS else somebody.opens(path)
        found = Axe().run(page).response["violations"]

        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    somebody.context.close()
    assert [text for text in somebody.complaints if "404" not in text] == []


def test_a_chosen_theme_is_kept(reader):
    page = reader.opens("/vao/")
    page.get_by_role("button", name="Đổi nền sáng, tối").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_barred_button_does_nothing_and_is_read_with_its_reason(reader):
    page = reader.signs_in()
    barred = page.locator('#nut button[aria-disabled="true"]')

    barred.focus()
    page.keyboard.press("Enter")

    expect(barred).to_be_focused()
    expect(page.locator("dialog#d-rut")).not_to_be_visible()
    expect(barred).to_have_accessible_description(
        "Quản trị không giữ chức vụ nên không được ký. Người được ký: Phó Chủ tịch kinh tế."
    )


def test_a_dialog_opens_closes_and_gives_the_focus_back(reader):
    page = reader.signs_in()
    opener = page.locator("#nut").get_by_role("button", name="Thu hồi")
    opener.click()
    dialog = page.locator("dialog#d-rut")
    expect(dialog).to_be_visible()

    page.keyboard.press("Escape")

    expect(dialog).not_to_be_visible()
    expect(opener).to_be_focused()


def test_a_form_is_sent_once_however_often_its_button_is_pressed(reader):
    page = reader.opens(f"/vao/?next={PARTS}")
    page.get_by_label("Tên tài khoản").fill("van-thu")
    page.get_by_label("Mật khẩu").fill(settings.DEMO_PASSWORD)

    # The window hears of a submission only where nothing before it stopped it.
    sent = page.evaluate(
        """() => {
            let sent = 0;
            addEventListener("submit", (event) => { sent += 1; event.preventDefault(); });
            const button = document.querySelector("form.in button.main");
            button.click(); button.click(); button.click();
            return sent;
        }"""
    )

    assert sent == 1
    expect(page.get_by_role("button", name="Đăng nhập", exact=True)).to_have_attribute(
        "aria-busy", "true"
    )


def test_the_first_key_leads_past_the_frame(reader):
    page = reader.signs_in()
    page.reload()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tới nội dung chính")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_on_a_phone_the_navigation_stands_at_the_foot(browser, served, clerk):
    somebody = Reader(browser, served, viewport=PHONE, theme="light")
    page = somebody.signs_in()
    box = page.get_by_role("navigation", name="Chính").bounding_box()

    assert box is not None
    assert box["y"] + box["height"] == PHONE["height"]
    for control in page.locator(".who button").all():
        size = control.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44
    somebody.context.close()
