"""A service desk as a queue: tickets come at random, the members of one team serve them, and some wait.

End to end on the compiled clock: each team owns one service, and nothing else ever happens. Tickets come as a
Poisson process, first come first served, by members who do eight hours of work a day. The efforts of tickets
are lognormal in the model; where theory wants exponential ones, those that were drawn are overwritten before
the run. What is under test are the line and the members, not the draw.

A ticket counts as raised at the beginning of the step in which it comes: half a step early, on average. So is
all work on it, to the moment when it is resolved, so that responses are as long as they should be.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from sim import world as w
from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.clocks.simulate import run_world
from sim.scenario import Scenario, scenario_from
from sim.scenario.assumptions import neutral
from sim.scenario.structures import NOBODY, Role, Structure
from sim.vocabulary import DUTIES
from sim.world import World
from sim.world.luck import stream
from validation.answer import Estimate, KnownAnswer

HOURS_A_DAY = 8.0
DAYS = 10_000
FIRST_DAY, LAST_DAY = 1000, 9500  # tickets that count: after a warm-up, and early enough to be resolved
TOLERANCE = 0.03  # of the expected wait

LEFT_ALONE = Structure("left alone", (Role("onlooker"),), dict.fromkeys(DUTIES, NOBODY))


@dataclass(frozen=True)
class Line:
    """Teams of `members`, each with a line of tickets that keep it busy for the share `load` of its time.

    A ticket takes `hours` on average: exponential, or lognormal with log sd `spread`. `teams` lines run side
    by side in each of `replications`; steps are of one hour.
    """

    members: int
    load: float
    hours: float
    teams: int
    replications: int
    spread: float | None = None


def probability_to_wait(members: int, load: float) -> float:
    """Erlang's C: the chance that all members are busy when a ticket comes."""
    offered = members * load
    blocked = 1.0  # Erlang's B, member by member
    for count in range(1, members + 1):
        blocked = offered * blocked / (count + offered * blocked)
    return blocked / (1.0 - load * (1.0 - blocked))


def mean_wait_exponential(members: int, load: float) -> float:
    """Mean wait in M/M/c, in service times."""
    return probability_to_wait(members, load) / (members * (1.0 - load))


def mean_wait_lognormal(load: float, spread: float) -> float:
    """Mean wait in M/G/1 with lognormal service of log sd `spread`, in service times."""
    second_moment = math.exp(spread * spread)
    return load * second_moment / (2.0 * (1.0 - load))


def desk(line: Line, days: int = DAYS) -> Scenario:
    """A scenario in which all that ever happens is that tickets come and are resolved."""
    week = 5.0 * HOURS_A_DAY
    services = {
        "count": line.teams,
        "tickets_a_week": line.members * line.load * week / line.hours,
        "severe_share": 0.0,
        "effort_hours": line.hours,
        "contract_days": days,
    }
    return scenario_from(
        {
            "name": f"Service desk of {line.members}",
            "horizon_days": days,
            "step_hours": 1,
            "structures": ["merged"],
            "managers": 1,
            "risks": "none",
            "organisation": {"teams": {"count": line.teams, "members": line.members, "skills": ["support"]}},
            "portfolio": {"projects": {"at_start": 0, "a_year": 0}, "services": services},
            "assumptions": neutral() | {"ticket_spread": line.spread or 0.0},
        }
    )


def resolved_tickets(prepared: Prepared, line: Line, replication: int) -> World:
    """The world at the horizon. Raises LuckExhausted."""
    base = draw_base(prepared, replication)
    if line.spread is None:
        luck = stream(prepared.scenario.seed, replication, "exponential efforts")
        effort = line.hours * luck.standard_exponential(len(base.tickets))
        base.tickets["effort"] = base.tickets["remaining"] = effort
    return run_world(prepared, base, LEFT_ALONE.name, replication)


