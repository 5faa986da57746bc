"""`reorganise`: what it costs, and when it pays, to leave one structure for another on a given day."""

from __future__ import annotations

import time
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.degenerate_cases import refuse_idle
from analysis.decision.design_expression import design_said
from analysis.decision.judgement import points_of
from analysis.reorganisation.files import NAME, keep
from analysis.reorganisation.hopes import HALF_A_YEAR, Change, Hopes, held_against_hope
from analysis.reorganisation.losses import lost_hours
from analysis.reorganisation.payback import Gains, payback
from analysis.reorganisation.result import Reorganisation
from analysis.reorganisation.words import told
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import estimate, no_future, unmeasured
from analysis.words.numbers import called
from sim.batch.days import HistoryStore
from sim.batch.results import writing
from sim.batch.run import Sweep, loaded, results_folder
from sim.batch.session import Progress, session
from sim.batch.study import Study, in_blocks
from sim.batch.workers import SimulateBlock
from sim.clocks.payback import IN_PROGRESS, LEFT, NET, days_of_block, names_of_arms
from sim.scenario.likeness import written
from sim.scenario.own_structures import name_of
from sim.scenario.reading.problems import Problem, ScenarioError
from sim.scenario.role_definitions import known_by_name
from sim.scenario.structures import PRESETS, Chosen, Structure
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
    phased: tuple[int, int] | None = None,
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

    Both are designs as a user may say them (`analysis.decision.design_expression`): by name, as
    `merged+ranks=one`, or a file. Each future is lived through four times under the same luck: without the
    change, with it, with the new structure from the first day, and with a change that unsettles nobody, which
    is what is hoped for by `planned_days` after it. It is `announced` so many days before (None: not at all,
    and unsettles nobody), and who gets which post is `chosen` by name or by experience. `phased`: so many
    teams at a time go over, so many days apart; the planned time counts from the first.

    Days are kept under `out`, in the folder of the scenario's results, and an interrupted call goes on where
    it was. `simulate` takes the place of `sim.clocks.payback.days_of_block`; the other arguments are those of
    `sim.batch.run.run_batch`. Raises ScenarioError for a change that cannot be, ResultsError, Interrupted,
    NothingToTell where nothing happens.
    """
    began = time.monotonic()
    given = loaded(scenario, seed)
    refuse_idle(given)
    start = given.current if start is None else start
    waves = None if phased is None else {"teams_at_a_time": phased[0], "every": phased[1]}
    how: dict[str, Any] = {"announced": announced, "chosen": chosen, "phased": waves}
    change, count = planned(given, start, to, day, replications, **how)
    study = Study(change, Sweep((Variation({}, change),)), {"answer": NAME}, names_of_arms)
    folder = results_folder(given, out) / f"{NAME}-{study.identity[:8]}"
    own = change.judged_by == OBJECTIVE
    lengths = {NET: change.horizon_days, LEFT: change.horizon_days, IN_PROGRESS: 1}
    lengths |= {OBJECTIVE: 1} if own else {}
    store = HistoryStore(folder, study.identity, names_of_arms(change), lengths)
    blocks = in_blocks([(0, replication) for replication in range(count)])
    with session(
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
            days, left = store.series(blocks, NET), store.series(blocks, LEFT)
            open_ends = store.series(blocks, IN_PROGRESS)[:, :, 0]
            ends = store.series(blocks, OBJECTIVE)[:, :, 0] if own else None
    spent = {"folder": folder, "runs": now.tally.runs, "kept": now.tally.kept}
    spent["seconds"] = time.monotonic() - began
    lived = _Lived(days, left, open_ends, ends)
    return keep(_answer(change, day, planned_days, lived, spent))


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
    two, problems = _both(scenario, start, to)
    if len({one.name for one in two}) == 1 < len(two):
        wrong = f"is {to}, which is the structure before, too"
        problems.append(Problem("", None, "reorganisation.to", wrong, "name another structure"))
    if not 1 <= day < scenario.horizon_days:
        right = (
            f"give a day from 1 to {scenario.horizon_days - 1}: the horizon is {scenario.horizon_days} days"
        )
        problems.append(Problem("", None, "reorganisation.day", f"is {day}", right))
    if problems:
        raise ScenarioError(problems)
    before, after = (structure.name for structure in two)
    return scenario.with_changes(
        {
            "structures": [_written(scenario, structure) for structure in two],
            "current": before,
            "reorganisation": {"from": before, "to": after, "day": day, **how},
            "heads": {name: split for name, split in scenario.heads.items() if name in (before, after)},
            "unequal_managers": {},
            "vary": {},
        }
    )


def _both(scenario: Scenario, start: str, to: str) -> tuple[list[Structure], list[Problem]]:
    """The structures before and after, as far as they are known, and what is wrong with the others."""
    found: list[Structure] = []
    problems: list[Problem] = []
    for key, said in (("reorganisation.from", start), ("reorganisation.to", to)):
        try:
            found.append(design_said(scenario, said, key))
        except ScenarioError as error:
            problems += error.problems
    return found, problems


def _written(scenario: Scenario, structure: Structure) -> str | dict[str, Any]:
    """A structure as the scenario of a change lists it: as in the scenario, where it is listed there."""
    own = {name_of(item): item for item in scenario.structures if not isinstance(item, str)}
    if structure.name in own and structure.name not in PRESETS:
        return own[structure.name].model_dump(by_alias=True, exclude_unset=True)
    if structure.name in known_by_name():
        return structure.name
    return written(structure)


@dataclass(frozen=True)
class _Lived:
    """What the futures were like: futures x structures x days, or futures x structures at the end.

    Net value (€) and hours left to do by day; what work in progress counts for at the end (€), and the
    objective there, None where money is the objective.
    """

    days: Floats
    left: Floats
    open_ends: Floats
    ends: Floats | None

    def whole(self, judged_by: str) -> _Lived:
        """Those futures alone in which no run failed and the objective has something to measure."""
        import numpy as np

        ran = ~np.isnan(self.days).any(axis=(1, 2))
        measured = ran if self.ends is None else ran & ~np.isnan(self.ends).any(axis=1)
        if measured.sum() < 2 <= ran.sum():
            raise unmeasured(int(measured.sum()), len(self.days))
        if measured.sum() < 2:
            raise RuntimeError(no_future(judged_by, int(measured.sum())))
        ends = None if self.ends is None else self.ends[measured]
        return _Lived(self.days[measured], self.left[measured], self.open_ends[measured], ends)


def _answer(
    change: Scenario, day: int, planned_days: int, lived: _Lived, spent: dict[str, Any]
) -> Reorganisation:
    """Set the futures against each other; those in which a run failed, or has no objective, are left out."""
    from sim.scenario.assumptions import values

    whole = lived.whole(change.judged_by)
    start, to = change.structure_names[:2]
    before, after, changed = (whole.days[:, k] for k in range(3))
    found, always = payback(changed - before, day), after - before
    given = values(change.assumptions)
    all_members = sum(team.members for team in change.teams) * given["planned_day"]
    answer = Reorganisation(
        scenario=change.name,
        start=start,
        to=to,
        payback=found,
        lost=lost_hours(whole.left[:, 2], whole.left[:, 0], day, all_members),
        always=estimate(always[:, -1]),
        always_by_day=always.mean(axis=0),
        once=estimate(whole.open_ends[:, 0] - whole.open_ends[:, 2]),
        futures=len(whole.days),
        dropped=len(lived.days) - len(whole.days),
        objective=None if whole.ends is None else _gains(whole.ends[:, 2] - whole.ends[:, 0]),
        hopes=_hopes(change, whole, day, planned_days, all_members),
        question=f"Move from {called(start)} to {called(to)} on day {day}?",
        text="",
        **spent,
    )
    years = change.horizon_days / given["days_a_year"]
    return replace(answer, text=_text(answer, years, points_of(change)))


def _text(answer: Reorganisation, years: float, points: str) -> str:
    parts = (answer.scenario, answer.start, answer.to, answer.payback, answer.always)
    beside: dict[str, Any] = {"once": answer.once, "dropped": answer.dropped, "objective": answer.objective}
    return told(*parts, years=years, lost=answer.lost, hopes=answer.hopes, points=points, **beside)


def _gains(points: Floats) -> Gains:
    return Gains(estimate(points), points)


def _hopes(change: Scenario, lived: _Lived, day: int, planned_days: int, a_day: float) -> Hopes | None:
    """The change held against the same without its price, where it has one."""
    if lived.days.shape[1] <= len(change.all_structures()) or change.reorganisation is None:
        return None
    heard = max(1, day - (change.reorganisation.announced or 0))
    when = Change(heard, day, planned_days, a_day)
    return held_against_hope(_arms(lived.days), _arms(lived.left), when)


def _arms(futures: Floats) -> tuple[Floats, Floats, Floats]:
    """Without the change, with it, and with one that unsettles nobody."""
    return futures[:, 0], futures[:, 2], futures[:, 3]
