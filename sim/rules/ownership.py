"""Who looks after what: projects are dealt to people as they appear, and people who share must talk."""

from sim.rules.queues import join, leave
from sim.rules.responsibilities import (
    client_duty,
    owner_of,
    project_duty,
    service_duty,
    team_duty,
    team_of_client,
)
from sim.world import (
    ABOUT_CLIENT,
    ABOUT_PROJECT,
    ABOUT_SERVICE,
    ABOUT_TEAM,
    GOES_OVER,
    N_DUTIES,
    NONE,
    PLANNING,
    RANKS_OWN,
    RESOURCES,
    World,
)


def load_a_post(world: World, manager_id: int) -> float:
    """Hours a week dealt out to a manager, as they would weigh on a whole post."""
    manager = world.managers[manager_id]
    return float(manager.load / manager.share)


def least_loaded(world: World, role_id: int) -> int:
    """The holder of a role with the least work dealt out to them."""
    role = world.roles[role_id]
    best = int(world.posts[role.first_post])
    for place in range(role.first_post, role.first_post + role.count):
        manager_id = int(world.posts[place])
        if load_a_post(world, manager_id) < load_a_post(world, best):
            best = manager_id
    return best


def who_takes(world: World, role_id: int, client: int, weight: float) -> int:
    """Who of a role takes a new project: whoever had the client last, unless others have much less to do."""
    best = least_loaded(world, role_id)
    account = client * len(world.roles) + role_id
    last = world.accounts[account]
    if last != NONE and load_a_post(world, last) <= (
        load_a_post(world, best) + world.given[0].same_client_slack * weight
    ):
        best = int(last)
    world.accounts[account] = best
    return best


def is_dealt(world: World, duty_id: int, role_id: int) -> bool:
    """Whether a duty goes, project by project, to one of a role's people."""
    duty = world.duties[duty_id]
    return bool(duty.role == role_id and duty.about == ABOUT_PROJECT and not duty.by_team)


def weight_for(world: World, project_id: int, role_id: int) -> float:
    """Hours a week that a project costs a role: what those of its duties that nobody has yet cost, in
    proportion to the project's size.
    """
    total = 0.0
    for duty_id in range(N_DUTIES):
        if is_dealt(world, duty_id, role_id) and owner_of(world, project_id, duty_id) < 0:
            total += world.duties[duty_id].weight
    return float(total * world.projects[project_id].size)


def keep_duties(world: World, project_id: int, role_id: int) -> int:
    """Who has duties of a role about a project from before a change keeps them. Returns how many are kept."""
    kept = 0
    for duty_id in range(N_DUTIES):
        owner = owner_of(world, project_id, duty_id)
        if is_dealt(world, duty_id, role_id) and owner >= 0:
            world.managers[owner].load += world.duties[duty_id].weight * world.projects[project_id].size
            kept += 1
    return kept


def deal_role(world: World, project_id: int, role_id: int) -> None:
    """Give all of a role's duties about a project that nobody has to one person."""
    weight = weight_for(world, project_id, role_id)
    if keep_duties(world, project_id, role_id) > 0 and weight <= 0.0:
        return
    person = who_takes(world, role_id, world.projects[project_id].client, weight)
    world.managers[person].load += weight
    for duty_id in range(N_DUTIES):
        if is_dealt(world, duty_id, role_id) and owner_of(world, project_id, duty_id) < 0:
            world.responsibilities[project_duty(world, project_id, duty_id)].owner = person


def deal_project(world: World, project_id: int) -> None:
    """Find an owner for each duty about a new project."""
    project = world.projects[project_id]
    for role_id in range(len(world.roles)):
        if not world.roles[role_id].by_team:
            deal_role(world, project_id, role_id)
    for duty_id in range(N_DUTIES):
        duty = world.duties[duty_id]
        mine = world.responsibilities[project_duty(world, project_id, duty_id)]
        if duty.about == ABOUT_SERVICE or mine.owner >= 0:
            continue  # a service is nobody's project, and who has it keeps it
        if duty.by_team or duty.about == ABOUT_TEAM:
            mine.owner = world.responsibilities[team_duty(world, project.home, duty_id)].owner
        elif duty.about == ABOUT_CLIENT:
            mine.owner = world.responsibilities[client_duty(world, project.client)].owner
    project.ranker = find_ranker(world, project_id)
    load_ranker(world, project_id, 1)
    keep_lists(world, project_id, 1)
    link_areas(world, project_id, 1)
    note_sharing(world, project_id)
    bargainer = speaker(world, project_id)
    for k in range(project.first_engagement, project.first_engagement + project.n_engagements):
        world.engagements[k].speaker = bargainer
        link_neighbours(world, k, 1)
        join(world.shared, world.partners[k], world.engagements, k, world.clock[0].now)


