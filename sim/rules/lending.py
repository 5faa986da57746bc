"""Lending: where work piles up with one team, another of the same skill sends someone who is free."""

import math

from sim.rules.hours import idle_until, rests
from sim.rules.ownership import lent_by
from sim.rules.people import change_team, rest
from sim.rules.tasks import queue_of_team
from sim.world import NONE, READY_QUEUE, RESOURCES, ROSTER_QUEUE, TICKET_QUEUE, World


def load_of_team(world: World, team_id: int) -> float:
    """Hours of ready work for each member who works with a team."""
    ready = world.queues[queue_of_team(team_id, READY_QUEUE)].length
    if ready + world.queues[queue_of_team(team_id, TICKET_QUEUE)].length == 0:
        return 0.0  # whatever crumbs the sum has left
    heads = max(1, world.queues[queue_of_team(team_id, ROSTER_QUEUE)].length)
    return float(world.teams[team_id].waiting / heads)


def weigh_teams(world: World, owner: int) -> int:
    """Weigh the teams whose people `owner` lends, each once; the first of them, or NONE.

    From there on each is `beside` the next.
    """
    first = NONE
    occasion = world.counts[RESOURCES].handled
    place = world.shared[lent_by(world, owner)].first
    while place != NONE:
        project = world.projects[world.engagements[place].project]
        for k in range(project.first_engagement, project.first_engagement + project.n_engagements):
            team_id = world.partners[k]
            if team_id < len(world.teams) and world.teams[team_id].weighed != occasion:
                world.teams[team_id].weighed = occasion
                world.teams[team_id].load = load_of_team(world, team_id)
                world.teams[team_id].beside = first
                first = int(team_id)
        place = world.engagements[place].after
    return int(first)


def borrower_of(world: World, first: int) -> int:
    """The team with most to do from `first` on, of two equals the lower row; NONE if none has anything."""
    best = NONE
    most = 0.0
    team_id = first
    while team_id != NONE:
        load = world.teams[team_id].load
        if load > most or (load == most and team_id < best):
            best = team_id
            most = load
        team_id = world.teams[team_id].beside
    return int(best)


def may_lend(world: World, team_id: int, borrower: int) -> bool:
    """Whether a team has the skill that another needs, and less to do by `loan_gap_hours` a head at least."""
    team = world.teams[team_id]
    other = world.teams[borrower]
    return bool(team.skill == other.skill and team.load < other.load - world.given[0].loan_gap_hours)


def lender_of(world: World, first: int, borrower: int) -> int:
    """The team with least to do of those that may lend, of two equals the lower row; NONE if none may."""
    best = NONE
    least = math.inf
    team_id = first
    while team_id != NONE:
        team = world.teams[team_id]
        less = team.load < least or (team.load == least and team_id < best)
        if less and may_lend(world, team_id, borrower):
            best = team_id
            least = team.load
        team_id = team.beside
    return int(best)


def move_member(world: World, lender: int, borrower: int) -> None:
    """The first member with nothing in hand, if any, works for another team for `loan_days`."""
    member_id = world.queues[queue_of_team(lender, ROSTER_QUEUE)].first
    while member_id != NONE:
        member = world.members[member_id]
        free = member.task == NONE and member.ticket == NONE and member.promised == 0
        if free and member.home == lender and member.away_until <= world.clock[0].now:
            if rests(world, member_id):  # who leaves in the course of a step begins there with the next one
                idle_until(world, member_id, world.clock[0].until)
                rest(world, member_id)
            member.until = world.clock[0].now + world.given[0].loan_days
            change_team(world, member_id, borrower)
            return
        member_id = member.after


def lend_member(world: World, owner: int) -> None:
    """Lend a free member to the team with most to do, from one of the same skill; both work with `owner`."""
    first = weigh_teams(world, owner)
    borrower = borrower_of(world, first)
    if borrower != NONE:
        lender = lender_of(world, first, borrower)
        if lender != NONE:
            move_member(world, lender, borrower)
