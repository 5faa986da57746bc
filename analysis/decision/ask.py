"""From a scenario to an answer: run until it is known, doubt the assumptions, say it in words, draw it."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision import ingredients
from analysis.decision.alternatives import CHOICE, session_of_all
from analysis.decision.assumption_doubt import DOUBT_FUTURES, as_facts
from analysis.decision.designs import designs
from analysis.decision.figure import decision_figure
from analysis.decision.follow_up import AFTERWARDS, Further, further, runs_to_come
from analysis.decision.forecast import Forecast
from analysis.decision.grounds import plain_grounds
from analysis.decision.judgement import Judgement, judge, selected, taking_part, verdict_of
from analysis.decision.plan_fit import nothing_to_do
from analysis.decision.record import DECISION, EXPLAINED, LIKENESS, futures_compared, while_alive
from analysis.decision.result import Decision
from analysis.decision.steps import brought
from analysis.decision.verdict import Verdict
from analysis.figures.looks import save
from analysis.resemblance.ask import is_this_you
from analysis.resemblance.result import Resemblance
from analysis.resemblance.table import facts_of
from analysis.statistics.compare import CONFIDENCE
from analysis.statistics.selection import FIRST_FUTURES, Selection
from sim.batch.results import writing
from sim.batch.run import BatchResult, loaded, results_folder
from sim.batch.session import Progress
from sim.batch.study import BLOCK
from sim.batch.workers import SimulateBlock
from sim.safety.facts_file import as_text, facts_if_whole, write_whole
from sim.vocabulary import EARNED

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

_FIGURE = "decision"

_MOST = 4000
"""Futures at most, unless command or scenario say otherwise."""

GROWTH = 1.3
"""Each round of futures makes them so many times as many as before."""


def decide(
    scenario: Scenario | Path | str,
    *,
    matters: float | None = None,
    confidence: float = CONFIDENCE,
    max_replications: int | None = None,
    doubted: int = DOUBT_FUTURES,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path | str = "results",
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
    steps: bool = True,
    explain: bool = False,
    tell: Callable[[Verdict], None] | None = None,
) -> Decision:
    """Answer whether to leave the scenario's current structure, and keep runs, answer and figure under `out`.

    Futures are added until the answer is known with probability `confidence`, without the structures that are
    surely not the best and surely behind the current one by then, or until `max_replications` (default:
    the scenario's, if it says so, else 4,000) are lived through. `matters` is the smallest difference that
    would count, in the objective's unit (default: 1% of what is earned a year); `doubted` the number of
    futures in which the assumptions are doubted, too, for today's structure and the best other one (0: none;
    never more than were lived through before). A sweep (`vary`) is left aside. Beside the structures
    listed, today's with each single ingredient of theirs takes part, unless `steps` is False (see
    `analysis.decision.designs`). With `explain`, further runs ask which ingredients and mechanisms bring the
    gains. `tell` is given the answer as soon as its lines are known: before other numbers of managers are
    tried, which end it, and before figures are drawn. The other arguments, and the errors raised,
    are those of `sim.batch.run.run_batch`.
    """
    started = time.monotonic()
    given = loaded(scenario, seed)
    given = given.with_changes({"vary": {}}) if given.vary else given
    folder, most = results_folder(given, out), max_replications or _most(given)
    workers: dict[str, Any] = {"jobs": jobs, "executor": executor, "simulate": simulate}
    arguments = {"max_replications": most, "matters": matters, "confidence": confidence, "doubted": doubted}
    found = designs(given) if steps and not nothing_to_do(given) else ()
    names = (*given.structure_names, *(design.name for design in found if not design.listed))
    lived: dict[str, int] = {}
    likeness: Resemblance | None = None
    asked: dict[str, Any] = {"doubted": doubted, "heads": steps, "explain": explain}
    forecast = Forecast(progress, (CHOICE, *AFTERWARDS))
    with session_of_all(given, found, folder, arguments=arguments, forecast=forecast, **workers) as now:
        open_still = names
        now.expect(min(FIRST_FUTURES, most), names)
        for futures in rounds(most):
            forecast.expect(runs_to_come(given, len(names), futures, **asked))
            now.extend(futures, open_still, load_libraries)
            lived |= dict.fromkeys(open_still, futures)
            likeness = likeness or (is_this_you(given, jobs=jobs) if simulate is None else None)
            seen = while_alive(now.frame(_columns(given), futures), lived)
            selection = selected(seen, given, matters, confidence, taking_part(given, found))
            if selection is None or selection.decided or _hopeless(given, likeness):
                break
            open_still = _in_question(given, selection, names)
            now.expect(enough(futures + selection.more, most) - futures, open_still)
        results = while_alive(now.frame(None, futures), lived)
    judgement = judge(results, given, matters=matters, confidence=confidence, designs=found)
    more = Further()

    def lines_known(so_far: Further) -> None:
        if tell is not None:
            tell(verdict_of(given, judgement, so_far, likeness))

    if judgement.challenger is not None and not _hopeless(given, likeness):
        asked |= {"forecast": forecast, "lines_known": lines_known, **workers}
        more = further(given, judgement.challenger, found, results, folder, futures, **asked)
    else:
        lines_known(more)
    seconds, tally = time.monotonic() - started, now.tally
    batch = BatchResult(folder, names, futures, tally.runs, tally.kept, tally.failed, seconds)
    return _kept(given, batch, results, judgement, more, likeness, lived)


def load_libraries() -> None:
    """Load what the answer takes, while runs are under way: nobody has to wait for it afterwards."""
    for library in ("pandas", "scipy.special", "matplotlib.figure", "matplotlib.backends.backend_agg"):
        importlib.import_module(library)


def rounds(most: int) -> Iterator[int]:
    """How many futures there are after each round, in whole blocks, up to `most`."""
    futures = FIRST_FUTURES
    while futures < most:
        yield futures
        futures = max(futures + BLOCK, int(futures * GROWTH) // BLOCK * BLOCK)
    yield most


def enough(futures: int, most: int) -> int:
    """How many futures there are after the first round with so many."""
    return next((after for after in rounds(most) if after >= futures), most)


def _hopeless(scenario: Scenario, likeness: Resemblance | None) -> bool:
    """Whether there is no verdict to look for: nothing happens, or the organisation collapses."""
    return nothing_to_do(scenario) or (likeness is not None and likeness.doomed)


def _in_question(scenario: Scenario, selection: Selection, names: Sequence[str]) -> tuple[str, ...]:
    """The designs, of all `names`, that the next futures are for.

    All, where a change on a day is compared with them; and those of another number of managers beside theirs.
    """
    if scenario.reorganisation:
        return tuple(names)
    unlike = {structure.name for structure in scenario.unequal_structures()}
    needed = {*selection.in_question, *scenario.unequal_managers, *unlike}
    return tuple(name for name in names if name in needed)


def _kept(
    scenario: Scenario,
    batch: BatchResult,
    results: pd.DataFrame,
    judgement: Judgement,
    more: Further,
    likeness: Resemblance | None,
    lived: Mapping[str, int],
) -> Decision:
    """The answer in words and as a figure, kept beside its runs unless one of more futures is there."""
    answer = verdict_of(scenario, judgement, more, likeness)
    figures: list[Path] = []
    if _rests_on_more(batch.folder, scenario, judgement):
        return Decision(batch, judgement, more.doubted, answer, (), likeness, more.explained)
    with writing(batch.folder):
        facts = _facts(scenario, answer, judgement, more)
        facts |= {"lived": lived, LIKENESS: facts_of(likeness) if likeness else None}
        write_whole(batch.folder / DECISION, as_text(facts))
        if answer.challenger is not None:
            figure = decision_figure(results, judgement.shown, answer, managers=scenario.managers)
            figures = save(figure, batch.folder, _FIGURE)
    return Decision(batch, judgement, more.doubted, answer, tuple(figures), likeness, more.explained)


def _rests_on_more(folder: Path, scenario: Scenario, judgement: Judgement) -> bool:
    """Whether the answer that is kept already, to the same question, rests on more futures than this one."""
    try:
        kept = facts_if_whole(folder / DECISION, "it is written anew")
        futures = futures_compared(kept) or 0
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(kept.get("current") == scenario.current and futures > judgement.comparison.futures)


def _most(scenario: Scenario) -> int:
    """How many futures a scenario allows: what it says, not what a batch takes that says nothing."""
    return scenario.replications if "replications" in scenario.model_fields_set else _MOST


def _columns(scenario: Scenario) -> list[str]:
    return list(dict.fromkeys([scenario.judged_by, *EARNED]))


def _facts(
    scenario: Scenario,
    answer: Verdict,
    judgement: Judgement,
    more: Further,
) -> dict[str, Any]:
    """The answer as plain values, for whoever makes a report of it."""
    return {
        **{key: value for key, value in asdict(answer).items() if key not in ("paragraphs", "details")},
        "paragraphs": list(answer.paragraphs),
        "details": list(answer.details),
        "text": answer.text,
        "current": scenario.current,
        "ingredients": ingredients.facts(scenario),
        "steps": brought(judgement),
        "roles_alone": asdict(judgement.roles) if judgement.roles else None,
        "objective": scenario.judged_by,
        "selection": asdict(judgement.selection) if judgement.selection else None,
        "beside": {structure: asdict(found) for structure, found in judgement.beside.items()},
        "restless": asdict(more.restless) if more.restless else None,
        "doubted": as_facts(more.doubted) if more.doubted else None,
        "heads": asdict(more.heads) if more.heads else None,
        "changing": asdict(more.changing) if more.changing else None,
        EXPLAINED: plain_grounds(more.explained),
    }
