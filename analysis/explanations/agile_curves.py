"""The curves of agile − merged, and how they are measured.

Each curve moves one thing and leaves the rest as the scenario has it, in a calm and in a volatile world. All
futures share their luck, so that points of a curve may be subtracted from each other as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from analysis.explanations.pairs import gains
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import Estimate, estimate
from sim.scenario import Scenario
from sim.scenario.structures import PRESETS, Ranks
from sim.vocabulary import NET_VALUE

_ON_DELIVERY, _IN_PROGRESS = "net_value_on_delivery_a_year", "value_in_progress"
_MEASURES = (NET_VALUE, _ON_DELIVERY, _IN_PROGRESS)

VOLATILITY = "portfolio.projects.change_a_month"
VOLATILITIES = (0.03, 0.10)
CEREMONIES, FIDELITY, PAID = "assumptions.ceremonies", "assumptions.report_fidelity", "portfolio.paid"


@dataclass(frozen=True)
class Point:
    """One place on a curve: its name, what it changes in the scenario, and who ranks in both arms."""

    label: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    ranks: Ranks = "own"


@dataclass(frozen=True)
class Curve:
    """Points along which one thing moves, and the measure that is told of them; `at` goes before a point."""

    title: str
    subject: str
    axis: str
    points: tuple[Point, ...]
    measure: str = NET_VALUE
    at: str = "at"

    @property
    def once(self) -> bool:
        """Whether the measure is money that comes earlier, once, and not a yearly gain."""
        return self.measure == _IN_PROGRESS


def _shares(key: str, values: tuple[float, ...]) -> tuple[Point, ...]:
    return tuple(Point(f"{100 * value:g}%", {key: value}) for value in values)


_PAID = tuple(Point(how.replace("_", " "), {PAID: how}) for how in ("on_delivery", "by_increment"))
_RANKS = (Point("own"), Point("one", ranks="one"))
_CEREMONIES = _shares(CEREMONIES, (0.0, 0.02, 0.04, 0.06, 0.08, 0.10))
_FIDELITY = _shares(FIDELITY, (0.2, 0.3, 0.4, 0.5, 0.6, 0.7))

CURVES = (
    Curve("Ceremonies", "ceremonies", "ceremonies, share of members' time", _CEREMONIES),
    Curve("What reports bring out", "report fidelity", "report_fidelity, share of stale work", _FIDELITY),
    Curve("Who ranks, in both", "who ranks", "ranks", _RANKS, at="with ranks"),
    Curve("Pay, by completion", "pay, by completion", "portfolio.paid", _PAID, at="if paid"),
    Curve("Pay, on delivery", "pay, booked on delivery", "portfolio.paid", _PAID, _ON_DELIVERY, "if paid"),
    Curve("Pay, the one-off part", "pay, one-off part", "portfolio.paid", _PAID, _IN_PROGRESS, "if paid"),
)


@dataclass(frozen=True)
class Line:
    """A curve in one world: an estimate for each point, and of how far it moves from first to last (€)."""

    curve: Curve
    volatility: float
    points: tuple[Estimate, ...]
    moves: Estimate

    @property
    def signs(self) -> tuple[int, ...]:
        """For each point 1 or −1 where agile is surely ahead or behind, else 0."""
        return tuple(point.sign for point in self.points)


@dataclass(frozen=True)
class Corner:
    """All four moved to an end at once: what they are, the world, and the yearly difference (€)."""

    label: str
    volatility: float
    gain: Estimate


Measure = Callable[[Point, float], Floats]
"""Agile − merged, future x measure, at a point in a world of this volatility."""


def measuring(scenario: Scenario, futures: int) -> Measure:
    """How points are measured: each setting is run once, whichever curves share it."""
    known: dict[tuple[str, float, Ranks], Floats] = {}

    def measure(point: Point, volatility: float) -> Floats:
        changed = scenario.with_changes({VOLATILITY: volatility, **point.changes})
        key = (changed.content_hash(), volatility, point.ranks)
        if key not in known:
            arms = [replace(PRESETS[name], ranks=point.ranks) for name in ("merged", "agile")]
            known[key] = gains(changed, arms, _MEASURES, futures)[:, 0]
        return known[key]

    return measure


def line(curve: Curve, volatility: float, measure: Measure) -> Line:
    """A curve, measured. What is in progress counts the other way round: it is not paid yet."""
    sign, column = (-1.0 if curve.once else 1.0), _MEASURES.index(curve.measure)
    found = [sign * measure(point, volatility)[:, column] for point in curve.points]
    return Line(curve, volatility, tuple(map(estimate, found)), estimate(found[-1] - found[0]))


def corners(volatility: float, measure: Measure) -> list[Corner]:
    """The yearly difference at every combination of ends."""
    found = []
    for ends in product(*((points[0], points[-1]) for points in (_CEREMONIES, _FIDELITY, _RANKS, _PAID))):
        changes = {key: value for end in ends for key, value in end.changes.items()}
        point = Point("ceremonies {}, report fidelity {}, {} ranks, paid {}".format(*(e.label for e in ends)),
                      changes, ends[2].ranks)  # fmt: skip
        found.append(Corner(point.label, volatility, estimate(measure(point, volatility)[:, 0])))
    return found
