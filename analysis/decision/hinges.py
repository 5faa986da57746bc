"""What an answer hangs on: assumptions, which way they work, and where it flips with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.statistics.compare import Comparison
from analysis.words import numbers as words
from analysis.words.board_words import board_words
from sim.scenario.assumptions import load_assumptions

if TYPE_CHECKING:
    from analysis.decision.assumption_doubt import Doubted
    from analysis.statistics.doubt import Driver

MOST_HINGES = 3
"""Assumptions that are named."""


def hangs_on(comparison: Comparison, challenger: str, doubted: Doubted | None) -> str:
    """The assumptions that the answer hangs on most, from futures in which they differ."""
    if doubted is None:
        return ""
    drivers = doubted.drivers.get(challenger, ())
    if not drivers:
        return "What it hangs on most: no single assumption stands out from luck."
    return f"What it hangs on most: {'; '.join(_driven(d, challenger) for d in drivers[:MOST_HINGES])}."


def _driven(driver: Driver, challenger: str) -> str:
    """An assumption, which way it works, and where the answer flips with it."""
    way = "better" if driver.correlation > 0 else "worse"
    told = f"{board_words(driver.name)} (the higher, the {way} for {challenger}"
    if driver.flips_at is None:
        return f"{told})"
    at, low, high = _flips_at(driver)
    return f"{told}; on average it flips at about {at}, {low} to {high}; we assume {driver.assumed:g})"


def flips(driver: Driver) -> str:
    """An assumption and where the answer flips with it."""
    at, low, high = _flips_at(driver)
    here = words.with_unit(f"{driver.assumed:g}", load_assumptions()[driver.name].unit)
    named = f"{board_words(driver.name)} [assumptions.{driver.name}] ({here} here)"
    return f"{named}: on average it flips at about {at} ({low} to {high})"


def _flips_at(driver: Driver) -> tuple[str, str, str]:
    """Where an answer flips, with its unit, and the ends of the interval."""
    assert driver.flips_at is not None
    at = driver.flips_at
    unit = load_assumptions()[driver.name].unit
    return words.with_unit(f"{at.mean:.2g}", unit), f"{at.low:.2g}", f"{at.high:.2g}"
