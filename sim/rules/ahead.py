"""Rows that will be needed soon are asked for ahead of time, so that memory works while the day goes on.

The processor's caches do not hold the rows of a thousand people. In a queue each row tells where the next one
is, so that whoever walks along it waits for memory row by row. While one manager or team acts, rows of those
who act after it are fetched, each fetch reading only rows that were fetched in turns before. Worlds are the
same without it, and small organisations do without.
"""

from typing import Any

from sim.rules.tasks import queue_of_team
from sim.world import READY_QUEUE, ROSTER_QUEUE, World

MANY_MEMBERS = 1000  # rows of fewer stay near the processor from one day to the next
TURNS = 3  # how far ahead


def fetch(table: Any, row_id: int) -> None:
    """Ask for the first cache lines of a row, and do not wait. Nothing happens if there is no such row.

    Compiled to an instruction of the processor; in Python there is nothing to do.
    """


def fetch_ends(queues: Any, queue_id: int, rows: Any) -> None:
    """Ask for the first and the last row of a queue."""
    fetch(rows, queues[queue_id].first)
    fetch(rows, queues[queue_id].last)


def fetch_second(queues: Any, queue_id: int, rows: Any) -> None:
    """Ask for those next to them; of an empty queue, for any."""
    fetch(rows, rows[max(0, queues[queue_id].first)].after)
    fetch(rows, rows[max(0, queues[queue_id].last)].before)


def fetch_third(queues: Any, queue_id: int, rows: Any) -> None:
    """Ask for those next to these."""
    fetch(rows, rows[max(0, rows[max(0, queues[queue_id].first)].after)].after)
    fetch(rows, rows[max(0, rows[max(0, queues[queue_id].last)].before)].before)


def fetch_members(world: World, team_id: int) -> None:
    """Ask for a team's members: most stand one after the other."""
    roster = world.queues[queue_of_team(team_id, ROSTER_QUEUE)]
    for k in range(roster.length):
        fetch(world.members, roster.first + k)


def fetch_tasks_at_hand(world: World, team_id: int) -> None:
    """Ask for the tasks that a team's members work on."""
    roster = world.queues[queue_of_team(team_id, ROSTER_QUEUE)]
    member_id = int(roster.first)
    for _ in range(roster.length):
        fetch(world.tasks, world.members[member_id].task)
        member_id = int(world.members[member_id].after)


def fetch_projects_at_hand(world: World, team_id: int) -> None:
    """Ask for the projects of these tasks."""
    roster = world.queues[queue_of_team(team_id, ROSTER_QUEUE)]
    member_id = int(roster.first)
    for _ in range(roster.length):
        fetch(world.projects, world.tasks[max(0, world.members[member_id].task)].project)
        member_id = int(world.members[member_id].after)


def is_large(world: World) -> bool:
    """Whether there are so many people that it is worth the while (and tasks, for their rows are read)."""
    return len(world.members) >= MANY_MEMBERS and len(world.tasks) > 0


def before_manager(world: World, manager_id: int) -> None:
    """While a manager acts: the in-trays of the next ones."""
    if is_large(world) and manager_id + TURNS < len(world.managers):
        tray = world.clock[0].first_tray + manager_id
        fetch_third(world.queues, tray + 1, world.matters)
        fetch_second(world.queues, tray + 2, world.matters)
        fetch_ends(world.queues, tray + TURNS, world.matters)


def before_team(world: World, team_id: int) -> None:
    """While a team works: the lines of the next ones, and what their members have in hand."""
    if is_large(world) and team_id + TURNS < len(world.teams):
        fetch_projects_at_hand(world, team_id + 1)
        fetch_third(world.queues, queue_of_team(team_id + 1, READY_QUEUE), world.tasks)
        fetch_tasks_at_hand(world, team_id + 2)
        fetch_second(world.queues, queue_of_team(team_id + 2, READY_QUEUE), world.tasks)
        fetch_members(world, team_id + TURNS)
        fetch_ends(world.queues, queue_of_team(team_id + TURNS, READY_QUEUE), world.tasks)
