"""What the rows of a run that is over add up to: plain loops over rows, compiled like the rules.

`sim.outcomes.reduce` makes the outcomes of it.
"""

from sim.rules.completion import fine, gone_on_until, hours_beside
from sim.rules.contracts import work_under_way
from sim.rules.milestones import missed_milestones
from sim.rules.projects import share_done
from sim.rules.tasks import queue_of_team
from sim.world import (
    CANCELLED,
    DELIVERED,
    EXPECTED,
    FUTURE,
    GIVEN_UP,
    N_DUTIES,
    NONE,
    RESOLVED,
    WAIT_BIN_DAYS,
    WAIT_BINS,
    WAITING_QUEUE,
    WITHHELD,
    Numbers,
    Row,
    World,
    f64,
)


class Totals(Row):
    """Of all rows of a kind together, unless it says otherwise."""

    came: f64  # projects, but those withheld
    delivered: f64  # projects
    withheld: f64  # projects
    cancelled: f64  # projects
    given_up: f64  # of these, by their clients
    stopped_at: f64  # 0-1, of each of these: the share of it that was done
    due: f64  # projects whose deadline is over
    unfinished: f64  # of these
    on_time: f64  # of these
    delay: f64  # days of these
    milestones: f64  # that were due, or accepted before
    milestones_late: f64  # of these, accepted late or not at all
    drifts: f64  # times that a project came to be off an objective
    unseen_days: f64  # days of these before anyone noticed
    lead: f64  # days of delivered projects
    old: f64  # projects that are delivered, or have taken as long as they were planned to take
    budget: f64  # h of delivered projects
    effort: f64  # h of these
    escaped: f64  # h of these
    value: f64  # euro paid for projects, less what was cut
    in_progress: f64  # euro that work under way counts for beyond that, less what it did before the first day
    left: f64  # h left to do, more than on the first day
    refused: f64  # h that withheld projects would truly have taken, and stopped ones still would have
    fines: f64  # euro for late projects, since the first day
    estimate: f64  # h of projects that have come
    descoped: f64  # h of that
    progress: f64  # h
    creep: f64  # h
    rework: f64  # h that were to be done again, done or not
    other_work: f64  # h of progress on anything but rework
    struck: f64  # h lost to risks
    incidents: f64  # euro
    paid: f64  # h of members
    overtime: f64  # h of that
    absent: f64  # h of that
    productive: f64  # h of that
    idle: f64  # h of that
    leavers: f64  # members
    matured: f64  # 0-1, of each team
    fatigue: f64  # 0-1, of each member
    blocked: f64  # tasks that were
    blocked_days: f64
    kept: f64  # tickets of services, resolved in time
    resolved: f64  # tickets of services
    resolved_days: f64  # of these, since they were raised
    breaches: f64
    breach_penalties: f64  # euro
    warranty: f64  # h
    earned: f64  # euro by services
    satisfaction: f64  # 0-1, of each client
    complaints: f64
    clients_lost: f64
    lost_value: f64  # euro
    on_top: f64  # projects that came beyond those planned
    won_value: f64  # euro of these
    pool_use: f64  # 0-1, of the busiest pool
    pool_days: f64  # that tasks waited for pools
    pool_waits: f64
    manager_paid: f64  # h
    available: f64  # h of managers' attention
    manager_idle: f64  # h of that
    manager_pay: f64  # euro
    manager_idle_pay: f64  # euro of the hours that were idle
    switching: f64  # h of that
    handoffs: f64  # h of that
    sync: f64  # h of that
    duplicated: f64  # h of that
    busiest: f64  # 0-1, of the busiest manager's attention that was used
    idlest: f64  # 0-1, likewise
    managers_left: f64
    handled: f64  # matters
    missed: f64  # matters
    dropped: f64  # matters
    twice: f64  # matters that two people handled
    begun: f64  # matters
    waited: f64  # days of these
    long_wait: f64  # days that nine matters in ten waited at most, to the width of a bin


