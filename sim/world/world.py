"""All tables together. A table is declared in two places: its class of rows, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np

from sim.world.tables import (
    Assumptions,
    Client,
    Clock,
    Count,
    Day,
    Dependency,
    Duty,
    Engagement,
    Experience,
    FurtherRole,
    Hold,
    Manager,
    Matter,
    Member,
    Need,
    Numbers,
    Pool,
    Project,
    Queue,
    Responsibility,
    Risk,
    Role,
    Service,
    Table,
    Task,
    Team,
    Ticket,
    Tie,
    f64,
    i32,
)
from sim.world.tables.row import RowType

__all__ = ["DTYPES", "World", "world_of"]


class World(NamedTuple):
    """All rows of one run. Tables are numpy structured arrays, or lists of objects on the Mesa clock."""

    clock: Table[Clock]  # one row
    given: Table[Assumptions]  # one row: every assumption, by name
    duties: Table[Duty]  # N_DUTIES rows
    roles: Table[Role]
    next_duties: Table[Duty]  # of the structure after a reorganisation; empty if there is none
    next_roles: Table[Role]  # as many as `roles`
    further: Table[FurtherRole]  # roles of duties beside the holder, in this structure, then in the next
    history: Table[Day]  # one row a day
    managers: Table[Manager]
    posts: Numbers[i32]  # who holds each post, by its place; roles have posts next to each other
    experience: Table[Experience]
    links: Numbers[i32]  # pairs of managers (see `ownership.link`): how many reasons they have to synchronise
    accounts: Numbers[i32]  # clients x roles: who last looked after a client
    teams: Table[Team]
    dependencies: Table[Dependency]  # of the first team on others, then of the second ...
    members: Table[Member]
    projects: Table[Project]
    tasks: Table[Task]
    successors: Numbers[i32]  # rows of tasks
    ties: Table[Tie]  # for each of them, where a plan has other links than usual, or links across projects
    holds: Table[Hold]  # for each task, likewise
    needs: Table[Need]
    pools: Table[Pool]
    engagements: Table[Engagement]
    partners: Numbers[i32]  # for each engagement its queue in `shared`, of that team, pool or manager
    shared: Table[Queue]  # running projects of each team, pool, manager who ranks, manager who lends
    responsibilities: Table[
        Responsibility
    ]  # about each project, team, service, client, portfolio, in this order
    due: Numbers[f64]  # for each of them the day on which a matter next comes up, if they recur
    matters: Table[Matter]
    free_rows: Numbers[i32]  # rows of `matters` that are free again, the last one on top
    counts: Table[Count]  # N_DUTIES rows
    waits: Numbers[i32]  # N_DUTIES x WAIT_BINS: matters by how long they waited
    risks: Table[Risk]
    services: Table[Service]
    tickets: Table[Ticket]
    clients: Table[Client]
    queues: Table[Queue]

    def __repr__(self) -> str:
        """How much there is of what; the rows themselves would fill a screen a hundred times."""
        much = ", ".join(f"{len(getattr(self, name)):,} {name}" for name in _SAID)
        now = self.clock["now"][0] if isinstance(self.clock, np.ndarray) else self.clock[0].now
        return f"<World: day {now:g}, {much}>"


_SAID = ("managers", "teams", "members", "projects", "tasks", "services")


def world_of(tables: Mapping[str, Any]) -> World:
    """The world of these tables: numpy arrays on the compiled clock, lists of objects on the Mesa clock."""
    return World(**tables)


def _dtype(table: type) -> np.dtype[np.generic]:
    """The dtype of `Table[Member]`, or of `Numbers[i32]`."""
    kind = get_args(table)[0]
    return kind.dtype if isinstance(kind, RowType) else np.dtype(kind)


DTYPES = {name: _dtype(table) for name, table in get_type_hints(World).items()}
"""The dtype of each table."""
