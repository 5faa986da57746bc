"""Each source of luck has a stream of its own: change one, and what it is about changes, and nothing else.

This is what is drawn before a run; for the luck of events see `test_event_luck`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.scenario import load
from sim.world import World
from sim.world.luck import ON_TOP, OWN_STREAMS, stream

ROOT = Path(__file__).parents[2]
OF_ON_TOP = OWN_STREAMS[ON_TOP]

OF_WORK = {
    *("stages", "arrivals", "projects", "estimates", "networks", "needs", "teams"),
    *("biases", "exact estimates", "errors"),
    *(f"{OF_ON_TOP}{name}" for name in ("arrivals", "projects", "estimates", "networks", "needs", "teams")),
    *(f"{OF_ON_TOP}{name}" for name in ("clients", "values", "biases", "exact estimates", "errors")),
}
"""Sources that say which projects and tasks there are; rows of these lie elsewhere then, luck and all."""

OF_ONE_THING = {
    "clients": {"projects.client", "tickets.client"},
    "values": {"projects.value", "projects.weight", "clock.opening_value"},
    "members": {"members.productivity"},
    "talents": {"members.speciality"},
    "specialities": {"tasks.speciality"},
    "exceptions": {"tasks.gap"},
    "changes": {"projects.change_gap"},
    "contracts": {"projects.contract"},
    "terms": {"services.ends"},
    "renewals": {"services.renewal"},
    "tickets": {"tickets.gap"},
    "severities": {"tickets.severe", "tickets.allowed"},
    "ticket efforts": {"tickets.effort", "tickets.remaining"},
    "warranty": {"tickets.effort"},
    "departures": {"clients.threshold"},
    "promises": {"projects.promise"},
    "misunderstandings": {"projects.confusion_gap"},
    "misunderstandings of teams": {"teams.confusion_gap"},
    "absences of members": {"members.absent_from"},
    "departures of members": {"members.gap"},
    "absences of managers": {"managers.absent_from"},
    "departures of managers": {"managers.gap"},
    "risks": {"risks.strikes_at"},
    "risks: impacts": {"risks.impact"},
    "team risks": {"risks.strikes_at"},
    "team risks: impacts": {"risks.impact"},
}
"""The fields that a source fills."""

_APART = ("specialities", "exceptions", "changes", "contracts", "warranty", "promises", "misunderstandings")
OF_ONE_THING |= {
    f"{OF_ON_TOP}{name}": OF_ONE_THING[name] for name in (*_APART, "risks", "risks: impacts")
}  # of what comes on top of the plan, in its own rows

NEVER_OF_WORK = ("members.", "managers.", "clients.", "services.")
"""Tables of people, clients and contracts: whatever work there is, these are the same."""

Stream = Callable[[int, int, str], np.random.Generator]


def source(name: str) -> str:
    """The source of a stream; long rows are drawn in blocks, each a stream with its place in its name."""
    return re.sub(r" \d+$", "", name)


def bits(world: World) -> dict[str, bytes]:
    """Every field of every table, to the bit."""
    found = {}
    for name, table in world._asdict().items():
        if table is not None:
            for field in table.dtype.names or ("",):
                found[f"{name}.{field}"] = (table[field] if field else table).tobytes()
    return found


def drawn(drawing: Stream = stream) -> dict[str, bytes]:
    """All that is drawn for the example before its first day, managers' own luck included."""
    users = [module for name, module in sys.modules.items() if name.startswith("sim.")]
    with pytest.MonkeyPatch.context() as patch:
        for module in users:
            if getattr(module, "stream", None) is stream:
                patch.setattr(module, "stream", drawing)
        paid = {"on_delivery": 0.5, "by_milestone": 0.5}
        changes = {"horizon_days": 100, "assumptions.extra_projects": 2.0, "portfolio.paid": paid}
        scenario = load(ROOT / "scenarios" / "scaleup.yaml").with_changes(changes)
        prepared = prepare(scenario)  # anew: managers' seats are kept
        return bits(organise(prepared, draw_base(prepared, 0), "merged"))


@cache
def streams() -> tuple[str, ...]:
    """The names of all streams that are drawn, in order."""
    names: list[str] = []

    def noting(seed: int, replication: int, name: str) -> np.random.Generator:
        names.append(name)
        return stream(seed, replication, name)

    drawn(noting)
    return tuple(names)


@cache
def as_it_is() -> dict[str, bytes]:
    return drawn()


def changed_by(this: str) -> set[str]:
    """Fields that are different if one source is, in all its blocks."""

    def other(seed: int, replication: int, name: str) -> np.random.Generator:
        return stream(seed, replication, f"other {name}" if source(name) == this else name)

    before, after = as_it_is(), drawn(other)
    return {field for field in before | after if before.get(field) != after.get(field)}


def test_no_two_things_are_drawn_from_one_stream() -> None:
    twice = [name for name, times in Counter(streams()).items() if times > 1]
    assert not twice


def test_every_source_is_looked_at() -> None:
    assert {source(name) for name in streams()} == OF_WORK | set(OF_ONE_THING)


@pytest.mark.parametrize("this", OF_ONE_THING)
def test_another_luck_of_one_source_changes_what_it_is_about_and_nothing_else(this: str) -> None:
    assert changed_by(this) == OF_ONE_THING[this]


@pytest.mark.parametrize("this", sorted(OF_WORK))
def test_other_work_meets_the_same_people_clients_and_contracts(this: str) -> None:
    changed = changed_by(this)
    assert changed
    assert not {field for field in changed if field.startswith(NEVER_OF_WORK)}
