"""What a trace prints: the story in short, the most delayed projects, the managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.story.summary import BESIDE, headline, main_causes, spent_by, verdict_of, what_went_wrong
from analysis.words.numbers import number
from sim.recording.causes import CAUSES
from sim.recording.tables import ALLOWED

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from analysis.story.result import Trace

WORST, _MOST_MANAGERS = 5, 12
"""Projects, and managers, that are listed."""


def print_trace(console: Console, trace: Trace, project: int | None = None) -> None:
    """Print the story of a run: in short, then project by project (or one in full), then the managers."""
    from rich.text import Text

    run = f"{trace.scenario.name}, {trace.run}:"
    console.print(Text.assemble((run, "bold"), " ", headline(trace)))
    console.print()
    if project is not None:
        _print_project(console, trace, project)
    elif len(trace.projects):
        console.print(_projects(trace))
    console.print()
    if len(trace.hours):
        console.print(_managers(trace))
        console.print(_about_managers(trace), style="dim")
        console.print()


def _table(*headings: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place == 0 else "right", no_wrap=place == 0)
    return table


def _projects(trace: Trace) -> Table:
    """The most delayed projects, or the nearest to it where none is late, and what took their days."""
    from rich.text import Text

    table = _table("most delayed" if trace.late else "nearest to late", "outcome", f"{BESIDE}, days went to")
    table.columns[2].justify = "left"
    for project in (trace.late or trace.worst)[:WORST]:
        row, main = trace.row_of(project), main_causes(trace, project)
        causes = ", ".join(f"{CAUSES[str(c)].label} {number(float(d), 0)}" for c, d in main.items())
        name = f"{row['name']} of {row['client']}"
        table.add_row(Text(name), verdict_of(trace, project), causes or "nothing")
    return table


def _print_project(console: Console, trace: Trace, project: int) -> None:
    """One project in full: each cause, what the plan allowed, and the delay that they add up to."""
    from rich.text import Text

    row = trace.row_of(project)
    name = f"{row['name']} of {row['client']}: {verdict_of(trace, project)}."
    console.print(Text.assemble((name, "bold"), " ", what_went_wrong(trace, project)))
    console.print()
    table = _table("what its days went to", "days")
    for cause, days in trace.causes_of(project).items():
        if abs(days) >= 0.05:
            table.add_row(CAUSES[str(cause)].label, number(float(days), 1))
    own = trace.causes[trace.causes["project"] == project]
    allowed = float(own.loc[own["cause"] == ALLOWED, "days"].iloc[0])
    table.add_row("what the plan allowed", number(allowed, 1), end_section=True)
    table.add_row("delay", number(float(row["delay_days"]), 1, signed=True))
    console.print(table)


def _managers(trace: Trace) -> Table:
    """Each manager's time, and how full the in-tray was."""
    hours = trace.hours.set_index("manager")
    table = _table("manager", "duties", "switching", "sync", "free", "away", "in-tray", "most")
    fullest = set(trace.trays[list(hours.index)].mean().nlargest(_MOST_MANAGERS).index)
    for name, row in hours[hours.index.isin(fullest)].iterrows():
        shares = (f"{number(100 * share, 0)}%" for share in spent_by(row))
        tray = trace.trays[str(name)]
        table.add_row(str(name), *shares, number(float(tray.mean()), 1), number(float(tray.max()), 0))
    return table


def _about_managers(trace: Trace) -> str:
    said = "Shares of the time that they are there (away: of all); matters in the in-tray, mean and most."
    left = len(trace.hours) - _MOST_MANAGERS
    fewer = f"{left:,} managers with fewer are left out." if left > 0 else ""
    return " ".join(filter(None, [said, fewer, trace.naming]))
