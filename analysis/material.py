"""What a folder of results holds, gathered for figures and report: runs, scenario, comparison, answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.compare import Comparison
from analysis.judging import judge, verdict_of
from analysis.verdict import Verdict
from sim.manifest import MANIFEST, read_manifest
from sim.outcomes import NET_VALUE
from sim.results_store import PARTS, PartStore, ResultsError, read_results

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

DECISION = "decision.json"
"""Where `decide` leaves its answer: `question`, `answer` and `text`, in words."""


@dataclass(frozen=True)
class Answer:
    """The answer in words, as `decide` gave it, or as the runs here allow."""

    question: str
    answer: str
    text: str


@dataclass(frozen=True)
class Material:
    """All that figures and report are made from.

    `results` are the runs, one row each. A sweep has several variations: then there is no one comparison,
    verdict or answer. `scenario` is None where it cannot be made again from the manifest, and
    `same_model` says whether running it again would give the very same rows.
    """

    folder: Path
    manifest: Mapping[str, Any]
    results: pd.DataFrame
    scenario: Scenario | None
    same_model: bool
    comparison: Comparison | None
    verdict: Verdict | None
    answer: Answer | None

    @property
    def given(self) -> Mapping[str, Any]:
        """The scenario as plain values, all defaults filled in."""
        given: Mapping[str, Any] = self.manifest["scenario"]
        return given

    @property
    def current(self) -> str:
        """The structure of today."""
        return str(self.given["current"])

    @property
    def objective(self) -> str:
        """The outcome that more is wanted of."""
        return self.scenario.judged_by if self.scenario else NET_VALUE

    @property
    def varied(self) -> tuple[str, ...]:
        """The keys that a sweep varies; none for any other batch."""
        return tuple(self.given.get("vary") or ())

    @property
    def finished(self) -> bool:
        """Whether the batch came to its end."""
        return self.manifest.get("status") == "complete"

    @property
    def failed(self) -> int:
        """Runs that ended with an error."""
        return int(self.results["error"].notna().sum())


def gather(folder: Path | str) -> Material:
    """Read a folder of results. Raises ResultsError when there is nothing to read, or it is damaged."""
    folder = Path(folder)
    results = read_results(folder)
    manifest = read_manifest(folder)
    if not isinstance(manifest.get("scenario"), dict):
        raise ResultsError(f"{folder}: {MANIFEST} is missing or damaged; run the batch again to mend it")
    _check_parts(folder, manifest)
    given = manifest["scenario"]
    scenario, same = _rebuilt(manifest)
    comparison = answer = words = None
    if scenario is not None and not given.get("vary"):
        try:
            judgement = judge(results, scenario)
        except ValueError as error:
            raise ResultsError(f"{folder}: {error}") from None
        comparison = judgement.comparison
        answer = verdict_of(scenario, judgement)
        words = _answer(folder, answer)
    return Material(folder, manifest, results, scenario, same, comparison, answer, words)


def _answer(folder: Path, computed: Verdict) -> Answer:
    """The answer that `decide` left here; without one, that of the runs."""
    try:
        said = json.loads((folder / DECISION).read_text(encoding="utf-8"))
        words = Answer(said["question"], said["answer"], said["text"])
    except (OSError, ValueError, KeyError, TypeError):
        return Answer(computed.question, computed.answer, computed.text)
    sound = all(isinstance(each, str) for each in (words.question, words.answer, words.text))
    return words if sound else Answer(computed.question, computed.answer, computed.text)


def _check_parts(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raise ResultsError if a part was changed since it was written, or is of another batch."""
    store = PartStore(folder, str(manifest.get("identity")), "", 0, ())
    for part in sorted((folder / PARTS).glob("part-*.parquet")):
        number = part.stem.removeprefix("part-")
        if not number.isdecimal() or store.failures_if_whole(int(number), ()) is None:
            raise ResultsError(f"{part}: is damaged or of another batch; run the batch again to mend it")


def _rebuilt(manifest: Mapping[str, Any]) -> tuple[Scenario | None, bool]:
    """The scenario of a manifest, and whether it would give the same rows again.

    A plan that is not where it was is left out; so are its rows then.
    """
    from sim.scenario import ScenarioError, scenario_from
    from sim.study import Study

    given = dict(manifest["scenario"])
    try:
        scenario = scenario_from(given, manifest.get("plan_folder", "."))
    except ScenarioError:
        try:
            portfolio = {**given["portfolio"], "plan": None, "projects": {}}
            return scenario_from({**given, "portfolio": portfolio}), False
        except (ScenarioError, KeyError, TypeError):
            return None, False
    study = Study(scenario, lambda _: scenario, manifest.get("settings") or {})
    return scenario, study.identity == manifest.get("identity")
