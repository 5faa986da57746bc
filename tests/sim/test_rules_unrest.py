"""The price of changing: people are unsettled from the announcement on, and it wears off; titles are lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import help as helping
from sim.rules import matters, people, unrest
from sim.rules.attention import take_up
from sim.rules.responsibilities import owner_of, project_duty, team_duty
from sim.scenario.structures import PRESETS, Structure
from sim.vocabulary import DUTIES
from sim.world import N_DUTIES, PLANNING, PROCESS, STAKEHOLDERS
from tests.sim.serving import office

MERGED, SEPARATED, AGILE, DM_ONLY = (PRESETS[name] for name in ("merged", "separated", "agile", "dm_only"))


def changing(
    before: Structure = MERGED, after: Structure = SEPARATED, managers: int = 2, **more: Any
) -> DeliveryOrganisation:
    """An organisation whose structure changes on day 20, which it is told 10 days before."""
    how = {key: more.pop(key) for key in ("announced", "chosen") if key in more}
    return office(
        {"p": 900, "q": 900},
        structure=before.changing_to(after, 20, **{"announced": 10, **how}),
        teams={"web": 2, "data": 2},
        managers=managers,
        **{"unrest_days": 40.0, **more},
    )


def unrest_on(team: DeliveryOrganisation, *days: int) -> list[float]:
    seen = []
    for day in days:
        team.run(days=day - round(team.world.clock[0].now))
        seen.append(team.world.clock[0].unrest)
    return seen


def test_people_are_unsettled_from_the_announcement_until_the_change_is_old_news() -> None:
    assert unrest_on(changing(), 10, 11, 20, 41, 60, 70) == pytest.approx([0, 1, 1, 0.5, 0.025, 0])
    assert unrest_on(changing(announced=100), 1, 20) == [1, 1], "who heard of it before the first day"
    assert unrest_on(changing(announced=None), 11, 21, 41) == [0, 0, 0], (
        "what is not announced frightens nobody"
    )


def progress(**more: Any) -> float:
    team = changing(**more)
    team.run(days=20)
    return float(team.world.clock[0].progress)


def test_the_unsettled_get_less_done() -> None:
    calm = progress()
    assert progress(unrest_distraction=0.2) == pytest.approx(0.9 * calm), "half of the days, by a fifth"
    assert progress(unrest_distraction=0.2, announced=0) == calm


def test_a_matter_takes_unsettled_managers_longer() -> None:
    hours = []
    for distraction in (0.0, 0.2):
        team = changing(unrest_distraction=distraction)
        team.run(days=12)
        owner = owner_of(team.world, 0, STAKEHOLDERS)
        matters.raise_matter(team.world, project_duty(team.world, 0, STAKEHOLDERS), 4.0, 0)
        matter_id = team.world.responsibilities[project_duty(team.world, 0, STAKEHOLDERS)].matter
        take_up(team.world, owner, matter_id)
        hours.append(team.world.matters[matter_id].remaining)
    assert hours[1] == pytest.approx(hours[0] / 0.8)


def test_the_unsettled_learn_less_from_retrospectives_and_help_later() -> None:
    team = changing(unrest_initiative=0.5)
    assert unrest.initiative(team.world) == 1.0
    team.run(days=12)
    assert unrest.initiative(team.world) == 0.5
    matters.raise_matter(team.world, project_duty(team.world, 0, PLANNING), 4.0, 1)
    matter_id = team.world.responsibilities[project_duty(team.world, 0, PLANNING)].matter
    team.world.matters[matter_id].raised -= 6.0
    assert helping.calling(team.world, matter_id) == pytest.approx(3.0)
    team.world.given[0].maturity_gain = 0.1
    before = team.teams[0].maturity = 0.0
    matters.raise_matter(team.world, team_duty(team.world, 0, PROCESS), 1.0, 0)
    team.run(days=3)
    assert team.teams[0].maturity - before == pytest.approx(0.05)


def test_the_unsettled_think_of_leaving_more_often() -> None:
    team = changing(attrition=0.1, leave_unrest=2.0)
    calm = people.departures_expected(team.world, 0)
    team.run(days=12)
    assert people.departures_expected(team.world, 0) == pytest.approx(3 * calm)


def gap_lost(before: Structure, after: Structure, **more: Any) -> list[float]:
    """What the change used up of each manager's departures to be expected."""
    team = changing(before, after, title_loss=0.25, **more)
    team.run(days=20)
    gaps = [manager.gap for manager in team.managers]
    team.run(days=1)
    return [was - manager.gap for was, manager in zip(gaps, team.managers, strict=True)]


def test_who_loses_a_title_thinks_of_leaving() -> None:
    assert gap_lost(MERGED, SEPARATED) == pytest.approx([0.25, 0.25])
    assert gap_lost(DM_ONLY, SEPARATED) == pytest.approx([0.25, 0.0]), "one stays a delivery manager"
    assert gap_lost(SEPARATED, SEPARATED) == pytest.approx([0.0, 0.0])
    assert gap_lost(MERGED, SEPARATED, announced=None) == pytest.approx([0.0, 0.0])


HOURS = {f"{duty}_hours": 0.01 for duty in DUTIES}
SWAPPED = replace(SEPARATED, name="swapped", roles=SEPARATED.roles[::-1])


def test_by_name_whoever_has_a_title_keeps_it() -> None:
    team = changing(SEPARATED, SWAPPED)
    assert [manager.role for manager in team.managers] == [0, 1]
    team.run(days=21)
    assert [manager.role for manager in team.managers] == [1, 0], "the roles changed places, nobody did"
    assert owner_of(team.world, 0, PLANNING) == 0


@pytest.mark.parametrize(("chosen", "planner"), [("by_name", 0), ("by_experience", 1)])
def test_by_experience_a_post_goes_to_who_has_most_practice_in_its_duties(chosen: str, planner: int) -> None:
    team = changing(MERGED, SEPARATED, chosen=chosen, learning_rate=0.2, **HOURS)
    team.run(days=20)
    for duty in range(7):
        people.have_experience(team.world, 1, duty, 5000.0)
    team.run(days=1)
    assert owner_of(team.world, 0, PLANNING) == planner
    assert owner_of(team.world, 0, STAKEHOLDERS) == 1 - planner
    assert sorted(team.world.posts) == [0, 1]
    assert team.world.experience[N_DUTIES].handled >= 5000.0, "practice stays with the person"
