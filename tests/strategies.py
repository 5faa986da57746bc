"""Random organisations and portfolios for hypothesis: small, ordinary or extreme, drawn or given."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from sim.scenario import Scenario, scenario_from
from sim.scenario.assumptions import load_assumptions
from sim.scenario.structures import FURTHER, PRESETS, Structure
from sim.vocabulary import CONTRACTS, DUTIES

SKILLS = ("web", "data", "platform")
POOLS = ("security", "test_environment")

# Values at the edge of what the model runs with, each the end of some effect.
EXTREMES: dict[str, tuple[float, ...]] = {
    "patience": (0.0, 1e6),
    "allocation_patience": (0.0, 1e6),
    "handover_patience": (0.0, 1e6),
    "start_patience": (0.0, 1e6),
    "check_patience": (0.0, 1e6),
    "exception_rate": (0.0, 0.05, 0.2),
    "guess_wrong": (0.0, 1.0),
    "matter_spread": (0.0, 1.0),
    "plan_decay": (0.0, 1.0),
    "fit_loss": (0.0, 0.95),
    "productivity_spread": (0.0, 1.0),
    "task_error_spread": (0.0, 2.0),
    "overtime": (0.0, 1.0),
    "fatigue_gain": (0.0, 1.0),
    "member_switch": (0.0, 20.0),
    "communication": (0.0, 0.1),
    "ceremonies": (0.0, 0.9),
    "team_duty_cap": (0.01, 1.0),
    "defect_rate": (0.0, 1.0),
    "detection": (0.0, 1.0),
    "least_rework_hours": (0.0, 1e6),
    "least_left_hours": (0.5, 1000.0),
    "touched_share": (0.01, 1.0),
    "creep_most": (0.0, 0.9),
    "cut_depth": (0.0, 0.95),
    "cancel_factor": (0.0, 20.0),
    "give_up_hazard": (0.0, 5.0),
    "overrun_tolerance": (0.0, 10.0),
    "risks_a_project": (0.0, 20.0),
    "risk_hazard": (0.0, 0.2),
    "strike_days": (0.0, 1e6),
    "change_size": (0.001, 1.0),
    "change_growth": (0.0, 1.0),
    "loan_gap_hours": (0.0, 1e6),
    "loan_days": (0.0, 1e6),
    "attention_hours": (0.1, 24.0),
    "sync_hours": (0.0, 40.0),
    "sync_cap": (0.0, 0.95),
    "switch_subject": (0.0, 20.0),
    "handoff_hours": (0.0, 20.0),
    "firefighting": (0.0, 1.0),
    "comfortable_tray": (0.1, 1e9),
    "rush_floor": (0.05, 1.0),
    "learning_rate": (0.0, 1.0),
    "week_days": (1.0, 30.0),
    "planning_hours": (0.0, 50.0),
    "start_planning_hours": (0.0, 200.0),
    "allocation_hours": (0.0, 5.0),
    "coordination_hours": (0.0, 5.0),
    "tracking_hours": (0.0, 50.0),
    "reporting_hours": (0.0, 20.0),
    "resources_hours": (0.0, 20.0),
}


@st.composite
def assumptions(draw: st.DrawFn) -> dict[str, float]:
    """A few assumptions within their plausible ranges, and perhaps some extreme ones."""
    known = load_assumptions()
    names = draw(st.lists(st.sampled_from(sorted(known)), max_size=8, unique=True))
    chosen = {
        name: round(draw(st.floats(known[name].low, known[name].high)), 6)
        for name in names
        if known[name].low < known[name].high
    }
    for name in draw(st.lists(st.sampled_from(sorted(EXTREMES)), max_size=4, unique=True)):
        chosen[name] = draw(st.sampled_from(EXTREMES[name]))
    return chosen


@st.composite
def organisations(draw: st.DrawFn) -> dict[str, Any]:
    """One to six teams of one to seven people that depend on each other or not, and specialists or none."""
    sizes = draw(st.lists(st.integers(1, 7), min_size=1, max_size=6))
    teams = [
        {"name": f"team {k}", "members": size, "skill": draw(st.sampled_from(SKILLS))}
        for k, size in enumerate(sizes)
    ]
    pools = draw(st.lists(st.sampled_from(POOLS), unique=True, max_size=2))
    return {
        "teams": teams,
        "specialists": {pool: draw(st.integers(1, 3)) for pool in pools},
        "dependencies": draw(st.sampled_from([0.0, 0.5])) * (len(teams) - 1),
    }


@st.composite
def heads(draw: st.DrawFn) -> dict[str, Any]:
    """One to seven managers, and the structures that so many people can staff, in some order."""
    managers = draw(st.integers(1, 7))
    possible = [name for name, structure in PRESETS.items() if len(structure.roles) <= managers]
    structures: list[Any] = draw(st.permutations(possible))
    split = [name for name in possible if len(PRESETS[name].roles) > 1]
    if split and draw(st.booleans()):
        structures = [*structures, draw(with_others(PRESETS[draw(st.sampled_from(split))]))]
    return {"managers": managers, "structures": structures}


def with_others(like: Structure) -> st.SearchStrategy[dict[str, Any]]:
    """A structure like another one, in which further roles take part in some duties."""
    roles = st.lists(st.sampled_from([role.name for role in like.roles]), min_size=1, unique=True)
    said = st.dictionaries(st.sampled_from(DUTIES), roles, max_size=3)
    parts = st.fixed_dictionaries(dict.fromkeys(FURTHER, said))
    return parts.map(lambda drawn: {"name": "with others", "like": like.name, **drawn})


def portfolios() -> st.SearchStrategy[dict[str, Any]]:
    """Generated portfolios: from nothing to do to more than there are hands."""
    return st.fixed_dictionaries(
        {
            "at_start": st.integers(0, 5),
            "a_year": st.sampled_from([0.0, 6.0, 20.0, 60.0]),
            "tasks": st.integers(1, 20),
            "effort_hours": st.sampled_from([40.0, 200.0, 600.0]),
            "cross_team": st.sampled_from([0.0, 0.3, 1.0]),
            "pool_share": st.sampled_from([0.0, 0.1, 1.0]),
            "change_a_month": st.sampled_from([0.0, 0.03, 0.5]),
            "deadline_slack": st.sampled_from([0.5, 1.3, 4.0]),
            "milestones": st.sampled_from([0, 1, 3, 10]),
        }
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A small random organisation with a generated portfolio."""
    return scenario_from(
        {
            **draw(_frames()),
            "portfolio": {
                "clients": draw(st.integers(1, 4)),
                "projects": draw(portfolios()),
                "paid": draw(st.sampled_from(CONTRACTS)),
                **draw(services()),
            },
        }
    )


