"""The roles told apart from the rest at one position: what `decide` answers there from its first futures.

The surface knows the structures that are listed. To tell splitting the roles from, say, one who ranks takes
today's structure with each single ingredient as well: two or three times as many runs. So it is lived through
when somebody asks for it, under the luck that `decide` begins with, and told in the words of `decide`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.decision.designs import Design, designs, written
from analysis.decision.judgement import judge, verdict_of
from analysis.decision.steps import brought_by
from sim.batch.study import comparing
from sim.safety.names import legible

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.vocabulary import RunEnd

TOLD_AFTER = (50, 100, 200)
"""Futures after which it is told; `decide` begins with as many as the last. Intervals hold at all."""


def all_designs(scenario: Scenario) -> tuple[Scenario, tuple[Design, ...]]:
    """The designs that `decide` chooses from, and a scenario that compares them all."""
    found = designs(scenario)
    return comparing(scenario, [d.name if d.listed else written(d.structure) for d in found]), found


def told(scenario: Scenario, found: Sequence[Design], rows: Sequence[RunEnd]) -> dict[str, Any]:
    """What `decide` would say of the scenario from these runs of all its designs, as plain values."""
    import pandas as pd

    frame = pd.DataFrame(
        [
            {
                "scenario": scenario.name,
                "structure": structure,
                "replication": number,
                "error": error,
                **(ended or {}),
            }
            for structure, number, ended, error in rows
        ]
    )
    judged = judge(frame, scenario, designs=found)
    verdict = verdict_of(scenario, judged)
    return {
        "futures": judged.comparison.futures,
        "question": legible(verdict.question),
        "said": legible(verdict.paragraphs[0]),
        "steps": [[legible(cell) for cell in row] for row in brought_by(judged)],
    }
