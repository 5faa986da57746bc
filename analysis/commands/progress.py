"""A bar with rate and time left for whoever watches a batch, and nothing for a file or a pipe."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

    from sim.batch.session import Progress


@contextmanager
def shown(console: Console) -> Iterator[Progress | None]:
    """What to hand to a batch as `progress`; None unless `console` is a terminal."""
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        BarColumn(),
        TextColumn("{task.completed:,} of {task.total:,} runs"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=console,
        transient=True,
    )
    tasks: list[TaskID] = []
    began, kept, last = time.monotonic(), 0, 0

    def tell(done: int, runs: int) -> None:
        nonlocal began, kept, last
        if tasks and done < last:  # another stage, counted from its own beginning
            bars.remove_task(tasks.pop())
        last = done
        if not tasks:  # what an earlier sitting left must not count as speed
            began, kept = time.monotonic(), done
            tasks.append(bars.add_task("", total=runs, completed=done, rate=""))
            return
        rate = (done - kept) / max(time.monotonic() - began, 1e-9)
        bars.update(tasks[0], total=runs, completed=done, rate=f"{rate:,.0f} runs/s")

    with bars:
        yield tell
