"""How the rows of a replication become a world ready to run: the people and matters of a structure."""

from __future__ import annotations

import numpy as np

from sim import world as w
from sim.building.absences import draw_departures, draw_talents
from sim.building.preparation import Prepared
from sim.engine.compilation import entry_point
from sim.scenario.structures import TEAM, Structure
from sim.world import Rows
from sim.world.copies import laid_out

CHANGING = (
    *("clock", "teams", "dependencies", "members", "projects", "tasks", "pools", "engagements", "partners"),
    "holds",
    *("risks", "services", "tickets", "clients"),
)
"""Tables of a replication that a run changes, so that each structure gets its own copy."""


_RANKS = {"nobody": w.RANKS_NOBODY, "own": w.RANKS_OWN, "one": w.RANKS_ONE, "board": w.RANKS_BOARD}


_DEALT = {"by_lot": w.BY_LOT, "by_aptitude": w.BY_APTITUDE}
_CHOSEN = {"by_name": w.CHOSEN_BY_NAME, "by_experience": w.CHOSEN_BY_EXPERIENCE}


AT_HAND = 1
"""Rows of matters beyond one for each responsibility and each task: the one that is just being handled has
its row to the end, and may be followed by another about the same."""


def _seats(prepared: Prepared, count: int, replication: int) -> Rows:
    """Managers as they are at the start: the same luck for structures with as many of them."""
    kept = prepared.seats.get(count)
    if kept is None or kept[0] != replication:
        seats = np.zeros(count, w.Manager.dtype)
        draw_departures(prepared.scenario.seed, prepared.values, seats, replication, "managers")
        draw_talents(prepared.scenario.seed, prepared.values, seats, replication)
        kept = prepared.seats[count] = replication, seats
    return kept[1]


def _people(roles: Rows) -> int:
    """How many people hold roles."""
    return max((int(role["first_post"] + role["count"]) for role in roles), default=0)


def organise(prepared: Prepared, base: w.World, structure: str) -> w.World:
    """A world ready to run: a copy of the base rows, with the people and matters of a structure."""
    roles = prepared.staffing[structure]["roles"]
    managers = max(_people(roles), _people(prepared.staffing[structure]["next_roles"]))
    queues = w.FIRST_TEAM_QUEUE + len(base.teams) * w.QUEUES_A_TEAM + len(base.pools) + managers
    responsibilities = w.N_DUTIES * (len(base.projects) + len(base.teams))
    responsibilities += len(base.services) + len(base.clients) + managers
    matters = responsibilities + len(base.tasks) + AT_HAND
    seats = _seats(prepared, managers, int(base.clock["replication"][0]))
    changing = {name: getattr(base, name) for name in CHANGING}
    blank = {
        "history": prepared.scenario.horizon_days, "experience": (managers + len(base.teams)) * w.N_DUTIES,
        "posts": managers,
        "links": managers * (managers - 1) // 2, "accounts": len(base.accounts) * max(1, len(roles)),
        "responsibilities": responsibilities, "due": responsibilities,
        "matters": matters, "free_rows": matters,
        "counts": w.N_DUTIES, "waits": w.N_DUTIES * w.WAIT_BINS,
        "queues": queues, "shared": len(base.shared) + 2 * managers,
    }  # fmt: skip
    tables = laid_out(
        changing | prepared.staffing[structure] | {"managers": seats},
        {name: (length, w.DTYPES[name]) for name, length in blank.items()},
    )
    world = w.world_of(base._asdict() | tables)
    tables["accounts"][:] = w.NONE
    _set_cadence(prepared, tables["clock"], prepared.structure(structure))
    _set_phases(tables["clock"], tables["teams"], prepared.structure(structure))
    entry_point("staff")(world)
    return world


def _set_cadence(prepared: Prepared, clock: Rows, structure: Structure) -> None:
    """What rules are told of a structure, and of the one that follows it, with the day of the change."""
    clock["reorganise_on"] = -1.0
    for prefix, one in (("", structure), ("next_", structure.successor)):
        if one is not None:
            for key, value in _ingredients(prepared, one).items():
                clock[f"{prefix}{key}"] = value
    clock["dealt"] = _DEALT[prepared.scenario.deal_roles]
    clock["announced_on"] = clock["took_over_on"] = -1.0
    if structure.successor is not None:
        clock["reorganise_on"] = structure.change_day
        clock["chosen"] = _CHOSEN[structure.chosen]
        if structure.announced is not None:
            clock["announced_on"] = max(0, structure.change_day - structure.announced)


def _set_phases(clock: Rows, teams: Rows, structure: Structure) -> None:
    """When which teams go over to the structure that follows: all at once, or some at a time in order."""
    if structure.successor is None:
        return
    at_a_time, every = structure.phased or (len(teams), 0)
    teams["over_on"] = structure.change_day + every * (np.arange(len(teams)) // at_a_time)
    clock["changed_on"] = teams["over_on"].max()


def _ingredients(prepared: Prepared, structure: Structure) -> dict[str, float]:
    """The ingredients of a structure as the clock's fields, all but the roles."""
    usual = structure.sprint_days or prepared.values["sprint_days"]
    ranking = structure.ranking_role
    return {
        "sprint_days": usual if structure.rhythm == "sprints" else 0.0,
        "cover": structure.cover,
        "help": structure.help,
        "ranks": _ranks(structure),
        "ranking_role": structure.roles.index(ranking) if ranking else w.NONE,
        "intake_limit": (structure.intake_limit or 0) if structure.intake == "when there is room" else 0,
    }


def _ranks(structure: Structure) -> int:
    """Who ranks, as a code: where nobody does and teams hold `resources`, each orders its own line."""
    if structure.ranked == "nobody" and structure.holders["resources"] == TEAM:
        return w.RANKS_TEAM
    return _RANKS[structure.ranked]
