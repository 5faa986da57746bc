"""What a user is told about a scenario file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario import ScenarioError, load
from sim.scenario.reading.problems import Problem

Mistake = tuple[str, int, str, str]
"""The text of a scenario with one mistake in it; the line, the key and a part of the message that tell it."""


def problems_of(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    """The problems of a scenario file with this text."""
    (folder / "sound.csv").write_text("project,task,team,estimate_hours,predecessors\nP,a,web-1,8,\n")
    file = folder / "org.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ScenarioError) as caught:
        load(file)
    return caught.value.problems


def is_told(folder: Path, mistake: Mistake) -> None:
    """One mistake makes one problem, in one line, with its place and the remedy."""
    text, line, key, part = mistake
    (problem,) = problems_of(folder, text)
    assert part in str(problem)
    assert (problem.line, problem.key) == (line, key)
    assert problem.right
