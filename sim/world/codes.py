"""The codes in rows: kinds, states, duties and queues, each a whole number."""

NONE = -1  # no row
NOBODY = -1  # a duty that no one holds
TEAM = -2  # a duty that the team holds itself

# What a matter is about.
ABOUT_PROJECT, ABOUT_TASK, ABOUT_TEAM, ABOUT_PORTFOLIO, ABOUT_SERVICE, ABOUT_CLIENT = 0, 1, 2, 3, 4, 5

# The duties, by number, in the order of `sim.vocabulary.DUTIES`.
PLANNING, BUDGET, ALLOCATION, TIMELINE, PROJECT_RISK, REPORTING, TRACKING = 0, 1, 2, 3, 4, 5, 6
OVERSIGHT, RESOURCES, PROCESS, STAKEHOLDERS, OPERATIONAL_RISK, SATISFACTION, COORDINATION = (
    7,
    8,
    9,
    10,
    11,
    12,
    13,
)
N_DUTIES = 14

# Who puts work in order across projects: nobody, each holder of the ranking role their own, the first of
# them all, or all of them together; or, where nobody does and teams hold `resources`, each team its own line.
RANKS_NOBODY, RANKS_OWN, RANKS_ONE, RANKS_BOARD, RANKS_TEAM = 0, 1, 2, 3, 4

# States of a project: not yet there, waiting for its first plan, being worked on, finished and being
# checked before delivery, delivered; given to someone else by a client who is not content; or stopped.
FUTURE, STARTING, RUNNING, CHECKING, DELIVERED, WITHHELD, CANCELLED = 0, 1, 2, 3, 4, 5, 6

# Why a project was stopped: going on would cost more than it brings, or its client gave it up.
NOT_WORTH_IT, GIVEN_UP = 1, 2

# Objectives that a project can be off, added up: time, cost, scope, what its client is content with.
OFF_TIME, OFF_COST, OFF_SCOPE, OFF_CLIENT = 1, 2, 4, 8

# When a client pays for a project: on delivery, part by part as reviews accept them, by the hour, or as its
# milestones are accepted.
ON_DELIVERY, BY_INCREMENT, BY_HOUR, BY_MILESTONE = 0, 1, 2, 3

# States of a task: predecessors open; waiting for a hand-over between teams; for someone to be assigned;
# for the assigned member; being worked on; waiting for an answer; done; given up with its project; worked
# off, and not to end before another.
WAITING, HANDING_OVER, UNASSIGNED, READY, ACTIVE, BLOCKED, DONE, DROPPED, HELD = 0, 1, 2, 3, 4, 5, 6, 7, 8

# What ties a task to a successor: its end or start comes before the other's start or end.
FINISH_START, START_START, FINISH_FINISH, START_FINISH = 0, 1, 2, 3

# How two teams stand to each other, and what is handed over between them: they do not depend on each other
# for long, or they do and somebody keeps the pair in order, or nobody does.
IN_ORDER, UNLINKED, LOOSE = 0, 1, 2

# What a manager or member does who has time left in a step: work; rest, having run out of it; turn to what
# has come up meanwhile; or rest all the same. Who rests is told of what is new, and once of it.
WORKING, RESTING, CALLED, DECLINED = 0, 1, 2, 3

# Who gets which post in a reorganisation: who has that title already, or who has most practice in its duties.
CHOSEN_BY_NAME, CHOSEN_BY_EXPERIENCE = 0, 1

# Who holds which post from the start: whoever it is, or whose talents suit its duties best.
BY_LOT, BY_APTITUDE = 0, 1

# In a change of structure, what a team leads, serves and does: not yet over, goes over now, has gone over.
STAYS, GOES_OVER, GONE_OVER = 0, 1, 2

# States of a risk.
UNKNOWN, KNOWN, MITIGATED, STRUCK, CONTAINED = 0, 1, 2, 3, 4

# What a risk that strikes costs: effort of projects, people of a team, a pool of specialists, or money.
EFFORT, PEOPLE, POOL_OUT, MONEY = 0, 1, 2, 3

# States of a ticket (a row is drawn for each that may come) and of a service contract.
EXPECTED, OPEN, IN_HAND, RESOLVED = 0, 1, 2, 3
TO_COME, SERVED, ENDED = 0, 1, 2

# Queues: the portfolio of running projects; matters in nobody's in-tray; those before the sponsor; tasks that
# wait for a day; each team's five (ready tasks, waiting tasks, matters of the duties that it holds itself,
# roster, tickets); the tasks that wait for each pool; the managers' in-trays.
PORTFOLIO_QUEUE, LIMBO_QUEUE, SPONSOR_QUEUE, DATED_QUEUE, FIRST_TEAM_QUEUE = 0, 1, 2, 3, 4
READY_QUEUE, WAITING_QUEUE, TRAY_QUEUE, ROSTER_QUEUE, TICKET_QUEUE, QUEUES_A_TEAM = 0, 1, 2, 3, 4, 5

# Sources of luck in a run (see `rules.luck`). Each keeps its number for ever, or all futures become others.
EXCEPTIONS, CHANGES, CONFUSIONS = 0, 1, 2
MEMBERS_AWAY, MEMBERS_LEAVE, MANAGERS_AWAY, MANAGERS_LEAVE = 3, 4, 5, 6
CLIENT_GIVES_UP = 7
ESCALATIONS, SPONSOR_DECIDES = 8, 9
NEW_TALENTS = 30
CONFUSIONS_OF_TEAMS = 31

# How a further role takes part in a duty beside its holder.
ALSO_ACCOUNTABLE, CONSULTED, INFORMED = 0, 1, 2

# Faults: what a run would have needed and there is no room for.
NO_FAULT, OUT_OF_TICKETS = 0, 1

WAIT_BINS = 120  # of `world.waits`, for each duty
WAIT_BIN_DAYS = 0.25  # width of one of them; the last one is open
