"""Projects, their tasks, the specialists that they need, and the risks to them."""

from sim.world.tables.row import Row, f64, i8, i16, i32


class Project(
    Row,
    lines=(
        "state",
        "stale",
        "weight",
        "arrival",
        "promise",
    ),
):
    """A project, from before it comes until it is delivered, stopped or withheld."""

    # while members work on it
    state: i32  # FUTURE ... CANCELLED
    late: i32  # 1: it is known to be late, so its members work overtime
    tasks_left: i32  # not done
    after: i32  # the row behind it in the portfolio of running projects, or NONE
    rank: f64  # lower goes first (see `rank_projects` and `push`)
    plan_quality: f64  # 0-1
    creep: f64  # 0-1: share of the work that goes into unapproved extras
    progress: f64  # h of effort done on its tasks
    creep_hours: f64  # h of effort that went into creep
    estimate_hours: f64  # h: sum of its tasks' estimates

    # while time passes
    stale: f64  # h of work done on wants that had changed
    latent: f64  # h it would take to repair the defects that nobody has found
    undiscovered: f64  # 0-1: share of the client's wants that changed and that nobody has noticed
    volatility: f64  # changes of the client's wants a day
    change_gap: f64  # changes still to be expected before the next one
    next_review: f64  # day: when the first of its recurring duties falls due
    risk_days: f64  # days in which its risks could strike, so far
    next_strike: f64  # of these: when there is something to do about them again

    weight: f64  # value over the mean value: how much it matters
    earned: f64  # h of its tasks' estimates: all of those done, half of those begun
    done_hours: f64  # h of its tasks' estimates: of those done, and of no other
    first_duty: i32  # its rows in `responsibilities`, N_DUTIES of them
    first_task: i32
    n_tasks: i32
    at_hand: i32  # task that someone took up last; before anyone did, its first
    first_engagement: i32  # its rows in `engagements` with teams and pools
    n_engagements: i32
    ranking: i32  # its row in `engagements` with the manager who ranks it
    home: i32  # row of the team that leads it
    first_risk: i32
    n_risks: i32

    arrival: f64  # day: work may begin
    deadline: f64  # day: promised
    planned_days: f64  # days from arrival to finish in the first plan, before slack
    value: f64  # euro, paid on delivery
    client: i32  # number of the client
    begun: i32  # 1: it is under way when the run starts
    size: f64  # estimated effort over the mean: how much it asks of managers
    budget_hours: f64  # h of effort in the contract
    approved_hours: f64  # h of effort that the client has approved by now

    promise: f64  # 0-1: luck of the client's choice; above the chance that it comes here, it does not
    joined: f64  # day: when it joined the queue
    queue: i32  # the queue that this row stands in, or NONE
    before: i32  # the row ahead of it there
    confusion_gap: f64  # misunderstandings still to be expected before the next one
    borders: f64  # 0-1: how well it is known what is whose in it, of what is settled in the end
    queued: i32  # 1: planned, and waits until its team has room
    ranker: i32  # who ranks it: a manager (of a board its chair), or NONE
    lending: i32  # its row in `engagements` with the manager who lends its people
    first_warranty: i32  # its rows in `tickets` for defects that escape
    n_warranty: i32
    ranked: f64  # day: when someone last ranked it
    forecast: f64  # day: finish that its managers believe in
    belief: f64  # day: finish that the client believes in
    checked: i32  # 1: it has been through the check before delivery
    accepted: i32  # 1: the client has tried it
    waiting_since: f64  # day: since when it has waited for a plan, for the check, or to be handed over
    overrun: f64  # h over the approved effort (below 0: under it), waiting for the client's decision
    next_alarm: f64  # h of effort at which the accounts speak up
    paid: f64  # euro that the client has paid so far
    contract: i32  # when the client pays: ON_DELIVERY ... BY_MILESTONE
    milestones: i32  # at which its client is to accept what there is, before delivery
    milestones_reached: i32  # of these
    milestones_accepted: i32  # of these
    milestones_met: i32  # of these, those in this run
    milestones_late: i32  # of these, those after their day
    next_milestone: f64  # h of estimates done at which the next one is reached
    milestone_since: f64  # day: since when one waits to be accepted, or -1
    on_top: i32  # 1: it comes only if its client is more than content
    number: i32  # among the planned ones, or those on top: the luck of its events hangs on it
    first_number: i32  # likewise of its first task; those of the others follow
    complained: i32  # 1: its client has complained of what it exceeds
    delivered: f64  # day, or -1
    cancelled: f64  # day on which it was stopped, or -1
    cause: i32  # why it was: NOT_WORTH_IT or GIVEN_UP
    forbearance: f64  # of its client: times that it is still expected to be given up before it is
    abandoned_hours: f64  # h that were truly left to do when it was stopped
    true_hours: f64  # h of effort that its tasks truly take, as drawn
    done_before: f64  # h of effort done before the run
    rework_hours: f64  # h of effort added by rework, wrong answers and guesses
    drift_hours: f64  # h of effort added by changed wants
    risk_hours: f64  # h of effort added by struck risks
    descoped_hours: f64  # h of effort given up
    descoped: f64  # h of the estimate that this was
    escaped: f64  # h of defects that reached the client
    confusions: i32  # misunderstandings so far
    changes: i32  # changes of the client's wants so far
    escalations: i32  # of it that were looked at so far, where some are the sponsor's
    decisions: i32  # of the sponsor about it so far
    off: i32  # objectives that it is off this morning, a sum of OFF_TIME ...
    seen: i32  # of these, those that someone has noticed
    drifts: i32  # how often it has come to be off one
    unseen_days: f64  # days that it was off objectives, each by itself, before anyone noticed
    last_done: i32  # task that was finished last, linked by `after` to those before it, or NONE
    first_done: i32  # the end of that list: finished first, or corrected since


