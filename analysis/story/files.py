"""A run that was told, as files: tables, the log, figures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING

from analysis.figures.looks import save
from analysis.story.figure import (
    causes_figure,
    delays_figure,
    hours_figure,
    portfolio_figure,
    project_figure,
    trays_figure,
)
from sim.batch.identity import identity
from sim.batch.manifest import folder_name
from sim.batch.results import writing
from sim.safety.cells import write_csv
from sim.safety.facts_file import sync_folder
from sim.safety.names import legible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.story.result import Trace

TABLES = ("events", "projects", "causes", "bound", "trays", "hours")


def folder_of(trace: Trace, out: Path) -> Path:
    """Where a trace is kept: beside the results of its scenario, under a name of its own."""
    scenario, structure = trace.scenario, trace.structure
    # The hash tells structures apart whose names are alike in plain letters, and whose agents there were.
    which = trace.run if trace.agents else structure
    run = folder_name(f"trace {trace.replication} {structure}", sha256(which.encode()).hexdigest())
    return out / folder_name(scenario.name, identity(scenario)) / run


def refuse_unwritable(out: Path) -> None:
    """Raise ResultsError if nothing can be written under `out`; leaves nothing there."""
    with writing(out):
        there = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
        with TemporaryFile(dir=there):
            pass


def write_trace(trace: Trace, out: Path, project: int | None = None) -> tuple[Path, ...]:
    """Write tables (CSV), the log and figures (PNG and SVG) under `out`; returns the files, tables first.

    Figures of one project are those of `project`, by default the most delayed. Each file is there whole or
    not at all. Raises ResultsError when the disk refuses.
    """
    folder = folder_of(trace, out)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".draft-") as draft:
            drafts = [*_tables(trace, Path(draft)), *_figures(trace, Path(draft), project)]
            for path in drafts:
                os.replace(path, folder / path.name)
        sync_folder(folder)
    return tuple(folder / path.name for path in drafts)


def _tables(trace: Trace, folder: Path) -> Iterator[Path]:
    for name in TABLES:
        path = folder / f"{name}.csv"
        write_csv(getattr(trace, name), path)
        yield path
    log = folder / "log.txt"
    log.write_text("".join(f"{legible(line)}\n" for line in trace.log), encoding="utf-8")
    yield log


def _figures(trace: Trace, folder: Path, project: int | None) -> Iterator[Path]:
    for name, figure in figures(trace, project):
        yield from save(figure, folder, name)


def figures(trace: Trace, project: int | None = None) -> Iterator[tuple[str, Figure]]:
    """Every figure with its name; without projects or managers there are none of them."""
    if len(trace.projects):
        chosen = trace.worst[0] if project is None else project
        yield "portfolio", portfolio_figure(trace)
        yield "delays", delays_figure(trace)
        yield f"project-{chosen}-causes", causes_figure(trace, chosen)
        if len(trace.tasks(chosen)):
            yield f"project-{chosen}-tasks", project_figure(trace, chosen)
    if len(trace.hours):
        yield "in-trays", trays_figure(trace)
        yield "hours", hours_figure(trace)
