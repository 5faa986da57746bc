"""What a user meets at the command line: answers, one-line messages, and exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.commands import cli, progress
from analysis.commands.cli import app
from sim.scenario import Scenario
from sim.vocabulary import NET_VALUE
from tests import fake_runs

ROOT = Path(__file__).parents[2]
COMMANDS = tuple(command.__name__ for command in cli.COMMANDS)

Simulate = Callable[[Scenario, Sequence[int]], list[fake_runs.Row]]


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Simulate], None]:
    """Put fake runs in the place of the engine."""

    def use(simulate: Simulate) -> None:
        module = types.ModuleType("sim.clocks.simulate")
        module.ensure_compiled = lambda notify: None  # type: ignore[attr-defined]
        module.simulate_block = simulate  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "sim.clocks.simulate", module)

    monkeypatch.setattr("sim.building.preparation.prepare", lambda scenario: scenario)
    use(fake_runs.simulate)
    return use


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "agency.yaml"
    path.write_text("name: Scale-up agency\nreplications: 60\n")
    return path


def call(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(a) for a in arguments], prog_name="rolecall")
    return done.exit_code, done.stdout, done.stderr


def test_decide_prints_table_verdict_and_where_everything_is(scenario: Path, tmp_path: Path) -> None:
    code, out, err = call("decide", "agency.yaml")
    assert (code, err) == (0, "")
    assert "Net value a year" in out
    assert "Split the roles? For Scale-up agency: cannot tell yet, about " in out
    folder = next((tmp_path / "results").iterdir())
    assert "360 runs, in " in out
    assert f"results/{folder.name}" in out
    assert f"figure: results/{folder.name}/decision.png" in out
    assert (folder / "decision.svg").exists()
    assert max(map(len, out.split("360 runs")[0].splitlines())) <= 80


def test_decide_says_that_it_leaves_a_sweep_aside(scenario: Path) -> None:
    scenario.write_text(f"{scenario.read_text()}vary: {{managers: [4, 8]}}\n")
    code, out, err = call("decide", "agency.yaml")
    assert code == 0 and "Split the roles?" in out
    assert err == "agency.yaml: vary is left aside here; `rolecall run` lives through every combination\n"


def test_decide_twice_keeps_the_runs_of_the_first_time(scenario: Path) -> None:
    first, second = call("decide", scenario)[1], call("decide", scenario)[1]
    assert "360 runs, 360 of them kept from before" in second
    assert first.split("360 runs")[0] == second.split("360 runs")[0]


def test_options_win_over_the_scenario(scenario: Path, tmp_path: Path) -> None:
    code, out, _ = call("run", scenario, "--replications", 5, "--seed", 9, "--jobs", 1, "--out", "elsewhere")
    assert code == 0
    assert "over 5 futures" in " ".join(out.split())
    assert not (tmp_path / "results").exists()
    manifest = json.loads(next((tmp_path / "elsewhere").glob("*/manifest.json")).read_text())
    assert manifest["seed"] == 9
    assert manifest["arguments"] == {"replications": 5, "jobs": 1, "seed": 9}


def test_run_takes_several_scenarios_and_all_outcomes(scenario: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("name: Other\nstructures: [merged]\nreplications: 5\n")
    code, out, _ = call("run", scenario, other, "--all")
    assert code == 0
    assert out.count("Attention for planning") == 2
    assert {p.name.rsplit("-", 1)[0] for p in (tmp_path / "results").iterdir()} == {
        "scale-up-agency",
        "other",
    }


def test_all_mistakes_of_all_files_are_told_before_anything_runs(scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("name: Bad\nmanagrs: 6\nhorizon_days: 3\n")
    for command in ("run", "check"):
        code, out, err = call(command, scenario, "bad.yaml", "missing.yaml")
        assert (code, out) == (2, "")
        lines = err.splitlines()
        assert len(lines) == 3
        assert lines[0].startswith("bad.yaml:2: managrs") and "did you mean managers?" in lines[0]
        assert lines[1].startswith("bad.yaml:3: horizon_days")
        assert lines[2].startswith("missing.yaml")
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    "option",
    [["--replications", "0"], ["--jobs", "0"], ["--seed", "-1"], ["--matters", "0"], ["--nonsense"]],
    ids=str,
)
def test_an_impossible_option_is_the_users_mistake(scenario: Path, option: list[str]) -> None:
    code, out, err = call("decide", scenario, *option)
    assert (code, out) == (2, "")
    assert option[0] in err
    assert "Traceback" not in err


def test_results_that_cannot_be_kept_are_told_in_one_line(scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    code, out, err = call("decide", scenario, "--out", "taken")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("taken/scale-up-agency-")
    assert "choose another folder with --out" in err


def test_failed_runs_are_told_with_what_repeats_them(
    scenario: Path, fake: Callable[[Simulate], None]
) -> None:
    fake(fake_runs.simulate_with_a_failure)
    code, out, err = call("decide", scenario, "--no-steps", "--explain")
    assert code == 0
    first = "separated, replication 7, seed 1: luck ran out on day 12"
    assert err == f"1 of 180 runs failed (our mistake); the first is {first}\n"
    assert "1 of 60 futures was left out" in " ".join(out.split())


def test_no_future_that_ended_is_our_mistake(scenario: Path, fake: Callable[[Simulate], None]) -> None:
    def broken(given: Scenario, replications: Sequence[int]) -> list[fake_runs.Row]:
        raise ZeroDivisionError("no members")

    fake(broken)
    code, out, err = call("decide", scenario, "--no-steps")
    assert code == 1
    assert "in no future did every structure run to its end" in " ".join(out.split())
    assert "180 of 180 runs failed" in err
    assert "ZeroDivisionError: no members" in err


def test_our_own_mistake_is_one_line_and_debugging_shows_where(
    scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> None:
        raise KeyError("days_a_year")

    monkeypatch.setattr("sim.scenario.load", broken)
    code, out, err = call("decide", scenario)
    assert (code, out) == (1, "")
    assert err == "rolecall failed: KeyError: 'days_a_year' (our mistake; ROLECALL_DEBUG=1 shows where)\n"
    monkeypatch.setenv("ROLECALL_DEBUG", "1")
    assert isinstance(CliRunner().invoke(app, ["decide", str(scenario)]).exception, KeyError)


def test_ctrl_c_ends_with_130_and_says_how_to_go_on(
    scenario: Path, tmp_path: Path, fake: Callable[[Simulate], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concurrent.futures.wait", _interrupted)
    monkeypatch.setattr("sim.batch.workers.wait", _interrupted)
    code, out, err = call("decide", scenario)
    assert (code, out) == (130, "")
    assert err.startswith("stopped: ")
    assert "of 180 runs are kept in results/scale-up-agency-" in err
    assert err.endswith("; the same command goes on from there\n")
    monkeypatch.undo()


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_check_says_what_the_organisation_is(scenario: Path) -> None:
    code, out, err = call("check", "agency.yaml")
    assert (code, err) == (0, "")
    told, memory = out.split("\n\nIs this you? ")[0].rsplit("agency.yaml: ", 1)
    assert re.fullmatch(r"a batch takes about \d{3,} MB of memory", memory)
    assert told == (
        "agency.yaml: fine – 8 teams, 48 members, 6 managers, generated projects, 500 days; "
        "merged, separated, agile (today merged)\n"
        "agency.yaml: what arrives is estimated at 23% of the members' paid hours "
        "(organisations busy with projects: about 35%)\n"
    )


def test_check_tells_how_much_work_there_is_for_few_people(scenario: Path) -> None:
    scenario.write_text(
        "name: A\nmanagers: 1\nstructures: [merged]\norganisation: {teams: {count: 1, members: 3}}\n"
    )
    _, out, _ = call("check", "agency.yaml")
    assert "1 team, 3 members, 1 manager, generated" in out
    assert re.search(r"estimated at \d{3}% of the members' paid hours", out)


def test_the_schema_is_json_that_knows_the_keys() -> None:
    code, out, _ = call("schema")
    assert code == 0
    assert {"name", "managers", "structures"} <= json.loads(out)["properties"].keys()


def test_assumptions_come_with_value_range_unit_and_source() -> None:
    code, out, _ = call("assumptions", "PATIENCE")
    assert code == 0
    assert "patience" in out
    assert "days" in out
    everything = call("assumptions")[1]
    assert everything.count("\n") > 60
    assert "judgement, no source" in " ".join(everything.split())


def test_an_unknown_assumption_is_the_users_mistake() -> None:
    code, out, err = call("assumptions", "velocity_of_light")
    assert (code, out) == (2, "")
    assert "velocity_of_light" in err


def dear_managers(given: Scenario, replications: Sequence[int]) -> list[fake_runs.Row]:
    """Each manager costs the same whatever the structure: the levels move, their differences do not."""
    return [
        (s, r, {**(run or {}), NET_VALUE: (run or {})[NET_VALUE] - 1e5 * given.managers}, why)
        for s, r, run, why in fake_runs.simulate(given, replications)
    ]


def test_tip_prints_its_finding_and_where_everything_is(
    scenario: Path, fake: Callable[[Simulate], None]
) -> None:
    fake(dear_managers)
    code, out, err = call("tip", scenario, "--over", "managers=4..9", "--runs", 400, "--against", "separated")
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert "Where does it flip? It does not flip between 4 and 9 managers: separated is ahead" in said
    assert "runs, in " in said
    for file in ("figure: results/", "tip.png", "tip.svg", "points.csv", "tip.json"):
        assert file in out


@pytest.mark.parametrize(
    "options",
    [
        ("--over", "managrs"),
        ("--over", "managers=9..4"),
        ("--over", "managers=4..9", "--and", "assumptions.clarity=low..high"),
        ("--over", "managers=4..9", "--against", "nobody"),
    ],
)
def test_a_mistake_in_what_to_move_is_one_line(scenario: Path, options: tuple[str, ...]) -> None:
    code, out, err = call("tip", scenario, *options)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("line", [("why",), ("tip", "--over", "managers=4..9")], ids=lambda line: line[0])
def test_a_structure_that_there_is_not_is_told_before_anything_is_compiled(
    line: tuple[str, ...], scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled_for: list[object] = []
    monkeypatch.setattr(sys.modules["sim.clocks.simulate"], "ensure_compiled", compiled_for.append)
    command, *options = line
    code, _, err = call(command, scenario, *options, "--against", "nobody")
    assert (code, compiled_for) == (2, [])
    assert err.startswith("--against: is 'nobody', which is none of the other structures")
    scenario.write_text("name: Agency\nstructures: [merged]\n")
    code, _, err = call(command, scenario, *options)
    assert (code, compiled_for) == (2, [])
    assert err.startswith("structures: lists merged alone")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example_that_it_accepts(command: str) -> None:
    code, out, _ = call(command, "--help")
    assert code == 0
    example = next(line.strip() for line in out.splitlines() if line.startswith("    rolecall "))
    assert example.split()[1] == command
    options = [word for word in example.split() if word.startswith("--")]
    assert all(option in out for option in options)


def test_help_lists_every_command() -> None:
    code, out, _ = call("--help")
    assert code == 0
    assert all(f"  {command} " in out for command in COMMANDS)
    assert "..." not in out.split("Commands:")[1].split("Example")[0]  # each fits its line
    assert call("--version")[1].startswith("rolecall 0.")


def test_a_watched_batch_has_a_bar_and_a_piped_one_has_not() -> None:
    import io

    from rich.console import Console

    with progress.shown(Console(file=io.StringIO())) as silent:
        assert silent is None
    screen = io.StringIO()
    seconds = iter((10.0, 12.0))
    with progress.shown(Console(file=screen, force_terminal=True, width=100), lambda: next(seconds)) as tell:
        assert tell is not None
        tell(1000, 3000)  # kept from before
        tell(1500, 3000)
        tell(2000, 3000)
    seen = screen.getvalue()
    assert "2,000 of 3,000 runs" in seen
    assert "runs/s" in seen
    assert "left" in seen


def test_the_command_works_as_a_process_of_its_own(scenario: Path) -> None:
    """What only a whole process can show: no traceback, and an answer in a terminal without UTF-8."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "analysis"]
    fine = subprocess.run([*command, "assumptions"], capture_output=True, env=environment, check=False)
    assert fine.returncode == 0
    assert b"patience" in fine.stdout
    wrong = subprocess.run(
        [*command, "check", "nowhere.yaml"], capture_output=True, env=environment, check=False
    )
    assert wrong.returncode == 2
    assert wrong.stderr.startswith(b"nowhere.yaml: cannot be read")
    assert wrong.stderr.count(b"\n") == 1
    out = ["--out", str(scenario.parent / "results"), "--max-replications", "3", "--doubt", "0"]
    answered = subprocess.run(
        [*command, "decide", str(scenario), *out], capture_output=True, env=environment, check=False
    )
    assert answered.returncode == 0
    assert set(answered.stderr.splitlines()) <= {b"compiling once, about 20 seconds ?"}  # and ends quietly


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no file that is always full here")
def test_a_full_file_is_not_called_our_mistake() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "analysis", "check", "scenarios/scaleup.yaml"],
            check=False, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "cannot go on printing: No space left on device\n")
