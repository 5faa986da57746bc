"""Figures of where the answer flips: a curve over one property, a map over two."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SMALL, TEXT, blank, looks, plain, wrapped
from analysis.tip_surface import POINTWISE
from analysis.tip_words import LIMITS, headline
from analysis.words import three_digits
from sim.outcomes import BY_NAME

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.tip import Tip
    from analysis.tip_axes import Axis

    Floats = np.ndarray[Any, Any]

GREY = "#8C8C8C"
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

    axis, scale = tip.axes[0], _scale(tip)
    values = axis.value(np.linspace(-1, 1, tip.shape[0]))
    mean, sd = tip.surface.mean * scale, tip.surface.sd * scale
    colour = looks((tip.current, tip.other))[tip.other][0]
    whole, each = tip.finding.reach * sd, POINTWISE * sd
    axes.fill_between(
        values,
        mean - whole,
        mean + whole,
        color=colour,
        alpha=0.15,
        linewidth=0,
        label="95% for all values at once",
    )
    axes.fill_between(
        values, mean - each, mean + each, color=colour, alpha=0.3, linewidth=0, label="95% at each value"
    )
    axes.plot(values, mean, color=colour, linewidth=2.2, label="mean difference")
    points = tip.points
    axes.errorbar(
        points[axis.key],
        points["mean"] * scale,
        yerr=POINTWISE * points["error"] * scale,
        fmt="o",
        color="#333333",
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
    _tidy(axes)
    _today(axes, axis)
    unit = "k€ a year" if BY_NAME[tip.objective].unit == "€" else BY_NAME[tip.objective].unit
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
    _tidy(axes)
    _scale_axis(axes, axis, "x")
    axes.set_xlabel(plain(_name(axis)), size=TEXT)


def _draw_map(axes: Axes, tip: Tip) -> None:
    """Who is surely ahead where, the line between them, and the points that it rests on."""
    import numpy as np
    from matplotlib.colors import to_rgba
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    across, up = tip.axes
    x, y = (a.value(np.linspace(-1, 1, n)) for a, n in zip(tip.axes, tip.shape, strict=True))
    mean, sd = tip.surface.mean.reshape(tip.shape).T, tip.surface.sd.reshape(tip.shape).T
    look = looks((tip.current, tip.other))
    colours = {name: to_rgba(look[name][0], 0.55) for name in (tip.current, tip.other)}
    far = tip.finding.reach
    axes.contourf(
        x,
        y,
        mean / sd,
        [-np.inf, -far, far, np.inf],
        colors=[colours[tip.current], "#E4E4E4", colours[tip.other]],
    )
    if mean.min() < 0 < mean.max():
        axes.contour(x, y, mean / sd, [-POINTWISE, POINTWISE], colors="black", linewidths=1, linestyles="--")
        axes.contour(x, y, mean, [0], colors="black", linewidths=2.5)
    sizes = 14 * np.sqrt(tip.points["futures"] / tip.points["futures"].min())
    axes.scatter(
        tip.points[across.key],
        tip.points[up.key],
        s=sizes,
        color="#333333",
        linewidths=0,
        alpha=0.75,
        clip_on=False,
        zorder=3,
    )
    handles: list[Any] = [
        Patch(color=colours[tip.other], label=plain(fill(f"{tip.other} is surely ahead", 32))),
        Patch(color=colours[tip.current], label=plain(fill(f"{tip.current} is surely ahead", 32))),
        Patch(color="#E4E4E4", label="open"),
        Line2D([], [], color="black", linewidth=2.5, label="no difference, as estimated"),
        Line2D([], [], color="black", linewidth=1, linestyle="--", label="its 95% interval"),
        Line2D([], [], color="#333333", marker="o", markersize=5, linewidth=0, label="runs; larger: more"),
    ]
    if across.today is not None and up.today is not None:
        axes.plot(
            across.today, up.today, "*", color="white", markeredgecolor="black", markersize=17, zorder=4
        )
        handles.append(
            Line2D(
                [],
                [],
                marker="*",
                color="white",
                markeredgecolor="black",
                markersize=15,
                linewidth=0,
                label="the scenario",
            )
        )
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=TEXT)
    _tidy(axes)
    axes.grid(False)
    for axis, which in ((across, "x"), (up, "y")):
        _scale_axis(axes, axis, which)
    axes.set_xlabel(plain(_name(across)), size=TEXT)
    axes.set_ylabel(plain(_name(up)), size=TEXT)


def _today(axes: Axes, axis: Axis) -> None:
    """Where the scenario is."""
    if axis.today is None or not axis.low <= axis.today <= axis.high:
        return
    axes.axvline(axis.today, color="#555555", linewidth=1, linestyle=":")
    axes.annotate(
        "the scenario",
        (axis.today, 1),
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
    label = f"{axis.label[:1].upper()}{axis.label[1:]}"
    said = axis.unit and not set(axis.unit.split()) <= set(axis.label.split())
    return wrapped(f"{label} ({axis.unit})" if said else label, 48)


def _scale(tip: Tip) -> float:
    return 1e-3 if BY_NAME[tip.objective].unit == "€" else 1.0


def _tidy(axes: Axes) -> None:
    axes.grid(color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
