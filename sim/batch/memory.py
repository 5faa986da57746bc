"""How much memory a batch takes, by a planner's estimate, and how much this process may have.

The estimate counts rows: projects, tasks with the matters that they bring, tickets, people. It leaves out
what differs by luck, and is meant to be right by half.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario import Scenario

_MEGABYTE = 1_000_000

LOADED = 260 * _MEGABYTE
"""Bytes that the program takes once all libraries are loaded, whatever it runs."""

RESERVED = 950 * _MEGABYTE
"""Bytes of addresses that they ask the system for; most are never filled. A limit (ulimit -v) counts them."""

THREAD = 140 * _MEGABYTE
"""Bytes of addresses that a thread reserves for its stack and its own small things."""

DRAWING = 3
"""While a replication is drawn, what it draws is there so many times over."""

A_PROJECT, A_TASK, A_TICKET, A_PERSON, A_DAY, A_WORLD = 1000, 360, 112, 700, 48, 60_000
"""Bytes of rows that each brings to a world: its own, its matters' and its duties'."""

_SPREAD, WARRANTY = 8.0, 3
"""Standard deviations of tickets that are laid out beyond what is expected, and those of each project."""


def bytes_of_world(scenario: Scenario) -> float:
    """Bytes of the rows of one run."""
    projects, tasks = _work(scenario)
    people = scenario.managers + sum(team.members for team in scenario.teams)
    rows = projects * A_PROJECT + tasks * A_TASK + people * A_PERSON + scenario.horizon_days * A_DAY
    return A_WORLD + rows + (_tickets(scenario) + WARRANTY * projects) * A_TICKET


def bytes_of_batch(scenario: Scenario, jobs: int) -> float:
    """Bytes that a batch takes on `jobs` threads: a world for each structure, and what is being drawn."""
    worlds = len(scenario.structure_names) + DRAWING
    return LOADED + jobs * worlds * bytes_of_world(scenario)


def _work(scenario: Scenario) -> tuple[float, float]:
    """How many projects and tasks there are within the horizon."""
    from sim.scenario.assumptions import values

    plan, projects = scenario.plan, scenario.portfolio.projects
    planned = (len(plan.projects), len(plan.tasks)) if plan is not None else (0, 0)
    if projects is None:
        return planned
    years = scenario.horizon_days / values(scenario.assumptions)["days_a_year"]
    count = projects.at_start + projects.a_year * years
    return planned[0] + count, planned[1] + count * projects.tasks * 1.1


def _tickets(scenario: Scenario) -> float:
    services = scenario.portfolio.services
    if services is None:
        return 0.0
    likely = services.tickets_a_week / 5.0 * scenario.horizon_days
    return float(services.count * (likely + _SPREAD * likely**0.5 + 10))


def free() -> float:
    """Bytes that this process may still fill: of the machine, and of the group that it runs in."""
    return min([_of_machine(), *_of_groups()])


def allowed() -> float | None:
    """Bytes of addresses that this process may have (ulimit -v); None without a limit."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    limits = [resource.getrlimit(each)[0] for each in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]
    set_ = [limit for limit in limits if limit != resource.RLIM_INFINITY]
    return float(min(set_)) if set_ else None


def _of_machine() -> float:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        told = next(line for line in lines if line.startswith("MemAvailable"))
        return float(told.split()[1]) * 1024
    except (OSError, StopIteration, ValueError, IndexError):
        return float("inf")


_GROUPS = (
    ("", "memory.max", "memory.current"),
    ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes"),
)
"""By control of groups: the second version and the first. The folder, the limit, what is used."""


def _of_groups(root: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> list[float]:
    """What is left within each group of processes that this one is in."""
    left = []
    try:
        lines = own.read_text().splitlines()
    except OSError:
        return []
    for line in lines:
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        for folder, limit, used in _GROUPS:
            if (folder in controllers.split(",")) or (not folder and not controllers):
                left += _along(root / folder, path, limit, used)
    return left


def _along(root: Path, path: str, limit: str, used: str) -> list[float]:
    """What is left of the limits of a group and of all groups around it."""
    here = root / path.lstrip("/")
    left = []
    for folder in (here, *here.parents):
        with suppress(OSError, ValueError):  # no limit, or none of ours to see
            held = float((folder / used).read_text()) - _can_be_given_back(folder)
            left.append(float((folder / limit).read_text()) - held)
        if folder == root:
            break
    return left


def _can_be_given_back(group: Path) -> float:
    """Bytes of files that are held in memory only because there is room."""
    told = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
    return float(told.get("total_inactive_file", told.get("inactive_file", 0)))


def megabytes(size: float) -> str:
    """A size for people.

    >>> megabytes(1_234_567_890)
    '1,235 MB'
    """
    return f"{size / _MEGABYTE:,.0f} MB"


def refusal(scenario: Scenario, jobs: int | None = None) -> str | None:
    """Why a batch cannot fit, and what would; None where it fits."""
    jobs = jobs or os.cpu_count() or 1
    if _fits(scenario, jobs):
        return None
    needs = f"{scenario.name}: needs about {megabytes(bytes_of_batch(scenario, jobs))} of memory"
    most = allowed()
    there = f"{megabytes(free())} are free" + (f", this process may have {megabytes(most)}" if most else "")
    fewer = next((n for n in range(jobs - 1, 0, -1) if _fits(scenario, n)), 0)
    what = f"--jobs {fewer} would fit" if fewer else "give it fewer people, projects, tickets or days"
    return f"{needs} on {jobs} threads, and {there}; {what}"


def _fits(scenario: Scenario, jobs: int) -> bool:
    most, needed = allowed(), bytes_of_batch(scenario, jobs)
    reserved = needed - LOADED + RESERVED + jobs * THREAD
    return needed <= free() + LOADED and (most is None or reserved <= most)


def without_room() -> str | None:
    """Why not even the libraries can be loaded; None where they can."""
    most = allowed()
    if most is None or most >= RESERVED:
        return None
    told = f"this process may have {megabytes(most)} of memory (ulimit -v)"
    return f"{told}, and about {megabytes(RESERVED + THREAD)} are needed to begin with; raise the limit"
