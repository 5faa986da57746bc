"""Clients, what is served to them under contract, and their tickets."""

from __future__ import annotations

from sim.world.tables.fields import LINKS, F, I, rows

CLIENT = rows(
    [
        ("satisfaction", F),  # 0-1
        ("here", I),  # 1 while it is a client
        ("unhappy", I),  # 1: below `unhappy`
        ("complaints", I),
        ("exposure", F),  # departures expected so far
        ("threshold", F),  # departures expected at which it does leave
        ("business", F),  # euro: of its running projects, and of a year of its services
        ("recent", F),  # its tickets of the last month, fading; severe ones count `severe_times`
        ("lost_value", F),  # euro of contracts and projects that went elsewhere
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
