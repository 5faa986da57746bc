"""The futures of all designs that an answer chooses from: those listed, and beside them those in between.

What is listed is a batch like any other, which `run` and `report` know. The designs in between are one of
their own, in a folder inside: the same organisation under the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.designs import Design, written
from analysis.decision.forecast import Forecast
from sim.batch.manifest import read_manifest
from sim.batch.results import ResultsError, read_results
from sim.batch.run import study_of
from sim.batch.session import Session, Tally, session
from sim.batch.study import Study, comparing, grid
from sim.scenario.base import items_at
from sim.scenario.moved_ingredients import names_in

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario


LISTED, BETWEEN = "listed", "between"
CHOICE = (LISTED, BETWEEN)
"""The batches that a design is chosen from."""


@dataclass(frozen=True)
class Futures:
    """An open batch of all designs; `beside` is that of those in between, if there are any."""

    listed: Session
    beside: Session | None
    forecast: Forecast

    def extend(
        self, futures: int, designs: Sequence[str], meanwhile: Callable[[], None] | None = None
    ) -> None:
        """Have so many futures of these designs; what is not among them lives no further."""
        for now in filter(None, (self.listed, self.beside)):
            own = [name for name in now.study.scenario.structure_names if name in designs]
            if own:
                now.extend(grid(1, futures), replications=futures, structures=own, meanwhile=meanwhile)

    def expect(self, more: int, designs: Sequence[str]) -> None:
        """Expect so many futures more of these designs than have been asked for so far."""
        for batch, now in zip(CHOICE, (self.listed, self.beside), strict=True):
            if now is not None:
                own = [name for name in now.study.scenario.structure_names if name in designs]
                now.tally.expected = now.tally.runs + more * len(own)
                self.forecast.expect({batch: now.tally.expected})

    @property
    def tally(self) -> Tally:
        """How many runs there are of all designs, were kept from before, and failed."""
        both = [now.tally for now in (self.listed, self.beside) if now is not None]
        runs, done, kept, failed = (
            sum(getattr(tally, name) for tally in both) for name in ("runs", "done", "kept", "failed")
        )
        return Tally(None, runs, runs, done, kept, failed)

    def frame(self, columns: Sequence[str] | None, futures: int) -> pd.DataFrame:
        """The rows so far, of all designs, as `read_results` gives them."""
        import pandas as pd

        own = self.listed.frame(columns, futures)
        return own if self.beside is None else pd.concat([own, self.beside.frame(columns, futures)])


def scenario_between(scenario: Scenario, found: Sequence[Design]) -> Scenario | None:
    """The scenario with the designs that it does not list in place of its own; None where there are none."""
    own = [written(design.structure) for design in found if not design.listed]
    return comparing(scenario, own) if own else None


def folder_between(folder: Path, study: Study) -> Path:
    """Where the designs in between are kept."""
    return folder / f"between-{study.identity[:8]}"


@contextmanager
def session_of_all(
    scenario: Scenario,
    found: Sequence[Design],
    folder: Path,
    *,
    arguments: Mapping[str, Any],
    forecast: Forecast,
    **workers: Any,
) -> Iterator[Futures]:
    """Open the batches of all designs, of which `forecast` is told; other arguments as for `session`."""
    listed, between = study_of(scenario), scenario_between(scenario, found)
    progress = {name: forecast.of(name) for name in CHOICE}
    with session(listed, folder, arguments=arguments, progress=progress[LISTED], **workers) as now:
        if between is None:
            yield Futures(now, None, forecast)
            return
        study = study_of(between)
        inside = folder_between(folder, study)
        with session(study, inside, progress=progress[BETWEEN], **workers) as beside:
            yield Futures(now, beside, forecast)


def _left_between(folder: Path, between: Scenario) -> Path | None:
    """Where the designs in between are; those of an earlier version of the model, which names the folder
    otherwise, are known by their names.
    """
    named = folder_between(folder, study_of(between))
    if named.exists():
        return named
    wanted = list(between.structure_names)
    left = [inside for inside in folder.glob("between-*") if _names(inside) == wanted]
    return left[0] if len(left) == 1 else None


def _names(inside: Path) -> list[str]:
    """The structures that a folder of runs is of; none where it does not say."""
    return names_in(items_at(read_manifest(inside).get("scenario"), "structures"))


def rows_between(folder: Path, scenario: Scenario, found: Sequence[Design]) -> pd.DataFrame | None:
    """The rows of the designs in between that `decide` left in a folder; None where there are none.

    Raises ResultsError where they are damaged.
    """
    between = scenario_between(scenario, found)
    if between is None:
        return None
    inside = _left_between(folder, between)
    if inside is None:
        return None
    try:
        return read_results(inside)
    except FileNotFoundError as error:
        raise ResultsError(f"{inside}: {error}") from None
