"""Stories that were asked for on the page: each is written down once, by a thread that nobody waits for."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from analysis.explore.story import story_of_run

if TYPE_CHECKING:
    from sim.scenario import Scenario

KEPT = 6
"""Stories that are kept in memory: three pairs."""

RunAskedFor = tuple[str, str, int]
"""The scenario's hash, the structure, the number of the future."""


class Stories:
    """The stories known or under way; asking twice for the same tells it once."""

    def __init__(self) -> None:
        self._known: dict[RunAskedFor, Future[dict[str, Any]]] = {}
        self._one_at_a_time = threading.Lock()

    def of(self, scenario: Scenario, structure: str, number: int) -> Future[dict[str, Any]]:
        """The story of a run, to be waited for. To be called from one thread."""
        run = (scenario.content_hash(), structure, number)
        known = self._known.get(run)
        if known is None or (known.done() and known.exception() is not None):
            known = self._known[run] = Future()
            threading.Thread(target=self._write, args=(known, scenario, run), daemon=True).start()
            for old in list(self._known)[:-KEPT]:
                del self._known[old]
        return known

    def _write(self, told: Future[dict[str, Any]], scenario: Scenario, run: RunAskedFor) -> None:
        with self._one_at_a_time:
            try:
                story = story_of_run(scenario, run[1], run[2])
            except Exception as error:
                told.set_exception(error)
            else:
                told.set_result(story)
