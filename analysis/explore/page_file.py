"""The page kept as one file: it opens without a server or a network, and says what it cannot do then."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

from analysis.explore import facts, live
from analysis.explore.days import days_of_run
from analysis.explore.exploration import Exploration
from analysis.explore.page import page
from analysis.explore.story import story_of_run
from sim.batch.results import writing
from sim.safety.facts_file import write_whole

RECORDED = 0
"""The future whose days a kept page plays."""


def keep_page(now: Exploration, scenario: Path | str, file: Path) -> Path:
    """Write the page of an exploration that has been run to its end; a file that is there is written anew.

    Raises ResultsError when it cannot be written.
    """
    made = page(now, commands=facts.commands(scenario), live=False, kept=_kept(now))
    with writing(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, made.html)
    return file


def _kept(now: Exploration) -> dict[str, Any]:
    """What a page with a server would ask for: futures as things are today, the days of one, the scenario."""
    today = now.compared.scenario
    names = (today.current, *_best(now))
    threads = live.Threads(now.jobs)
    futures = list(
        live.futures_at(today, now.compared.structures, now.compared.columns, threads, Event(), now.simulate)
    )
    threads.pool.shutdown()
    return {
        "futures": futures,
        "runs": [days_of_run(today, name, RECORDED) for name in names],
        "stories": [story_of_run(today, name, RECORDED) for name in names],
        "yaml": facts.scenario_text(today),
    }


def _best(now: Exploration) -> tuple[str, ...]:
    """The structure beside that of today which the surface has ahead of the others today."""
    import numpy as np

    from analysis.explore.sliders import shares_at

    if now.surface is None:
        return now.compared.others[:1]
    shares, judged = np.array([shares_at(now.sliders, {})]), now.compared.scenario.judged_by
    means = {
        name: float(found.mean(shares)[0])
        for name in now.compared.others
        if (found := now.surface.responses.get((judged, name))) is not None
    }
    return (max(means, key=lambda name: means[name]),)
