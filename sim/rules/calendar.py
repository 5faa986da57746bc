"""What a day brings before anyone acts: projects, changed wants, risks, duties due, lost patience."""

from sim.rules.budget import notice_spending
from sim.rules.cancelling import try_clients_patience
from sim.rules.clients import live_with_client
from sim.rules.dependencies import pairs_fall_due
from sim.rules.exceptions import guess
from sim.rules.gathering import seat_managers
from sim.rules.growth import comes_at_all
from sim.rules.matters import leave_limbo, raise_matter
from sim.rules.milestones import live_with_milestones
from sim.rules.network import let_days_come
from sim.rules.process import forget
from sim.rules.projects import decay, let_in, open_project, review, wait_for_plan
from sim.rules.ranking import (
    has_portfolio,
    hours_of_team,
    hours_on_portfolio,
    is_held_by_teams,
    meet_as_board,
)
from sim.rules.reorganisation import settle_structure
from sim.rules.responsibilities import client_duty, portfolio_duty, service_duty, team_duty
from sim.rules.risks import live_with_risks_of_project, live_with_risks_of_team
from sim.rules.scope import change_wants
from sim.rules.services import live_with_service, needs_oversight
from sim.rules.sponsor import sit
from sim.rules.tasks import hand_over_alone, line_up, queue_of_team, stop_waiting
from sim.rules.tracking import note_drift
from sim.rules.unrest import feel_unrest
from sim.world import (
    BLOCKED,
    HANDING_OVER,
    NONE,
    OPERATIONAL_RISK,
    PORTFOLIO_QUEUE,
    PROCESS,
    RESOURCES,
    RUNNING,
    STARTING,
    UNASSIGNED,
    WAITING_QUEUE,
    World,
)


def open_projects(world: World) -> None:
    """Projects whose day has come arrive, in order; of those on top, what contented clients bring."""
    clock = world.clock[0]
    while (
        clock.next_project < len(world.projects) and world.projects[clock.next_project].arrival <= clock.now
    ):
        if comes_at_all(world, clock.next_project):
            open_project(world, clock.next_project)
        clock.next_project += 1


def pass_time(world: World, project_id: int) -> None:
    """What time does to a project."""
    project = world.projects[project_id]
    if project.state == STARTING:
        wait_for_plan(world, project_id)
    if project.state == RUNNING:
        change_wants(world, project_id)
        live_with_risks_of_project(world, project_id)
        decay(world, project_id)
        notice_spending(world, project_id)
        note_drift(world, project_id)
        if world.clock[0].now >= project.next_review:
            review(world, project_id)
        live_with_milestones(world, project_id)
        try_clients_patience(world, project_id)


def lose_patience(world: World, task_id: int) -> None:
    """A team that waited long enough helps itself, at a price."""
    given = world.given[0]
    now = world.clock[0].now
    task = world.tasks[task_id]
    if task.state == HANDING_OVER and now - task.joined >= given.handover_patience:
        hand_over_alone(world, task_id)
    elif task.state == UNASSIGNED and now - task.joined >= given.allocation_patience:
        stop_waiting(world, task_id)
        line_up(world, task_id, NONE)
    elif task.state == BLOCKED and now - task.joined >= given.patience:
        guess(world, task_id)


def shortest_patience(world: World) -> float:
    """The shortest of all patiences, in days: before it is over, no team helps itself."""
    given = world.given[0]
    return float(min(given.patience, given.handover_patience, given.allocation_patience))


def wait_in_team(world: World, team_id: int) -> None:
    """Go through a team's waiting tasks, longest first, as far as patience can be over."""
    now = world.clock[0].now
    patience = shortest_patience(world)
    task_id = world.queues[queue_of_team(team_id, WAITING_QUEUE)].first
    while task_id != NONE and now - world.tasks[task_id].joined >= patience:
        following = world.tasks[task_id].after
        lose_patience(world, task_id)
        task_id = following


def is_due(world: World, responsibility_id: int) -> bool:
    """Whether a recurring matter about anything but a project comes up now.

    Days that passed while there was nothing to look after are not made up for.
    """
    every = world.duties[world.responsibilities[responsibility_id].duty].every
    return bool(every > 0.0 and world.clock[0].now >= world.due[responsibility_id])


def raise_due(world: World, responsibility_id: int, hours: float) -> None:
    """Raise it, and note when it comes up next."""
    every = world.duties[world.responsibilities[responsibility_id].duty].every
    while world.due[responsibility_id] <= world.clock[0].now:
        world.due[responsibility_id] += every
    raise_matter(world, responsibility_id, hours, 0)


def fall_due(world: World, responsibility_id: int) -> None:
    """Raise a recurring matter about anything but a project on its day, for its usual hours."""
    if is_due(world, responsibility_id):
        duty = world.duties[world.responsibilities[responsibility_id].duty]
        raise_due(world, responsibility_id, duty.hours)


def portfolios_fall_due(world: World) -> None:
    """Raise what concerns many projects on its day: for who ranks or lends, and where teams hold that."""
    meet_as_board(world)
    for manager_id in range(len(world.managers)):
        mine = portfolio_duty(world, manager_id)
        if has_portfolio(world, manager_id) and is_due(world, mine):
            raise_due(world, mine, hours_on_portfolio(world, manager_id))
    if is_held_by_teams(world):
        for team_id in range(len(world.teams)):
            ours = team_duty(world, team_id, RESOURCES)
            if world.shared[team_id].length > 0 and is_due(world, ours):
                raise_due(world, ours, hours_of_team(world, team_id))


def begin_day(world: World) -> None:
    """The first part of a step."""
    settle_structure(world)
    feel_unrest(world)
    open_projects(world)
    let_days_come(world)
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        following = world.projects[project_id].after  # it may be given up
        pass_time(world, project_id)
        project_id = following
    sit(world)
    let_in(world)
    for team_id in range(len(world.teams)):
        wait_in_team(world, team_id)
        forget(world, team_id)
        fall_due(world, team_duty(world, team_id, PROCESS))
        pairs_fall_due(world, team_id)
        team = world.teams[team_id]
        if team.n_risks > 0:
            fall_due(world, team_duty(world, team_id, OPERATIONAL_RISK))
            live_with_risks_of_team(world, team_id)
    for service_id in range(len(world.services)):
        live_with_service(world, service_id)
        if needs_oversight(world, service_id):
            fall_due(world, service_duty(world, service_id))
    for client_id in range(len(world.clients)):
        live_with_client(world, client_id)
        if world.clients[client_id].here:
            fall_due(world, client_duty(world, client_id))
    leave_limbo(world)
    if world.clock[0].sprint_days > 0.0 and world.clock[0].step % world.clock[0].steps_a_day == 0:
        seat_managers(world)
    portfolios_fall_due(world)
