"""The report in a browser: it opens by itself, runs nothing, and is read on any width and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.exports.ask import structure
from analysis.reports.ask import report
from tests.batches import HOSTILE, batch, hostile
from tests.pages.in_chromium import CHROMIUM, STUCK

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")

WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of an organisation whose names try to run."""
    return report(batch(tmp_path_factory.mktemp("hostile"), hostile()))


@pytest.fixture(params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Any, page_file: Path) -> Iterator[Any]:
    """The page at a width, and all that it asked for, said or tried to run."""
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    page.set_default_timeout(STUCK)
    page.heard = []
    page.on("request", lambda asked: page.heard.append(asked.url))
    page.on("console", lambda said: page.heard.append(f"console: {said.text}"))
    page.on("pageerror", lambda error: page.heard.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (page.heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.goto(page_file.as_uri())
    page.wait_for_load_state("networkidle")
    yield page
    page.close()


def test_it_asks_for_nothing_says_nothing_and_runs_nothing(opened: Any, page_file: Path) -> None:
    others = [heard for heard in opened.heard if not heard.startswith("data:image/")]
    assert others == [page_file.as_uri()]
    assert opened.evaluate("document.scripts.length") == 0
    assert HOSTILE[:25] in opened.inner_text("header")


def test_figures_are_drawn_and_the_style_is_let_in(opened: Any) -> None:
    opened.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    widths = opened.evaluate("[...document.images].map(image => image.naturalWidth)")
    assert len(widths) == 5 and all(width > 500 for width in widths)
    assert (
        opened.evaluate("getComputedStyle(document.querySelector('nav')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )


def test_the_verdict_is_seen_without_scrolling(opened: Any) -> None:
    for part in ("h1", ".answer", ".lead"):
        box = opened.locator(part).first.bounding_box()
        assert box["y"] + min(box["height"], 100) < 900


def test_the_page_never_scrolls_sideways(opened: Any) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    hidden = opened.evaluate(
        """[...document.querySelectorAll('p, li, h1, h2, figcaption, dd, dt')]
           .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).length"""
    )
    assert hidden == 0


def test_what_is_wider_than_the_page_can_be_scrolled_with_the_keyboard(opened: Any) -> None:
    unreachable = opened.evaluate(
        """[...document.querySelectorAll('*')].filter(e => e.scrollWidth > e.clientWidth + 1
           && getComputedStyle(e).overflowX === 'auto' && e.tabIndex < 0).length"""
    )
    assert unreachable == 0


def test_text_stands_out_from_its_ground(opened: Any) -> None:
    """At least 4.5 to 1 (WCAG 2, AA)."""
    worst = opened.evaluate(
        """(() => {
          const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const ground = e => { for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor; if (!c.endsWith(', 0)')) return c; }
            return 'rgb(255, 255, 255)'; };
          return Math.min(...[...document.querySelectorAll('p, a, th, td, dt, dd, span, figcaption, code')]
            .filter(e => e.innerText.trim()).map(e => {
              const pair = [light(getComputedStyle(e).color), light(ground(e))].sort((a, b) => b - a);
              return (pair[0] + 0.05) / (pair[1] + 0.05); }));
        })()"""
    )
    assert worst >= 4.5


def pages_of(printed: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def printed(browser: Any, path: Path) -> bytes:
    page = browser.new_page()
    page.set_default_timeout(STUCK)
    page.goto(path.as_uri())
    try:
        return bytes(page.pdf(prefer_css_page_size=True))
    finally:
        page.close()


def test_the_first_page_alone_prints_on_one_page_of_a4(browser: Any, page_file: Path) -> None:
    """Also with the longest names, and notices above the question."""
    brief = report(page_file.parent, brief=True)
    assert pages_of(printed(browser, brief)) == 1


def test_each_role_has_a_page_of_its_own(browser: Any, tmp_path: Path) -> None:
    for name, pages in (("merged", 1), ("separated", 2), ("agile", 3)):  # agile: and one of the team
        structure(name, form="roles", out=tmp_path / f"{name}.html")
        assert pages_of(printed(browser, tmp_path / f"{name}.html")) == pages


def test_on_paper_no_figure_is_cut(browser: Any, page_file: Path, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.emulate_media(media="print")
    kept = page.evaluate(
        """[...document.querySelectorAll('figure, tr')]
           .every(e => getComputedStyle(e).breakInside === 'avoid')"""
    )
    assert kept
    printed = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF") and len(printed) > 50_000
    page.close()
