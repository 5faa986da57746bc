"""Projects, their tasks, the specialists that they need, and the risks to them."""

from __future__ import annotations

from sim.world.tables.fields import LINKS, NEXT, OTHER_LINKS, C, F, H, I, rows, rows_in_lines

PROJECT = rows_in_lines(
    [  # while members work on it
        ("state", I),  # FUTURE ... DELIVERED
        ("late", I),  # 1: it is known to be late, so its members work overtime
        ("tasks_left", I),  # not done
        *NEXT,  # in the portfolio of running projects
        ("rank", F),  # lower goes first (see `rank_projects` and `push`)
        ("plan_quality", F),  # 0-1
        ("creep", F),  # 0-1: share of the work that goes into unapproved extras
        ("progress", F),  # h of effort done on its tasks
        ("creep_hours", F),  # h of effort that went into creep
        ("estimate_hours", F),  # h: sum of its tasks' estimates
    ],
    [  # while time passes
        ("stale", F),  # h of work done on wants that had changed
        ("latent", F),  # h it would take to repair the defects that nobody has found
        ("undiscovered", F),  # 0-1: share of the client's wants that changed and that nobody has noticed
        ("volatility", F),  # changes of the client's wants a day
        ("change_gap", F),  # changes still to be expected before the next one
        ("next_review", F),  # day: when the first of its recurring duties falls due
        ("risk_days", F),  # days in which its risks could strike, so far
        ("next_strike", F),  # of these: when there is something to do about them again
    ],
    [
        ("confusion_gap", F),  # misunderstandings still to be expected before the next one
        ("weight", F),  # value over the mean value: how much it matters
        ("earned", F),  # h of its tasks' estimates: all of those done, half of those begun
        ("first_duty", I),  # its rows in `responsibilities`, N_DUTIES of them
        ("first_task", I),
        ("n_tasks", I),
        ("cursor", I),  # task where the search for a place for extra work goes on
        ("first_engagement", I),  # its rows in `engagements` with teams and pools
        ("n_engagements", I),
        ("ranking", I),  # its row in `engagements` with the manager who ranks it
        ("home", I),  # row of the team that leads it
        ("first_risk", I),
        ("n_risks", I),
    ],
    [
        ("arrival", F),  # day: work may begin
        ("deadline", F),  # day: promised
        ("planned_days", F),  # days from arrival to finish in the first plan, before slack
        ("value", F),  # euro, paid on delivery
        ("client", I),  # number of the client
        ("begun", I),  # 1: it is under way when the run starts
        ("size", F),  # estimated effort over the mean: how much it asks of managers
        ("budget_hours", F),  # h of effort in the contract
        ("approved_hours", F),  # h of effort that the client has approved by now
    ],
    [
        ("promise", F),  # 0-1: luck of the client's choice; above the chance that it comes here, it does not
        *OTHER_LINKS,
        ("borders", F),  # 0-1: how well it is known what is whose in it, of what is settled in the end
        ("queued", I),  # 1: planned, and waits until its team has room
        ("ranker", I),  # who ranks it: a manager (of a board its chair), or NONE
        ("lending", I),  # its row in `engagements` with the manager who lends its people
        ("first_warranty", I),  # its rows in `tickets` for defects that escape
        ("n_warranty", I),
        ("ranked", F),  # day: when someone last ranked it
        ("forecast", F),  # day: finish that its managers believe in
        ("belief", F),  # day: finish that the client believes in
        ("checked", I),  # 1: it has been through the check before delivery
        ("accepted", I),  # 1: the client has tried it
        ("waiting_since", F),  # day: since when it has waited for a plan, for the check, or to be handed over
        ("overrun", F),  # h over the approved effort (below 0: under it), waiting for the client's decision
        ("next_alarm", F),  # h of effort at which the accounts speak up
        ("paid", F),  # euro that the client has paid so far
        ("contract", I),  # when the client pays: ON_DELIVERY, BY_INCREMENT or BY_HOUR
        ("delivered", F),  # day, or -1
        ("true_hours", F),  # h of effort that its tasks truly take, as drawn
        ("done_before", F),  # h of effort done before the run
        ("rework_hours", F),  # h of effort added by rework, wrong answers and guesses
        ("drift_hours", F),  # h of effort added by changed wants
        ("risk_hours", F),  # h of effort added by struck risks
        ("descoped_hours", F),  # h of effort given up
        ("descoped", F),  # h of the estimate that this was
        ("escaped", F),  # h of defects that reached the client
        ("confusions", I),  # misunderstandings so far
        ("changes", I),  # changes of the client's wants so far
    ],
)

TASK = rows_in_lines(
    [  # in line, and being worked on
        ("project", I),
        ("team", I),
        ("member", I),  # who is to do it, or did it last; NONE: anyone
        ("state", C),  # WAITING ... DONE
        ("between_teams", C),  # 1: a predecessor was done by another team
        ("n_needs", H),  # kinds of specialists
        ("before", I),  # the row ahead of it in its team's ready or waiting tasks, or a pool's
        *NEXT,
        ("joined", F),  # day: when it joined that queue
        ("remaining", F),  # h still to be done, extra work included
        ("gap", F),  # exceptions still to be expected before the next one
        ("speciality", F),  # 0-1, on a circle: the kind of task it is
        ("tail", F),  # h: the longest chain of estimates from its start to the project's end
    ],
    [
        ("estimate", F),  # h
        ("started", F),  # day, or -1
        ("finished", F),  # day, or -1
        ("effort", F),  # h it truly takes
        ("queue", I),  # the queue that it stands in, or NONE
        ("matter", I),  # the matter that it waits for, or NONE
        ("predecessors_left", I),
        ("part", I),  # the row in `engagements` of its project and its team
        ("first_need", I),  # its rows in `needs`
        ("exceptions", I),  # so far
        ("first_successor", I),  # its rows in `successors`
        ("n_successors", I),
    ],
)

NEED = rows([("pool", I), ("units", I)])  # specialists that a task needs while it is active

POOL = rows(
    [
        ("units", I),  # specialists of one kind
        ("used", I),  # at work now
        ("freed", F),  # day: when some of them last became free
        ("out", I),  # above 0: none can be had now (an outage)
        ("next", I),  # the task that gets them next, or NONE (while they are granted)
        ("busy", F),  # days of units at work
        ("noted", F),  # day: up to when
    ]
)

ENGAGEMENT = rows(
    [  # a project and a team or pool that it works with, or the manager who ranks it or lends its people
        ("project", I),
        ("speaker", I),  # who bargains for the project over shared people: a manager, or TEAM or NOBODY
        *LINKS,
        ("estimate_hours", F),  # h: sum of the estimates of the team's tasks
        ("earned", F),  # h of these: as for projects
        ("rank", F),  # lower goes first, where the team orders its own line
        ("seen_scope", F),  # h: of growth that whoever ranks here knew of at the last ranking
        ("seen", I),  # its standing then (see `ranking.standing`); 0: never ranked here
    ]
)

RISK = rows(
    [
        ("hazard", F),  # strikes a day while nobody has done anything about it
        ("strikes_at", F),  # which of the `risk_days` of its project or team that is, as it is looked after
        ("state", I),  # UNKNOWN ... CONTAINED
        ("effect", I),  # EFFORT, PEOPLE, POOL_OUT or MONEY
        ("project", I),  # NONE for a risk of a team
        ("team", I),  # NONE for a risk of a project
        ("pool", I),  # of specialists, for POOL_OUT
        ("cost", F),  # euro so far
        ("impact", F),  # h of extra effort, people, days or euro, on the day it strikes
        ("struck", F),  # day, or -1
    ]
)
