"""What a reorganisation costs and brings: each future with it, against the same future without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.build import draw_base
from sim.ledger import net_so_far
from sim.outcomes import OBJECTIVE
from sim.prepared import Prepared, prepare
from sim.simulate import outcomes_of, run_world, simulate_block
from sim.structures import Structure
from sim.world import World

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.workers import Outcome

Floats = NDArray[np.float64]

NET = "net"
"""Under what name the days of a run travel."""


def gains_by_day(
    prepared: Prepared, start: Structure, to: Structure, day: int, replications: Sequence[int]
) -> Floats:
    """Net value so far (€) that a change from `start` to `to` on `day` adds: a row a future, a column a day.

    Each future with the change is set against the same future, under the same luck, without it. One future
    alone says little: projects pay when they are delivered, in lumps. Raises LuckExhausted.
    """
    both = Prepared(prepared.scenario, (start, start.changing_to(to, day)))
    gains = np.zeros((len(replications), prepared.scenario.horizon_days))
    for row, replication in enumerate(replications):
        base = draw_base(both, replication)
        stay, change = (net_so_far(run_world(both, base, s.name, replication)) for s in both.structures)
        gains[row] = change - stay
    return gains


def days_of_block(scenario: Scenario, replications: Sequence[int]) -> list[Outcome]:
    """Net value so far, day by day, of every structure of a scenario under each replication's luck.

    Beside it the objective at the end, where the scenario has one of its own.
    """
    return simulate_block(prepare(scenario), replications, _days)


def _days(prepared: Prepared, world: World) -> dict[str, Any]:
    own = prepared.scenario.judged_by == OBJECTIVE
    return {NET: net_so_far(world)} | ({OBJECTIVE: outcomes_of(prepared, world)[OBJECTIVE]} if own else {})
