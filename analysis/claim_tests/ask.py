"""Claims put to the test: drawn organisations live through the arms of each, and its rows are judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.claim_tests.contrasts import Tested
from analysis.claim_tests.files import keep
from analysis.claim_tests.hinges import hinge_of
from analysis.claim_tests.judge import ruled
from analysis.claim_tests.mechanisms import carried, differs
from analysis.claim_tests.one_by_one import Library, each_alone, library_of
from analysis.claim_tests.population import Population
from analysis.claim_tests.records import Claim, Dial, Row, family, registered
from analysis.claim_tests.result import Claims
from analysis.claim_tests.runs import Lived, Where, lived
from analysis.statistics.arrays import Floats
from sim.batch.session import Progress
from sim.batch.workers import SimulateBlock
from sim.scenario.reading.problems import Problem, ScenarioError, suggest
from sim.vocabulary import NET_VALUE

ORGANISATIONS, QUICK = 500, 60
"""Organisations that each claim is put to, in full and in the quick form."""


def claims(
    names: Iterable[str] = (),
    *,
    organisations: int = ORGANISATIONS,
    jobs: int | None = None,
    out: Path | str = "results",
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> Claims:
    """Put registered claims (`C5`, … by name; all, where none is named) to the test.

    `organisations` are drawn for each; more go on from fewer, and what is whole from an earlier session of
    the same version of record and model is kept. The library's are asked one by one as well, and where a
    difference was found, a sixteenth of those drawn (more, where that does not tell) say what carries it.
    Table, figure and facts are written to `claims` under `out`. The other arguments are those of
    `sim.batch.run.run_batch`. Raises ScenarioError for a claim that is not registered, ValueError for fewer
    than two organisations.
    """
    if organisations < 2:
        raise ValueError(f"{organisations} organisations say nothing: give at least 2")
    asked = named(names)
    workers: dict[str, Any] = {"jobs": jobs, "executor": executor, "simulate": simulate}
    where = Where(Path(out) / "claims", workers)
    todo = [_Asked(claim, *part, organisations) for claim in asked for part in _by_dial(claim)]
    told = _InAll(progress, [runs for each in todo for runs in each.runs])
    tested = [row for n, each in enumerate(todo) for row in _answered(each, where, told, 2 * n)]
    order = {id(row): n for n, row in enumerate(row for claim in asked for row in claim.rows)}
    tested.sort(key=lambda each: order[id(each.finding.row)])
    return keep(Claims(tuple(tested), family(), _version(), where.folder))


@dataclass(frozen=True)
class _Asked:
    """The rows of a claim that are judged from the same runs, and who is asked."""

    claim: Claim
    dial: Dial | None
    rows: list[Row]
    organisations: int

    @property
    def drawn(self) -> Population:
        return Population(self.claim, self.dial)

    @property
    def library(self) -> Library:
        return library_of(self.drawn, self.organisations)

    @property
    def runs(self) -> tuple[int, int]:
        """Runs of the drawn, and of the library's."""
        arms = len(self.claim.scenario.structure_names)
        library = self.library
        return len(self.drawn.cells(self.organisations)) * arms, len(library.cells(library.many)) * arms


def _answered(asked: _Asked, where: Where, told: _InAll, part: int) -> list[Tested]:
    """The rows of one set of runs judged, with the library's say, and with what carries them."""
    wanted = {name for row in asked.rows for name in row.columns}
    batch = lived(asked.drawn, asked.organisations, where, told.of(part), wanted)
    alone = lived(asked.library, asked.library.many, where, told.of(part + 1), wanted)
    found = [replace(_tested(batch, row), library=each_alone(alone, row)) for row in asked.rows]
    differ = [n for n, each in enumerate(found) if differs(each.finding)]
    if differ:
        by = carried(batch, [asked.rows[n] for n in differ], where, told.more)
        for n, mechanisms in zip(differ, by, strict=True):
            found[n] = replace(found[n], carried=mechanisms)
    return found


def named(names: Iterable[str]) -> tuple[Claim, ...]:
    """The registered claims of these names, or all. Raises ScenarioError for one that is not registered."""
    known = {claim.name: claim for claim in registered()}
    asked = [name.strip().upper() for name in names] or list(known)
    strange = [name for name in asked if name not in known]
    if strange:
        raise ScenarioError(
            [
                Problem("", None, "claim", f"{name} is not registered", suggest(name, list(known)))
                for name in strange
            ]
        )
    return tuple(known[name] for name in dict.fromkeys(asked))


def _by_dial(claim: Claim) -> list[tuple[Dial | None, list[Row]]]:
    """The rows of a claim that are judged from the same runs."""
    found: list[tuple[Dial | None, list[Row]]] = []
    for row in claim.rows:
        for dial, rows in found:
            if dial == row.over:
                rows.append(row)
                break
        else:
            found.append((row.over, [row]))
    return found


def _tested(batch: Lived, row: Row) -> Tested:
    """A row judged from its runs; organisations that collapse under every arm are left out."""
    values = {
        name: {
            arm: np.where(batch.collapsed[:, None, None], np.nan, batch.values[name][arm])
            for arm in batch.values[name]
        }
        for name in row.columns
    }
    finding = ruled(row, values, batch.paid, family())
    return Tested(
        claim=batch.population.claim,
        finding=finding,
        organisations=batch.organisations,
        left_out=int(batch.collapsed.sum()),
        failed=batch.failed,
        euros=_euros(row, values),
        hinge=hinge_of(batch.draws, finding.each),
    )


def _euros(row: Row, values: Mapping[str, Mapping[str, Floats]]) -> float:
    if row.outcomes != (NET_VALUE,) or row.kind in ("mostly", "rises"):
        return np.nan
    contrast = sum(weight * values[NET_VALUE][arm] for arm, weight in row.arms.items())
    return float(np.nanmean(contrast)) if not np.isnan(contrast).all() else np.nan


def _version() -> str:
    from sim.version import VERSION

    return VERSION


class _InAll:
    """One progress over several batches."""

    def __init__(self, progress: Progress | None, runs: Sequence[int]) -> None:
        self._progress, self._runs, self._done = progress, list(runs), [0] * len(runs)

    def more(self) -> Progress | None:
        """What one more batch tells, that was not counted on."""
        self._runs.append(0)
        self._done.append(0)
        return self.of(len(self._runs) - 1)

    def of(self, place: int) -> Progress | None:
        """What a batch tells."""
        if self._progress is None:
            return None
        progress = self._progress

        def tell(done: int, runs: int) -> None:
            self._done[place], self._runs[place] = done, max(runs, self._runs[place])
            progress(sum(self._done), sum(self._runs))

        return tell
