"""A quick look at today's organisation: a few futures of two years under the structure of today alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.statistics.arrays import Floats
from sim.batch.memory import bytes_of_world, refusal
from sim.batch.results import Row
from sim.batch.study import Study, among, in_blocks
from sim.batch.workers import run_blocks
from sim.building.preparation import Prepared, prepare
from sim.clocks.history import days_of
from sim.clocks.simulate import outcomes_of, simulate_block
from sim.scenario.assumptions import values
from sim.vocabulary import RunEnd
from sim.world import CANCELLED, DELIVERED, World

if TYPE_CHECKING:
    from sim.scenario import Scenario

RESEMBLANCE_FUTURES = 20
"""Futures of a look: enough to tell a week's work of everybody from none, and done in a second or two."""

FEWEST = 5
"""Futures that a look at a large organisation has at least."""

YEARS = 2
"""Years that a look lives through where work arrives by chance: one to settle, one to compare with."""

_LONGEST_LOOK = 1000
"""Days that a look lives through at most where all work is there at the start."""

BYTES_AT_EASE, BYTES_AT_MOST = 3_000_000, 250_000_000
"""Bytes of rows of a run beyond which a look has fewer futures, and beyond which there is none."""


@dataclass(frozen=True)
class QuickLook:
    """What was seen: each figure by its name, an entry a future; NaN where there was nothing to measure.

    `days` is how long each future lasts, `failed` how many futures are missing because their run failed.
    `pools` says how busy each kind of specialists was, on average. `open_work` (hours left to do of all that
    has come, future x year) has no columns where all work is there at the start, and comes to an end.
    """

    scenario: Scenario
    days: int
    failed: int
    figures: dict[str, Floats]
    pools: dict[str, float]
    open_work: Floats

    @property
    def futures(self) -> int:
        """How many futures were seen."""
        return len(self.open_work)

    def mean(self, name: str) -> float:
        """The mean of a figure over the futures that have it; NaN if none has."""
        known = self.figures.get(name, np.empty(0))
        known = known[~np.isnan(known)]
        return float(known.mean()) if known.size else math.nan


def today(scenario: Scenario, years: float | None = None) -> Scenario:
    """The scenario with the structure of today alone, over the days of a look: `years` of work that arrives
    by chance (default: two), or the scenario's own days where all work is there at the start.
    """
    alone = among(scenario.with_changes({"vary": {}}) if scenario.vary else scenario, [scenario.current])
    days = min(scenario.horizon_days, _LONGEST_LOOK)
    if not all_is_there(scenario):
        days = round((years or YEARS) * values(scenario.assumptions)["days_a_year"])
    return alone.with_changes({"horizon_days": max(days, 20)})


def all_is_there(scenario: Scenario) -> bool:
    """Whether all work is known at the start: a given plan, or projects, of which no more arrive."""
    portfolio = scenario.portfolio
    if portfolio.projects is not None and portfolio.projects.a_year:
        return False
    return scenario.plan is not None or portfolio.services is None


def futures_for(scenario: Scenario) -> int:
    """How many futures of an organisation of this size can be lived through at once: 0 if it is too large."""
    size = bytes_of_world(scenario)
    if size > BYTES_AT_MOST or refusal(scenario):
        return 0
    return max(FEWEST, min(RESEMBLANCE_FUTURES, int(RESEMBLANCE_FUTURES * BYTES_AT_EASE / size)))


def look_at(scenario: Scenario, futures: int, jobs: int | None = None) -> QuickLook:
    """Live through `futures` futures of a scenario that `today` has made."""
    rows: list[Row] = []
    blocks = in_blocks([(0, replication) for replication in range(futures)])
    year = round(values(scenario.assumptions)["days_a_year"])
    simulate = partial(_figures_of_block, year=year)
    study = Study(scenario, lambda _: scenario)
    run_blocks(study, blocks, lambda _, block: rows.extend(block), simulate=simulate, jobs=jobs)
    seen = [kept for _, _, _, kept, _ in sorted(rows, key=lambda row: row[2]) if kept is not None]
    return _gathered(scenario, seen, len(rows) - len(seen))


