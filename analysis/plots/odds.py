"""The odds: in how many futures each structure is best, beats the current one, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.figures.looks import TEXT, blank, looks, plain, wrapped
from analysis.figures.panels import bare, reach, scaled, short
from analysis.statistics.compare import Comparison, paired_differences
from analysis.words.answers import wilson
from analysis.words.numbers import capital, lived_through, odds
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEVELS = 240
"""Sizes of a gain at which a curve of odds is drawn."""

MARKED = (0.9, 0.7, 0.5, 0.3, 0.12)
"""Odds at which a curve has its structure's marker."""


def odds_figure(results: pd.DataFrame, comparison: Comparison) -> Figure:
    """Shares of futures with their 95% intervals (Wilson), and the odds of gaining at least so much.

    `results` are the rows that `comparison` came from. Raises ValueError if there is nothing to compare.
    """
    if not (comparison.others and comparison.futures):
        raise ValueError("a figure of odds needs two structures and a future in which both ran")
    figure = blank(_finding(comparison), _source(comparison))
    sides: Any = figure.subfigures(1, 2, width_ratios=(1, 1.25))
    upper, lower = sides[0].subplots(
        2, 1, sharex=True, height_ratios=(len(comparison.structures), len(comparison.others))
    )
    common = dict.fromkeys(comparison.structures, comparison.common)
    _shares(upper, comparison, comparison.best_share, common, "Best of all")
    beats = short(f"Better than {comparison.current}", 32)
    _shares(lower, comparison, comparison.win_share, comparison.lived, beats)
    lower.axvline(50, color="black", linewidth=0.8, linestyle=(0, (4, 4)))
    lower.set_xlabel("futures of 100", size=TEXT)
    _by_size(sides[1].subplots(), results, comparison)
    return figure


def _shares(
    axes: Axes, comparison: Comparison, shares: dict[str, float], futures: dict[str, int], title: str
) -> None:
    """A row for each share with its interval, from so many `futures` of its structure."""
    look = looks(comparison.structures)
    for row, (structure, share) in enumerate(shares.items()):
        low, high = wilson(share, futures[structure])
        colour, marker = look[structure]
        axes.plot([100 * low, 100 * high], [row, row], color="black", linewidth=2)
        axes.plot(
            100 * share, row, marker, color=colour, markeredgecolor="black", markersize=9, clip_on=False
        )
    axes.set_ylim(len(shares) - 0.5, -0.5)
    lines = 20 // (len(comparison.structures) + len(comparison.others))
    axes.set_xlim(-3, 103)  # so that a marker at an end stands clear of names
    bare(axes, "x")
    axes.set_yticks(range(len(shares)), [short(s, lines=lines) for s in shares], size=TEXT)
    axes.tick_params(axis="y", length=0)
    axes.set_title(title, loc="left", size=TEXT, weight="bold")


def _by_size(axes: Axes, results: pd.DataFrame, comparison: Comparison) -> None:
    """For each other structure, the share of futures in which it gains at least so much."""
    import numpy as np

    outcome = BY_NAME[comparison.objective]
    scale, unit = scaled(outcome)
    gains = paired_differences(results, comparison.objective, comparison.current)
    known = {structure: scale * np.sort(values) for structure, values in gains.items()}
    levels = np.linspace(*reach(known.values()), LEVELS)
    look = looks(comparison.structures)
    for k, (structure, values) in enumerate(known.items()):
        share = 1 - np.searchsorted(values, levels, side="left") / len(values)
        low, high = np.transpose([wilson(each, len(values)) for each in share])
        colour, marker = look[structure]
        axes.fill_between(levels, 100 * low, 100 * high, color=colour, alpha=0.25, linewidth=0)
        axes.plot(levels, 100 * share, color=colour, linewidth=2)
        for target in MARKED:
            at = int(np.argmin(abs(share - target + 0.03 * k)))
            axes.plot(levels[at], 100 * share[at], marker, **_marker(colour, 7))
    axes.axvline(0, color="black", linewidth=1)
    axes.set_ylim(0, 100)
    axes.set_xlim(levels[0], levels[-1])
    bare(axes, "both")
    axes.set_title(
        "Odds of gaining at least so much (looks as on the left)", loc="left", size=TEXT, weight="bold"
    )
    label = f"{outcome.label}, gain over {comparison.current} ({unit})"
    axes.set_xlabel(plain(wrapped(label, 56)), size=TEXT)
    axes.set_ylabel("futures of 100", size=TEXT)


def _marker(colour: str, size: float) -> dict[str, Any]:
    return {"color": colour, "markeredgecolor": "black", "markersize": size, "clip_on": False}


def _finding(comparison: Comparison) -> str:
    best = max(comparison.structures, key=lambda s: comparison.best_share[s])
    share = comparison.best_share[best]
    low, high = wilson(share, comparison.common)
    rivals = [
        wilson(comparison.best_share[s], comparison.common)[1] for s in comparison.structures if s != best
    ]
    won = odds(share, comparison.common)
    if low <= max(rivals):
        return f"No structure is clearly best most often: {best} in {won} (95% interval {_of(low, high)})"
    return f"{capital(best)} is best most often: in {won} (95% interval {_of(low, high)})"


def _of(low: float, high: float) -> str:
    return f"{100 * low:.0f} to {100 * high:.0f} of 100"


def _source(comparison: Comparison) -> str:
    over = lived_through(comparison.futures, comparison.left_out)
    first = f"; best of all is asked of the first {comparison.common:,}" if comparison.left_out else ""
    return (
        f"{comparison.scenario}: shares of {over} by "
        f"{BY_NAME[comparison.objective].label.lower()}{first}; bars and bands are 95% "
        "intervals (Wilson), for luck alone. The doubt about assumptions is not in them."
    )
