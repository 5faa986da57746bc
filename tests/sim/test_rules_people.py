"""People: they are away, leave, are replaced, tire and learn; members and managers. One rule at a time."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.outcomes.reduce import reduce_run
from sim.rules import attention, lending, people, tasks
from sim.rules.matters import matter_of_task, raise_for_task, raise_matter
from sim.rules.responsibilities import project_duty, team_duty
from sim.scenario.structures import PRESETS, Structure
from sim.world import ACTIVE, N_DUTIES, NONE, PLANNING, PROCESS, READY, TRACKING
from tests.sim.serving import office, ticket
from tests.sim.small import plant_luck

COVERED = replace(PRESETS["merged"], cover=True)
UNPLANNED = PRESETS["merged"].without("planning")


@pytest.fixture(autouse=True)
def average_luck(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens to people is of mean length, and the next such event a mean time away."""
    one = math.exp(-1.0)
    plant_luck(monkeypatch, people, lambda *_: (one, one, one, one))


def goes_away(team: DeliveryOrganisation, who: str, row: int, begins: float, days: float) -> None:
    """Let a member or manager be away from a day on, once."""
    given = team.world.given[0]
    given.absence_spell, given.absence_days = days, 1e-6
    getattr(team.world, who)[row].absent_from = begins


# --- absences of members -----------------------------------------------------------------------------------


def test_a_short_absence_stops_a_task_and_a_long_one_hands_it_back() -> None:
    for days, state in ((2, ACTIVE), (6, READY)):
        team = office({"p": 80}, short_absence=4)
        goes_away(team, "members", 0, begins=2.0, days=days)
        team.run(days=3)
        task = team.world.tasks[0]
        assert (task.state, task.remaining) == (state, pytest.approx(80 - 16))
        team.run(days=days)
        assert task.remaining < 80 - 16, "back at work"


def test_a_colleague_takes_up_what_was_handed_back() -> None:
    team = office({"p": 80, "q": 16}, teams={"web": 2}, short_absence=4)
    team.run(days=1)
    absent = team.world.tasks[0].member
    goes_away(team, "members", absent, begins=2.0, days=30)
    team.run(days=15)
    assert team.world.tasks[0].member == 1 - absent


def test_whether_a_newcomer_goes_away_on_the_first_day_is_no_matter_of_who_else_does() -> None:
    def absences(colleague_goes: bool) -> int:
        team = office({"p": 80, "q": 80}, teams={"web": 2})
        newcomer, colleague = team.world.members
        newcomer.vacant, newcomer.away_until = 1, 1.0
        goes_away(team, "members", 0, begins=0.9, days=2)
        colleague.absent_from = 0.9 if colleague_goes else 1e9
        team.run(days=1)
        return int(newcomer.absences)

    assert absences(colleague_goes=True) == absences(colleague_goes=False) == 1


def test_who_is_away_is_paid_and_a_vacant_seat_is_not() -> None:
    away, vacant = office({"p": 80}), office({"p": 80}, hire_days=6, ramp_days=1)
    goes_away(away, "members", 0, begins=1.0, days=5)
    away.run(days=10)
    vacant.run(days=1)
    people.resign(vacant.world, 0)
    vacant.run(days=9)
    books = [(t.paid, t.absent, t.vacant) for t in (away.world.teams[0], vacant.world.teams[0])]
    assert books == [(80, 40, 0), (80 - 8 * 6, 0, 8 * 6)]


def test_who_is_there_does_the_teams_own_duties_for_who_is_away() -> None:
    """Else a duty would get cheaper by being given to the team."""
    own = PRESETS["merged"]
    own = replace(own, holders={**own.holders, "tracking": "team"})
    team = office({"p": 800}, structure=own, teams={"web": 3})
    team.run(days=2)
    goes_away(team, "members", 1, begins=2.0, days=20)
    team.run(days=1)
    before = team.world.teams[0].duties
    raise_matter(team.world, project_duty(team.world, 0, TRACKING), 6.0, 0)
    team.run(days=5)
    assert team.world.teams[0].duties - before == pytest.approx(6)


def test_an_absence_of_the_one_before_is_nothing_to_a_newcomer() -> None:
    team = office({"p": 800}, hire_days=10, ramp_days=1, short_absence=4)
    team.run(days=1)
    people.resign(team.world, 0)
    goes_away(team, "members", 0, begins=2.0, days=5)
    team.run(days=11)
    assert team.world.tasks[0].state == ACTIVE
    assert team.world.teams[0].absent == 0


