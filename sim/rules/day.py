"""A working day, in its order, of both clocks: compiled as it stands, and with agents who are asked what they
do (see `sim.clocks.by_agents`).
"""

from sim.rules.attention import come_back, go_home, spend_attention
from sim.rules.calendar import begin_day
from sim.rules.choice import grant_specialists
from sim.rules.gathering import gather
from sim.rules.people import settle
from sim.rules.projects import move_projects
from sim.rules.record import end_day
from sim.rules.work import end_day_of_team, go_on, spend_day
from sim.world import NO_FAULT, World


def step(world: World) -> None:
    """One step: what the day brings, managers, teams, the flow of projects, people, the books."""
    begin_day(world)
    for manager_id in range(len(world.managers)):
        spend_attention(world, manager_id)
    for team_id in range(len(world.teams)):
        gather(world, team_id)
    grant_specialists(world, world.clock[0].begun)
    for team_id in range(len(world.teams)):
        spend_day(world, team_id)
    flow(world)
    move_projects(world)
    end(world)


def flow(world: World) -> None:
    """As long as something comes up for people who have time left in the step: they go on."""
    clock = world.clock[0]
    while clock.stirred or clock.turned:
        clock.stirred = 0
        if clock.turned:
            move_projects(world)
        for manager_id in range(len(world.managers)):
            come_back(world, manager_id)
        if len(world.pools) > 0:
            grant_specialists(world, clock.until)
        for team_id in range(len(world.teams)):
            go_on(world, team_id)


def end(world: World) -> None:
    """The end of a step: for managers and teams, for who leaves or goes away, and in the books."""
    for manager_id in range(len(world.managers)):
        go_home(world, manager_id)
    for team_id in range(len(world.teams)):
        end_day_of_team(world, team_id)
    for team_id in range(len(world.teams)):
        settle(world, team_id)
    end_day(world)


def run(world: World, steps: int) -> int:
    """Take up to `steps` steps; stop when luck has run out. Returns the steps taken."""
    for taken in range(steps):
        if world.clock[0].fault != NO_FAULT:
            return int(taken)
        step(world)
    return steps
