"""What a scenario rests on, number by number: the model's assumptions and the organisation's own traits.

A *factor* is a number that could well be another. Each has a range, and says how a value changes a scenario.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.words.board_words import board_words
from sim.scenario.assumptions import Assumption, in_force
from sim.scenario.reading.problems import ScenarioError
from sim.vocabulary import TRAITS

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from sim.scenario.schema import Scenario

Kind = Literal["assumption", "trait"]

REACH = 0.5
"""A trait is tried from this share below the scenario's value to as much above it."""

_WHOLE_UNITS = ("0 or 1", "teams", "tickets")
"""Units of assumptions that come in whole numbers."""


DEFAULT_REGISTER = frozenset(
    {
        "risks_a_project",
        "risk_hazard",
        "risk_impact",
        "operational_risks",
        "key_person_chance",
        "supplier_chance",
        "supplier_hours",
        "security_chance",
        "security_cost",
    }
)
"""Assumptions that describe the risks of the register that comes with Rolecall, and nothing else."""

OUTAGES = frozenset({"outage_chance", "outage_days"})
"""Those of it that are about specialists."""

STRIKES = frozenset({"strike_growth", "strike_days", "known_impact", "mitigated_hazard", "mitigated_impact"})
"""Assumptions about risks of whatever register."""

SERVICE_TICKETS = frozenset({"ticket_spread", "ticket_maturity_effect", "severe_ticket_hours"})
"""Assumptions about the tickets of services; those of a warranty have nothing of it."""

PAIRS = frozenset({"pair_hours", "pair_days", "pair_lasting", "tangle_growth", "loose_pair"})
"""Assumptions about teams that depend on each other for long."""


@dataclass(frozen=True)
class Factor:
    """A number and its range from `low` to `high`, in `unit`; `value` is what it is in the scenario.

    `whole` numbers alone are possible for some. `sets` are the keys of a scenario that it changes, each with
    what is held there today if the factor counts in times of that; else None.
    """

    name: str
    label: str
    meaning: str
    kind: Kind
    value: float
    low: float
    high: float
    unit: str
    whole: bool
    sets: tuple[tuple[str, Any], ...]

    @property
    def key(self) -> str:
        """The key that sets it in a scenario; of several, what they have in common."""
        return self.sets[0][0] if len(self.sets) == 1 else self.name

    def at(self, share: float) -> float:
        """The value at a share of the range, 0 to 1; each whole number has an equal part of it."""
        if not self.whole:
            return self.low + share * (self.high - self.low)
        return min(self.high, self.low + math.floor(share * (self.high - self.low + 1)))

    def changes(self, value: float) -> dict[str, Any]:
        """What to set, by key, to give the scenario this value."""
        value = int(value) if self.whole and self.kind == "trait" else value
        return {key: _held(today, value) for key, today in self.sets}


def factors_of(scenario: Scenario) -> tuple[Factor, ...]:
    """Every assumption with a range that may act in the scenario, then every trait that it has."""
    idle = idle_assumptions(scenario)
    known = (a for a in in_force(scenario.assumptions).values() if a.low < a.high and a.name not in idle)
    assumptions = (_assumption(a, scenario) for a in known)
    return (*assumptions, *(f for f in _traits(scenario) if f.low < f.high and _sound(scenario, f)))


def idle_assumptions(scenario: Scenario) -> frozenset[str]:
    """Assumptions about what there is not in the scenario, so that no run depends on them. Others may be idle
    as well: here are those of which it is certain.
    """
    services = scenario.portfolio.services
    nothing: frozenset[str] = frozenset()
    return nothing.union(
        DEFAULT_REGISTER | OUTAGES if scenario.risks != "default" else nothing,
        STRIKES if scenario.risks == "none" else nothing,
        nothing if scenario.pools else OUTAGES,
        nothing if scenario.organisation.dependencies else PAIRS,
        nothing if services and services.count else SERVICE_TICKETS,
    )


