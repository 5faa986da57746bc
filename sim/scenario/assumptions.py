"""Every number of the model, from `assumptions.toml`: its meaning, value, range, unit and source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Assumption:
    """One number of the model.

    `low` to `high` is the range that we think plausible (for sampling doubt); `hard_low` to `hard_high`
    is what the model can run with at all. `off` is the value at which the effect is gone, where there is one.
    """

    name: str
    value: float
    low: float
    high: float
    hard_low: float
    hard_high: float
    unit: str
    source: str
    meaning: str
    off: float | None = None
    follows: tuple[str, float] | None = None
    """Where nobody sets it, it is this share of that other assumption."""


@cache
def load_assumptions() -> dict[str, Assumption]:
    """All assumptions by name, in the order of the file."""
    table = tomllib.loads(Path(__file__).with_name("assumptions.toml").read_text(encoding="utf-8"))
    return {
        name: Assumption(
            name=name,
            value=float(entry["value"]),
            low=float(entry["range"][0]),
            high=float(entry["range"][1]),
            hard_low=float(entry["bounds"][0]),
            hard_high=float(entry["bounds"][1]),
            unit=entry["unit"],
            source=entry["source"],
            meaning=entry["meaning"],
            off=float(entry["off"]) if "off" in entry else None,
            follows=(entry["follows"][0], float(entry["follows"][1])) if "follows" in entry else None,
        )
        for name, entry in table.items()
    }


def in_force(overrides: Mapping[str, float] | None = None) -> dict[str, Assumption]:
    """All assumptions by name, those that follow another moved with it: value and range alike.

    `overrides` are a scenario's own; an assumption among them follows nothing, but its range still does.
    """
    known, own = load_assumptions(), overrides or {}
    moved = {}
    for name, assumption in known.items():
        if assumption.follows is not None:
            leader, share = assumption.follows
            default = known[leader].value
            times = own.get(leader, default) / default
            low, high = assumption.low * times, assumption.high * times
            moved[name] = replace(assumption, value=share * times * default, low=low, high=high)
    return known | moved


def values(overrides: Mapping[str, float] | None = None) -> dict[str, float]:
    """The value of each assumption, with `overrides` by name; those that follow another go with it.

    Raises KeyError for a name that is none, ValueError outside the hard bounds.
    """
    known = in_force(overrides)
    result = {name: assumption.value for name, assumption in known.items()}
    for name, value in (overrides or {}).items():
        assumption = known[name]
        if not assumption.hard_low <= value <= assumption.hard_high:
            raise ValueError(
                f"{name} is {value}; it must be {assumption.hard_low:g} to {assumption.hard_high:g}"
            )
        result[name] = float(value)
    return result


def neutral() -> dict[str, float]:
    """The overrides that switch off every effect that can be: no noise, no decay, no cost of managing."""
    return {name: a.off for name, a in load_assumptions().items() if a.off is not None}
