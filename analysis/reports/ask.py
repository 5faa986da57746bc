"""The report of a folder of results: one HTML file that needs nothing else, to read, print and hand on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.batch.results import writing
from sim.safety.facts_file import write_whole

PAGE, BRIEF = "report.html", "brief.html"


def report(
    results: Path | str,
    *,
    out: Path | str | None = None,
    brief: bool = False,
    tell: Callable[[str], None] = lambda line: None,
) -> Path:
    """Write the report of the folder `results` to the file `out` (default: `report.html` in that folder).

    With `brief`, its first page alone (`brief.html`). The page makes no request and runs no script. Some
    futures are run again for the flow over time; their days are kept in `results`. `tell` is told which
    figure comes next. Raises ResultsError when there are no results, or they are damaged, or the file cannot
    be written.
    """
    from analysis.plots.gallery import draw
    from analysis.reports.page import page
    from analysis.results.folder_contents import gather
    from analysis.results.paths import check_file_to_write

    usual = BRIEF if brief else PAGE
    if out is not None:
        check_file_to_write(Path(out), usual)
    material = gather(results)
    drawn, left_out = draw(material, tell, first=brief)
    text = page(material, drawn, left_out, brief=brief)
    path = Path(out) if out is not None else material.folder / usual
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    return path
