"""What stands behind the outcomes: projects one by one, and days on average."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.detail import write_details
from sim.scenario import scenario_from
from sim.simulate import prepare, simulate

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
    files = write_details(prepared, 2, tmp_path)
    projects = pd.read_csv(files[0])
    for structure in ("merged", "separated"):
        mine = projects[(projects.structure == structure) & (projects.replication == 1)]
        outcomes = simulate(prepared, structure, 1)
        assert mine.delivered.notna().sum() == outcomes["projects_delivered"]
        assert mine.went_elsewhere.sum() == outcomes["projects_withheld"]


def test_days_are_counted_for_each_structure_and_nothing_half_written_stays(tmp_path: Path) -> None:
    _, days = write_details(prepare(scenario_from(SMALL)), 2, tmp_path)
    frame = pd.read_csv(days)
    assert frame.groupby("structure").size().to_dict() == {"merged": 120, "separated": 120}
    assert all(frame.groupby("structure").value.apply(lambda v: v.is_monotonic_increasing))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["days.csv", "projects.csv"]
