"""How rows come to point at each other: networks of tasks before a run, people and matters for a structure.

Compiled like the rules, and written like them: plain loops over rows, no memory of its own.
"""

from sim.rules.aptitude import deal_posts
from sim.rules.budget import set_next_alarm
from sim.rules.completion import fine, hours_left
from sim.rules.contracts import value_in_progress
from sim.rules.dependencies import deal_pairs
from sim.rules.finished import note_done
from sim.rules.gathering import team_as_holder
from sim.rules.milestones import begin_milestones
from sim.rules.ownership import deal_accounts, deal_teams
from sim.rules.people import have_experience, take_posts
from sim.rules.queues import join
from sim.rules.tasks import earn, part_of_team, queue_of_team
from sim.world import (
    ABOUT_CLIENT,
    ABOUT_PORTFOLIO,
    ABOUT_PROJECT,
    ABOUT_SERVICE,
    ABOUT_TEAM,
    DONE,
    N_DUTIES,
    NONE,
    OVERSIGHT,
    RESOURCES,
    ROSTER_QUEUE,
    SATISFACTION,
    TEAM,
    Numbers,
    Queue,
    World,
    f64,
    i32,
)


def link_tasks(world: World, edge_from: Numbers[i32], edge_to: Numbers[i32]) -> None:
    """Turn edges (predecessor, successor) into each task's rows of `successors`."""
    for k in range(len(edge_from)):
        world.tasks[edge_from[k]].n_successors += 1
        world.tasks[edge_to[k]].predecessors_left += 1
    first = 0
    for task_id in range(len(world.tasks)):
        task = world.tasks[task_id]
        task.first_successor = first
        first += task.n_successors
        task.n_successors = 0
    for k in range(len(edge_from)):
        task = world.tasks[edge_from[k]]
        world.successors[task.first_successor + task.n_successors] = edge_to[k]
        task.n_successors += 1


def measure_tails(world: World) -> None:
    """Find the longest chain of estimates from each task to its project's end; successors stand below."""
    for back in range(len(world.tasks)):
        task = world.tasks[len(world.tasks) - 1 - back]
        longest = 0.0
        for k in range(task.first_successor, task.first_successor + task.n_successors):
            longest = max(longest, world.tasks[world.successors[k]].tail)
        task.tail = task.estimate + longest


def plan_project(world: World, project_id: int, slack: float) -> None:
    """A project's first plan: how long it takes with the crew it counts on, and what is promised."""
    given = world.given[0]
    project = world.projects[project_id]
    longest = 0.0
    project.estimate_hours = 0.0
    project.true_hours = 0.0
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        task = world.tasks[task_id]
        project.estimate_hours += task.estimate
        project.true_hours += task.effort
        longest = max(longest, task.tail)
    crew = given.planned_crew * world.teams[project.home].size
    hours = max(longest, project.estimate_hours / crew)
    project.planned_days = max(1.0, hours / given.planned_day)
    if project.deadline < 0.0:
        project.deadline = project.arrival + slack * project.planned_days
    else:  # who was promised a day plans to keep it, with more than the usual crew if need be
        promised = project.deadline - project.arrival
        project.planned_days = max(1.0, min(project.planned_days, promised))
    if project.budget_hours < 0.0:
        project.budget_hours = (1.0 + given.contingency) * project.estimate_hours
    project.approved_hours = project.budget_hours
    project.forecast = project.arrival + (1.0 + given.tail_share) * project.planned_days
    project.belief = project.deadline


def do_before(world: World, project_id: int, stage: float, slack: float) -> None:
    """Bring a project under way at the start to its stage: its first tasks done, its days gone."""
    project = world.projects[project_id]
    project.begun = 1
    days = stage * slack * project.planned_days
    project.arrival -= days
    project.deadline -= days
    project.forecast -= days
    project.belief -= days
    for task_id in range(project.first_task, project.first_task + int(stage * project.n_tasks)):
        task = world.tasks[task_id]
        task.state = DONE
        task.remaining = 0.0
        task.started = 0.0  # begun, like all that may take extra work; the day does not matter
        task.finished = 0.0
        project.at_hand = task_id
        note_done(world, task_id, False)
        earn(world, task_id, 1.0)
        project.done_before += task.effort
        project.tasks_left -= 1
        for k in range(task.first_successor, task.first_successor + task.n_successors):
            world.tasks[world.successors[k]].predecessors_left -= 1


