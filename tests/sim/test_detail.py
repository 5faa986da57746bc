"""What stands behind the outcomes: projects one by one, and days on average."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.batch.detail import write_details
from sim.building.preparation import prepare
from sim.clocks.simulate import simulate
from sim.scenario import scenario_from
from sim.scenario.sweep import variations

SMALL = {
    "name": "small",
    "horizon_days": 120,
    "managers": 2,
    "structures": ["merged", "separated"],
    "organisation": {"teams": {"count": 2, "members": 4}},
    "portfolio": {"projects": {"at_start": 3, "a_year": 8, "tasks": 10, "effort_hours": 300}},
}


def test_the_projects_of_a_run_add_up_to_its_outcomes(tmp_path: Path) -> None:
    prepared = prepare(scenario_from(SMALL))
    files = write_details(variations(prepared.scenario), 2, tmp_path)
    projects = pd.read_csv(files[0])
    for structure in ("merged", "separated"):
        mine = projects[(projects.structure == structure) & (projects.replication == 1)]
        outcomes = simulate(prepared, structure, 1)
        assert mine.delivered.notna().sum() == outcomes["projects_delivered"]
        assert mine.went_elsewhere.sum() == outcomes["projects_withheld"]


def test_days_are_counted_for_each_structure_and_nothing_half_written_stays(tmp_path: Path) -> None:
    _, days = write_details(variations(scenario_from(SMALL)), 2, tmp_path)
    frame = pd.read_csv(days)
    assert frame.groupby("structure").size().to_dict() == {"merged": 120, "separated": 120}
    assert all(frame.groupby("structure").value.apply(lambda v: v.is_monotonic_increasing))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["days.csv", "projects.csv"]


def test_of_a_sweep_every_combination_is_told_with_its_keys(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    sweep = scenario_from(SMALL | {"vary": {"managers": [2, 3], "portfolio.projects.at_start": [1, 3]}})
    projects, days = (pd.read_csv(file) for file in write_details(variations(sweep), 1, tmp_path))
    assert list(days.columns[:3]) == ["managers", "portfolio.projects.at_start", "structure"]
    assert days.groupby(["managers", "portfolio.projects.at_start"]).size().tolist() == [240] * 4
    alone = write_details(variations(scenario_from(SMALL | {"managers": 3})), 1, other)[0]
    same = projects[(projects.managers == 3) & (projects["portfolio.projects.at_start"] == 3)]
    pd.testing.assert_frame_equal(same.iloc[:, 2:].reset_index(drop=True), pd.read_csv(alone))
