"""Responsibilities: each duty about each subject has a row, which knows in whose hands it is.

In their order: a row for each duty of each project, then of each team, then one for each service, each client
and each manager's portfolio. The functions find the row; others
say which duties fall to which post.
"""

from sim.world import (
    ABOUT_CLIENT,
    ABOUT_PROJECT,
    ABOUT_SERVICE,
    N_DUTIES,
    RESOURCES,
    Duty,
    Role,
    Table,
    World,
)


def project_duty(world: World, project_id: int, duty: int) -> int:
    """A duty about a project."""
    return int(world.projects[project_id].first_duty + duty)


def team_duty(world: World, team_id: int, duty: int) -> int:
    """A duty about a team."""
    return int(world.clock[0].first_team_duty + team_id * N_DUTIES + duty)


def service_duty(world: World, service_id: int) -> int:
    """The oversight of a service."""
    return int(world.clock[0].first_service_duty + service_id)


def client_duty(world: World, client_id: int) -> int:
    """The care for a client."""
    return int(world.clock[0].first_client_duty + client_id)


def team_of_client(world: World, client_id: int) -> int:
    """The team that looks after a client where teams do: clients go round."""
    return int(client_id % len(world.teams))


def team_of(world: World, responsibility_id: int) -> int:
    """The team behind a responsibility: who leads a project, serves a service, looks after a client where
    teams do; portfolios go round the teams.
    """
    mine = world.responsibilities[responsibility_id]
    if mine.about == ABOUT_PROJECT:
        return int(world.projects[mine.row].home)
    if mine.about == ABOUT_SERVICE:
        return int(world.services[mine.row].team)
    if mine.about == ABOUT_CLIENT:
        return team_of_client(world, mine.row)
    return int(mine.row % len(world.teams))


def portfolio_duty(world: World, manager_id: int) -> int:
    """The care for the resources of all projects that a manager ranks."""
    return int(world.clock[0].first_portfolio_duty + manager_id)


def owner_of(world: World, project_id: int, duty: int) -> int:
    """Who holds a duty for a project: a manager, TEAM or NOBODY."""
    return int(world.responsibilities[project_duty(world, project_id, duty)].owner)


def belongs(roles: Table[Role], place: int, role_id: int) -> bool:
    """Whether a post is one of a role (negative: none)."""
    if role_id < 0:
        return False
    role = roles[role_id]
    return bool(role.first_post <= place < role.first_post + role.count)


def falls_to(duties: Table[Duty], roles: Table[Role], ranking_role: int, duty_id: int, place: int) -> bool:
    """Whether a duty falls to a post: its role holds it, or the duty is ranking and its role ranks."""
    ranks = duty_id == RESOURCES and belongs(roles, place, ranking_role)
    return bool(ranks or belongs(roles, place, duties[duty_id].role))


def has_to_do_with(world: World, place: int, duty_id: int) -> bool:
    """Whether a duty falls to a post of the structure of today."""
    return falls_to(world.duties, world.roles, world.clock[0].ranking_role, duty_id, place)
