"""A merged role as a polling system: one manager, two families of matters, and the price of turning.

Matters come at random (Poisson) with exponential hours of mean 1 and are dealt with by the rules of
`sim.rules.attention` themselves, on Python objects. A step lasts until the next matter arrives, so that
nothing is lost to a grid of time: the waits are exact.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.rules.attention import attend, choose, has_time, plan_day
from sim.rules.matters import appear, open_matter
from sim.rules.responsibilities import project_duty
from sim.scenario import scenario_from
from sim.scenario.assumptions import neutral
from sim.world import NONE, PROJECT_RISK, SATISFACTION, World
from sim.world.rows import objects_of
from validation.answer import Estimate, KnownAnswer, mean_of

Floats = NDArray[np.float64]

HOURS_A_DAY = 8.0
BATCHES = 20
FAMILIES = (PROJECT_RISK, SATISFACTION)  # one duty of each family whose handling changes nothing here


@dataclass(frozen=True)
class Matters:
    """What comes to one manager: times of arrival (h), hours of work and family (0 or 1) of each matter."""

    arrival: Floats
    hours: Floats
    family: NDArray[np.int64]


def draw_matters(rate: float, families: int, count: int, seed: int) -> Matters:
    """`count` matters at `rate` an hour for each family, of one hour on average."""
    luck = np.random.default_rng(seed)
    arrival = np.cumsum(luck.exponential(1.0 / (rate * families), count))
    return Matters(arrival, luck.exponential(1.0, count), luck.integers(0, families, count))


def one_manager(switch: float) -> World:
    """A manager, as rows, for whom `switch` hours are lost between the families, and nothing else.

    Whoever has begun with one family stays with it while anything there waits; otherwise first come, first
    served.
    """
    given = neutral() | {
        "attention_hours": HOURS_A_DAY,
        "switch_subject": 0.6 * switch,
        "switch_family": 0.4 * switch,
        "thread_bonus": 1e6,
        "firefighting": 1.0,
        "proactive_urgency": 1.0,
    }
    content = {
        "name": "one manager",
        "managers": 1,
        "structures": ["merged"],
        "portfolio": {"projects": {"at_start": 2, "a_year": 0}},
        "assumptions": given,
    }
    prepared = prepare(scenario_from(content))
    world = objects_of(organise(prepared, draw_base(prepared, 0), "merged"))
    world.clock[0].step = 1
    world.clock[0].steps_a_day = 1 << 30  # no morning on which all is weighed again
    return world


def come_up(world: World, family: int, hours: float) -> int:
    """A matter of a family comes to the manager: a duty of it, about the family's own project. Its row."""
    clock = world.clock[0]
    assert isinstance(world.matters, list)
    assert isinstance(world.free_rows, list)
    if clock.free_matters == 0 and clock.next_matter == len(world.matters):
        world.matters.append(copy.copy(world.matters[0]))  # room for any number at a time
        world.free_rows.append(0)
    matter_id = open_matter(world, project_duty(world, family, FAMILIES[family]), hours, 0)
    world.matters[matter_id].owner = 0
    appear(world, matter_id, 0)
    return matter_id


class Rounds:
    """The habit of looking into the other family's tray when one's own is empty, even if nothing is there.

    It is a matter without hours; when one tray has been looked into, the other asks to be.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.family = 0
        self.look = come_up(world, 0, 0.0)

    def go_on(self, matter_id: int) -> bool:
        """Whether a settled matter was such a look; if so, the next one is due."""
        if matter_id != self.look:
            return False
        self.family = 1 - self.family
        self.look = come_up(self.world, self.family, 0.0)
        return True


def settle(world: World, rounds: Rounds | None) -> Iterator[tuple[int, float]]:
    """The manager's step: rows of the matters settled in it, and after how many hours each."""
    manager = world.managers[0]
    plan_day(world, 0)
    hours = manager.left
    while has_time(world, 0):
        matter_id = choose(world, 0)
        attend(world, 0, matter_id)
        settled = matter_id != NONE and not world.matters[matter_id].open
        if settled and not (rounds and rounds.go_on(matter_id)):
            yield matter_id, hours - manager.left


def waits(matters: Matters, switch: float, makes_rounds: bool = False) -> Floats:
    """Hours that each matter waits until work on it begins, in the order of arrival; NaN: never settled."""
    world = one_manager(switch)
    clock: Any = world.clock[0]
    rounds = Rounds(world) if makes_rounds else None
    waited = np.full(len(matters.arrival), np.nan)
    number: dict[int, int] = {}
    until = [*matters.arrival[1:], matters.arrival[-1] + 1.0]
    for k, (now, end, hours, family) in enumerate(
        zip(matters.arrival.tolist(), until, matters.hours.tolist(), matters.family.tolist(), strict=True)
    ):
        clock.now = clock.begun = now / HOURS_A_DAY
        clock.until, clock.step_days = end / HOURS_A_DAY, (end - now) / HOURS_A_DAY
        number[come_up(world, family, hours)] = k
        for settled, after in settle(world, rounds):
            done = number.pop(settled)
            waited[done] = now + after - matters.arrival[done] - matters.hours[done]
    return waited


