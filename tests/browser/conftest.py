"""A real Chromium for tests that need one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.skips import find_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module; stopped with it, for its event loop bars those of other tests.

    While it runs, its loop makes Django take every test for asynchronous; the tests are not.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        launched = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox"]
        )
        yield launched
        launched.close()