def services() -> st.SearchStrategy[dict[str, Any]]:
    """Services with few tickets or many, or none."""
    some = st.fixed_dictionaries(
        {
            "count": st.integers(0, 3),
            "tickets_a_week": st.sampled_from([1.0, 20.0]),
            "effort_hours": st.just(4.0),
        }
    )
    return st.one_of(st.just({}), st.fixed_dictionaries({"services": some}))


@st.composite
def given_plans(draw: st.DrawFn) -> Scenario:
    """The same with a portfolio given as tables: several projects, networks of tasks, milestones, needs; and
    perhaps projects that are generated beside it.
    """
    frame = draw(_frames())
    n_projects = draw(st.integers(1, 3))
    tasks = [row for k in range(n_projects) for row in draw(_networks(f"project {k}", frame["organisation"]))]
    if draw(st.booleans()):
        draw(_worked_out(tasks))
    begun = {row["project"] for row in tasks if row.get("percent_complete")}
    projects = [
        {
            "project": f"project {k}",
            "client": draw(st.sampled_from(["", "north", "south"])),
            "start_day": draw(st.integers(-9, 0) if f"project {k}" in begun else st.integers(0, 30)),
            "deadline_day": draw(st.sampled_from(["", 60, 90])),
            "value": draw(st.sampled_from(["", 0, 50_000])),
            "budget_hours": draw(st.sampled_from(["", 40, 400])),
            "paid": draw(st.sampled_from(["", *CONTRACTS])),
            "milestones": draw(st.sampled_from(["", 0, 4])),
        }
        for k in range(n_projects)
    ]
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder, "tasks.csv"), tasks)
        _write(Path(folder, "projects.csv"), projects)
        plan = {"tasks": "tasks.csv", "projects": "projects.csv"}
        beside = {"projects": draw(portfolios()), "clients": draw(st.integers(1, 4))}
        portfolio = {"plan": plan, **(beside if draw(st.booleans()) else {}), **draw(services())}
        return scenario_from({**frame, "portfolio": portfolio}, folder)


