"""`reorganise`: what it costs, and when it pays, to leave one structure for another on a given day."""

from __future__ import annotations

import time
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.judgement import points_of
from analysis.decision.nothing_to_tell import refuse_idle
from analysis.reorganisation.files import NAME, keep
from analysis.reorganisation.hopes import HALF_A_YEAR, held_against_hope
from analysis.reorganisation.payback import Gains, payback
from analysis.reorganisation.result import Reorganisation
from analysis.reorganisation.words import told
from analysis.statistics.compare import estimate, no_future, unmeasured
from sim.batch.days import HistoryStore
from sim.batch.results import writing
from sim.batch.run import Sweep, loaded, results_folder
from sim.batch.session import Progress, sitting
from sim.batch.study import Study, in_blocks
from sim.batch.workers import SimulateBlock
from sim.clocks.payback import IN_PROGRESS, NET, days_of_block, names_of_arms
from sim.scenario.own_structures import known_structures, name_of
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest
from sim.scenario.structures import Chosen
from sim.scenario.sweep import Variation
from sim.vocabulary import OBJECTIVE

if TYPE_CHECKING:
    from sim.scenario import Scenario


def reorganise(
    scenario: Scenario | Path | str,
    *,
    to: str,
    day: int,
    start: str | None = None,
    announced: int | None = 0,
    chosen: Chosen = "by_name",
    planned_days: int = HALF_A_YEAR,
    replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path | str = "results",
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> Reorganisation:
    """Answer what a move from `start` (default: the structure of today) to `to` on `day` costs and brings.

    Each future is lived through four times under the same luck: without the change, with it, with the new
    structure from the first day, and with a change that unsettles nobody, which is what is hoped for by
    `planned_days` after it. It is `announced` so many days before (None: not at all, and unsettles nobody),
    and who gets which post is `chosen` by name or by experience.

    Days are kept under `out`, in the folder of the scenario's results, and an interrupted call goes on where
    it was. `simulate` takes the place of `sim.clocks.payback.days_of_block`; the other arguments are those of
    `sim.batch.run.run_batch`. Raises ScenarioError for a change that cannot be, ResultsError, Interrupted,
    NothingToTell where nothing happens.
    """
    began = time.monotonic()
    given = loaded(scenario, seed)
    refuse_idle(given)
    start = given.current if start is None else start
    how: dict[str, Any] = {"announced": announced, "chosen": chosen}
    change, count = planned(given, start, to, day, replications, **how)
    study = Study(change, Sweep((Variation({}, change),)), {"answer": NAME}, names_of_arms)
    folder = results_folder(given, out) / f"{NAME}-{study.identity[:8]}"
    own = change.judged_by == OBJECTIVE
    lengths = {NET: change.horizon_days, IN_PROGRESS: 1} | ({OBJECTIVE: 1} if own else {})
    store = HistoryStore(folder, study.identity, names_of_arms(change), lengths)
    blocks = in_blocks([(0, replication) for replication in range(count)])
    with sitting(
        study,
        folder,
        arguments={"replications": replications, "jobs": jobs, "seed": seed},
        progress=progress,
        jobs=jobs,
        executor=executor,
        simulate=simulate or days_of_block,
        store=store,
    ) as now:
        now.extend(blocks, replications=count)
        with writing(folder):
            days = store.series(blocks, NET)
            open_ends = store.series(blocks, IN_PROGRESS)[:, :, 0]
            ends = store.series(blocks, OBJECTIVE)[:, :, 0] if own else None
    spent = {"folder": folder, "runs": now.tally.runs, "kept": now.tally.kept}
    spent["seconds"] = time.monotonic() - began
    answer = _answer(change, start, to, day, planned_days, days, open_ends, ends, spent)
    return keep(answer)


def planned(
    scenario: Scenario,
    start: str,
    to: str,
    day: int,
    replications: int | None,
    **how: Any,
) -> tuple[Scenario, int]:
    """The scenario of a change (see `switch`), and how many futures of it to live through: two or more.

    Raises ScenarioError.
    """
    count = scenario.replications if replications is None else replications
    if count < 2:
        right = "give 2 or more: one future says nothing about the others"
        raise ScenarioError([Problem("", None, "replications", f"is {count}", right)])
    return switch(scenario, start, to, day, **how), count


def switch(scenario: Scenario, start: str, to: str, day: int, **how: Any) -> Scenario:
    """The scenario of a change: its two structures, and the one that turns into the other on `day`.

    `how` is what else a scenario may say of a reorganisation.

    Raises ScenarioError, with the keys of `reorganisation`.
    """
    known = known_structures(scenario.structures)
    problems = [
        Problem("", None, key, f"is {shown(name)}, which is no structure", suggest(name, list(known)))
        for key, name in (("reorganisation.from", start), ("reorganisation.to", to))
        if name not in known
    ]
    if start == to:
        wrong = f"is {to}, which is the structure before, too"
        problems.append(Problem("", None, "reorganisation.to", wrong, "name another structure"))
    if not 1 <= day < scenario.horizon_days:
        right = (
            f"give a day from 1 to {scenario.horizon_days - 1}: the horizon is {scenario.horizon_days} days"
        )
        problems.append(Problem("", None, "reorganisation.day", f"is {day}", right))
    if problems:
        raise ScenarioError(problems)
    own = {name_of(item): item for item in scenario.structures if not isinstance(item, str)}
    written = [
        own[name].model_dump(by_alias=True, exclude_unset=True) if name in own else name
        for name in (start, to)
    ]
    return scenario.with_changes(
        {
            "structures": written,
            "current": start,
            "reorganisation": {"from": start, "to": to, "day": day, **how},
            "heads": {name: split for name, split in scenario.heads.items() if name in (start, to)},
            "unequal_managers": {},
            "vary": {},
        }
    )


def _answer(
    change: Scenario,
    start: str,
    to: str,
    day: int,
    planned_days: int,
    days: Any,
    open_ends: Any,
    ends: Any,
    spent: dict[str, Any],
) -> Reorganisation:
    """Set the futures against each other; those in which a run failed, or has no objective, are left out.

    `days` has the net value of each future, structure and day; `open_ends` what work in progress counts for
    at the end of each future and structure, and `ends` the objective of each future and
    structure, or is None where money is the objective.
    """
    import numpy as np

    from sim.scenario.assumptions import values

    ran = ~np.isnan(days).any(axis=(1, 2))
    measured = ran if ends is None else ran & ~np.isnan(ends).any(axis=1)
    if measured.sum() < 2 <= ran.sum():
        raise unmeasured(int(measured.sum()), len(days))
    whole = days[measured]
    if len(whole) < 2:
        raise RuntimeError(no_future(change.judged_by, len(whole)))
    before, after, changed = (whole[:, k] for k in range(3))
    hopes = None
    if whole.shape[1] > 3 and change.reorganisation is not None:
        heard = max(1, day - (change.reorganisation.announced or 0))
        hoped = whole[:, 3] - before
        hopes = held_against_hope(changed - before, hoped, before, heard, day, planned_days)
    found, always = payback(changed - before, day), after - before
    years = change.horizon_days / values(change.assumptions)["days_a_year"]
    dropped = len(days) - len(whole)
    long_run, objective = estimate(always[:, -1]), None
    once = estimate(open_ends[measured, 0] - open_ends[measured, 2])
    if ends is not None:
        points = ends[measured, 2] - ends[measured, 0]
        objective = Gains(estimate(points), points)
    return Reorganisation(
        scenario=change.name,
        start=start,
        to=to,
        payback=found,
        always=long_run,
        always_by_day=always.mean(axis=0),
        once=once,
        futures=len(whole),
        dropped=dropped,
        objective=objective,
        hopes=hopes,
        question=f"Move from {start} to {to} on day {day}?",
        text=told(
            change.name,
            start,
            to,
            found,
            long_run,
            years=years,
            once=once,
            dropped=dropped,
            objective=objective,
            hopes=hopes,
            points=points_of(change),
        ),
        **spent,
    )
