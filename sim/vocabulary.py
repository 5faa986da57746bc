"""The words of the field, each once: duties, the outcomes that a run is reduced to, what keys are called.

`OUTCOMES` says what each number is, in which unit, and whether more of it is better.
`sim.batch.run` writes these as columns, `analysis` reads them by name; neither knows the rows of a world.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

DUTIES = (
    "planning",
    "budget",
    "allocation",
    "timeline",
    "project_risk",
    "reporting",
    "tracking",
    "service_oversight",
    "resources",
    "process",
    "stakeholders",
    "operational_risk",
    "satisfaction",
    "coordination",
)
"""The fourteen management duties, in the order of their numbers (planning is duty 0 in the rows)."""

Contract = Literal["on_delivery", "by_increment", "by_hour", "by_milestone"]
CONTRACTS: tuple[Contract, ...] = get_args(Contract)
"""When a client may pay for a project, in the order of their numbers (on delivery is 0 in the rows)."""


Measured: TypeAlias = "float | NDArray[np.generic] | pd.DataFrame"
"""One thing that is kept of a run: an outcome, values by day, or a table."""

RunEnd: TypeAlias = "tuple[str, int, Mapping[str, Measured] | None, str | None]"
"""What is kept of a run: structure, replication, outcomes by name (or None), error (or None)."""


@dataclass(frozen=True)
class Outcome:
    """What one column of the results means.

    `better` is "more", "less" or "neither" (a description, not a goal);
    `digits` is how many decimals a reader wants to see.
    A "share" and a "0-1" lie between 0 and 1; a "ratio" may be of any size.
    """

    name: str
    label: str
    unit: str
    better: Literal["more", "less", "neither"]
    digits: int = 2


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("net_value_a_year", "Net value a year", "€", "more", 0),
    Outcome("net_value_on_delivery_a_year", "Net value a year, booked on delivery", "€", "more", 0),
    Outcome("objective", "Objective", "points", "more", 0),
    Outcome("value_delivered", "Value delivered", "€", "more", 0),
    Outcome("value_in_progress", "Work in progress, more than at the start", "€", "neither", 0),
    Outcome("free_hours_value", "Worth of free hours", "€", "more", 0),
    Outcome("hours_freed_a_year", "Members' hours freed a year", "hours", "more", 0),
    Outcome("manager_idle_pay_a_year", "Pay for managers' idle hours a year", "€", "neither", 0),
    Outcome("cost_of_people", "Cost of members and managers", "€", "less", 0),
    Outcome("penalties", "Lateness penalties", "€", "less", 0),
    Outcome("service_income", "Income from services", "€", "more", 0),
    Outcome("breach_penalties", "Penalties for breached service levels", "€", "less", 0),
    Outcome("incident_cost", "Cost of struck operational risks", "€", "less", 0),
    Outcome("projects_delivered", "Projects delivered", "projects", "more", 1),
    Outcome("unfinished_share", "Due projects unfinished at the end", "share", "less"),
    Outcome("on_time_share", "Due projects delivered on time", "share", "more"),
    Outcome("delay_days", "Delay of due projects, mean", "days", "less", 1),
    Outcome("delay_days_p90", "Delay of due projects, 90th percentile", "days", "less", 1),
    Outcome("lead_days", "Lead time of delivered projects", "days", "less", 1),
    Outcome("drift_days", "Days until a drift from an objective is noticed", "days", "less", 1),
    Outcome("slip_ratio", "Actual over planned duration, median", "ratio", "less"),
    Outcome("cost_over_budget", "Effort over budget of delivered projects", "ratio", "less"),
    Outcome("scope_delivered", "Scope delivered", "share", "more"),
    Outcome("rework_share", "Rework in all effort", "share", "less"),
    Outcome("creep_share", "Creep in all effort", "share", "less"),
    Outcome("escaped_defect_hours", "Repair of escaped defects per delivered project", "hours", "less", 1),
    Outcome("risk_loss_hours", "Effort lost to struck risks", "hours", "less", 0),
    Outcome("ticket_level_share", "Tickets within their service level", "share", "more"),
    Outcome("ticket_days", "Time to resolve a ticket, mean", "days", "less", 2),
    Outcome("breaches", "Tickets that breached their level", "tickets", "less", 0),
    Outcome("warranty_hours", "Effort to repair delivered defects", "hours", "less", 0),
    Outcome("satisfaction", "Clients' satisfaction at the end", "0-1", "more"),
    Outcome("complaints", "Complaints of unhappy clients", "complaints", "less", 1),
    Outcome("clients_lost", "Clients lost", "clients", "less", 2),
    Outcome("revenue_lost", "Work that clients took elsewhere", "€", "less", 0),
    Outcome("revenue_won", "Work that contented clients brought on top", "€", "more", 0),
    Outcome("projects_withheld", "Projects that clients took elsewhere", "projects", "less", 1),
    Outcome("projects_on_top", "Projects that contented clients brought on top", "projects", "more", 1),
    Outcome("milestones_late_share", "Due milestones accepted late or not at all", "share", "less"),
    Outcome("cancelled_share", "Projects that were cancelled", "share", "less"),
    Outcome("given_up_share", "Cancelled projects that the client gave up", "share", "neither"),
    Outcome("cancelled_at", "Progress of cancelled projects when stopped, mean", "share", "less"),
    Outcome("utilisation", "Members' productive share of the time they are there", "share", "more"),
    Outcome("idle_share", "Members' idle share of the time they are there", "share", "less"),
    Outcome("blocked_days", "Wait of a blocked task for its answer", "days", "less", 2),
    Outcome("pool_use", "Use of the busiest specialists", "share", "neither"),
    Outcome("pool_wait_days", "Wait of a task for specialists", "days", "less", 1),
    Outcome("overtime_share", "Overtime in paid time", "share", "less", 3),
    Outcome("fatigue", "Members' fatigue, mean", "0-1", "less"),
    Outcome("absent_share", "Members' absence in paid time", "share", "neither"),
    Outcome("leavers", "Members who left", "people", "less", 1),
    Outcome("managers_left", "Managers who left", "people", "less", 1),
    Outcome("maturity_gain", "Teams' gain in maturity", "0-1", "more"),
    Outcome("manager_use", "Managers' use of attention", "share", "neither"),
    Outcome("manager_use_spread", "Busiest less idlest manager", "share", "neither"),
    Outcome("matter_wait_days", "Wait of a matter for a manager, mean", "days", "less"),
    Outcome("matter_wait_days_p90", "Wait of a matter for a manager, 90th percentile", "days", "less"),
    Outcome("sponsor_wait_days", "Wait of a case for the sponsor's decision", "days", "less"),
    Outcome("matters_handled", "Matters handled", "matters", "neither", 0),
    Outcome("matters_missed", "Matters missed", "matters", "less", 0),
    Outcome("matters_dropped", "Matters that each thought the other's", "matters", "less", 0),
    Outcome("matters_duplicated", "Matters that two people handled", "matters", "less", 0),
    Outcome("switching_share", "Managers' attention lost to switching", "share", "less", 3),
    Outcome("handoff_share", "Managers' attention lost to hand-offs", "share", "less", 3),
    Outcome("duplicated_share", "Managers' attention spent on others' matters", "share", "less", 3),
    Outcome("sync_share", "Managers' attention spent in sync meetings", "share", "less", 3),
    *(
        Outcome(f"attention_{d}", f"Attention for {d.replace('_', ' ')}", "hours", "neither", 0)
        for d in DUTIES
    ),
    *(Outcome(f"wait_{d}", f"Wait of {d.replace('_', ' ')} matters, mean", "days", "less") for d in DUTIES),
)

BY_NAME: dict[str, Outcome] = {o.name: o for o in OUTCOMES}

_NOTHING_TO_MEASURE: dict[str, tuple[str, ...]] = {
    "no project was due": ("unfinished_share", "on_time_share", "delay_days", "delay_days_p90"),
    "no project drifted from an objective": ("drift_days",),
    "no milestone was due": ("milestones_late_share",),
    "no project came": ("cancelled_share",),
    "no project was cancelled": ("given_up_share", "cancelled_at"),
    "no project was delivered": ("lead_days", "escaped_defect_hours"),
    "no project was delivered that had a budget": ("cost_over_budget",),
    "no project was delivered or took its planned days": ("slip_ratio",),
    "no project with work in it came": ("scope_delivered",),
    "no work was done": ("rework_share", "creep_share"),
    "no ticket was resolved or overdue": ("ticket_level_share",),
    "no ticket was resolved": ("ticket_days",),
    "no task waited for an answer": ("blocked_days",),
    "there are no specialists": ("pool_use",),
    "no task asked for specialists": ("pool_wait_days",),
    "no member was ever there": ("utilisation", "idle_share"),
    "no member was ever paid": ("overtime_share", "absent_share"),
    "no manager was ever there": (
        *("manager_use", "manager_use_spread"),
        *("switching_share", "handoff_share", "duplicated_share", "sync_share"),
    ),
    "no matter was taken up": ("matter_wait_days", "matter_wait_days_p90"),
    "the sponsor decided nothing": ("sponsor_wait_days",),
    "no such matter was taken up": tuple(f"wait_{d}" for d in DUTIES),
}
MISSING: dict[str, str] = {name: why for why, names in _NOTHING_TO_MEASURE.items() for name in names}
"""Where an outcome is missing (NaN), by name; all others always are there."""

NET_VALUE = "net_value_a_year"
"""What a structure is judged by where the scenario does not say."""

EARNED = ("value_delivered", "service_income")
"""What an organisation is paid for: its projects and its services."""

OBJECTIVE = "objective"
"""What it is judged by where it does: the outcomes that the scenario weighs, added up."""


class Label(NamedTuple):
    """What a key of a scenario is called: as a trait (`number of managers`), and what it counts (`members of
    a team`) where the parts of the key do not say so in a sentence.
    """

    trait: str
    counted: str = ""


TRAITS: dict[str, Label] = {
    "managers": Label("number of managers"),
    "organisation.teams.count": Label("number of teams"),
    "organisation.teams.members": Label("size of teams", "members of a team"),
    "organisation.dependencies": Label("standing dependencies", "teams that a team depends on"),
    "portfolio.clients": Label("number of clients"),
    "portfolio.projects.at_start": Label("projects at the start"),
    "portfolio.projects.a_year": Label("projects a year"),
    "portfolio.projects.tasks": Label("tasks of a project", "tasks of a project"),
    "portfolio.projects.effort_hours": Label("effort of a project"),
    "portfolio.projects.cross_team": Label("tasks of other teams"),
    "portfolio.projects.pool_share": Label("tasks that need specialists"),
    "portfolio.projects.change_a_month": Label("change of wants"),
    "portfolio.projects.milestones": Label("milestones of a project", "milestones of a project"),
    "portfolio.projects.deadline_slack": Label("slack of deadlines"),
    "portfolio.projects.value_an_hour": Label("value of an hour"),
    "portfolio.services.count": Label("number of services"),
    "portfolio.services.tickets_a_week": Label("tickets of a service"),
    "portfolio.services.severe_share": Label("severe tickets"),
    "portfolio.services.allowed_days.severe": Label("time for a severe ticket"),
    "portfolio.services.allowed_days.normal": Label("time for a ticket"),
    "portfolio.services.effort_hours": Label("effort of a ticket"),
    "portfolio.services.contract_days": Label("length of a contract"),
    "portfolio.services.value_a_year": Label("value of a service"),
    "portfolio.services.breach_penalty": Label("penalty for a breach"),
}
"""The keys of a scenario that are traits of the organisation and its work; all other keys are called by their
parts (`analysis.words.keys`).
"""


def in_words(name: str) -> str:
    """A name of a duty, a role or a key as a reader has it."""
    return name.replace("_", " ")
