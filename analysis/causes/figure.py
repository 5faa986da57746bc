"""The figure of *why*: what luck leaves, a tornado of what each factor moves, and its Sobol' indices."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from analysis.causes.table import ROWS
from analysis.causes.words import explanation, finding, share, shares, total_of, within
from analysis.figures.looks import SMALL, TEXT, blank, plain, wrapped
from analysis.figures.panels import bare, scaled
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.causes.result import Cause, Why
    from analysis.statistics.compare import Estimate

_LUCK, _KNOWN = "#BBBBBB", "#0072B2"
LOW, HIGH = "#56B4E9", "#D55E00"
_FIRST, TOTAL = "#0072B2", "#000000"
_LABEL, _MEANING = 34, 56
"""Characters of a factor's name and of what it means that fit beside its row."""


def why_figure(why: Why) -> Figure:
    """Luck against what is known; below, for the leading factors, what they move and their indices."""
    figure = blank(finding(why), _source(why))
    axes: Any = figure.subplot_mosaic(
        [["luck", "luck"], ["moves", "shares"]], height_ratios=(0.09, 1), width_ratios=(1.25, 1)
    )
    causes = why.causes[:ROWS]
    _draw_luck(axes["luck"], why)
    _draw_moves(axes["moves"], why, causes)
    _draw_shares(axes["shares"], why, causes)
    return figure


def _draw_luck(axes: Axes, why: Why) -> None:
    """One bar: the spread between single futures, parted into luck and the rest."""
    luck = max(0.0, min(1.0, why.luck.mean))
    axes.barh([0], [luck], color=_LUCK)
    axes.barh([0], [1 - luck], left=[luck], color=_KNOWN)
    reach = [[luck - max(0.0, why.luck.low)], [min(1.0, why.luck.high) - luck]]
    axes.errorbar([luck], [0], xerr=reach, color="black", capsize=5, linewidth=1.4)
    left, right = f"luck {shares(why.luck)}", f"{share(1 - luck)} known or assumed"
    axes.set_title(
        plain(f"Spread between single futures: {left}, {right}"), loc="left", size=TEXT, weight="bold"
    )
    axes.set(xlim=(0, 1), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


def _draw_moves(axes: Axes, why: Why, causes: tuple[Cause, ...]) -> None:
    """The tornado: the mean difference with each factor in the lowest and in the highest third."""
    scale, unit = scaled(BY_NAME[why.objective])
    for row, cause in enumerate(causes):
        axes.plot(
            [cause.low.mean * scale, cause.high.mean * scale],
            [row, row],
            color="#999999",
            linewidth=5,
            zorder=1,
        )
        _point(axes, cause.low, row - 0.13, scale, "o", LOW)
        _point(axes, cause.high, row + 0.13, scale, "s", HIGH)
    _handles(axes, (("lowest third of its range", "o", LOW), ("highest third", "s", HIGH)))
    axes.axvline(0, color="black", linewidth=1)
    axes.axvline(why.difference.mean * scale, color="black", linewidth=1, linestyle=":")
    axes.set_yticks(range(len(causes)), [_label(why, cause) for cause in causes], size=SMALL)
    label = f"{BY_NAME[why.objective].label}, {why.against} less {why.current} ({unit})"
    axes.set_xlabel(plain(wrapped(label, 56)), size=SMALL)
    axes.set_title("What it moves", loc="left", size=TEXT, weight="bold", pad=24)
    _rows(axes, len(causes))


def _draw_shares(axes: Axes, why: Why, causes: tuple[Cause, ...]) -> None:
    """First-order and total index of each factor, with intervals; no total where the table has none."""
    for row, cause in enumerate(causes):
        first, total = within(cause.first), total_of(cause)
        axes.barh(row, 100 * first.mean, height=0.5, color=_FIRST, alpha=0.35, zorder=1)
        _point(axes, first, row - 0.13, 100, "o", _FIRST)
        if total:
            _point(axes, total, row + 0.13, 100, "D", TOTAL)
    _handles(axes, (("alone (first)", "o", _FIRST), ("with interplay (total)", "D", TOTAL)))
    axes.axvline(0, color="black", linewidth=1)
    axes.set_yticks([])
    axes.set_xlabel("% of the spread between single futures", size=SMALL)
    axes.set_title("Its share of the spread", loc="left", size=TEXT, weight="bold", pad=24)
    _rows(axes, len(causes))


def _point(axes: Axes, estimate: Estimate, row: float, scale: float, marker: str, colour: str) -> None:
    axes.errorbar(
        estimate.mean * scale,
        row,
        xerr=[[(estimate.mean - estimate.low) * scale], [(estimate.high - estimate.mean) * scale]],
        fmt=marker,
        color=colour,
        markeredgecolor="black",
        markersize=5.5,
        ecolor="black",
        elinewidth=1.2,
        capsize=3,
        zorder=3,
    )


def _handles(axes: Axes, entries: tuple[tuple[str, str, str], ...]) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], marker=m, color=c, markeredgecolor="black", linestyle="", label=name)
        for name, m, c in entries
    ]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.02, 1),
        ncols=2,
        fontsize=SMALL,
        frameon=False,
        borderaxespad=0,
    )


def _rows(axes: Axes, rows: int) -> None:
    axes.set_ylim(rows - 0.4, -0.6)
    bare(axes, "x")
    axes.locator_params(axis="x", nbins=5)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _label(why: Why, cause: Cause) -> str:
    name = shorten(cause.factor.label, _LABEL, placeholder=" …")
    mark = "● " if cause.is_driver else ""
    meaning = re.split(r"[:;]", explanation(cause.factor))[0]
    return plain(f"{mark}{name}\n{meaning}" if 0 < len(meaning) <= _MEANING else f"{mark}{name}")


def _source(why: Why) -> str:
    shown = why.causes[:ROWS]
    driver = " ●\N{NO-BREAK SPACE}told from chance." if any(cause.is_driver for cause in shown) else ""
    untold = "" if all(map(total_of, shown)) else " No diamond: too few runs to say."
    return (
        f"{why.scenario}: {why.runs:,} paired runs, {len(why.causes)} assumptions and traits varied at once. "
        f"Bars and markers with 95% intervals.{driver}{untold} Dotted: mean of all."
    )
