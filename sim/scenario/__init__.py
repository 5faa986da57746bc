"""What a user may write: organisation, work, structures, risks, plans, sweeps and assumptions, all checked.

from sim.scenario import load
scenario = load("scenarios/scaleup.yaml")
"""

from sim.scenario.reader import load, scenario_from
from sim.scenario.reading.problems import ScenarioError
from sim.scenario.schema import Scenario

__all__ = ["Scenario", "ScenarioError", "load", "scenario_from"]
