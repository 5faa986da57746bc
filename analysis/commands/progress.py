"""A bar with rate and time left for whoever watches a batch, and nothing for a file or a pipe."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

    from sim.batch.session import Progress

LATELY = 20.0
"""Seconds that a pace is taken over: stages of an answer differ in how long a run takes."""

SETTLED = 1.0
"""Seconds after the first runs came back before anything is forecast."""


class Pace:
    """How fast runs come back, and how long the rest takes.

    It counts from when the first came back: until then libraries are loaded and every thread is still at its
    first block, so that one block would seem to take what several took together.
    """

    def __init__(self, done: int, now: Callable[[], float] = time.monotonic) -> None:
        """From `done` runs that were kept from before, by a clock in seconds."""
        self._kept, self._now = done, now
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, done: int) -> None:
        """So many runs are done now."""
        if done <= self._kept:
            return
        self._seen.append((self._now(), done))
        while len(self._seen) > 2 and self._seen[-1][0] - self._seen[1][0] > LATELY:
            self._seen.popleft()

    @property
    def rate(self) -> float | None:
        """Runs a second; None until that can be told."""
        if len(self._seen) < 2 or self._seen[-1][0] - self._seen[0][0] < SETTLED:
            return None
        (began, before), (last, done) = self._seen[0], self._seen[-1]
        return (done - before) / (last - began)

    def left(self, runs: int) -> float | None:
        """Seconds until so many runs are done; None until that can be told."""
        return (runs - self._seen[-1][1]) / self.rate if self.rate else None


def rounded(seconds: float) -> str:
    """A time in no finer steps than a forecast can have: `a few seconds`, `35 s`, `4 min`, `1 h 20 min`."""
    if seconds < 7.5:
        return "a few seconds"
    if seconds < 57.5:
        return f"{5 * round(seconds / 5)} s"
    minutes = max(1, round(seconds / 60))
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"


@contextmanager
def shown(
    console: Console, now: Callable[[], float] = time.monotonic, *, at_most: bool = False
) -> Iterator[Progress | None]:
    """What to hand to a batch as `progress`; None unless `console` is a terminal. `now` is its clock.

    With `at_most` the runs in all are the most that a search may take, and that is said.
    """
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    limit = "at most " if at_most else ""
    bars = Bars(
        BarColumn(),
        TextColumn(f"{{task.completed:,}} of {limit}{{task.total:,}} runs"),
        TextColumn("{task.fields[pace]}"),
        console=console,
        transient=True,
    )
    tasks: list[TaskID] = []
    pace, last = Pace(0, now), 0

    def tell(done: int, runs: int) -> None:
        nonlocal pace, last
        if tasks and done < last:  # another stage, counted from its own beginning
            bars.remove_task(tasks.pop())
        last = done
        if not tasks:  # what an earlier session left must not count as speed
            pace = Pace(done, now)
            tasks.append(bars.add_task("", total=runs, completed=done, pace=""))
            return
        pace.note(done)
        bars.update(tasks[0], total=runs, completed=done, pace=_in_words(pace, runs, limit))

    with bars:
        yield tell


class StepsAside:
    """A bar that leaves the screen while something is printed, and comes back with the next runs."""

    def __init__(self, shown: Callable[[], AbstractContextManager[Progress | None]]) -> None:
        """Of a bar that `shown` shows: nothing for a file or a pipe."""
        self._shown, self._open = shown, ExitStack()
        self._bar: Progress | None = None
        self._there = False

    def __enter__(self) -> StepsAside:
        self._show()
        return self

    def __exit__(self, *_: object) -> None:
        self.aside()

    def __call__(self, done: int, runs: int) -> None:
        """So many of the runs are done."""
        self._show()
        if self._bar is not None:
            self._bar(done, runs)

    def aside(self) -> None:
        """Leave the screen."""
        self._open.close()
        self._there = False

    def _show(self) -> None:
        if not self._there:
            self._bar, self._there = self._open.enter_context(self._shown()), True


def _in_words(pace: Pace, runs: int, limit: str) -> str:
    left = pace.left(runs)
    return f"{pace.rate:,.0f} runs/s, {limit}{rounded(left)} left" if left is not None else ""


@contextmanager
def drawing(console: Console) -> Iterator[Callable[[str], None]]:
    """What to tell which figure comes next: a line that is written over; on a terminal alone."""
    if not console.is_terminal:
        yield lambda line: None
        return
    from rich.text import Text

    with console.status("") as status:
        yield lambda line: status.update(Text(line))
