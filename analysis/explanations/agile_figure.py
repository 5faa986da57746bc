"""The figure of agile − merged: a panel for each curve, a line for each volatility."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from analysis.explanations.agile_curves import Line
from analysis.explanations.agile_words import world
from analysis.figures.looks import LOOKS, SMALL, TEXT, blank, plain, save
from analysis.figures.panels import bare, half_width
from sim.scenario import Scenario
from sim.vocabulary import NET_VALUE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = 3
COLOUR, MARKER = LOOKS["agile"]
_STYLES: tuple[dict[str, Any], ...] = (
    {"linestyle": "-", "markerfacecolor": COLOUR},
    {"linestyle": "--", "markerfacecolor": "white"},
)
_TITLE = "What agile − merged hangs on: ceremonies, reports, who ranks, when clients pay"


def draw(lines: Sequence[Line], scenario: Scenario, path: Path) -> None:
    """Write the figure as PNG. The same lines give the same bytes."""
    panels = [list(own) for _, own in groupby(lines, key=lambda line: line.curve)]
    figure = blank(_TITLE, source(lines, scenario))
    axes = figure.subplots(-(-len(panels) // COLUMNS), COLUMNS, squeeze=False).ravel()
    for one, own in zip(axes, panels, strict=True):
        panel(one, own)
    alike([axes[k] for k, own in enumerate(panels) if own[0].curve.measure == NET_VALUE])
    axes[0].legend(fontsize=SMALL, frameon=False)
    with TemporaryDirectory() as folder:
        shutil.copy(save(figure, Path(folder), path.stem)[0], path)


def source(lines: Sequence[Line], scenario: Scenario) -> str:
    """Where the figure comes from."""
    fewest = min(point.futures for line in lines for point in line.points)
    return (
        f"{scenario.name}: {fewest:,} futures a point, steps of {scenario.step_hours:g} h; agile less merged "
        "in the same future, bars are 95% intervals, for luck alone. Above zero agile is ahead."
    )


def panel(axes: Axes, lines: Sequence[Line]) -> None:
    """One curve in each world, a little apart, with a line at no difference."""
    curve = lines[0].curve
    for k, (line, style) in enumerate(zip(lines, _STYLES, strict=True)):
        where = [n + 0.06 * (2 * k - 1) for n in range(len(line.points))]
        means = [1e-3 * point.mean for point in line.points]
        margins = [half_width(point, 1e-3) for point in line.points]
        axes.errorbar(where, means, yerr=margins, color=COLOUR, marker=MARKER, ecolor="black", capsize=3,
                      markeredgecolor="black", elinewidth=1.2, label=world(line), **style)  # fmt: skip
    axes.axhline(0, color="black", linewidth=1)
    axes.set_xticks(range(len(curve.points)), [plain(point.label) for point in curve.points])
    axes.set_xlim(-0.5, len(curve.points) - 0.5)
    bare(axes, "y")
    axes.set_title(curve.title, loc="left", size=TEXT, weight="bold")
    axes.set_xlabel(curve.axis, size=SMALL)
    axes.set_ylabel("k€, once" if curve.once else "k€ a year", size=SMALL)


def alike(axes: Sequence[Axes]) -> None:
    """One scale for all panels of one measure."""
    low, high = (pick(one.get_ylim()[k] for one in axes) for k, pick in ((0, min), (1, max)))
    for one in axes:
        one.set_ylim(low, high)
