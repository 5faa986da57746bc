"""Figures of where the answer flips: a curve over one property, a map over two."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SMALL, TEXT, blank, looks, plain, wrapped
from analysis.figures.panels import bare, scaled
from analysis.statistics.surface import POINTWISE
from analysis.tipping_points.words import LIMITS, headline
from analysis.words.numbers import capital, three_digits
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.tipping_points.axes import Axis
    from analysis.tipping_points.result import Tip

    Floats = np.ndarray[Any, Any]

GREY, _OPEN, _RUNS = "#8C8C8C", "#E4E4E4", "#333333"
MARGIN = 0.02
"""Of a place, beyond the ends of an axis, so that what is drawn there is whole."""


def tip_figure(tip: Tip) -> Figure:
    """The curve or the map of a search, with its finding as title."""
    source = f"{tip.scenario}: {tip.futures:,} simulated futures at {len(tip.points):,} points. {LIMITS}"
    figure = blank(headline(tip), source)
    if len(tip.axes) == 1:
        curve, runs = figure.subplots(2, 1, sharex=True, height_ratios=(5, 1))
        _draw_curve(curve, tip)
        _draw_effort(runs, tip)
    else:
        _draw_map(figure.subplots(), tip)
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
    _scale_axis(axes, axis, "x")
    axes.set_xlabel(plain(_name(axis)), size=TEXT)


def _draw_map(axes: Axes, tip: Tip) -> None:
    """Who is surely ahead where, the line between them, and the points that it rests on."""
    from matplotlib.colors import to_rgba

    look = looks((tip.current, tip.other))
    colours = {name: to_rgba(look[name][0], 0.55) for name in (tip.current, tip.other)}
    handles = [*_draw_sides(axes, tip, colours), _draw_runs(axes, tip)]
    across, up = tip.axes
    x, y = _today_of(across), _today_of(up)
    if x is not None and y is not None:
        star: dict[str, Any] = {"marker": "*", "color": "white", "markeredgecolor": "black", "linewidth": 0}
        handles += axes.plot(x, y, markersize=17, zorder=4, label="the scenario", **star)
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=TEXT)
    bare(axes, "both")
    axes.grid(False)
    for axis, which in ((across, "x"), (up, "y")):
        _scale_axis(axes, axis, which)
    axes.set_xlabel(plain(_name(across)), size=TEXT)
    axes.set_ylabel(plain(_name(up)), size=TEXT)


def _draw_sides(axes: Axes, tip: Tip, colours: Mapping[str, Any]) -> list[Any]:
    """The parts of the map in the colour of who is surely ahead there, and the line; returns their keys."""
    import numpy as np
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    x, y = (a.value(np.linspace(-1, 1, n)) for a, n in zip(tip.axes, tip.shape, strict=True))
    mean, sd = tip.surface.mean.reshape(tip.shape).T, tip.surface.sd.reshape(tip.shape).T
    far = tip.finding.reach
    shades = [colours[tip.current], _OPEN, colours[tip.other]]
    axes.contourf(x, y, mean / sd, [-np.inf, -far, far, np.inf], colors=shades)
    if mean.min() < 0 < mean.max():
        axes.contour(x, y, mean / sd, [-POINTWISE, POINTWISE], colors="black", linewidths=1, linestyles="--")
        axes.contour(x, y, mean, [0], colors="black", linewidths=2.5)
    ahead = {name: plain(fill(f"{name} is surely ahead", 32)) for name in (tip.other, tip.current)}
    return [
        *(Patch(color=colours[name], label=label) for name, label in ahead.items()),
        Patch(color=_OPEN, label="open"),
        Line2D([], [], color="black", linewidth=2.5, label="no difference, as estimated"),
        Line2D([], [], color="black", linewidth=1, linestyle="--", label="its 95% interval"),
    ]


def _draw_runs(axes: Axes, tip: Tip) -> Any:
    """The points that a map rests on, larger where more futures were lived through; returns their key."""
    import numpy as np
    from matplotlib.lines import Line2D

    x, y = (tip.points[axis.key] for axis in tip.axes)
    sizes = 14 * np.sqrt(tip.points["futures"] / tip.points["futures"].min())
    axes.scatter(x, y, s=sizes, color=_RUNS, linewidths=0, alpha=0.75, clip_on=False, zorder=3)
    return Line2D([], [], color=_RUNS, marker="o", markersize=5, linewidth=0, label="runs; larger: more")


def _today_of(axis: Axis) -> float | None:
    """Where the scenario is on an axis; None where it is nowhere, or out of its range."""
    return axis.today if axis.today is not None and axis.low <= axis.today <= axis.high else None


def _today(axes: Axes, axis: Axis) -> None:
    """Where the scenario is."""
    today = _today_of(axis)
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


def _scale_axis(axes: Axes, axis: Axis, which: str) -> None:
    """The ends and the ticks of an axis, in values that a reader can use."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

    drawn = getattr(axes, f"{which}axis")
    if axis.logarithmic:
        getattr(axes, f"set_{which}scale")("log")
        ticks = [m * 10.0**e for e in range(-9, 10) for m in (1, 2, 5)]
        low, high = axis.value(-0.93), axis.value(0.93)  # where a tick has room beside that of an end
        drawn.set_major_locator(FixedLocator([axis.low, *(t for t in ticks if low < t < high), axis.high]))
        drawn.set_minor_locator(NullLocator())
    else:
        drawn.set_major_locator(MaxNLocator(integer=axis.whole))
    drawn.set_major_formatter(FuncFormatter(lambda value, _: three_digits(value)))
    getattr(axes, f"set_{which}lim")(axis.value(-1 - MARGIN), axis.value(1 + MARGIN))


def _name(axis: Axis) -> str:
    label = capital(axis.label)
    said = axis.unit and not set(axis.unit.split()) <= set(axis.label.split())
    return wrapped(f"{label} ({axis.unit})" if said else label, 48)
