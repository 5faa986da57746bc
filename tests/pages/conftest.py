"""A browser for the tests of pages; those are skipped with a message where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pages.in_chromium import CHROMIUM, QUIET, STUCK


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright import sync_api

    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET), timeout=STUCK)
        yield chromium
        chromium.close()
