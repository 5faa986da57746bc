"""Each of fourteen duties matters where it can, and only there: an agency with services, with and without.

The same luck with a duty held and with the duty held by nobody, so that the difference in each future is the
duty's alone. Nothing was calibrated for the agency.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import fmean, stdev

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.clocks.simulate import run_world, simulate_block
from sim.scenario import Scenario, load
from sim.scenario.structures import NOBODY, PRESETS, TEAM, Structure
from sim.vocabulary import BY_NAME, DUTIES
from sim.world import World

ROOT = Path(__file__).parents[2]
REPLICATIONS = 200
SURE = 3.0  # standard errors: a chance of one in a thousand to be fooled

# What drifts while each duty waits, and so must get worse without it.
DRIFTS = {
    "planning": ("blocked_days", "delay_days", "rework_share", "net_value_a_year"),
    "budget": ("creep_share", "cost_over_budget", "net_value_a_year"),
    "allocation": ("blocked_days", "lead_days"),
    "timeline": ("delay_days", "satisfaction"),
    "project_risk": ("risk_loss_hours", "delay_days", "net_value_a_year"),
    "reporting": ("rework_share", "delay_days", "satisfaction"),
    "tracking": ("escaped_defect_hours", "warranty_hours"),
    "service_oversight": (
        "ticket_level_share",
        "breaches",
        "breach_penalties",
        "ticket_days",
        "satisfaction",
    ),
    "resources": ("delay_days", "penalties"),
    "process": ("maturity_gain", "leavers"),
    "stakeholders": ("blocked_days", "cost_over_budget"),
    "operational_risk": ("risk_loss_hours", "incident_cost"),
    "satisfaction": ("satisfaction", "clients_lost", "revenue_lost"),
    "coordination": ("blocked_days", "rework_share", "net_value_a_year"),
}


def agency(**changes: object) -> Scenario:
    return load(ROOT / "scenarios" / "agency.yaml").with_changes({"horizon_days": 350, **changes})


@cache
def with_and_without(duty: str) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    return _all_held(), futures_of(PRESETS["separated"].without(duty))


@cache
def _all_held() -> list[dict[str, float]]:
    return futures_of(PRESETS["separated"])


def futures_of(structure: Structure, **assumptions: float) -> list[dict[str, float]]:
    rows = simulate_block(prepare(agency(assumptions=assumptions), (structure,)), range(REPLICATIONS))
    assert all(error is None for *_, error in rows)
    return [outcomes for _, _, outcomes, _ in rows if outcomes is not None]


def is_surely_worse(held: list[dict[str, float]], without: list[dict[str, float]], outcome: str) -> bool:
    sign = -1.0 if BY_NAME[outcome].better == "more" else 1.0
    worse = [sign * (b[outcome] - a[outcome]) for a, b in zip(held, without, strict=True)]
    return fmean(worse) - SURE * stdev(worse) / math.sqrt(len(worse)) > 0


def test_all_fourteen_are_looked_at() -> None:
    assert tuple(DRIFTS) == DUTIES


@pytest.mark.parametrize("duty", DRIFTS)
def test_without_a_duty_what_it_holds_back_gets_worse(duty: str) -> None:
    held, without = with_and_without(duty)
    spared = [outcome for outcome in DRIFTS[duty] if not is_surely_worse(held, without, outcome)]
    assert not spared, f"no worse without {duty}"


def test_key_people_leave_more_often_where_nobody_prepares_for_it() -> None:
    often = {"key_person_chance": 0.4}
    held = futures_of(PRESETS["separated"], **often)
    without = futures_of(PRESETS["separated"].without("operational_risk"), **often)
    assert is_surely_worse(held, without, "leavers")


# --- idle duties -------------------------------------------------------------------------------------------

# What a structure says about its duties, and what a matter says about who would own it.
OWN_ROWS = {"duties.role", "duties.by_team", "duties.weight"}


def worlds_differ_in(one: World, other: World) -> set[str]:
    found = set()
    for name, table in one._asdict().items():
        for field in table.dtype.names or ("",):
            a, b = (getattr(world, name) for world in (one, other))
            if not np.array_equal(a[field] if field else a, b[field] if field else b):
                found.add(f"{name}.{field}")
    return found


def both_ends(scenario: Scenario, structure: Structure, duty: str, replication: int) -> tuple[World, World]:
    prepared = prepare(scenario, (structure, structure.without(duty)))
    base = draw_base(prepared, replication)
    one, other = (run_world(prepared, base, s.name, replication) for s in prepared.structures)
    return one, other


@pytest.mark.parametrize("structure", ["merged", "separated", "agile"])
def test_without_services_oversight_is_idle(structure: str) -> None:
    """To the bit: nobody is disturbed by a duty about what does not exist."""
    alike = {"assumptions.learning_rate": 0}  # or a career is shared out over one duty more
    scenario = agency(**{"portfolio.services": None, "portfolio.projects.at_start": 4, **alike})
    one, other = both_ends(scenario, PRESETS[structure], "service_oversight", 0)
    oversight = set()
    for world in (one, other):
        held = world.responsibilities
        held["owner"][held["duty"] == DUTIES.index("service_oversight")] = 0
        oversight |= set(world.counts["raised"][[DUTIES.index("service_oversight")]])
    assert oversight == {0}
    allowed = OWN_ROWS | {"managers.load", "experience.practice", "experience.handled"}
    assert worlds_differ_in(one, other) <= allowed


@pytest.mark.parametrize("duty", ["planning", "reporting", "resources", "stakeholders"])
def test_without_projects_nobody_misses_a_duty_about_them(duty: str) -> None:
    alike = {"assumptions.learning_rate": 0}  # or a career is shared out over one duty more
    scenario = agency(**{"portfolio.projects.at_start": 0, "portfolio.projects.a_year": 0.0, **alike})
    one, other = both_ends(scenario, PRESETS["separated"], duty, 0)
    for world in (one, other):
        held = world.responsibilities
        held["owner"][held["duty"] == DUTIES.index(duty)] = 0
    allowed = OWN_ROWS | {"experience.practice", "experience.handled", "clock.ranks", "clock.ranking_role"}
    assert worlds_differ_in(one, other) <= allowed


def test_a_duty_that_nobody_holds_is_handled_by_nobody() -> None:
    for duty in DUTIES:
        structure = PRESETS["merged"].without(duty)
        assert structure.holders[duty] == NOBODY
        prepared = prepare(agency(horizon_days=100), (structure,))
        world = run_world(prepared, draw_base(prepared, 0), structure.name, 0)
        # What the accounts bring before the sponsor is decided there.
        above = world.clock["decisions"][0] if duty == "stakeholders" else 0
        assert world.counts["handled"][DUTIES.index(duty)] == above
        assert world.experience["hours"].reshape(-1, len(DUTIES))[:, DUTIES.index(duty)].sum() == 0


def test_fourteen_duties_held_by_nobody_are_worse_than_any_one() -> None:
    nobody = Structure("nobody", PRESETS["separated"].roles, dict.fromkeys(DUTIES, NOBODY))
    alone = fmean(future["net_value_a_year"] for future in futures_of(nobody)[:20])
    for duty in DUTIES:
        _, without = with_and_without(duty)
        assert alone < fmean(future["net_value_a_year"] for future in without[:20]), duty


@pytest.mark.parametrize("duty", ["planning", "coordination", "allocation", "timeline", "reporting"])
def test_a_duty_that_the_team_holds_itself_waits_for_no_manager(duty: str) -> None:
    preset = PRESETS["merged"]
    own = Structure("own", preset.roles, {**preset.holders, duty: TEAM})
    rows = simulate_block(prepare(agency(), (preset, own)), range(3))
    for held, self_held in zip(rows[::2], rows[1::2], strict=True):
        assert held[2] is not None and self_held[2] is not None
        assert held[2][f"attention_{duty}"] > 0
        assert self_held[2][f"attention_{duty}"] == 0
        assert self_held[2][f"wait_{duty}"] < held[2][f"wait_{duty}"]


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_held_by_the_team_differs_from_one_that_nobody_holds(duty: str) -> None:
    """In what the duty is for, not only in the hours that it takes."""
    preset = PRESETS["separated"]
    own = replace(preset, name="own", holders={**preset.holders, duty: TEAM})
    rows = simulate_block(prepare(agency(), (own, preset.without(duty))), range(3))
    for held, without in zip(rows[::2], rows[1::2], strict=True):
        assert held[2] is not None and without[2] is not None
        told = DRIFTS[duty]
        assert any(held[2][outcome] != without[2][outcome] for outcome in told), f"none of {told} differs"
