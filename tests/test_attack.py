"""The program stands a sample of every class of attack; `make attack` tries them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.attack import Kind, kinds, tried
from benchmarks.attack.__main__ import main
from benchmarks.attack.command import Ended
from benchmarks.attack.trial import Trial
from tests import forked


def rolecall(*arguments: str, folder: Path) -> Ended:
    """A command as a process that has loaded everything: for results that are damaged it does not matter."""
    return Ended(*forked.command_apart(folder, list(arguments)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_the_program_stands_a_sample_of_each_class_of_attack(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.attack.damage.rolecall", rolecall)
    trials = list(tried(kind, False, tmp_path))
    assert trials
    assert [trial for trial in trials if not trial.ok] == []


def test_an_attack_that_falls_over_counts_as_failed(tmp_path: Path) -> None:
    def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
        yield Trial("first", True)
        raise OSError("no")

    first, second = tried(Kind("falls", "Falls", attack), True, tmp_path)
    assert (first.ok, second.ok) == (True, False)
    assert "OSError: no" in second.said


def test_failures_are_counted_listed_and_told_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
        yield Trial("harmless", True)
        yield Trial("harmful", not thorough, "it said so")

    monkeypatch.setattr("benchmarks.attack.__main__.kinds", lambda: [Kind("odd", "Odd things", attack)])
    assert main(["--short"]) == 0
    assert main([]) == 1
    printed = capsys.readouterr().out
    assert "odd      2       1  Odd things" in printed
    assert "FAILED odd: harmful\nit said so" in printed