# --- what theory says --------------------------------------------------------------------------------------


def first_come_first_served(matters: Matters) -> Floats:
    """Hours that each matter waits if they are settled in order and turning costs nothing (Lindley 1952)."""
    gaps = np.diff(matters.arrival, prepend=matters.arrival[0])
    change = np.concatenate([[0.0], matters.hours[:-1]]) - gaps
    total = np.cumsum(change)
    return total - np.minimum.accumulate(np.minimum(total, 0.0))


def mean_of_one_line(load: float) -> float:
    """Mean wait in service times with one server, random arrivals and exponential hours (M/M/1)."""
    return load / (1.0 - load)


def mean_on_rounds(load: float, switch: float) -> float:
    """Mean wait of two equal families if the manager turns whenever the present one is empty.

    Pseudo-conservation law of polling systems, exhaustive service, constant switching time (Takagi 1986).
    """
    return mean_of_one_line(load) + switch * (1.0 - load / 2.0) / (1.0 - load)


def mean_staying_put(load: float, switch: float) -> float:
    """Mean wait of two equal families if the manager turns only when something waits over there.

    The work in the system is that without switching, plus the mean work present while nobody is served (Boxma
    & Groenendijk 1987). The second follows from the number N left in the other tray when one is emptied:
    `none` is the chance that N = 0, found by iterating the generating function of N at z, G(z), G(G(z)) ...,
    where G is the transform of a busy period.
    """
    rate = load / 2.0
    none = _chance_of_empty_trays(rate, switch)
    turns = 1.0 - none / 2.0  # of all times that a tray is emptied
    left = rate * (switch * turns + none) / (1.0 - load)  # mean of N
    present = switch * (left + none / 2.0 + turns * rate * switch)
    unserved = switch * turns + none / (2.0 * rate)
    return mean_of_one_line(load) + present / unserved / load


def _chance_of_empty_trays(rate: float, switch: float) -> float:
    z, product, total = 0.0, 1.0, 0.0
    while 1.0 - z > 1e-15:
        s = rate * (1.0 - z)
        busy = ((rate + 1.0 + s) - math.sqrt((rate + 1.0 + s) ** 2 - 4.0 * rate)) / (2.0 * rate)
        during = math.exp(-switch * (s + rate * (1.0 - busy)))
        total += product * (busy * (during + 1.0) / 2.0 - during)
        product *= during
        z = busy
    return product / (1.0 - total)


def mean_wait(matters: Matters, switch: float, load: float, makes_rounds: bool = False) -> Estimate:
    """Mean wait of simulated matters, with the luck of the draw taken out as far as theory knows it.

    The same matters, first come first served and without switching, wait `mean_of_one_line` in the long run;
    by how much they wait longer or shorter here tells how lucky this draw was (a control variate).
    """
    waited = waits(matters, switch, makes_rounds)
    luck = first_come_first_served(matters) - mean_of_one_line(load)
    settled = ~np.isnan(waited)
    return mean_of([batch.mean() for batch in np.array_split((waited - luck)[settled], BATCHES)])


# --- the answers -------------------------------------------------------------------------------------------

COUNT = 40_000
GROUP = "A merged role is a polling system"
LINE = "M/M/1 (Kleinrock 1975)"
ROUNDS = "Polling, exhaustive service (Takagi 1986)"
PUT = "Work decomposition (Boxma & Groenendijk 1987), solved in `polling.py`"


def answer(
    fact: str,
    expected: float,
    source: str,
    load: float,
    switch: float,
    families: int = 2,
    rounds: bool = False,
) -> KnownAnswer:
    """A known mean wait under a manager's `load` (0-1), within 2%."""

    def simulate() -> Estimate:
        return mean_wait(draw_matters(load / families, families, COUNT, 1), switch, load, rounds)

    return KnownAnswer(GROUP, fact, "equals", expected, 0.02 * expected, source, simulate)


SWITCHES = (0.1, 0.25, 0.5)
ANSWERS = (
    answer("Load .8, turning costs nothing", mean_of_one_line(0.8), LINE, 0.8, 0.0),
    *(
        answer(
            f"Load .8, turning costs {r:g}, on rounds", mean_on_rounds(0.8, r), ROUNDS, 0.8, r, rounds=True
        )
        for r in SWITCHES
    ),
    *(
        answer(f"Load .8, turning costs {r:g}, staying put", mean_staying_put(0.8, r), PUT, 0.8, r)
        for r in SWITCHES
    ),
    answer("Two managers at .4, split by family", mean_of_one_line(0.4), LINE, 0.4, 0.25, families=1),
    answer(
        "Two managers at .4, merged, on rounds", mean_on_rounds(0.4, 0.25), ROUNDS, 0.4, 0.25, rounds=True
    ),
    answer("Two managers at .4, merged, staying put", mean_staying_put(0.4, 0.25), PUT, 0.4, 0.25),
)
