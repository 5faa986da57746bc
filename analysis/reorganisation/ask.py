"""`reorganise`: what it costs, and when it pays, to leave one structure for another on a given day."""

from __future__ import annotations

import math
import time
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.judgement import points_of
from analysis.decision.nothing_to_tell import refuse_idle
from analysis.reorganisation.payback import Gains, Payback, payback
from analysis.reorganisation.words import told
from analysis.statistics.compare import Estimate, estimate, no_future, unmeasured
from sim.batch.days import HistoryStore
from sim.batch.results import writing
from sim.batch.run import Sweep, loaded, results_folder
from sim.batch.session import Progress, sitting
from sim.batch.study import Study, in_blocks
from sim.batch.workers import SimulateBlock
from sim.clocks.payback import IN_PROGRESS, NET, days_of_block
from sim.safety.facts_file import as_text, write_whole
from sim.scenario.own_structures import known_structures, name_of
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest
from sim.scenario.sweep import Variation
from sim.vocabulary import OBJECTIVE

if TYPE_CHECKING:
    from sim.scenario import Scenario

NAME = "reorganise"
"""What the files of this answer are called."""


@dataclass(frozen=True)
class Reorganisation:
    """The answer: `payback` over `futures`, and in words; `dropped` futures were left out, for a failed
    run or one that gave the objective nothing to measure.

    `always` is what the new structure would gain (€) over the whole horizon had it been there from the first
    day, `always_by_day` its mean so far (an entry a day). Money counts work in progress by completion; on
    delivery alone, the gain at the end would be more by `once` (€). `objective` is what the change gains in
    points, where the scenario has an objective of its own. `runs`, of which `kept` were there before, are in
    `folder`, with the files drawn and written.
    """

    scenario: str
    start: str
    to: str
    payback: Payback
    always: Estimate
    always_by_day: Any
    once: Estimate
    futures: int
    dropped: int
    objective: Gains | None
    question: str
    text: str
    folder: Path
    runs: int
    kept: int
    seconds: float
    files: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return f"{self.question} {self.text}"


def reorganise(
    scenario: Scenario | Path | str,
    *,
    to: str,
    day: int,
    start: str | None = None,
    replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path | str = "results",
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> Reorganisation:
    """Answer what a move from `start` (default: the structure of today) to `to` on `day` costs and brings.

    Each future is lived through three times under the same luck: without the change, with it, and with the
    new structure from the first day. Days are kept under `out`, in the folder of the scenario's results, and
    an interrupted call goes on where it was. `simulate` takes the place of
    `sim.clocks.payback.days_of_block`; the other arguments are those of `sim.batch.run.run_batch`. Raises
    ScenarioError for a change that cannot be, ResultsError, Interrupted, NothingToTell where nothing happens.
    """
    began = time.monotonic()
    given = loaded(scenario, seed)
    refuse_idle(given)
    start = given.current if start is None else start
    change, count = planned(given, start, to, day, replications)
    study = Study(change, Sweep((Variation({}, change),)), {"answer": NAME})
    folder = results_folder(given, out) / f"{NAME}-{study.identity[:8]}"
    own = change.judged_by == OBJECTIVE
    lengths = {NET: change.horizon_days, IN_PROGRESS: 1} | ({OBJECTIVE: 1} if own else {})
    store = HistoryStore(folder, study.identity, change.structure_names, lengths)
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
    answer = _answer(
        change, start, to, day, days, open_ends, ends, spent | {"seconds": time.monotonic() - began}
    )
    return _written(answer)


def planned(
    scenario: Scenario, start: str, to: str, day: int, replications: int | None
) -> tuple[Scenario, int]:
    """The scenario of a change (see `switch`), and how many futures of it to live through: two or more.

    Raises ScenarioError.
    """
    count = scenario.replications if replications is None else replications
    if count < 2:
        right = "give 2 or more: one future says nothing about the others"
        raise ScenarioError([Problem("", None, "replications", f"is {count}", right)])
    return switch(scenario, start, to, day), count


def switch(scenario: Scenario, start: str, to: str, day: int) -> Scenario:
    """The scenario of a change: its two structures, and the one that turns into the other on `day`.

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
            "reorganisation": {"from": start, "to": to, "day": day},
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
            points=points_of(change),
        ),
        **spent,
    )


def _written(answer: Reorganisation) -> Reorganisation:
    """The same answer, with its numbers and its figure beside the days that it rests on."""
    from dataclasses import replace

    from analysis.figures.looks import save
    from analysis.reorganisation.figure import payback_figure

    figure = payback_figure(answer)
    with writing(answer.folder):
        path = answer.folder / f"{NAME}.json"
        write_whole(path, as_text(as_numbers(answer), indent=1))
        files = save(figure, answer.folder, NAME)
    return replace(answer, files=(path, *files))


def as_numbers(answer: Reorganisation) -> dict[str, Any]:
    """What `reorganise.json` holds: days, €, and null for a day that is not within the horizon."""
    import numpy as np

    from sim.batch.identity import model_version

    found = answer.payback
    quarters = np.quantile(found.ahead_from, [0.25, 0.5, 0.75], method="inverted_cdf")
    return {
        "scenario": answer.scenario,
        "from": answer.start,
        "to": answer.to,
        "day": found.day,
        "horizon_days": found.horizon,
        "futures": answer.futures,
        "dropped": answer.dropped,
        "too_few_to_tell": found.too_few,
        "model_version": model_version(),
        "finding": str(answer),
        "dip": {
            "euro": found.dip,
            "interval": [found.dip_low, found.dip_high],
            "day": found.dip_day,
            "beyond_luck": found.dips,
        },
        "break_even_day": _finite(found.break_even),
        "break_even_interval": [_finite(found.break_even_low), _finite(found.break_even_high)],
        "paid_back_share": found.odds,
        "no_difference_share": found.unchanged,
        "ahead_for_good_from_day": dict(zip(("q25", "q50", "q75"), map(_finite, quarters), strict=True)),
        "gain_at_end": {"euro": found.gain.mean, "interval": [found.gain.low, found.gain.high]},
        "counting": "work in progress by completion",
        "on_delivery_more_at_end": {
            "euro": answer.once.mean,
            "interval": [answer.once.low, answer.once.high],
        },
        "objective_at_end": _objective(answer.objective),
        "always_so_at_end": {"euro": answer.always.mean, "interval": [answer.always.low, answer.always.high]},
        "by_day": {
            name: [round(float(value)) for value in getattr(found, name)]
            for name in ("mean", "low", "high", "median", "lower", "upper")
        },
    }


def _objective(found: Gains | None) -> dict[str, Any] | None:
    """What a change gains in points of the scenario's own objective, and how often; None without one."""
    if found is None:
        return None
    interval = [_finite(found.gain.low), _finite(found.gain.high)]
    shares = {"ahead_share": found.odds, "no_difference_share": found.unchanged}
    return {"points": found.gain.mean, "interval": interval, **shares}


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
