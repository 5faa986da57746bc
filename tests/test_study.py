"""The reference study is whole, and of the example as it is; `make study` makes it anew."""

from __future__ import annotations

import json
from pathlib import Path

from sim.batch.identity import as_given
from sim.batch.manifest import read_manifest
from sim.batch.results import read_results
from sim.scenario import load

ROOT = Path(__file__).parents[1]
STUDY = ROOT / "results" / "study"


def folder() -> Path:
    (only,) = (path for path in STUDY.iterdir() if path.is_dir())
    return only


def test_it_is_about_the_example_as_it_is() -> None:
    assert read_manifest(folder())["scenario"] == as_given(load(ROOT / "scenarios" / "scaleup.yaml"))


def test_it_holds_every_answer_with_its_figure_and_the_runs_of_the_first() -> None:
    runs = read_results(folder(), columns=[])
    assert runs["error"].isna().all()
    for kind in ("reorganise", "tip", "why"):
        (answer,) = folder().glob(f"{kind}-*")
        assert json.loads((answer / f"{kind}.json").read_text(encoding="utf-8"))
        assert (answer / f"{kind}.png").stat().st_size > 10_000
    (told,) = folder().glob("trace-*")
    assert (told / "log.txt").stat().st_size > 10_000


def test_the_runs_of_the_designs_in_between_are_there_for_whoever_writes_a_report_of_it() -> None:
    (between,) = folder().glob("between-*")
    assert len(read_results(between, columns=[]))


def test_the_report_says_what_was_decided() -> None:
    said = json.loads((folder() / "decision.json").read_text(encoding="utf-8"))
    page = (STUDY / "report.html").read_text(encoding="utf-8")
    assert said["question"] in page
    assert said["paragraphs"][0].split("(")[0].split(": ", 1)[1].strip()[:30] in page
    assert "<script" not in page
