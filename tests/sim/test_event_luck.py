"""The luck of what happens in a run hangs on what is struck and how often before, and on nobody's doing."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import borders, clients, delegation, exceptions, people, scope, sponsor
from sim.rules.luck import luck_of
from sim.scenario import Scenario, load
from sim.world.codes import (
    CHANGES,
    CLIENT_GIVES_UP,
    CONFUSIONS,
    ESCALATIONS,
    EXCEPTIONS,
    MANAGERS_AWAY,
    MANAGERS_LEAVE,
    MEMBERS_AWAY,
    MEMBERS_LEAVE,
    SPONSOR_DECIDES,
)
from sim.world.luck import luck_of_run
from sim.world.philox import exponential, normal, philox, share
from tests.sim.small import plant_luck

SOURCES = (
    *(EXCEPTIONS, CHANGES, CONFUSIONS, MEMBERS_AWAY, MEMBERS_LEAVE, MANAGERS_AWAY, MANAGERS_LEAVE),
    *(CLIENT_GIVES_UP, ESCALATIONS, SPONSOR_DECIDES),
)
ALL_ONES = 0xFFFFFFFF
PI = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344)

Event = tuple[int, int, int]
"""Source, row, and how many times before."""


@pytest.mark.parametrize(
    ("key", "counter", "expected"),
    [
        ((0, 0), (0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ALL_ONES,) * 2, (ALL_ONES,) * 4, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        ((0xA4093822, 0x299F31D0), PI, (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
    ],
    ids=["nought", "ones", "pi"],
)
def test_the_generator_gives_the_numbers_that_its_authors_published(
    key: tuple[int, int], counter: tuple[int, int, int, int], expected: tuple[int, ...]
) -> None:
    """The known answers of philox4x32-10 in Random123, the library of Salmon et al."""
    assert philox(*key, *counter) == expected


def numbers(seed: int = 1, replication: int = 0, rows: int = 2000, times: int = 5) -> np.ndarray[Any, Any]:
    """What the events of each source bring, 0-1: sources x rows x times x 4."""
    key = luck_of_run(seed, replication)
    drawn = [
        [[philox(*key, source, row, k, 0) for k in range(times)] for row in range(rows)] for source in SOURCES
    ]
    return np.vectorize(share)(np.array(drawn))


def test_the_luck_of_events_is_even_and_says_nothing_about_the_next() -> None:
    luck = numbers()
    for column in range(4):
        assert stats.kstest(luck[..., column].ravel(), "uniform").pvalue > 1e-4
    limit = 5.0 / np.sqrt(luck[0, ..., 0].size)
    pairs = {
        "of the same event": (luck[0, ..., 0], luck[0, ..., 1]),
        "of the same row's next": (luck[0, :, :-1, 0], luck[0, :, 1:, 0]),
        "of the next row": (luck[0, :-1, :, 0], luck[0, 1:, :, 0]),
        "of another source": (luck[0, ..., 0], luck[1, ..., 0]),
        "of the next replication": (luck[0, ..., 0], numbers(replication=1)[0, ..., 0]),
        "of the next seed": (luck[0, ..., 0], numbers(seed=2)[0, ..., 0]),
    }
    for what, (one, other) in pairs.items():
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < limit, what
    assert len(np.unique(luck)) > 0.999 * luck.size, "32 bits each: a few are equal by chance"


def test_waits_are_exponential_and_newcomers_normal() -> None:
    luck = numbers()
    waits = [exponential(one) for one in luck[0, ..., 0].ravel()]
    assert stats.kstest(waits, "expon").pvalue > 1e-4
    people_ = [normal(one, other) for one, other in luck[1, ..., :2].reshape(-1, 2)]
    assert stats.kstest(people_, "norm").pvalue > 1e-4


def test_a_word_is_never_quite_nothing_and_never_all() -> None:
    assert 0.0 < share(0) < share(ALL_ONES) < 1.0
    assert 0.0 < exponential(share(ALL_ONES)) < exponential(share(0)) < 30.0


# --- in a run ----------------------------------------------------------------------------------------------


def scale_up(**changes: Any) -> Scenario:
    given = {"attrition": 0.6, "clarity": 0.5}
    changes = {"horizon_days": 250, "step_hours": 8, "assumptions": given, **changes}
    return load("scenarios/scaleup.yaml").with_changes(changes)


def events(scenario: Scenario, structure: str) -> dict[Event, tuple[float, ...]]:
    """What every event of a run brought."""
    met: dict[Event, tuple[float, ...]] = {}

    def noting(world: Any, source: int, row: int, times: int) -> tuple[float, float, float, float]:
        assert (source, row, times) not in met, "no luck is met twice"
        met[source, row, times] = luck = luck_of(world, source, row, times)
        return luck

    with pytest.MonkeyPatch.context() as watched:
        for module in (borders, clients, delegation, exceptions, people, scope, sponsor):
            plant_luck(watched, module, noting)
        DeliveryOrganisation(scenario, structure).run()
    return met


def test_every_structure_meets_the_same_luck_each_piece_once_and_in_order() -> None:
    scenario = scale_up()
    merged, separated = (events(scenario, name) for name in ("merged", "separated"))
    for met in (merged, separated):
        assert {source for source, _, _ in met} == set(SOURCES), "everything happened"
        times = defaultdict(list)
        for source, row, k in met:
            times[source, row].append(k)
        assert all(found == list(range(len(found))) for found in times.values())
    both = merged.keys() & separated.keys()
    assert both and merged.keys() != separated.keys(), "structures meet different parts of it"
    assert all(merged[event] == separated[event] for event in both)


def test_what_is_assumed_about_work_changes_when_luck_strikes_not_what_it_brings() -> None:
    """So two futures that differ in an assumption are compared under the same luck."""
    few, many = (events(scale_up(assumptions={"exception_rate": rate}), "merged") for rate in (0.004, 0.012))
    both = few.keys() & many.keys()
    assert len(many) > len(both) > 100
    assert all(few[event] == many[event] for event in both)


def test_no_run_can_use_the_luck_of_its_events_up() -> None:
    worst = {"exception_rate": 0.5, "clarity": 0.0, "attrition": 0.9, "absence_days": 60}
    model = DeliveryOrganisation(scale_up(assumptions=worst, horizon_days=300), "separated")
    model.run(days=300)
    assert model.world.clock[0].now == 300
    assert max(task.exceptions for task in model.world.tasks) > 20
    assert max(project.confusions for project in model.world.projects) > 100
