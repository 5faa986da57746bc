"""Whoever writes services, risks or an objective wrong is told so in a line, with place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mistakes import Mistake, is_told, problems_of

SECURITY = "name: A\norganisation: {specialists: {security: 1}}\nrisks:\n"


def risk(
    changes: str, start: str = "name: late, of: project, effect: effort, chance_a_year: 0.4, impact: 0.1"
) -> str:
    """A scenario with one risk on line 4, with `changes` to its keys."""
    keys = dict(each.split(": ") for each in start.split(", "))
    for change in changes.split(", "):
        key, _, value = change.partition(": ")
        keys.pop(key, None)
        if value:
            keys[key] = value
    return SECURITY + "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"


WRONG: dict[str, Mistake] = {
    "a negative number of services": (
        "name: A\nportfolio: {services: {count: -1}}\n",
        2,
        "portfolio.services.count",
        "is -1; give a whole number from 0 to 5000 (services)",
    ),
    "a severity that is not known": (
        "name: A\nportfolio:\n  services:\n    allowed_days: {sever: 2}\n",
        4,
        "portfolio.services.allowed_days.sever",
        "is not a key here; did you mean severe?",
    ),
    "no time at all for a ticket": (
        "name: A\nportfolio:\n  services:\n    allowed_days: {severe: 0}\n",
        4,
        "portfolio.services.allowed_days.severe",
        "is 0; give a number from 0.01 to 1000 (working days)",
    ),
    "shares of contracts that do not add up": (
        "name: A\nportfolio:\n  paid: {on_delivery: 0.6, by_hour: 0.3}\n",
        3,
        "portfolio.paid",
        "has shares that add up to 0.9; let the shares of all contracts add up to 1",
    ),
    "a contract that is not known": (
        "name: A\nportfolio:\n  paid:\n    on_delivery: 0.6\n    by_hours: 0.4\n",
        5,
        "portfolio.paid.by_hours",
        "is no contract; did you mean by_hour?",
    ),
    "one that is not known alone": (
        "name: A\nportfolio: {paid: monthly}\n",
        2,
        "portfolio.paid",
        "is 'monthly'; give one of on_delivery, by_increment, by_hour or by_milestone or a mapping",
    ),
    "more than all tickets severe": (
        "name: A\nportfolio: {services: {severe_share: 20}}\n",
        2,
        "portfolio.services.severe_share",
        "is 20; give a number from 0 to 1 (share)",
    ),
    "a number for services": (
        "name: A\nportfolio: {services: 3}\n",
        2,
        "portfolio.services",
        "is 3; give a mapping",
    ),
    "a word for risks": (
        "name: A\nrisks: all\n",
        2,
        "risks",
        "is 'all'; give one of default or none or a list of at least one entry",
    ),
    "an empty register": (
        "name: A\nrisks: []\n",
        2,
        "risks",
        "is an empty list; give one of default or none",
    ),
    "a risk of nobody": (risk("of: client"), 4, "risks.0.of", "is 'client'; give one of project or team"),
    "a risk without a chance": (
        risk("chance_a_year"),
        4,
        "risks.0.chance_a_year",
        "is missing; give a number from 0 to 0.99 (chance a year)",
    ),
    "a certain risk": (
        risk("chance_a_year: 1"),
        4,
        "risks.0.chance_a_year",
        "is 1; give a number from 0 to 0.99",
    ),
    "a risk with an unknown key": (risk("impct: 3"), 4, "risks.0.impct", "did you mean impact?"),
    "people leaving a project": (
        risk("effect: people, impact: 1"),
        4,
        "risks.0.effect",
        "is people, which a project has not; give effort or money, or let it be of: team",
    ),
    "half a person leaving": (
        risk("of: team, effect: people, impact: 0.5"),
        4,
        "risks.0.impact",
        "is 0.5; give a whole number from 1 to 1000 (members who leave)",
    ),
    "hours instead of a share": (
        risk("impact: 40"),
        4,
        "risks.0.impact",
        "is 40; give a number from 0 to 10 (share of the project's estimate)",
    ),
    "a negative impact": (risk("effect: money, impact: -5"), 4, "risks.0.impact", "is -5; give a number"),
    "an outage of no pool": (
        risk("of: team, effect: pool, impact: 5"),
        4,
        "risks.0.pool",
        "is missing; name the pool of organisation.specialists",
    ),
    "an outage of an unknown pool": (
        risk("of: team, effect: pool, impact: 5, pool: securty"),
        4,
        "risks.0.pool",
        "is 'securty', which is none of the specialists; did you mean security?",
    ),
    "an outage where there are no pools": (
        "name: A\nrisks: [{name: x, of: team, effect: pool, chance_a_year: 0.1, impact: 5, pool: lab}]\n",
        2,
        "risks.0.pool",
        "which is none of the specialists; leave it out: none is known here",
    ),
    "a pool without an outage": (
        risk("pool: security"),
        4,
        "risks.0.pool",
        "is given, but the effect is effort; leave it out",
    ),
    "a risk twice": (
        risk("impact: 0.1") + "  - {name: late, of: team, effect: money, chance_a_year: 0.1, impact: 5}\n",
        5,
        "risks.1.name",
        "is 'late' a second time",
    ),
    "an objective that is no outcome": (
        "name: A\nobjective:\n  on_time_shar: 5\n",
        3,
        "objective.on_time_shar",
        "is no outcome; did you mean on_time_share?",
    ),
    "a word for a weight": (
        "name: A\nobjective: {on_time_share: much}\n",
        2,
        "objective.on_time_share",
        "is 'much'; give a number",
    ),
    "an infinite weight": (
        "name: A\nobjective: {on_time_share: .inf}\n",
        2,
        "objective.on_time_share",
        "is inf",
    ),
    "an objective without weights": (
        "name: A\nobjective: {}\n",
        2,
        "objective",
        "weighs nothing; give an outcome",
    ),
    "weights of nothing": ("name: A\nobjective: {on_time_share: 0}\n", 2, "objective", "weighs nothing"),
    "one outcome, no weight": (
        "name: A\nobjective: on_time_share\n",
        2,
        "objective",
        "is 'on_time_share'; give a mapping of name: a number",
    ),
}


@pytest.mark.parametrize("mistake", WRONG.values(), ids=WRONG)
def test_one_mistake_is_told_in_one_line_with_its_place_and_remedy(tmp_path: Path, mistake: Mistake) -> None:
    is_told(tmp_path, mistake)


def test_mistakes_in_several_risks_are_told_at_once(tmp_path: Path) -> None:
    text = SECURITY + (
        "  - {name: a, of: client, effect: money, chance_a_year: 0.1, impact: 1}\n"
        "  - {name: b, of: team, effect: pool, chance_a_year: 2, impact: 1}\n"
        "objective: {x: 1}\n"
    )
    assert [(each.line, each.key) for each in problems_of(tmp_path, text)] == [
        (4, "risks.0.of"),
        (5, "risks.1.chance_a_year"),
        (5, "risks.1.pool"),
        (6, "objective.x"),
    ]
