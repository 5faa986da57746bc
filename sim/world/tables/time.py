"""The clock, the queues, and the history of the organisation."""

from sim.world.tables.row import Row, f64, i32


class Clock(Row):
    """The present, where things stand in the other tables, and the structure's ingredients."""

    now: f64  # day: the present moment; between two who act, the start of the step
    begun: f64  # day: start of the present step
    until: f64  # day: its end
    stirred: i32  # 1: something came up in this step for someone who may have time left
    turned: i32  # 1: a project has no open task any more, or its check is over
    step_days: f64  # days a step
    step_hours: f64  # h of a member's time a step
    steps_a_day: i32  # steps in a working day
    step: i32  # steps done
    fault: i32  # NO_FAULT, or what there was no room for
    next_project: i32  # the next project to arrive
    replication: i32  # whose luck this is
    luck: i32  # what that luck hangs on (see `rules.luck`): a number of 31 bits
    more_luck: i32  # likewise
    first_pool_queue: i32  # queue of the tasks that wait for the first pool
    first_tray: i32  # queue of the first manager's in-tray
    first_ranker: i32  # of `shared`: the projects that the first manager ranks
    first_lender: i32  # likewise: those whose people the first manager lends
    next_board: f64  # day: the next meeting in which all who rank do so together
    first_team_duty: i32  # row of `responsibilities`: the first team's first duty
    first_portfolio_duty: i32  # likewise, of the first manager's portfolio
    first_service_duty: i32  # likewise, of the first service
    first_client_duty: i32  # likewise, of the first client
    next_matter: i32  # the first row of `matters` that has never been used
    free_matters: i32  # how many of those that have been used are free
    departures: f64  # expected in a step of someone rested in a mature team
    queued: i32  # projects that wait for room
    checking: i32  # projects that are being checked before delivery
    first_call: i32  # the first of the matters that others may take up (see `calls`), or NONE
    last_call: i32  # the last of them, or NONE
    cover: i32  # 1: a colleague of the same role stands in for who is away
    help: i32  # 1: who has nothing to do takes up what holds work up, whoever it belongs to
    ranks: i32  # who puts work in order across projects: RANKS_NOBODY ...
    ranking_role: i32  # row of the role whose people do, or NONE
    intake_limit: i32  # projects that may run at a time in a team before another waits; 0: no limit
    reorganise_on: f64  # day: the structure changes; -1: it does not, or has
    took_over_on: f64  # day: another structure took over; -1: none has
    changed_on: f64  # day: the change is, or was, complete
    announced_on: f64  # day: people hear of the change; -1: nobody is unsettled, or no more
    unrest: f64  # 0-1: how much the change unsettles people now
    dealt: i32  # who holds which post from the start: BY_LOT or BY_APTITUDE
    chosen: i32  # who gets which new post: CHOSEN_BY_NAME or CHOSEN_BY_EXPERIENCE
    next_sprint_days: f64  # of the structure that comes then
    next_cover: i32  # likewise
    next_help: i32  # likewise
    next_ranks: i32  # likewise
    next_ranking_role: i32  # likewise
    next_intake_limit: i32  # likewise
    value: f64  # euro earned so far
    progress: f64  # h of effort done on projects so far
    open_tickets: f64  # h left of tickets that have come
    sprint_days: f64  # days a sprint; 0: no sprints
    decisions: i32  # of the sponsor so far
    decision_days: f64  # that these waited before it
    opening_value: f64  # euro that work under way counted for before the first day
    opening_left: f64  # h that were left to do then
    opening_fines: f64  # euro of penalties for lateness by then
    abandoned: f64  # h that were truly left to do of projects that have been stopped
    linked: i32  # 1: tasks are tied otherwise than by "done before, in the same project" (see `ties`)
    changes_paid: f64  # 0-1: share of approved changes that clients pay for where the price is fixed


class Queue(Row):
    """A line of linked rows, with its books."""

    first: i32
    last: i32
    length: i32
    joined: i32  # how many ever joined
    left: i32  # how many ever left
    waited: f64  # days that those who left had spent in it
    area: f64  # days: sum over time of its length (Little's law: area = time spent by all)
    noted: f64  # day: up to when


class Day(Row):
    """The organisation at the end of a day."""

    value: f64  # euro paid so far
    hours: f64  # h of members paid so far
    overtime: f64  # h of these that were overtime
    management: f64  # euro of managers' pay so far
    progress: f64  # h of effort done on projects so far
    in_progress: f64  # euro that work under way counts for beyond what was paid for it
    left: f64  # h left to do of what has come (see `completion`)
    abandoned: f64  # h that were truly left to do of projects stopped so far
    idle: f64  # h of members without work so far
    idle_pay: f64  # euro paid so far for hours in which managers had an empty in-tray
    matters: i32  # in all in-trays
