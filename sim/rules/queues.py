"""Queues of rows: tasks of a team, matters in an in-tray, running projects, members of a roster.

A queue is a doubly linked list through the rows themselves, first come first in line. Where a whole line is
gone through and the order does not matter, rules do so from both ends at once: each row tells where the next
one is, so that a walk waits for memory row by row, and two walks wait together.

Each queue keeps the books of Little's law: its length summed over time equals the time that all who joined
spent in it.
"""

from typing import Protocol

from sim.world import NONE, Queue, Table, f64, i32


class Linked(Protocol):
    """A row of any table whose rows stand in queues."""

    joined: f64  # day: when it joined the queue
    queue: i32  # the queue that it stands in, or NONE
    before: i32  # the row ahead of it there
    after: i32  # the row behind it there


def note_length(queues: Table[Queue], queue_id: int, now: float) -> None:
    """Add a queue's length over the time since it last changed, before it changes again.

    Teams act one after another within a step, so that the time may be negative: later sums make up for it.
    """
    queue = queues[queue_id]
    queue.area += queue.length * (now - queue.noted)
    queue.noted = now


def join(queues: Table[Queue], queue_id: int, rows: Table[Linked], row_id: int, now: float) -> None:
    """Put a row at the end of a queue on day `now`."""
    queue = queues[queue_id]
    row = rows[row_id]
    row.queue = queue_id
    row.before = queue.last
    row.after = NONE
    row.joined = now
    note_length(queues, queue_id, now)
    if queue.last == NONE:
        queue.first = row_id
    else:
        rows[queue.last].after = row_id
    queue.last = row_id
    queue.length += 1
    queue.joined += 1


def join_first(queues: Table[Queue], queue_id: int, rows: Table[Linked], row_id: int, now: float) -> None:
    """Put a row at the head of a queue on day `now`."""
    queue = queues[queue_id]
    row = rows[row_id]
    row.queue = queue_id
    row.before = NONE
    row.after = queue.first
    row.joined = now
    note_length(queues, queue_id, now)
    if queue.first == NONE:
        queue.last = row_id
    else:
        rows[queue.first].before = row_id
    queue.first = row_id
    queue.length += 1
    queue.joined += 1


def leave(queues: Table[Queue], rows: Table[Linked], row_id: int, now: float) -> None:
    """Take a row out of the queue it stands in on day `now`."""
    row = rows[row_id]
    queue = queues[row.queue]
    note_length(queues, row.queue, now)
    if row.before == NONE:
        queue.first = row.after
    else:
        rows[row.before].after = row.after
    if row.after == NONE:
        queue.last = row.before
    else:
        rows[row.after].before = row.before
    row.queue = NONE
    queue.length -= 1
    queue.left += 1
    queue.waited += now - row.joined