def test_nobody_lends_a_member_who_has_a_ticket_in_hand() -> None:
    team = office({"p": 8}, teams={"web": 1, "data": 1})
    team.run(days=3)
    ticket(team, 0, hours=40, allowed=50)
    team.run(days=1)
    lender = team.world.tickets[0].team
    lending.move_member(team.world, lender, 1 - lender)
    assert team.world.members[lender].team == lender
    assert [one.on_tickets for one in team.world.teams][lender] == 1


# --- leavers -----------------------------------------------------------------------------------------------


def test_a_leaver_is_replaced_after_a_while_by_a_newcomer_who_grows_into_the_job() -> None:
    team = office({"p": 800}, hire_days=10, ramp_days=20, newcomer_speed=0.5)
    team.run(days=1)
    member = team.world.members[0]
    people.resign(team.world, 0)
    assert (member.vacant, member.task, team.world.teams[0].leavers) == (1, NONE, 1)
    team.run(days=9)
    assert member.vacant
    team.run(days=1)
    assert not member.vacant
    left = team.world.tasks[0].remaining
    team.run(days=1)
    speed = (left - team.world.tasks[0].remaining) / 8
    assert speed == pytest.approx(0.5 * member.productivity)
    team.run(days=20)
    assert member.ramp == 1.0


def test_a_team_loses_maturity_with_each_leaver_by_their_share() -> None:
    team = office({"p": 80}, teams={"web": 4}, first_maturity=0.8)
    team.run(days=1)
    people.resign(team.world, 2)
    assert team.world.teams[0].maturity == pytest.approx(0.8 * 3 / 4)


def test_the_tired_and_the_badly_organised_think_of_leaving_more() -> None:
    def unrest(fatigue: float, maturity: float) -> float:
        team = office(
            {"p": 80},
            attrition=0.1,
            leave_fatigue=2,
            leave_immaturity=0.5,
            first_maturity=maturity,
            recovery=0,
        )
        team.world.members[0].fatigue = fatigue
        before = team.world.members[0].gap
        team.world.teams[0].departures = people.departures_expected(team.world, 0)
        people.rest(team.world, 0)
        return float(before - team.world.members[0].gap) * 250

    assert unrest(0, 1) == pytest.approx(0.1)
    assert unrest(0, 0) == pytest.approx(0.15)
    assert unrest(1, 0) == pytest.approx(0.1 * (1 + 2 + 0.5))


def test_a_key_person_is_the_one_who_gets_most_done() -> None:
    team = office({"p": 80}, teams={"web": 3}, hire_days=10)
    for member, productivity in zip(team.world.members, (0.9, 1.4, 1.1), strict=True):
        member.productivity = productivity
    people.lose_member(team.world, 0)
    people.lose_member(team.world, 0)
    assert [member.vacant for member in team.world.members] == [0, 1, 1]


def test_overtime_tires_and_rest_restores() -> None:
    team = office({"p": 80, "q": 80}, overtime=0.25, fatigue_gain=0.02, recovery=0.1)
    team.run(days=2)
    for project in team.world.projects:
        project.late = 1
    team.run(days=1)
    member = team.world.members[0]
    assert member.overtime == 2
    assert member.fatigue == pytest.approx(0.02 * 2 * 0.9)
    for project in team.world.projects:
        project.late = 0
    team.run(days=30)
    assert 0 <= member.fatigue < 0.003


# --- managers ----------------------------------------------------------------------------------------------


def question(team: DeliveryOrganisation, hours: float = 1.0) -> int:
    """A question about the first project's task lands in its owner's in-tray. Returns the matter."""
    raise_for_task(team.world, 0, PLANNING, hours, 1.0)
    return matter_of_task(team.world, 0)


def test_matters_wait_for_a_manager_who_is_away() -> None:
    team = office({"p": 80}, managers=1)
    team.run(days=2)
    matter = team.world.matters[question(team, 0.5)]
    team.world.managers[0].away_until = 6.0
    team.run(days=4)
    assert matter.open
    assert team.world.managers[0].absent == pytest.approx(4 * 6.5)
    assert team.world.managers[0].available == pytest.approx(2 * 6.5)


