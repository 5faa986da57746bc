"""What a folder of results holds, gathered for figures and report: runs, scenario, comparison, answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from analysis.decision.alternatives import rows_between
from analysis.decision.designs import Design, designs
from analysis.decision.judgement import Judgement, alike, judge, taking_part, verdict_of
from analysis.decision.record import (
    MOST_FUTURES_KEY,
    Decided,
    Words,
    decided,
    rests_on,
    tell_if_lost,
    while_alive,
)
from analysis.decision.verdict import Verdict, nothing_to_tell
from analysis.results.paths import check_results
from analysis.statistics.compare import CONFIDENCE
from analysis.words.answers import Answer
from sim.batch.manifest import MANIFEST, read_manifest
from sim.batch.results import ResultsError, read_results

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario


@dataclass(frozen=True)
class Material:
    """All that figures and report are made from.

    `results` are the runs, one row each: where `decide` left an answer, those that it rests on. A sweep has
    several variations: then there is no one judgement and no one answer. `same_model` says whether running
    `scenario` again would give the very same rows.
    """

    folder: Path
    manifest: Mapping[str, Any]
    results: pd.DataFrame
    scenario: Scenario
    same_model: bool
    judgement: Judgement | None
    verdict: Verdict | None
    words: Words | None
    decided: Decided | None = None

    @property
    def given(self) -> Mapping[str, Any]:
        """The scenario as plain values, all defaults filled in."""
        given: Mapping[str, Any] = self.manifest["scenario"]
        return given

    @property
    def alike(self) -> pd.DataFrame:
        """The runs of structures of like head-count, of which the comparison is."""
        names = self.judgement.alike.structures if self.judgement else alike(self.scenario)
        return self.results[self.results["structure"].isin(names)]

    @property
    def years(self) -> float:
        """How many years a run lasts."""
        from sim.scenario.assumptions import values

        return self.scenario.horizon_days / values(self.scenario.assumptions)["days_a_year"]

    @property
    def varied(self) -> tuple[str, ...]:
        """The keys that a sweep varies; none for any other batch."""
        return tuple(self.scenario.vary)

    @property
    def finished(self) -> bool:
        """Whether the batch came to its end."""
        return self.manifest.get("status") == "complete"

    @property
    def remarks(self) -> list[str]:
        """What must be said beside any numbers: plans that do not fit, structures that never differ."""
        from analysis.decision.degenerate_cases import remarks

        return remarks(self.scenario, self.judgement.comparison if self.judgement else None)

    @property
    def failed(self) -> int:
        """Runs that ended with an error."""
        return int(self.results["error"].notna().sum())


def gather(folder: Path | str, *, every: bool = False) -> Material:
    """Read a folder of results; with `every`, all runs that are there, whatever `decide` rested on.

    Raises ResultsError when there is nothing to read, or it is damaged.
    """
    folder = Path(folder)
    check_results(folder)
    manifest = read_manifest(folder)
    results = read_results(folder)
    if not isinstance(manifest.get("scenario"), dict):
        raise ResultsError(f"{folder}: {MANIFEST} is missing or damaged; run the batch again to mend it")
    scenario, same = _rebuilt(folder, manifest)
    if scenario.vary:
        return Material(folder, manifest, results, scenario, same, None, None, None)
    left = decided(folder)
    if manifest.get("status") == "complete":
        tell_if_lost(folder, manifest.get("arguments") or {})
    found: tuple[Design, ...] = ()
    whole = results
    if left is not None:
        whole, found = _with_between(folder, scenario, results, left)
    if left is not None and not every:
        whole = while_alive(whole, left.lived)
        whole = results = rests_on(whole, taking_part(scenario, found), scenario.judged_by, left.futures)
    judgement = judge(whole, scenario, **_asked(manifest, left), designs=found)
    verdict = verdict_of(scenario, judgement)
    if left is not None and left.likeness is not None and left.likeness.doomed:
        verdict = nothing_to_tell("\n".join(left.words.paragraphs))
    words = left.words if left else _words_of(verdict)
    if words.question == verdict.question and words.answer in get_args(Answer):
        verdict = replace(
            verdict, answer=cast(Answer, words.answer)
        )  # the doubt about assumptions is counted in it
    return Material(folder, manifest, results, scenario, same, judgement, verdict, words, left)


def _words_of(verdict: Verdict) -> Words:
    return Words(verdict.question, verdict.answer, verdict.paragraphs, verdict.details)


def _with_between(
    folder: Path, scenario: Scenario, results: pd.DataFrame, left: Decided
) -> tuple[pd.DataFrame, tuple[Design, ...]]:
    """The results with those of the designs in between, if `decide` left them, and all designs then."""
    import pandas as pd

    found = designs(scenario)
    asked = {design.name for design in found if not design.listed} & set(left.lived)
    beside = rows_between(folder, scenario, found) if asked else None
    if beside is None:
        return results, ()
    return pd.concat([results, beside]), found


def _asked(manifest: Mapping[str, Any], left: Decided | None) -> dict[str, Any]:
    """What matters and how sure to be, as `decide` was asked, even if `run` came after it."""
    asked = manifest.get("arguments") or {}
    if MOST_FUTURES_KEY not in asked and left is not None:
        return {"matters": left.matters, "confidence": left.confidence or CONFIDENCE}
    return {"matters": asked.get("matters"), "confidence": asked.get("confidence", CONFIDENCE)}


def _rebuilt(folder: Path, manifest: Mapping[str, Any]) -> tuple[Scenario, bool]:
    """The scenario of a manifest, and whether it would give the same rows again.

    Plan files that are not where they were are left out: they say nothing about the structures.
    """
    from sim.batch.study import Study
    from sim.scenario import ScenarioError, scenario_from

    given = manifest["scenario"]
    try:
        scenario = scenario_from(given, str(manifest.get("plan_folder", ".")))
    except ScenarioError:
        try:
            portfolio = {**given["portfolio"], "plan": None, "projects": {}}
            return scenario_from({**given, "portfolio": portfolio}), False
        except (ScenarioError, KeyError, TypeError):
            wrong = "is of a scenario that this version of rolecall does not read"
            raise ResultsError(f"{folder / MANIFEST}: {wrong}; run the scenario again") from None
    study = Study(scenario, lambda _: scenario)
    return scenario, study.identity == manifest.get("identity")
