"""The parts that figures of one run are made of: pages, bars, axes, legends.

A state has the same colour and the same hatch in each figure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SIZE_INCHES, SMALL, TEXT, blank, plain
from analysis.figures.panels import bare
from analysis.words.numbers import capital, number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    from analysis.story.result import Trace

# Okabe & Ito's colours, and a hatch that tells the same in grey.
STATES: dict[str, tuple[str, str, str]] = {
    "outside": ("before day 0", "#BBBBBB", ""),
    "work": ("work", "#0072B2", ""),
    "extra work": ("rework, changes, risks", "#E69F00", "//"),
    "decisions": ("waiting for a decision", "#D55E00", "xx"),
    "hand-overs": ("waiting for a hand-over", "#CC79A7", "\\\\"),
    "people": ("waiting for people", "#56B4E9", ".."),
}
"""For each group of causes and state of a task: its name in a figure, its colour and its hatch."""

ROW, FEW_ROWS = 0.8, 6  # height of a bar; room for so many rows at least
ROW_INCHES = 0.7  # of a slide that so many rows fill
REST = ("all other causes", "#DDDDDD", "")
LEGEND_LINE = 7  # entries of a legend that fit beside each other
DIAMOND: dict[str, Any] = {
    "marker": "D",
    "color": "white",
    "markeredgecolor": "black",
    "markersize": 5.5,
    "linestyle": "",
}
BREAKS: dict[str, Any] = {"edgecolor": "white", "linewidth": 0}  # the colour of hatches


def page(title: str, source: str) -> tuple[Figure, Axes]:
    """A slide with one panel: see `pages`."""
    figure, grid = pages(title, source, 1)
    return figure, grid[0]


def pages(title: str, source: str, panels: int) -> tuple[Figure, list[Axes]]:
    """A slide with a title, a line about where it comes from, and so many panels."""
    figure = blank(capital(title), source)
    columns = 1 if panels <= 1 else 2 if panels <= 4 else 3
    rows = max(1, -(-panels // columns))
    grid: Any = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
    every = list(grid.flat)
    for axes in every[max(1, panels) :]:
        axes.set_axis_off()
    return figure, every


def lower(figure: Figure, rows: int) -> None:
    """Make a slide whose panel has few rows as low as they are: no paper is left empty, no row is thick."""
    width, height = SIZE_INCHES
    figure.set_size_inches(width, height - max(0, FEW_ROWS - rows) * ROW_INCHES)


def source(trace: Trace, shown: int, of: int, what: str) -> str:
    """What run this is, and what the figure leaves out."""
    said = f"{trace.scenario.name}, {trace.run} (seed {trace.scenario.seed}): one run, one future of many."
    left_out = f"Shown: {shown:,} of {of:,} {what}." if shown < of else ""
    return " ".join(filter(None, [said, left_out, trace.naming if what == "managers" else ""]))


def bars(axes: Axes, place: int, rows: pd.DataFrame, column: str) -> None:
    """Bars of one row: `rows` have since, until and, in a column, the state."""
    for state, own in rows.groupby(column):
        spans = list(zip(own["since"], own["until"] - own["since"], strict=True))
        _, colour, hatch = STATES[str(state)]
        axes.broken_barh(spans, (place - ROW / 2, ROW), facecolor=colour, hatch=hatch, **BREAKS)


def bar(axes: Axes, place: float, left: float, width: float, state: str) -> None:
    """One bar, in the look of a state."""
    _, colour, hatch = STATES.get(state, REST)
    axes.barh(place, width, ROW, left, color=colour, hatch=hatch, **BREAKS)


def marks(axes: Axes, place: int, row: pd.Series, horizon: int) -> None:
    """Deadline (a bar) and delivery (a diamond) of a project."""
    if 0 <= row["deadline"] <= horizon:
        axes.plot(2 * [row["deadline"]], [place - 0.46, place + 0.46], color="black", linewidth=2.5, zorder=4)
    if row["delivered"] >= 0:  # NaN is not
        axes.plot(row["delivered"], place, zorder=5, **DIAMOND)


def waterfall(axes: Axes, steps: Sequence[tuple[str, str, float]]) -> float:
    """Bars that begin where the one before ended, and one for the sum; returns the sum."""
    at, far = 0.0, 1.0
    for place, (_, group, value) in enumerate(steps):
        bar(axes, place, min(at, at + value), abs(value), group)
        axes.plot([at + value] * 2, [place, place + 1], color="#888888", linewidth=0.8, zorder=1)
        at += value
        far = max(far, at)
        said = number(value, 1, signed=True)
        text = axes.text(max(at, at - value), place, f" {said}", size=SMALL, va="center", zorder=5)
        text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.8})
    axes.barh(len(steps), at, ROW, color="#444444")
    axes.set_xlim(0, 1.08 * far)
    return at


def time_axis(axes: Axes, labels: Sequence[str], horizon: int | None) -> None:
    """An axis of working days, and a label for each row of bars."""
    row_axis(axes, labels)
    if horizon is not None:
        axes.set_xlim(0, horizon)
    days_axis(axes, "Working day")


def row_axis(axes: Axes, labels: Sequence[str]) -> None:
    """A label for each row of bars, from the top down; few rows make no thick bars but a low slide."""
    axes.set_yticks(range(len(labels)), labels, size=SMALL if len(labels) > 16 else TEXT)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    figure: Any = axes.figure  # of pages, which have no figures within
    lower(figure, len(labels))


def days_axis(axes: Axes, label: str) -> None:
    """An axis of days, and nothing that is not needed."""
    axes.set_xlabel(label, size=TEXT)
    labels = [text.get_fontsize() for text in axes.get_yticklabels()]
    bare(axes, "x")
    axes.tick_params(axis="y", length=0, labelsize=labels[0] if labels else TEXT)
    axes.spines["left"].set_visible(False)


def line(label: str, **style: Any) -> Line2D:
    """A mark for a legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], **{"color": "black", **style}, label=label)


def legend(axes: Axes, states: Collection[str], marks: Sequence[Line2D] = ()) -> None:
    """What colours, hatches and marks mean, in a line above the panel."""
    from matplotlib.patches import Patch
    from matplotlib.transforms import blended_transform_factory

    looks = [look for state, look in STATES.items() if state in states]
    patches = [Patch(facecolor=colour, hatch=hatch, label=name, **BREAKS) for name, colour, hatch in looks]
    handles = [*patches, *marks]
    lines = 1 if len(handles) <= LEGEND_LINE else 2
    axes.set_title("\n".join(lines * " "), size=1.15 * SMALL)  # keeps the room, whatever labels there are
    drawn = axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.008, 1.0),
        bbox_transform=blended_transform_factory(axes.figure.transFigure, axes.transAxes),
        ncols=-(-len(handles) // lines),
        fontsize=SMALL,
        frameon=False,
        borderaxespad=0.2,
        columnspacing=1.2,
        handletextpad=0.5,
    )
    drawn.set_in_layout(False)


def task_label(row: pd.Series, binding: bool) -> str:
    """A task with its team; the mark says that it bound its project."""
    name = str(row["task"])
    own = name.removeprefix('task "').removesuffix('"') if name.endswith('"') else name
    return clipped(f"{'▸ ' if binding else ''}{own} ({row['team']})", 44)


def clipped(text: str, most: int = 34) -> str:
    """A name that leaves room for bars."""
    return plain(text if len(text) <= most else f"{text[: most - 1]}…")
