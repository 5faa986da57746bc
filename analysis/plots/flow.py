"""How work flows over time under each structure: the middle future, and the band that holds eight in ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import TEXT, blank, looks
from analysis.figures.panels import above_legend, bare
from analysis.words.numbers import count, money

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BAND = (10, 50, 90)
"""Percentiles of the futures that are drawn."""

WINDOW = 20
"""Working days over which daily progress is averaged: about a month."""

_POINTS = 125
"""Days that are drawn at most; more could not be seen."""


def flow_figure(
    days: pd.DataFrame, scenario: str, structures: Sequence[str], *, managers: int, services: bool = False
) -> Figure:
    """Progress a day, value so far and matters in in-trays, day by day, for each of `structures`.

    `days` has a row for each structure, replication and day: see `analysis.plots.histories`. With `services`
    its value holds their income besides that of deliveries, and is called so.
    """
    tables = {name: _table(days, name, structures) for name in ("progress", "value", "matters")}
    pace = {s: _mean_of_days(_each_day(table)) for s, table in tables["progress"].items()}
    value = {s: table / 1e6 for s, table in tables["value"].items()}
    matters = {s: _mean_of_days(table) for s, table in tables["matters"].items()}
    futures = days["replication"].nunique()
    figure = blank(
        _finding(tables["value"], futures, services), _source(scenario, futures, managers, services)
    )
    look = looks(structures)
    panels: Any = above_legend(figure, look).subplots(1, 3)
    _draw(panels[0], pace, look, "Progress of projects", f"hours a day, mean of {WINDOW} days")
    so_far = "Value and service income so far" if services else "Value delivered so far"
    _draw(panels[1], value, look, so_far, "M€")
    _draw(panels[2], matters, look, "Matters in all in-trays", f"matters, mean of {WINDOW} days")
    return figure


def _table(days: pd.DataFrame, name: str, structures: Sequence[str]) -> dict[str, np.ndarray[Any, Any]]:
    """One column as an array for each structure: a row for each future, a column for each day."""
    return {
        s: days[days["structure"] == s].pivot(index="replication", columns="day", values=name).to_numpy()
        for s in structures
    }


def _each_day(so_far: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """What came on each day, of what there was so far."""
    import numpy as np

    return np.diff(so_far, axis=1, prepend=0.0)


def _mean_of_days(table: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The mean of each day and those before it; NaN until there are enough of them."""
    import numpy as np

    window = min(WINDOW, table.shape[1])
    total = np.cumsum(np.hstack([np.zeros((len(table), 1)), table]), axis=1)
    mean: np.ndarray[Any, Any] = np.full(table.shape, np.nan)
    mean[:, window - 1 :] = (total[:, window:] - total[:, :-window]) / window
    return mean


def _draw(
    axes: Axes,
    tables: dict[str, np.ndarray[Any, Any]],
    look: dict[str, tuple[str, str]],
    title: str,
    unit: str,
) -> None:
    import numpy as np

    for k, (structure, table) in enumerate(tables.items()):
        step = max(1, table.shape[1] // _POINTS)
        days = np.arange(step, table.shape[1] + 1, step)
        days = days[~np.isnan(table[0, days - 1])]
        low, middle, high = np.percentile(table[:, days - 1], BAND, axis=0)
        colour, marker = look[structure]
        axes.fill_between(days, low, high, color=colour, alpha=min(0.18, 0.5 / len(tables)), linewidth=0)
        apart = max(1, len(days) // 5)
        every = (k * apart // (len(tables) + 1), apart)  # markers of one structure beside those of the next
        axes.plot(days, middle, marker, ls="-", color=colour, lw=2, markevery=every, markeredgecolor="black")
    axes.set_xlim(0, next(iter(tables.values())).shape[1])
    axes.set_ylim(bottom=0)
    bare(axes, "both")
    axes.set_title(title, loc="left", size=TEXT, weight="bold")
    axes.set_ylabel(unit, size=TEXT)
    axes.set_xlabel("working day", size=TEXT)
    axes.locator_params(axis="x", nbins=5)


def _finding(value: dict[str, np.ndarray[Any, Any]], futures: int, services: bool) -> str:
    import numpy as np

    last = {s: float(np.median(table[:, -1])) for s, table in value.items()}
    ranked = sorted(last, key=lambda s: -last[s])
    told = [f"{money(last[s])} under {s}" for s in ranked]
    most = told if len(told) <= 3 else [told[0], told[-1]]
    which = "the middle future" if futures > 1 else "the one future"
    if services:
        return f"By the end, value delivered and service income are {', '.join(most)} in {which}"
    return f"By the end, {which} has delivered {', '.join(most)}"


def _source(scenario: str, futures: int, managers: int, services: bool) -> str:
    several = "both" if managers == 2 else f"all {count(managers)}"
    comes = "Value comes on delivery" + (", service income day by day" if services else "")
    whose = "of the one manager" if managers == 1 else f"of {several} managers together"
    bands = "bands hold eight futures in ten (10th to 90th percentile of each day)"
    lines = f"lines are the median of {futures:,} futures, {bands}" if futures > 1 else "one future"
    return f"{scenario}: {lines}. {comes}; in-trays are those {whose}."
