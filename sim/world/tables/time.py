"""The clock, the queues, and the history of the organisation."""

from __future__ import annotations

from sim.world.tables.fields import F, I, rows

CLOCK = rows(
    [
        ("now", F),  # day: the present moment; between two who act, the start of the step
        ("begun", F),  # day: start of the present step
        ("until", F),  # day: its end
        ("stirred", I),  # 1: something came up in this step for someone who may have time left
        ("turned", I),  # 1: a project has no open task any more, or its check is over
        ("step_days", F),  # days a step
        ("step_hours", F),  # h of a member's time a step
        ("steps_a_day", I),  # steps in a working day
        ("step", I),  # steps done
        ("fault", I),  # NO_FAULT, or what there was no room for
        ("next_project", I),  # the next project to arrive
        ("replication", I),  # whose luck this is
        ("luck", I),  # what that luck hangs on (see `rules.luck`): a number of 31 bits
        ("more_luck", I),  # likewise
        ("first_pool_queue", I),  # queue of the tasks that wait for the first pool
        ("first_tray", I),  # queue of the first manager's in-tray
        ("first_ranker", I),  # of `shared`: the projects that the first manager ranks
        ("first_lender", I),  # likewise: those whose people the first manager lends
        ("next_board", F),  # day: the next meeting in which all who rank do so together
        ("first_team_duty", I),  # row of `responsibilities`: the first team's first duty
        ("first_portfolio_duty", I),  # likewise, of the first manager's portfolio
        ("first_service_duty", I),  # likewise, of the first service
        ("first_client_duty", I),  # likewise, of the first client
        ("next_matter", I),  # the first row of `matters` that has never been used
        ("free_matters", I),  # how many of those that have been used are free
        ("departures", F),  # expected in a step of someone rested in a mature team
        ("queued", I),  # projects that wait for room
        ("first_call", I),  # the first of the matters that others may take up (see `calls`), or NONE
        ("last_call", I),  # the last of them, or NONE
        ("cover", I),  # 1: a colleague of the same role stands in for who is away
        ("help", I),  # 1: who has nothing to do takes up what holds work up, whoever it belongs to
        ("ranks", I),  # who puts work in order across projects: RANKS_NOBODY ...
        ("ranking_role", I),  # row of the role whose people do, or NONE
        ("intake_limit", I),  # projects that may run at a time in a team before another waits; 0: no limit
        ("reorganise_on", F),  # day: the structure changes; -1: it does not, or has
        ("next_sprint_days", F),  # of the structure that comes then
        ("next_cover", I),  # likewise
        ("next_help", I),  # likewise
        ("next_ranks", I),  # likewise
        ("next_ranking_role", I),  # likewise
        ("next_intake_limit", I),  # likewise
        ("value", F),  # euro earned so far
        ("progress", F),  # h of effort done on projects so far
        ("open_tickets", F),  # h left of tickets that have come
        ("sprint_days", F),  # days a sprint; 0: no sprints
        ("opening_value", F),  # euro that work under way counted for before the first day
        ("opening_left", F),  # h that were left to do then
        ("opening_fines", F),  # euro of penalties for lateness by then
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
        ("noted", F),  # day: up to when
    ]
)

DAY = rows(
    [  # the organisation at the end of a day
        ("value", F),  # euro paid so far
        ("hours", F),  # h of members paid so far
        ("overtime", F),  # h of these that were overtime
        ("management", F),  # euro of managers' pay so far
        ("progress", F),  # h of effort done on projects so far
        ("in_progress", F),  # euro that work under way counts for beyond what was paid for it
        ("left", F),  # h left to do of what has come (see `completion`)
        ("idle", F),  # h of members without work so far
        ("idle_pay", F),  # euro paid so far for hours in which managers had an empty in-tray
        ("matters", I),  # in all in-trays
    ]
)
