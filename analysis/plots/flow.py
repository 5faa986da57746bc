"""How work flows over time: what each other structure has more or less than today's, day by day, in the same
future; and above that, what today's has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SMALL, TEXT, blank, looks, plain
from analysis.figures.panels import above_legend, bare
from analysis.statistics.arrays import Floats, Ints
from analysis.statistics.compare import estimate
from analysis.words.numbers import capital, count, difference, money
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


BAND = (10, 50, 90)
"""Percentiles of the futures that are drawn of today's structure."""

WINDOW = 20
"""Working days over which daily progress is averaged: about a month."""

_POINTS = 125
"""Days that are drawn at most; more could not be seen."""

_MILLION = 2_000.0
"""From so many k€ on, an axis is in M€."""


@dataclass(frozen=True)
class _Panel:
    """One thing that flows: what it is called, its unit, and each structure's days (futures × days)."""

    title: str
    unit: str
    days: dict[str, Floats]


def flow_figure(
    days: pd.DataFrame,
    scenario: str,
    structures: Sequence[str],
    *,
    managers: int,
    current: str,
    services: bool = False,
) -> Figure:
    """Progress a day, value so far and matters in in-trays, day by day: of `current`, and what each other of
    `structures` has more or less in the same future, with 95% intervals of the mean.

    `days` has a row for each structure, replication and day: see `analysis.plots.histories`. With `services`
    its value holds their income besides that of deliveries, and is called so.
    """
    panels = _panels(days, structures, services)
    futures = days["replication"].nunique()
    others = [name for name in structures if name != current]
    figure = blank(
        _finding(panels[1], current, futures, services), _source(scenario, futures, managers, services)
    )
    look = looks(structures)
    rows = 1 + bool(others)
    grid: Any = above_legend(figure, look).subplots(
        rows, 3, squeeze=False, sharex=True, height_ratios=(1, 1.5)[:rows]
    )
    for column, panel in enumerate(panels):
        _draw_today(grid[0][column], panel, current, look[current][0])
        if others:
            _draw_apart(grid[1][column], panel, current, look)
        grid[-1][column].set_xlabel("working day", size=TEXT)
    return figure


def _panels(days: pd.DataFrame, structures: Sequence[str], services: bool) -> list[_Panel]:
    tables = {name: _table(days, name, structures) for name in ("progress", "value", "matters")}
    pace = {s: _mean_of_days(_each_day(table)) for s, table in tables["progress"].items()}
    value = {s: table / 1e3 for s, table in tables["value"].items()}
    matters = {s: _mean_of_days(table) for s, table in tables["matters"].items()}
    so_far = "Value and service income so far" if services else "Value delivered so far"
    return [
        _Panel("Progress of projects", "hours a day", pace),
        _Panel(so_far, "k€", value),
        _Panel("Matters in all in-trays", "matters", matters),
    ]


def _table(days: pd.DataFrame, name: str, structures: Sequence[str]) -> dict[str, Floats]:
    """One column as an array for each structure: a row for each future, a column for each day."""
    return {
        s: days[days["structure"] == s].pivot(index="replication", columns="day", values=name).to_numpy()
        for s in structures
    }


def _each_day(so_far: Floats) -> Floats:
    """What came on each day, of what there was so far."""
    import numpy as np

    return np.diff(so_far, axis=1, prepend=0.0)


def _mean_of_days(table: Floats) -> Floats:
    """The mean of each day and those before it; NaN until there are enough of them."""
    import numpy as np

    window = min(WINDOW, table.shape[1])
    total = np.cumsum(np.hstack([np.zeros((len(table), 1)), table]), axis=1)
    mean: Floats = np.full(table.shape, np.nan)
    mean[:, window - 1 :] = (total[:, window:] - total[:, :-window]) / window
    return mean


