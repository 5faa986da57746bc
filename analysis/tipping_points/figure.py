"""Figures of where the answer flips: a curve over one property, a map over two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.figures.looks import SMALL, TEXT, blank, looks, plain, wrapped
from analysis.figures.panels import bare, scaled
from analysis.statistics.arrays import Floats
from analysis.statistics.surface import POINTWISE
from analysis.tipping_points.drawn_axes import name_of_axis, scale_axis
from analysis.tipping_points.surface_map import draw_map
from analysis.tipping_points.words import TIP_LIMITS, headline
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.tipping_points.axes import Axis
    from analysis.tipping_points.result import Tip

GREY, _RUNS = "#8C8C8C", "#333333"


def tip_figure(tip: Tip) -> Figure:
    """The curve or the map of a search, with its finding as title."""
    source = f"{tip.scenario}: {tip.futures:,} simulated futures at {len(tip.points):,} points. {TIP_LIMITS}"
    figure = blank(headline(tip), source)
    if len(tip.axes) == 1:
        curve, runs = figure.subplots(2, 1, sharex=True, height_ratios=(5, 1))
        _draw_curve(curve, tip)
        _draw_effort(runs, tip)
    else:
        draw_map(figure.subplots(), tip)
    return figure


def _draw_curve(axes: Axes, tip: Tip) -> None:
    """The mean difference with its band, the points that it rests on, and the crossings."""
    import numpy as np

    axis, scale = tip.axes[0], scaled(BY_NAME[tip.objective])[0]
    values = axis.value(np.linspace(-1, 1, tip.shape[0]))
    mean, sd = tip.surface.mean * scale, tip.surface.sd * scale
    colour = looks((tip.current, tip.other))[tip.other][0]
    whole, each = tip.finding.reach * sd, POINTWISE * sd
    for far, alpha, label in ((whole, 0.15, "95% for all values at once"), (each, 0.3, "95% at each value")):
        axes.fill_between(values, mean - far, mean + far, color=colour, alpha=alpha, linewidth=0, label=label)
    axes.plot(values, mean, color=colour, linewidth=2.2, label="mean difference")
    points = tip.points
    axes.errorbar(
        points[axis.key],
        points["mean"] * scale,
        yerr=POINTWISE * points["error"] * scale,
        fmt="o",
        color=_RUNS,
        ecolor="#9A9A9A",
        markersize=4,
        elinewidth=1,
        label="runs: mean, 95% interval",
    )
    axes.axhline(0, color="black", linewidth=1)
    _reach(axes, mean, whole)
    for k, crossing in enumerate(tip.finding.lines[0].crossings):
        names = ("it flips", "its 95% interval") if k == 0 else (None, None)
        axes.axvline(crossing.at, color="black", linewidth=1.2, linestyle="--", label=names[0])
        axes.axvspan(crossing.low, crossing.high, color=GREY, alpha=0.25, linewidth=0, label=names[1])
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=TEXT)
    _side_labels(axes, tip)
    bare(axes, "both")
    _today(axes, axis)
    unit = scaled(BY_NAME[tip.objective])[1].replace("k€", "k€ a year")
    label = f"{BY_NAME[tip.objective].label}, {tip.other} less {tip.current} ({unit})"
    axes.set_ylabel(plain(wrapped(label, 46)), size=TEXT)


def _reach(axes: Axes, mean: Floats, whole: Floats) -> None:
    """Limits that show the band; a point of few futures may lie far outside."""
    low, high = min(0.0, float((mean - whole).min())), max(0.0, float((mean + whole).max()))
    margin = 0.35 * (high - low) or 1.0
    axes.set_ylim(low - margin, high + margin)


def _side_labels(axes: Axes, tip: Tip) -> None:
    """Who is ahead above and below the line of no difference, in the corners, where nothing else is."""
    box = {"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 2}
    for y, name, va in ((0.97, tip.other, "top"), (0.03, tip.current, "bottom")):
        look = looks((tip.current, tip.other))[name][0]
        axes.text(
            0.01,
            y,
            plain(f"{name} is ahead {'▲' if va == 'top' else '▼'}"),
            transform=axes.transAxes,
            va=va,
            size=TEXT,
            weight="bold",
            color=look,
            bbox=box,
        )


def _draw_effort(axes: Axes, tip: Tip) -> None:
    """How many futures were spent where."""
    axis = tip.axes[0]
    axes.vlines(tip.points[axis.key], 0, tip.points["futures"], color="#555555", linewidth=4)
    axes.set_ylim(0, None)
    axes.locator_params(axis="y", nbins=3)
    axes.set_ylabel("futures\nspent", size=TEXT)
    bare(axes, "both")
    scale_axis(axes, axis, "x")
    axes.set_xlabel(plain(name_of_axis(axis)), size=TEXT)


def _today(axes: Axes, axis: Axis) -> None:
    """Where the scenario is."""
    today = axis.today_within
    if today is None:
        return
    axes.axvline(today, color="#555555", linewidth=1, linestyle=":")
    axes.annotate(
        "the scenario",
        (today, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        size=SMALL,
        color="#444444",
    )
