"""Questions with nothing in them are answered in a sentence, by every command."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analysis.commands.cli import app
from sim.vocabulary import DUTIES

TWIN = "\n".join(
    [
        "name: Twins",
        "horizon_days: 40",
        "managers: 2",
        "structures:",
        *(
            f"- {{name: {name}, roles: {{lead: {{}}}}, duties: {{{': lead, '.join(DUTIES)}: lead}}}}"
            for name in ("one", "other")
        ),
    ]
)
IDLE = """\
name: Idle
horizon_days: 40
managers: 2
structures: [merged, separated]
portfolio: {projects: {at_start: 0, a_year: 0}}
"""


def asked(folder: Path, scenario: str, *command: str) -> Result:
    """What a command says of a scenario, whose results are kept in the folder."""
    (folder / "org.yaml").write_text(scenario)
    where = [str(folder / "org.yaml"), "--out", str(folder / "results")]
    said = CliRunner().invoke(app, [command[0], *where, *command[1:]])
    assert said.exit_code == 0, said.output
    return said


def told(said: Result) -> str:
    """All that was said, in one line."""
    return " ".join(said.output.split())


def kept(folder: Path) -> str:
    """Where the results are."""
    return str(next(each for each in (folder / "results").iterdir() if each.is_dir()))


@pytest.mark.parametrize(
    "command",
    [
        ("decide",),
        ("why", "--against", "separated"),
        ("tip", "--over", "managers=2..4"),
        ("reorganise", "--to", "separated", "--day", "20"),
    ],
)
def test_where_nothing_happens_there_is_nothing_to_choose(tmp_path: Path, command: tuple[str, ...]) -> None:
    said = told(asked(tmp_path, IDLE, *command))
    assert "For Idle: nothing happens. No work begins within the 40 days" in said
    assert "more futures" not in said and "wins" not in said


def test_structures_that_never_differ_are_said_to_make_no_difference(tmp_path: Path) -> None:
    said = told(asked(tmp_path, TWIN, "decide", "--max-replications", "60", "--doubt", "0"))
    assert "Other is equal to one in every future: it makes no difference." in said
    assert "It wins" not in said
    for command in (["compare", kept(tmp_path)], ["plot", kept(tmp_path)]):
        beside = told(CliRunner().invoke(app, command))
        assert "note: other is equal to one in every future: it makes no difference" in beside
    CliRunner().invoke(app, ["report", kept(tmp_path)])
    page = (Path(kept(tmp_path)) / "report.html").read_text(encoding="utf-8")
    assert "Other is equal to one in every future: it makes no difference." in page


def test_what_decides_between_twins_is_nothing(tmp_path: Path) -> None:
    said = told(asked(tmp_path, TWIN, "why", "--against", "other", "--runs", "64"))
    assert said == "For Twins: other is equal to one in every future: it makes no difference."


def test_to_move_from_one_twin_to_the_other_is_worth_nothing(tmp_path: Path) -> None:
    said = told(asked(tmp_path, TWIN, "reorganise", "--to", "other", "--day", "20", "--replications", "20"))
    assert "Had it been other from the first day, it would be equal to one in every future." in said


def test_runs_of_an_idle_organisation_come_with_a_note(tmp_path: Path) -> None:
    said = told(asked(tmp_path, IDLE, "run", "--replications", "4"))
    assert "note: no work begins within the 40 days: nothing will happen" in said
