"""The report of a folder of results: one HTML file that needs nothing else, to read, print and hand on."""

from __future__ import annotations

from pathlib import Path

from sim.batch.results import writing
from sim.safety.facts_file import write_whole

PAGE = "report.html"


def report(results: Path | str, *, out: Path | str | None = None) -> Path:
    """Write the report of the folder `results` to the file `out` (default: `report.html` in that folder).

    The page makes no request and runs no script. Some futures are run again for the flow over time; their
    days are kept in `results`. Raises ResultsError when there are no results, or they are damaged, or the
    file cannot be written.
    """
    from analysis.plots.gallery import draw
    from analysis.reports.page import page
    from analysis.results.material import gather
    from analysis.results.paths import check_file_to_write

    if out is not None:
        check_file_to_write(Path(out), PAGE)
    material = gather(results)
    drawn, left_out = draw(material)
    text = page(material, drawn, left_out)
    path = Path(out) if out is not None else material.folder / PAGE
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    return path
