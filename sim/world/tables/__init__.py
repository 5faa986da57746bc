"""The tables of a world: a class of rows each, one commented line a field, with its unit."""

from __future__ import annotations

from sim.world.tables.assumptions import Assumptions
from sim.world.tables.clients import Client, Service, Ticket
from sim.world.tables.management import (
    Count,
    Duty,
    Experience,
    FurtherRole,
    Manager,
    Matter,
    Responsibility,
    Role,
)
from sim.world.tables.people import Dependency, Member, Team
from sim.world.tables.row import Row, f64, i8, i16, i32
from sim.world.tables.table import Grid, Numbers, Rows, Table
from sim.world.tables.time import Clock, Day, Queue
from sim.world.tables.work import Engagement, Hold, Need, Pool, Project, Risk, Task, Tie

__all__ = [
    "Assumptions",
    "Client",
    "Clock",
    "Count",
    "Day",
    "Dependency",
    "Duty",
    "Engagement",
    "Experience",
    "FurtherRole",
    "Grid",
    "Hold",
    "Manager",
    "Matter",
    "Member",
    "Need",
    "Numbers",
    "Pool",
    "Project",
    "Queue",
    "Responsibility",
    "Risk",
    "Role",
    "Row",
    "Rows",
    "Service",
    "Table",
    "Task",
    "Team",
    "Ticket",
    "Tie",
    "f64",
    "i8",
    "i16",
    "i32",
]
