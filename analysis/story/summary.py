"""What a run comes to in a few sentences: the organisation's, and each project's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analysis.story.words import SEEN, days
from analysis.words.numbers import capital, listed, money, number
from sim.recording.causes import CAUSES
from sim.vocabulary import DUTIES

if TYPE_CHECKING:
    import pandas as pd

    from analysis.story.result import Trace

BLAMELESS = ("before", "planned")
"""Causes of days that no sentence blames: what was not watched, and the work as estimated."""

BESIDE = "beside the work as estimated"
"""What sentences leave out, said in each of them; all other causes of the group *work* are named like any."""

TOLD = 3
"""Causes that a sentence names."""

LOST_HOURS = ("switching", "hand-offs", "done twice")
"""Hours of managers that go into turning from one matter to another."""


def headline(trace: Trace) -> str:
    """How a run went: projects delivered, late, taken elsewhere; what late ones' days went to."""
    causes = went_to(trace)
    said = f"{fate(trace)}."
    return f"{said} What the late ones' days went to most, {BESIDE}: {causes}." if causes else said


def fate(trace: Trace) -> str:
    """What became of the projects that there were: delivered, late, overdue, cancelled, or gone elsewhere."""
    lost = trace.elsewhere
    said = _delivered(trace)
    if not len(lost):
        return said
    others = f"{len(lost):,}{'' if not len(trace.projects) else ' other' if len(lost) == 1 else ' others'}"
    return f"{said}; clients took {others} elsewhere, worth {money(float(lost['amount'].sum()))}"


def _delivered(trace: Trace) -> str:
    """How many of the projects that came and stayed were delivered, and how late they were."""
    table = trace.projects
    if not len(table):
        return (
            "No project came to stay in this run" if len(trace.elsewhere) else "No project came in this run"
        )
    over = table["delivered"].notna()
    late = _late_ones(trace)
    delivered = int(over.sum())
    were = "was" if delivered == 1 else "were"
    horizon = f"{trace.scenario.horizon_days:,} days"
    said = f"{delivered:,} of {len(table):,} projects {were} delivered in {horizon}"
    if not len(late):
        return f"{said}, none late{_cancelled(table)}"
    gone = late["delivered"].notna()
    overdue = late[~gone & late["cancelled"].isna()]
    return f"{said}{_late(late[gone], delivered)}{_overdue(overdue, delivered)}{_cancelled(table)}"


def _late(late: pd.DataFrame, delivered: int) -> str:
    """How many of the delivered were late, and by how much."""
    if not delivered:
        return ""
    if delivered == 1:
        return f", late{_by(late)}" if len(late) else ", not late"
    return f", {len(late):,} of them late{_by(late)}" if len(late) else ", none of them late"


def _overdue(overdue: pd.DataFrame, delivered: int) -> str:
    """How many of the others should have been delivered, and since when."""
    if not len(overdue):
        return ""
    more = " more" if delivered else ""
    return f"; {len(overdue):,}{more} {'is' if len(overdue) == 1 else 'are'} overdue{_by(overdue)}"


def _cancelled(table: pd.DataFrame) -> str:
    """How many were cancelled."""
    stopped = int(table["cancelled"].notna().sum())
    return f"; {stopped:,} {'was' if stopped == 1 else 'were'} cancelled" if stopped else ""


def _by(late: pd.DataFrame) -> str:
    """By how much these alone are late: a mean over others, too, would be read as theirs."""
    mean = days(round(float(late["delay_days"].mean())))
    return f" by {mean}" if len(late) == 1 else f", by {mean} on average"


def _late_ones(trace: Trace) -> pd.DataFrame:
    table = trace.projects
    return table[table["delay_days"] > 0] if len(table) else table


def went_to(trace: Trace) -> str:
    """The main causes of late projects' days, as shares of those watched; nothing if none is late."""
    late = _late_ones(trace)
    if not len(late):
        return ""
    own = trace.causes[trace.causes["project"].isin(late["project"])]
    sums = own[own["group"] != "allowed"].groupby("cause")["days"].sum()
    unseen = float(sums.get("before", 0.0))
    total = float(late["lead_days"].sum()) - unseen
    main = sums.drop([cause for cause in BLAMELESS if cause in sums.index]).nlargest(TOLD)
    main = main[main > 0.0]
    if not len(main):
        return ""
    said = [f"{CAUSES[str(cause)].label} ({number(100 * d / total, 0)}%)" for cause, d in main.items()]
    of = f"% of their days{' from day 0 on' if unseen else ''})"
    return listed([said[0].replace("%)", of), *said[1:]])


def verdict_of(trace: Trace, project: int) -> str:
    """How late a project was, in a few words."""
    row = trace.row_of(project)
    delay = float(row["delay_days"])
    if row["cancelled"] >= 0:  # NaN is not
        return f"cancelled, {days(delay)} late by then" if delay >= SEEN else "cancelled"
    over = row["delivered"] >= 0
    if delay >= SEEN:
        return f"{days(delay)} late" if over else f"not delivered, {days(delay)} late so far"
    if not over:
        return "not delivered, not yet due" if delay < 0.0 else "not delivered, due now"
    return f"{days(-delay)} early" if delay <= -SEEN else "on the day"


def what_went_wrong(trace: Trace, project: int) -> str:
    """A project's days in a sentence or two: what it took, what was allowed, and what took most."""
    row = trace.row_of(project)
    lead, allowed = round(float(row["lead_days"])), round(float(row["allowed_days"]))
    took = f"It took {days(lead)} where the plan allowed {allowed:,}"
    main = main_causes(trace, project)
    if not len(main):
        return f"{took}, all for the work as estimated."
    said = listed([f"{round(d):,} to {CAUSES[str(cause)].label}" for cause, d in main.items()])
    return f"{took}; {said.replace(' to ', ' went to ', 1)}."


def main_causes(trace: Trace, project: int, most: int = TOLD) -> pd.Series:
    """The causes that took most of a project's days, beside the work as estimated; of at least half a day."""
    own = trace.causes_of(project)
    own = own.drop([cause for cause in BLAMELESS if cause in own.index])
    return own[own >= 0.5].nlargest(most)


class Spent(NamedTuple):
    """A manager's time: what it went to, as shares of the time that they are there; `away` of all."""

    duties: float
    switching: float
    sync: float
    free: float
    away: float


def spent_by(hours: pd.Series) -> Spent:
    """What a manager's time went to, from their row of the trace's `hours`."""
    there = max(1e-9, float(hours[[*DUTIES, *LOST_HOURS, "sync meetings", "idle"]].sum()))
    parts = (hours[list(DUTIES)].sum(), hours[list(LOST_HOURS)].sum(), hours["sync meetings"], hours["idle"])
    away = float(hours["away"])
    duties, switching, sync, free = (float(part) / there for part in parts)
    return Spent(duties, switching, sync, free, away / (there + away))


def manager_in_short(trace: Trace, name: str) -> str:
    """What a manager's time went to, and how full the in-tray was, in a sentence or two."""
    spent = spent_by(trace.hours.set_index("manager").loc[name])
    duties, switching, sync, free, away = (f"{number(100 * share, 0)}%" for share in spent)
    tray = trace.trays[name]
    mean, most = number(float(tray.mean()), 1), number(float(tray.max()), 0)
    return (
        f"{capital(name)}: {duties} of the time there went to duties, {switching} to turning between "
        f"matters, {sync} to meetings; {free} was free. Away {away} of all days. "
        f"In the in-tray: {mean} matters on average, {most} at most."
    )