def add_projects(world: World, total: Totals, delays: Numbers[f64], slips: Numbers[f64]) -> None:
    """Add up projects; note how late each due one is, and by what each old one exceeded its planned days."""
    now = world.clock[0].now
    for project_id in range(len(world.projects)):
        project = world.projects[project_id]
        if project.state == WITHHELD:
            total.withheld += 1.0
            total.refused += project.true_hours
        if project.state in (FUTURE, WITHHELD):
            continue
        if project.on_top:
            total.on_top += 1.0
            total.won_value += project.value
        until = gone_on_until(world, project_id, now)
        late = max(0.0, until - project.deadline)
        total.drifts += project.drifts
        total.unseen_days += project.unseen_days
        total.complaints += project.complained
        add_work(world, total, project_id, until - project.arrival)
        add_stopped(world, total, project_id)
        add_milestones(world, total, project_id, until)
        total.fines += fine(world, project_id, now)
        total.value += project.paid
        if project.deadline <= now:
            delays[int(total.due)] = late
            total.due += 1.0
            total.delay += late
            total.on_time += late <= 0.0 and project.state != CANCELLED
            total.unfinished += project.state != DELIVERED
        if project.state == DELIVERED or until - project.arrival >= project.planned_days:
            slips[int(total.old)] = (until - project.arrival) / project.planned_days
            total.old += 1.0


def add_stopped(world: World, total: Totals, project_id: int) -> None:
    """Add a project that has come, if it was stopped."""
    project = world.projects[project_id]
    total.came += 1.0
    if project.state == CANCELLED:
        total.cancelled += 1.0
        total.given_up += project.cause == GIVEN_UP
        total.stopped_at += min(1.0, share_done(world, project_id, NONE))  # halves of tasks round, too
        total.refused += project.abandoned_hours


def add_milestones(world: World, total: Totals, project_id: int, until: float) -> None:
    """Add the milestones of a project that has gone on `until` a day."""
    project = world.projects[project_id]
    missed = missed_milestones(world, project_id, until)
    total.milestones += project.milestones_met + missed
    total.milestones_late += project.milestones_late + missed


def not_done_again(world: World, project_id: int) -> float:
    """Hours left of a project that may be rework: none lies on a task that has not begun, but where another
    team's work had to be guessed at.
    """
    project = world.projects[project_id]
    left = 0.0
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        task = world.tasks[task_id]
        if task.started >= 0.0 or task.between_teams:
            left += task.remaining
    return left


def other_work(world: World, project_id: int) -> float:
    """Hours of a project's progress that were no rework, as if all else on a task were done before it."""
    project = world.projects[project_id]
    left = 0.0 if project.state == DELIVERED else not_done_again(world, project_id)
    redone = max(0.0, project.rework_hours - left)
    return float(max(0.0, project.progress - redone))  # not below 0 where rework was given up again


def add_work(world: World, total: Totals, project_id: int, lead: float) -> None:
    """Add the hours of a project that has come; `lead` in days."""
    project = world.projects[project_id]
    total.estimate += project.estimate_hours
    total.descoped += project.descoped
    total.progress += project.progress
    total.creep += project.creep_hours
    total.rework += project.rework_hours
    total.other_work += other_work(world, project_id)
    total.struck += project.risk_hours
    if project.state == DELIVERED:
        total.delivered += 1.0
        total.lead += lead
        total.budget += project.budget_hours
        total.effort += project.done_before + project.progress + project.creep_hours
        total.escaped += project.escaped


def add_people(world: World, total: Totals) -> None:
    """Add up teams and members."""
    for team_id in range(len(world.teams)):
        team = world.teams[team_id]
        total.paid += team.paid
        total.overtime += team.overtime
        total.absent += team.absent
        total.productive += team.productive
        total.idle += team.idle
        total.leavers += team.leavers
        total.matured += team.maturity - team.first_maturity
        waiting = world.queues[queue_of_team(team_id, WAITING_QUEUE)]
        total.blocked += waiting.left
        total.blocked_days += waiting.waited
    for member_id in range(len(world.members)):
        total.fatigue += world.members[member_id].fatigue


