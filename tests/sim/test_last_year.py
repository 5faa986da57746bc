"""What is known of last year is checked like all else, and no run knows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.batch.identity import as_given, identity
from sim.scenario import ScenarioError, load, scenario_from

KNOWN = {"on_time_share": 0.35, "effort_ratio": 1.4, "lead_days": 90, "margin": -0.05}


def test_who_tells_last_year_keeps_the_results_that_are_there() -> None:
    told = scenario_from({"name": "A", "last_year": KNOWN})
    assert identity(told) == identity(scenario_from({"name": "A"}))
    assert (
        told.last_year is not None and told.last_year.lead_days == 90 and told.last_year.utilisation is None
    )


def test_last_year_comes_back_from_a_manifest() -> None:
    told = scenario_from({"name": "A", "last_year": KNOWN})
    assert scenario_from(as_given(told)).last_year == told.last_year
    assert scenario_from(as_given(scenario_from({"name": "A"}))).last_year is None


def test_each_slip_in_last_year_is_told_with_its_line_and_what_would_be_right(tmp_path: Path) -> None:
    path = tmp_path / "org.yaml"
    path.write_text("name: A\nlast_year:\n  on_time_share: 35\n  margins: 0.1\n  lead_days: -4\n")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert str(caught.value).splitlines() == [
        f"{path}:3: last_year.on_time_share: is 35; give a number from 0 to 1",
        f"{path}:4: last_year.margins: is not a key here; did you mean margin?",
        f"{path}:5: last_year.lead_days: is -4; give a number from 0.1 to 10000",
    ]


def test_last_year_is_nothing_to_vary() -> None:
    with pytest.raises(ScenarioError, match="is the same for the whole sweep"):
        scenario_from({"name": "A", "vary": {"last_year.lead_days": [1, 2]}})
