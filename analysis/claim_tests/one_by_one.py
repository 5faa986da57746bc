"""The library's organisations, each by itself and as it is: nothing drawn but the luck."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.claim_tests.judge import contrast_of, of_futures, surely
from analysis.claim_tests.population import HowDrawn, Population
from analysis.statistics.compare import Estimate, estimate
from sim.batch.study import Cell

if TYPE_CHECKING:
    from analysis.claim_tests.records import Row
    from analysis.claim_tests.runs import Lived
    from sim.scenario import Scenario

_FEWEST, _MOST, _FOR = 4, 30, 15
"""Futures that each lives through at each value of a dial: one for so many organisations drawn."""

_APART = 1_000_000
"""Where the luck of these begins, so that it is none of a drawn organisation's."""


@dataclass(frozen=True)
class Library(Population):
    """The organisations of the library that a claim is put to, as they are."""

    lives: int = _FEWEST

    @property
    def futures(self) -> int:
        """Futures of each organisation at each value."""
        return self.lives

    @cached_property
    def many(self) -> int:
        """How many there are."""
        return len(self.bases)

    def drawn(self, organisation: int) -> Scenario:
        """An organisation as it is."""
        return self.base(organisation)

    def cells(self, organisations: int) -> list[Cell]:
        """Each organisation at each value under the same luck; more futures leave the first as they were."""
        variations = range(organisations * len(self.values))
        return [(variation, _APART + future) for future in range(self.lives) for variation in variations]

    def draws(self, organisations: int) -> HowDrawn:
        """None is drawn."""
        return HowDrawn(self.claim.scenario.seed, (None,) * organisations, ((),) * len(self.bases))

    @property
    def ranges(self) -> list[tuple[str, float, float]]:
        """Nothing is drawn."""
        return []

    @property
    def asks(self) -> str:
        """What tells its runs from others of the claim."""
        return "claims, the library's"


def library_of(population: Population, organisations: int) -> Library:
    """The library's organisations beside so many that are drawn."""
    lives = max(_FEWEST, min(_MOST, organisations // _FOR))
    return Library(population.claim, population.dial, lives)


@dataclass(frozen=True)
class One:
    """What an organisation of the library says of a row, alone: its contrast, and whether it surely holds."""

    name: str
    mean: Estimate
    told: Literal["surely", "surely not", "not told", "collapses"]


def each_alone(batch: Lived, row: Row) -> tuple[One, ...]:
    """What each organisation says of a row, by its own futures."""
    contrast = contrast_of(row, {name: batch.values[name] for name in row.columns}, batch.paid)
    by_future = of_futures(row, contrast)
    return tuple(
        _one(name, row, by_future[place], bool(batch.collapsed[place]))
        for place, name in enumerate(batch.names)
    )


def _one(name: str, row: Row, by_future: np.ndarray[tuple[int], np.dtype[np.float64]], lost: bool) -> One:
    mean = estimate(by_future)
    if lost or np.isnan(by_future).any():
        return One(name, mean, "collapses" if lost else "not told")
    holds, fails = (held[0] for held in surely(row, by_future[None, :]))
    return One(name, mean, "surely" if holds else "surely not" if fails else "not told")