def release_owners(world: World, project_id: int) -> None:
    """A project is over: its owners have room again, and less to talk about."""
    project = world.projects[project_id]
    for k in range(project.first_engagement, project.first_engagement + project.n_engagements):
        leave(world.shared, world.engagements, k, world.clock[0].now)
        link_neighbours(world, k, -1)
    link_areas(world, project_id, -1)
    keep_lists(world, project_id, -1)
    load_ranker(world, project_id, -1)
    for duty_id in range(N_DUTIES):
        duty = world.duties[duty_id]
        if duty.role >= 0 and duty.about == ABOUT_PROJECT and not duty.by_team:
            world.managers[owner_of(world, project_id, duty_id)].load -= duty.weight * project.size


def who_looks_after(world: World, project_id: int, role_id: int) -> int:
    """Who of a role has a project: it was dealt to them, or (if they look after teams) its home team."""
    project = world.projects[project_id]
    role = world.roles[role_id]
    if not role.by_team:
        person = int(world.accounts[project.client * len(world.roles) + role_id])
        return person if person != NONE else least_loaded(world, role_id)
    for duty_id in range(N_DUTIES):
        if world.duties[duty_id].role == role_id:
            return int(world.responsibilities[team_duty(world, project.home, duty_id)].owner)
    return int(world.posts[role.first_post + project.home % role.count])


def find_ranker(world: World, project_id: int) -> int:
    """Who ranks a project: who of the ranking role looks after it, or its first one; NONE if nobody ranks."""
    clock = world.clock[0]
    if clock.ranking_role == NONE:
        return NONE
    if clock.ranks == RANKS_OWN:
        return who_looks_after(world, project_id, clock.ranking_role)
    return int(world.posts[world.roles[clock.ranking_role].first_post])


def load_ranker(world: World, project_id: int, sign: int) -> None:
    """Ranking a project is work too, for who does not hold its resources as well."""
    project = world.projects[project_id]
    if project.ranker >= 0 and project.ranker != owner_of(world, project_id, RESOURCES):
        world.managers[project.ranker].load += sign * world.duties[RESOURCES].weight * project.size


def ranked_by(world: World, manager_id: int) -> int:
    """Number (in `world.shared`) of the list of running projects that a manager ranks."""
    return int(world.clock[0].first_ranker + manager_id)


def lent_by(world: World, manager_id: int) -> int:
    """Number of the list of those whose people a manager lends."""
    return int(world.clock[0].first_lender + manager_id)


def put_on_list(world: World, place: int, list_id: int) -> None:
    """Put a project's place on a list."""
    world.partners[place] = list_id
    join(world.shared, list_id, world.engagements, place, world.clock[0].now)


def take_off_list(world: World, place: int) -> None:
    """Take a project's place off the list that it is on, if it is on one."""
    if world.engagements[place].queue != NONE:
        leave(world.shared, world.engagements, place, world.clock[0].now)


def keep_lists(world: World, project_id: int, sign: int) -> None:
    """Keep lists of the running projects that a person ranks, and of those whose people a person lends."""
    project = world.projects[project_id]
    lender = owner_of(world, project_id, RESOURCES)
    if project.ranker >= 0:
        world.managers[project.ranker].projects += sign
    if sign < 0:
        take_off_list(world, project.ranking)
        take_off_list(world, project.lending)
    else:
        if project.ranker >= 0:
            put_on_list(world, project.ranking, ranked_by(world, project.ranker))
        if lender >= 0:
            put_on_list(world, project.lending, lent_by(world, lender))


def link(world: World, one: int, other: int, sign: int) -> None:
    """Add (`sign` 1) or remove (-1) a reason for two managers to synchronise their work."""
    if one < 0 or other < 0 or one == other:
        return
    later = max(one, other)
    pair = later * (later - 1) // 2 + min(one, other)
    reasons = world.links[pair]
    world.links[pair] = reasons + sign
    change = sign * ((reasons == 0) | (reasons + sign == 0))
    world.managers[one].interfaces += change
    world.managers[other].interfaces += change


