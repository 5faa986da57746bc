"""The world of one run: tables of rows, one table for each kind of thing in a delivery organisation.

Every table has a dtype below, one commented line a field, with its unit ("h" is hours of work, "day" a
point in time counted in working days from the start, "0-1" a share). On the compiled clock a table is a
numpy structured array and a row is one of its records; on the Mesa clock a table is a list and a row is an
object with the same attributes. Rules read and write rows and cannot tell which.

Rows point at each other by row number; NONE means "no row". Rows that stand in a queue carry the four link
fields of `LINKS`, so that joining and leaving costs the same however long the queue is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

I = np.int32  # noqa: E741 - rows and counts
F = np.float64

# --- codes -------------------------------------------------------------------------------------------------

NONE = -1  # no row
NOBODY = -1  # a duty that no one holds
TEAM = -2  # a duty that the team holds itself

# What a matter is about.
ABOUT_PROJECT, ABOUT_TASK, ABOUT_TEAM, ABOUT_PORTFOLIO, ABOUT_SERVICE, ABOUT_CLIENT = 0, 1, 2, 3, 4, 5

# The duties, by number, in the order of `sim.outcomes.DUTIES`.
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

# States of a project: not yet there, waiting for its first plan, being worked on, finished and being
# checked before delivery, delivered; or given to someone else by a client who is not content.
FUTURE, STARTING, RUNNING, CHECKING, DELIVERED, WITHHELD = 0, 1, 2, 3, 4, 5

# States of a task: predecessors open; waiting for a hand-over between teams; for someone to be assigned;
# for the assigned member; being worked on; waiting for an answer; done.
WAITING, HANDING_OVER, UNASSIGNED, READY, ACTIVE, BLOCKED, DONE = 0, 1, 2, 3, 4, 5, 6

# States of a risk.
UNKNOWN, KNOWN, MITIGATED, STRUCK, CONTAINED = 0, 1, 2, 3, 4

# What a risk that strikes costs: effort of projects, people of a team, a pool of specialists, or money.
EFFORT, PEOPLE, POOL_OUT, MONEY = 0, 1, 2, 3

# States of a ticket (a row is drawn for each that may come) and of a service contract.
EXPECTED, OPEN, IN_HAND, RESOLVED = 0, 1, 2, 3
TO_COME, SERVED, ENDED = 0, 1, 2

# Queues: the portfolio of running projects; matters in nobody's in-tray; each team's five (ready tasks,
# waiting tasks, matters of the duties that it holds itself, roster, tickets); the tasks that wait for each
# pool; the managers' in-trays.
PORTFOLIO_QUEUE, LIMBO_QUEUE, FIRST_TEAM_QUEUE = 0, 1, 2
READY_QUEUE, WAITING_QUEUE, TRAY_QUEUE, ROSTER_QUEUE, TICKET_QUEUE, QUEUES_A_TEAM = 0, 1, 2, 3, 4, 5

# Faults: luck that a run would have needed and that was not drawn.
NO_FAULT, OUT_OF_EXCEPTIONS, OUT_OF_CHANGES = 0, 1, 2
OUT_OF_TICKETS, OUT_OF_PEOPLE, OUT_OF_CONFUSIONS = 3, 4, 5

WAIT_BINS = 120  # of `world.waits`, for each duty
WAIT_BIN_DAYS = 0.25  # width of one of them; the last one is open


def rows(fields: list[tuple[str, type[np.generic]]]) -> np.dtype[Any]:
    """The dtype of a table. Aligned, so that compiled code may rely on where a field lies."""
    return np.dtype(fields, align=True)


# --- tables ------------------------------------------------------------------------------------------------

LINKS: list[tuple[str, type[np.generic]]] = [
    ("queue", I),  # the queue that this row stands in, or NONE
    ("before", I),  # the row ahead of it there
    ("after", I),  # the row behind it there
    ("joined", F),  # day: when it joined
]

CLOCK = rows(
    [
        ("now", F),  # day: start of the present step
        ("step_days", F),  # days a step
        ("step_hours", F),  # h of a member's time a step
        ("steps_a_day", I),  # steps in a working day
        ("step", I),  # steps done
        ("fault", I),  # NO_FAULT, or which luck ran out
        ("next_project", I),  # the next project to arrive
        ("replication", I),  # whose luck this is
        ("first_pool_queue", I),  # queue of the tasks that wait for the first pool
        ("first_tray", I),  # queue of the first manager's in-tray
        ("first_ranker", I),  # of `shared`: the projects that the first manager ranks
        ("first_team_matter", I),  # matter row of the first team's first duty
        ("first_portfolio_matter", I),  # matter row of the first manager's portfolio
        ("first_task_matter", I),  # matter row of the first task
        ("first_service_matter", I),  # matter row of the first service
        ("first_client_matter", I),  # matter row of the first client
        ("clarity", F),  # 0-1: chance that it is clear who of two should act, where two could
        ("cover", I),  # 1: a colleague of the same role stands in for who is away
        ("reorganise_on", F),  # day: the structure changes; -1: it does not, or has
        ("next_sprint_days", F),  # of the structure that comes then
        ("next_cover", I),  # likewise
        ("value", F),  # euro earned so far
        ("progress", F),  # h of effort done on projects so far
        ("sprint_days", F),  # days a sprint; 0: no sprints
    ]
)

DUTY = rows(
    [
        ("role", I),  # row of the role that holds it, or TEAM or NOBODY
        ("by_team", I),  # 1: its holders look after teams, not projects
        ("by_project", I),  # 1: when it recurs, it is about a project
        ("about", I),  # what it is about: ABOUT_PROJECT, ABOUT_TEAM, ABOUT_SERVICE or ABOUT_CLIENT
        ("hub", I),  # 1: one holder looks at all projects together (resources)
        ("family", I),  # 0: textbook duty of a project manager, 1: of a delivery manager
        ("area", I),  # overlap area in which both titles claim it, or NONE
        ("proactive", I),  # 1: nobody shouts when it waits
        ("hours", F),  # h a matter takes someone without experience of it
        ("every", F),  # days between two recurring matters; 0: only on occasion
        ("weight", F),  # h a week that it costs for an ordinary project or team; for dealing work out evenly
    ]
)

ROLE = rows(
    [
        ("first_manager", I),  # row of its first holder
        ("count", I),  # how many people hold it
        ("by_team", I),  # 1: they look after teams, 0: after projects
    ]
)

MANAGER = rows(
    [
        ("role", I),  # row of the role
        ("left", F),  # h of attention left in this step
        ("owed_switching", F),  # h of picking up the thread, to be paid before anything else
        ("owed_handoffs", F),  # h of handing matters on or taking them over, likewise
        ("owed_duplicates", F),  # h that a colleague spends on the same matter, likewise
        ("matter", I),  # the matter being dealt with, or NONE
        ("subject", I),  # what the last matter was about (see `attention.subject_of`)
        ("family", I),  # family of the last duty, or NONE
        ("rush", F),  # 0-1: share of the standard hours that the manager takes, as the in-tray grows
        ("load", F),  # h a week of the work dealt out to this person
        ("projects", I),  # running projects over whose rank this person decides
        ("interfaces", I),  # colleagues with whom work must be synchronised
        ("away_until", F),  # day: end of an absence, or of a vacancy
        ("next_spell", I),  # the next of this seat's rows in `manager_spells`
        ("last_spell", I),  # one past the last of them
        ("fatigue", F),  # 0-1
        ("exposure", F),  # departures expected since the last one
        ("next_person", I),  # the next of this seat's rows in `manager_persons`
        ("last_person", I),  # one past the last of them
        ("available", F),  # h of attention so far
        ("on_matters", F),  # h spent handling matters
        ("on_switching", F),  # h lost to changes of subject and of family
        ("on_handoffs", F),  # h of handing matters on
        ("on_sync", F),  # h in meetings with interfaces
        ("duplicated", F),  # h spent on what a colleague did as well
        ("idle", F),  # h with an empty in-tray
        ("idle_before", F),  # h of that by the end of the last step
        ("absent", F),  # h away (not in `available`)
        ("leavers", I),  # people who left this seat
    ]
)

EXPERIENCE = rows(
    [  # one row for each manager and duty: row manager * N_DUTIES + duty
        ("handled", F),  # matters of this duty handled in a working life
        ("practice", F),  # 0-1: share of a beginner's hours that such a matter takes
        ("hours", F),  # h spent on this duty in this run
    ]
)

TEAM_ROW = rows(
    [
        ("skill", I),  # number of the skill
        ("size", I),  # members at home here
        ("maturity", F),  # 0-1
        ("first_maturity", F),  # 0-1: at the start
        ("owed", F),  # h of duties that the team holds itself, still to be paid by its members
        ("duty_hours", F),  # h of that which each member pays in this step
        ("first_risk", I),
        ("n_risks", I),
        ("fresh_until", F),  # day until which its services are well looked after
        ("on_tickets", I),  # members who have a ticket in hand
        ("overhead", F),  # 0-1: share of a member's day in meetings of the team
        ("paid", F),  # h of members' time so far, overtime included
        ("productive", F),  # h on tasks
        ("meetings", F),  # h in meetings of the team
        ("ceremonies", F),  # h in sprint ceremonies
        ("duties", F),  # h on duties that the team holds itself
        ("switching", F),  # h lost to changes of project
        ("idle", F),  # h without a task to do
        ("overtime", F),  # h of overtime (part of paid)
        ("tickets", F),  # h on tickets (part of productive)
        ("absent", F),  # h of members away (part of paid)
        ("leavers", I),  # members who left
        ("load", F),  # h of ready work a head, when someone last looked for a team in need
        ("weighed", I),  # number of that occasion
    ]
)

MEMBER = rows(
    [
        ("home", I),  # row of the team that the member belongs to
        ("team", I),  # row of the team that the member works for now
        ("until", F),  # day: end of the loan to another team
        ("productivity", F),  # h of ordinary work done in an hour
        ("speciality", F),  # 0-1, on a circle: the kind of task that the member is best at
        ("ramp", F),  # 0-1: how far the member has grown into the job
        ("fatigue", F),  # 0-1
        ("overtime", F),  # h of overtime in this step
        ("task", I),  # row of the task being worked on, or NONE
        ("ticket", I),  # row of the ticket in hand, or NONE; the task waits meanwhile
        ("away_until", F),  # day: end of an absence, or of a vacancy
        ("vacant", I),  # 1: nobody sits here until then
        ("next_spell", I),  # the next of this seat's rows in `spells`
        ("last_spell", I),  # one past the last of them
        ("exposure", F),  # departures expected since the last one
        ("next_person", I),  # the next of this seat's rows in `persons`
        ("last_person", I),  # one past the last of them
        ("project", I),  # row of the project last worked on, or NONE
        ("owed_switching", F),  # h that getting into that project still takes
        ("reserved", F),  # h of tasks that wait for this member
        *LINKS,  # in the roster of a team
    ]
)

PROJECT = rows(
    [
        ("client", I),  # number of the client
        ("home", I),  # row of the team that leads it
        ("arrival", F),  # day: work may begin
        ("deadline", F),  # day: promised
        ("planned_days", F),  # days from arrival to finish in the first plan, before slack
        ("value", F),  # euro, paid on delivery
        ("weight", F),  # value over the mean value: how much it matters
        ("size", F),  # estimated effort over the mean: how much it asks of managers
        ("budget_hours", F),  # h of effort in the contract
        ("approved_hours", F),  # h of effort that the client has approved by now
        ("estimate_hours", F),  # h: sum of its tasks' estimates
        ("volatility", F),  # changes of the client's wants a day
        ("begun", I),  # 1: it is under way when the run starts
        ("first_task", I),
        ("n_tasks", I),
        ("tasks_left", I),  # not done
        ("first_matter", I),  # matter row of its first duty; N_DUTIES of them
        ("first_engagement", I),  # its rows in `engagements` with teams and pools
        ("n_engagements", I),
        ("ranking", I),  # its row in `engagements` with the manager who ranks it
        ("first_risk", I),
        ("n_risks", I),
        ("next_change", I),  # the next of its rows in `changes`
        ("last_change", I),  # one past the last of them
        ("change_exposure", F),  # changes expected since the last one
        ("promise", F),  # 0-1: luck of the client's choice; above the chance that it comes here, it does not
        ("next_confusion", I),  # the next of its rows in `confusions`
        ("last_confusion", I),  # one past the last of them
        ("confusion", F),  # misunderstandings expected since the last one
        ("first_warranty", I),  # its rows in `tickets` for defects that escape
        ("n_warranty", I),
        ("state", I),  # FUTURE ... DELIVERED
        ("next_review", F),  # day: when the first of its recurring duties falls due
        ("plan_quality", F),  # 0-1
        ("rank", F),  # lower goes first (see `rank_projects` and `push`)
        ("ranked", F),  # day: when someone last ranked it
        ("late", I),  # 1: it is known to be late, so its members work overtime
        ("forecast", F),  # day: finish that its managers believe in
        ("belief", F),  # day: finish that the client believes in
        ("undiscovered", F),  # 0-1: share of the client's wants that changed and that nobody has noticed
        ("stale", F),  # h of work done on wants that had changed
        ("creep", F),  # 0-1: share of the work that goes into unapproved extras
        ("latent", F),  # h it would take to repair the defects that nobody has found
        ("cursor", I),  # task where the search for a place for extra work goes on
        ("checked", I),  # 1: it has been through the check before delivery
        ("accepted", I),  # 1: the client has tried it
        ("waiting_since", F),  # day: since when it has waited for a plan or for the check
        ("overrun", F),  # h over the approved effort, waiting for the client's decision
        ("delivered", F),  # day, or -1
        ("done_before", F),  # h of effort done before the run
        ("progress", F),  # h of effort done on its tasks
        ("creep_hours", F),  # h of effort that went into creep
        ("rework_hours", F),  # h of effort added by rework, wrong answers and guesses
        ("drift_hours", F),  # h of effort added by changed wants
        ("risk_hours", F),  # h of effort added by struck risks
        ("descoped_hours", F),  # h of effort given up
        ("escaped", F),  # h of defects that reached the client
        *LINKS,  # in the portfolio of running projects
    ]
)

TASK = rows(
    [
        ("project", I),
        ("team", I),
        ("estimate", F),  # h
        ("effort", F),  # h it truly takes
        ("remaining", F),  # h still to be done, extra work included
        ("tail", F),  # h: the longest chain of estimates from its start to the project's end
        ("speciality", F),  # 0-1, on a circle: the kind of task it is
        ("question_share", F),  # 0-1: of its exceptions, those that are questions about the plan
        ("impediment_share", F),  # 0-1: those that are impediments between teams; the rest are escalations
        ("predecessors_left", I),
        ("first_successor", I),  # its rows in `successors`
        ("n_successors", I),
        ("first_need", I),  # its rows in `needs`
        ("n_needs", I),
        ("next_exception", I),  # the next of its rows in `exceptions`
        ("last_exception", I),  # one past the last of them
        ("exposure", F),  # exceptions expected since the last one
        ("between_teams", I),  # 1: a predecessor was done by another team
        ("state", I),  # WAITING ... DONE
        ("member", I),  # who is to do it, or did it last; NONE: anyone
        ("started", F),  # day, or -1
        ("finished", F),  # day, or -1
        *LINKS,  # in its team's queue of ready or of waiting tasks, or among those that need specialists
    ]
)

NEED = rows([("pool", I), ("units", I)])  # specialists that a task needs while it is active
POOL = rows(
    [
        ("units", I),  # specialists of one kind
        ("used", I),  # at work
        ("out", I),  # above 0: none can be had now (an outage)
        ("busy", F),  # days of units at work so far
    ]
)

ENGAGEMENT = rows(
    [  # a project and a team or pool that it works with, or the manager who ranks it
        ("project", I),
        ("shared", I),  # queue of all running projects with the same team, pool or manager
        *LINKS,
    ]
)

MATTER = rows(
    [
        ("duty", I),
        ("about", I),  # ABOUT_PROJECT ...
        ("row", I),  # of the project, task, team or portfolio that it is about
        ("project", I),  # the project behind it, or NONE
        ("owner", I),  # manager, or TEAM or NOBODY
        ("open", I),  # 1 while it needs someone
        ("pressing", I),  # 1: work stands still until it is handled
        ("started", I),  # 1 once its owner has begun
        ("raised", F),  # day
        ("due", F),  # day: when it comes up again, if it recurs
        ("hours", F),  # h it takes someone without experience and without haste
        ("handoff", F),  # h to take it over from a colleague
        ("remaining", F),  # h
        ("shared_with", I),  # who else could think it theirs, or NONE
        ("answer", F),  # 0-1: the luck of the answer; below the chance of error, it is wrong
        *LINKS,  # in its owner's in-tray
    ]
)

COUNT = rows(
    [  # matters of one duty
        ("raised", I),
        ("handled", I),
        ("missed", I),  # came up again, or were given up, before anyone handled them
        ("dropped", I),  # lay in nobody's tray for a while, because each thought it the other's
        ("duplicated", I),  # were handled by two, because each thought it theirs
        ("begun", I),
        ("waited", F),  # days from raised to begun
    ]
)

RISK = rows(
    [
        ("project", I),  # NONE for a risk of a team
        ("team", I),  # NONE for a risk of a project
        ("effect", I),  # EFFORT, PEOPLE, POOL_OUT or MONEY
        ("pool", I),  # of specialists, for POOL_OUT
        ("cost", F),  # euro so far
        ("hazard", F),  # strikes a day while nobody has done anything about it
        ("threshold", F),  # strikes expected at which it does strike
        ("exposure", F),  # strikes expected so far
        ("impact", F),  # h of extra effort, people, days or euro, on the day it strikes
        ("struck", F),  # day, or -1
        ("state", I),  # UNKNOWN ... CONTAINED
    ]
)

SERVICE = rows(
    [
        ("client", I),
        ("team", I),  # row of the team that serves it
        ("begins", F),  # day
        ("ends", F),  # day: the contract is renewed or lost
        ("term", F),  # days of a contract
        ("state", I),  # TO_COME, SERVED or ENDED
        ("rate", F),  # tickets a day
        ("exposure", F),  # tickets expected since the last one
        ("next_ticket", I),  # the next of its rows in `tickets`
        ("last_ticket", I),  # one past the last of them
        ("renewal", F),  # luck of its renewals: what is left of it at the last one (see `services`)
        ("value", F),  # euro a day
        ("earned", F),  # euro so far
    ]
)

TICKET = rows(
    [
        ("gap", F),  # luck: tickets expected before this one comes
        ("client", I),
        ("team", I),
        ("severe", I),
        ("effort", F),  # h
        ("remaining", F),  # h
        ("allowed", F),  # days from raised to breach
        ("penalty", F),  # euro if it is breached
        ("state", I),  # EXPECTED ... RESOLVED
        ("raised", F),  # day
        ("due", F),  # day: breached after it
        ("resolved", F),  # day, or -1
        *LINKS,  # in the line of its team
    ]
)

CLIENT = rows(
    [
        ("satisfaction", F),  # 0-1
        ("here", I),  # 1 while it is a client
        ("unhappy", I),  # 1: below `unhappy`
        ("complaints", I),
        ("exposure", F),  # departures expected so far
        ("threshold", F),  # departures expected at which it does leave
        ("lost_value", F),  # euro of contracts and projects that went elsewhere
    ]
)

QUEUE = rows(
    [
        ("first", I),
        ("last", I),
        ("length", I),
        ("joined", I),  # how many ever joined
        ("left", I),  # how many ever left
        ("waited", F),  # days that those who left had spent in it
        ("area", F),  # days: sum over time of its length (Little's law: area = time spent by all)
    ]
)

EXCEPTION = rows(
    [  # luck: what goes wrong with a task, one row after the other
        ("gap", F),  # exceptions expected before this one happens
        ("kind", F),  # 0-1: which of the three kinds
        ("size", F),  # times the standard hours that it takes to answer
        ("answer", F),  # 0-1: the luck of the answer
    ]
)

CHANGE = rows(
    [  # luck: what a client changes about a project
        ("gap", F),  # changes expected before this one happens
        ("size", F),  # 0-1: share of the project's wants
    ]
)

CONFUSION = rows(
    [  # luck: what is misunderstood about a project
        ("gap", F),  # misunderstandings expected before this one happens
        ("kind", F),  # 0-1: below a half the matter is dropped, else done twice
    ]
)

SPELL = rows(
    [  # luck: an absence of whoever sits in a seat
        ("begins", F),  # day
        ("days", F),
    ]
)

PERSON = rows(
    [  # luck: who leaves a seat, and who comes next
        ("gap", F),  # departures expected before this one happens
        ("productivity", F),  # of the successor
        ("speciality", F),  # of the successor
    ]
)

DAY = rows(
    [  # the organisation at the end of a day
        ("value", F),  # euro earned so far
        ("hours", F),  # h of members paid so far
        ("overtime", F),  # h of these that were overtime
        ("progress", F),  # h of effort done on projects so far
        ("matters", I),  # in all in-trays
    ]
)


class World(NamedTuple):
    """All rows of one run. Tables are numpy structured arrays, or lists of objects on the Mesa clock."""

    clock: Any  # one CLOCK row
    given: Any  # one row: every assumption, by name
    duties: Any  # N_DUTIES DUTY rows
    roles: Any
    next_duties: Any  # of the structure after a reorganisation; empty if there is none
    next_roles: Any  # as many as `roles`
    history: Any  # one row a day
    managers: Any
    experience: Any
    links: Any  # int32, managers x managers: how many reasons two managers have to synchronise
    accounts: Any  # int32, clients x roles: who last looked after a client
    teams: Any
    members: Any
    projects: Any
    tasks: Any
    successors: Any  # int32: rows of tasks
    needs: Any
    pools: Any
    engagements: Any
    shared: (
        Any  # QUEUE rows: running projects of each team, then of each pool, then of each manager who ranks
    )
    matters: Any
    counts: Any  # N_DUTIES COUNT rows
    waits: Any  # int32, N_DUTIES x WAIT_BINS: matters by how long they waited
    risks: Any
    services: Any
    tickets: Any
    clients: Any
    queues: Any
    exceptions: Any
    changes: Any
    confusions: Any
    spells: Any  # of members
    persons: Any  # of members
    manager_spells: Any
    manager_persons: Any


DTYPES: dict[str, np.dtype[Any]] = {
    "clock": CLOCK, "duties": DUTY, "roles": ROLE, "next_duties": DUTY, "next_roles": ROLE,
    "history": DAY, "managers": MANAGER, "experience": EXPERIENCE,
    "links": np.dtype(I), "accounts": np.dtype(I), "teams": TEAM_ROW, "members": MEMBER, "projects": PROJECT,
    "tasks": TASK, "successors": np.dtype(I), "needs": NEED, "pools": POOL, "engagements": ENGAGEMENT,
    "shared": QUEUE, "matters": MATTER, "counts": COUNT, "waits": np.dtype(I), "risks": RISK,
    "services": SERVICE, "tickets": TICKET, "clients": CLIENT, "queues": QUEUE, "exceptions": EXCEPTION,
    "changes": CHANGE, "confusions": CONFUSION, "spells": SPELL, "persons": PERSON,
    "manager_spells": SPELL, "manager_persons": PERSON,
}  # fmt: skip
"""The dtype of each table but `given`, whose fields are the names of the assumptions."""
