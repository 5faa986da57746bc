"""Absences and departures: for each seat, when its holder is away, when they leave, and who follows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.luck import fill_rows, stream
from sim.portfolio import Given
from sim.scenario import Scenario

Rows = NDArray[Any]


def draw_spells(scenario: Scenario, given: Given, seats: Rows, replication: int, who: str) -> Rows:
    """Absences of each seat until the horizon, in order; sets each seat's rows and the day of the first."""
    days = given["absence_days"]
    seats["absent_from"] = np.inf
    if days <= 0.0 or not len(seats):
        return np.zeros(0, w.SPELL)
    mean = given["absence_spell"]
    years = scenario.horizon_days / given["days_a_year"]
    expected = days * years / mean
    each = int(np.ceil(expected + 6.0 * np.sqrt(expected) + 5))
    rows = np.empty((len(seats), each), w.SPELL)
    gap, length = (
        fill_rows(
            np.empty(rows.shape), scenario.seed, replication, f"{what} of {who}", "standard_exponential"
        )
        for what in ("absences", "lengths of absences")
    )
    between = mean * given["days_a_year"] / days
    rows["begins"] = np.cumsum(between * gap, axis=1)
    rows["days"] = np.ceil(mean * length)
    seats["absent_from"] = rows["begins"][:, 0]
    seats["next_spell"] = each * np.arange(len(seats))
    seats["last_spell"] = seats["next_spell"] + each
    return rows.ravel()


def draw_persons(scenario: Scenario, given: Given, seats: Rows, replication: int, who: str) -> Rows:
    """Departures and successors of each seat; sets each seat's first and last row, and first threshold."""
    each = int(given["most_successors"])
    rows = np.empty((len(seats), each), w.PERSON)
    seed = scenario.seed
    luck = stream(seed, replication, f"departures of {who}")
    rows["gap"] = luck.standard_exponential((len(seats), each))
    seats["gap"] = rows["gap"][:, 0]
    sigma = given["productivity_spread"]
    normal = stream(seed, replication, f"successors of {who}").standard_normal((len(seats), each))
    rows["productivity"] = np.exp(sigma * normal - 0.5 * sigma * sigma)
    rows["speciality"] = stream(seed, replication, f"specialities of {who}").random((len(seats), each))
    seats["next_person"] = each * np.arange(len(seats))
    seats["last_person"] = seats["next_person"] + each
    return rows.ravel()
