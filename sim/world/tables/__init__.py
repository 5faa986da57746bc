"""The tables of a world: one dtype each, one commented line a field, with its unit."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.world.tables.clients import CLIENT, SERVICE, TICKET
from sim.world.tables.fields import LINKS, F, I
from sim.world.tables.management import COUNT, DUTY, EXPERIENCE, MANAGER, MATTER, RESPONSIBILITY, ROLE
from sim.world.tables.people import MEMBER, TEAM_ROW
from sim.world.tables.time import CLOCK, DAY, QUEUE
from sim.world.tables.work import ENGAGEMENT, NEED, POOL, PROJECT, RISK, TASK

__all__ = [
    "CLIENT",
    "CLOCK",
    "COUNT",
    "DAY",
    "DTYPES",
    "DUTY",
    "ENGAGEMENT",
    "EXPERIENCE",
    "LINKS",
    "MANAGER",
    "MATTER",
    "MEMBER",
    "NEED",
    "POOL",
    "PROJECT",
    "QUEUE",
    "RESPONSIBILITY",
    "RISK",
    "ROLE",
    "SERVICE",
    "TASK",
    "TEAM_ROW",
    "TICKET",
    "F",
    "I",
]

DTYPES: dict[str, np.dtype[Any]] = {
    "clock": CLOCK, "duties": DUTY, "roles": ROLE, "next_duties": DUTY, "next_roles": ROLE,
    "history": DAY, "managers": MANAGER, "experience": EXPERIENCE,
    "links": np.dtype(I), "accounts": np.dtype(I), "teams": TEAM_ROW, "members": MEMBER, "projects": PROJECT,
    "tasks": TASK, "successors": np.dtype(I), "needs": NEED, "pools": POOL, "engagements": ENGAGEMENT,
    "partners": np.dtype(I),
    "shared": QUEUE, "responsibilities": RESPONSIBILITY, "due": np.dtype(F), "matters": MATTER,
    "free_rows": np.dtype(I), "counts": COUNT, "waits": np.dtype(I),
    "risks": RISK, "services": SERVICE, "tickets": TICKET, "clients": CLIENT, "queues": QUEUE,
}  # fmt: skip
"""The dtype of each table but `given`, whose fields are the names of the assumptions."""
