"""Tickets, clients, absences and departures are luck too: no structure changes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.simulate import run_world
from sim.scenario import Scenario, load
from sim.scenario.structures import PRESETS
from sim.world import KNOWN, MITIGATED, World
from tests.examples import numbers
from tests.whole import has_luck, run_on, some_organisation

ROOT = Path(__file__).parents[2]

# What is drawn about each thing, which no run may change.
LUCK = {
    "tickets": ("gap", "severe", "allowed", "penalty", "client", "team"),
    "clients": ("threshold",),
    "services": ("client", "team", "rate", "value", "term", "last_ticket"),
    "projects": ("promise", "first_warranty", "n_warranty"),
}


def scale_up(**changes: object) -> Scenario:
    scenario = load(ROOT / "scenarios" / "scaleup.yaml")
    return scenario.with_changes({"structures": list(PRESETS), "horizon_days": 250, **changes})


def luck_of(world: World) -> dict[str, bytes]:
    luck = {f"{t}.{f}": getattr(world, t)[f].tobytes() for t, fields in LUCK.items() for f in fields}
    of_teams = world.risks[world.risks["team"] >= 0]
    return luck | {f"risks.{f}": of_teams[f].tobytes() for f in ("hazard", "effect", "pool")}


def test_no_run_changes_the_luck_of_services_clients_and_people() -> None:
    prepared = prepare(scale_up())
    base = draw_base(prepared, 0)
    drawn = luck_of(base)
    for structure in prepared.structures:
        world = run_world(prepared, base, structure.name, 0)
        assert luck_of(world) == drawn
        assert luck_of(base) == drawn


def test_managers_own_luck_is_that_of_their_seats() -> None:
    prepared = prepare(scale_up())
    base = draw_base(prepared, 0)
    seats = [organise(prepared, base, structure.name).managers for structure in prepared.structures]
    for field in ("gap", "absent_from"):
        assert len({rows[field].tobytes() for rows in seats}) == 1


def test_nor_does_any_reorganisation_in_random_organisations() -> None:
    for number in numbers(40, 30_000):
        prepared = some_organisation(number)
        base = draw_base(prepared, 0)
        drawn = luck_of(base)
        world = organise(prepared, base, prepared.structures[0].name)
        run_on(world, prepared.scenario.horizon_days)
        assert luck_of(base) == drawn, number
        if has_luck(prepared, world):
            assert luck_of(world) == drawn, number


def test_care_puts_a_strike_off_and_nothing_else_moves_it() -> None:
    prepared = prepare(scale_up())
    base = draw_base(prepared, 1)
    world = run_world(prepared, base, "separated", 1)
    untouched = world.risks["state"] <= KNOWN
    assert untouched.any() and (world.risks["state"] == MITIGATED).any()
    assert np.array_equal(world.risks["strikes_at"][untouched], base.risks["strikes_at"][untouched])
    assert (world.risks["strikes_at"] >= base.risks["strikes_at"]).all()


@pytest.mark.parametrize("structure", ["merged", "separated", "agile"])
def test_one_manager_more_leaves_the_others_as_they_were(structure: str) -> None:
    few, many = (
        organise(prepared, draw_base(prepared, 2), structure)
        for prepared in (prepare(scale_up(managers=n)) for n in (6, 7))
    )
    for field in ("gap", "absent_from"):
        assert np.array_equal(few.managers[field], many.managers[field][:6]), field


def test_one_member_or_service_more_leaves_the_others_as_they_were() -> None:
    def base(last: int, services: int) -> World:
        teams = [{"name": "web", "members": 4}, {"name": "data", "members": last}]
        changes = {"organisation": {"teams": teams}, "portfolio.services.count": services}
        return draw_base(prepare(scale_up(**changes)), 2)

    few, many = base(3, 2), base(4, 3)
    for field in ("gap", "absent_from", "productivity"):
        assert np.array_equal(few.members[field], many.members[field][: len(few.members)]), field
    count = int(few.services["last_ticket"][-1])
    for field in ("gap", "severe", "effort"):
        assert np.array_equal(few.tickets[field][:count], many.tickets[field][:count])
    assert np.array_equal(few.services["ends"], many.services["ends"][:2])


def test_a_longer_horizon_leaves_earlier_tickets_absences_and_clients_as_they_were() -> None:
    short, long = (draw_base(prepare(scale_up(horizon_days=days)), 2) for days in (200, 900))
    for k in range(len(short.services)):
        begin, end = (int(short.services[field][k]) for field in ("next_ticket", "last_ticket"))
        first = int(long.services["next_ticket"][k])
        for field in ("gap", "severe", "effort", "client", "team"):
            later = long.tickets[field][first : first + end - begin]
            assert np.array_equal(short.tickets[field][begin:end], later), field
    for field in ("gap", "absent_from"):
        assert np.array_equal(short.members[field], long.members[field])
    for table in ("clients", "services"):
        assert len(getattr(short, table)) == len(getattr(long, table))
    assert np.array_equal(short.clients["threshold"], long.clients["threshold"])
    for field in ("change_gap", "confusion_gap"):
        assert np.array_equal(short.projects[field], long.projects[field][: len(short.projects)])
    assert np.array_equal(short.projects["promise"], long.projects["promise"][: len(short.projects)])
