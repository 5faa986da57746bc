"""The figures of a folder of results, as files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.plots.gallery import SayNext, draw
from analysis.results.material import gather
from analysis.results.paths import check_folder_to_write
from sim.batch.results import writing


@dataclass(frozen=True)
class Plots:
    """The files that were written, a PNG and an SVG for each figure, and a line for each figure left out;
    `remarks` are to be told beside them.
    """

    files: tuple[Path, ...]
    left_out: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def plot(results: Path | str, *, out: Path | str | None = None, tell: SayNext = lambda line: None) -> Plots:
    """Draw every figure that the folder `results` allows, into `out` (default: the same folder).

    Some futures are run again for the flow over time; their days are kept in a folder in `results`.
    `tell` is told which figure comes next. Raises ResultsError when there are no results, or they are
    damaged, or a folder cannot be written.
    """
    from analysis.figures.looks import save

    if out is not None:
        check_folder_to_write(Path(out))
    material = gather(results)
    folder = Path(out) if out is not None else material.folder
    drawn, left_out = draw(material, tell)
    files: list[Path] = []
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for each in drawn:
            files += save(each.figure, folder, each.name)
    return Plots(tuple(files), tuple(left_out), tuple(material.remarks))
