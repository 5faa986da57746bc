"""How much of a structure's gain over today's each ingredient brings in which it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.designs import Design, changes, structures_listed, taken, what_changes, written
from analysis.decision.holdout import HOLDOUT_FUTURES, fresh
from analysis.decision.pair import LEFT_OUT
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import CONFIDENCE, Estimate, by_structure, complete_futures, estimate
from analysis.statistics.shapley import EXACT, Coalition, coalitions, shapley
from sim.batch.run import study_of
from sim.batch.session import session
from sim.batch.study import comparing, in_blocks
from sim.scenario.structures import Structure

if TYPE_CHECKING:
    from sim.scenario import Scenario


@dataclass(frozen=True)
class Share:
    """What an `ingredient` brings of a gain; `change` says in words what becomes of it."""

    ingredient: str
    change: str
    gain: Estimate


@dataclass(frozen=True)
class Shares:
    """What each ingredient brings of the gain of `structure` over today's, in the objective's unit a year.

    Their means add up to that of `gain` to the last digit, added in their order. The intervals of the shares
    hold for all of them together. `exact` unless a few orders of the ingredients stood for all of them.
    """

    structure: str
    of: tuple[Share, ...]
    gain: Estimate
    exact: bool


def shares_of_gains(
    scenario: Scenario,
    named: str,
    designs: Sequence[Design],
    folder: Path,
    futures: int = HOLDOUT_FUTURES,
    **workers: Any,
) -> tuple[Shares, ...]:
    """The shares of each listed structure's gain, that of the design that is `named` first.

    The designs with some of the ingredients changed live through fresh futures, in a folder inside `folder`;
    `workers` are arguments of `sim.batch.session.session`. Left out are structures that differ in nothing,
    and all of them where no fresh future could be compared.
    """
    today, others = _of_whom(scenario, named, designs)
    if not others:
        return ()
    tried = _Tried([today])
    needed = {other.name: tried.columns(today, other) for other in others}
    batch = comparing(scenario.with_changes(dict(LEFT_OUT)), list(tried.as_written()))
    study = study_of(batch)
    with session(study, folder / f"shares-{study.identity[:8]}", **workers) as now:
        now.extend(in_blocks(fresh(futures)))
        rows = now.frame([batch.judged_by])
    rows = rows[rows["replication"].isin([future for _, future in fresh(futures)])]
    whole = complete_futures(rows, batch.judged_by)
    if not len(whole):
        return ()
    values = by_structure(whole, batch.judged_by, batch.structure_names)
    return tuple(_shares(today, other, values, needed[other.name]) for other in others)


def _of_whom(
    scenario: Scenario, named: str, designs: Sequence[Design]
) -> tuple[Structure, tuple[Structure, ...]]:
    """Today's structure, and those that differ from it: what is named, then what else is listed."""
    listed = structures_listed(scenario)
    today = next(structure for structure in listed if structure.name == scenario.current)
    known = {design.name: design.structure for design in designs} | {s.name: s for s in listed}
    asked = dict.fromkeys([named, *(structure.name for structure in listed)])
    others = (known[name] for name in asked if name in known)
    return today, tuple(other for other in others if changes(today, other))


@dataclass
class _Tried:
    """The designs that are needed, each once, today's first: a column of the table each."""

    all: list[Structure] = field(default_factory=list)

    def columns(self, today: Structure, other: Structure) -> dict[Coalition, int]:
        """The column of each coalition of the ingredients in which two structures differ."""
        parts = changes(today, other)
        return {
            those: self._column(taken(today, [parts[k] for k in sorted(those)], other))
            for those in coalitions(len(parts))
        }

    def _column(self, structure: Structure) -> int:
        for column, known in enumerate(self.all):
            if not changes(known, structure):
                return column
        self.all.append(structure)
        return len(self.all) - 1

    def as_written(self) -> Iterator[str | Mapping[str, Any]]:
        """Today's by its name, the others as a scenario writes them, by their numbers."""
        yield self.all[0].name
        for n, structure in enumerate(self.all[1:], start=1):
            yield written(replace(structure, name=f"design {n}"))


def _shares(today: Structure, other: Structure, values: Floats, columns: Mapping[Coalition, int]) -> Shares:
    """The shares of one structure, from what each design brings in each future (futures × designs)."""
    parts = changes(today, other)
    found = shapley({those: values[:, column] for those, column in columns.items()}, len(parts))
    each = 1 - (1 - CONFIDENCE) / len(parts)  # together for all ingredients
    gains = [estimate(found[:, k], each) for k in range(len(parts))]
    told = what_changes(Design(other, parts, True))
    of = tuple(Share(*each) for each in zip(parts, told, gains, strict=True))
    return Shares(other.name, of, _whole(found, gains), len(parts) <= EXACT)


def _whole(found: Floats, gains: Sequence[Estimate]) -> Estimate:
    """The gain that shares make up: its mean is their sum, in their order, so that nothing is left over."""
    whole = estimate(found.sum(axis=1))
    mean = list(accumulate(gain.mean for gain in gains))[-1]
    return Estimate(mean, whole.low, whole.high, whole.futures)
