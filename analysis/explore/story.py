"""The story of one run at a click: each project's and each manager's, in the words of `rolecall trace`.

It is the same run as that of `days`, written down event by event. That takes some seconds, so it is done only
once somebody asks, or when a page is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analysis.words.numbers import capital
from sim.recording.events import KINDS, Event
from sim.safety.names import legible
from sim.world import NONE

if TYPE_CHECKING:
    from analysis.story.result import Trace
    from sim.scenario import Scenario

MOST_OF_ONE = 150
"""Events that are told of one project or manager at most."""

_MOST_EVENTS = 6_000
"""Events of all of them together, by which those of one become fewer; what is left out is said to be."""

_LEAST_OF_ONE = 10

ASKS_A_MANAGER = frozenset(kind for kind, holds in KINDS.items() if holds.startswith("row: manager"))
"""Kinds of events whose row is a manager."""

EventTold = tuple[str, float, int, int, str]
"""An event: the day as it is said, and exactly; project's number (0: none), manager (−1: none), the words."""


def story_of_run(scenario: Scenario, structure: str, replication: int) -> dict[str, Any]:
    """What happened in a run, as plain values. Raises KeyError for a structure that the scenario has not."""
    from analysis.story.ask import trace
    from analysis.story.summary import manager_in_short, verdict_of, what_went_wrong

    told = trace(scenario, structure, replication)
    names = {int(row["project"]): f"{row['name']} of {row['client']}" for _, row in told.projects.iterrows()}
    return {
        "projects": {
            number: {
                "name": legible(name),
                "went": f"{capital(verdict_of(told, number))}. {what_went_wrong(told, number)}",
            }
            for number, name in names.items()
        },
        "managers": [manager_in_short(told, str(name)) for name in told.hours["manager"]],
        **_events(told, len(names)),
    }


def _events(told: Trace, projects: int) -> dict[str, Any]:
    """The events of the log about projects and managers, as many of each as there is room for."""
    subjects = projects + len(told.recording.world.managers)
    room = max(_LEAST_OF_ONE, min(MOST_OF_ONE, _MOST_EVENTS // max(1, subjects)))
    seen, kept = Counter[tuple[str, int]](), list[EventTold]()
    for each in _all(told):
        about = [("p", each[2])] * bool(each[2]) + [("m", each[3])] * (each[3] >= 0)
        seen.update(about)
        if any(seen[subject] <= room for subject in about):
            kept.append(each)
    return {"events": kept, "room": room, "seen": {f"{kind}{n}": many for (kind, n), many in seen.items()}}


def _all(told: Trace) -> Iterator[EventTold]:
    from analysis.story.words import DAILY_BUSINESS, Words

    words = Words(told.recording)
    for event in sorted(told.recording.events, key=lambda event: event.day):
        manager = _manager(event)
        if event.kind not in DAILY_BUSINESS and (event.project != NONE or manager >= 0):
            said = legible(words.say(event))
            yield f"{event.day:.0f}", round(event.day, 2), event.project + 1, manager, said


def _manager(event: Event) -> int:
    """The manager (row) that an event is about; −1 for none, as where a team answers itself."""
    return max(-1, event.row) if event.kind in ASKS_A_MANAGER else -1