def engage(world: World, count: int, project_id: int, shared: int, seen: Numbers[i32]) -> int:
    """Note that a project works with a team or a pool, once. Returns the engagements noted so far."""
    if seen[shared] == project_id:
        return count
    seen[shared] = project_id
    engagement = world.engagements[count]
    engagement.project = project_id
    world.partners[count] = shared
    engagement.queue = NONE
    return count + 1


def wire(
    world: World,
    edge_from: Numbers[i32],
    edge_to: Numbers[i32],
    stage: Numbers[f64],
    slack: float,
    seen: Numbers[i32],
) -> int:
    """Wire drawn projects and tasks together; returns how many rows of `engagements` are used.

    `edge_from`, `edge_to`: int32, rows of tasks, a predecessor and its successor. `stage`: float64, for each
    project the share done at the start, or negative. `seen`: int32, teams + pools, filled with NONE.
    """
    link_tasks(world, edge_from, edge_to)
    measure_tails(world)
    used = 0
    for project_id in range(len(world.projects)):
        project = world.projects[project_id]
        plan_project(world, project_id, slack)
        project.tasks_left = project.n_tasks
        project.first_engagement = used
        used = engage(world, used, project_id, project.home, seen)
        for task_id in range(project.first_task, project.first_task + project.n_tasks):
            task = world.tasks[task_id]
            used = engage(world, used, project_id, task.team, seen)
            task.part = part_of_team(world, project_id, task.team)
            world.engagements[task.part].estimate_hours += task.estimate
            for k in range(task.first_need, task.first_need + task.n_needs):
                used = engage(world, used, project_id, len(world.teams) + world.needs[k].pool, seen)
        project.n_engagements = used - project.first_engagement
        if stage[project_id] >= 0.0:
            do_before(world, project_id, stage[project_id], slack)
        set_next_alarm(world, project_id)
        begin_milestones(world, project_id)
        project.ranking = used
        project.lending = used + 1
        for place in range(used, used + 2):
            world.engagements[place].project = project_id
            world.engagements[place].queue = NONE
        used += 2
    open_the_books(world)
    return used


def open_the_books(world: World) -> None:
    """What work under way counts for, and how much of it is left, before the first day.

    By the rules that count it on the last one; it hangs on no structure.
    """
    clock = world.clock[0]
    for project_id in range(len(world.projects)):
        clock.opening_value += value_in_progress(world, project_id)
        clock.opening_fines += fine(world, project_id, 0.0)
        if world.projects[project_id].begun:
            clock.opening_left += hours_left(world, project_id)


# --- staffing a structure ----------------------------------------------------------------------------------


def clear_queue(queue: Queue) -> None:
    """An empty queue."""
    queue.first = NONE
    queue.last = NONE


def lay_out(world: World, responsibility_id: int, duty: int, about: int, row: int) -> None:
    """A responsibility before anything happened. Its owner is found later, unless there is nobody to find."""
    responsibility = world.responsibilities[responsibility_id]
    responsibility.owner = min(world.duties[duty].role, NONE)
    responsibility.shared_with = NONE
    responsibility.matter = NONE
    responsibility.row = row
    responsibility.about = about
    responsibility.duty = duty
    responsibility.known = about != ABOUT_PROJECT or world.projects[row].begun


