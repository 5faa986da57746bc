"""Small batches on disk, of fake runs or of the real model, for whatever reads a folder of results."""

from __future__ import annotations

from pathlib import Path

from sim.batch.run import run_batch
from sim.batch.workers import SimulateBlock
from sim.scenario import Scenario
from tests import fake_runs

HOSTILE = "<script>alert(1)</script> \"q\" 'q' $x_1$ {{7*7}} <img src=x onerror=alert(2)> \u202eשלום"
LONG = "one delivery lead for every product line & country <b>"
OWN = {
    "name": LONG,
    "roles": {"lead of <i>delivery</i> & more": {}, "planner_of_everything_that_could_ever_need_it": {}},
    "duties": {
        **dict.fromkeys(
            ("planning", "budget", "timeline", "resources"), "planner_of_everything_that_could_ever_need_it"
        ),
        **dict.fromkeys(("allocation", "process"), "team"),
        "operational_risk": "nobody",
        **dict.fromkeys(
            (
                "project_risk",
                "reporting",
                "tracking",
                "service_oversight",
                "stakeholders",
                "satisfaction",
                "coordination",
            ),
            "lead of <i>delivery</i> & more",
        ),
    },
}


def small(**changes: object) -> Scenario:
    """An organisation whose days are few, so that running its futures again takes no time."""
    return fake_runs.organisation(
        **{"horizon_days": 40, "managers": 3, "organisation": {"teams": {"count": 3, "members": 3}}} | changes
    )


def hostile() -> Scenario:
    """Names that try to run, to break out, to be a formula, and to turn the direction of writing."""
    return small(
        name=HOSTILE[:120],
        structures=["merged", OWN, "separated"],
        assumptions={"patience": 6.0},
        unequal_managers={"separated": 5},
        reorganisation={"from": "merged", "to": "separated", "day": 20},
    )


def batch(
    out: Path,
    scenario: Scenario | None = None,
    replications: int = 30,
    simulate: SimulateBlock | None = fake_runs.simulate,
) -> Path:
    """The folder of a finished batch."""
    return run_batch(
        scenario or small(), replications=replications, out=out, jobs=1, simulate=simulate
    ).folder
