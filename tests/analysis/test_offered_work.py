"""Who is plainly offered more than they can do is told before any run, and nobody else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.decision.cautions import LOSING, LOST
from analysis.resemblance.offered_work import members, overloads, pools, roles
from sim.batch.run import run_batch
from sim.scenario import Scenario, load
from sim.scenario.assumptions import values
from sim.vocabulary import EARNED

LIBRARY = sorted(Path("scenarios").glob("*.yaml"))
A_YEAR = "portfolio.projects.a_year"


def agency(**changes: object) -> Scenario:
    """The agency with as much work as its people can do."""
    return load("scenarios/agency.yaml").with_changes({A_YEAR: 17, **changes})


def said(scenario: Scenario) -> str:
    return "; ".join(overloads(scenario))


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_no_organisation_of_the_library_is_overloaded(path: Path) -> None:
    assert overloads(load(path)) == []


def test_twice_the_work_is_twice_the_share_and_half_the_people_too() -> None:
    quiet = agency(**{"portfolio.services": {"count": 0}})
    given, today = values(quiet.assumptions), quiet.all_structures()[0]
    once = members(quiet, given, today)
    assert members(quiet.with_changes({A_YEAR: 34}), given, today) == pytest.approx(2 * once)
    assert members(quiet.with_changes({"organisation.teams.count": 2}), given, today) == pytest.approx(
        2 * once
    )
    ((role, share),) = roles(quiet, given, today)
    ((_, more_people),) = roles(quiet.with_changes({"managers": 8}), given, today)
    assert role == "delivery lead" and more_people == pytest.approx(share / 2)
    shared = {"organisation.specialists": {"security": 2, "law": 1}, "portfolio.projects.pool_share": 0.1}
    ((pool, busy),) = pools(quiet.with_changes(shared), given)
    ((_, more),) = pools(quiet.with_changes({**shared, "portfolio.projects.pool_share": 0.2}), given)
    assert pool == "law" and more == pytest.approx(2 * busy)


def test_each_of_members_managers_and_specialists_is_warned_of_by_itself() -> None:
    assert "what arrives is 1" in said(agency(**{A_YEAR: 55})) and "due" not in said(agency(**{A_YEAR: 55}))
    alone = said(agency(managers=2))
    assert "the hours that people have as delivery lead, however hasty" in alone and "members" not in alone
    few = {"organisation.specialists": {"security": 1}, "portfolio.projects.pool_share": 0.184}
    assert said(agency(**few)).startswith("tasks that need security are 120% of its hours")


def test_an_organisation_that_is_warned_of_loses_the_work_of_which_it_is_warned(tmp_path: Path) -> None:
    scenario = agency(**{A_YEAR: 55}, structures=["merged"])
    assert overloads(scenario)
    runs = run_batch(scenario, replications=10, out=tmp_path).frame([LOST, *EARNED]).mean(numeric_only=True)
    assert runs[LOST] > LOSING * (runs[LOST] + sum(runs[name] for name in EARNED))


def test_where_nobody_looks_check_tells_who_is_offered_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "agency.yaml"
    path.write_text(Path("scenarios/agency.yaml").read_text().replace("managers: 4", "managers: 1"))
    monkeypatch.setattr("analysis.resemblance.ask.futures_for", lambda _: 0)
    done = CliRunner().invoke(app, ["check", str(path), "scenarios/agency.yaml"])
    first, _, _, warning, second, _, _ = done.stdout.splitlines()
    assert done.exit_code == 0
    assert first.startswith(f"{path}: no mistakes, but overloaded – 4 teams")
    assert warning.startswith(f"{path}: warning: what falls due is ")
    assert warning.endswith("; it will pile up or go elsewhere")
    assert second.startswith("scenarios/agency.yaml: fine – ")
