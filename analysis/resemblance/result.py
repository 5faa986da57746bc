"""The record of *Is this you?*: figures as simulated, as published and as known, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from analysis.figures.exhibit import Exhibit, Told
from analysis.resemblance.published_figures import Published
from analysis.resemblance.thresholds import (
    DIGITS,
    GONE,
    GROWING,
    HARDLY,
    NEAR,
    NEAR_OF_SIZE,
    UNCOVERED,
    UNDONE_MOSTLY,
)
from analysis.statistics.compare import Estimate

QUESTION = "Is this you?"


class Cause(NamedTuple):
    """What most likely makes a figure what it is, and the keys of the scenario to look at."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """A figure: its mean over futures, the least and the most of any future, and what it was last year."""

    about: Published
    simulated: Estimate
    least: float
    most: float
    last_year: float | None = None

    @property
    def beyond(self) -> int:
        """1 or −1 where the mean is surely above or below the published range, else 0."""
        low, high = self.about.low, self.about.high
        digits = DIGITS.get(self.about.unit, 1)
        if high is not None and round(self.simulated.low, digits) > high:
            return 1
        return -1 if low is not None and round(self.simulated.high, digits) < low else 0

    @property
    def unlike(self) -> int:
        """1 or −1 where no future was as low or as high as last year, and it was not near; else 0."""
        if self.last_year is None or not self.simulated.futures:
            return 0
        apart = self.simulated.mean - self.last_year
        near = NEAR.get(self.about.unit, NEAR_OF_SIZE * self.last_year)
        seen = self.least <= self.last_year <= self.most
        return 0 if seen or abs(apart) <= near else 1 if apart > 0 else -1

    @property
    def off(self) -> int:
        """Which way it is off: from last year where that is known, else from what is published."""
        return self.beyond if self.last_year is None else self.unlike


@dataclass(frozen=True)
class Growth:
    """Open work (hours left to do of all that has come) at the end of the last year but one and of the last.

    `by` is the difference future by future, with its interval; `hours_a_year` what members are paid.
    """

    first: float
    last: float
    by: Estimate
    hours_a_year: float

    @property
    def forever(self) -> bool:
        """Whether it surely grows by more than an accident."""
        return self.by.bounded and self.by.low > GROWING * self.hours_a_year


@dataclass(frozen=True, repr=False)
class Resemblance(Exhibit):
    """Today's organisation, seen in `futures` futures of `days` days under `structure`; `failed` more failed.

    `figures` are in the order of `published.PUBLISHED`. `growth` is None where a plan is given. `on_time` and
    `undone` are shares of due projects, `covered` is what is earned over what it costs, `gone` the share of
    the work that was taken elsewhere or cancelled (NaN where there is nothing to measure). `causes` says of
    each figure that is off what most likely makes it so, and `pressing` what is wrong with the whole.
    `paragraphs` say it all in words.
    """

    scenario: str
    structure: str
    futures: int
    failed: int
    days: int
    figures: tuple[Compared, ...]
    growth: Growth | None
    on_time: float
    undone: float
    covered: float
    gone: float
    for_money: bool
    causes: dict[str, Cause]
    pressing: tuple[Cause, ...]
    paragraphs: tuple[str, ...] = ()

    @property
    def off(self) -> tuple[Compared, ...]:
        """The figures that are off."""
        return tuple(each for each in self.figures if each.off)

    @property
    def growing(self) -> bool:
        """Whether open work grows for ever."""
        return self.growth is not None and self.growth.forever

    @property
    def losing(self) -> bool:
        """Whether so much is taken elsewhere or cancelled that the business goes with it."""
        return self.gone > GONE

    @property
    def unpaid(self) -> bool:
        """Whether what is earned covers so little of the cost that nothing else matters."""
        return self.for_money and self.covered < UNCOVERED

    @property
    def hardly(self) -> bool:
        """Whether hardly anything is in time, or most of what is due is never delivered."""
        return self.on_time < HARDLY or self.undone > UNDONE_MOSTLY

    @property
    def doomed(self) -> bool:
        """Whether it collapses: hardly anything is in time while open work grows, or work is lost; or
        what is earned covers less than half of the cost.
        """
        return self.unpaid or (self.hardly and (self.growing or self.losing))

    def told(self) -> Told:
        """The answer as it is shown."""
        return Told(f"{QUESTION} ({self.scenario})", "\n".join(self.paragraphs))

    def __str__(self) -> str:
        return "\n".join(self.paragraphs)