@st.composite
def _worked_out(draw: st.DrawFn, tasks: list[dict[str, Any]]) -> None:
    """Tasks as plans of long standing have them, in each of these ways or not: links of all kinds, across
    projects too, with lags; done in part, in any order; for several people; with ranges.
    """
    linked, begun, shared, ranged = (draw(st.booleans()) for _ in range(4))
    for i, row in enumerate(tasks):
        if linked:
            draw(_linked(tasks[:i], row))
        hours = row["estimate_hours"]
        wide = ranged and draw(st.booleans())
        row |= {
            "percent_complete": draw(st.sampled_from(["", "", "", 30, 100])) if begun else "",
            "people": draw(st.sampled_from(["", 1, 3])) if shared else "",
            "optimistic_hours": hours / 2 if wide else "",
            "pessimistic_hours": 3 * hours if wide else "",
        }


@st.composite
def _linked(draw: st.DrawFn, before: list[dict[str, Any]], row: dict[str, Any]) -> None:
    """A task whose links are of any kind; one may lead to another project."""
    links = [f"{name}{draw(LINKS)}" for name in row["predecessors"].split(";") if name]
    others = [task for task in before if task["project"] != row["project"]]
    if others and draw(st.booleans()):
        other = draw(st.sampled_from(others))
        links.append(f"{other['project']}/{other['task']}{draw(LINKS)}")
    row["predecessors"] = ";".join(links)


LINKS = st.sampled_from(["", "", "FS+1d", "FS+3h", "SS", "SS+2d", "FF", "FF+12h", "SF+1d", "SF"])


@st.composite
def _frames(draw: st.DrawFn) -> dict[str, Any]:
    """All of a scenario but its portfolio."""
    return {
        "name": "random",
        "horizon_days": draw(st.integers(20, 120)),
        "step_hours": draw(st.sampled_from([8, 8, 4, 2, 1])),
        "seed": draw(st.integers(0, 10_000)),
        "organisation": draw(organisations()),
        "assumptions": draw(assumptions()),
        **draw(heads()),
    }


@st.composite
def _networks(draw: st.DrawFn, project: str, organisation: dict[str, Any]) -> list[dict[str, Any]]:
    """The task table of one project: each task after some of those before it; no hours for a milestone."""
    teams = [team["name"] for team in organisation["teams"]]
    pools = organisation["specialists"]
    rows = []
    for k in range(draw(st.integers(1, 12))):
        before = draw(st.lists(st.integers(0, k - 1), max_size=3, unique=True)) if k else []
        needed = draw(st.lists(st.sampled_from(sorted(pools)), max_size=1)) if pools else []
        rows.append(
            {
                "project": project,
                "task": f"t{k}",
                "team": draw(st.sampled_from(teams)),
                "estimate_hours": draw(st.sampled_from([0, 0.5, 8, 24, 60])),
                "predecessors": ";".join(f"t{b}" for b in before),
                "needs": ";".join(f"{pool}:{draw(st.integers(1, pools[pool]))}" for pool in needed),
            }
        )
    return rows


def _write(path: Path, table: list[dict[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
