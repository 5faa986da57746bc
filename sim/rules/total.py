"""The row of sums that a run that is over adds up to (see `totals`)."""

from sim.world import Row, f64


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
