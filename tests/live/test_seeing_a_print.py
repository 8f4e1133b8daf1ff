"""A reader orders a print and sees it come, without touching the page again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live.test_showing_the_news import address, at_desk, browser, listening  # noqa: F401 - fixtures by name
from workflows.management.commands import worker

if TYPE_CHECKING:
    from tests.builders import Example

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(example: Example, browser: Browser, address: str) -> Iterator[Page]:  # noqa: F811
    """The clerk at the page of an issued paper."""
    page = at_desk(browser, address, "vanthu")
    page.goto(f"{address}/van-ban/{example.paper('1073/QĐ-CT').reference}/")
    yield page
    page.context.close()


def test_the_print_appears_when_it_is_ready_and_the_paper_is_not_called_changed(reader):
    reader.locator("#ban-in button", has_text="Tạo bản PDF").first.click()
    expect(reader.locator("#ban-in [role=status]")).to_have_text("PDF: đang chờ đến lượt")
    listening(reader)

    worker.work_once()

    expect(reader.locator("#ban-in a", has_text="Tải PDF")).to_be_visible()
    expect(reader.locator("[data-live-words]")).to_have_text("")
    with reader.expect_download() as given:
        reader.locator("#ban-in a", has_text="Tải PDF").click()
    assert given.value.suggested_filename.endswith(".pdf")
