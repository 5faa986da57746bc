"""Luck that is drawn before a run: thresholds, and what happens when one is crossed."""

from __future__ import annotations

from sim.tables.fields import F, rows

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
