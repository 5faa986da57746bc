"""The only door for plans: task tables in CSV, with or without one of projects, and instances of PSPLIB."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from sim.scenario.calendar import Calendar
from sim.scenario.plan import Plan
from sim.scenario.reading.plan_tables import plan_from_tables
from sim.scenario.reading.problems import Problem, ScenarioError
from sim.scenario.reading.psplib import instance_plan, is_instance


def read_plan(
    tasks_path: str | Path,
    projects_path: str | Path | None,
    teams: Collection[str],
    pools: Mapping[str, int],
    calendar: Calendar | None = None,
) -> Plan:
    """Read a plan for an organisation of these `teams` and specialist `pools` (name -> units).

    With a `calendar`, the table of projects may have dates.

    Raises `ScenarioError` with everything that is wrong with the files, each with its line.
    """
    if not is_instance(tasks_path):
        return plan_from_tables(tasks_path, projects_path, teams, pools, calendar)
    if projects_path is not None:
        right = "leave the table of projects out"
        raise ScenarioError(
            [Problem(str(projects_path), None, "", "is given beside an instance of PSPLIB", right)]
        )
    return instance_plan(Path(tasks_path), teams, pools)