def test_a_manager_who_is_away_is_paid_and_an_empty_managers_seat_is_not() -> None:
    away, vacant = office({"p": 80}, managers=1), office({"p": 80}, managers=1, hire_days=7)
    away.world.managers[0].away_until = 6.0
    vacant.run(days=1)
    people.manager_resigns(vacant.world, 0)
    for team in (away, vacant):
        team.run(days=10 - team.now)
    books = [(m.paid, m.absent, m.vacant) for m in (away.world.managers[0], vacant.world.managers[0])]
    assert books == [(80, pytest.approx(6 * 6.5), 0), (80 - 8 * 7, 0, pytest.approx(7 * 6.5))]
    costs = [reduce_run(team.tables())["cost_of_people"] for team in (away, vacant)]
    assert costs[0] - costs[1] == pytest.approx(8 * 7 * vacant.world.given[0].manager_cost)


def test_who_was_never_there_is_not_taken_for_busy() -> None:
    team = office({"p": 8}, managers=2)
    team.world.managers[1].away_until = 1e6
    team.run(days=20)
    assert reduce_run(team.tables())["manager_use_spread"] == 0


@pytest.mark.parametrize(
    ("structure", "stands_in"),
    [(replace(PRESETS["merged"], cover=False), False), (COVERED, True)],
    ids=["alone", "covered"],
)
def test_with_cover_a_colleague_takes_what_blocks_others(structure: Structure, stands_in: bool) -> None:
    team = office({"p": 80}, structure=structure, managers=2)
    team.run(days=2)
    matter = team.world.matters[question(team)]
    owner = matter.owner
    team.world.managers[owner].away_until = 50.0
    attention.plan_day(team.world, owner)
    assert (matter.owner == 1 - owner) == stands_in


def test_cover_leaves_alone_what_can_wait() -> None:
    team = office({"p": 80}, structure=COVERED, managers=2, process_hours=4)
    routine = team_duty(team.world, 0, PROCESS)
    raise_matter(team.world, routine, 4.0, 0)
    matter = team.world.matters[team.world.responsibilities[routine].matter]
    owner = matter.owner
    team.world.managers[owner].away_until = 50.0
    attention.plan_day(team.world, owner)
    assert matter.owner == owner


def test_who_comes_back_at_noon_does_not_go_on_with_what_a_colleague_has_settled() -> None:
    """It once kept such a manager busy for ever."""
    team = office({"p": 80}, structure=COVERED, managers=2, step_hours=2)
    team.run(days=2)
    matter_id = question(team, 3.0)
    matter = team.world.matters[matter_id]
    owner = matter.owner
    team.run(days=0.25)
    assert team.world.managers[owner].matter == matter_id
    team.world.managers[owner].away_until = team.now + 0.6
    handled = team.world.counts[PLANNING].handled
    team.run(days=1)
    assert not matter.open
    assert team.world.counts[PLANNING].handled == handled + 1


def test_a_manager_who_leaves_takes_experience_along() -> None:
    team = office({"p": 80}, managers=1, hire_days=10, successor_experience=0.4, learning_rate=0.2)
    team.run(days=1)
    before = [row.handled for row in team.world.experience[:N_DUTIES]]
    practice = [row.practice for row in team.world.experience[:N_DUTIES]]
    people.manager_resigns(team.world, 0)
    assert [row.handled for row in team.world.experience[:N_DUTIES]] == pytest.approx(
        [0.4 * handled for handled in before]
    )
    after = [row.practice for row in team.world.experience[:N_DUTIES]]
    assert all(new > old for new, old in zip(after, practice, strict=True)), "a beginner takes longer"
    assert people.is_away(team.world, 0)
    team.run(days=10)
    assert not people.is_away(team.world, 0)


def test_managers_without_a_free_hour_tire() -> None:
    team = office({"p": 80}, managers=1, attrition=0.1, overload_fatigue=0.03, recovery=0.05)
    people.manager_tires(team.world, 0, 0.0)
    tired = team.world.managers[0].fatigue
    assert tired == pytest.approx(0.03 * 0.95)
    people.manager_tires(team.world, 0, 2.0)
    assert team.world.managers[0].fatigue < tired


def test_a_task_is_not_allocated_to_who_is_away() -> None:
    team = office({"p": 80}, teams={"web": 3}, structure=UNPLANNED)
    team.run(days=1)
    for member, away in zip(team.world.members, (50.0, 0.0, 50.0), strict=True):
        member.away_until = away
    assert tasks.best_member(team.world, 0) == 1
