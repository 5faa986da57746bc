"""Teams and their members."""

from sim.world.tables.row import Row, f64, i32


class Team(
    Row,
    lines=(
        "waiting",
        "hours",
        "paid",
        "vacant",
    ),
):
    """People of one skill."""

    # before and after its members' work
    waiting: f64  # h of work in its lines of ready tasks and of tickets
    maturity: f64  # 0-1
    departures: f64  # of a rested member at home here, expected in this step
    risk_days: f64  # days in which its risks could strike, so far
    next_strike: f64  # of these: when there is something to do about them again
    led: i32  # running projects that it leads, in sprints
    subject: i32  # what the last of its own duties was about (see `matters.subject_of`)
    n_risks: i32
    first_risk: i32
    size: i32  # members at home here
    unsettled: i32  # 1: at the end of this step a member leaves, goes away, or comes home

    # during it
    hours: f64  # h that each member who is there has for tickets and tasks in this step
    productive: f64  # h on tasks
    switching: f64  # h lost to changes of project
    overhead: f64  # 0-1: share of a member's day in meetings of the team
    duty_hours: f64  # h of its own duties that each member pays in this step
    fresh_until: f64  # day until which its services are well looked after
    present: i32  # members at work so far in this step
    severe_waiting: i32  # severe tickets in its line
    on_tickets: i32  # members who have a ticket in hand
    skill: i32  # number of the skill

    paid: f64  # h of members' time so far, overtime included
    meetings: f64  # h in meetings of the team
    ceremonies: f64  # h in sprint ceremonies
    duties: f64  # h on duties that the team holds itself
    idle: f64  # h without a task to do
    tickets: f64  # h on tickets (part of productive)
    absent: f64  # h of members away (part of paid)
    overtime: f64  # h of overtime (part of paid)

    vacant: f64  # h of empty seats (not paid)
    first_maturity: f64  # 0-1: at the start
    load: f64  # h of ready work a head, when someone last looked for a team in need
    weighed: i32  # number of that occasion
    beside: i32  # the team weighed before it, or NONE
    leavers: i32  # members who left
    duty_left: f64  # h that may still go into its own duties in this step
    at_work: i32  # members who have something to do and time left in this step
    resting: i32  # members who have time left and nothing to do
    running: i32  # projects that it leads and that have begun
    next_in: i32  # of those that wait for room, the one that begins next, or NONE
    first_pair: i32  # its rows in `dependencies` on other teams
    n_pairs: i32
    over: i32  # STAYS, GOES_OVER or GONE_OVER, in a change of structure
    over_on: f64  # day: what it leads, serves and does goes over to the structure that takes over
    confusion_gap: f64  # misunderstandings beside projects still to be expected before the next one
    confusions: i32  # of these so far


class Dependency(Row):
    """A pair of teams that depend on each other for long; it stands with the team that depends."""

    on: i32  # row of the team that it depends on
    beside: i32  # other pairs that one of the two teams is part of
    in_order_until: f64  # day until which somebody has seen to it


class Member(
    Row,
    lines=(
        "home",
        "overtime",
        "until",
    ),
):
    """Someone who works on tasks and tickets; or the seat, while it is empty."""

    # what others see who look for someone
    home: i32  # row of the team that the member belongs to
    team: i32  # row of the team that the member works for now
    task: i32  # row of the task being worked on, or NONE
    ticket: i32  # row of the ticket in hand, or NONE; the task waits meanwhile
    promised: i32  # how many tasks the member has, in line or in hand
    after: i32  # the row behind it in the roster of a team, or NONE
    away_until: f64  # day: end of an absence, or of a vacancy
    productivity: f64  # h of ordinary work done in an hour
    ramp: f64  # 0-1: how far the member has grown into the job
    speciality: f64  # 0-1, on a circle: the kind of task that the member is best at
    reserved: f64  # h of these

    overtime: f64  # h of overtime in this step
    owed_switching: f64  # h that getting into the present project still takes
    fatigue: f64  # 0-1
    absent_from: f64  # day: the next absence begins
    gap: f64  # departures still to be expected before the next one
    moment: f64  # day: how far the member has come in this step
    project: i32  # row of the project last worked on, or NONE
    vacant: i32  # 1: nobody sits here until `away_until`
    absences: i32  # of this seat so far
    pause: i32  # WORKING, RESTING, CALLED or DECLINED

    until: f64  # day: end of the loan to another team
    joined: f64  # day: when the member joined that roster
    queue: i32  # the roster that the member stands in
    before: i32  # the row ahead of it there
    leavers: i32  # people who left this seat
