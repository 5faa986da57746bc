"""The library of scenarios: recognisable organisations, busy but not drowned, late as organisations are.

The bands are those of published figures, and the luck of few replications is allowed for: they are there to
catch a change of the model that makes an organisation of the library idle, drowned or absurd.
"""

from __future__ import annotations

import math
import re
import statistics
from functools import cache
from pathlib import Path

import pytest

from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario, load
from sim.vocabulary import OUTCOMES, RunEnd
from tests.sound import MAY_BE_NEGATIVE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "scenarios.md"
LIBRARY = sorted((ROOT / "scenarios").glob("*.yaml"))
REPLICATIONS = 20
LARGE = 200  # people; beyond, two replications tell enough

BANDS = {
    "utilisation": (0.5, 0.9),  # the rest are meetings, waiting and gaps between projects
    "manager_use": (0.5, 1.0),
    "matter_wait_days": (0.2, 3.0),
    "slip_ratio": (1.1, 2.1),  # Little, n=121: median 1.79
    "on_time_share": (0.03, 0.75),
    "unfinished_share": (0.0, 0.45),
    "satisfaction": (0.45, 0.9),
    "overtime_share": (0.0, 0.08),
}

each_scenario = pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)


def people(scenario: Scenario) -> int:
    return sum(team.members for team in scenario.teams) + scenario.managers


@cache
def runs(path: Path) -> list[RunEnd]:
    """Every structure of a scenario of the library, under the luck of a few replications."""
    scenario = load(path)
    return simulate_block(prepare(scenario), range(2 if people(scenario) > LARGE else REPLICATIONS))


def mean(path: Path, outcome: str) -> tuple[float, float]:
    """Mean of an outcome under the structure of today, where it can be measured; and two standard errors."""
    current = load(path).current
    rows = [outcomes[outcome] for name, _, outcomes, _ in runs(path) if name == current and outcomes]
    measured = [value for value in rows if not math.isnan(value)]
    return statistics.fmean(measured), 2.0 * statistics.stdev(measured) / math.sqrt(len(measured))


def header(path: Path) -> list[str]:
    """Paragraphs of the comment at the top of a file, each on one line."""
    text = path.read_text(encoding="utf-8")
    lines = [line.removeprefix("#").strip() for line in text[: text.index("\nname:")].splitlines()]
    return [" ".join(part.split()) for part in "\n".join(lines).split("\n\n")]


def row(path: Path) -> str:
    """The row of the reference page that a file asks for."""
    scenario = load(path)
    members = people(scenario) - scenario.managers
    cells = (
        f"[`{path.name}`](../../scenarios/{path.name})",
        str(members),
        str(scenario.managers),
        ", ".join(f"`{name}`" for name in scenario.structure_names),
        header(path)[0],
    )
    return f"| {' | '.join(cells)} |"


@each_scenario
def test_a_header_says_what_the_scenario_stands_for_and_where_its_numbers_come_from(path: Path) -> None:
    title, *rest = header(path)
    assert title.endswith(".")
    assert any(part.startswith("What it stands for: ") for part in rest)
    assert any(part.startswith("Where its numbers come from: ") for part in rest)
    assert any(part.startswith("What it was set to: ") for part in rest)
    assert any(re.match(rf"rolecall \w+ scenarios/{path.name}", part) for part in rest)


@each_scenario
def test_it_runs_under_each_of_its_structures_and_delivers_something(path: Path) -> None:
    for name, replication, outcomes, error in runs(path):
        assert error is None, f"{name}, replication {replication}: {error}"
        assert outcomes is not None
    for structure in load(path).structure_names:
        delivered = [row[2]["projects_delivered"] for row in runs(path) if row[0] == structure and row[2]]
        assert sum(delivered) > 0, structure


@each_scenario
def test_nothing_that_is_counted_is_negative(path: Path) -> None:
    counted = [o.name for o in OUTCOMES if o.name not in MAY_BE_NEGATIVE]
    for name, replication, outcomes, _ in runs(path):
        assert outcomes is not None
        wrong = {o: outcomes[o] for o in counted if outcomes[o] < 0}
        assert not wrong, f"{name}, replication {replication}"


@pytest.mark.parametrize("outcome", BANDS)
@each_scenario
def test_the_organisation_of_today_is_a_believable_one(path: Path, outcome: str) -> None:
    low, high = BANDS[outcome]
    found, doubt = mean(path, outcome)
    assert low - doubt <= found <= high + doubt


@each_scenario
def test_it_neither_makes_a_fortune_nor_ruins_its_owner(path: Path) -> None:
    years = load(path).horizon_days / 250
    (value, doubt), (cost, _) = (mean(path, outcome) for outcome in ("net_value_a_year", "cost_of_people"))
    assert abs(value) - doubt < 0.3 * cost / years


@each_scenario
def test_the_reference_page_and_the_readme_know_the_scenario(path: Path) -> None:
    assert row(path) in PAGE.read_text(encoding="utf-8").splitlines(), f"the row should be:\n{row(path)}"
    assert f"({path.name})" in (path.parent / "README.md").read_text(encoding="utf-8")


def test_the_reference_page_knows_no_other() -> None:
    told = re.findall(r"^\| \[`(.+?)`\]", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == [path.name for path in LIBRARY]
