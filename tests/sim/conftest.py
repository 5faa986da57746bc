"""Runs that several tests look at, lived through once."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sim.building.preparation import prepare
from sim.clocks.faults import LuckExhausted
from sim.engine import compilation
from sim.recording.recorder import Recording, record
from sim.scenario import load
from tests.whole import some_organisation

EXAMPLES = ("scaleup", "erp", "managed_services")


@pytest.fixture(autouse=True)
def _single_rules_compile_nothing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of single rules take them as plain Python: a changed rule is not compiled to be looked at. Those
    that need whole runs say so by the mark `whole_runs`.
    """
    whole_runs = request.node.get_closest_marker("whole_runs")
    if request.path.name.startswith("test_rules_") and whole_runs is None:
        monkeypatch.setattr(compilation, "UNCOMPILED", True)


@pytest.fixture(scope="session")
def runs() -> list[Recording]:
    """Recordings of examples, one too dear to go on, and of organisations in which everything happens."""
    return list(_recordings())


def _recordings() -> Iterable[Recording]:
    for name in EXAMPLES:
        prepared = prepare(
            load(f"scenarios/{name}.yaml").with_changes({"horizon_days": 200, "step_hours": 8})
        )
        yield record(prepared, prepared.structures[-1].name, 3)
    dear = {"horizon_days": 200, "step_hours": 8, "assumptions": {"member_cost": 400.0}}
    prepared = prepare(load("scenarios/scaleup.yaml").with_changes(dear))
    yield record(prepared, "merged", 3)
    for number in (*range(12), 28, 61, 197):  # in the last ones contracts are lost and a client leaves
        prepared = some_organisation(number)
        try:
            yield record(prepared, prepared.structures[0].name)
        except LuckExhausted:  # extreme: more luck needed than drawn
            continue
