"""How often duties fall due and how much work they are: for splitting heads and dealing work evenly.

These are a planner's estimates before the run. The run itself only knows matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sim.scenario import Scenario
from sim.scenario.structures import TEAM_DUTIES, Seat, Structure, seats_of, shared_seats, split_heads
from sim.vocabulary import DUTIES

WEEKLY = ("planning", "timeline", "reporting", "service_oversight", "resources")
MONTHLY = ("budget", "project_risk", "tracking", "stakeholders", "operational_risk", "satisfaction")
SPRINTLY = ("planning", "reporting", "process")
WEEK = 5.0
TURNS_OF_STANDING = 4  # of a project: it is new, changed, late, nearly done


class Load(NamedTuple):
    """Hours a week of a duty: for an ordinary project (or team, or portfolio), and for all of them."""

    each: float
    total: float


def cadence(given: Mapping[str, float], structure: Structure) -> dict[str, float]:
    """Days between two recurring matters of each duty; 0 if it comes up on occasion only."""
    every = dict.fromkeys(DUTIES, 0.0)
    every |= dict.fromkeys(WEEKLY, given["week_days"])
    every |= dict.fromkeys(MONTHLY, given["month_days"])
    every["process"] = given["retrospective_days"]
    if structure.rhythm == "sprints":
        every |= dict.fromkeys(SPRINTLY, structure.sprint_days or given["sprint_days"])
    return every | dict(structure.cadence)


def workload(scenario: Scenario, given: Mapping[str, float], structure: Structure) -> dict[str, Load]:
    """The work of each duty before practice, for a week of an ordinary project of the scenario."""
    tasks, hours, cross, running = _portfolio(scenario)
    crew = given["planned_crew"] * sum(team.members for team in scenario.teams) / len(scenario.teams)
    weeks = max(1.0, hours / crew / given["planned_day"] / WEEK)
    every = cadence(given, structure)
    each = {d: given[f"{d}_hours"] * WEEK / every[d] if every[d] else 0.0 for d in DUTIES}
    exceptions = hours * given["exception_rate"]
    impediments = exceptions * given["impediment_share"]
    questions = exceptions * given["question_share"]
    each["planning"] += (given["start_planning_hours"] + questions * given["question_hours"]) / weeks
    each["allocation"] += tasks * given["allocation_hours"] / weeks
    handovers = tasks * cross * given["coordination_hours"]
    each["coordination"] += (handovers + impediments * given["impediment_hours"]) / weeks
    escalations = max(0.0, exceptions - questions - impediments)
    each["stakeholders"] += escalations * given["escalation_hours"] / weeks
    each["resources"] = given["look_hours"] * WEEK / every["resources"] if every["resources"] else 0.0
    each["resources"] += TURNS_OF_STANDING * given["resources_hours"] / weeks
    each["reporting"] += scenario.portfolio.nature.milestones * given["milestone_hours"] / weeks
    many = dict.fromkeys(DUTIES, running)
    many |= dict.fromkeys(TEAM_DUTIES, float(len(scenario.teams)))
    many["satisfaction"] = float(scenario.portfolio.clients)
    services = scenario.portfolio.services
    many["service_oversight"] = float(services.count) if services else 0.0
    return {duty: Load(each[duty], each[duty] * many[duty]) for duty in DUTIES}


def _portfolio(scenario: Scenario) -> tuple[float, float, float, float]:
    """Of an ordinary project: tasks, hours and cross-team share; and how many run at a time. Where there is a
    plan, its projects are the ordinary ones.
    """
    projects, plan = scenario.portfolio.projects, scenario.plan
    running = projects.at_start if projects else 0
    if plan is None:
        assert projects is not None
        return projects.tasks, projects.effort_hours, projects.cross_team, max(1.0, running)
    count = max(1, len(plan.projects))
    edges = [(task.team, plan.tasks[p].team) for task in plan.tasks for p in task.predecessors]
    crossing = sum(one != other for one, other in edges) / max(1, len(edges))
    return (
        len(plan.tasks) / count,
        sum(t.estimate_hours for t in plan.tasks) / count,
        crossing,
        count + running,
    )


def split(scenario: Scenario, given: Mapping[str, float], structure: Structure) -> dict[str, float]:
    """Posts in each role: as the scenario says, else what loads the busiest role least."""
    said = _said(scenario, structure)
    return split_heads(structure, _posts(scenario, structure), _totals(scenario, given, structure), said)


def seats(scenario: Scenario, given: Mapping[str, float], structure: Structure) -> dict[str, Seat]:
    """The people of each role. Where there are fewer managers than roles, and no heads are said, some people
    hold several roles.
    """
    managers, said = _posts(scenario, structure), _said(scenario, structure)
    if managers < len(structure.roles) and not said:
        return shared_seats(structure, managers, _totals(scenario, given, structure))
    return seats_of(split(scenario, given, structure))


def _said(scenario: Scenario, structure: Structure) -> Mapping[str, float]:
    """The posts that are said of roles; where the structure changes on a day, those of the one before."""
    if structure.heads is not None:
        return structure.heads
    return scenario.heads.get(structure.name_before, {})


def _posts(scenario: Scenario, structure: Structure) -> int:
    return structure.managers or scenario.managers


def _totals(scenario: Scenario, given: Mapping[str, float], structure: Structure) -> dict[str, float]:
    return {duty: load.total for duty, load in workload(scenario, given, structure).items()}