def _gathered(scenario: Scenario, seen: Sequence[Mapping[str, Any]], failed: int) -> QuickLook:
    figures = {name: np.array([each["figures"][name] for each in seen]) for name in _names(seen)}
    figures |= {"margin": _margins(figures["earned"], figures["spent"])} if seen else {}
    busy = np.mean([each["pools"] for each in seen], axis=0) if seen else []
    columns = [each["open"][:0] if all_is_there(scenario) else each["open"] for each in seen]
    pools = dict(zip(scenario.pools, map(float, busy), strict=False))
    return QuickLook(scenario, scenario.horizon_days, failed, figures, pools, np.array(columns))


def _margins(earned: Floats, spent: Floats) -> Floats:
    """What is left of what was earned: of all futures together, and how far each moves that.

    The mean of single margins would be the margin of those that hardly earn.
    """
    if not earned.mean() > 0.0:
        return np.full_like(earned, math.nan)
    margin = 1.0 - spent.mean() / earned.mean()
    return np.asarray(margin + (earned - spent - margin * earned) / earned.mean())


def _names(seen: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(seen[0]["figures"]) if seen else []


def _figures_of_block(scenario: Scenario, replications: Sequence[int], year: int) -> list[RunEnd]:
    return simulate_block(prepare(scenario), replications, partial(_figures, year=year))


def _figures(prepared: Prepared, world: World, year: int) -> dict[str, Any]:
    """The outcomes of a run and what else is looked at; open work at the end of each year."""
    outcomes = outcomes_of(prepared, world)
    years = len(world.history) / year
    until = _until_work_ends(world) if all_is_there(prepared.scenario) else 1.0
    money = _of_money(outcomes | {"cost_of_people": until * outcomes["cost_of_people"]})
    return {
        "figures": outcomes | _of_work(world) | money | _a_year(outcomes, world, years),
        "pools": _busy(world),
        "open": days_of(prepared, world)["left"][year - 1 :: year],
    }


def _of_work(world: World) -> dict[str, float]:
    """Effort over estimate of delivered projects; members' meetings in the time that they are there."""
    done = world.projects[world.projects["state"] == DELIVERED]
    effort = float((done["done_before"] + done["progress"] + done["creep_hours"]).sum())
    teams = world.teams
    met = float((teams["meetings"] + teams["ceremonies"]).sum())
    there = float((teams["paid"] - teams["absent"]).sum())
    return {
        "effort_ratio": _ratio(effort, float(done["estimate_hours"].sum())),
        "meetings_share": _ratio(met, there),
    }


def _until_work_ends(world: World) -> float:
    """The part of the days in which there was work: who is done goes elsewhere, and is no cost of it."""
    projects, days = world.projects, len(world.history)
    over = (projects["state"] == DELIVERED) | (projects["state"] == CANCELLED)
    if len(world.services) or not len(projects) or not over.all():
        return 1.0
    last = float(np.maximum(projects["delivered"], projects["cancelled"]).max())
    return min(1.0, max(1.0, last) / days)


def _of_money(outcomes: dict[str, Any]) -> dict[str, float]:
    """What was earned, what it cost (€), the one over the other, and how much work was lost on the way."""
    brought = ("value_delivered", "value_in_progress", "service_income")
    cost = ("cost_of_people", "penalties", "breach_penalties", "incident_cost")
    earned, spent = (sum(outcomes[name] for name in names) for names in (brought, cost))
    return {
        "covered": _ratio(earned, spent),
        "earned": earned,
        "spent": spent,
        "gone": _gone(outcomes, earned),
    }


def _gone(outcomes: dict[str, Any], earned: float) -> float:
    """Share of the work that clients took elsewhere, or that was begun and cancelled."""
    lost, cancelled = outcomes["revenue_lost"], outcomes["cancelled_share"]
    stays = 1.0 - _ratio(lost, lost + max(0.0, earned))
    return float(1.0 - stays * (1.0 if math.isnan(cancelled) else 1.0 - cancelled))


def _a_year(outcomes: dict[str, Any], world: World, years: float) -> dict[str, float]:
    """Projects delivered, and hours that members were paid, in a year."""
    return {
        "projects_a_year": outcomes["projects_delivered"] / years,
        "hours_a_year": float(world.teams["paid"].sum()) / years,
    }


def _busy(world: World) -> Floats:
    """How busy each kind of specialists was, of the time that they were there."""
    return np.asarray(world.pools["busy"] / (world.pools["units"] * world.clock["now"][0]))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else math.nan
