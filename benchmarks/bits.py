"""Whether a change of the code changes any result: digests of some hundred runs, on both clocks.

    python -m benchmarks.bits > before.txt
    python -m benchmarks.bits | diff before.txt -     after the change

A line each: what was run, and a digest of all outcomes of its runs, to the last bit. Scenarios of the library
in steps of an hour and of a day, every preset, a reorganisation, plans, a sweep; some runs on the Mesa clock.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.building.preparation import prepare
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.clocks.simulate import simulate_block
from sim.outcomes.reduce import reduce_run
from sim.scenario import Scenario, load
from sim.scenario.structures import PRESETS
from sim.scenario.sweep import variations

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "scenarios" / "scaleup.yaml"
DAYS = 60  # on the Mesa clock

Outcomes = Mapping[str, Any]


def digest(runs: Iterable[Outcomes]) -> str:
    """Of every outcome of every run, by name, to the last bit."""
    sha = hashlib.sha256()
    for outcomes in runs:
        for name in sorted(outcomes):
            sha.update(name.encode() + struct.pack("<d", float(outcomes[name])))
    return sha.hexdigest()[:16]


def compiled(scenario: Scenario, futures: int) -> str:
    """The digest of compiled runs: of every structure, in some futures."""
    rows = simulate_block(prepare(scenario), range(futures))
    return digest(outcomes or {"failed": 0.0} for _, _, outcomes, _ in rows)


def by_agents(scenario: Scenario, structure: str) -> str:
    """The digest of one run on the Mesa clock, or of its first days."""
    model = DeliveryOrganisation(scenario, structure, 0)
    model.run(DAYS)
    return digest([reduce_run(model.tables())])


def lines() -> Iterator[tuple[str, str]]:
    """What was run, and its digest."""
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        scenario = load(path)
        for hours, futures in ((1, 1), (8, 4)):
            yield f"{path.stem}, {hours} h", compiled(scenario.with_changes({"step_hours": hours}), futures)
    example = load(EXAMPLE).with_changes({"step_hours": 8})
    yield "every preset", compiled(example.with_changes({"structures": list(PRESETS)}), 4)
    change = {"from": "merged", "to": "separated", "day": 60}
    reorganised = example.with_changes({"structures": ["merged", "separated"], "reorganisation": change})
    yield "a reorganisation", compiled(reorganised, 4)
    swept = example.with_changes(
        {"vary": {"managers": [4, 8], "portfolio.projects.change_a_month": [0.0, 0.1]}}
    )
    for variation in variations(swept):
        yield f"a sweep, {dict(variation.changes)}", compiled(variation.scenario, 3)
    for structure in PRESETS:
        every = example.with_changes({"structures": [structure], "current": structure})
        yield f"Mesa, {structure}, 8 h", by_agents(every, structure)
    yield "Mesa, 2 h", by_agents(load(EXAMPLE).with_changes({"step_hours": 2}), "separated")


def main() -> None:
    """Print the lines."""
    for what, bits in lines():
        print(f"{bits}  {what}", flush=True)


if __name__ == "__main__":
    main()
