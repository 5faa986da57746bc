"""The decision in one figure: what each other structure adds to the current one."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

from analysis.compare import Comparison, paired_differences
from analysis.figures.looks import SMALL, TEXT, blank, looks, plain
from analysis.verdict import Verdict
from analysis.words import count, money, odds
from sim.outcomes import BY_NAME, Outcome

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

SHOWN = {
    "on_time_share": "Due projects on time",
    "delay_days": "Delay of due projects",
    "lead_days": "Lead time of projects",
    "rework_share": "Rework in all effort",
    "matter_wait_days": "Wait for a manager",
    "utilisation": "Members' utilisation",
}
"""The outcomes beside the money, with labels short enough for a small panel."""

FEW = 20
"""Below so many futures a density would be invented: each future is drawn as a dot."""


def decision_figure(
    results: pd.DataFrame, comparison: Comparison, verdict: Verdict, *, managers: int
) -> Figure:
    """What each other structure adds to the current one: in money, future by future, and in a few outcomes.

    `results` are the rows that `comparison` came from, with the objective and the outcomes in `SHOWN`.
    Raises ValueError if there is nothing to compare.
    """
    if not (comparison.others and comparison.futures):
        raise ValueError("a figure of differences needs two structures and a future in which both ran")
    figure = blank(title(comparison, verdict), _source(comparison, managers))
    sides: Any = figure.subfigures(1, 2, width_ratios=(1.15, 1))
    _draw_money(sides[0], results, comparison)
    _draw_outcomes(sides[1], comparison, [name for name in SHOWN if name in comparison.outcomes])
    return figure


def title(comparison: Comparison, verdict: Verdict) -> str:
    """The finding in one sentence, no more certain than the verdict."""
    gain, current, other = verdict.difference, comparison.current, verdict.challenger
    if gain is None:
        return f"{comparison.scenario}: nothing to compare"
    size = f"{money(abs(gain.mean))} a year {'less' if gain.mean < 0 else 'more'}"
    won = odds(verdict.win_share, comparison.futures)
    if verdict.answer == "a tie":
        return f"A tie: {other} and {current} are {money(abs(gain.mean))} a year apart"
    if verdict.answer == "cannot tell":
        return f"Cannot tell yet whether {other} or {current} is better: ahead in {won}"
    hedge = "probably " if verdict.answer.startswith("probably") else ""
    if gain.mean < 0:
        best = f"the best other, {other}, delivers {size} and wins in {won}"
        return f"{_capital(current)} {hedge}stays ahead: {best}"
    return f"{_capital(other or '')} {hedge}delivers {size} than {current} and wins in {won}"


def _draw_money(side: SubFigure, results: pd.DataFrame, comparison: Comparison) -> None:
    """How the difference in the objective is spread over the futures, and its mean with interval."""
    axes = side.subplots()
    differences = paired_differences(results, comparison.objective, comparison.current)
    look = looks(comparison.structures)
    for row, structure in enumerate(comparison.others):
        _spread(axes, differences[structure] / 1e3, row, look[structure][0])
        _mean(axes, comparison, comparison.objective, structure, row, scale=1e-3, big=True)
    _axes_of_differences(axes, len(comparison.others))
    labels = [_row_label(comparison, structure) for structure in comparison.others]
    axes.set_yticks(range(len(labels)), labels, size=TEXT)
    axes.set_xlim(_reach(differences.values()))
    label = f"{BY_NAME[comparison.objective].label}, difference from {comparison.current} (k€)"
    axes.set_xlabel(plain(fill(label, 56)), size=TEXT)
    axes.set_title("Each future's difference, and their mean", loc="left", size=TEXT, weight="bold")


def _spread(axes: Axes, values: np.ndarray[Any, Any], row: int, colour: str) -> None:
    """The futures themselves: a light density, or dots if they are few."""
    import numpy as np

    if len(values) >= FEW and np.ptp(values) > 0:
        low, high = np.percentile(values, [0.5, 99.5])
        body = values[(values >= low) & (values <= high)]
        parts = axes.violinplot(
            [body], [row], orientation="horizontal", widths=0.6, showextrema=False, points=200
        )
        for part in parts["bodies"]:  # type: ignore[attr-defined]
            part.set(facecolor=colour, edgecolor=colour, alpha=0.3)
    else:
        axes.plot(values, np.full(len(values), row + 0.22), "|", color=colour, markersize=9)


def _mean(
    axes: Axes,
    comparison: Comparison,
    outcome: str,
    structure: str,
    row: int,
    *,
    scale: float,
    big: bool,
) -> None:
    """One mean with its interval, in the structure's own colour and marker."""
    estimate = comparison.differences[outcome, structure]
    colour, marker = looks(comparison.structures)[structure]
    reach = estimate.half_width * scale if estimate.futures > 1 else 0.0
    axes.errorbar(
        estimate.mean * scale,
        row,
        xerr=reach,
        fmt=marker,
        color=colour,
        markeredgecolor="black",
        markersize=6.5 if big else 5,
        ecolor="black",
        elinewidth=2 if big else 1.4,
        capsize=10 if big else 5,
        zorder=3,
    )


