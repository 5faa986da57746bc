"""From drawn organisations to rules: for which of them each change of structure pays."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.change_atlas.chart import map_of
from analysis.change_atlas.files import keep
from analysis.change_atlas.result import Atlas, Region
from analysis.change_atlas.rules import grown
from analysis.change_atlas.traits import BY_TRAIT, traits_of
from analysis.claim_tests.population import Population
from analysis.claim_tests.records import Claim
from analysis.claim_tests.runs import Where, lived
from analysis.extras import need
from analysis.questionnaire.examples import library
from analysis.statistics.arrays import Floats, Ints
from sim.batch.session import Progress
from sim.batch.workers import SimulateBlock
from sim.vocabulary import NET_VALUE

if TYPE_CHECKING:
    from analysis.claim_tests.runs import Lived

DRAWN = 900
"""Organisations drawn: a third grows the rules, a third sizes them, a third tries them."""

_MARGIN = 0.01
"""Share of what the people cost below which a change is not worth it."""

_CHANGES = {
    "split": ("splitting the roles", "separated", "merged"),
    "rank": ("one person who ranks all work", "merged, one ranks all", "merged"),
    "sprints": ("sprints", "merged, in sprints", "merged"),
}
"""What the atlas asks about: what it is called, and the arms of its case, the second less the third."""


def atlas(
    *,
    organisations: int = DRAWN,
    jobs: int | None = None,
    out: Path | str = "results",
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> Atlas:
    """Say for which organisations splitting the roles pays, for which one who ranks, for which sprints.

    `organisations` are drawn as for claims; more go on from fewer. Rules, chart and facts are kept in `atlas`
    under `out`. The other arguments are those of `sim.batch.run.run_batch`. Raises MissingExtra without
    scikit-learn, ValueError for fewer than 30 organisations.
    """
    need("sklearn", "sensitivity")
    if organisations < 30:
        raise ValueError(f"{organisations} organisations say nothing: give at least 30")
    folder = Path(out) / "atlas"
    workers: dict[str, Any] = {"jobs": jobs, "executor": executor, "simulate": simulate}
    batch = lived(Population(case(), None), organisations, Where(folder, workers), progress, (NET_VALUE,))
    judged, traits = described(batch)
    return keep(atlas_of(batch, judged, traits, folder))


def case() -> Claim:
    """The arms of the atlas, as a claim that says nothing."""
    return Claim(number=0, says="", group="", rows=(), case=library() / "claims" / "atlas.yaml")


def atlas_of(batch: Lived, judged: Ints, traits: Floats, folder: Path) -> Atlas:
    """The rules and the map that a batch of drawn organisations gives, by what `described` says of it."""
    gains = {name: gains_of(batch, arm, less)[judged] for name, (_, arm, less) in _CHANGES.items()}
    regions = []
    for name, (pays, arm, less) in _CHANGES.items():
        known = ~np.isnan(gains[name])
        rules = grown(tuple(BY_TRAIT), traits[known], gains[name][known], _MARGIN)
        regions.append(Region(name, pays, arm, less, rules))
    asked = [rule for region in regions for rule in region.rules if rule.side]
    chart = map_of(tuple(BY_TRAIT), traits, gains, asked, _MARGIN)
    model, left_out = batch.population.study.identity, batch.organisations - len(judged)
    return Atlas(tuple(regions), batch.organisations, left_out, model, folder, chart)


def described(batch: Lived) -> tuple[Ints, Floats]:
    """The organisations that do not collapse, and their traits (organisations × traits)."""
    judged = np.flatnonzero(~batch.collapsed)
    found = [traits_of(batch.population.drawn(int(number))) for number in judged]
    rows = [[each[name] for name in BY_TRAIT] for each in found if each is not None]
    return judged, np.array(rows, dtype=float)


def gains_of(batch: Lived, arm: str, less: str) -> Floats:
    """What one arm brings over another in each organisation, as a share of what its people cost."""
    values = batch.values[NET_VALUE]
    by_future = (values[arm] - values[less]) / batch.paid
    mean: Floats = by_future.mean(axis=(1, 2))
    return mean
