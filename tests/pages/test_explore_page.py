"""The page on which numbers are moved, in a browser: what it says, what it asks for, how it is handled."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis.decision.judgement import judge, verdict_of
from analysis.explore import live, screening
from analysis.explore.exploration import Exploration, exploration
from analysis.explore.page_file import keep_page
from analysis.explore.server import Served, listening, server_of
from analysis.explore.sliders import scenario_at
from sim.batch.run import run
from sim.scenario import Scenario, scenario_from
from tests import fake_runs
from tests.batches import HOSTILE, OWN, small
from tests.pages.in_chromium import CHROMIUM, STUCK

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("uvicorn", reason="the extra `explore` is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")

WORDS = {
    "clear": ("yes", "no"),
    "leaning": ("probably yes", "probably no"),
    "too close to call": ("it depends", "cannot tell"),
    "no difference that matters": ("a tie",),
}
"""The answers of `decide` that each word of the page stands for."""


def simulate(scenario: Scenario, replications: Sequence[int]) -> list[fake_runs.Row]:
    """Fake runs in which `separated` gains more the more managers there are, and `agile` loses."""
    gains = {"separated": 3e5 * (scenario.managers - 2), "agile": -6e5}
    earned = {"value_delivered": 1e6, "service_income": 0.0}
    return [
        (s, r, fake_runs.outcomes(scenario.seed, s, r, gains.get(s, 0.0)) | earned, None)
        for r in replications
        for s in scenario.structure_names
    ]


def explored(scenario: Scenario, out: Path) -> Exploration:
    """An exploration that is over, of few futures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "SCREENING_FUTURES", 24)
        now = exploration(scenario, points=64, jobs=1, out=out, simulate=simulate)
        now.run()
    return now


class Opened:
    """A server in a thread, and what browsers at its pages said and asked for."""

    def __init__(self, now: Exploration) -> None:
        there = threading.Event()
        self.now, taken, self.address = now, listening(), ""
        served = Served(now, Path("my org.yaml"), live.Threads(1))

        def opened(address: str) -> None:
            self.address = address
            there.set()

        self.server = server_of(served, taken.getsockname()[1], opened)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [taken]}, daemon=True)
        self.thread.start()
        assert there.wait(60)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(60)


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Exploration:
    return explored(small(structures=["merged", "separated", "agile"]), tmp_path_factory.mktemp("explored"))


@pytest.fixture(scope="module")
def opened(now: Exploration) -> Iterator[Opened]:
    server = Opened(now)
    yield server
    server.stop()


