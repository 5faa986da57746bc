"""Random organisations with everything in them, by number: cheap enough to live through thousands."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from sim import world as w
from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.faults import LuckExhausted, check_luck
from sim.engine.compilation import entry_point
from sim.scenario import Scenario, scenario_from
from sim.scenario.assumptions import Assumption, load_assumptions
from sim.scenario.structures import FURTHER, NOBODY, PRESETS, TEAM, Chosen, Role, Structure
from sim.vocabulary import CONTRACTS, DUTIES
from sim.world import World

POOLS = ("security", "test_environment")
BOUND = 1000.0  # beyond it a hard bound says "never" or "any number", and is left to other tests


def some_scenario(number: int) -> Scenario:
    """A small organisation with projects, services, risks, absences and departures; ordinary or extreme."""
    luck = np.random.default_rng([7, number])
    sizes = luck.integers(1, 7, luck.integers(1, 5))
    return scenario_from(
        {
            "name": f"random {number}",
            "horizon_days": int(luck.integers(20, 130)),
            "step_hours": int(luck.choice([8, 8, 8, 4, 2, 1])),
            "seed": number,
            "managers": int(luck.integers(3, 7)),
            "structures": ["merged"],
            "organisation": {
                "teams": [
                    {"name": f"team {k}", "members": int(size), "skill": str(luck.choice(["web", "data"]))}
                    for k, size in enumerate(sizes)
                ],
                "specialists": {pool: int(luck.integers(1, 3)) for pool in POOLS if luck.random() < 0.6},
                "dependencies": (len(sizes) - 1) / 2 * float(number % 2),
            },
            "portfolio": {
                "clients": int(luck.integers(1, 5)),
                "projects": _projects(luck),
                "services": _services(luck),
                **_pay(luck),
            },
            "risks": str(luck.choice(["default", "none"], p=[0.8, 0.2])),
            "deal_roles": str(luck.choice(["by_lot", "by_aptitude"])),
            "assumptions": some_assumptions(luck),
        }
    )


def _pay(luck: np.random.Generator) -> dict[str, Any]:
    """When clients pay: all in one way, or each way for a share of the projects."""
    paid: Any = str(luck.choice(CONTRACTS))
    if luck.random() < 0.5:
        paid = dict.fromkeys(CONTRACTS, 1.0 / len(CONTRACTS))
    return {"paid": paid, "changes_paid": float(luck.choice([0.0, 0.5, 1.0]))}


def _projects(luck: np.random.Generator) -> dict[str, Any]:
    return {
        "at_start": int(luck.integers(0, 5)),
        "a_year": float(luck.choice([0.0, 6.0, 20.0, 60.0])),
        "tasks": int(luck.integers(1, 20)),
        "effort_hours": float(luck.choice([40.0, 200.0, 600.0])),
        "cross_team": float(luck.choice([0.0, 0.3, 1.0])),
        "pool_share": float(luck.choice([0.0, 0.2, 1.0])),
        "change_a_month": float(luck.choice([0.0, 0.03, 0.5])),
        "deadline_slack": float(luck.choice([0.5, 1.3, 4.0])),
        "milestones": int(luck.choice([0, 1, 3, 10])),
    }


def _services(luck: np.random.Generator) -> dict[str, Any]:
    return {
        "count": int(luck.integers(0, 4)),
        "tickets_a_week": float(luck.choice([1.0, 8.0, 40.0])),
        "severe_share": float(luck.choice([0.0, 0.2, 1.0])),
        "allowed_days": {"severe": float(luck.choice([0.1, 1.0])), "normal": 5.0},
        "effort_hours": float(luck.choice([0.5, 4.0, 40.0])),
        "contract_days": int(luck.choice([5, 60, 250])),
        "breach_penalty": float(luck.choice([0.0, 500.0])),
    }


def some_assumptions(luck: np.random.Generator) -> dict[str, float]:
    """Some assumptions within their plausible ranges, and sometimes a few at the ends of what may be said."""
    known = load_assumptions()
    names = sorted(known)
    chosen = {
        name: float(luck.uniform(known[name].low, known[name].high))
        for name in luck.choice(names, luck.integers(0, 12), replace=False)
    }
    if luck.random() < 0.6:
        for name in luck.choice(names, luck.integers(1, 6), replace=False):
            chosen[name] = float(luck.choice(_ends(known[name])))
    return chosen


def _ends(assumption: Assumption) -> list[float]:
    """The ends of what an assumption may be, and where its effect is gone."""
    ends = [assumption.hard_low, assumption.hard_high, assumption.off]
    return [end for end in ends if end is not None and abs(end) <= BOUND] or [assumption.value]


def some_structure(luck: np.random.Generator) -> Structure:
    """A preset, perhaps without a duty, or any matrix of one to three roles; with ingredients of any kind."""
    structure = _some_matrix(luck)
    further: dict[str, Any] = {}
    if luck.random() < 0.5:
        further |= {"help": False} if luck.random() < 0.5 else {"intake": "when there is room"}
    if "intake" in further and luck.random() < 0.7:
        further["intake_limit"] = int(luck.integers(1, 6))
    if structure.rhythm == "sprints" and luck.random() < 0.5:
        further["sprint_days"] = float(luck.choice([1.0, 5.0, 30.0]))
    if luck.random() < 0.4:
        further["ranks"] = str(luck.choice(["nobody", "own", "one", "board"]))
        further["ranked_by"] = str(luck.choice([role.name for role in structure.roles]))
    for part in FURTHER:
        if luck.random() < 0.3:
            roles = [role.name for role in structure.roles]
            duties = luck.choice(DUTIES, luck.integers(1, 6), replace=False)
            further[part] = {str(duty): tuple(roles[: luck.integers(1, len(roles) + 1)]) for duty in duties}
    return replace(structure, **further)


def _some_matrix(luck: np.random.Generator) -> Structure:
    if luck.random() < 0.5:
        preset = PRESETS[str(luck.choice(list(PRESETS)))]
        if luck.random() < 0.3:
            preset = preset.without(str(luck.choice(DUTIES)))
        return replace(preset, cover=bool(luck.random() < 0.5))
    roles = tuple(Role(f"role {k}", bool(luck.random() < 0.4)) for k in range(luck.integers(1, 4)))
    holders = [*(role.name for role in roles), *(role.name for role in roles), TEAM, NOBODY]
    matrix = {duty: str(luck.choice(holders)) for duty in DUTIES}
    return Structure(
        "own",
        roles,
        matrix,
        ranks="one" if matrix["resources"] not in (TEAM, NOBODY) and luck.random() < 0.5 else "own",
        rhythm="sprints" if luck.random() < 0.3 else "flow",
        cover=bool(luck.random() < 0.5),
        cadence={"process": float(luck.integers(1, 30))} if luck.random() < 0.3 else {},
    )


def some_organisation(number: int) -> Prepared:
    """A random scenario under a random structure, which may give way to another one on a random day."""
    scenario = some_scenario(number)
    luck = np.random.default_rng([8, number])
    structure = some_structure(luck)
    if luck.random() < 0.6:
        day = int(luck.integers(1, scenario.horizon_days))
        after = some_structure(luck)
        announced = int(luck.integers(0, 40)) if luck.random() < 0.6 else None
        chosen: Chosen = "by_experience" if luck.random() < 0.5 else "by_name"
        phased = (int(luck.integers(1, 3)), int(luck.integers(1, 20))) if luck.random() < 0.5 else None
        structure = structure.changing_to(after, day, announced=announced, chosen=chosen, phased=phased)
    return prepare(scenario, (structure,))


def start(prepared: Prepared, replication: int = 0) -> World:
    """The world of the first structure before its first day."""
    base = draw_base(prepared, replication)
    return organise(prepared, base, prepared.structures[0].name)


def run_on(world: World, days: float) -> None:
    """Some more days of a compiled run."""
    entry_point("run")(world, round(days * int(world.clock["steps_a_day"][0])))


def has_luck(prepared: Prepared, world: World) -> bool:
    """Whether a run had all the luck that it needed; extreme assumptions may ask for more than is drawn."""
    try:
        check_luck(world, prepared.scenario, 0)
    except LuckExhausted:
        return False
    return True


def interfaces_have_reasons(world: World) -> None:
    """Two managers synchronise where there is a reason to, and nowhere else."""
    assert (world.links >= 0).all()
    interfaces = np.zeros(len(world.managers), int)
    pairs = [(one, other) for other in range(len(interfaces)) for one in range(other)]
    for pair, reasons in zip(pairs, world.links, strict=True):
        interfaces[list(pair)] += reasons > 0
    assert np.array_equal(world.managers["interfaces"], interfaces)


def team_queue(world: World, team_id: Any, which: int) -> Any:
    """Numbers of one of the queues of teams."""
    return w.FIRST_TEAM_QUEUE + team_id * w.QUEUES_A_TEAM + which


SHARES = {
    "projects": ("plan_quality", "borders", "undiscovered", "creep"),
    "members": ("ramp", "fatigue"),
    "teams": ("maturity", "overhead"),
    "managers": ("fatigue", "borders"),
    "matters": ("care",),
    "clients": ("satisfaction",),
}


MAY_NEVER_COME = ("absent_from", "strikes_at", "next_strike", "next_milestone")


@cache
def fields_that_can_fail(dtype: np.dtype[Any]) -> tuple[str, ...]:
    """Fields that hold fractions: whole numbers are always finite."""
    return tuple(field for field in dtype.names or () if dtype[field].kind == "f")


def numbers_make_sense(world: World) -> None:
    for name, table in world._asdict().items():
        if len(table) == 1 and np.isfinite(table.item()).all():  # hundreds of assumptions, looked at at once
            continue
        for field in fields_that_can_fail(table.dtype):
            if np.isfinite(table[field]).all():
                continue
            never = (table[field] == np.inf) & (field in MAY_NEVER_COME)
            assert (np.isfinite(table[field]) | never).all(), f"{name}.{field}"
    for name, fields in SHARES.items():
        for field in fields:
            share = getattr(world, name)[field]
            assert ((share >= 0) & (share <= 1)).all(), f"{name}.{field}"


def carry_pairs(world: World, load: np.ndarray[Any, Any]) -> None:
    """Add hours a week of the standing dependencies that managers keep in order, where the duty is one of
    projects (those of teams come with the team).
    """
    rows: Any = world
    duty, first = rows.duties[w.COORDINATION], int(rows.clock["first_team_duty"][0])
    if duty["role"] < 0 or duty["by_team"]:
        return
    given = rows.given[0]
    for number, team in enumerate(rows.teams):
        pairs = rows.dependencies[team["first_pair"] : team["first_pair"] + team["n_pairs"]]
        hours = (given["pair_hours"] * (1.0 + given["tangle_growth"] * pairs["beside"])).sum()
        owner = rows.responsibilities["owner"][first + number * w.N_DUTIES + w.COORDINATION]
        if len(pairs):
            load[owner] += hours * given["week_days"] / given["pair_days"]
