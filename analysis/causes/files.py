"""What the answer to *why* leaves on disk, for reports and for whoever reckons on: JSON, CSV and figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.causes import words
from analysis.causes.result import SHARED, estimates
from analysis.figures.looks import save
from analysis.statistics.compare import Estimate
from sim.batch.results import writing
from sim.safety.cells import write_csv
from sim.safety.facts_file import as_text, whole, write_whole

if TYPE_CHECKING:
    from analysis.causes.result import Cause, Why

_NAME = "why"


def keep(why: Why) -> Why:
    """Write `why.json`, `why.csv` and the figure into the answer's folder, and give it with these files."""
    from analysis.causes.figure import why_figure

    why = replace(why, text=words.text(why))
    table, told = why.folder / f"{_NAME}.csv", why.folder / f"{_NAME}.json"
    with writing(why.folder):
        with whole(table) as draft:
            write_csv(why.frame(), draft)
        write_whole(told, as_text(content(why)))
        figures = save(why_figure(why), why.folder, _NAME)
    return replace(why, files=(told, table, *figures))


def content(why: Why) -> dict[str, Any]:
    """The answer as plain JSON values, with its words."""
    plain = (
        "scenario",
        "current",
        "against",
        "objective",
        "runs",
        "left_out",
        "failed",
        "first_failure",
        "deviation",
    )
    return {
        **{name: getattr(why, name) for name in plain},
        **{name: interval(getattr(why, name)) for name in ("difference", "luck", "known", "alone")},
        "text": str(why),
        "causes": [_cause(cause) for cause in why.causes],
    }


def interval(estimate: Estimate) -> dict[str, float]:
    """An estimate with the ends of its interval."""
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}


def _cause(cause: Cause) -> dict[str, Any]:
    told = {key: getattr(cause.factor, key) for key in SHARED}
    return {**told, "is_driver": cause.is_driver} | {k: interval(e) for k, e in estimates(cause).items()}
