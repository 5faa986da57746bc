"""What stands behind the page: sliders, who gets one, the spread, and the command that serves it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import numpy as np
import pytest

from analysis.causes.factors import factors_of
from analysis.explore import facts, screening, spread
from analysis.explore.exploration import STOPPED, exploration
from analysis.explore.line_up import lined_up
from analysis.explore.live import with_own
from analysis.explore.page import page
from analysis.explore.sliders import MOST_STOPS, moved, scenario_at, shares_at, slider
from sim.scenario import ScenarioError, load
from tests import fake_runs
from tests.batches import small

ROOT = Path(__file__).parents[2]
EXAMPLE = load(ROOT / "scenarios" / "scaleup.yaml")


def test_every_number_that_could_be_moved_has_stops_that_its_range_and_the_spread_agree_on() -> None:
    for factor in factors_of(EXAMPLE):
        made = slider(factor)
        values = [stop.value for stop in made.stops]
        assert values == sorted(set(values)) and 2 <= len(values) <= MOST_STOPS
        assert (values[0], values[made.today], values[-1]) == (factor.low, factor.value, factor.high)
        assert [factor.at(stop.share) for stop in made.stops] == pytest.approx(values)


def test_a_state_sets_what_is_moved_and_nothing_else() -> None:
    made = [slider(f) for f in factors_of(EXAMPLE) if f.key in screening.ASKED_BY_ALL]
    by_name = {each.name: each for each in made}
    state = {name: each.today for name, each in by_name.items()}
    assert scenario_at(EXAMPLE, made, state) is EXAMPLE
    most = len(by_name["managers"].stops) - 1
    assert moved(made, state | {"managers": most}) == {"managers": 9}
    assert scenario_at(EXAMPLE, made, {"managers": most}).managers == 9
    assert shares_at(made, {"managers": 0})[[each.name for each in made].index("managers")] < 0.1
    for wrong in ({"managers": 99}, {"managers": -1}, {"seed": 0}):
        with pytest.raises(ValueError, match="no such slider"):
            moved(made, wrong)


def test_who_gets_a_slider_is_asked_by_all_or_seen_to_matter() -> None:
    factors = factors_of(EXAMPLE)
    random = np.random.default_rng(3)
    shares = random.random((300, len(factors)))
    decisive = next(k for k, f in enumerate(factors) if f.kind == "assumption")
    gains = shares[:, [decisive]] + 0.5 * random.standard_normal((300, 2))
    found = screening.chosen(factors, shares, gains)
    assert [f.key for f in found[:3]] == list(screening.ASKED_BY_ALL)
    assert found[3] == factors[decisive]
    assert {f.kind for f in found[4:]} == {"trait"} and len(found) == screening.SLIDERS


def test_a_spread_of_fewer_points_is_the_beginning_of_a_larger_one() -> None:
    positions = spread.Positions(EXAMPLE, factors_of(EXAMPLE)[:7])
    assert positions.shares.shape == (spread.POSITIONS, 7)
    assert spread.cells_of(512)[:16] == spread.cells_of(8)
    assert len({luck for _, luck in spread.cells_of(512)}) == 1024


def test_structures_of_another_number_of_managers_are_left_aside_and_one_alone_is_refused() -> None:
    unequal = small(structures=["merged", "separated"], unequal_managers={"separated": 5})
    assert lined_up(unequal).structures == ("merged", "separated")
    with pytest.raises(ScenarioError, match="lists merged alone"):
        lined_up(small(structures=["merged"]))


def test_a_structure_of_ones_own_stands_beside_those_of_these_names() -> None:
    own = {"like": "separated", "duties": {"reporting": "nobody"}}
    both = with_own(EXAMPLE, own, ["merged"])
    assert both.structure_names == ("merged", "your structure")
    assert both.structure("your structure").holders["reporting"] == "nobody"


def test_a_scenario_of_a_plan_is_offered_with_the_files_that_have_to_lie_beside_it() -> None:
    plan, none = (exploration(ROOT / "scenarios" / f"{name}.yaml") for name in ("erp", "scaleup"))
    made = page(plan, commands=facts.commands("erp.yaml"), live=True).html
    assert "it reads <bdi>erp_tasks.csv and erp_projects.csv</bdi>. Save it in the folder" in made
    assert "the plan is not in it" not in page(none, commands=facts.commands("x"), live=True).html.lower()


def test_runs_that_all_fail_are_told_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(scenario: object, replications: object) -> list[fake_runs.Row]:
        raise RuntimeError("luck ran out")

    monkeypatch.setattr(screening, "SCREENING_FUTURES", 8)
    now = exploration(small(), points=16, jobs=1, out=tmp_path, simulate=failing)
    now.run_and_tell()
    assert now.stage == STOPPED and "32 futures failed" in now.why and "luck ran out" in now.why


def test_the_command_answers_on_the_loopback_alone_until_it_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text("name: Small\nhorizon_days: 20\nstep_hours: 8\nstructures: [merged, separated]\n")
    command = [sys.executable, "-m", "analysis", "explore", str(file), "--no-browser", "--out", str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        address = run.stdout.readline().strip()
        where = urlsplit(address)
        assert where.hostname == "127.0.0.1" and where.port is not None
        with urllib.request.urlopen(address) as answer:
            assert b"Small" in answer.read()
            assert "script-src 'sha256-" in answer.headers["content-security-policy"]
        for wrong in (f"http://127.0.0.1:{where.port}/", f"{address}../../etc/passwd"):
            with pytest.raises(HTTPError, match=r"40[34]"):
                urllib.request.urlopen(wrong)
        with pytest.raises(OSError), socket.create_connection(("127.0.0.2", where.port)):
            pass
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=120)
    assert run.returncode == 130
    assert "Traceback" not in said and "stopped" in said
