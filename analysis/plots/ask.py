"""The figures of a folder of results, as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.plots.gallery import SayNext, draw
from analysis.results.folder_contents import gather
from analysis.results.paths import check_folder_to_write
from sim.batch.results import ResultsError, writing

if TYPE_CHECKING:
    from analysis.results.folder_contents import Material


@dataclass(frozen=True)
class Plots:
    """The files that were written, a PNG and an SVG for each figure, and a line for each figure left out;
    `remarks` are to be told beside them.
    """

    files: tuple[Path, ...]
    left_out: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.files)} files, {len(self.left_out)} left out>"


def plot(
    results: Path | str,
    *,
    out: Path | str | None = None,
    show: Sequence[str] = (),
    tell: SayNext = lambda line: None,
) -> Plots:
    """Draw every figure that the folder `results` allows, into `out` (default: the same folder).

    Of a sweep, only the curves of the outcomes that `show` names, if it names any: one for each key that is
    varied, with its numbers beside it. Some futures are run again for the flow over time; their days are kept
    in a folder in `results`. `tell` is told which figure comes next. Raises ResultsError when there are no
    results, or they are damaged, vary nothing that could be shown as a curve, or a folder cannot be written.
    """
    from analysis.figures.looks import save

    if out is not None:
        check_folder_to_write(Path(out))
    material = gather(results)
    folder = Path(out) if out is not None else material.folder
    if show:
        return _curves(material, tuple(show), folder)
    drawn, left_out = draw(material, tell)
    files: list[Path] = []
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for each in drawn:
            files += save(each.figure, folder, each.name)
    return Plots(tuple(files), tuple(left_out), tuple(material.remarks))


def _curves(material: Material, outcomes: Sequence[str], folder: Path) -> Plots:
    """The curves of some outcomes over what a sweep varies."""
    from analysis.sweeps.curves import write_curves
    from sim.scenario.sweep import variations
    from sim.vocabulary import MISSING

    if not material.varied:
        shown = " ".join(f"--show {name}" for name in outcomes)
        raise ResultsError(
            f"{material.folder}: varies nothing, so there is no curve to draw; rolecall run SCENARIO --vary "
            f"managers=3,6 {shown} draws one, rolecall compare {material.folder} {shown} prints the numbers"
        )
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    varied = variations(material.scenario)
    drawn = {name: write_curves(material.results, varied, [name], folder) for name in outcomes}
    left_out = [
        f"{name}: {MISSING.get(name, 'no future could be compared')}" for name in outcomes if not drawn[name]
    ]
    files = tuple(file for each in drawn.values() for file in each)
    return Plots(files, tuple(left_out), tuple(material.remarks))
