"""What panels share in which structures are rows and the current one is a line at zero."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SMALL, plain
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import Estimate
from sim.vocabulary import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

_FEW = 20
"""Below so many futures a density would be invented: each future is drawn as a dash."""

GRID = "#DDDDDD"

_LEGEND = 165
"""Characters of a legend, with 8 for each key's mark, that fit beside each other."""


def scaled(outcome: Outcome) -> tuple[float, str]:
    """What differences in an outcome are multiplied by to be drawn, and their unit then."""
    if outcome.unit == "€":
        return 1e-3, "k€"
    if outcome.unit == "share":
        return 100.0, "points of 100"
    return 1.0, "on a scale of 0 to 1" if outcome.unit == "0-1" else outcome.unit


def goal(outcome: Outcome) -> str:
    """The unit of a difference, with an arrow to where it is better."""
    unit = scaled(outcome)[1]
    if outcome.better == "neither":
        return unit
    return f"← better   {unit}" if outcome.better == "less" else f"{unit}   better →"


def short(name: str, width: int = 20, *, lines: int = 4) -> str:
    """A name of somebody's choice, on several lines, cut where it takes more than that."""
    return plain(fill(name, width, break_long_words=True, max_lines=max(1, lines), placeholder=" …"))


def spread(axes: Axes, values: Floats, row: float, colour: str) -> None:
    """The futures themselves: a light density, or dashes if they are few."""
    import numpy as np

    if len(values) == 1:
        return  # the mean is all there is
    if len(values) >= _FEW and np.ptp(values) > 0:
        low, high = np.percentile(values, [0.5, 99.5])
        body = values[(values >= low) & (values <= high)]
        parts = axes.violinplot(
            [body], [row], orientation="horizontal", widths=0.6, showextrema=False, points=200
        )
        for part in parts["bodies"]:  # type: ignore[attr-defined]
            part.set(facecolor=colour, edgecolor=colour, alpha=0.3)
    else:
        axes.plot(values, np.full(len(values), row + 0.22), "|", color=colour, markersize=9)


def half_width(estimate: Estimate, scale: float = 1.0) -> float:
    """How far an interval is drawn to either side of its mean; NaN, which draws none, where there is none."""
    return estimate.half_width * scale if estimate.bounded else math.nan


def draw_mean(
    axes: Axes, estimate: Estimate, row: float, look: tuple[str, str], *, scale: float, big: bool = False
) -> None:
    """One mean with its interval, in the structure's own colour and marker."""
    colour, marker = look
    axes.errorbar(
        estimate.mean * scale,
        row,
        xerr=half_width(estimate, scale),
        fmt=marker,
        color=colour,
        markeredgecolor="black",
        markersize=6.5 if big else 5,
        ecolor="black",
        elinewidth=2 if big else 1.4,
        capsize=10 if big else 5,
        zorder=3,
    )


def reach(differences: Iterable[Floats]) -> tuple[float, float]:
    """Limits that show 99 of 100 futures of every structure, and zero."""
    import numpy as np

    ends = [np.percentile(values, [0.5, 99.5]) for values in differences if len(values)]
    low, high = min([0.0, *(e[0] for e in ends)]), max([0.0, *(e[1] for e in ends)])
    margin = 0.06 * (high - low) or 1.0
    return low - margin, high + margin


def rows_of_differences(axes: Axes, rows: int) -> None:
    """Rows from the top down, a line at no difference, nothing that is not needed."""
    axes.axvline(0, color="black", linewidth=1, zorder=1)
    axes.set_ylim(rows - 0.45, -0.55)
    bare(axes, "x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def bare(axes: Axes, lines: str) -> None:
    """Grid lines at the ticks of one axis, "x" or "y"; no frame."""
    axes.grid(axis=lines, color=GRID, linewidth=0.8)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
    axes.tick_params(axis="both", labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)


def above_legend(
    figure: Figure,
    look: Mapping[str, tuple[str, str]],
    swatches: Mapping[str, tuple[str, str]] | None = None,
) -> SubFigure:
    """The part of a figure to draw in; below it, each structure's line and marker, then `swatches`.

    `swatches` are colours and hatches of anything else, by name.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    keys: list[Any] = [
        Line2D([], [], color=colour, marker=marker, markeredgecolor="black", label=plain(name))
        for name, (colour, marker) in look.items()
    ]
    others = {short(name, 36, lines=1): fill for name, fill in (swatches or {}).items()}
    keys += [
        Patch(facecolor=colour, hatch=hatch, edgecolor="#FFFFFF", linewidth=0.6, label=label)
        for label, (colour, hatch) in others.items()
    ]
    widths = [len(key.get_label()) + 8 for key in keys]
    columns = len(keys) if sum(widths) <= _LEGEND else max(1, _LEGEND // max(widths))
    rows = -(-len(keys) // columns)
    parts: Any = figure.subfigures(2, 1, height_ratios=(1, 0.045 * rows))
    parts[1].legend(
        handles=keys,
        loc="center left",
        bbox_to_anchor=(0.007, 0.5),
        ncols=columns,
        fontsize=SMALL,
        frameon=False,
        borderpad=0,
    )
    upper: SubFigure = parts[0]
    return upper
