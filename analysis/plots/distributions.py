"""How each outcome's difference is spread over the futures: mean, median, and the bad and good tenth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.decision.verdict import best_other
from analysis.figures.looks import SMALL, TEXT, blank, looks
from analysis.figures.panels import draw_mean, goal, reach, rows_of_differences, scaled, short, spread
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import Comparison, paired_differences
from analysis.statistics.percentiles import SHARES, Percentile, percentile
from analysis.words.numbers import amount, capital, lived_through
from sim.vocabulary import BY_NAME, Outcome

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SHOWN = {
    "projects_delivered": "Projects delivered",
    "on_time_share": "Due projects on time",
    "delay_days": "Delay of due projects",
    "lead_days": "Lead time of projects",
    "cost_over_budget": "Effort over budget",
    "ticket_level_share": "Tickets within level",
    "satisfaction": "Clients' satisfaction",
    "matter_wait_days": "Wait for a manager",
    "unfinished_share": "Projects unfinished",
}
"""The main outcomes beside the objective, with labels short enough for a small panel."""

PANELS = 8


def outcomes_figure(results: pd.DataFrame, comparison: Comparison) -> Figure:
    """Each other structure's differences from the current one, future by future, in money and main outcomes.

    `results` are the rows that `comparison` came from. Raises ValueError if there is nothing to compare.
    """
    if not (comparison.others and comparison.futures):
        raise ValueError("a figure of differences needs two structures and a future in which both ran")
    every = {
        name: paired_differences(results, name, comparison.current)
        for name in (comparison.objective, *_SHOWN)
    }
    shown = [name for name, values in every.items() if any(_known(v).size for v in values.values())][:PANELS]
    figure = blank(_finding(comparison, every[comparison.objective]), _source(comparison))
    grid: Any = figure.subplots(2, (len(shown) + 1) // 2, squeeze=False)
    for axes, name in zip(grid.flat, shown, strict=False):
        _draw(axes, BY_NAME[name], every[name], comparison)
    for axes in list(grid.flat)[len(shown) :]:
        axes.set_axis_off()
    labels = [short(s, 18, lines=9 // len(comparison.others)) for s in comparison.others]
    for axes in grid[:, 0]:
        axes.set_yticks(range(len(labels)), labels, size=TEXT)
    return figure


def _draw(axes: Axes, outcome: Outcome, values: dict[str, Floats], comparison: Comparison) -> None:
    scale = scaled(outcome)[0]
    look = looks(comparison.structures)
    known = {structure: scale * _known(each) for structure, each in values.items()}
    for row, (structure, each) in enumerate(known.items()):
        if not each.size:
            continue
        spread(axes, each, row, look[structure][0])
        for share in SHARES:
            _tick(axes, percentile(each, share), row)
        mean = comparison.differences[outcome.name, structure]
        draw_mean(axes, mean, row + 0.3, look[structure], scale=scale)
    rows_of_differences(axes, len(known))
    axes.set_yticks([])
    axes.set_xlim(reach(known.values()))
    axes.set_title(_SHOWN.get(outcome.name, outcome.label), loc="left", size=TEXT, weight="bold")
    axes.set_xlabel(goal(outcome), size=SMALL)
    axes.locator_params(axis="x", nbins=4)


def _tick(axes: Axes, at: Percentile, row: int) -> None:
    """A percentile as an upright line, its interval as a grey box; nothing where it cannot be bounded."""
    if not at.bounded:
        return
    middle = at.share == 0.5
    axes.fill_betweenx([row - 0.2, row + 0.16], at.low, at.high, color="#555555", alpha=0.35, linewidth=0)
    axes.plot([at.value] * 2, [row - 0.28, row + 0.16], color="black", linewidth=2.4 if middle else 1.2)


def _finding(comparison: Comparison, gains: dict[str, Floats]) -> str:
    best, outcome = best_other(comparison), BY_NAME[comparison.objective]
    each = [percentile(gains[best], share) for share in SHARES]
    low, middle, high = (amount(outcome, at.value, (at.high - at.low) / 2, signed=True) for at in each)
    known = all(at.bounded for at in each)
    rest = f"; one future in ten is below {low}, one above {high}" if known else ""
    counted = f" (paired, {comparison.futures:,} futures)"
    return f"{capital(best)} against {comparison.current}: {middle} in the middle future{rest}{counted}"


def _source(comparison: Comparison) -> str:
    over = lived_through(comparison.futures, comparison.left_out)
    return (
        f"{comparison.scenario}: differences from {comparison.current} in the same future, "
        f"{over}. Shape: 99 of 100 futures. Upright lines: 10th percentile, median, "
        "90th percentile; grey: their 95% intervals (order statistics; left out where futures are too few). "
        "Marker: mean with its 95% interval."
    )


def _known(values: Floats) -> Floats:
    import numpy as np

    known: Floats = values[~np.isnan(values)]
    return known
