"""From a scenario to an answer: run, compare, say it in words, draw it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.compare import Comparison, compare
from analysis.figures import SHOWN, decision_figure, save
from analysis.table import MAIN_OUTCOMES
from analysis.verdict import Verdict, verdict, what_matters
from sim.batch import BatchResult, Progress, SimulateBlock, run_batch
from sim.results_store import writing

if TYPE_CHECKING:
    from sim.scenario import Scenario

FIGURE = "decision"


@dataclass(frozen=True)
class Decision:
    """An answer and what it rests on; `figures` are the files drawn, none if nothing could be compared."""

    batch: BatchResult
    comparison: Comparison
    verdict: Verdict
    figures: tuple[Path, ...]

    def __str__(self) -> str:
        return str(self.verdict)


def decide(
    scenario: Scenario | Path | str,
    *,
    replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path | str = "results",
    outcomes: Sequence[str] = MAIN_OUTCOMES,
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> Decision:
    """Answer whether to leave the scenario's current structure, and keep runs and figure under `out`.

    `outcomes` are those to compare beside what verdict and figure need; the other arguments, and the errors
    raised, are those of `sim.batch.run_batch`.
    """
    from sim.assumptions import values
    from sim.scenario import load

    scenario = load(scenario) if isinstance(scenario, (str, Path)) else scenario
    batch = run_batch(
        scenario,
        replications=replications,
        jobs=jobs,
        seed=seed,
        out=Path(out),
        progress=progress,
        executor=executor,
        simulate=simulate,
    )
    wanted = tuple(dict.fromkeys([*outcomes, *MAIN_OUTCOMES, *SHOWN]))
    results = batch.frame(wanted)
    comparison = compare(results, current=scenario.current, outcomes=wanted)
    years = scenario.horizon_days / values(scenario.assumptions)["days_a_year"]
    answer = verdict(comparison, managers=scenario.managers, matters=what_matters(comparison, years))
    figures: list[Path] = []
    if answer.challenger is not None:
        figure = decision_figure(results, comparison, answer, managers=scenario.managers)
        with writing(batch.folder):
            figures = save(figure, batch.folder, FIGURE)
    return Decision(batch, comparison, answer, tuple(figures))
