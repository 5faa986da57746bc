"""Span of control as machine repair: members ask one manager, and stand still until answered.

End to end on the compiled clock: a plan of one endless task for each of N teams of one. Exponential time to
the next question, exponential hours of an answer, one manager who gives the whole day to answers.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.engine.compilation import entry_point
from sim.scenario import Scenario, scenario_from
from sim.scenario.assumptions import neutral
from sim.scenario.structures import NOBODY, Role, Structure
from sim.vocabulary import DUTIES
from validation.answer import Estimate, KnownAnswer, mean_of

LOAD = 0.1  # questions that a working member asks in the time that an answer takes
ANSWER_HOURS = 20.0  # twenty steps of an hour
DAYS = 10_000
WARM_UP_DAYS = 200
REPLICATIONS = 32
GROUP = "Span of control is machine repair"
SOURCE = "Finite-source queue M/M/1//N (Palm 1947; Cox & Smith 1961)"

ANSWERS_ONLY = Structure(
    "one coordinator", (Role("coordinator"),), dict.fromkeys(DUTIES, NOBODY) | {"planning": "coordinator"}
)


def in_theory(members: int) -> tuple[float, float]:
    """Share of time that the manager is busy, and mean response (wait and answer) in service times."""
    weights = [1.0]
    for waiting in range(members):
        weights.append(weights[-1] * (members - waiting) * LOAD)
    busy = 1.0 - weights[0] / sum(weights)
    return busy, members / busy - 1.0 / LOAD


def endless_work(members: int) -> Scenario:
    """A scenario in which all that ever happens is that members ask and the manager answers."""
    given = neutral() | {
        "attention_hours": 8.0,
        "matter_spread": 1.0,
        "question_hours": ANSWER_HOURS,
        "exception_rate": LOAD / ANSWER_HOURS,
        "question_share": 1.0,
        "impediment_share": 0.0,
        "cross_impediment_share": 0.0,
    }
    tasks = [f"P,task {k},team {k},{16 * DAYS}," for k in range(members)]
    content = {
        "name": f"Span of {members}",
        "horizon_days": DAYS,
        "step_hours": 1,
        "structures": ["merged"],
        "managers": 1,
        "organisation": {"teams": [{"name": f"team {k}", "members": 1} for k in range(members)]},
        "portfolio": {"plan": {"tasks": "tasks.csv"}},
        "assumptions": given,
    }
    with tempfile.TemporaryDirectory() as folder:
        table = "\n".join(["project,task,team,estimate_hours,predecessors", *tasks]) + "\n"
        (Path(folder) / "tasks.csv").write_text(table, encoding="utf-8")
        return scenario_from(content, folder)


def books(world: w.World) -> NDArray[np.float64]:
    """So far: the manager's hours on answers and in all; days that blocked tasks waited, and their number."""
    teams = np.arange(len(world.teams))
    blocked = world.queues[w.FIRST_TEAM_QUEUE + teams * w.QUEUES_A_TEAM + w.WAITING_QUEUE]
    manager = world.managers
    return np.array(
        [
            manager["on_matters"].sum(),
            manager["available"].sum(),
            blocked["waited"].sum(),
            blocked["left"].sum(),
        ]
    )


def one_run(prepared: Prepared, replication: int) -> tuple[float, float]:
    """Use of the manager, and response in service times, after the warm-up."""
    world = organise(prepared, draw_base(prepared, replication), ANSWERS_ONLY.name)
    run, steps_a_day = entry_point("run"), int(world.clock["steps_a_day"][0])
    run(world, WARM_UP_DAYS * steps_a_day)
    before = books(world)
    run(world, (DAYS - WARM_UP_DAYS) * steps_a_day)
    busy, hours, waited, answers = books(world) - before
    return busy / hours, waited / answers * 8.0 / ANSWER_HOURS


@cache
def simulated(members: int) -> tuple[Estimate, Estimate]:
    """Use of the manager and response, over all replications."""
    prepared = prepare(endless_work(members), (ANSWERS_ONLY,))
    runs = np.array([one_run(prepared, replication) for replication in range(REPLICATIONS)])
    return mean_of(runs[:, 0]), mean_of(runs[:, 1])


def answers_for(members: int) -> tuple[KnownAnswer, KnownAnswer]:
    """The two known answers for a span of `members`."""
    use, response = in_theory(members)
    return (
        KnownAnswer(
            GROUP, f"{members} members: use of the manager", "equals", use, 0.015, SOURCE,
            lambda: simulated(members)[0],
        ),
        KnownAnswer(
            GROUP, f"{members} members: response in service times", "equals", response,
            0.04 * response, SOURCE,
            lambda: simulated(members)[1],
        ),
    )  # fmt: skip


SPANS = (5, 7, 10, 15, 20)
ANSWERS = tuple(answer for members in SPANS for answer in answers_for(members))
