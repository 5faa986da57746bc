"""The world of one run: tables of rows, one table for each kind of thing in a delivery organisation.

Every table has a dtype in `sim.world.tables`, one commented line a field, with its unit ("h" is hours of
work, "day" a point in time counted in working days from the start, "0-1" a share); codes are in
`sim.world.codes`. All of them can be had from here. On the compiled clock a table is a numpy structured array
and a row is one of its records; on the Mesa clock a table is a list and a row is an object with the same
attributes. Rules read and write rows and cannot tell which.

Rows point at each other by row number; NONE means "no row". Rows that stand in a queue carry the four link
fields of `LINKS`, so that joining and leaving costs the same however long the queue is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.world.codes import *  # noqa: F403 - whoever needs rows needs their codes
from sim.world.tables import *  # noqa: F403


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
    links: Any  # int32, pairs of managers (see `ownership.link`): how many reasons they have to synchronise
    accounts: Any  # int32, clients x roles: who last looked after a client
    teams: Any
    members: Any
    projects: Any
    tasks: Any
    successors: Any  # int32: rows of tasks
    needs: Any
    pools: Any
    engagements: Any
    partners: Any  # int32, a number for each engagement: its queue in `shared`, of that team, pool or manager
    shared: Any  # QUEUE rows: running projects of each team, pool, manager who ranks, manager who lends
    responsibilities: Any  # the duties about each project, team, service, client and portfolio, in this order
    due: Any  # float64, a number for each of them: day on which a matter next comes up, if they recur
    matters: Any
    free_rows: Any  # int32: rows of `matters` that are free again, the last one on top
    counts: Any  # N_DUTIES COUNT rows
    waits: Any  # int32, N_DUTIES x WAIT_BINS: matters by how long they waited
    risks: Any
    services: Any
    tickets: Any
    clients: Any
    queues: Any
