"""Teams and their members."""

from __future__ import annotations

from sim.world.tables.fields import NEXT, F, I, rows_in_lines

TEAM_ROW = rows_in_lines(
    [  # before and after its members' work
        ("waiting", F),  # h of work in its lines of ready tasks and of tickets
        ("maturity", F),  # 0-1
        ("departures", F),  # of a rested member at home here, expected in this step
        ("risk_days", F),  # days in which its risks could strike, so far
        ("next_strike", F),  # of these: when there is something to do about them again
        ("led", I),  # running projects that it leads, in sprints
        ("subject", I),  # what the last of its own duties was about (see `matters.subject_of`)
        ("n_risks", I),
        ("first_risk", I),
        ("size", I),  # members at home here
        ("unsettled", I),  # 1: at the end of this step a member leaves, goes away, or comes home
    ],
    [  # during it
        ("hours", F),  # h that each member who is there has for tickets and tasks in this step
        ("productive", F),  # h on tasks
        ("switching", F),  # h lost to changes of project
        ("overhead", F),  # 0-1: share of a member's day in meetings of the team
        ("duty_hours", F),  # h of its own duties that each member pays in this step
        ("fresh_until", F),  # day until which its services are well looked after
        ("present", I),  # members at work so far in this step
        ("severe_waiting", I),  # severe tickets in its line
        ("on_tickets", I),  # members who have a ticket in hand
        ("skill", I),  # number of the skill
    ],
    [
        ("paid", F),  # h of members' time so far, overtime included
        ("meetings", F),  # h in meetings of the team
        ("ceremonies", F),  # h in sprint ceremonies
        ("duties", F),  # h on duties that the team holds itself
        ("idle", F),  # h without a task to do
        ("tickets", F),  # h on tickets (part of productive)
        ("absent", F),  # h of members away (part of paid)
        ("overtime", F),  # h of overtime (part of paid)
    ],
    [
        ("vacant", F),  # h of empty seats (not paid)
        ("first_maturity", F),  # 0-1: at the start
        ("load", F),  # h of ready work a head, when someone last looked for a team in need
        ("weighed", I),  # number of that occasion
        ("beside", I),  # the team weighed before it, or NONE
        ("leavers", I),  # members who left
        ("duty_left", F),  # h that may still go into its own duties in this step
        ("at_work", I),  # members who have something to do and time left in this step
        ("resting", I),  # members who have time left and nothing to do
        ("running", I),  # projects that it leads and that have begun
        ("next_in", I),  # of those that wait for room, the one that begins next, or NONE
    ],
)

MEMBER = rows_in_lines(
    [  # what others see who look for someone
        ("home", I),  # row of the team that the member belongs to
        ("team", I),  # row of the team that the member works for now
        ("task", I),  # row of the task being worked on, or NONE
        ("ticket", I),  # row of the ticket in hand, or NONE; the task waits meanwhile
        ("promised", I),  # how many tasks the member has, in line or in hand
        *NEXT,  # in the roster of a team
        ("away_until", F),  # day: end of an absence, or of a vacancy
        ("productivity", F),  # h of ordinary work done in an hour
        ("ramp", F),  # 0-1: how far the member has grown into the job
        ("speciality", F),  # 0-1, on a circle: the kind of task that the member is best at
        ("reserved", F),  # h of these
    ],
    [
        ("overtime", F),  # h of overtime in this step
        ("owed_switching", F),  # h that getting into the present project still takes
        ("fatigue", F),  # 0-1
        ("absent_from", F),  # day: the next absence begins
        ("gap", F),  # departures still to be expected before the next one
        ("moment", F),  # day: how far the member has come in this step
        ("project", I),  # row of the project last worked on, or NONE
        ("vacant", I),  # 1: nobody sits here until `away_until`
        ("absences", I),  # of this seat so far
        ("pause", I),  # WORKING, RESTING, CALLED or DECLINED
    ],
    [
        ("until", F),  # day: end of the loan to another team
        ("joined", F),  # day: when the member joined that roster
        ("queue", I),  # the roster that the member stands in
        ("before", I),  # the row ahead of it there
        ("leavers", I),  # people who left this seat
    ],
)
