"""What practitioners agree on about delivery organisations, as signs with intervals, at default assumptions.

Nothing was tuned for these facts (see docs/explanation/stylised-facts.md, which also says where a fact is too
broad). Every comparison is between futures that differ in one thing and share their luck.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import fmean, stdev

import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.payback import gains_by_day
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario, load
from sim.scenario.structures import PRESETS, Structure
from sim.world import World
from tests.whole import run_on

ROOT = Path(__file__).parents[2]
SURE = 3.0  # standard errors: a chance of one in a thousand to be fooled

STEPS = {"step_hours": 4}
"""Half days: what a fact says is a sign, and these are three times as quick as hours."""

Future = dict[str, float]


@cache
def agency() -> Scenario:
    return load(ROOT / "scenarios" / "agency.yaml").with_changes({"horizon_days": 400, **STEPS})


@cache
def scale_up(horizon_days: int) -> Scenario:
    return load(ROOT / "scenarios" / "scaleup.yaml").with_changes({"horizon_days": horizon_days, **STEPS})


def futures(scenario: Scenario, structure: Structure, replications: int) -> list[Future]:
    rows = simulate_block(prepare(scenario, (structure,)), range(replications))
    assert all(error is None for *_, error in rows), "a future was out of luck"
    return [outcomes for _, _, outcomes, _ in rows if outcomes is not None]


def more(one: Sequence[Future], other: Sequence[Future], outcome: str) -> list[float]:
    """How much more of an outcome each future has in `other` than in `one`."""
    return [b[outcome] - a[outcome] for a, b in zip(one, other, strict=True)]


def surely_positive(differences: Sequence[float]) -> bool:
    return fmean(differences) - SURE * stdev(differences) / math.sqrt(len(differences)) > 0


def rise(low: Sequence[float], high: Sequence[float]) -> list[float]:
    return [b - a for a, b in zip(low, high, strict=True)]


# --- short feedback ----------------------------------------------------------------------------------------

SHORT, LONG = 5.0, 20.0  # days


def sprints(days: float, replications: int = 100, **assumptions: float) -> Callable[[float], list[Future]]:
    """Futures of the agile agency with sprints of so many days, for a volatility."""
    scenario = agency().with_changes({"assumptions": {**assumptions, "sprint_days": days}})
    return lambda change: futures(_volatile(scenario, change), PRESETS["agile"], replications)


def reports(days: float) -> Callable[[float], list[Future]]:
    """Futures of the separated agency with a report every so many days, for a volatility."""
    structure = replace(PRESETS["separated"], cadence={"reporting": days})
    return lambda change: futures(_volatile(agency(), change), structure, 100)


def _volatile(scenario: Scenario, change_a_month: float) -> Scenario:
    """So many changes, and no milestones: where these bring what clients think, reports bring little more."""
    key = "portfolio.projects"
    return scenario.with_changes({f"{key}.change_a_month": change_a_month, f"{key}.milestones": 0})


@pytest.mark.parametrize("feedback", [sprints, reports])
def test_more_volatility_favours_short_feedback(
    feedback: Callable[[float], Callable[[float], list[Future]]],
) -> None:
    calm, volatile = (more(feedback(LONG)(c), feedback(SHORT)(c), "net_value_a_year") for c in (0.01, 0.15))
    assert surely_positive(volatile)
    assert surely_positive(rise(calm, volatile))


def test_the_more_volatile_the_more_rework_sprints_save_over_weekly_reports() -> None:
    def saved(change: float) -> list[float]:
        scenario = _volatile(agency(), change)
        agile, separated = (futures(scenario, PRESETS[name], 60) for name in ("agile", "separated"))
        return more(agile, separated, "rework_share")

    assert surely_positive(rise(saved(0.01), saved(0.10)))


def test_more_paperwork_a_sprint_favours_long_sprints() -> None:
    def delay_of_long_ones(hours: float) -> list[float]:
        paperwork = {"planning_hours": hours, "reporting_hours": hours, "process_hours": 1.6 * hours}
        short, long = (sprints(days, 250, **paperwork)(0.03) for days in (SHORT, LONG))
        return more(short, long, "delay_days")

    assert surely_positive(rise(delay_of_long_ones(5.0), delay_of_long_ones(1.2)))


def test_ceremonies_cost_those_who_hold_them() -> None:
    def advantage(ceremonies: float) -> list[float]:
        scenario = agency().with_changes({"assumptions": {"ceremonies": ceremonies}})
        separated, agile = (futures(scenario, PRESETS[name], 60) for name in ("separated", "agile"))
        return more(separated, agile, "net_value_a_year")

    assert surely_positive(rise(advantage(0.15), advantage(0.05)))


# --- projects a manager ------------------------------------------------------------------------------------


@pytest.mark.parametrize("structure", ["merged", "separated"])
def test_waiting_grows_faster_than_linearly_with_projects_a_manager(structure: str) -> None:
    def waits(times: int) -> list[float]:
        """The agency's three managers with so many times a small agency's teams, clients and projects."""
        scenario = agency().with_changes(
            {
                "horizon_days": 300,
                "organisation.teams.count": 2 * times,
                "portfolio.clients": 4 * times,
                "portfolio.services": None,
                "portfolio.projects.at_start": 3 * times,
                "portfolio.projects.a_year": 8.0 * times,
            }
        )
        return [o["matter_wait_days"] for o in futures(scenario, PRESETS[structure], 60)]

    few, some, many = waits(1), waits(3), waits(5)
    first, second = rise(few, some), rise(some, many)
    assert surely_positive(first)
    assert surely_positive(rise(first, second))


# --- unclear ownership -------------------------------------------------------------------------------------


@cache
def clear_and_unclear(structure: str) -> tuple[list[Future], list[Future]]:
    """Futures in which it is clear always, and half of the time, who of two should act."""
    clear, unclear = (futures(_as_clear(clarity), PRESETS[structure], 800) for clarity in (1.0, 0.5))
    return clear, unclear


def _as_clear(chance: float) -> Scenario:
    """The agency where borders are as clear when new as when settled; in steps of a day, for many futures."""
    same = {"clarity": chance, "clarity_new": chance}
    return agency().with_changes({"step_hours": 8, "assumptions": same})


def harm_of_confusion(structure: str, outcome: str) -> list[float]:
    return more(*clear_and_unclear(structure), outcome)


@pytest.mark.parametrize("outcome", ["delay_days", "blocked_days"])
def test_unclear_ownership_hurts_a_split_more_than_a_merged_structure(outcome: str) -> None:
    split, merged = (harm_of_confusion(name, outcome) for name in ("separated", "merged"))
    assert surely_positive(split)
    assert surely_positive(rise(merged, split))


def test_unclear_ownership_leaves_a_merged_structure_nearly_alone() -> None:
    merged, split = (harm_of_confusion(name, "blocked_days") for name in ("merged", "separated"))
    assert surely_positive([0.25 * b - a for a, b in zip(merged, split, strict=True)])
    merged, split = (harm_of_confusion(name, "matters_dropped") for name in ("merged", "separated"))
    assert surely_positive([0.25 * b - a for a, b in zip(merged, split, strict=True)])


def test_where_it_is_always_clear_who_acts_nothing_is_dropped_or_done_twice() -> None:
    clear = _as_clear(1.0).with_changes({"horizon_days": 200})
    for future in futures(clear, PRESETS["separated"], 5):
        assert future["matters_dropped"] == future["matters_duplicated"] == future["duplicated_share"] == 0


# --- bad news ----------------------------------------------------------------------------------------------


def test_clients_who_hear_late_that_a_project_is_late_trust_less() -> None:
    """Without reports a client learns of a delay on the day of delivery.

    What reports do besides (changed wants come out earlier) is the same however much a surprise costs; so the
    harm of silence must grow with the price of a surprise over that of bad news.
    """

    def trust_that_reports_keep(surprise: float) -> list[float]:
        scenario = agency().with_changes({"assumptions": {"surprise": surprise}})
        silent = futures(scenario, PRESETS["separated"].without("reporting"), 100)
        return more(silent, futures(scenario, PRESETS["separated"], 100), "satisfaction")

    late_costs_more = trust_that_reports_keep(0.2)
    assert surely_positive(late_costs_more)
    assert surely_positive(rise(trust_that_reports_keep(0.05), late_costs_more))


# --- reorganisations ---------------------------------------------------------------------------------------

CHANGES = [
    (a, b) for a in ("merged", "separated", "agile") for b in ("merged", "separated", "agile") if a != b
]


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_the_first_days_of_a_new_structure_are_worse_than_if_the_change_cost_nothing(
    before: str, after: str
) -> None:
    day, first_days = 60, 10
    structure = PRESETS[before].changing_to(PRESETS[after], day)
    prepared = prepare(scale_up(day + first_days), (structure,))
    lost_effort, more_waiting = [], []
    for replication in range(100):
        world = organise(prepared, draw_base(prepared, replication), structure.name)
        run_on(world, day)
        free = copied(world)
        change(free, first_days, cost_nothing=True)
        change(world, first_days, cost_nothing=False)
        one, other = free.history[-1], world.history[-1]
        lost_effort.append(one["progress"] - other["progress"])
        more_waiting.append(float(other["matters"]) - float(one["matters"]))
    assert surely_positive(lost_effort)
    assert surely_positive(more_waiting)


def copied(world: World) -> World:
    return World(*(table.copy() for table in world))


def change(world: World, days: int, cost_nothing: bool) -> None:
    """The reorganisation that is due, and some days of the new structure.

    If it costs nothing, nothing is handed over or lost, and everyone knows the borders as well as before.
    """
    known = world.managers["borders"].copy(), world.responsibilities["known"].copy()
    if cost_nothing:
        world.given["handover_hours"] = world.given["handover_loss"] = 0.0
    step = 1.0 / float(world.clock["steps_a_day"][0])
    run_on(world, step)
    if cost_nothing:
        world.managers["borders"], world.responsibilities["known"] = known
    run_on(world, days - step)


def test_a_late_reorganisation_pays_back_less_by_the_same_day() -> None:
    early, late = (
        gains_by_day(prepare(scale_up(450)), PRESETS["agile"], PRESETS["separated"], day, range(120))[:, -1]
        for day in (50, 350)
    )
    assert surely_positive(early.tolist())
    assert surely_positive((early - late).tolist())
