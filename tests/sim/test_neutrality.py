"""No structure is favoured by construction, and changing the structure costs what handing over costs."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import fmean, stdev

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.simulate import run_world, simulate_block
from sim.scenario import Scenario, load
from sim.scenario.structures import DELIVERY_DUTIES, FURTHER, PRESETS, PROJECT_DUTIES, Role, Structure
from sim.vocabulary import DUTIES
from sim.world import DTYPES, N_DUTIES, NONE, World
from tests.examples import numbers
from tests.whole import run_on, some_scenario, some_structure

ROOT = Path(__file__).parents[2]


def agency(**changes: object) -> Scenario:
    return load(ROOT / "scenarios" / "agency.yaml").with_changes({"horizon_days": 200, **changes})


def ends(scenario: Scenario, structures: Iterable[Structure], replication: int = 0) -> list[World]:
    """The worlds of several structures at the end of their runs, under the same luck."""
    prepared = prepare(scenario, tuple(structures))
    base = draw_base(prepared, replication)
    return [run_world(prepared, base, s.name, replication) for s in prepared.structures]


def differences(one: World, other: World, allowed: Iterable[str] = ()) -> set[str]:
    """The fields, as "table.field", in which two worlds differ by as much as a bit."""
    found = set()
    for name, dtype in DTYPES.items():
        a, b = getattr(one, name), getattr(other, name)
        for field in dtype.names or ("",):
            if (a[field].tobytes() if field else a.tobytes()) != (
                b[field].tobytes() if field else b.tobytes()
            ):
                found.add(f"{name}.{field}")
    return {place for place in found if place not in allowed}


# --- other words for the same ------------------------------------------------------------------------------


def in_other_words(structure: Structure) -> Structure:
    """The same matrix with other names for its roles."""
    names = {role.name: f"our {role.name}" for role in structure.roles}

    def in_words(further: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {duty: tuple(names[role] for role in roles) for duty, roles in further.items()}

    return replace(
        structure,
        name="own",
        roles=tuple(replace(role, name=names[role.name]) for role in structure.roles),
        holders={duty: names.get(holder, holder) for duty, holder in structure.holders.items()},
        ranked_by=names.get(structure.ranked_by or "", structure.ranked_by),
        **{
            part: {
                duty: tuple(names[role] for role in roles) for duty, roles in getattr(structure, part).items()
            }
            for part in FURTHER
        },
    )


def test_one_manager_who_owns_everything_needs_no_special_name() -> None:
    own = Structure("our way", (Role("boss"),), dict.fromkeys(DUTIES, "boss"))
    alone = agency(managers=1, structures=["merged"])
    merged, same = ends(alone, (PRESETS["merged"], own))
    assert not differences(merged, same)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_and_a_matrix_that_says_the_same_are_the_same(name: str) -> None:
    preset, own = ends(agency(managers=4), (PRESETS[name], in_other_words(PRESETS[name])))
    assert not differences(preset, own)


def test_so_it_is_with_any_matrix_and_any_organisation() -> None:
    for number in numbers(30, 40_000):
        structure = some_structure(np.random.default_rng(number))
        prepared = prepare(some_scenario(number), (structure, in_other_words(structure)))
        base = draw_base(prepared, 0)
        one, other = (organise(prepared, base, s.name) for s in prepared.structures)
        for world in (one, other):
            run_on(world, prepared.scenario.horizon_days)
        assert not differences(one, other), number


# --- who holds what, where nothing depends on it -----------------------------------------------------------

NEUTRAL = {
    **{"switch_subject": 0.0, "switch_family": 0.0, "handoff_hours": 0.0, "same_hands": 1.0},
    **{"clarity": 1.0, "clarity_new": 1.0, "sync_hours": 0.0, "learning_rate": 0.0, "comfortable_tray": 1e9},
    **{"absence_days": 0.0, "attrition": 0.0, "key_person_chance": 0.0, "attention_hours": 24.0},
}
"""Nothing is lost in changing the subject, between people or by rush; all are there, with time enough."""


def two_people(name: str, of_one: Collection[str]) -> Structure:
    """Two roles of one person each: the duties of the first; the second has all others."""
    holders = {duty: "one" if duty in of_one else "other" for duty in DUTIES}
    return Structure(name, (Role("one"), Role("other")), holders)


@pytest.mark.parametrize("of_one", [DUTIES[::2], DELIVERY_DUTIES], ids=["every second", "the others"])
def test_where_people_cost_each_other_nothing_it_does_not_matter_who_holds_which_duty(
    of_one: Collection[str],
) -> None:
    """The textbook's split is no better and no worse than any other two halves."""
    scenario = agency(managers=2, assumptions=NEUTRAL)
    structures = (two_people("textbook", PROJECT_DUTIES), two_people("arbitrary", of_one))
    rows = simulate_block(prepare(scenario, structures), range(400))
    textbook, arbitrary = rows[::2], rows[1::2]
    for outcome in ("value_delivered", "delay_days", "rework_share", "satisfaction", "ticket_level_share"):
        more = [
            b[2][outcome] - a[2][outcome] for a, b in zip(textbook, arbitrary, strict=True) if a[2] and b[2]
        ]
        error = stdev(more) / math.sqrt(len(more))
        assert abs(fmean(more)) < 3 * error, outcome
        assert 3 * error < 0.1 * abs(fmean(a[2][outcome] for a in textbook if a[2])), "too rough to tell"


