"""What the page is told: plain values, from which it draws everything and computes every answer."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.designs import written
from analysis.explore import live, spread
from analysis.explore.exploration import Exploration
from analysis.explore.line_up import MATTERS_FROM, LineUp
from analysis.explore.sliders import Slider
from analysis.figures.looks import looks
from analysis.statistics.looks import reach_at_all_looks
from analysis.statistics.response import Response, terms
from analysis.words.answers import CLEAR_ODDS
from analysis.words.duties import DOES
from analysis.words.numbers import capital
from sim.safety.names import legible
from sim.vocabulary import DUTIES, Outcome

if TYPE_CHECKING:
    from sim.scenario import Scenario

_DIGITS = 5
"""Digits of what a surface is made of: its standard error is in the second of them."""

SAVED_AS = "explored.yaml"
"""What the commands on the page call the file that its scenario is to be saved in."""


def organisation(compared: LineUp) -> dict[str, Any]:
    """What does not change while the page is open."""
    scenario = compared.scenario
    found = looks(compared.structures)
    return {
        "name": legible(scenario.name),
        "days": scenario.horizon_days,
        "current": scenario.current,
        "structures": [{"name": name, "colour": found[name][0]} for name in compared.structures],
        "outcomes": [_outcome(each) for each in compared.outcomes],
        "judged_by": scenario.judged_by,
        "matters": MATTERS_FROM,
        "reach": _reaches(len(compared.others)),
        "clear": CLEAR_ODDS,
        "looks": live.TAKEN_IN_AFTER,
        "most": live.MOST_LIVE_FUTURES,
        "at_once": live.STRUCTURES_AT_ONCE,
        "saved_as": SAVED_AS,
    }


def status(now: Exploration) -> dict[str, Any]:
    """What is under way."""
    return {"stage": now.stage, "done": now.done, "of": now.of, "why": legible(now.why)}


def sliders(found: Sequence[Slider]) -> list[dict[str, Any]]:
    """Every slider with its stops."""
    return [
        {
            "name": each.name,
            "label": each.label,
            "meaning": each.factor.meaning,
            "kind": each.factor.kind,
            "today": each.today,
            "stops": [
                {"share": stop.share, "said": stop.said, "phrase": stop.phrase, "sets": each.changes(n)}
                for n, stop in enumerate(each.stops)
            ],
        }
        for each in found
    ]


def surface_told(now: Exploration) -> dict[str, Any] | None:
    """The surface so far; None while there is none."""
    if now.surface is None:
        return None
    return {
        "futures": now.surface.futures,
        "terms": terms(len(now.sliders)),
        "responses": [
            {"outcome": outcome, "structure": structure, **_response(found)}
            for (outcome, structure), found in now.surface.responses.items()
        ],
        "calibration": [list(each) for each in now.surface.calibration],
        "reaches": [
            {"outcome": outcome, "structure": structure, "ends": list(ends)}
            for (outcome, structure), ends in now.reaches.items()
        ],
    }


def scenario_text(scenario: Scenario) -> str:
    """A scenario as a file has it."""
    import yaml

    given = scenario.model_dump(mode="json", by_alias=True, exclude_unset=True)
    text = yaml.safe_dump(given, sort_keys=False, allow_unicode=True, width=90)
    return text if legible(text) == text else yaml.safe_dump(given, sort_keys=False, width=90)


def needs(scenario: Scenario) -> list[str]:
    """The files that a scenario reads, as it names them: the text of it alone cannot be run elsewhere."""
    plan = scenario.portfolio.plan
    return [legible(each) for each in (plan.tasks, plan.projects) if each] if plan else []


def what_duties_do() -> dict[str, str]:
    """The fourteen duties, with what doing each does."""
    return {duty: capital(DOES[duty]) for duty in DUTIES}


def as_designs(compared: LineUp) -> list[dict[str, Any]]:
    """The structures that are compared, today's first, as a scenario writes them."""
    return [written(compared.scenario.structure(name)) for name in compared.structures]


def commands(scenario: Path | str) -> dict[str, str]:
    """What asks the same question on a command line, of the scenario as it is, and of one that was moved."""
    return {
        "today": shlex.join(["rolecall", "decide", legible(str(scenario)), "--no-steps"]),
        "file": shlex.quote(legible(str(scenario))),
        "moved": shlex.join(["rolecall", "decide", SAVED_AS, "--no-steps"]),
    }


_SHORT = {
    "net_value_a_year": "Money a year",
    "on_time_share": "Projects on time",
    "matter_wait_days": "Wait for a manager",
    "manager_use": "Load of managers",
}
"""What outcomes are called where there is little room."""


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": outcome.name,
        "label": outcome.label,
        "short": _SHORT.get(outcome.name, outcome.label),
        "unit": outcome.unit,
        "better": outcome.better,
        "digits": outcome.digits,
    }


def _response(found: Response) -> dict[str, Any]:
    import numpy as np

    rows, columns = np.triu_indices(len(found.weights))
    return {
        "weights": _short(found.weights),
        "covariance": _short(found.covariance[rows, columns]),
        "misfit": float(f"{found.misfit:.{_DIGITS}g}"),
        "spread": _short(found.spread),
        "quantiles": _short(found.quantiles),
    }


def _short(values: Any) -> list[float]:
    return [float(f"{value:.{_DIGITS}g}") for value in values]


ANSWERS_AT_MOST = len(spread.READ_AFTER) + len(live.TAKEN_IN_AFTER)
"""Answers that a position has at most: with each reading of the surface, and with live futures beside it."""


def _reaches(others: int) -> dict[str, dict[str, float]]:
    """Standard errors to either side, by the look: of one gain, of all together, of one's own structure."""
    return {
        "one": _by_look(ANSWERS_AT_MOST, 1),
        "all": _by_look(ANSWERS_AT_MOST, max(1, others)),
        "own": _by_look(len(live.TAKEN_IN_AFTER), 1),
    }


def _by_look(looks: int, together: int) -> dict[str, float]:
    """With a surface, which knows how futures spread, and with live futures alone."""
    alone = {str(futures): reach_at_all_looks(looks, together, futures) for futures in live.TAKEN_IN_AFTER}
    return {"surface": reach_at_all_looks(looks, together), **alone}
