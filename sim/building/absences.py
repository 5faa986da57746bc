"""The first absence, first departure and talents of whoever sits in a seat; the rest comes in the run."""

from __future__ import annotations

import numpy as np

from sim.building.projects import Given
from sim.rules.people import mean_days_there
from sim.world import Rows
from sim.world.luck import stream


def draw_departures(seed: int, given: Given, seats: Rows, replication: int, who: str) -> None:
    """Set for each seat the day of the first absence, and the departures expected before the first."""
    seats["gap"] = stream(seed, replication, f"departures of {who}").standard_exponential(len(seats))
    seats["absent_from"] = np.inf
    if given["absence_days"] > 0.0:
        there = mean_days_there(given["absence_spell"], given["absence_days"], given["days_a_year"])
        luck = stream(seed, replication, f"absences of {who}")
        seats["absent_from"] = there * luck.standard_exponential(len(seats))


def draw_talents(seed: int, given: Given, seats: Rows, replication: int) -> None:
    """Set for each manager what share of the ordinary hours each family of duties takes them."""
    seats["talent"] = seats["other_talent"] = 1.0
    spread = given["aptitude"]
    if spread > 0.0:
        luck = stream(seed, replication, "aptitudes").standard_normal((len(seats), 2))
        hours = np.exp(spread * luck - spread * spread / 2.0)
        seats["talent"], seats["other_talent"] = hours[:, 0], hours[:, 1]