def _row_label(comparison: Comparison, structure: str) -> str:
    gain = comparison.differences[comparison.objective, structure]
    name = fill(structure, 20, break_long_words=True)
    size = money(gain.mean, signed=True) + (f" ± {money(gain.half_width)}" if gain.futures > 1 else "")
    won = odds(comparison.win_share[structure], comparison.futures).removesuffix(" futures")
    return plain(f"{name}\n{size}\nwins {won}")


def _draw_outcomes(side: SubFigure, comparison: Comparison, names: Sequence[str]) -> None:
    """A small panel for each outcome, in its own unit, rows and looks as on the money side."""
    if not names:
        return
    grid = side.subplots((len(names) + 1) // 2, 2, squeeze=False)
    for axes, name in zip(grid.flat, names, strict=False):
        outcome = BY_NAME[name]
        scale = 100 if outcome.unit == "share" else 1
        for row, structure in enumerate(comparison.others):
            _mean(axes, comparison, name, structure, row, scale=scale, big=False)
        _axes_of_differences(axes, len(comparison.others))
        axes.set_yticks([])
        axes.margins(x=0.2)
        axes.set_title(SHOWN.get(name, outcome.label), loc="left", size=TEXT, weight="bold")
        axes.set_xlabel(_unit_and_goal(outcome), size=SMALL)
        axes.locator_params(axis="x", nbins=4)
    for axes in list(grid.flat)[len(names) :]:
        axes.set_axis_off()


def _unit_and_goal(outcome: Outcome) -> str:
    unit = "points of 100" if outcome.unit == "share" else outcome.unit
    goal = {"more": "better →", "less": "← better", "neither": ""}[outcome.better]
    return f"← better   {unit}" if outcome.better == "less" else f"{unit}   {goal}".strip()


def _axes_of_differences(axes: Axes, rows: int) -> None:
    """Rows from the top down, a line at no difference, nothing that is not needed."""
    axes.axvline(0, color="black", linewidth=1, zorder=1)
    axes.set_ylim(rows - 0.45, -0.55)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _reach(differences: Any) -> tuple[float, float]:
    """Limits that show 99 of 100 futures of every structure, and zero."""
    import numpy as np

    ends = [np.percentile(values / 1e3, [0.5, 99.5]) for values in differences]
    low, high = min(0.0, *(e[0] for e in ends)), max(0.0, *(e[1] for e in ends))
    margin = 0.06 * (high - low) or 1.0
    return low - margin, high + margin


def _source(comparison: Comparison, managers: int) -> str:
    people = f"{count(managers)} manager{'s' if managers != 1 else ''} in each structure"
    return (
        f"{comparison.scenario}: {comparison.futures:,} simulated futures, {people}; the same luck for all. "
        f"Differences from {comparison.current}; bars are 95% intervals of the mean, for luck alone. "
        "No controlled study of these structures exists."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
