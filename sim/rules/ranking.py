"""Which project goes first: who ranks work across projects, by what, and what it costs them."""

from sim.rules.aptitude import talent_for
from sim.rules.ownership import lent_by, ranked_by
from sim.rules.people import is_away, practise
from sim.rules.projects import share_done
from sim.world import N_DUTIES, NONE, RANKS_BOARD, RANKS_TEAM, RESOURCES, TEAM, World


def cost_of_delay(world: World, project_id: int) -> float:
    """Euro that a day's delay of a project costs: value comes later, and a late one pays penalties."""
    given = world.given[0]
    project = world.projects[project_id]
    rate = given.value_decay
    if project.forecast > project.deadline:
        rate += given.late_penalty
    return float(project.value * rate)


def urgency_of_project(world: World, project_id: int) -> float:
    """Cost of delay over remaining work (weighted shortest job first; Smith 1956, Reinertsen 2009).

    What remains is what has not been earned, as in forecasts: hours spent say nothing about it.
    """
    project = world.projects[project_id]
    open_share = 1.0 - share_done(world, project_id, NONE)
    remaining = max(world.given[0].least_left_hours, open_share * project.estimate_hours)
    return float(cost_of_delay(world, project_id) / remaining)


def urgency_of_part(world: World, part: int) -> float:
    """The same of a team's own tasks in a project: their share in its cost of delay, over what remains."""
    engagement = world.engagements[part]
    project = world.projects[engagement.project]
    share = engagement.estimate_hours / max(1.0, project.estimate_hours)
    remaining = max(world.given[0].least_left_hours, engagement.estimate_hours - engagement.earned)
    return float(share * cost_of_delay(world, engagement.project) / remaining)


# --- what it costs -----------------------------------------------------------------------------------------


def standing(world: World, project_id: int) -> int:
    """What a ranker goes by, as a code that is never 0: whether a project is late, and nearly done."""
    project = world.projects[project_id]
    late = project.forecast > project.deadline
    ending = share_done(world, project_id, NONE) >= world.given[0].nearly_done
    return int(1 + 2 * late + 4 * ending)


def scope_of(world: World, project_id: int) -> float:
    """Hours by which a project has grown since it was estimated, less what was cut."""
    project = world.projects[project_id]
    return float(project.drift_hours + project.risk_hours - project.descoped_hours)


def standing_changed(world: World, place: int) -> bool:
    """Whether a project is new, late (or no longer), nearly done or changed since it was last ranked here."""
    engagement = world.engagements[place]
    project_id = engagement.project
    grown = abs(scope_of(world, project_id) - engagement.seen_scope)
    most = world.given[0].standing_change * world.projects[project_id].estimate_hours
    return bool(engagement.seen != standing(world, project_id) or grown > most)


def note_seen(world: World, place: int) -> None:
    """Whoever ranks here knows a project as it is now."""
    engagement = world.engagements[place]
    engagement.seen = standing(world, engagement.project)
    engagement.seen_scope = scope_of(world, engagement.project)


def hours_to_rank(world: World, list_id: int) -> float:
    """Hours that ranking a list of projects takes: what has changed is thought over, the others looked at."""
    given = world.given[0]
    hours = 0.0
    place = world.shared[list_id].first
    if place != NONE:
        hours = given.ranking_hours
    while place != NONE:
        hours += given.resources_hours if standing_changed(world, place) else given.look_hours
        place = world.engagements[place].after
    return float(hours)


def hours_to_lend(world: World, manager_id: int) -> float:
    """Hours for a look at the projects whose people someone lends, but at those that they rank as well."""
    hours = 0.0
    place = world.shared[lent_by(world, manager_id)].first
    while place != NONE:
        project = world.projects[world.engagements[place].project]
        if project.ranker != manager_id or world.clock[0].ranks == RANKS_BOARD:
            hours += world.given[0].look_hours
        place = world.engagements[place].after
    return float(hours)


def hours_on_portfolio(world: World, manager_id: int) -> float:
    """Hours that a manager's care for a portfolio takes: to rank it, and to look where people are short."""
    hours = hours_to_lend(world, manager_id)
    if world.clock[0].ranks != RANKS_BOARD:
        hours += hours_to_rank(world, ranked_by(world, manager_id))
    return float(hours)


