"""What a board knows of its organisation, as numbers: what the atlas draws its borders by.

All are told by the scenario alone, so that a rule can be read by somebody who never ran a simulation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.questionnaire.questions import WEEKS_A_YEAR, coming_hours, demand, ticket_hours

if TYPE_CHECKING:
    from sim.scenario import Scenario

BY_TRAIT = {
    "managers": "managers",
    "people_a_manager": "people for each manager",
    "projects_a_manager": "projects at a time for each manager",
    "project_hours": "hours of a project",
    "tickets_share": "share of the work that is tickets",
    "demand": "share of members' time that coming work takes",
    "cross_team": "share of tasks that other teams do",
    "change_a_month": "share of a project's wants that change in a month",
    "deadline_slack": "ratio of promised to planned time",
    "clients": "clients",
}
"""The traits, and what they are called."""

IN_PLURAL = {"managers", "people_a_manager", "projects_a_manager", "project_hours", "clients"}
"""Those that are spoken of in the plural."""

IN_PERCENT = {"tickets_share", "demand", "cross_team", "change_a_month"}
"""Those that are told in %."""


def traits_of(scenario: Scenario) -> dict[str, float] | None:
    """The traits of an organisation; None where its work is a given plan, or there are no projects."""
    projects = scenario.portfolio.projects
    if scenario.plan is not None or projects is None:
        return None
    members = sum(team.members for team in scenario.teams)
    coming = coming_hours(scenario)
    return {
        "managers": float(scenario.managers),
        "people_a_manager": members / scenario.managers,
        "projects_a_manager": projects.at_start / scenario.managers,
        "project_hours": projects.effort_hours,
        "tickets_share": WEEKS_A_YEAR * ticket_hours(scenario) / coming if coming else 0.0,
        "demand": demand(scenario),
        "cross_team": projects.cross_team,
        "change_a_month": projects.change_a_month,
        "deadline_slack": projects.deadline_slack,
        "clients": float(scenario.portfolio.clients),
    }