class Task(
    Row,
    lines=(
        "project",
        "estimate",
    ),
):
    """A piece of a project, done by one member."""

    # in line, and being worked on
    project: i32
    team: i32
    member: i32  # who is to do it, or did it last; NONE: anyone
    state: i8  # WAITING ... DROPPED
    between_teams: i8  # IN_ORDER, or another team did a predecessor with which it is UNLINKED or LOOSE
    n_needs: i16  # kinds of specialists
    before: i32  # the row ahead of it in its team's ready or waiting tasks, or a pool's
    after: i32  # the row behind it there, or NONE
    joined: f64  # day: when it joined that queue
    remaining: f64  # h still to be done, extra work included
    gap: f64  # exceptions still to be expected before the next one
    speciality: f64  # 0-1, on a circle: the kind of task it is
    tail: f64  # h: the longest chain of estimates from its start to the project's end

    estimate: f64  # h
    started: f64  # day, or -1
    finished: f64  # day, or -1
    effort: f64  # h it truly takes
    queue: i32  # the queue that it stands in, or NONE
    matter: i32  # the matter that it waits for, or NONE
    predecessors_left: i32
    part: i32  # the row in `engagements` of its project and its team
    first_need: i32  # its rows in `needs`
    exceptions: i32  # so far
    first_successor: i32  # its rows in `successors`
    n_successors: i32


class Tie(Row):
    """How a task and a successor are tied, in the row of `successors`; without any but the usual, no rows."""

    kind: i32  # FINISH_START ...
    lag: f64  # days from the end or start of the one to that of the other, at least


class Hold(Row):
    """What keeps a task from beginning or ending, besides its predecessors; a row a task where there are
    links.
    """

    ends_left: i32  # ends and starts of others that have to come before it may end
    start_from: f64  # day: it may begin
    end_from: f64  # day: it may end


class Need(Row):
    """Specialists that a task needs while it is active."""

    pool: i32
    units: i32


class Pool(Row):
    """Specialists of one kind, whom teams share."""

    units: i32  # specialists of one kind
    used: i32  # at work now
    freed: f64  # day: when some of them last became free
    out: i32  # above 0: none can be had now (an outage)
    next: i32  # the task that gets them next, or NONE (while they are granted)
    busy: f64  # days of units at work
    noted: f64  # day: up to when


class Engagement(Row):
    """A project and a team or pool that it works with, or the manager who ranks it or lends its people."""

    project: i32
    speaker: i32  # who bargains for the project over shared people: a manager, or TEAM or NOBODY
    joined: f64  # day: when it joined the queue
    queue: i32  # the queue that this row stands in, or NONE
    before: i32  # the row ahead of it there
    after: i32  # the row behind it there, or NONE
    estimate_hours: f64  # h: sum of the estimates of the team's tasks
    earned: f64  # h of these: as for projects
    rank: f64  # lower goes first, where the team orders its own line
    seen_scope: f64  # h: of growth that whoever ranks here knew of at the last ranking
    seen: i32  # its standing then (see `ranking.standing`); 0: never ranked here


class Risk(Row):
    """Something that may strike a project or a team."""

    hazard: f64  # strikes a day while nobody has done anything about it
    strikes_at: f64  # which of the `risk_days` of its project or team that is, as it is looked after
    state: i32  # UNKNOWN ... CONTAINED
    effect: i32  # EFFORT, PEOPLE, POOL_OUT or MONEY
    project: i32  # NONE for a risk of a team
    team: i32  # NONE for a risk of a project
    pool: i32  # of specialists, for POOL_OUT
    cost: f64  # euro so far
    impact: f64  # h of extra effort, people, days or euro, on the day it strikes
    struck: f64  # day, or -1
