"""The decision in one figure: what each other structure adds to the current one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.decision.verdict import Verdict
from analysis.figures.looks import SMALL, TEXT, blank, looks, plain, wrapped
from analysis.figures.panels import draw_mean, goal, reach, rows_of_differences, scaled, short, spread
from analysis.statistics.compare import Comparison, paired_differences
from analysis.words.numbers import a_year, capital, count, difference, lived_through, odds, with_intervals
from analysis.words.table import NO_CHOICE
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure, SubFigure

SHOWN = {
    "on_time_share": "Due projects on time",
    "delay_days": "Delay of due projects",
    "lead_days": "Lead time of projects",
    "matter_wait_days": "Wait for a manager",
    "rework_share": "Rework in all effort",
    "escaped_defect_hours": "Repair of escaped defects",
}
"""The outcomes beside the money, with labels short enough for a small panel."""


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
    outcome = BY_NAME[comparison.objective]
    much = a_year(outcome, abs(gain.mean), gain.half_width)
    size = f"{much} {'less' if gain.mean < 0 else 'more'}"
    won = odds(verdict.win_share, gain.futures)
    counted = _counted(comparison, verdict)
    if verdict.answer == "a tie":
        return f"A tie: {other} and {current} are {much} apart{counted}"
    if verdict.answer == "cannot tell":
        said = f"Cannot tell yet whether {other} or {current} is better: {other} wins"
        if gain.sign:  # then only what is best of all is open
            which = "ahead of" if gain.mean > 0 else "behind"
            said = f"{capital(other or '')} is {which} {current} by {much}, and wins"
        return f"{said} in {won}{counted}"
    if verdict.answer == "it depends":
        return f"It depends: {other} would bring {size} than {current}, and wins in {won}{counted}"
    hedge = "probably " if verdict.answer.startswith("probably") else ""
    if gain.mean < 0:
        best = f"the best other, {other}, would bring {size}, and wins in {won}"
        return f"{capital(current)} {hedge}stays ahead: {best}{counted}"
    return f"{capital(other or '')} would {hedge}bring {size} than {current}, and wins in {won}{counted}"


def _counted(comparison: Comparison, verdict: Verdict) -> str:
    """How the difference was counted: within futures, how surely, over how many of them."""
    gain = verdict.difference
    if gain is None or not gain.bounded:
        return ""
    apart = difference(BY_NAME[comparison.objective], gain.mean, gain.half_width)
    return f" (paired: {apart}, 95%, {gain.futures:,} futures)"


def _draw_money(side: SubFigure, results: pd.DataFrame, comparison: Comparison) -> None:
    """How the difference in the objective is spread over the futures, and its mean with interval."""
    axes = side.subplots()
    outcome = BY_NAME[comparison.objective]
    scale, unit = scaled(outcome)
    gains = paired_differences(results, comparison.objective, comparison.current)
    differences = {structure: scale * values for structure, values in gains.items()}
    look = looks(comparison.structures)
    for row, structure in enumerate(comparison.others):
        spread(axes, differences[structure], row, look[structure][0])
        draw_mean(axes, comparison.gain(structure), row, look[structure], scale=scale, big=True)
    rows_of_differences(axes, len(comparison.others))
    labels = [_row_label(comparison, structure) for structure in comparison.others]
    axes.set_yticks(range(len(labels)), labels, size=TEXT)
    axes.set_xlim(reach(differences.values()))
    label = f"{outcome.label}, difference from {comparison.current} ({unit})"
    axes.set_xlabel(plain(wrapped(label, 56)), size=TEXT)
    drawn = "Each future's difference, and their mean" if comparison.futures > 1 else "The difference"
    axes.set_title(drawn, loc="left", size=TEXT, weight="bold")


def _row_label(comparison: Comparison, structure: str) -> str:
    gain, outcome = comparison.gain(structure), BY_NAME[comparison.objective]
    unit = "" if outcome.unit == "€" else f" {outcome.unit}"
    size = f"{difference(outcome, gain.mean, gain.half_width)}{unit}"
    won = odds(comparison.win_share[structure], comparison.lived[structure]).removesuffix(" futures")
    lines = 24 // len(comparison.others) - 2
    return f"{short(structure, lines=lines)}\n{plain(size)}\nwins {won}"


def _draw_outcomes(side: SubFigure, comparison: Comparison, names: Sequence[str]) -> None:
    """A small panel for each outcome, in its own unit, rows and looks as on the money side."""
    if not names:
        return
    grid = side.subplots((len(names) + 1) // 2, 2, squeeze=False)
    look = looks(comparison.structures)
    for axes, name in zip(grid.flat, names, strict=False):
        outcome = BY_NAME[name]
        for row, structure in enumerate(comparison.others):
            difference = comparison.differences[name, structure]
            draw_mean(axes, difference, row, look[structure], scale=scaled(outcome)[0])
        rows_of_differences(axes, len(comparison.others))
        axes.set_yticks([])
        axes.margins(x=0.2)
        axes.set_title(SHOWN.get(name, outcome.label), loc="left", size=TEXT, weight="bold")
        axes.set_xlabel(goal(outcome), size=SMALL)
        axes.locator_params(axis="x", nbins=4)
    for axes in list(grid.flat)[len(names) :]:
        axes.set_axis_off()


def _source(comparison: Comparison, managers: int) -> str:
    people = f"{count(managers)} manager{'s' if managers != 1 else ''} in each structure"
    if comparison.beside:
        people += f" but those whose names say otherwise: these {NO_CHOICE}"
    over = lived_through(comparison.futures, comparison.left_out, "simulated future")
    bars = with_intervals(comparison.futures, "bars are 95% intervals of the mean, for luck alone")
    return (
        f"{comparison.scenario}: {over}, {people}; the same luck for all. "
        f"Differences from {comparison.current}; {bars}. "
        "No controlled study of these structures exists."
    )
