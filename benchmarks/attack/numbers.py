"""Assumptions at their bounds, and random organisations.

Every figure makes sense: a share is a share, nothing is infinite, and nothing is missing without its reason.
A sample runs on the Mesa clock too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.attack.trial import Trial
from sim.building.preparation import Prepared, prepare
from sim.clocks.faults import LuckExhausted
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.outcomes.reduce import reduce_run
from sim.scenario.assumptions import Assumption, load_assumptions
from sim.world import World
from tests.sound import faults
from tests.whole import has_luck, numbers_make_sense, run_on, some_organisation, start

HOMES = 3  # organisations in which each assumption goes to its bounds
RANDOM = 1000
ON_BOTH_CLOCKS = 25  # every so many of the random ones
SHORT = 40  # in short, every so many of the bounds
OFTEN = 0.3  # chance of an assumption to be anywhere within its bounds


def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
    """Each assumption at each bound in several organisations, then 1,000 random ones; in short, a few."""
    for home in range(HOMES if thorough else 1):
        organisation = some_organisation(home)
        for name, end in bounds()[:: 1 if thorough else SHORT]:
            what = f"{name} = {end:g} in organisation {home}"
            yield on_the_compiled_clock(what, having(organisation, {name: end}))
    for number in range(RANDOM if thorough else 5):
        prepared = anywhere(number)
        yield on_the_compiled_clock(f"organisation {number}", prepared)
        if number % ON_BOTH_CLOCKS == 0:
            yield on_both_clocks(f"organisation {number} on both clocks", prepared)


def bounds() -> list[tuple[str, float]]:
    """Each assumption at the ends of its bounds and of its plausible range."""
    known = load_assumptions().values()
    return [(a.name, end) for a in known for end in sorted({a.hard_low, a.low, a.high, a.hard_high})]


def anywhere(number: int) -> Prepared:
    """A random organisation, with many assumptions anywhere within their bounds."""
    luck = np.random.default_rng([11, number])
    known = load_assumptions().values()
    return having(some_organisation(number), {a.name: _any(a, luck) for a in known if luck.random() < OFTEN})


def _any(a: Assumption, luck: np.random.Generator) -> float:
    within = luck.uniform(a.hard_low, a.hard_high), luck.uniform(a.low, a.high)
    return float(luck.choice([a.hard_low, a.hard_high, *within]))


def having(organisation: Prepared, assumptions: dict[str, float]) -> Prepared:
    """An organisation with some other assumptions."""
    scenario = organisation.scenario
    changed = scenario.with_changes({"assumptions": {**scenario.assumptions, **assumptions}})
    return prepare(changed, organisation.structures)


def on_the_compiled_clock(what: str, prepared: Prepared) -> Trial:
    """One run, and what is wrong with its figures; one that runs out of luck says so, and has none."""
    world = start(prepared)
    run_on(world, prepared.scenario.horizon_days)
    return (
        _judged(what, world) if has_luck(prepared, world) else Trial(what, True, "out of luck, and says so")
    )


def on_both_clocks(what: str, prepared: Prepared) -> Trial:
    """The same run agent by agent: the same figures, bit by bit."""
    compiled = start(prepared)
    run_on(compiled, prepared.scenario.horizon_days)
    model = DeliveryOrganisation(prepared, prepared.structures[0].name)
    try:
        model.run(days=prepared.scenario.horizon_days)
    except LuckExhausted:
        return Trial(what, not has_luck(prepared, compiled), "out of luck, and says so")
    told, again = (np.array(list(reduce_run(w).values())) for w in (model.tables(), compiled))
    return Trial(what, told.tobytes() == again.tobytes(), "the clocks differ")


def _judged(what: str, world: World) -> Trial:
    wrong = list(faults(reduce_run(world), world))
    try:
        numbers_make_sense(world)
    except AssertionError as error:
        wrong.append(f"{error} is no number, or no share")
    return Trial(what, not wrong, "; ".join(wrong))
