"""The record of the atlas."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.change_atlas.chart import Map
from analysis.change_atlas.rules import Rule
from analysis.figures.exhibit import Exhibit, Told

ATLAS_QUESTION = "For which organisations does it pay?"


@dataclass(frozen=True)
class Region:
    """A change of structure, `less` today's: for whom it pays, by `rules` of which each organisation
    meets one.

    `pays` is what the change is called in a sentence.
    """

    name: str
    pays: str
    arm: str
    less: str
    rules: tuple[Rule, ...]

    @property
    def right(self) -> tuple[float, int]:
        """How often the rules that say something were right on organisations held out, and on how many."""
        said = [(rule.right, rule.tried) for rule in self.rules if rule.right is not None]
        tried = sum(of for _, of in said)
        return (sum(right * of for right, of in said) / tried if tried else 0.0), tried


@dataclass(frozen=True, repr=False)
class Atlas(Exhibit):
    """For which organisations each change pays; from so many `organisations`, of which `left_out` collapse
    whoever leads them. `chart` is the map over two traits, where there is one; `text` says it in words.
    """

    regions: tuple[Region, ...]
    organisations: int
    left_out: int
    model: str
    folder: Path
    chart: Map | None = None
    text: str = ""
    files: tuple[Path, ...] = ()

    def told(self) -> Told:
        """What there is to show."""
        return Told(ATLAS_QUESTION, self.text, self.files)

    def __str__(self) -> str:
        return self.text
