"""The story at a click: what `trace` says of each project and manager, and no more than a page can carry."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.explore import story
from analysis.explore.story import story_of_run
from analysis.story.ask import trace
from analysis.story.result import Trace
from tests.batches import small

SMALL = small(horizon_days=60, step_hours=8)


@pytest.fixture(scope="module")
def told() -> Trace:
    return trace(SMALL, "separated", 1)


@pytest.fixture(scope="module")
def page_told() -> dict[str, Any]:
    return story_of_run(SMALL, "separated", 1)


def test_a_project_has_the_lines_that_the_log_of_trace_has_of_it(told: Trace, page_told: Any) -> None:
    for number, about in page_told["projects"].items():
        own = [
            f"Day {day}: {about['name']}: {said}" for day, _, p, _, said in page_told["events"] if p == number
        ]
        assert own == [line for line in told.log if f": {about['name']}: " in line]
        assert (
            about["went"].lower().startswith(("on the day", "not delivered", "cancelled"))
            or "early" in about["went"]
        )


def test_a_manager_is_told_what_was_asked_of_them_and_where_their_time_went(page_told: Any) -> None:
    asked = [(manager, said) for _, _, _, manager, said in page_told["events"] if manager >= 0]
    names = [sentence.partition(":")[0].lower() for sentence in page_told["managers"]]
    assert asked and all(names[manager] in said for manager, said in asked)
    assert all("went to duties" in sentence for sentence in page_told["managers"])


def test_what_a_page_cannot_carry_is_left_out_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "_MOST_EVENTS", 0)
    few = story_of_run(SMALL, "separated", 1)
    assert few["room"] == 10 < max(few["seen"].values())
    subjects = len(few["projects"]) + len(few["managers"])
    assert len(few["events"]) <= few["room"] * subjects
