"""Figures of one run: what held projects up, a project's tasks, its causes, in-trays, managers' hours.

Each takes a `Trace` and gives a figure whose title says what there is to see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.figures.looks import SMALL, TEXT, plain
from analysis.figures.panels import bare
from analysis.story import figure_parts as draw
from analysis.story.summary import BESIDE, fate, main_causes, verdict_of, went_to
from analysis.words.numbers import capital, number
from sim.recording.causes import CAUSES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.story.result import Trace

MOST_PROJECTS, MOST_TASKS, MOST_CAUSES, MOST_MANAGERS = 28, 34, 13, 9
"""Rows that a figure has room for; it says what it leaves out."""


def portfolio_figure(trace: Trace) -> Figure:
    """What bound each project on each day, with deadline and delivery: the projects that were most late."""
    shown = sorted(trace.worst[:MOST_PROJECTS])
    where = draw.source(trace, len(shown), len(trace.projects), "projects")
    figure, axes = draw.page(fate(trace), where)
    for place, project in enumerate(shown):
        row = trace.row_of(project)
        own = trace.bound[trace.bound["project"] == project]
        draw.bars(axes, place, own, "group")
        draw.marks(axes, place, row, trace.scenario.horizon_days)
    labels = [draw.clipped(str(trace.row_of(p)["name"])) for p in shown]
    draw.time_axis(axes, labels, trace.scenario.horizon_days)
    held = set(trace.bound[trace.bound["project"].isin(shown)]["group"])
    draw.legend(axes, held, [draw.line("deadline", linewidth=2.5), draw.line("delivered", **draw.DIAMOND)])
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
    figure, axes = draw.page(title, draw.source(trace, len(order), len(begins), "tasks that were open"))
    for place, task in enumerate(order):
        own = tasks[tasks["row"] == task]
        draw.bars(axes, place, own, "state")
    labels = [draw.task_label(tasks[tasks["row"] == t].iloc[0], t in binding) for t in order]
    draw.time_axis(axes, labels, None)
    marks = [draw.line("bound the project", marker=">", linestyle="", markersize=5)]
    for name, style in (("deadline", "--"), ("delivered", "-")):
        if row[name] >= 0:  # NaN is not
            axes.axvline(row[name], color="black", linewidth=1.6, linestyle=style, zorder=4)
            marks.append(draw.line(f"{name}: day {row[name]:.0f}", linewidth=1.6, linestyle=style))
    draw.legend(axes, set(tasks["state"]), marks)
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
        steps.append((draw.REST[0], "", rest))
    figure, axes = draw.page(_causes_title(trace, project), draw.source(trace, 1, 1, ""))
    end = draw.waterfall(axes, steps)
    allowed = float(row["allowed_days"])
    axes.axvline(allowed, color="black", linewidth=1.4, linestyle="--", zorder=1)
    over = row["delivered"] >= 0  # NaN is not
    labels = [
        *(plain(label) for label, _, _ in steps),
        f"{'took' if over else 'so far'} {number(end, 0)} days",
    ]
    axes.set_yticks(range(len(labels)), labels, size=TEXT)
    axes.set_ylim(len(labels) - 0.4, -1.3)
    right = max(axes.get_xlim()[1], 1.04 * allowed)
    axes.set_xlim(0, right)
    side = "left" if allowed < 0.6 * right else "right"
    axes.text(allowed, -0.75, f" the plan allowed {number(allowed, 0)} ", size=TEXT, ha=side, va="center")
    draw.days_axis(axes, f"Days from arrival to {'delivery' if over else 'the end of the run'}")
    draw.legend(axes, {group for _, group, _ in steps})
    return figure


def delays_figure(trace: Trace) -> Figure:
    """The days of late projects by group of causes, and what their plans allowed; of all, if none is late."""
    told = trace.late or trace.worst
    shown = told[: MOST_PROJECTS // 2]
    where = draw.source(trace, len(shown), len(told), "late projects" if trace.late else "projects")
    figure, axes = draw.page(_delays_title(trace), where)
    for place, project in enumerate(shown):
        own = trace.causes[(trace.causes["project"] == project) & (trace.causes["group"] != "allowed")]
        sums = own.groupby("group")["days"].sum()
        left = 0.0
        for group in draw.STATES:
            width = max(0.0, float(sums.get(group, 0.0)))
            draw.bar(axes, place, left, width, group)
            left += width
        allowed = float(trace.row_of(project)["allowed_days"])
        axes.plot([allowed, allowed], [place - 0.46, place + 0.46], color="black", linewidth=2.5, zorder=4)
        axes.text(
            max(left, allowed), place, f"  {plain(verdict_of(trace, project))}", size=SMALL, va="center"
        )
    labels = [draw.clipped(str(trace.row_of(p)["name"])) for p in shown]
    draw.row_axis(axes, labels)
    axes.margins(x=0.22)
    axes.set_xlim(left=0)
    draw.days_axis(axes, "Days from arrival to delivery, or to the end of the run")
    held = set(trace.causes[trace.causes["project"].isin(shown)]["group"])
    draw.legend(axes, held, [draw.line("what the plan allowed", linewidth=2.5)])
    return figure


def trays_figure(trace: Trace) -> Figure:
    """Matters in the in-trays over time: of the managers whose trays were fullest."""
    names = [c for c in trace.trays.columns if c not in ("day", "nobody")]
    means = trace.trays[names].mean()
    shown = [str(name) for name in means.nlargest(MOST_MANAGERS).index] if names else []
    where = draw.source(trace, len(shown), len(names), "managers")
    figure, grid = draw.pages(_trays_title(trace), where, len(shown))
    top = max(1.0, float(trace.trays[shown].to_numpy().max())) if shown else 1.0
    for axes, name in zip(grid, shown, strict=False):
        axes.fill_between(trace.trays["day"], trace.trays[name], step="mid", color="#56B4E9", linewidth=0)
        axes.plot(
            trace.trays["day"], trace.trays[name], drawstyle="steps-mid", color="#0072B2", linewidth=0.9
        )
        axes.set_ylim(0, 1.05 * top)
        axes.set_xlim(0, len(trace.trays))
        axes.set_title(plain(f"{name}: mean {number(float(means[name]), 1)}"), loc="left", size=TEXT)
        bare(axes, "y")
        axes.locator_params(axis="x", nbins=5)
        axes.locator_params(axis="y", nbins=4, integer=True)
    for axes in grid[-3:] if len(shown) > 4 else grid[-2:]:
        axes.set_xlabel("Working day", size=TEXT)
    figure.supylabel("Matters in the in-tray", size=TEXT)
    return figure


def hours_figure(trace: Trace) -> Figure:
    """Hours of each manager by duty, and beside duties: the busiest ones."""
    import numpy as np

    table = trace.hours.set_index("manager")
    busy = table.drop(columns=["idle", "away"]).sum(axis=1)
    shown = [name for name in table.index if name in set(busy.nlargest(2 * MOST_MANAGERS).index)]
    values = table.loc[shown].to_numpy(dtype=float)
    where = f"{draw.source(trace, len(shown), len(table), 'managers')} Numbers are hours of the whole run."
    figure, axes = draw.page(_hours_title(trace), where)
    draw.lower(figure, len(shown))
    most = max(1.0, float(values.max(initial=0.0)))
    axes.imshow(values, cmap="Blues", aspect="auto", vmin=0.0, vmax=1.2 * most)
    for (place, column), value in np.ndenumerate(values):
        ink = "white" if value > 0.65 * most else "black"
        said = number(value, 0) if value > 0.5 else "·"
        axes.text(column, place, said, ha="center", va="center", size=SMALL, color=ink)
    axes.set_yticks(range(len(shown)), [plain(name) for name in shown], size=TEXT)
    labels = [str(column).replace("_", " ") for column in table.columns]
    axes.set_xticks(range(len(labels)), labels, size=TEXT, rotation=45, ha="left", rotation_mode="anchor")
    axes.set_ylim(max(1, len(shown)) - 0.5, -0.5)
    axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    axes.axvline(13.5, color="white", linewidth=5)
    axes.spines[:].set_visible(False)
    return figure


# --- titles ------------------------------------------------------------------------------------------------


def _causes_title(trace: Trace, project: int) -> str:
    row, main = trace.row_of(project), main_causes(trace, project, 1)
    said = f"{row['name']} of {row['client']}: {verdict_of(trace, project)}"
    if not len(main):
        return said
    most = f"{CAUSES[str(main.index[0])].label} ({number(float(main.iloc[0]), 0)} days)"
    return f"{said}; {BESIDE}, most went to {most}"


def _delays_title(trace: Trace) -> str:
    causes = went_to(trace)
    return f"What late projects' days went to most, {BESIDE}: {causes}" if causes else fate(trace)


def _trays_title(trace: Trace) -> str:
    names = [c for c in trace.trays.columns if c not in ("day", "nobody")]
    if not names:
        return "Nobody manages: there are no in-trays"
    means = trace.trays[names].mean()
    fullest = str(means.idxmax())
    said = f"{capital(fullest)} had most waiting: {number(float(means.max()), 1)} matters on average"
    return f"{said}, {int(trace.trays[fullest].max())} at the worst"


def _hours_title(trace: Trace) -> str:
    sums = trace.hours.drop(columns="manager").sum()
    there = float(sums.drop("away").sum())
    if there <= 0:
        return "Nobody manages: there are no hours to show"
    duties = sums.iloc[:14]
    lost = float(sums[["switching", "sync meetings", "hand-offs", "done twice"]].sum())
    parts = (float(duties.max()), lost, float(sums["idle"]))
    most, lost_share, free = (f"{number(100 * hours / there, 0)}%" for hours in parts)
    said = f"Of the duties, {str(duties.idxmax()).replace('_', ' ')} took most: {most} of managers' time"
    return f"{said}; {lost_share} went to switching, meetings and hand-offs, {free} was free"
