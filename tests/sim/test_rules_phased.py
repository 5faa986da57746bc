"""A change team by team: who has what keeps it until its team goes over, and new work begins in new hands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import matters
from sim.rules.reorganisation import reorganise
from sim.rules.responsibilities import client_duty, owner_of, project_duty, service_duty, team_duty
from sim.scenario.structures import PRESETS, Structure
from sim.world import GONE_OVER, OVERSIGHT, PLANNING, PROCESS, SATISFACTION, STAKEHOLDERS, STAYS
from tests.sim.small import organisation

MERGED, SEPARATED, AGILE = (PRESETS[name] for name in ("merged", "separated", "agile"))
HOURS = {f"{duty}_hours": 1.0 for duty in ("planning", "stakeholders", "process", "satisfaction")}


def phased(before: Structure = MERGED, after: Structure = SEPARATED, **more: Any) -> DeliveryOrganisation:
    """Two teams with two projects each, of which the second goes over ten days after the first, on day 5."""
    announced = more.pop("announced", None)
    return organisation(
        [(name, "work", team, "900") for name, team in zip("pqrs", ("web", "data") * 2, strict=True)],
        structure=before.changing_to(after, 5, announced=announced, phased=(1, 10)),
        teams={"web": 1, "data": 1},
        services={"count": 2, "tickets_a_week": 0},
        **{"handover_hours": 1.5, **HOURS, **more},
    )


def holders(team: DeliveryOrganisation, duty: int) -> list[int]:
    return [owner_of(team.world, project, duty) for project in range(4)]


def test_projects_go_over_with_the_team_that_leads_them() -> None:
    team = phased()
    team.run(days=5)
    before = holders(team, STAKEHOLDERS)
    team.run(days=1)
    homes = [project.home for project in team.world.projects]
    assert [one.over for one in team.teams] == [GONE_OVER, STAYS]
    for project, home in enumerate(homes):
        if home == 0:
            assert owner_of(team.world, project, PLANNING) == 0, "the project manager"
            assert owner_of(team.world, project, STAKEHOLDERS) == 1, "the delivery manager"
        else:
            assert owner_of(team.world, project, STAKEHOLDERS) == before[project], "who had it"
    team.run(days=10)
    assert holders(team, PLANNING) == [0, 0, 0, 0]
    assert holders(team, STAKEHOLDERS) == [1, 1, 1, 1]
    assert team.world.clock[0].reorganise_on == -1.0


def test_so_do_services_clients_and_what_is_about_the_team() -> None:
    team = phased()
    rows = [
        (team_duty(team.world, 1, PROCESS), PROCESS),
        (service_duty(team.world, 1), OVERSIGHT),
        (client_duty(team.world, 1), SATISFACTION),
    ]
    for row, _ in rows:
        team.world.responsibilities[row].owner = 0
    team.run(days=6)
    assert [team.world.responsibilities[row].owner for row, _ in rows] == [0, 0, 0]
    team.run(days=10)
    assert [team.world.responsibilities[row].owner for row, _ in rows] == [1, 1, 1], "the delivery manager"


def test_only_what_goes_over_is_handed_over() -> None:
    team = phased()
    team.run(days=5)
    for project in range(4):
        for duty in (PLANNING, STAKEHOLDERS):
            matters.raise_matter(team.world, project_duty(team.world, project, duty), 90.0, 0)

    def handed_over() -> set[int]:
        rows = [one.matter for one in team.world.responsibilities if one.matter >= 0]
        return {team.world.matters[row].project for row in rows if team.world.matters[row].handoff > 0}

    reorganise(team.world)
    assert {team.world.projects[project].home for project in handed_over()} == {0}


def test_what_the_team_held_itself_is_held_by_somebody_at_once() -> None:
    by_team = replace(SEPARATED, holders={**SEPARATED.holders, "stakeholders": "team"})
    team = phased(by_team, SEPARATED)
    team.run(days=6)
    assert holders(team, STAKEHOLDERS) == [1, 1, 1, 1]


def test_a_project_that_comes_meanwhile_begins_in_new_hands_and_stays_there() -> None:
    """Those of the second team come last, and are dealt out by the new structure at once."""
    team = phased()
    project = team.world.projects[3]
    assert project.home == 1
    project.arrival = 8.0
    team.run(days=9)
    assert (owner_of(team.world, 3, PLANNING), owner_of(team.world, 3, STAKEHOLDERS)) == (0, 1)
    row = project_duty(team.world, 3, PLANNING)
    team.world.responsibilities[row].known = 1
    team.run(days=10)
    assert team.world.responsibilities[row].known == 1, "nothing about it was dealt out anew"


def test_all_at_once_is_one_wave() -> None:
    one, other = (
        organisation(
            [("p", "work", "web", "900"), ("q", "work", "data", "900")],
            structure=MERGED.changing_to(AGILE, 5, phased=waves),
            teams={"web": 1, "data": 1},
            handover_hours=1.5,
        )
        for waves in (None, (2, 10))
    )
    for team in (one, other):
        team.run(days=30)
    assert [m.load for m in one.managers] == [m.load for m in other.managers]
    assert one.world.clock[0].progress == other.world.clock[0].progress
