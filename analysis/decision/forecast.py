"""How many runs an answer will take, told as one number: its stages together, those to come as expected.

A search that stops once it knows cannot say beforehand when that is; the most that it may take says nothing.
So what is told is what the futures so far let one expect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.batch.session import Progress


@dataclass
class Forecast:
    """Tells `progress` of all stages together. `stages` follow each other, each a group of batches by name
    that take turns; what a batch has not said yet is as expected, and a stage that is over takes no more.
    """

    progress: Progress | None
    stages: tuple[tuple[str, ...], ...]
    _done: dict[str, int] = field(default_factory=dict)
    _runs: dict[str, int] = field(default_factory=dict)
    _now: int = 0

    def expect(self, runs: Mapping[str, int]) -> None:
        """Take so many runs for these batches, until they say more themselves."""
        self._runs |= runs

    def of(self, batch: str) -> Progress | None:
        """What to hand to a batch as its progress; None if nobody listens."""
        if self.progress is None:
            return None
        stage = next(number for number, names in enumerate(self.stages) if batch in names)

        def tell(done: int, runs: int) -> None:
            self._now = max(self._now, stage)
            self._done[batch] = done
            own_word = stage == 0  # batches of the choice itself say what is expected of them
            self._runs[batch] = runs if own_word else max(runs, self._runs.get(batch, 0))
            self._tell()

        return tell

    def over(self) -> None:
        """Tell that no run comes any more, whatever was expected."""
        self._now = len(self.stages)
        if self.progress is not None:
            self._tell()

    def _tell(self) -> None:
        assert self.progress is not None
        over = {name for names in self.stages[: self._now] for name in names}
        done = sum(self._done.values())
        to_come = sum(
            max(0, runs - self._done.get(name, 0)) for name, runs in self._runs.items() if name not in over
        )
        self.progress(done, done + to_come)
