"""The map of the atlas: over the two traits that decide most, which design is ahead in each part.

Each trait is cut where a third, and two thirds, of the organisations are below. So a board finds its tile by
three words a trait: low, middle, high. Borders are set by the traits alone, whatever the gains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from analysis.change_atlas.rules import Rule, RuleSays, told_of
from analysis.statistics.arrays import Floats, Ints
from analysis.statistics.compare import CONFIDENCE, Estimate, estimate
from analysis.statistics.doubt import mean_ranks

THIRDS = 3
"""Parts into which each of the two traits is cut."""

FEWEST_IN_A_PART = 8
"""Organisations below which a tile says nothing."""


@dataclass(frozen=True)
class Tile:
    """A part of the field, by its place `across` and `up` (0, 1, 2): what a change brings those in it."""

    across: int
    up: int
    gain: Estimate
    told: RuleSays


@dataclass(frozen=True)
class Map:
    """The two traits, `across` and `up`; each with its `borders` from the least to the greatest value; the
    tiles of each change by its name.
    """

    across: str
    up: str
    borders: Mapping[str, tuple[float, ...]]
    tiles: Mapping[str, tuple[Tile, ...]]


def map_of(
    names: Sequence[str], traits: Floats, gains: Mapping[str, Floats], rules: Sequence[Rule], margin: float
) -> Map:
    """The map of `gains` by change over `traits` (organisations × names); `margin` is what counts.

    Of a tile it is sure what an interval says that holds with those of all tiles together, probable what the
    interval of this tile alone says.
    """
    across, up = two_traits(names, traits, gains, rules)
    borders = {name: _borders(traits[:, names.index(name)]) for name in (across, up)}
    at = {name: _places(traits[:, names.index(name)], borders[name]) for name in (across, up)}
    together = 1 - (1 - CONFIDENCE) / (THIRDS**2 * len(gains))
    tiles = {
        change: tuple(
            _tile(x, y, gain[(at[across] == x) & (at[up] == y)], margin, together)
            for x, y in product(range(THIRDS), repeat=2)
        )
        for change, gain in gains.items()
    }
    return Map(across, up, borders, tiles)


def two_traits(
    names: Sequence[str], traits: Floats, gains: Mapping[str, Floats], rules: Sequence[Rule]
) -> tuple[str, str]:
    """The traits that most `rules` ask for; of those asked for as often, that with which gains go most."""
    asked = [each.trait for rule in rules for each in rule.conditions]
    goes = {name: _goes(traits[:, place], gains) for place, name in enumerate(names)}
    first, second, *_ = sorted(names, key=lambda name: (-asked.count(name), -goes[name]))
    return first, second


def _goes(trait: Floats, gains: Mapping[str, Floats]) -> float:
    """How much of the gains goes along with a trait: squares of rank correlations, summed over changes."""
    found = 0.0
    for gain in gains.values():
        known = ~np.isnan(gain)
        found += float(np.corrcoef(mean_ranks(trait[known]), mean_ranks(gain[known]))[0, 1] ** 2)
    return found


def _borders(values: Floats) -> tuple[float, ...]:
    return tuple(float(v) for v in np.quantile(values, np.linspace(0, 1, THIRDS + 1)))


def _places(values: Floats, borders: tuple[float, ...]) -> Ints:
    """In which part each value is: what is at a border belongs to the part below it."""
    return np.searchsorted(borders[1:-1], values, side="left")


def _tile(across: int, up: int, gains: Floats, margin: float, together: float) -> Tile:
    known = gains[~np.isnan(gains)]
    gain = estimate(known, together)
    told = told_of(gain, estimate(known), margin) if len(known) >= FEWEST_IN_A_PART else "not told"
    return Tile(across, up, gain, told)