def hours_of_team(world: World, team_id: int) -> float:
    """Hours that a team which holds *resources* takes over it: to order its own line, or for looks alone."""
    if world.clock[0].ranks == RANKS_TEAM:
        return hours_to_rank(world, team_id)
    return float(world.shared[team_id].length * world.given[0].look_hours)


def has_portfolio(world: World, manager_id: int) -> bool:
    """Whether a manager has any projects to rank, or people to lend."""
    ranks = world.managers[manager_id].projects > 0 and world.clock[0].ranks != RANKS_BOARD
    return bool(ranks or world.shared[lent_by(world, manager_id)].length > 0)


# --- what it does ------------------------------------------------------------------------------------------


def rank_projects(world: World, owner: int) -> None:
    """Rank the projects that `owner` ranks; the first of each ranker's projects ranks -1."""
    best = 0.0
    place = world.shared[ranked_by(world, owner)].first
    while place != NONE:
        project_id = world.engagements[place].project
        urgency = urgency_of_project(world, project_id)
        world.projects[project_id].rank = -urgency
        world.projects[project_id].ranked = world.clock[0].now
        note_seen(world, place)
        best = max(best, urgency)
        place = world.engagements[place].after
    place = world.shared[ranked_by(world, owner)].first
    while place != NONE and best > 0.0:
        world.projects[world.engagements[place].project].rank /= best
        place = world.engagements[place].after


def order_own_line(world: World, team_id: int) -> None:
    """A team orders its own line, by the cost of delay of its own tasks; its first project ranks -1."""
    best = 0.0
    part = world.shared[team_id].first
    while part != NONE:
        urgency = urgency_of_part(world, part)
        world.engagements[part].rank = -urgency
        note_seen(world, part)
        best = max(best, urgency)
        part = world.engagements[part].after
    part = world.shared[team_id].first
    while part != NONE and best > 0.0:
        world.engagements[part].rank /= best
        part = world.engagements[part].after


def attendance(world: World, role_id: int) -> int:
    """How many of a role are there."""
    role = world.roles[role_id]
    there = 0
    for place in range(role.first_post, role.first_post + role.count):
        there += not is_away(world, world.posts[place])
    return there


def practice_of_board(world: World, role_id: int) -> float:
    """Mean practice in ranking of those of a role who are there."""
    role = world.roles[role_id]
    total = 0.0
    for place in range(role.first_post, role.first_post + role.count):
        manager_id = world.posts[place]
        if not is_away(world, manager_id):
            practised = world.experience[manager_id * N_DUTIES + RESOURCES].practice
            total += practised * talent_for(world, manager_id, RESOURCES)
    return float(total / attendance(world, role_id))


def hold_board(world: World) -> None:
    """Who ranks as a board meets, orders all projects together, and each who is there pays the meeting."""
    role = world.roles[world.clock[0].ranking_role]
    chair = world.posts[role.first_post]
    hours = hours_to_rank(world, ranked_by(world, chair))
    hours *= practice_of_board(world, world.clock[0].ranking_role)
    for place in range(role.first_post, role.first_post + role.count):
        manager_id = world.posts[place]
        if not is_away(world, manager_id):
            world.managers[manager_id].owed_meetings += hours
            practise(world, manager_id, RESOURCES)
    rank_projects(world, chair)


def meet_as_board(world: World) -> None:
    """Let the board meet when it is time; without anyone there, or projects, it is put off."""
    clock = world.clock[0]
    if clock.ranks != RANKS_BOARD or clock.now < clock.next_board:
        return
    chair = world.posts[world.roles[clock.ranking_role].first_post]
    if world.managers[chair].projects > 0 and attendance(world, clock.ranking_role) > 0:
        hold_board(world)
        clock.next_board = clock.now + world.duties[RESOURCES].every


def is_held_by_teams(world: World) -> bool:
    """Whether each team holds *resources* itself."""
    return bool(world.duties[RESOURCES].role == TEAM)
