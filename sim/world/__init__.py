"""The world of one run: tables of rows, one table for each kind of thing in a delivery organisation.

Every table has a class of rows in `sim.world.tables`, one commented line a field, with its unit ("h" is hours
of work, "day" a point in time counted in working days from the start, "0-1" a share); codes are in
`sim.world.codes`. All of them can be had from here. On the compiled clock a table is a numpy structured array
and a row is one of its records; on the Mesa clock a table is a list and a row is an object with the same
attributes. Rules read and write rows and cannot tell which.

Rows point at each other by row number; NONE means "no row". Rows that stand in a queue are linked
(`queue`, `before`, `after`), so that joining and leaving costs the same however long the queue is.
"""

from __future__ import annotations

from sim.world.codes import *  # noqa: F403 - whoever needs rows needs their codes
from sim.world.tables import *  # noqa: F403
from sim.world.world import *  # noqa: F403