def one_run(prepared: Prepared, line: Line, replication: int) -> tuple[float, float, float]:
    """Mean wait of the tickets that count, in service times; by how much more of them, and of work, came than
    expected (as shares).
    """
    world = resolved_tickets(prepared, line, replication)
    tickets = world.tickets[(world.tickets["raised"] >= FIRST_DAY) & (world.tickets["raised"] < LAST_DAY)]
    assert (tickets["state"] == w.RESOLVED).all(), "the longest waits would be left out"
    response = HOURS_A_DAY * (tickets["resolved"] - tickets["raised"])
    hours = line.load * HOURS_A_DAY * (LAST_DAY - FIRST_DAY) * line.members * line.teams
    work = tickets["effort"].sum()
    wait = (response.sum() - work) / len(tickets)
    return wait / line.hours, len(tickets) * line.hours / hours - 1.0, work / hours - 1.0


def freed_of_luck(runs: NDArray[np.float64]) -> Estimate:
    """The mean wait if exactly as many tickets, and as much work, had come as expected (control variates).

    `runs` are rows of `one_run`. Lines that are nearly full owe most of their scatter to such luck.
    """
    waits = runs[:, 0]
    design = np.column_stack([np.ones(len(runs)), runs[:, 1:]])
    fitted = np.linalg.lstsq(design, waits, rcond=None)[0]
    freedom = len(runs) - design.shape[1]
    variance = ((waits - design @ fitted) ** 2).sum() / freedom * np.linalg.inv(design.T @ design)[0, 0]
    return Estimate(float(fitted[0]), float(student.ppf(0.975, freedom)) * math.sqrt(variance))


def simulated(line: Line) -> Estimate:
    """Mean wait in service times, over all replications."""
    prepared = prepare(desk(line), (LEFT_ALONE,))
    return freed_of_luck(np.array([one_run(prepared, line, k) for k in range(line.replications)]))


def when_asked(line: Line) -> Callable[[], Estimate]:
    """The run of a line, for later."""
    return lambda: simulated(line)


# Short tickets make for many of them in a run. Where many members share a line, waits are short in service
# times: there tickets are longer, so that the hour in which a ticket comes is a small part of its wait.
EXPONENTIAL = (
    Line(1, 0.8, hours=10, teams=20, replications=16),
    Line(2, 0.8, hours=10, teams=10, replications=16),
    Line(2, 0.9, hours=10, teams=16, replications=24),
    Line(5, 0.8, hours=40, teams=16, replications=16),
    Line(10, 0.9, hours=40, teams=12, replications=20),
)
LOGNORMAL = (
    Line(1, 0.8, hours=10, teams=20, replications=12, spread=0.5),
    Line(1, 0.8, hours=10, teams=20, replications=16, spread=0.85),
    Line(1, 0.8, hours=10, teams=30, replications=18, spread=1.07),
)


def exponential_answer(line: Line) -> KnownAnswer:
    """The mean wait where efforts are exponential."""
    wait = mean_wait_exponential(line.members, line.load)
    members = "1 member" if line.members == 1 else f"{line.members} members"
    return KnownAnswer(
        "Tickets wait as in M/M/c",
        f"{members}, busy for {line.load:.0%}: mean wait in service times",
        "equals",
        wait,
        TOLERANCE * wait,
        "Erlang 1917: waiting in M/M/c",
        when_asked(line),
    )


def lognormal_answer(line: Line) -> KnownAnswer:
    """The mean wait where efforts are lognormal, as the model draws them."""
    wait = mean_wait_lognormal(line.load, line.spread or 0.0)
    return KnownAnswer(
        "Uneven tickets wait longer, as in M/G/1",
        f"1 member, busy for {line.load:.0%}, spread {line.spread}: mean wait in service times",
        "equals",
        wait,
        TOLERANCE * wait,
        "Pollaczek 1930; Khinchine 1932",
        when_asked(line),
    )


ANSWERS = (*map(exponential_answer, EXPONENTIAL), *map(lognormal_answer, LOGNORMAL))
