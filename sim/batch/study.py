"""What a batch runs: scenarios that belong together, cut into blocks of cells.

A *cell* is a variation of the scenario under the luck of a replication. Every structure lives through it, or
those of a block's structures that are still in question. A *block* is a few cells that are run, and kept on
disk, together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from sim.batch.identity import identity
from sim.scenario.own_structures import OwnStructure, name_of

if TYPE_CHECKING:
    from sim.scenario import Scenario

Cell = tuple[int, int]
"""The number of a variation, and a replication."""

Block = tuple[Cell, ...]

Blocks = Mapping[int, Block]
"""Blocks by their number, which names the part that holds them: the same cells, the same number, always."""

BLOCK = 25
"""Cells in a block. Fixed: the boundaries of parts must not depend on how a batch was started."""


def their_structures(scenario: Scenario) -> tuple[str, ...]:
    """The names of a scenario's structures."""
    return scenario.structure_names


@dataclass(frozen=True)
class Study:
    """Scenarios that are run as one batch: `at` gives each by the number of its variation.

    All have the name, the seed and the structures of `scenario`. `settings` are plain values that tell, with
    the scenario, what `at` gives: two studies alike in both have the same rows. `arms` names what is lived
    through: the structures of each scenario, unless an answer needs more beside them.
    """

    scenario: Scenario
    at: Callable[[int], Scenario]
    settings: Mapping[str, object] = field(default_factory=dict)
    arms: Callable[[Scenario], tuple[str, ...]] = their_structures

    @property
    def identity(self) -> str:
        """A hash (64 hex digits) of everything that decides the bits of the results."""
        own = identity(self.scenario)
        if not self.settings:
            return own
        return hashlib.sha256(json.dumps([own, self.settings], sort_keys=True).encode()).hexdigest()

    def among(self, structures: Sequence[str]) -> Study:
        """The same scenarios with these of their structures alone; what these live through stays the same."""
        if tuple(structures) == self.arms(self.scenario):
            return self
        return replace(self, at=_Among(self.at, tuple(structures)))


@dataclass(frozen=True)
class _Among:
    """What `at` gives, with `structures` alone; a class, so that it travels to other processes."""

    at: Callable[[int], Scenario]
    structures: tuple[str, ...]

    def __call__(self, variation: int) -> Scenario:
        return among(self.at(variation), self.structures)


def among(scenario: Scenario, structures: Sequence[str]) -> Scenario:
    """The scenario with those of `structures` alone that it lists, the current one among them.

    Their luck is what it was. Left out are also a reorganisation unless it leads from one of them to another,
    and other numbers of managers for structures that are left out.
    """
    return _comparing(scenario, [item for item in scenario.structures if name_of(item) in structures])


def comparing(scenario: Scenario, structures: Sequence[str | Mapping[str, object]]) -> Scenario:
    """The scenario with `structures` in place of its own: of presets or of its own by name, or as in a file.

    The current one is the scenario's if it is among them, else the first. Luck is what it was. Raises
    ScenarioError for a name or a structure that cannot be.
    """
    own = {name_of(item): item for item in scenario.structures}
    asked = [structures] if isinstance(structures, str) else structures
    return _comparing(scenario, [own.get(item, item) if isinstance(item, str) else item for item in asked])


def _comparing(scenario: Scenario, items: Sequence[str | OwnStructure | Mapping[str, object]]) -> Scenario:
    """The scenario with these structures, without what it says of others alone."""
    written = [_content(item) if isinstance(item, OwnStructure) else item for item in items]
    names = [item if isinstance(item, str) else item.get("name") for item in written]
    change = scenario.reorganisation
    stays = change is not None and {change.from_, change.to} <= set(names)
    return scenario.with_changes(
        {
            "structures": written,
            "current": scenario.current if scenario.current in names else next(iter(names), None),
            "heads": {name: split for name, split in scenario.heads.items() if name in names},
            "unequal_managers": {n: p for n, p in scenario.unequal_managers.items() if n in names},
            **({} if stays else {"reorganisation": None}),
        }
    )


def _content(structure: OwnStructure) -> dict[str, object]:
    content: dict[str, object] = structure.model_dump(mode="python", by_alias=True, exclude_unset=True)
    return content


def grid(variations: int, replications: int) -> dict[int, Block]:
    """Blocks of every variation x replication; the variations take turns, so that what is done is balanced.

    More replications leave the blocks before them as they were.
    """
    blocks: dict[int, Block] = {}
    for start in range(0, replications, BLOCK):
        futures = range(start, min(start + BLOCK, replications))
        for variation in range(variations):
            blocks[len(blocks)] = tuple((variation, replication) for replication in futures)
    return blocks


def in_blocks(cells: Sequence[Cell]) -> dict[int, Block]:
    """Cells in their order, cut into blocks; more cells at the end leave all but the last block as it was."""
    return {n: tuple(cells[start : start + BLOCK]) for n, start in enumerate(range(0, len(cells), BLOCK))}


def by_variation(block: Block) -> Iterator[tuple[int, list[int]]]:
    """The variations of a block, each with its replications in their order."""
    for variation, cells in groupby(block, key=lambda cell: cell[0]):
        yield variation, [replication for _, replication in cells]
