"""The chart of the atlas: each drawn organisation as a point, where each change pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.atlas.result import Atlas, Region
from analysis.atlas.traits import BY_TRAIT, IN_PERCENT
from analysis.atlas.words import PLURAL, briefly
from analysis.figures.looks import SMALL, blank, plain, wrapped
from analysis.words.numbers import capital, listed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 0.10
"""Share of what the people cost at which a colour is full."""

LONGEST_LINE = 44

WORDS = ("pays", "costs")
"""What is surely said of a change, as a title has it."""


def atlas_figure(atlas: Atlas, points: Mapping[str, Sequence[float]]) -> Figure:
    """A panel for each change, over the two traits that its rules ask for first."""
    figure = blank(_title(atlas), _below(atlas))
    panels = figure.subplots(1, len(atlas.regions))
    drawn: Any = None
    for axes, region in zip(panels, atlas.regions, strict=True):
        drawn = _panel(axes, region, points)
    bar = figure.colorbar(drawn, ax=panels, shrink=0.8, format=lambda share, _: f"{100 * share:+.0f}%")
    bar.set_label("gain, in what the people cost", size=SMALL)
    bar.ax.tick_params(labelsize=SMALL)
    return figure


def _panel(axes: Any, region: Region, points: Mapping[str, Sequence[float]]) -> Any:
    across, up = _two_traits(region)
    gains = np.clip(points[region.name], -MOST, MOST)
    drawn = axes.scatter(
        points[across],
        points[up],
        c=gains,
        cmap="PuOr",
        vmin=-MOST,
        vmax=MOST,
        s=26,
        edgecolors="#666666",
        lw=0.3,
    )
    for rule in region.rules:
        for condition in rule.conditions:
            if condition.trait == across:
                axes.axvline(condition.border, color="#444444", lw=0.8, ls=":")
            if condition.trait == up:
                axes.axhline(condition.border, color="#444444", lw=0.8, ls=":")
    for axis, name in ((axes.xaxis, across), (axes.yaxis, up)):
        axis.set_label_text(BY_TRAIT[name], size=SMALL)
        if name in IN_PERCENT:
            axis.set_major_formatter(lambda share, _: f"{100 * share:.0f}%")
    axes.tick_params(labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(
        plain(wrapped(f"{capital(region.pays)}: {briefly(region)}", LONGEST_LINE)), size=SMALL, loc="left"
    )
    return drawn


def _two_traits(region: Region) -> tuple[str, str]:
    """The traits that most rules ask for; the first of all where they ask for fewer."""
    asked = [each.trait for rule in region.rules for each in rule.conditions]
    order = sorted(dict.fromkeys(asked), key=lambda name: -asked.count(name))
    first, second, *_ = [*order, *(name for name in BY_TRAIT if name not in order)]
    return first, second


def _title(atlas: Atlas) -> str:
    """Which changes surely pay or cost for somebody: `Splitting the roles pays and sprints cost for …`."""
    said = [
        f"{region.pays} {word.removesuffix('s') if region.name in PLURAL else word}"
        for word in WORDS
        for region in atlas.regions
        if any(rule.told == word for rule in region.rules)
    ]
    if not said:
        return "No change surely pays, or costs, for any kind of organisation"
    return f"{capital(listed(said))} for some kinds of organisation"


def _below(atlas: Atlas) -> str:
    return (
        f"{atlas.organisations:,} drawn organisations ({atlas.left_out:,} collapse and are left out), "
        "assumptions drawn with them; a point is the mean of four futures of one. Rules are grown on a "
        "third, sized on a third, tried on a third."
    )
