"""Figures of one run: what held projects up, a project's tasks, its causes, in-trays, managers' hours.

A state has the same colour and the same hatch in each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

from analysis.figures import LINE, SIZE_INCHES, SMALL, TEXT, TITLE, plain
from analysis.trace_story import headline, main_causes, verdict_of
from analysis.words import number
from sim.recording.causes import CAUSES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.trace import Trace

# Okabe & Ito's colours, and a hatch that tells the same in grey.
STATES: dict[str, tuple[str, str, str]] = {
    "work": ("work", "#0072B2", ""),
    "extra work": ("rework, changes, risks", "#E69F00", "//"),
    "decisions": ("waiting for a decision", "#D55E00", "xx"),
    "hand-overs": ("waiting for a hand-over", "#CC79A7", "\\\\"),
    "people": ("waiting for people", "#56B4E9", ".."),
    "outside": ("before day 0", "#BBBBBB", ""),
}
"""For each group of causes and state of a task: its name in a figure, its colour and its hatch."""

MOST_PROJECTS, MOST_TASKS, MOST_CAUSES, MOST_MANAGERS = 28, 34, 13, 9
"""Rows that a figure has room for; it says what it leaves out."""

ROW = 0.8  # height of a bar


def portfolio_figure(trace: Trace) -> Figure:
    """What bound each project on each day, with deadline and delivery: the projects that were most late."""
    shown = sorted(trace.worst[:MOST_PROJECTS])
    figure, axes = _page(_portfolio_title(trace), _source(trace, len(shown), len(trace.projects), "projects"))
    for place, project in enumerate(shown):
        row = trace.row_of(project)
        own = trace.bound[trace.bound["project"] == project]
        _bars(axes, place, own, "group")
        _marks(axes, place, row, trace.scenario.horizon_days)
    labels = [_clipped(str(trace.row_of(p)["name"])) for p in shown]
    _time_axis(axes, labels, trace.scenario.horizon_days)
    _legend(axes, [s for s in STATES if s in set(trace.bound["group"])], marks=True)
    return figure


def project_figure(trace: Trace, project: int) -> Figure:
    """The tasks of a project from day to day; those that bound it are marked."""
    tasks = trace.tasks(project)
    binding = set(trace.bound[trace.bound["project"] == project]["row"])
    begins = tasks.groupby("row")["since"].min()
    lasted = tasks["until"].sub(tasks["since"]).groupby(tasks["row"]).sum()
    order = sorted(begins.index, key=lambda t: (t not in binding, -lasted[t]))[:MOST_TASKS]
    order.sort(key=lambda t: (begins[t], t))
    row = trace.row_of(project)
    title = f"{row['name']} of {row['client']}: {verdict_of(trace, project)}"
    figure, axes = _page(title, _source(trace, len(order), len(begins), "tasks that were open"))
    for place, task in enumerate(order):
        own = tasks[tasks["row"] == task]
        _bars(axes, place, own, "state")
    labels = [_task_label(tasks[tasks["row"] == t].iloc[0], t in binding) for t in order]
    _time_axis(axes, labels, None)
    for day, name in ((row["deadline"], "deadline"), (row["delivered"], "delivered")):
        if day == day and day >= 0:
            _day_line(axes, float(day), name)
    _legend(axes, [s for s in STATES if s in set(tasks["state"])], marks=False)
    return figure


def causes_figure(trace: Trace, project: int) -> Figure:
    """A project's days, cause by cause, up to what it took; and what the plan allowed."""
    row = trace.row_of(project)
    causes = trace.causes_of(project)
    large = causes.abs().nlargest(MOST_CAUSES).index
    steps = [
        (CAUSES[str(c)].label, CAUSES[str(c)].group, float(causes[c])) for c in causes.index if c in large
    ]
    rest = float(causes[[c for c in causes.index if c not in large]].sum())
    if rest:
        steps.append(("all other causes", "outside", rest))
    figure, axes = _page(_causes_title(trace, project), _source(trace, 1, 1, ""))
    end = _waterfall(axes, steps)
    allowed = float(row["allowed_days"])
    axes.axvline(allowed, color="black", linewidth=1.4, linestyle="--", zorder=1)
    late = "took" if row["delivered"] == row["delivered"] else "so far"
    labels = [*(plain(label) for label, _, _ in steps), f"{late} {number(end, 0)} days"]
    axes.set_yticks(range(len(labels)), labels, size=TEXT)
    axes.set_ylim(len(labels) - 0.4, -1.3)
    axes.text(allowed, -0.75, f" the plan allowed {number(allowed, 0)} ", size=TEXT, ha="left", va="center")
    _days_axis(axes, "Days from arrival" + ("" if late == "took" else " to the end of the run"))
    _legend(axes, [s for s in STATES if s in {group for _, group, _ in steps}], marks=False)
    return figure


