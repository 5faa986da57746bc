"""What reaches the screen and the files that people open: seen for what it is, and nothing of libraries."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from analysis.commands.cli import app
from analysis.commands.streams import Legible
from analysis.figures.looks import plain
from sim.clocks.simulate import ensure_compiled
from sim.safety.cells import harmless, write_csv

LOUD = """
import logging, sys, warnings
import sim.scenario
load = sim.scenario.load
def loud(path):
    warnings.filterwarnings("always")  # as scikit-learn does on import
    import numpy
    numpy.float64(1) / numpy.float64(0)
    warnings.warn("a change is coming", DeprecationWarning)
    logging.getLogger("matplotlib.font_manager").warning("findfont: no such font")
    return load(path)
sim.scenario.load = loud
from analysis.commands.start import main
sys.argv = ["rolecall", "check", "org.yaml"]
main()
"""


def checked(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`rolecall check` in which libraries warn in every way they have; compiled before."""
    ensure_compiled()
    (folder / "org.yaml").write_text("name: A\n")
    return subprocess.run(
        [sys.executable, *options, "-c", LOUD],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        text=True,
        check=True,
    )


def test_no_warning_of_a_library_reaches_the_screen(tmp_path: Path) -> None:
    done = checked(tmp_path)
    assert "org.yaml: fine" in done.stdout
    assert done.stderr == ""


def test_a_path_that_steers_a_terminal_is_seen_and_steers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal colours pass, but not those of a name that somebody chose for a file."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    Path("red\x1b[31m.yaml").write_text("name: A\n")
    out, err = Legible(sys.stdout), Legible(sys.stderr)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    app(["check", "red\x1b[31m.yaml"], standalone_mode=False)
    with pytest.raises(SystemExit):
        app(["check", "none\x1b[31m.yaml"])
    said = capsys.readouterr()
    assert r"red\x1b[31m.yaml: fine" in said.out and r"none\x1b[31m.yaml: cannot be read" in said.err
    assert "\x1b[31m" not in said.out + said.err


@pytest.mark.parametrize(("options", "environment"), [((), {"ROLECALL_DEBUG": "1"}), (("-Wdefault",), {})])
def test_who_asks_for_warnings_gets_them(
    tmp_path: Path, options: tuple[str, ...], environment: dict[str, str]
) -> None:
    assert "a change is coming" in checked(tmp_path, *options, **environment).stderr


def test_a_file_or_pipe_gets_no_character_that_steers_a_terminal() -> None:
    pipe = StringIO()
    assert Legible(pipe).write("\x1b]0;evil\x07 \x9b31m \u202eno\u200be\n") == 21
    assert pipe.getvalue() == "\\x1b]0;evil\\x07 \\x9b31m noe\n"


def test_a_terminal_keeps_its_colours_and_nothing_else() -> None:
    terminal = StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    Legible(terminal).write("\x1b[1mbold\x1b[0m \x9b31m\u202e\n")
    assert terminal.getvalue() == "\x1b[1mbold\x1b[0m \\x9b31m\n"


def test_figures_show_no_mark_that_nobody_sees() -> None:
    assert plain("a\u202eb\u200bc\x9bd\x07 $1") == "abc\\x9bd\\x07 \\$1"


def test_no_cell_of_a_table_is_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    names = ["=1+1", "+a", "-b", "@c", "\td", "\re", "f=1", "-5", "-5.5e3", "\u202e=g"]
    frame = pd.DataFrame({"=name": names, "value": [-1.5] * len(names), "n": [-2] * len(names)})
    write_csv(frame, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["'=name", "value", "n"]
    assert [row[0] for row in rows[1:]] == [
        "'=1+1", "'+a", "'-b", "'@c", "'\td", "'\\re", "f=1", "-5", "-5.5e3", "'=g",
    ]  # fmt: skip
    assert {tuple(row[1:]) for row in rows[1:]} == {("-1.5", "-2")}
    assert harmless(-3) == -3 and harmless(None) is None
