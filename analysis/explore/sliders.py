"""What can be moved on the page: at most seven numbers, each with the values that it may stand at.

A slider stands at one of its *stops*. A *state* says for some sliders, by name, at which stop; the others
stand where the scenario does. So whatever a state makes of the scenario is one of finitely many scenarios,
and the page, its address and a file of it need no arithmetic to agree on which.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.words.keys import label_of, one_of
from analysis.words.numbers import capital, three_digits, with_unit

if TYPE_CHECKING:
    from analysis.causes.factors import Factor
    from sim.scenario import Scenario

State = Mapping[str, int]
"""At which stop sliders stand, by name."""

MOST_STOPS = 41
"""Values of a slider at most: as many as can be told apart on a narrow screen."""


@dataclass(frozen=True)
class Stop:
    """A value that a slider may stand at: its share of the range, how it is said, and within a sentence."""

    value: float
    share: float
    said: str
    phrase: str


@dataclass(frozen=True)
class Slider:
    """A factor as something to move; `today` is the number of the stop at which the scenario stands."""

    factor: Factor
    label: str
    stops: tuple[Stop, ...]
    today: int

    @property
    def name(self) -> str:
        """What a state and an address call it."""
        return self.factor.key

    def changes(self, stop: int) -> dict[str, Any]:
        """The keys of a scenario that this stop sets, and to what."""
        return self.factor.changes(self.stops[stop].value)


def slider(factor: Factor) -> Slider:
    """A factor with its stops: every whole number of a short range, else even steps, and today's value."""
    own = {factor.low, factor.value, factor.high}
    close = 1e-6 * (factor.high - factor.low)
    values = sorted(own | {v for v in _even(factor) if all(abs(v - each) > close for each in own)})
    stops = tuple(Stop(v, _share(factor, v), _said(factor, v), _phrase(factor, v)) for v in values)
    return Slider(factor, capital(factor.label), stops, values.index(factor.value))


def moved(sliders: Sequence[Slider], state: State) -> dict[str, Any]:
    """The keys that a state sets otherwise than the scenario. Raises ValueError for what is no stop."""
    known = {each.name: each for each in sliders}
    changes: dict[str, Any] = {}
    for name, stop in state.items():
        if name not in known or not 0 <= stop < len(known[name].stops):
            raise ValueError(f"{name}={stop}: there is no such slider, or none of its stops")
        if stop != known[name].today:
            changes |= known[name].changes(stop)
    return changes


def scenario_at(scenario: Scenario, sliders: Sequence[Slider], state: State) -> Scenario:
    """The scenario at a state. Raises ValueError for what is no stop."""
    changes = moved(sliders, state)
    return scenario.with_changes(changes) if changes else scenario


def shares_at(sliders: Sequence[Slider], state: State) -> list[float]:
    """Where a state is, as a share of each slider's range."""
    return [each.stops[state.get(each.name, each.today)].share for each in sliders]


def _even(factor: Factor) -> list[float]:
    """Values over the range in steps that a reader would choose: 1, 2 or 5 and noughts."""
    low, high = factor.low, factor.high
    least = (high - low) / (MOST_STOPS - 3)
    size = 10.0 ** math.floor(math.log10(least))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= least * (1 - 1e-9))
    step = max(1.0, step) if factor.whole else step
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(step * k, 9) for k in range(first, last + 1)]


def _share(factor: Factor, value: float) -> float:
    """Where a value is in the range, as futures are spread: a whole number has a part of its own."""
    if factor.whole:
        return (value - factor.low + 0.5) / (factor.high - factor.low + 1)
    return min(1.0, max(0.0, (value - factor.low) / (factor.high - factor.low)))


def _said(factor: Factor, value: float) -> str:
    """A value in the words of a reader, with its unit: `€360 an hour`, `1.2 times today's`."""
    if factor.unit.partition(" ")[0] == "share":
        return f"{three_digits(100 * value)}%{factor.unit.removeprefix('share')}"
    return with_unit(three_digits(value), factor.unit, factor.label)


def _phrase(factor: Factor, value: float) -> str:
    """What follows `With …`: `7 managers`, `21 projects a year`, `effort of a project at 1,200 hours`."""
    counted = label_of(factor.key) if factor.kind == "trait" and factor.whole else factor.label
    if counted != factor.label or counted.split()[0] == factor.unit.partition(" ")[0]:
        return f"{three_digits(value)} {one_of(counted) if value == 1 else counted}"
    return f"{factor.label} at {_said(factor, value)}"