def delays_figure(trace: Trace) -> Figure:
    """The days of the most delayed projects by group of causes, and what their plans allowed."""
    shown = trace.worst[: MOST_PROJECTS // 2]
    figure, axes = _page(_delays_title(trace), _source(trace, len(shown), len(trace.projects), "projects"))
    for place, project in enumerate(shown):
        own = trace.causes[(trace.causes["project"] == project) & (trace.causes["group"] != "allowed")]
        sums = own.groupby("group")["days"].sum()
        left = 0.0
        for group in STATES:
            width = max(0.0, float(sums.get(group, 0.0)))
            _bar(axes, place, left, width, group)
            left += width
        row = trace.row_of(project)
        allowed = float(row["allowed_days"])
        axes.plot([allowed, allowed], [place - 0.46, place + 0.46], color="black", linewidth=2.5, zorder=4)
        axes.text(left, place, f" {plain(verdict_of(trace, project))}", size=SMALL, va="center")
    labels = [_clipped(str(trace.row_of(p)["name"])) for p in shown]
    axes.set_yticks(range(len(labels)), labels, size=TEXT)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.margins(x=0.22)
    axes.set_xlim(left=0)
    _days_axis(axes, "Days from arrival to delivery; black: what the plan allowed")
    _legend(axes, [s for s in STATES if s in set(trace.causes["group"])], marks=False)
    return figure


def trays_figure(trace: Trace) -> Figure:
    """Matters in the in-trays over time: of the managers whose trays were fullest."""
    names = [c for c in trace.trays.columns if c not in ("day", "nobody")]
    means = trace.trays[names].mean()
    shown = [str(name) for name in means.nlargest(MOST_MANAGERS).index] if names else []
    figure, grid = _pages(_trays_title(trace), _source(trace, len(shown), len(names), "managers"), len(shown))
    top = max(1.0, float(trace.trays[shown].to_numpy().max())) if shown else 1.0
    for axes, name in zip(grid, shown, strict=False):
        axes.fill_between(trace.trays["day"], trace.trays[name], step="mid", color="#56B4E9", linewidth=0)
        axes.plot(
            trace.trays["day"], trace.trays[name], drawstyle="steps-mid", color="#0072B2", linewidth=0.9
        )
        axes.set_ylim(0, 1.05 * top)
        axes.set_xlim(0, len(trace.trays))
        axes.set_title(plain(f"{name}: mean {number(float(means[name]), 1)}"), loc="left", size=TEXT)
        axes.tick_params(labelsize=SMALL)
        axes.locator_params(axis="x", nbins=5)
        axes.locator_params(axis="y", nbins=4, integer=True)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
        axes.set_axisbelow(True)
    figure.supxlabel("Working day", size=TEXT)
    figure.supylabel("Matters in the in-tray", size=TEXT)
    return figure


def hours_figure(trace: Trace) -> Figure:
    """Hours of each manager by duty, and beside duties: the busiest ones."""
    table = trace.hours.set_index("manager")
    busy = table.drop(columns=["idle", "away"]).sum(axis=1)
    most = 2 * MOST_MANAGERS
    shown = [name for name in table.index if name in set(busy.nlargest(most).index)]
    values = table.loc[shown].to_numpy(dtype=float)
    figure, axes = _page(_hours_title(trace), _source(trace, len(shown), len(table), "managers"))
    axes.imshow(values, cmap="Blues", aspect="auto", vmin=0.0, vmax=1.25 * max(1.0, values.max()))
    for (row, column), value in _cells(values):
        axes.text(
            column, row, number(value, 0) if value >= 0.5 else "·", ha="center", va="center", size=SMALL
        )
    axes.set_yticks(range(len(shown)), [plain(name) for name in shown], size=TEXT)
    labels = [str(column).replace("_", " ") for column in table.columns]
    axes.set_xticks(range(len(labels)), labels, size=TEXT, rotation=45, ha="left", rotation_mode="anchor")
    axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    axes.axvline(13.5, color="white", linewidth=5)
    axes.spines[:].set_visible(False)
    return figure


# --- titles ------------------------------------------------------------------------------------------------


def _portfolio_title(trace: Trace) -> str:
    return headline(trace).split(". ")[0].rstrip(".")


def _causes_title(trace: Trace, project: int) -> str:
    row, main = trace.row_of(project), main_causes(trace, project, 1)
    said = f"{row['name']} of {row['client']}: {verdict_of(trace, project)}"
    if not len(main):
        return said
    return f"{said}; most of it went to {CAUSES[str(main.index[0])].label} ({number(float(main.iloc[0]), 0)} days)"


def _delays_title(trace: Trace) -> str:
    parts = headline(trace).split("beside the work itself: ")
    if len(parts) == 1:
        return parts[0].rstrip(".")
    return f"What held late projects up most: {parts[1].rstrip('.')}"


def _trays_title(trace: Trace) -> str:
    names = [c for c in trace.trays.columns if c not in ("day", "nobody")]
    if not names:
        return "Nobody manages: there are no in-trays"
    means = trace.trays[names].mean()
    fullest = str(means.idxmax())
    said = f"{_capital(fullest)} had most waiting: {number(float(means.max()), 1)} matters on average"
    return f"{said}, {int(trace.trays[fullest].max())} at the worst"


def _hours_title(trace: Trace) -> str:
    sums = trace.hours.drop(columns="manager").sum()
    there = float(sums.drop("away").sum())
    if there <= 0:
        return "Nobody manages: there are no hours to show"
    duties = sums.iloc[:14]
    lost = float(sums[["switching", "sync meetings", "hand-offs", "done twice"]].sum())
    return (
        f"{_capital(str(duties.idxmax()).replace('_', ' '))} took most of managers' time "
        f"({number(100 * float(duties.max()) / there, 0)}%); {number(100 * lost / there, 0)}% went to switching, "
        f"meetings and hand-offs, {number(100 * float(sums['idle']) / there, 0)}% was free"
    )


# --- parts -------------------------------------------------------------------------------------------------


def _page(title: str, source: str) -> tuple[Figure, Axes]:
    figure, grid = _pages(title, source, 1)
    return figure, grid[0]


def _pages(title: str, source: str, panels: int) -> tuple[Figure, list[Axes]]:
    """A slide with a title, a line about where it comes from, and so many panels."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(figsize=SIZE_INCHES, layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.1))
    figure.suptitle(plain(fill(_capital(title), LINE)), x=0.012, ha="left", size=TITLE, weight="bold")
    figure.text(0.012, 0.004, plain(source), size=SMALL, color="#444444", ha="left", va="bottom")
    columns = 1 if panels <= 1 else 2 if panels <= 4 else 3
    rows = max(1, -(-panels // columns))
    grid: Any = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
    every = list(grid.flat)
    for axes in every[max(1, panels) :]:
        axes.set_axis_off()
    return figure, every


def _source(trace: Trace, shown: int, of: int, what: str) -> str:
    """What run this is, and what the figure leaves out."""
    said = (
        f"{trace.scenario.name}, {trace.structure}, replication {trace.replication} (seed {trace.scenario.seed}): "
        "one run, one future of many."
    )
    return f"{said} Shown: {shown:,} of {of:,} {what}." if shown < of else said


def _bars(axes: Axes, place: int, rows: pd.DataFrame, column: str) -> None:
    for state, since, until in zip(rows[column], rows["since"], rows["until"], strict=True):
        _bar(axes, place, since, until - since, state)


def _bar(axes: Axes, place: float, left: float, width: float, state: str) -> None:
    _, colour, hatch = STATES[state]
    axes.barh(place, width, ROW, left, color=colour, hatch=hatch, edgecolor="white", linewidth=0)


def _marks(axes: Axes, place: int, row: pd.Series, horizon: int) -> None:
    """Deadline (a bar) and delivery (a diamond) of a project."""
    if 0 <= row["deadline"] <= horizon:
        axes.plot(2 * [row["deadline"]], [place - 0.46, place + 0.46], color="black", linewidth=2.5, zorder=4)
    if row["delivered"] == row["delivered"]:
        axes.plot(
            row["delivered"], place, "D", color="white", markeredgecolor="black", markersize=5.5, zorder=5
        )


def _day_line(axes: Axes, day: float, name: str) -> None:
    axes.axvline(day, color="black", linewidth=1.4, linestyle="--" if name == "deadline" else "-", zorder=4)
    low, high = axes.get_xlim()
    if day > high:
        axes.set_xlim(low, day + 0.02 * (day - low))
    axes.annotate(
        f"{name} day {day:.0f}",
        (day, 1.0 if name == "deadline" else 0.0),
        xycoords=("data", "axes fraction"),
        xytext=(-3, 3 if name == "deadline" else 6),
        textcoords="offset points",
        ha="right",
        va="bottom",
        size=SMALL,
    )


def _waterfall(axes: Axes, steps: Sequence[tuple[str, str, float]]) -> float:
    """Bars that begin where the one before ended, and one for the sum; returns the sum."""
    at, far = 0.0, 1.0
    for place, (_, group, value) in enumerate(steps):
        _bar(axes, place, min(at, at + value), abs(value), group)
        axes.plot([at + value] * 2, [place, place + 1], color="#888888", linewidth=0.8, zorder=1)
        at += value
        far = max(far, at)
        axes.text(max(at, at - value), place, f" {number(value, 1, signed=True)}", size=SMALL, va="center")
    axes.barh(len(steps), at, ROW, color="#444444")
    axes.set_xlim(0, 1.08 * far)
    return at


def _time_axis(axes: Axes, labels: Sequence[str], horizon: int | None) -> None:
    axes.set_yticks(range(len(labels)), labels, size=SMALL if len(labels) > 16 else TEXT)
    axes.set_ylim(max(1, len(labels)) - 0.4, -0.6)
    if horizon is not None:
        axes.set_xlim(0, horizon)
    _days_axis(axes, "Working day")


def _days_axis(axes: Axes, label: str) -> None:
    axes.set_xlabel(label, size=TEXT)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _legend(axes: Axes, states: Iterable[str], *, marks: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    for state in states:
        name, colour, hatch = STATES[state]
        handles.append(Patch(facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0, label=name))
    if marks:
        handles.append(Line2D([], [], color="black", linewidth=2.5, label="deadline"))
        diamond = {"color": "white", "markeredgecolor": "black", "linestyle": ""}
        handles.append(Line2D([], [], marker="D", label="delivered", **diamond))
    axes.figure.legend(  # type: ignore[union-attr]
        handles=handles, loc="outside upper left", ncols=len(handles), fontsize=SMALL, frameon=False
    )


def _task_label(row: pd.Series, binding: bool) -> str:
    return plain(_clipped(f"{'▸ ' if binding else ''}{row['task']} ({row['team']})"))


def _clipped(text: str, most: int = 34) -> str:
    return plain(text if len(text) <= most else f"{text[: most - 1]}…")


def _cells(values: Any) -> Iterable[tuple[tuple[int, int], float]]:
    import numpy as np

    return ((place, float(value)) for place, value in np.ndenumerate(values))  # type: ignore[misc]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
