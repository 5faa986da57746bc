"""Comparisons side by side: the combinations of a sweep, or several organisations; and which structure leads.

A structure leads alone only where it is ahead of every other beyond luck. Those that cannot be told from the
leader are named with it, and are called a tie only where the runs are enough to say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.decision.judgement import alike, what_matters
from analysis.results.folder_contents import Material, gather
from analysis.statistics.compare import (
    CONFIDENCE,
    Comparison,
    best_shares,
    by_structure,
    compare,
    complete_futures,
    estimate,
)
from analysis.statistics.selection import Selection
from analysis.sweeps.labels import labels_of_folders, labels_of_variations
from sim.batch.results import ResultsError
from sim.scenario.sweep import Variation, variations

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario


@dataclass(frozen=True)
class Leaders:
    """The structure with the best mean objective, then those that cannot be told from it.

    `tie` says that they are surely less apart than matters, not only that luck hides which is best.
    """

    names: tuple[str, ...]
    tie: bool

    def __str__(self) -> str:
        return (" = " if self.tie else " or ").join(self.names) or "–"


@dataclass(frozen=True)
class Line:
    """A row of the table: `labels` tell it from the others, by heading; `outcome` is what it shows.

    `decided` says that `decide` ran it, so that its intervals hold wherever sampling stopped.
    """

    labels: Mapping[str, str]
    comparison: Comparison
    leaders: Leaders
    outcome: str
    decided: bool = False

    @property
    def by_objective(self) -> bool:
        """Whether what it shows is what structures are judged by."""
        return self.outcome == self.comparison.objective


def lines_of(
    results: pd.DataFrame,
    varied: Sequence[Variation],
    labels: Mapping[str, str] | None = None,
    outcome: str | None = None,
) -> list[Line]:
    """A line for each variation that has runs in `results` (as `sim.batch.run.read_results` gives them).

    `labels` come before those of the variations; without `outcome`, the objective is shown. Raises ValueError
    if a scenario's structure of today was not run.
    """
    told = labels_of_variations(varied)
    found = []
    for number, runs in results.groupby("variation"):
        scenario = varied[int(number)].scenario
        objective = scenario.judged_by
        shown = outcome or objective
        comparison = compare(
            runs, current=scenario.current, outcomes=tuple({objective: 0, shown: 0}), objective=objective
        )
        named = {**(labels or {}), **told[int(number)]}
        found.append(Line(named, comparison, leaders(runs, scenario), shown))
    return found


def leaders(results: pd.DataFrame, scenario: Scenario) -> Leaders:
    """Who leads among the structures of like head-count, by the runs of one variation.

    The leader's distances from all others hold together at 95% (Bonferroni).
    """
    import numpy as np

    ran = set(results["structure"])
    names = [name for name in alike(scenario) if name in ran]
    whole = complete_futures(results[results["structure"].isin(names)], scenario.judged_by)
    if not len(whole):
        return Leaders((), False)
    values = by_structure(whole, scenario.judged_by, names)
    gains = np.nanmean(values - values[:, [names.index(scenario.current)]], axis=0)  # of futures in common
    best = int(gains.argmax())
    confidence = 1 - (1 - CONFIDENCE) / max(1, len(names) - 1)
    matters = what_matters(whole, scenario)
    near, tie = [], True
    for k in gains.argsort(kind="stable")[::-1].tolist():
        behind = estimate(values[:, best] - values[:, k], confidence)
        if k != best and not behind.low > 0:
            near.append(names[k])
            tie = tie and behind.high <= matters and behind.low >= -matters
    return Leaders((names[best], *near), bool(near) and tie)


def lines_of_folders(folders: Sequence[Path], any_version: bool = False) -> list[Line]:
    """The lines of one or more folders of results, each with the name of its organisation.

    Raises ResultsError for a folder that cannot be read, and, unless `any_version`, for folders that were
    run by different versions of the model.
    """
    return [
        line
        for labels, material in gathered(folders, any_version)
        for line in lines_of_material(material, labels)
    ]


def gathered(folders: Sequence[Path], any_version: bool = False) -> list[tuple[dict[str, str], Material]]:
    """What is in each of several folders, and the labels that tell it apart; of one, none. Raises
    ResultsError as `lines_of_folders` does.
    """
    materials = [gather(folder, every=True) for folder in folders]
    if not any_version:
        _check_versions(materials)
    return list(zip(labels_of_folders(materials), materials, strict=True))


def lines_of_material(
    material: Material, labels: Mapping[str, str] | None = None, outcome: str | None = None
) -> list[Line]:
    """The lines of one folder, which may be a sweep, with the intervals of the command that ran it.

    Raises ResultsError.
    """
    try:
        lines = lines_of(material.results, variations(material.scenario), labels, outcome)
    except (ValueError, IndexError) as error:
        raise ResultsError(f"{material.folder}: {error}; run the batch again to mend it") from None
    if material.judgement is None or not _stopped_when_known(material):
        return lines
    judged = material.judgement.comparison
    shown = {structure for line in lines for structure in line.comparison.others}
    gains = {structure: judged.gain(structure) for structure in judged.others if structure in shown}
    best = leaders_of(material.judgement.selection) if material.judgement.selection else None
    return [
        replace(
            line,
            comparison=line.comparison.with_gains(gains),
            leaders=best or line.leaders,
            decided=True,
        )
        for line in lines
    ]


def leaders_of(selection: Selection) -> Leaders:
    """Who leads by the judgement of `decide`: nobody is called best, or a tie, whom it does not call so."""
    current, gains = selection.current, selection.so_far
    if selection.answer in {"move", "keep"}:
        return Leaders((selection.best if selection.answer == "move" else current,), False)
    if selection.answer == "tie":
        reach = selection.delta
        near = [s for s, gain in gains.items() if gain.low >= -reach and gain.high <= reach]
        return Leaders((current, *near), True)
    ahead = any(gain.low > 0 for gain in gains.values())
    means = {s: gain.mean for s, gain in gains.items() if gain.high > 0} | ({} if ahead else {current: 0.0})
    return Leaders(tuple(sorted(means, key=lambda s: -means[s])), False)


def comparison_of(material: Material, outcomes: Sequence[str]) -> Comparison:
    """The structures of one folder without a sweep, as the command that ran it compared them.

    `decide` stopped when it had seen enough, so its intervals are those that allow for that.
    """
    if material.judgement is not None and _stopped_when_known(material):
        return material.judgement.shown
    return compared(material.results, material.scenario, outcomes)


def compared(results: pd.DataFrame, scenario: Scenario, outcomes: Sequence[str]) -> Comparison:
    """Every structure against that of today; but which is best is asked of those of like head-count alone."""
    current, objective = scenario.current, scenario.judged_by
    comparison = compare(results, current=current, outcomes=outcomes, objective=objective)
    whole = complete_futures(results, objective)
    names = [name for name in alike(scenario) if name in comparison.structures]
    shares = best_shares(by_structure(whole, objective, names))
    return replace(comparison, best_share=dict(zip(names, shares, strict=True)))


def _stopped_when_known(material: Material) -> bool:
    """Whether `decide` ran the batch, until it knew enough."""
    return "max_replications" in (material.manifest.get("arguments") or {})


def _check_versions(materials: Sequence[Material]) -> None:
    first = materials[0]
    ours = first.manifest.get("model_version", "unknown")
    for other in materials[1:]:
        theirs = other.manifest.get("model_version", "unknown")
        if theirs != ours:
            wrong = f"was run by model {theirs}, but {first.folder} by {ours}"
            right = "run both again with one version, or give --any-version to compare them all the same"
            raise ResultsError(f"{other.folder}: {wrong}; {right}")
