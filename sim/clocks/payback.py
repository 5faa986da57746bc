"""What a reorganisation costs and brings: each future with it, against the same future without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.clocks.simulate import outcomes_of, run_world, simulate_block
from sim.outcomes.money import amounts_by_day, net_so_far
from sim.scenario.own_structures import known_structures
from sim.scenario.structures import Structure
from sim.vocabulary import OBJECTIVE, Measured, RunEnd
from sim.world import World

if TYPE_CHECKING:
    from sim.scenario import Scenario

Floats = NDArray[np.float64]

NET = "net"
"""Under what name the days of a run travel."""

IN_PROGRESS = "in_progress"
"""Under what name that travels which work in progress counts for at the end, beyond that at the start."""


LEFT = "left"
"""Under what name the hours travel that are left to do at the end of each day."""

HOPED = " as hoped"
"""What the name of a change ends with that has no price of changing."""


def gains_by_day(
    prepared: Prepared, start: Structure, to: Structure, day: int, replications: Sequence[int]
) -> Floats:
    """Net value so far (€) that a change from `start` to `to` on `day` adds: a row a future, a column a day.

    By completion, as the outcomes have it. Each future with the change is set against the same future, under
    the same luck, without it. One future alone says little. Raises LuckExhausted.
    """
    both = Prepared(prepared.scenario, (start, start.changing_to(to, day)))
    gains = np.zeros((len(replications), prepared.scenario.horizon_days))
    for row, replication in enumerate(replications):
        base = draw_base(both, replication)
        stay, change = (net_so_far(run_world(both, base, s.name, replication)) for s in both.structures)
        gains[row] = change - stay
    return gains


def arms(scenario: Scenario) -> tuple[Structure, ...]:
    """What is lived through to judge a change: its structures and, where it is announced and so has a price,
    the same change without that.
    """
    change, compared = scenario.reorganisation, scenario.all_structures()
    if change is None or change.announced is None:
        return compared
    priced = change.between(known_structures(scenario.structures))
    return (*compared, replace(priced, name=f"{priced.name}{HOPED}", announced=None))


def names_of_arms(scenario: Scenario) -> tuple[str, ...]:
    """The names of these."""
    return tuple(arm.name for arm in arms(scenario))


def days_of_block(scenario: Scenario, replications: Sequence[int]) -> list[RunEnd]:
    """Net value so far, day by day, of every structure of a scenario under each replication's luck.

    Beside it the hours that are left to do, those of projects that went elsewhere or were stopped among them,
    and at the end what work in progress counts for, and the objective where it is the scenario's own.
    """
    return simulate_block(prepare(scenario, arms(scenario)), replications, _days)


def _days(prepared: Prepared, world: World) -> dict[str, Measured]:
    own = prepared.scenario.judged_by == OBJECTIVE
    amounts = amounts_by_day(world)
    left = amounts.left + amounts.refused
    days: dict[str, Measured] = {NET: net_so_far(world), LEFT: left, IN_PROGRESS: amounts.in_progress[-1:]}
    return days | ({OBJECTIVE: outcomes_of(prepared, world)[OBJECTIVE]} if own else {})
