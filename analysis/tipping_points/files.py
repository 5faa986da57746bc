"""What is kept of a search beside its runs: the points (CSV), the finding (JSON), the figure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sim.batch.results import writing
from sim.safety.cells import write_csv
from sim.safety.facts_file import as_text, whole, write_whole
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.tipping_points.finding import Line
    from analysis.tipping_points.result import Tip

_FIGURE, _POINTS, FINDING = "tip", "points.csv", "tip.json"


def write(tip: Tip) -> tuple[Path, ...]:
    """Write the files into the folder of the search and name them."""
    from analysis.figures.looks import save
    from analysis.tipping_points.figure import tip_figure

    with writing(tip.folder):
        with whole(tip.folder / _POINTS) as draft:
            write_csv(tip.points, draft)
        write_whole(tip.folder / FINDING, as_text(as_said(tip)))
        save(tip_figure(tip), tip.folder, _FIGURE)
    return files(tip)


def files(tip: Tip) -> tuple[Path, ...]:
    """The files that `write` writes, those for people first; none where there was no search."""
    if tip.idle:
        return ()
    return tuple(tip.folder / name for name in (f"{_FIGURE}.png", f"{_FIGURE}.svg", _POINTS, FINDING))


def as_said(tip: Tip) -> dict[str, Any]:
    """The finding as plain JSON values; a structure is named, where the finding has its side."""
    return {
        "kind": tip.finding.kind,
        "text": tip.text,
        "scenario": tip.scenario,
        "current": tip.current,
        "other": tip.other,
        "objective": tip.objective,
        "unit": BY_NAME[tip.objective].unit,
        "matters": tip.matters,
        "over": [
            {k: v for k, v in asdict(a).items() if k != "values"} | {"logarithmic": a.logarithmic}
            for a in tip.axes
        ],
        "lines": [_line(tip, line) for line in tip.finding.lines],
        "ahead": {
            tip.current: tip.finding.shares[-1],
            tip.other: tip.finding.shares[1],
            "open": tip.finding.shares[0],
        },
        "futures": tip.futures,
        "points": len(tip.points),
        "failed": tip.failed,
    }


def _line(tip: Tip, line: Line) -> dict[str, Any]:
    """What is found along the first axis at one value of the second."""
    names = {-1: tip.current, 0: None, 1: tip.other}
    return {
        "value": line.value,
        "crossings": [
            {"at": c.at, "low": c.low, "high": c.high, "below": names[c.below], "above": names[-c.below]}
            for c in line.crossings
        ],
        "stretches": [
            {"low": s.low, "high": s.high, "ahead": names[s.side], "tie": s.tie} for s in line.stretches
        ],
    }
