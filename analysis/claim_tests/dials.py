"""What a claim turns in an organisation: a key of its scenario, or its size, or how its work is cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.questionnaire.questions import WEEKS_A_YEAR, ticket_hours
from analysis.words.keys import label_of
from sim.scenario.assumptions import values

if TYPE_CHECKING:
    from sim.scenario import Scenario


def turned(scenario: Scenario, key: str, value: Any) -> Scenario:
    """The scenario with a property at a value: a dial of `DIALS`, or any key. Raises ScenarioError."""
    changes = DIALS[key].changes(scenario, value) if key in DIALS else {key: value}
    return scenario.with_changes(changes)


def sets(key: str) -> tuple[str, ...]:
    """The keys that a dial sets: what is drawn for an organisation leaves them alone."""
    return DIALS[key].keys if key in DIALS else (key,)


def label(key: str) -> str:
    """What a dial is called."""
    return DIALS[key].label if key in DIALS else label_of(key, whole=False)


class Scaled:
    """Keys that are multiplied together: `down` are divided instead, so that the product stays."""

    def __init__(self, label: str, up: Mapping[str, type], down: Mapping[str, type] | None = None) -> None:
        self.label, self._up, self._down = label, up, down or {}
        self.keys = (*up, *self._down)

    def changes(self, scenario: Scenario, times: float) -> dict[str, Any]:
        """What to set, so that each is so many times (or that part of) what it is."""
        return {
            **_scaled(scenario, self._up, times),
            **_scaled(scenario, self._down, 1 / times),
        }


class ServiceShare:
    """The share of the work that comes as tickets of services; the hours of all work stay what they are."""

    label = "share of the work that comes as tickets of services"
    keys = ("portfolio.services.tickets_a_week", "portfolio.projects.a_year", "portfolio.projects.at_start")

    def changes(self, scenario: Scenario, share: float) -> dict[str, Any]:
        """What to set, so that tickets make this share of the hours of a year."""
        projects, services = scenario.portfolio.projects, scenario.portfolio.services
        if projects is None or services is None or not services.count:
            return {}
        for_projects = projects.a_year * projects.effort_hours
        all_hours = WEEKS_A_YEAR * ticket_hours(scenario) + for_projects
        others = all_hours * (1 - share) / for_projects
        for_one_a_week = WEEKS_A_YEAR * services.count * services.effort_hours
        return {
            "portfolio.services.tickets_a_week": max(0.1, all_hours * share / for_one_a_week),
            "portfolio.projects.a_year": projects.a_year * others,
            "portfolio.projects.at_start": round(projects.at_start * others),
        }


class Unrest:
    """How much a reorganisation unsettles people, as a part of what is drawn: 0 is not at all."""

    label = "unrest of a reorganisation, times"
    keys = ()
    _names = ("unrest_distraction", "unrest_initiative", "leave_unrest", "title_loss")

    def changes(self, scenario: Scenario, times: float) -> dict[str, Any]:
        """What to set."""
        assumed = values(scenario.assumptions)
        return {f"assumptions.{name}": times * assumed[name] for name in self._names}


class Changed:
    """What a reorganisation changes of `merged`: who ranks alone, or the roles as well."""

    label = "what is changed"
    keys = ()
    _likes: Mapping[str, Mapping[str, str]] = {
        "one who ranks": {"like": "merged", "ranks": "one"},
        "both": {"like": "separated", "ranks": "one"},
    }

    def changes(self, scenario: Scenario, what: str) -> dict[str, Any]:
        """What to set, so that the structure that follows differs from `merged` by this."""
        if scenario.reorganisation is None:
            raise ValueError(f"{scenario.name} changes nothing on a day")
        after = scenario.reorganisation.to
        return {"structures": ["merged", {"name": after, **self._likes[what]}]}


_SIZE = {
    "managers": int,
    "organisation.teams.count": int,
    "portfolio.clients": int,
    "portfolio.projects.at_start": int,
    "portfolio.projects.a_year": float,
    "portfolio.services.count": int,
}

DIALS: dict[str, Any] = {
    "size": Scaled("size: teams, managers, clients and work, times", _SIZE),
    "cut": Scaled(
        "projects at a time, times, each so much smaller",
        {"portfolio.projects.at_start": int, "portfolio.projects.a_year": float},
        {"portfolio.projects.tasks": int, "portfolio.projects.effort_hours": float},
    ),
    "services": ServiceShare(),
    "unrest": Unrest(),
    "changed": Changed(),
}
"""Dials that turn several keys at once, by their name in a record."""


def _scaled(scenario: Scenario, keys: Mapping[str, type], times: float) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, kind in keys.items():
        value = _at(scenario, key)
        if value:
            found[key] = max(1, round(value * times)) if kind is int else value * times
    return found


def _at(scenario: Scenario, key: str) -> float | None:
    part: Any = scenario
    for name in key.split("."):
        part = getattr(part, name, None)
    return None if part is None else float(part)
