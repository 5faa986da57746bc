"""Each source of luck has a stream of its own: change one, and what it is about changes, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from sim import luck
from sim.build import draw_base, organise, prepare
from sim.luck import stream
from tests.sim.test_luck import DRAWERS, bits, scale_up

OF_WORK = {
    *("stages", "arrivals", "projects", "estimates", "networks", "needs", "teams"),
    *("biases", "exact estimates", "errors"),
}
"""Sources that say which projects and tasks there are; rows of these lie elsewhere then, luck and all."""

OF_ONE_THING = {
    "clients": {"projects.client", "tickets.client"},
    "values": {"projects.value", "projects.weight", "matters.weight"},
    "members": {"members.productivity"},
    "talents": {"members.speciality"},
    "specialities": {"tasks.speciality"},
    "exceptions": {"exceptions.gap", "tasks.gap"},
    "exception kinds": {"exceptions.kind"},
    "exception sizes": {"exceptions.size"},
    "answers": {"exceptions.answer"},
    "change gap": {"changes.gap", "projects.change_gap"},
    "change size": {"changes.size"},
    "terms": {"services.ends"},
    "renewals": {"services.renewal"},
    "tickets": {"tickets.gap"},
    "severities": {"tickets.severe", "tickets.allowed"},
    "ticket efforts": {"tickets.effort", "tickets.remaining"},
    "warranty": {"tickets.effort"},
    "departures": {"clients.threshold"},
    "promises": {"projects.promise"},
    "misunderstandings": {"confusions.gap", "projects.confusion_gap"},
    "misunderstanding kinds": {"confusions.kind"},
    "spare misunderstandings": {"confusions.gap"},
    "spare misunderstanding kinds": {"confusions.kind"},
    "absences of members": {"spells.begins", "members.absent_from"},
    "lengths of absences of members": {"spells.days"},
    "departures of members": {"persons.gap", "members.gap"},
    "successors of members": {"persons.productivity"},
    "specialities of members": {"persons.speciality"},
    "absences of managers": {"manager_spells.begins", "managers.absent_from"},
    "lengths of absences of managers": {"manager_spells.days"},
    "departures of managers": {"manager_persons.gap", "managers.gap"},
    "successors of managers": {"manager_persons.productivity"},
    "specialities of managers": {"manager_persons.speciality"},
    "risks": {"risks.threshold"},
    "risks: impacts": {"risks.impact"},
    "team risks": {"risks.threshold"},
    "team risks: impacts": {"risks.impact"},
}
"""The fields that a source fills."""

NEVER_OF_WORK = ("members.", "spells.", "persons.", "manager", "clients.", "services.")
"""Tables of people, clients and contracts: whatever work there is, these are the same."""

Stream = Callable[[int, int, str], np.random.Generator]


def source(name: str) -> str:
    """The source of a stream; long rows are drawn in blocks, each a stream with its place in its name."""
    return re.sub(r" \d+$", "", name)


def drawn(drawing: Stream = stream) -> dict[str, bytes]:
    """All that is drawn for the example before its first day, managers' own luck included."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (*DRAWERS, luck):
            patch.setattr(module, "stream", drawing)
        prepared = prepare(scale_up(horizon_days=100))  # anew: managers' seats are kept
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