def add_managers(world: World, total: Totals) -> None:
    """Add up managers."""
    total.idlest = 1.0
    for manager_id in range(len(world.managers)):
        manager = world.managers[manager_id]
        total.manager_paid += manager.paid
        total.available += manager.available
        total.manager_idle += manager.idle
        total.manager_pay += manager.pay
        total.manager_idle_pay += manager.idle_pay
        total.switching += manager.on_switching
        total.handoffs += manager.on_handoffs
        total.sync += manager.on_sync
        total.duplicated += manager.duplicated
        total.managers_left += manager.leavers
        if manager.available > 0.0:  # who was never there was neither busy nor idle
            use = 1.0 - manager.idle / manager.available
            total.busiest, total.idlest = max(total.busiest, use), min(total.idlest, use)


def add_tickets(world: World, total: Totals) -> None:
    """Add up tickets that came: an unresolved one has breached its level once its time is over."""
    now = world.clock[0].now
    for ticket_id in range(len(world.tickets)):
        ticket = world.tickets[ticket_id]
        if ticket.state == EXPECTED:
            continue
        if ticket.gap == 0.0:
            total.warranty += ticket.effort - ticket.remaining
            continue
        over = ticket.state == RESOLVED
        until = ticket.resolved if over else now
        if over:
            total.resolved += 1.0
            total.resolved_days += until - ticket.raised
        if until > ticket.due:
            total.breaches += 1.0
            total.breach_penalties += ticket.penalty
        else:
            total.kept += over


def add_clients(world: World, total: Totals) -> None:
    """Add up clients."""
    for client_id in range(len(world.clients)):
        client = world.clients[client_id]
        total.satisfaction += client.satisfaction
        total.complaints += client.complaints
        total.clients_lost += client.here == 0
        total.lost_value += client.lost_value


def add_money(world: World, total: Totals) -> None:
    """Add up what services earned, what incidents cost, and what is under way, less what was at the start."""
    clock = world.clock[0]
    value, hours = work_under_way(world)
    total.in_progress += value - clock.opening_value
    total.left += hours + hours_beside(world) - clock.opening_left
    total.fines -= clock.opening_fines
    for service_id in range(len(world.services)):
        total.earned += world.services[service_id].earned
    for risk_id in range(len(world.risks)):
        total.incidents += world.risks[risk_id].cost


def add_pools(world: World, total: Totals) -> None:
    """How busy the busiest specialists were, and how long tasks waited in all pools' lines, to this day."""
    now = world.clock[0].now
    for pool_id in range(len(world.pools)):
        pool = world.pools[pool_id]
        line = world.queues[world.clock[0].first_pool_queue + pool_id]
        total.pool_use = max(total.pool_use, pool.busy / (pool.units * now))
        total.pool_days += line.area
        total.pool_waits += line.joined


def add_matters(world: World, total: Totals) -> None:
    """Add up the matters of all duties."""
    for duty in range(N_DUTIES):
        count = world.counts[duty]
        total.handled += count.handled
        total.missed += count.missed
        total.dropped += count.dropped
        total.twice += count.duplicated
        total.begun += count.begun
        total.waited += count.waited
    total.long_wait = wait_of_most(world, 0.9 * total.begun)


def wait_of_most(world: World, matters: float) -> float:
    """Days that so many matters waited at most, to the width of a bin."""
    waited, number = 0, -1
    while waited < matters:
        number += 1
        for duty in range(N_DUTIES):
            waited += world.waits[duty * WAIT_BINS + number]
    return max(0, number) * WAIT_BIN_DAYS


def add_up(world: World, total: Totals, delays: Numbers[f64], slips: Numbers[f64]) -> None:
    """Fill a row of `Totals` with what a world adds up to.

    `delays` (days) and `slips` (days over days planned), as long as `world.projects`, get one entry for each
    project that is due, or old, in no particular order.
    """
    add_projects(world, total, delays, slips)
    add_people(world, total)
    add_managers(world, total)
    add_tickets(world, total)
    add_clients(world, total)
    add_money(world, total)
    add_pools(world, total)
    add_matters(world, total)
