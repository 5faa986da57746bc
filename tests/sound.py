"""Whether the figures of a run make sense: shares are shares, nothing is infinite, and nothing is missing
without the reason that `sim.vocabulary` gives for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from sim import world as w
from sim.vocabulary import BY_NAME, DUTIES, MISSING, OBJECTIVE, OUTCOMES, Outcome
from sim.world import World

MAY_BE_NEGATIVE = {
    *(OBJECTIVE, "net_value_a_year", "net_value_on_delivery_a_year", "value_in_progress"),
    *("free_hours_value", "hours_freed_a_year", "cost_over_budget", "maturity_gain"),
}

Reason = Callable[[World], bool]


def _came(world: World) -> np.ndarray:
    p = world.projects
    return p[(p["state"] != w.FUTURE) & (p["state"] != w.WITHHELD)]


def _delivered(world: World) -> np.ndarray:
    return world.projects[world.projects["state"] == w.DELIVERED]


def _none_is_due(world: World) -> bool:
    return not (_came(world)["deadline"] <= world.clock["now"][0]).any()


def _none_is_old(world: World) -> bool:
    came = _came(world)
    until = np.where(came["state"] == w.CANCELLED, came["cancelled"], world.clock["now"][0])
    age = until - came["arrival"]
    return not ((came["state"] == w.DELIVERED) | (age >= came["planned_days"])).any()


def milestones_missed(came: np.ndarray, now: float) -> np.ndarray:
    """Of each project, how many milestones should have been accepted by now, or by its end, and are not."""
    until = np.where(came["state"] == w.CANCELLED, came["cancelled"], now)
    until = np.where(came["state"] == w.DELIVERED, came["delivered"], until)
    number = np.arange(1, max(came["milestones"], default=0) + 1)
    promised = (came["deadline"] - came["arrival"])[:, None]
    due = came["arrival"][:, None] + promised * number / (came["milestones"] + 1)[:, None]
    open_ = (number > came["milestones_accepted"][:, None]) & (number <= came["milestones"][:, None])
    return (open_ & (due <= until[:, None])).sum(axis=1)


def _no_milestone_was_due(world: World) -> bool:
    came = _came(world)
    missed = milestones_missed(came, float(world.clock["now"][0]))
    return not (came["milestones_met"] + missed).any()


def _nothing_was_done(world: World) -> bool:
    came = _came(world)
    return not any(came[field].sum() > 0 for field in ("progress", "creep_hours", "rework_hours"))


def _served(world: World) -> np.ndarray:
    return world.tickets[(world.tickets["state"] != w.EXPECTED) & (world.tickets["gap"] > 0.0)]


def _no_ticket_is_over(world: World) -> bool:
    served = _served(world)
    return not ((served["state"] == w.RESOLVED) | (served["due"] < world.clock["now"][0])).any()


def _none_was_blocked(world: World) -> bool:
    waiting = w.FIRST_TEAM_QUEUE + np.arange(len(world.teams)) * w.QUEUES_A_TEAM + w.WAITING_QUEUE
    return not world.queues["left"][waiting].any()


def _nobody_asked_for_specialists(world: World) -> bool:
    lines = int(world.clock["first_pool_queue"][0]) + np.arange(len(world.pools))
    return not world.queues["joined"][lines].any()


REASONS: dict[str, Reason] = {
    "no project was due": _none_is_due,
    "no project drifted from an objective": lambda world: not world.projects["drifts"].sum(),
    "no milestone was due": _no_milestone_was_due,
    "no project came": lambda world: not len(_came(world)),
    "no project was cancelled": lambda world: not (world.projects["state"] == w.CANCELLED).any(),
    "no project was delivered": lambda world: not len(_delivered(world)),
    "no project was delivered that had a budget": lambda world: not _delivered(world)["budget_hours"].sum(),
    "no project was delivered or took its planned days": _none_is_old,
    "no project with work in it came": lambda world: not _came(world)["estimate_hours"].sum(),
    "no work was done": _nothing_was_done,
    "no ticket was resolved or overdue": _no_ticket_is_over,
    "no ticket was resolved": lambda world: not (_served(world)["state"] == w.RESOLVED).any(),
    "no task waited for an answer": _none_was_blocked,
    "there are no specialists": lambda world: not len(world.pools),
    "no task asked for specialists": _nobody_asked_for_specialists,
    "no member was ever there": lambda world: not (world.teams["paid"] - world.teams["absent"]).sum(),
    "no member was ever paid": lambda world: not world.teams["paid"].sum(),
    "no manager was ever there": lambda world: not world.managers["available"].sum(),
    "the sponsor decided nothing": lambda world: not world.clock["decisions"][0],
    "no matter was taken up": lambda world: not world.counts["begun"].sum(),
}
"""When each reason for a missing figure holds, from the rows of a run."""


def faults(outcomes: Mapping[str, float], world: World) -> Iterator[str]:
    """What is wrong with the outcomes of a run; nothing, if all is well."""
    yield from (f"{name} is not told" for name in BY_NAME.keys() - outcomes.keys() - {OBJECTIVE})
    for outcome in OUTCOMES:
        if outcome.name in outcomes:
            yield from _faults_of(outcome, outcomes[outcome.name], world)


def _faults_of(outcome: Outcome, value: float, world: World) -> Iterator[str]:
    name = outcome.name
    if math.isinf(value):
        yield f"{name} is infinite"
    elif math.isnan(value) and not nothing_to_measure(name, world):
        yield f"{name} is missing, and there was something to measure"
    elif not math.isnan(value) and nothing_to_measure(name, world):
        yield f"{name} is {value}, though {MISSING[name]}"
    elif value < 0.0 and name not in MAY_BE_NEGATIVE:
        yield f"{name} is {value}, below nothing"
    elif outcome.unit in {"share", "0-1"} and abs(value) > 1.0:
        yield f"{name} is {value}, and no share"


def nothing_to_measure(name: str, world: World) -> bool:
    """Whether the reason holds for which an outcome may be missing."""
    if name.startswith("wait_"):
        return not world.counts["begun"][DUTIES.index(name.removeprefix("wait_"))]
    return name in MISSING and REASONS[MISSING[name]](world)
