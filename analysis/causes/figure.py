"""The figure of *why*: which way each factor pulls, its Sobol' indices, and below what luck leaves."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from analysis.causes.table import ROWS
from analysis.causes.words import finding, share, shares, total_of, within
from analysis.figures.looks import SMALL, TEXT, blank, looks, plain, wrapped
from analysis.figures.panels import bare, scaled
from analysis.words.numbers import three_digits, with_unit
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.causes.result import Cause, Why
    from analysis.statistics.compare import Estimate

_LUCK, _KNOWN = "#C8C8C8", "#6E6E6E"
LOW, HIGH, TOTAL = "#FFFFFF", "#000000", "#000000"
_TINT = 0.16
"""How much of a structure's colour shades the side on which it is ahead."""

_LABEL = 32
"""Characters of a factor's name that fit beside its row."""


def why_figure(why: Why) -> Figure:
    """For the leading factors, which way they pull and their shares; below, what luck leaves."""
    figure = blank(finding(why), _source(why))
    axes: Any = figure.subplot_mosaic(
        [["moves", "shares"], ["luck", "luck"]], height_ratios=(1, 0.08), width_ratios=(1.5, 1)
    )
    causes = why.causes[:ROWS]
    _draw_moves(axes["moves"], why, causes)
    _draw_shares(axes["shares"], why, causes)
    _draw_luck(axes["luck"], why)
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
        plain(f"How far single futures lie apart: {left}, {right}"),
        loc="left",
        size=TEXT,
        weight="bold",
    )
    axes.set(xlim=(0, 1), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


def _draw_moves(axes: Axes, why: Why, causes: tuple[Cause, ...]) -> None:
    """The tornado: the mean difference with each factor in the lowest and in the highest third."""
    scale, unit = scaled(BY_NAME[why.objective])
    for row, cause in enumerate(causes):
        ends = [cause.low.mean * scale, cause.high.mean * scale]
        axes.plot(ends, [row, row], color="#999999", linewidth=5, zorder=1)
        _point(axes, cause.low, row - 0.13, scale, "o", LOW)
        _point(axes, cause.high, row + 0.13, scale, "s", HIGH)
    _handles(axes, (("lowest third of its range", "o", LOW), ("highest third", "s", HIGH)))
    axes.axvline(why.difference.mean * scale, color="black", linewidth=1, linestyle=":")
    axes.set_yticks(range(len(causes)), [_label(cause) for cause in causes], size=SMALL)
    label = f"{BY_NAME[why.objective].label}, {why.against} less {why.current} ({unit})"
    axes.set_xlabel(plain(wrapped(label, 56)), size=SMALL)
    axes.set_title("Which way it pulls", loc="left", size=TEXT, weight="bold", pad=24)
    _rows(axes, len(causes))
    _draw_sides(axes, why)


def _draw_sides(axes: Axes, why: Why) -> None:
    """Each side of no difference in the colour of the structure that is ahead there."""
    look = looks((why.current, why.against))
    low, high = axes.get_xlim()
    low, high = min(low, -0.04 * (high - low)), max(high, 0.04 * (high - low))
    for ends, name in (((low, 0.0), why.current), ((0.0, high), why.against)):
        axes.axvspan(*ends, color=look[name][0], alpha=_TINT, linewidth=0, zorder=0)
    axes.axvline(0, color="black", linewidth=1)
    axes.set_xlim(low, high)
    for x, name, ha in ((0.01, why.current, "left"), (0.99, why.against, "right")):
        room: dict[str, Any] = {"transform": axes.transAxes, "ha": ha, "va": "bottom", "size": SMALL}
        wide = min(1.0, max(0.0, -low / (high - low))) if ha == "left" else high / (high - low)
        if wide > _ROOM:
            axes.text(x, 0.005, plain(f"{name[:18]} ahead"), color="#222222", weight="bold", **room)


_ROOM = 0.24
"""Part of a panel in which the name of a side fits."""


def _draw_shares(axes: Axes, why: Why, causes: tuple[Cause, ...]) -> None:
    """First-order and total index of each factor, with intervals; no total where there are too few runs."""
    for row, cause in enumerate(causes):
        first, total = within(cause.first), total_of(cause)
        axes.barh(row, 100 * first.mean, height=0.5, color=_KNOWN, alpha=0.4, zorder=1)
        _point(axes, first, row - 0.13, 100, "o", _KNOWN)
        if total:
            _point(axes, total, row + 0.13, 100, "D", TOTAL)
    _handles(axes, (("by itself", "o", _KNOWN), ("with interplay", "D", TOTAL)))
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


def _label(cause: Cause) -> str:
    """What a factor is called, and the range over which it was varied."""
    factor = cause.factor
    name = fill(factor.label, _LABEL, max_lines=2, placeholder=" …")
    ends = f"{three_digits(factor.low)} to {three_digits(factor.high)}"
    mark = "● " if cause.is_driver else ""
    return plain(f"{mark}{name}\n{with_unit(ends, factor.unit, factor.label)}")


def _source(why: Why) -> str:
    shown = why.causes[:ROWS]
    driver = " ●\N{NO-BREAK SPACE}told from chance." if any(cause.is_driver for cause in shown) else ""
    untold = "" if all(map(total_of, shown)) else " No diamond: too few runs to say."
    return (
        f"{why.scenario}: {why.runs:,} paired runs, {len(why.causes)} things known or assumed vary at once. "
        f"Markers with 95% intervals.{driver}{untold} Dotted: mean of all."
    )