def lay_out_responsibilities(world: World) -> None:
    """A row for each duty and subject: projects, teams, services, clients, portfolios."""
    clock = world.clock[0]
    place = 0
    for project_id in range(len(world.projects)):
        world.projects[project_id].first_duty = place
        for duty in range(N_DUTIES):
            lay_out(world, place, duty, ABOUT_PROJECT, project_id)
            place += 1
    clock.first_team_duty = place
    for team_id in range(len(world.teams)):
        for duty in range(N_DUTIES):
            lay_out(world, place, duty, ABOUT_TEAM, team_id)
            world.due[place] = 1.0 + team_id % (5 if duty == RESOURCES else 10)
            place += 1
    clock.first_service_duty = place
    for service_id in range(len(world.services)):
        lay_out(world, place, OVERSIGHT, ABOUT_SERVICE, service_id)
        world.due[place] = 1.0 + service_id % 5
        place += 1
    clock.first_client_duty = place
    for client_id in range(len(world.clients)):
        lay_out(world, place, SATISFACTION, ABOUT_CLIENT, client_id)
        world.due[place] = 1.0 + 4.0 * (client_id % 5)
        place += 1
    clock.first_portfolio_duty = place
    for manager_id in range(len(world.managers)):
        lay_out(world, place, RESOURCES, ABOUT_PORTFOLIO, manager_id)
        world.due[place] = 1.0 + manager_id % 5
        world.responsibilities[place].owner = manager_id
        place += 1


def practises(world: World, role_id: int, duty: int) -> bool:
    """Whether the people of a role have to do with a duty: they hold it, or it is ranking and they rank."""
    ranks = duty == RESOURCES and world.clock[0].ranking_role == role_id
    return bool(ranks or world.duties[duty].role == role_id)


def has_to_do_with(world: World, place: int, duty: int) -> bool:
    """Whether a post has to do with a duty, in any of the roles that it belongs to."""
    for role_id in range(len(world.roles)):
        role = world.roles[role_id]
        belongs = role.first_post <= place < role.first_post + role.count
        if belongs and practises(world, role_id, duty):
            return True
    return False


def handled_of_each(world: World, place: int) -> float:
    """Matters of each duty of their post that a manager has handled before the run.

    In all everyone has handled as many, as if with half of the duties, for careers are equally long: who
    holds them all has handled half as many of each.
    """
    held = 0
    for duty in range(N_DUTIES):
        held += has_to_do_with(world, place, duty)
    return float(world.given[0].experience_at_start * (N_DUTIES / 2) / max(1, held))


def hire(world: World) -> None:
    """Managers begin: experienced in the duties of their post, with nothing on the table."""
    deal_posts(world)
    for place in range(len(world.managers)):
        manager_id = world.posts[place]
        manager = world.managers[manager_id]
        manager.borders = 1.0
        manager.matter = NONE
        manager.subject = NONE
        manager.family = NONE
        handled = handled_of_each(world, place)
        for duty in range(N_DUTIES):
            mine = has_to_do_with(world, place, duty)
            have_experience(world, manager_id, duty, handled if mine else 0.0)
    take_posts(world)


def settle_teams(world: World) -> None:
    """Teams begin as experienced as managers in the duties that they hold themselves."""
    for team_id in range(len(world.teams)):
        world.teams[team_id].subject = NONE
        for duty in range(N_DUTIES):
            held = world.duties[duty].role == TEAM
            handled = world.given[0].experience_at_start if held else 0.0
            have_experience(world, team_as_holder(world, team_id), duty, handled)


def staff(world: World) -> None:
    """Fill the rows that depend on the structure, for a run that begins."""
    for queue_id in range(len(world.queues)):
        clear_queue(world.queues[queue_id])
    for queue_id in range(len(world.shared)):
        clear_queue(world.shared[queue_id])
    world.clock[0].first_tray = len(world.queues) - len(world.managers)
    world.clock[0].first_pool_queue = world.clock[0].first_tray - len(world.pools)
    world.clock[0].first_ranker = len(world.shared) - 2 * len(world.managers)
    world.clock[0].first_lender = len(world.shared) - len(world.managers)
    world.clock[0].next_board = 1.0
    world.clock[0].first_call = NONE
    world.clock[0].last_call = NONE
    lay_out_responsibilities(world)
    world.clock[0].next_matter = 0
    world.clock[0].free_matters = 0
    for matter_id in range(len(world.matters)):
        world.matters[matter_id].queue = NONE
    hire(world)
    settle_teams(world)
    deal_teams(world)
    deal_pairs(world)
    deal_accounts(world)
    for member_id in range(len(world.members)):
        home = world.members[member_id].home
        join(world.queues, queue_of_team(home, ROSTER_QUEUE), world.members, member_id, 0.0)