def _shown(days: Floats) -> Ints:
    """The days that are drawn, from 1: no more than can be seen, and none before there is a mean."""
    import numpy as np

    step = max(1, days.shape[1] // _POINTS)
    shown = np.arange(step, days.shape[1] + 1, step)
    known: Ints = shown[~np.isnan(days[0, shown - 1])]
    return known


def _draw_today(axes: Axes, panel: _Panel, current: str, colour: str) -> None:
    """Today's structure as it is: the middle future, and the band that holds eight in ten."""
    import numpy as np

    table = panel.days[current]
    shown = _shown(table)
    scale, unit = _scaled(panel, float(np.nanmax(table)))
    low, middle, high = scale * np.percentile(table[:, shown - 1], BAND, axis=0)
    axes.fill_between(shown, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.plot(shown, middle, color=colour, linewidth=2)
    axes.set_ylim(bottom=0)
    _finish(axes, plain(panel.title), unit, table.shape[1])


def _draw_apart(axes: Axes, panel: _Panel, current: str, look: dict[str, tuple[str, str]]) -> None:
    """What each other structure has more: the mean over futures and its 95% interval, day by day."""
    import numpy as np

    others = {name: panel.days[name] - panel.days[current] for name in look if name != current}
    scale, unit = _scaled(panel, max(float(np.nanmax(abs(d.mean(axis=0)))) for d in others.values()))
    for k, (name, apart) in enumerate(others.items()):
        shown = _shown(apart)
        means = [estimate(apart[:, day - 1]) for day in shown]
        middle = scale * np.array([each.mean for each in means])
        if means[0].bounded:
            low, high = (scale * np.array([getattr(m, end) for m in means]) for end in ("low", "high"))
            axes.fill_between(shown, low, high, color=look[name][0], alpha=0.25, linewidth=0)
        between = max(1, len(shown) // 5)
        every = (k * between // (len(others) + 1), between)  # markers of one beside those of the next
        axes.plot(
            shown, middle, look[name][1], ls="-", color=look[name][0], lw=2, markevery=every, mec="black"
        )
    axes.axhline(0, color=look[current][0], linewidth=2)
    _finish(axes, plain(f"… more or less than {current}"), unit, next(iter(others.values())).shape[1])


def _scaled(panel: _Panel, largest: float) -> tuple[float, str]:
    """What numbers are multiplied by to be drawn, and their unit then."""
    return (1e-3, "M€") if panel.unit == "k€" and largest >= _MILLION else (1.0, panel.unit)


def _finish(axes: Axes, title: str, unit: str, horizon: int) -> None:
    axes.set_xlim(0, horizon)
    bare(axes, "both")
    axes.set_title(title, loc="left", size=TEXT, weight="bold")
    axes.set_ylabel(unit, size=SMALL)
    axes.locator_params(axis="x", nbins=5)
    axes.locator_params(axis="y", nbins=4)


def _finding(value: _Panel, current: str, futures: int, services: bool) -> str:
    """What the others have brought by the end, more or less than today's, with the rule of counting."""
    last = {name: 1e3 * table[:, -1] for name, table in value.days.items()}
    brought = "value and service income" if services else "value delivered"
    apart = {name: estimate(each - last[current]) for name, each in last.items() if name != current}
    if not apart:
        middle = float(sorted(last[current])[futures // 2])
        which = "the middle future" if futures > 1 else "the one future"
        return f"By the end, {brought} under {current}: {money(middle)} in {which}"
    euro = BY_NAME["value_delivered"]
    ranked = sorted(apart, key=lambda name: -apart[name].mean)
    named = ranked if len(ranked) <= _MOST_NAMED else [ranked[0], ranked[-1]]
    told = [f"{s} {difference(euro, apart[s].mean, apart[s].half_width)}" for s in named]
    counted = f"paired, 95%, {futures:,} futures" if futures > 1 else "one future"
    return f"{capital(brought)} by the end, against {current}: {', '.join(told)} ({counted})"


_MOST_NAMED = 3
"""Structures whose difference a title names."""


def _source(scenario: str, futures: int, managers: int, services: bool) -> str:
    several = "both" if managers == 2 else f"all {count(managers)}"
    comes = "Value comes on delivery" + (", service income day by day" if services else "")
    whose = "of the one manager" if managers == 1 else f"of {several} managers together"
    above = f"above, the median of {futures:,} futures and the band of eight in ten"
    below = "below, the mean difference in the same future with its 95% interval"
    lines = f"{above}; {below}" if futures > 1 else "one future"
    month = f"Progress and matters: mean of {WINDOW} days"
    return f"{scenario}: {lines}. {month}. {comes}; in-trays are those {whose}."
