"""A map over two properties: the mean difference as colour, uncertainty as hatching, and today's point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SMALL, TEXT, looks, plain, wrapped
from analysis.figures.panels import bare, scaled
from analysis.statistics.arrays import Floats
from analysis.tipping_points.drawn_axes import name_of_axis, scale_axis
from analysis.words.numbers import MINUS
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.tipping_points.result import Tip

_RUNS, _UNCERTAIN = "#333333", "#555555"
_SHADES, _LINES = 16, 7
"""Shades of colour from end to end, and lines of equal difference about as many."""

_HATCH, _NOUGHT = "///", 1e-9

_NAME = 20
"""Characters of a structure's name that fit along the colour bar."""


def draw_map(axes: Axes, tip: Tip) -> None:
    """The fitted surface everywhere, in the colour of who is ahead; hatched where neither surely is."""
    import numpy as np

    scale, unit = scaled(BY_NAME[tip.objective])
    x, y = (a.value(np.linspace(-1, 1, n)) for a, n in zip(tip.axes, tip.shape, strict=True))
    mean, sd = tip.surface.mean.reshape(tip.shape).T, tip.surface.sd.reshape(tip.shape).T
    shades = _shade(axes, x, y, scale * mean, tip)
    _draw_uncertain(axes, x, y, abs(mean) / sd, tip.finding.reach)
    _draw_lines(axes, x, y, scale * mean)
    handles = [_key_of_uncertain(), _draw_runs(axes, tip), *_draw_today(axes, tip)]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=4, frameon=False, fontsize=SMALL
    )
    _draw_bar(axes, tip, shades, f"{unit} a year" if unit == "k€" else unit)
    bare(axes, "both")
    axes.grid(False)
    for axis, which in zip(tip.axes, "xy", strict=True):
        scale_axis(axes, axis, which)
    axes.set_xlabel(plain(name_of_axis(tip.axes[0])), size=TEXT)
    axes.set_ylabel(plain(name_of_axis(tip.axes[1])), size=TEXT)


def _shade(axes: Axes, x: Floats, y: Floats, mean: Floats, tip: Tip) -> Any:
    """The surface from one structure's colour over white to the other's, as dark on either side."""
    import numpy as np
    from matplotlib.colors import LinearSegmentedColormap

    look = looks((tip.current, tip.other))
    colours = [look[tip.current][0], "#FFFFFF", look[tip.other][0]]
    most = float(np.abs(mean).max()) or 1.0
    levels = np.linspace(-most, most, _SHADES + 1)
    cmap = LinearSegmentedColormap.from_list("sides", colours)
    return axes.contourf(x, y, mean, levels, cmap=cmap, vmin=-most, vmax=most)


def _draw_uncertain(axes: Axes, x: Floats, y: Floats, sure: Floats, reach: float) -> None:
    """Hatching where neither is surely ahead."""
    if float(sure.min()) >= reach:
        return
    drawn = axes.contourf(x, y, sure, [-1.0, reach], colors="none", hatches=[_HATCH])
    drawn.set(edgecolor=_UNCERTAIN, linewidth=0)


def _draw_lines(axes: Axes, x: Floats, y: Floats, mean: Floats) -> None:
    """Lines of equal difference, with their numbers; a thick one where there is none."""
    from matplotlib.ticker import MaxNLocator

    ends = float(mean.min()), float(mean.max())
    levels = [v for v in MaxNLocator(_LINES).tick_values(*ends) if ends[0] < v < ends[1] and v]
    if levels:
        lines = axes.contour(x, y, mean, levels, colors="black", linewidths=0.8, linestyles="-")
        axes.clabel(lines, fmt=_signed, fontsize=SMALL, inline_spacing=3)
    if ends[0] < 0 < ends[1]:
        axes.contour(x, y, mean, [0], colors="black", linewidths=2.8)


def _signed(value: float) -> str:
    return f"{MINUS if value < 0 else '+'}{abs(value):,.4g}"


def _tick(value: float, _: object) -> str:
    return _signed(value) if abs(value) > _NOUGHT else "0"


def _key_of_uncertain() -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor="white", edgecolor=_UNCERTAIN, hatch=_HATCH, label="neither is surely ahead (95%)")


def _draw_runs(axes: Axes, tip: Tip) -> Any:
    """The points that a map rests on, larger where more futures were lived through; returns their key."""
    import numpy as np
    from matplotlib.lines import Line2D

    x, y = (tip.points[axis.key] for axis in tip.axes)
    sizes = 10 * np.sqrt(tip.points["futures"] / tip.points["futures"].min())
    axes.scatter(x, y, s=sizes, color=_RUNS, linewidths=0, alpha=0.6, clip_on=False, zorder=3)
    return Line2D([], [], color=_RUNS, marker="o", markersize=4, linewidth=0, label="runs; larger: more")


def _draw_today(axes: Axes, tip: Tip) -> list[Any]:
    """Where the scenario is, if it is on the map; returns its key."""
    x, y = (axis.today_within for axis in tip.axes)
    if x is None or y is None:
        return []
    star: dict[str, Any] = {"marker": "*", "color": "white", "markeredgecolor": "black", "linewidth": 0}
    return axes.plot(x, y, markersize=19, zorder=4, clip_on=False, label="today", **star)


def _draw_bar(axes: Axes, tip: Tip, shades: Any, unit: str) -> None:
    """The colour bar: what the colours are, and whose side each end is."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    figure, (low, high) = axes.figure, shades.get_clim()
    ticks = [value for value in MaxNLocator(_LINES).tick_values(low, high) if low <= value <= high]
    bar = figure.colorbar(shades, ax=axes, pad=0.02, fraction=0.06, ticks=ticks, format=FuncFormatter(_tick))
    bar.ax.tick_params(labelsize=SMALL)
    below, above = (n if len(n) <= _NAME else f"{n[: _NAME - 1]}…" for n in (tip.current, tip.other))
    sides = f"← {below} ahead        {above} ahead →"
    label = f"{BY_NAME[tip.objective].label}, {above} less {below} ({unit})"
    bar.set_label(plain(f"{sides}\n{wrapped(label, 60)}"), size=TEXT)
