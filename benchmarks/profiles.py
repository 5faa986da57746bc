"""Where the time of a run goes: by part of the day on the compiled clock, by rule on the Mesa clock."""

from __future__ import annotations

import cProfile
import pstats
import types
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.organisations import enlarged, example, people
from benchmarks.runs import NANO
from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.engine import compilation
from sim.engine.by_reference import by_reference
from sim.rules import attention, calendar, choice, day, gathering, projects, work
from sim.scenario import Scenario
from sim.world import World

Part = Callable[[World], None]
Floats = NDArray[np.float64]

# By names of their own, so that their compiled copies can take their places.
_begin, _attend, _gather, _grant, _work = (
    calendar.begin_day,
    attention.spend_attention,
    gathering.gather,
    choice.grant_specialists,
    work.spend_day,
)
_flow, _deliver, _end = day.flow, projects.move_projects, day.end


def nothing(world: World) -> None:
    by_reference(world)


def begin(world: World) -> None:
    _begin(by_reference(world))


def managers(world: World) -> None:
    reference = by_reference(world)
    for manager_id in range(len(world.managers)):
        _attend(reference, manager_id)


def meetings(world: World) -> None:
    reference = by_reference(world)
    for team_id in range(len(world.teams)):
        _gather(reference, team_id)


def specialists(world: World) -> None:
    reference = by_reference(world)
    _grant(reference, world.clock[0].begun)


def teams(world: World) -> None:
    reference = by_reference(world)
    for team_id in range(len(world.teams)):
        _work(reference, team_id)


def deliveries(world: World) -> None:
    _deliver(by_reference(world))


def rounds(world: World) -> None:
    _flow(by_reference(world))


def endings(world: World) -> None:
    _end(by_reference(world))


PARTS: tuple[Part, ...] = (
    *(nothing, begin, managers, meetings, specialists, teams),
    *(rounds, deliveries, endings),
)
"""The parts of `sim.rules.day.step`, in its order, each as a function that Python can call."""


def compiled_parts() -> dict[str, Part]:
    """Each part of the day, compiled by itself."""
    rules = compilation.compile_rules(())
    names = {
        name: rules.get(value, value) if isinstance(value, types.FunctionType) else value
        for name, value in globals().items()
    }
    for_outer, _ = compilation.compilers()
    compile_part = numba.njit(**compilation.RULE_OPTIONS, **for_outer)
    return {part.__name__: compile_part(types.FunctionType(part.__code__, names)) for part in PARTS}


def seconds_a_step(scenario: Scenario, structure: str, parts: dict[str, Part]) -> Floats:
    """Seconds of each part (columns) in each step (rows), the parts taking turns."""
    prepared = prepare(scenario)
    world = organise(prepared, draw_base(prepared, 0), structure)
    steps = scenario.horizon_days * int(world.clock["steps_a_day"][0])
    seconds = np.zeros((steps, len(parts)))
    for step in range(steps):
        for number, part in enumerate(parts.values()):
            start = perf_counter()
            part(world)
            seconds[step, number] = perf_counter() - start
    return seconds


def print_parts(scenario: Scenario, parts: dict[str, Part], times: int = 4) -> None:
    """Nanoseconds for each person and day of each part of a step, each step in the best of some rounds."""
    print(f"{people(scenario):,} people, ns for each person and day")
    print(f"  {'':12}" + "".join(f"{name:>13}" for name in parts if name != "nothing"))
    for structure in scenario.structures:
        best = np.min([seconds_a_step(scenario, structure, parts) for _ in range(times)], axis=0)
        steps_a_day = len(best) / scenario.horizon_days
        costs = (best - best[:, :1])[1:, 1:].mean(axis=0) * steps_a_day * NANO / people(scenario)
        print(f"  {structure:12}" + "".join(f"{cost:13.1f}" for cost in costs), flush=True)


def print_rules(days: int = 250, lines: int = 25) -> None:
    """How often each rule is called, and its share of the Mesa clock's time."""
    scenario = example()
    model = DeliveryOrganisation(prepare(scenario), scenario.structures[0])
    profile = cProfile.Profile()
    profile.runcall(model.run, days)
    stats: dict[Any, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    rules = {key: row for key, row in stats.items() if "/sim/rules/" in key[0].replace("\\", "/")}
    whole = sum(row[2] for row in rules.values())
    print(f"\nrules on the Mesa clock ({scenario.structures[0]}, {days} days)")
    print(f"  {'':36} calls for each person and day   share of the time")
    for (file, _, name), row in sorted(rules.items(), key=lambda item: -item[1][2])[:lines]:
        topic = file.replace("\\", "/").rsplit("/", 1)[1].removesuffix(".py")
        print(f"  {topic + '.' + name:36} {row[1] / days / people(scenario):29.3f} {row[2] / whole:19.1%}")


def print_profile() -> None:
    """Both profiles. The parts take turns, so each finds less in the processor's cache than within a run."""
    parts = compiled_parts()
    for times in (1, 100):
        print_parts(enlarged(times), parts)
    print_rules()
