"""By what a contrast comes about: the same organisations and futures with one mechanism neutral at a time.

The mechanisms are those of `decision.mechanisms`; for a claim about a reorganisation, its unrest as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.claim_tests.extracts import Gathered, kept_or_gathered
from analysis.claim_tests.judge import each_of
from analysis.claim_tests.population import Population
from analysis.claim_tests.runs import Lived, Where, arranged, array_name, by_outcome_and_arm, had
from analysis.decision.mechanisms import MECHANISMS, Mechanism, Mechanisms, made_neutral, what_each_brings
from analysis.statistics.arrays import Floats, Ints
from sim.batch.session import Progress
from sim.batch.study import Cell, Study

if TYPE_CHECKING:
    from analysis.claim_tests.judge import Contrast
    from analysis.claim_tests.records import Row
    from sim.scenario import Scenario

UNREST = Mechanism(
    "unrest",
    "a reorganisation unsettles nobody",
    dict.fromkeys(("unrest_distraction", "unrest_initiative", "leave_unrest", "title_loss")),
)

_CARRIED, _FEWEST, _LOOKS = 16, 30, 3
"""One in so many of the organisations, and at least so many, begin to say what carries a difference, and how
often one looks at most.
"""

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

    def cells_of(self, organisations: Iterable[int]) -> list[Cell]:
        """The runs of these organisations of the population, each under the luck that it has there."""
        many = len(self.mechanisms)
        cells = self.population.cells_of(organisations)
        return [(of * many + number, luck) for of, luck in cells for number in range(many)]

    @property
    def study(self) -> Study:
        """What runs them."""
        own = self.population.study
        return Study(own.scenario, self, {**own.settings, "asks": "what carries claims", "neutral": self.off})

    @property
    def off(self) -> list[Any]:
        """What is set where each mechanism is neutral, in plain values."""
        return [[m.name, sorted(made_neutral(m).items())] for m in self.mechanisms]


def neutral_of(population: Population) -> Neutral:
    """A population with each mechanism neutral that can carry something in it."""
    changing = population.claim.scenario.reorganisation is not None
    return Neutral(population, (*MECHANISMS, UNREST) if changing else MECHANISMS)


def differs(finding: Contrast) -> bool:
    """Whether there is a difference that something carries: told, and more than nothing."""
    alike = finding.row.kind in ("alike", "no worse") and finding.verdict == "holds"
    return finding.verdict in _DIFFER and not alike


def many_at_a_look(organisations: int) -> list[int]:
    """How many organisations say what carries a difference, look after look, where so many were drawn.

    Each mechanism is a run more. So a sixteenth of them begins, and twice and three times as many go on for
    what cannot be told by then.
    """
    parts = (max(_FEWEST, times * organisations // _CARRIED) for times in range(1, _LOOKS + 1))
    return sorted(set(parts))


def carried(
    batch: Lived, rows: list[Row], where: Where, more: Callable[[], Progress | None]
) -> list[Mechanisms | None]:
    """What each mechanism brings to the contrast of each row, over the first of a batch that do not collapse.

    Looked at again with more of them for rows of which it cannot be told; `more` gives the progress of a
    look. The intervals hold together over all looks.
    """
    found: list[Mechanisms | None] = [None] * len(rows)
    alive = np.flatnonzero(~batch.collapsed)
    planned = many_at_a_look(batch.organisations)
    for many in planned:
        asked = [n for n, so_far in enumerate(found) if so_far is None or not so_far.told]
        if not asked or not len(alive):
            break
        brought = _looked(batch, [rows[n] for n in asked], alive[:many], len(planned), where, more())
        for n, mechanisms in zip(asked, brought, strict=True):
            found[n] = mechanisms
        if many >= len(alive):
            break
    return found


def _looked(
    batch: Lived,
    rows: list[Row],
    organisations: Ints,
    among: int,
    where: Where,
    progress: Progress | None,
) -> list[Mechanisms | None]:
    """What each mechanism brings to each row over these organisations, at one of so many looks."""
    twin, chosen = neutral_of(batch.population), [int(number) for number in organisations]
    arms = batch.population.claim.scenario.structure_names
    columns = sorted({name for row in rows for name in row.columns})

    def gather() -> Gathered:
        cells, number = twin.cells_of(chosen), batch.population.claim.number
        table, runs = had(twin.study, cells, number, where, progress, columns)
        shape, many = (len(chosen), *batch.paid.shape[1:]), len(twin.mechanisms)
        return Gathered(
            {"runs": runs},
            {
                array_name(name, arm, mechanism.name): arranged(table, arm, name, cells[place::many], shape)
                for name in columns
                for arm in arms
                for place, mechanism in enumerate(twin.mechanisms)
            },
        )

    of = {**batch.population.told_by, "neutral": twin.off, "organisations": chosen, "columns": columns}
    found = kept_or_gathered(where.folder, f"c{batch.population.claim.number:02d}-carried", of, gather)
    without = [by_outcome_and_arm(found.arrays, columns, arms, each.name) for each in twin.mechanisms]
    return [_brought(batch, row, organisations, twin.mechanisms, without, among) for row in rows]


def _brought(
    batch: Lived,
    row: Row,
    organisations: Ints,
    mechanisms: tuple[Mechanism, ...],
    without: list[dict[str, dict[str, Floats]]],
    looks: int,
) -> Mechanisms | None:
    as_it_is: Mapping[str, Mapping[str, Floats]] = {
        name: {arm: values[organisations] for arm, values in batch.values[name].items()}
        for name in row.columns
    }
    paid = batch.paid[organisations]
    gains = [each_of(row, found, paid, as_it_is) for found in (as_it_is, *without)]
    table = np.array(gains).T
    return what_each_brings(table[~np.isnan(table).any(axis=1)], mechanisms, looks)