SAME_HOURS = ("budget", "timeline", "reporting", "tracking", "process", "operational_risk", "satisfaction")
"""Duties whose matters all take the same hours."""


@pytest.mark.parametrize("name", PRESETS)
def test_no_structure_makes_anyone_quicker(name: str) -> None:
    """Without practice and haste a matter takes its hours, whoever holds it and whatever else they hold."""
    scenario = agency(managers=4, assumptions={**NEUTRAL, "attention_hours": 6.5})
    scenario = scenario.with_changes({"portfolio.projects.milestones": 0})  # presenting them takes more
    (world,) = ends(scenario, (PRESETS[name],))
    spent = world.experience["hours"].reshape(-1, len(DUTIES)).sum(axis=0)
    for number, duty in enumerate(DUTIES):
        handled = int(world.counts["handled"][number])
        if duty in SAME_HOURS and spent[number] > 0:  # else the team holds it, or nobody
            assert handled > 10, duty
            given_up = 0.05  # begun, but the project was delivered, or the run over, before it was settled
            hours = float(world.given[f"{duty}_hours"][0])
            assert hours * handled <= spent[number] + 1e-6 <= (1 + given_up) * hours * handled, duty


# --- changes of structure ----------------------------------------------------------------------------------

DATES = {f"clock.{field}" for field in ("reorganise_on", "changed_on", "took_over_on")}
PLANNED = (
    DATES
    | {"teams.over", "teams.over_on"}
    | {
        f"clock.next_{key}"
        for key in ("sprint_days", "cover", "help", "ranks", "ranking_role", "intake_limit")
    }
)
BOOKS_OF_LISTS = {f"shared.{field}" for field in ("joined", "left", "waited", "area", "noted")} | {
    "engagements.joined"
}


def before_and_after(scenario: Scenario, stay: Structure, to: Structure, day: int, until: int) -> list[World]:
    prepared = prepare(scenario, (stay, stay.changing_to(to, day)))
    base = draw_base(prepared, 0)
    worlds = [organise(prepared, base, s.name) for s in prepared.structures]
    for world in worlds:
        run_on(world, until)
    return [world._replace(next_duties=base.next_duties, next_roles=base.next_roles) for world in worlds]


@pytest.mark.parametrize("to", PRESETS)
def test_a_reorganisation_on_the_last_day_changes_nothing_before_it(to: str) -> None:
    last = 199
    stay, change = before_and_after(agency(), PRESETS["separated"], PRESETS[to], last, last)
    assert not differences(stay, change, PLANNED)
    stay, change = before_and_after(agency(), PRESETS["separated"], PRESETS[to], last, last + 1)
    assert differences(stay, change, PLANNED)
    assert (stay.history[:last] == change.history[:last]).all()


def test_a_change_to_the_same_structure_costs_one_manager_nothing() -> None:
    """Who keeps everything has nothing to take over, nobody to misunderstand, and nothing to learn."""
    alone = agency(managers=1, structures=["merged"])
    stay, change = before_and_after(alone, PRESETS["merged"], PRESETS["merged"], 50, 200)
    over = {"responsibilities.owner"}  # of projects that are over
    settled = {"managers.borders", "responsibilities.known"}
    forgotten = over | settled | {"managers.load"}  # the loads by rounding
    assert not differences(stay, change, PLANNED | BOOKS_OF_LISTS | forgotten)
    assert np.allclose(stay.managers["load"], change.managers["load"])
    owners = stay.responsibilities["owner"], change.responsibilities["owner"]
    running = stay.projects["first_duty"][stay.projects["queue"] != NONE][:, None] + np.arange(N_DUTIES)
    assert running.size and np.array_equal(owners[0][running], owners[1][running])


def test_a_change_to_the_same_structure_costs_several_what_handing_over_costs() -> None:
    """Projects are dealt anew: until then nothing differs, and afterwards hand-overs take time."""
    free = {"handover_hours": 0.0, "handover_loss": 0.0, "clarity_new": 1.0, "handoff_hours": 0.0}
    costly = {**free, "handover_hours": 2.0}
    merged = PRESETS["merged"]
    spent = []
    for assumptions in (free, costly):
        scenario = agency(assumptions=assumptions)
        hours = 0.0
        for day in (80, 100, 120, 140):  # not every day finds a matter open whose owner changes
            stay, change = before_and_after(scenario, merged, merged, day, day)
            assert not differences(stay, change, PLANNED)
            stay, change = before_and_after(scenario, merged, merged, day, day + 20)
            assert stay.managers["on_handoffs"].sum() == 0
            hours += change.managers["on_handoffs"].sum()
        spent.append(hours)
    assert spent[0] == 0
    assert spent[1] > 2.0