def link_areas(world: World, project_id: int, sign: int) -> None:
    """People who hold different duties of one overlap area for the same project must talk."""
    for duty_id in range(N_DUTIES):
        area = world.duties[duty_id].area
        if area != NONE:
            for other_id in range(duty_id + 1, N_DUTIES):
                if world.duties[other_id].area == area:
                    link(
                        world,
                        owner_of(world, project_id, duty_id),
                        owner_of(world, project_id, other_id),
                        sign,
                    )


def note_sharing(world: World, project_id: int) -> None:
    """Note for each duty of a project who else, holding another of the same area, could think it theirs."""
    for duty_id in range(N_DUTIES):
        mine = world.responsibilities[project_duty(world, project_id, duty_id)]
        mine.shared_with = NONE
        area = world.duties[duty_id].area
        if area != NONE and mine.owner >= 0:
            for other_id in range(N_DUTIES):
                other = owner_of(world, project_id, other_id)
                if world.duties[other_id].area == area and other >= 0 and other != mine.owner:
                    mine.shared_with = other


def deal_teams(world: World) -> None:
    """Duties about teams, and all duties of roles that look after teams, go to people team by team; in a
    change first those of teams that stay with whom they have.
    """
    for team_id in range(len(world.teams)):
        if world.teams[team_id].over != GOES_OVER:
            deal_team(world, team_id)
    for team_id in range(len(world.teams)):
        if world.teams[team_id].over == GOES_OVER:
            deal_team(world, team_id)


def deal_team(world: World, team_id: int) -> None:
    """What there is to hold about a team goes to one person a role, but for what somebody has already."""
    for role_id in range(len(world.roles)):
        person = least_loaded(world, role_id)
        for duty_id in range(N_DUTIES):
            duty = world.duties[duty_id]
            if duty.role == role_id and (duty.about == ABOUT_TEAM or duty.by_team):
                mine = world.responsibilities[team_duty(world, team_id, duty_id)]
                mine.owner = mine.owner if mine.owner >= 0 else person
                world.managers[mine.owner].load += duty.weight


def deal_accounts(world: World) -> None:
    """Find an owner for the care of each client and the oversight of each service, at the start."""
    for client_id in range(len(world.clients)):
        deal_account(world, client_duty(world, client_id), client_id, team_of_client(world, client_id))
    for service_id in range(len(world.services)):
        service = world.services[service_id]
        deal_account(world, service_duty(world, service_id), service.client, service.team)


def deal_account(world: World, responsibility_id: int, client_id: int, team_id: int) -> None:
    """Find an owner for one of them: who has the client, or (in roles that look after teams) the team."""
    mine = world.responsibilities[responsibility_id]
    duty = world.duties[mine.duty]
    if duty.by_team and mine.owner < 0:
        mine.owner = world.responsibilities[team_duty(world, team_id, mine.duty)].owner
    elif duty.role >= 0 and not duty.by_team:
        if mine.owner < 0:
            mine.owner = who_takes(world, duty.role, client_id, duty.weight)
        world.managers[mine.owner].load += duty.weight


def speaker(world: World, project_id: int) -> int:
    """Who bargains for a project over shared people: who ranks it, else who lends them, else who plans it."""
    if world.projects[project_id].ranker >= 0:
        return int(world.projects[project_id].ranker)
    lender = owner_of(world, project_id, RESOURCES)
    if lender >= 0:
        return lender
    return owner_of(world, project_id, PLANNING)


def link_neighbours(world: World, engagement_id: int, sign: int) -> None:
    """People whose projects share a team or specialists must talk, unless one person ranks both."""
    mine = world.engagements[engagement_id].speaker
    others = world.shared[world.partners[engagement_id]]
    front = others.first
    back = others.last
    for _ in range(others.length // 2):  # from both ends (see `queues`)
        link(world, mine, world.engagements[front].speaker, sign)
        link(world, mine, world.engagements[back].speaker, sign)
        front = world.engagements[front].after
        back = world.engagements[back].before
    if others.length % 2 == 1:
        link(world, mine, world.engagements[front].speaker, sign)
