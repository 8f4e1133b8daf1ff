"""Every page that matters, looked at as its reader does: on a laptop and a phone, by day and night.

The example is played once and only read here; each page is loaded once and looked at three ways.
Where a page has a deed on it, its dialog and its refusal are looked at too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from documents.models import Register
from offices.models import User
from tests.builders import Example, PlayedExample
from tests.objectives import owed
from tests.serving import serve
from workflows.example.acts import text_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import SettingsWrapper

# The looks of a page are those of its template and style, whichever database filled it.
pytestmark = [pytest.mark.browser, pytest.mark.once]

LAPTOP, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
# The night changes colours and nothing else, and a phone shows no colour more.
LOOKS = (
    (LAPTOP, "light", None),
    (PHONE, "light", {"rules": {"color-contrast": {"enabled": False}}}),
    (LAPTOP, "dark", {"runOnly": ["color-contrast"]}),
)

# Who opens what. {paper} is its reference; after a colon, its case, its open task, or an account's.
PAGES = {
    "signing in": ("", "/vao/"),
    "desk": ("cvp", "/ban-lam-viec/"),
    "drafting": ("cv-noivu", "/soan/{audit plan}/"),
    "importing": ("cv-noivu", "/soan/nhap/"),
    "writing piece by piece": ("cv-noivu", "/soan/{audit plan}/phan/"),
    "proposing": ("tp-kinhte", "/viec/{survey procedure:task}/"),
    "handing on": ("tp-noivu", "/viec/{audit plan:task}/"),
    "opening a round": ("thuky-iso", "/viec/{reception objectives:task}/"),
    "opinion": ("cvp", "/viec/{economy objectives:cvp}/"),
    "concluding": ("pct-vanxa", "/viec/{audit procedure:task}/"),
    "checking": ("cvp", "/viec/{control procedure:task}/"),
    "signing": ("pct-kinhte", "/viec/{policy 2024:task}/"),
    "signing barred": ("vanthu", "/viec/{policy 2024:task}/"),
    "numbering": ("vanthu", "/viec/{committee:task}/"),
    "paper": ("luutru", "/van-ban/{1073/QĐ-CT}/"),
    "paper on a past day": ("luutru", "/van-ban/{1073/QĐ-CT}/?ngay=2023-12-31"),
    "draft on its way": ("pct-kinhte", "/van-ban/{policy 2024}/"),
    "urgent paper": ("tp-tuphap", "/van-ban/{civil status}/"),
    "minutes": ("thuky-iso", "/ho-so/{civil status:case}/bien-ban/"),
    "table of remarks": ("thuky-iso", "/van-ban/{civil status}/tong-hop-y-kien/"),
    "notes and slips": ("thuky-iso", "/van-ban/{policy 2024}/to-trinh/"),
    "comparing": ("luutru", "/van-ban/{policy 2024}/so-sanh/"),
    "papers": ("luutru", "/van-ban/"),
    "procedure": ("cvp", "/quy-trinh/issuance_v1/"),
    "pace": ("cvp", "/quy-trinh/issuance_v1/thoi-gian/"),
    "terms": ("quantri", "/thoi-han/"),
    "chain": ("luutru", "/chuoi/{1073/QĐ-CT}/"),
    "objectives": ("thuky-iso", "/van-ban/{economy objectives}/muc-tieu/"),
    "objectives confirmed": ("cv-noivu", "/van-ban/{policy 2024}/muc-tieu/"),
    "results": ("thuky-iso", "/van-ban/{1073/QĐ-CT}/ket-qua/"),
    "results of all": ("thuky-iso", "/ket-qua/"),
    "results of a year": ("pct-vanxa", "/ket-qua/nam/"),
    "objectives above": ("thuky-iso", "/muc-tieu-cap-tren/"),
    "reporting a result": ("cv-noivu", "/viec-khac/{report}/"),
    "reading room": ("", "/tra-cuu/{1073/QĐ-CT}/"),
    "registers": ("vanthu", "/so/"),
    "register": ("vanthu", "/so/{register}/"),
    "log": ("danhgia", "/nhat-ky/"),
    "parts": ("vanthu", "/thanh-phan/"),
    "403": ("quantri", "/soan/"),
    "404": ("vanthu", "/khong-co-trang-nay/"),
}

TOO_SMALL = """() => {
  const shown = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden";
  const target = (e) => (/radio|checkbox/.test(e.type) && e.labels.length ? e.labels[0] : e);
  return [...document.querySelectorAll(
      ".btn, button, summary, select, textarea, input:not([type=hidden]), .nav a, .chips a")]
    .filter(shown).map(target)
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 43.5)
    .map(([e, box]) => `${e.outerHTML.slice(0, 120)} ${box.width} x ${box.height}`);
}"""

# A number with its symbol that a line ended in the middle of; the sheet breaks as paper does.
BROKEN = r"""() => {
  const numbers = /(?:[\p{L}]+-)?\d+(?:[\/-][\p{L}\d]+)+/gu;
  const broken = [];
  const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node; (node = words.nextNode()); ) {
    if (node.parentElement.closest(".sheet, .clause, textarea, template, svg, code")) continue;
    for (const found of node.data.matchAll(numbers)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width > 1)
        .map((box) => Math.round(box.top)));
      if (lines.size > 1) broken.push(`${found[0]} in: ${node.data.trim()}`);
    }
  }
  return broken;
}"""

# axe passes over what overlaps; two runs of text on one spot are never meant.
OVERLAPS = """() => {
  const lines = [];
  const top = document.querySelector("dialog:modal") || document.querySelector("main");
  const words = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let node; (node = words.nextNode()); ) {
    const holder = node.parentElement;
    if (!node.data.trim() || !holder.checkVisibility({ visibilityProperty: true })) continue;
    if (holder.closest(".sheet, .actbar, .vh, svg, option, textarea, template")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1) lines.push([node, box]);
  }
  lines.sort(([, one], [, other]) => one.top - other.top);
  const found = new Set();
  lines.forEach(([a, one], place) => {
    for (const [b, other] of lines.slice(place + 1)) {
      if (other.top >= one.bottom) break;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - other.top;
      if (a !== b && across > 2 && down > Math.min(one.height, other.height) / 2)
        found.add(`${a.data.trim()} | ${b.data.trim()}`);
    }
  });
  return [...found];
}"""


@pytest.fixture(scope="module")
def ground(
    played_database: PlayedExample, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Example, str]]:
    """One copy of the example and one server for all of this module, which changes nothing."""
    with django_db_blocker.unblock(), played_database.template.copy() as database, serve() as at:
        yield Example(database, played_database.told), at


class Reader:
    """Somebody at a browser, signed in; everything the console complains of is kept."""

    def __init__(self, browser: Browser, ground: tuple[Example, str], username: str):
        self.example, self.address = ground
        self.context = browser.new_context(viewport=LAPTOP, has_touch=True)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if username:
            client = Client()
            client.force_login(User.objects.get(username=username))
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}
            self.context.add_cookies([cookie])

    def _heard(self, message) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def opens(self, path: str) -> int:
        """Open a page and give its status."""
        before, brace, rest = path.partition("{")
        name, _brace, after = rest.partition("}")
        answer = self.page.goto(self.address + before + (self._key(name) if brace else "") + after)
        assert answer is not None
        return answer.status

    def _key(self, name: str) -> str:
        if name == "register":
            return str(Register.objects.get(symbol="QĐ-CT", year=2023).pk)
        if name == "report":
            return str(owed("2", "NV").pk)
        paper, task, owner = name.partition(":")
        if not task:
            return self.example.paper(paper).reference
        if owner == "case":
            return str(self.example.paper(paper).cases.get().pk)
        tasks = self.example.open_tasks(paper)
        if owner == "task":
            return str(tasks[0].pk)
        return str(next(one.pk for one in tasks if one.owner and one.owner.username == owner))

    def looks(self) -> None:
        """Look three ways; fails at the first thing a reader would stumble over."""
        for size, theme, rules in LOOKS:
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=theme)
            found = Axe().run(self.page, options=rules).response["violations"]
            where = f"{size['width']} px, {theme}"
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], where
            if theme == "light":
                assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                assert self.page.evaluate(BROKEN) == [], where
                assert self.page.evaluate(OVERLAPS) == [], where
            if size == PHONE:
                assert self.page.evaluate(TOO_SMALL) == []

    def leaves(self) -> None:
        self.context.close()
        assert self.complaints == []


@pytest.fixture
def reader(
    browser: Browser, ground: tuple[Example, str], played_database: PlayedExample,
    settings: SettingsWrapper,
) -> Iterator[Callable[[str], Reader]]:  # fmt: skip
    """Open a browser for an account name, "" for anybody; closed with the test."""
    settings.DEMO, settings.PRODUCTION = True, False
    settings.FILES_DIR = played_database.files
    opened: list[Reader] = []

    def sit(username: str) -> Reader:
        opened.append(Reader(browser, ground, username))
        return opened[-1]

    yield sit
    for one in opened:
        one.leaves()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody_on_every_screen(reader, name):
    username, path = PAGES[name]
    somebody = reader(username)

    status = somebody.opens(path)

    assert status == (int(name) if name.isdigit() else 200)
    somebody.looks()


def test_a_file_that_is_looked_through_is_for_everybody(reader):
    specialist = reader("cv-noivu")
    specialist.opens("/soan/nhap/")
    specialist.page.get_by_label("Hoặc dán văn bản").fill(
        text_of("ke-hoach-danh-gia-noi-bo-2024").replace("Điều 2.", "Điều 4.")
    )
    specialist.page.get_by_role("button", name="Đọc thử").click()
    specialist.page.locator(".finding").first.wait_for()
    specialist.looks()


def test_the_question_before_signing_is_for_everybody(reader):
    signatory = reader("pct-kinhte")
    signatory.opens("/viec/{policy 2024:task}/")

    signatory.page.get_by_role("button", name="Ký", exact=True).click()

    signatory.page.locator("dialog#d-ky").wait_for()
    signatory.looks()


def test_a_conflict_is_for_everybody_and_keeps_what_was_typed(reader):
    secretary = reader("thuky-iso")
    secretary.opens("/viec/{reception objectives:task}/")
    other = secretary.example.newest("policy 2024").content_digest
    secretary.page.get_by_label("Lời nhắn").fill("Cho ý kiến kỹ mục tiêu 3.")
    secretary.page.evaluate(
        "(other) => { document.querySelector('#f-luot [name=digest]').value = other; }", other
    )

    with secretary.page.expect_navigation() as sent:
        secretary.page.get_by_role("button", name="Mở lượt lấy ý kiến").click()

    assert sent.value.status == 409
    assert "Cho ý kiến kỹ mục tiêu 3." in secretary.page.locator("main").inner_html()
    secretary.looks()


def test_a_verified_log_is_for_everybody(reader):
    auditor = reader("danhgia")
    auditor.opens("/nhat-ky/")

    with auditor.page.expect_navigation():
        auditor.page.get_by_role("button", name="Kiểm lại các dòng").click()

    assert auditor.page.get_by_text("Các dòng khớp với dấu băm").is_visible()
    auditor.looks()


def test_the_keys_n_and_p_lead_from_change_to_change_until_they_are_switched_off(reader):
    clerk = reader("luutru")
    clerk.opens("/van-ban/{policy 2024}/so-sanh/?tu=thay-the")
    page = clerk.page
    changes = page.locator("[data-change]").count()

    def stands_at(key: str) -> str:
        page.keyboard.press(key)
        return page.evaluate("document.activeElement.id")

    assert [stands_at(key) for key in "nnpp"] == ["s-1", "s-2", "s-1", f"s-{changes}"]
    page.get_by_role("link", name="Điều 2", exact=True).click()
    here = page.evaluate("document.activeElement.id")
    assert stands_at("p") == f"s-{int(here[2:]) - 1}", "a link of the list leads the keys along"
    page.locator("[data-step-keys]").uncheck()
    page.locator("#s-1").focus()
    assert stands_at("n") == "s-1", "a single key must be possible to switch off (WCAG 2.1.4)"
    page.get_by_role("button", name="Sang chỗ sau").click()
    page.get_by_role("button", name="Sang chỗ sau").click()
    assert page.evaluate("document.activeElement.id") == "s-3", "the buttons go on by one"


def test_only_the_changes_are_shown_until_everything_is_asked_for(reader):
    clerk = reader("luutru")
    clerk.opens("/van-ban/{policy 2024}/so-sanh/?tu=thay-the")
    kept = clerk.page.locator(".passage.kept").first
    assert not kept.is_visible()
    clerk.page.get_by_label("Chỉ hiện chỗ khác").uncheck()
    assert kept.is_visible()
    clerk.looks()