def changed(scenario: Scenario, factors: Sequence[Factor], shares: Sequence[float]) -> Scenario:
    """The scenario with each factor at its share of its range, 0 to 1."""
    assumptions = dict(scenario.assumptions)
    traits: dict[str, Any] = {}
    for factor, share in zip(factors, shares, strict=True):
        if factor.kind == "assumption":
            assumptions[factor.name] = factor.at(share)
        else:
            traits |= factor.changes(factor.at(share))
    other = scenario.with_changes(traits) if traits else scenario
    return other.model_copy(update={"assumptions": assumptions})  # ranges lie within the bounds: no check


def _assumption(a: Assumption, scenario: Scenario) -> Factor:
    """An assumption over its plausible range, or as far as the scenario's own value lies outside."""
    value = scenario.assumptions.get(a.name, a.value)
    low, high = min(a.low, value), max(a.high, value)
    whole = a.unit in _WHOLE_UNITS
    key = f"assumptions.{a.name}"
    return Factor(
        a.name, board_words(a.name), a.meaning, "assumption", value, low, high, a.unit, whole, ((key, None),)
    )


def _traits(scenario: Scenario) -> Iterator[Factor]:
    for key, label in TRAITS.items():
        found = _found(scenario, key)
        if found is not None:
            yield _trait(scenario, key, label.trait, *found)
    teams, pools = scenario.organisation.teams, scenario.organisation.specialists
    if isinstance(teams, tuple):
        sizes = tuple((f"organisation.teams.{i}.members", team.members) for i, team in enumerate(teams))
        yield _relative("organisation.teams", "sizes of teams", "Members of every team.", sizes)
    if pools:
        held = (("organisation.specialists", pools),)
        yield _relative("organisation.specialists", "specialists", "Units of every pool.", held)


def _found(scenario: Scenario, key: str) -> tuple[float, FieldInfo] | None:
    """What stands at a key and how it is described; None where the scenario has no such trait."""
    part: Any = scenario
    *path, last = key.split(".")
    for name in path:
        part = getattr(part, name, None)
    if last not in getattr(type(part), "model_fields", {}) or _is_fixed(scenario, key):
        return None
    return getattr(part, last), type(part).model_fields[last]


def _is_fixed(scenario: Scenario, key: str) -> bool:
    """Whether a trait cannot be changed for itself, or nothing would come of it."""
    if key == "managers":
        return bool(scenario.heads) or any(s.heads for s in scenario.all_structures())
    return key == "portfolio.projects.pool_share" and not scenario.pools


def _trait(scenario: Scenario, key: str, label: str, value: float, field: FieldInfo) -> Factor:
    whole = field.annotation is int
    reach = max(1, math.floor(REACH * value)) if whole and value else REACH * value
    low, high = value - reach, value + reach
    for bound in field.metadata:
        low, high = max(low, getattr(bound, "ge", low)), min(high, getattr(bound, "le", high))
    if key == "managers":
        low = max(low, *(len(s.roles) for s in scenario.all_structures()))
    unit = str((field.json_schema_extra or {}).get("unit", ""))  # type: ignore[union-attr]
    meaning = field.description or label
    return Factor(key, label, meaning, "trait", value, low, high, unit, whole, ((key, None),))


def _relative(key: str, label: str, meaning: str, sets: tuple[tuple[str, Any], ...]) -> Factor:
    """A trait that is counted in times of what it is today."""
    return Factor(key, label, meaning, "trait", 1.0, 1 - REACH, 1 + REACH, "times today's", False, sets)


def _held(today: Any, value: float) -> Any:
    """What a key holds at a value: the value itself, or so many times as much as today, but not nothing."""
    if today is None:
        return value
    if isinstance(today, dict):
        return {name: _held(units, value) for name, units in today.items()}
    return max(1, round(today * value))


def _sound(scenario: Scenario, factor: Factor) -> bool:
    """Whether the scenario can be had at both ends of a factor's range."""
    try:
        for end in (factor.low, factor.high):
            scenario.with_changes(factor.changes(end))
    except ScenarioError:
        return False
    return True