def turned_to(browser: Any, address: str, **options: Any) -> Any:
    """A page that has an answer, with all that it asked for and complained of."""
    page = browser.new_page(**{"viewport": {"width": 1280, "height": 900}} | options)
    page.set_default_timeout(STUCK)
    page.asked, page.complained = [], []
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.on("console", lambda said: page.complained.append(said.text))
    page.on("pageerror", lambda error: page.complained.append(str(error)))
    page.on("dialog", lambda dialog: (page.complained.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    page.wait_for_selector("#word:not([data-word=''])")
    page.wait_for_selector("#rows .tip bdi")
    return page


@pytest.fixture(scope="module")
def one_page(browser: Any, opened: Opened) -> Iterator[Any]:
    page = turned_to(browser, opened.address)
    yield page
    page.close()


@pytest.fixture
def page(one_page: Any, opened: Opened) -> Iterator[Any]:
    """The page as things are today; after each test nothing was complained of, or asked elsewhere."""
    for button in ("#reset", "#own-reset"):
        if one_page.is_enabled(button):
            one_page.click(button)
    yield one_page
    assert one_page.complained == []
    assert all(url.startswith((opened.address, "data:")) for url in one_page.asked)


@pytest.fixture(scope="module")
def kept(now: Exploration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keep_page(now, "my org.yaml", tmp_path_factory.mktemp("kept") / "page.html")


def until(page: Any, what: str) -> None:
    """Wait until an expression holds; the page lets nothing be evaluated in it, so it is asked."""
    while not page.evaluate(what):
        page.wait_for_timeout(20)


def says(element: str, text: str) -> str:
    """The expression that an element says a text."""
    return f"document.querySelector('{element}').textContent.includes({text!r})"


def slide(page: Any, label: str, stop: int) -> None:
    """Put a slider to a stop, as a hand does."""
    page.get_by_label(label, exact=True).evaluate(
        "(input, stop) => { input.value = stop; input.dispatchEvent(new Event('input')); }", stop
    )


def managers(page: Any, number: int) -> None:
    slide(page, "Number of managers", number - 2)


def settled(page: Any, number: int = live.MOST_LIVE_FUTURES) -> str:
    """The sentence once so many futures were lived through at the position."""
    until(page, f"document.querySelectorAll('#dots .rug line').length >= {number}")
    return str(page.inner_text("#sentence"))


def decided(scenario: Scenario) -> tuple[str, float, float]:
    """What `decide` would answer from 200 futures: the answer, the gain and the odds of `separated`."""
    found = judge(run(scenario, replications=200, jobs=1, simulate=simulate), scenario)
    verdict = verdict_of(scenario, found)
    assert verdict.challenger == "separated" and verdict.difference is not None
    return verdict.answer, verdict.difference.mean, verdict.win_share


def test_the_sentence_agrees_with_decide_today_and_moved(page: Any, now: Exploration) -> None:
    for number in (3, 4):
        managers(page, number)
        sentence = settled(page)
        answer, gain, odds = decided(now.compared.scenario.with_changes({"managers": number}))
        assert answer in WORDS[page.inner_text("#word").lower()]
        wins, said = re.search(r"in (\d+) of 50 futures, by about €(\d+)k a year", sentence).groups()  # type: ignore[union-attr]
        assert abs(int(wins) / 50 - odds) < 0.12
        assert abs(int(said) * 1e3 - gain) < 8e4


def test_a_move_is_answered_at_once_and_stands_in_the_address(page: Any) -> None:
    before = page.inner_text("#sentence")
    taken = page.evaluate(
        """() => { const input = document.querySelector('#rows input'), start = performance.now();
        input.value = 2; input.dispatchEvent(new Event('input')); return performance.now() - start; }"""
    )
    after = page.inner_text("#sentence")
    assert taken < 2000  # a hundred milliseconds, on a machine that does nothing else
    assert before.startswith("As things are today,") and after.startswith("With 4 managers,")
    page.reload()
    until(page, says("#sentence", "With 4 managers,"))
    page.click("#reset")
    assert page.inner_text("#sentence").startswith("As things are today,")
    assert "#" not in page.url


def test_the_scenario_that_it_shows_is_the_one_that_it_speaks_of(page: Any, now: Exploration) -> None:
    page.click("#as-yaml:not([open]) summary")
    managers(page, 4)
    slide(page, "Effort of a project", 0)
    state = {"managers": 2, "portfolio.projects.effort_hours": 0}
    wanted = scenario_at(now.compared.scenario, now.sliders, state)
    until(page, says("#yaml", f"effort_hours: {wanted.portfolio.projects.effort_hours}"))
    assert "managers: 4" in page.inner_text("#yaml")
    shown = scenario_from(yaml.safe_load(page.inner_text("#yaml")))
    assert shown.content_hash() == wanted.content_hash()
    assert page.inner_text("#command") == "rolecall decide explored.yaml --no-steps"
    page.click("#reset")
    assert page.inner_text("#command") == "rolecall decide 'my org.yaml' --no-steps"


def test_twenty_quick_moves_end_in_the_answer_of_the_last(page: Any) -> None:
    for number in [2, 4] * 10:
        managers(page, number)
    managers(page, 3)
    quick = settled(page)
    page.reload()
    page.wait_for_selector("#word:not([data-word=''])")
    managers(page, 3)
    assert settled(page) == quick


def test_two_pages_at_once_are_each_answered_at_their_own_position(
    page: Any, browser: Any, opened: Opened
) -> None:
    other = turned_to(browser, opened.address)
    managers(page, 4)
    managers(other, 2)
    assert settled(page).startswith("With 4 managers,")
    assert settled(other).startswith("With 2 managers,")
    assert other.complained == []
    other.close()


def test_everything_is_reached_by_keyboard(page: Any) -> None:
    page.get_by_label("Number of managers", exact=True).focus()
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#sentence").startswith("With 4 managers,")
    page.focus("input[name='duty-reporting']:checked")
    page.keyboard.press("ArrowRight")
    assert page.locator("input[name='duty-reporting']:checked").get_attribute("value") == "team"
    until(page, says("#own-said", "of 50 futures"))
    assert page.inner_text("#own-word").lower() in WORDS
    page.click("#own-reset")
    assert "So far this is merged" in page.inner_text("#own-said")


def test_a_duty_is_dragged_along_its_row_and_what_cannot_be_is_told(page: Any) -> None:
    own, nobody = (page.get_by_label(f"budget: {holder}") for holder in ("delivery lead", "nobody"))
    own.scroll_into_view_if_needed()
    start, end = own.bounding_box(), nobody.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 10, steps=6)
    page.mouse.up()
    assert nobody.is_checked()
    page.get_by_label("Rhythm").select_option("sprints")
    assert page.url.endswith("#own=merged&duty.budget=nobody&rhythm=sprints")
    page.reload()
    until(page, says("#own-said", "Your structure beats merged"))
    assert nobody.is_checked() and page.locator("#rhythm").input_value() == "sprints"
    page.click("#own-reset")
    assert "#" not in page.url
    said = page.evaluate(
        """() => new Promise(done => {
            const source = new EventSource('live?own=' + encodeURIComponent('{"roles": 3}'));
            source.addEventListener('refused', ({ data }) => { source.close(); done(JSON.parse(data)); });
        })"""
    )
    assert "roles" in said and "Traceback" not in said


def test_two_structures_live_the_same_days_and_tell_of_them(page: Any) -> None:
    page.click("#live")
    page.wait_for_selector("#play:enabled")
    assert page.inner_text("#day-said").endswith("of 40")
    page.click("#on-a-day")
    one = page.inner_text("#day-said")
    page.click("#play")
    until(page, f"!{says('#day-said', one)}")
    page.select_option("#left select", "m0")
    assert page.inner_text("#story").startswith("Delivery lead 1, merged, evening of day")
    page.select_option("#right select", index=page.locator("#right option").count() - 1)
    assert "separated, led by" in page.inner_text("#story")
    assert "--structure separated --replication 0 --project" in page.inner_text("#story-more")
    page.locator("#left rect.hit[data-of=p0]").click()
    until(page, "document.querySelectorAll('#events .past').length > 0")  # up to the day shown
    assert page.locator("#events li.now").get_attribute("aria-current") == "step"
    page.locator("#left rect.hit[data-of=p0]").press("ArrowUp")
    page.keyboard.press("Enter")
    until(page, says("#went", "went to duties"))
    page.emulate_media(reduced_motion="reduce")
    page.locator("#play").evaluate("play => play.textContent === 'Pause' && play.click()")
    page.locator("#day").evaluate("day => { day.value = 4; day.dispatchEvent(new Event('input')); }")
    page.click("#play")
    until(page, says("#day-said", "day 25 of 40"))  # it steps
    page.emulate_media(reduced_motion="no-preference")


def test_nothing_scrolls_sideways(browser: Any, kept: Path) -> None:
    page = turned_to(browser, kept.as_uri())
    for width in (1024, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def violations(page: Any) -> list[tuple[str, str]]:
    """What axe finds wrong with a page: the rule, and where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page).response["violations"]
    return [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]]


def test_axe_finds_nothing_to_mend(page: Any, browser: Any, kept: Path) -> None:
    page.click("#live")
    page.wait_for_selector("#play:enabled")
    managers(page, 4)
    settled(page)
    page.evaluate("document.querySelectorAll('details').forEach(details => (details.open = true))")
    assert violations(page) == []
    file = turned_to(browser, kept.as_uri())
    assert violations(file) == []
    file.close()


def test_a_page_that_was_kept_asks_for_nothing_and_answers_moves(browser: Any, kept: Path) -> None:
    page = turned_to(browser, kept.as_uri())
    managers(page, 4)
    assert page.inner_text("#sentence").startswith("With 4 managers,")
    assert page.get_by_label("planning: nobody").is_disabled()
    assert "A page that was saved cannot live through futures" in page.inner_text(".notice")
    page.click("#as-yaml summary")
    assert "Set in it: managers: 4." in page.inner_text("#to-change")
    page.click("#on-a-day")
    page.locator("#right rect.hit[data-of=p0]").click()
    until(page, "document.querySelectorAll('#events li').length > 0")
    assert page.asked == [kept.as_uri()]
    assert page.complained == []
    page.close()


def test_names_are_text_whatever_is_in_them(browser: Any, tmp_path: Path) -> None:
    scenario = small(name=HOSTILE[:120], structures=["merged", OWN, "separated"])
    file = keep_page(explored(scenario, tmp_path), HOSTILE, tmp_path / "page.html")
    page = turned_to(browser, file.as_uri())
    page.select_option("#own-base", index=1)
    assert page.inner_text("#name").startswith(HOSTILE[:25])
    assert page.evaluate("document.querySelectorAll('main :is(img, script, i)').length") == 0
    assert page.complained == [] and len(page.asked) == 1
    page.close()


def test_a_program_that_has_ended_is_told(browser: Any, now: Exploration) -> None:
    server = Opened(now)
    page = turned_to(browser, server.address)
    server.stop()
    page.wait_for_selector("#notice-lost")
    assert "has ended" in page.inner_text("#notice-lost")
    managers(page, 4)
    assert page.inner_text("#sentence").startswith("With 4 managers,")
    page.close()
