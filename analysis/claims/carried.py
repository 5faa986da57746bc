"""By what a contrast comes about: the same organisations and futures with one mechanism neutral at a time.

The mechanisms are those of `decision.mechanisms`; for a claim about a reorganisation, its unrest as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.claims.judge import each_of
from analysis.claims.population import Population
from analysis.claims.runs import Lived, Where, arranged, had
from analysis.decision.mechanisms import MECHANISMS, Mechanism, Mechanisms, made_neutral, what_each_brings
from sim.batch.session import Progress
from sim.batch.study import Cell, Study

if TYPE_CHECKING:
    from analysis.claims.judge import Contrast
    from analysis.claims.records import Row
    from sim.scenario import Scenario

Floats = np.ndarray[Any, Any]

UNREST = Mechanism(
    "unrest",
    "a reorganisation unsettles nobody",
    dict.fromkeys(("unrest_distraction", "unrest_initiative", "leave_unrest", "title_loss")),
)

_DIFFER = ("holds", "the reverse holds", "holds above", "holds below")


@dataclass(frozen=True)
class Neutral:
    """A population with a mechanism neutral at a time: variation `v × mechanisms + m` is v with m neutral.

    It travels to other processes.
    """

    population: Population
    mechanisms: tuple[Mechanism, ...]

    def __call__(self, variation: int) -> Scenario:
        """An organisation with a mechanism neutral."""
        of, number = divmod(variation, len(self.mechanisms))
        found = self.population(of)
        own = made_neutral(self.mechanisms[number])
        return found.model_copy(update={"assumptions": {**found.assumptions, **own}})

    def cells(self, organisations: int) -> list[Cell]:
        """The runs of the population's first organisations, each under the luck that it has there."""
        many = len(self.mechanisms)
        cells = self.population.cells(organisations)
        return [(of * many + number, luck) for of, luck in cells for number in range(many)]

    @property
    def study(self) -> Study:
        """What runs them."""
        off = [[m.name, sorted(made_neutral(m).items())] for m in self.mechanisms]
        own = self.population.study
        return Study(own.scenario, self, {**own.settings, "asks": "what carries claims", "neutral": off})


def neutral_of(population: Population) -> Neutral:
    """A population with each mechanism neutral that can carry something in it."""
    changing = population.claim.scenario.reorganisation is not None
    return Neutral(population, (*MECHANISMS, UNREST) if changing else MECHANISMS)


def differs(finding: Contrast) -> bool:
    """Whether there is a difference that something carries: told, and more than nothing."""
    alike = finding.row.kind in ("alike", "no worse") and finding.verdict == "holds"
    return finding.verdict in _DIFFER and not alike


def carried(
    batch: Lived, rows: list[Row], organisations: int, where: Where, progress: Progress | None
) -> list[Mechanisms | None]:
    """What each mechanism brings to the contrast of each row, over the first organisations of a batch."""
    twin = neutral_of(batch.population)
    cells, arms = twin.cells(organisations), batch.population.claim.scenario.structure_names
    columns = sorted({name for row in rows for name in row.columns})
    table = had(twin.study, cells, batch.population.claim.number, where, progress, columns)
    many = len(twin.mechanisms)
    shape = (organisations, *batch.paid.shape[1:])
    without = [
        {
            name: {arm: arranged(table, arm, name, cells[number::many], shape) for arm in arms}
            for name in columns
        }
        for number in range(many)
    ]
    return [_brought(batch, row, twin.mechanisms, without) for row in rows]


def _brought(
    batch: Lived,
    row: Row,
    mechanisms: tuple[Mechanism, ...],
    without: list[dict[str, dict[str, Floats]]],
) -> Mechanisms | None:
    organisations = len(next(iter(without[0][row.outcomes[0]].values())))
    as_it_is: Mapping[str, Mapping[str, Floats]] = {
        name: {arm: values[:organisations] for arm, values in batch.values[name].items()}
        for name in row.columns
    }
    paid = batch.paid[:organisations]
    gains = [each_of(row, found, paid, as_it_is) for found in (as_it_is, *without)]
    table = np.array(gains).T
    judged = ~batch.collapsed[:organisations] & ~np.isnan(table).any(axis=1)
    return what_each_brings(table[judged], mechanisms)
