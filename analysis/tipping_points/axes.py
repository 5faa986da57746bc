"""A property of the organisation that is moved: the key of a scenario, its range, and the values tried.

A *place* is a value on the scale of its axis, from −1 at the low end to 1 at the high end: evenly on a linear
scale, by factors on a logarithmic one. Surfaces are fitted over places.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, NoReturn

from analysis.statistics.arrays import Floats, Ints
from analysis.tipping_points.movable import at_today, kinds_at, unit_of
from analysis.tipping_points.refusals import check_movable, turn_down
from analysis.words.keys import is_heads, label_of, one_of
from analysis.words.numbers import three_digits, with_unit
from sim.scenario.reading.problems import ScenarioError, shown

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

LOGARITHMIC = 8
"""A range whose ends are further apart than this factor is laid out by factors."""

STEPS = 20
"""A range without given ends is tried at so many parts of its way when its whole way is not possible."""

_GIVEN = re.compile(r"(?P<key>[^=]+?)(?:\s*=\s*(?P<low>[^=]*?)\s*\.\.\s*(?P<high>[^=]*?))?")


@dataclass(frozen=True)
class Axis:
    """A key that is moved from `low` to `high`; `today` is what the scenario has (None if it has nothing).

    `values` are those at which runs may be made, ascending; whole numbers for a key that takes no others.
    """

    key: str
    label: str
    unit: str
    low: float
    high: float
    today: float | None
    whole: bool
    values: tuple[float, ...]

    @property
    def logarithmic(self) -> bool:
        """Whether equal ways on this axis are equal factors."""
        return self.low > 0 and self.high / self.low > LOGARITHMIC

    @property
    def today_within(self) -> float | None:
        """Where the scenario is on this axis; None where it is nowhere, or out of its range."""
        return self.today if self.today is not None and self.low <= self.today <= self.high else None

    def place(self, value: Any) -> Any:
        """The place of a value, or of an array of them."""
        import numpy as np

        of = np.log if self.logarithmic else np.asarray
        return 2 * (of(value) - of(self.low)) / (of(self.high) - of(self.low)) - 1

    def value(self, place: Any) -> Any:
        """The value at a place, or at each of an array of places."""
        import numpy as np

        share = (np.asarray(place) + 1) / 2
        if self.logarithmic:
            return self.low * (self.high / self.low) ** share
        return self.low + share * (self.high - self.low)

    @property
    def is_count(self) -> bool:
        """Whether its values are numbers of something, so that `4.2 projects at start` can be said."""
        return self.whole or self.unit == self.label

    @property
    def named(self) -> str:
        """Its label within a sentence; a comma in it is followed by another."""
        return f"{self.label}," if "," in self.label else self.label

    def where(self, value: float, *, alone: bool) -> str:
        """Where a value is: `at 4.2 projects at start`, `with effort of a project at 800 hours`; `at 800
        hours` where the sentence speaks of this axis alone, and has named it.
        """
        text = self.number(value)
        if self.is_count:
            return f"at {text} {one_of(self.label) if text == '1' else self.label}"
        at = f"at {with_unit(text, self.unit)}"
        return at if alone else f"with {self.named} {at}"

    def number(self, value: float) -> str:
        """A value in the digits that a reader can use: a tenth of what comes whole, else three digits."""
        return three_digits(round(value, 1) if self.whole else value)

    def sized(self, numbers: str) -> str:
        """Numbers of this axis with what they are: `3 to 5 managers`, `800 to 3,200 hours`."""
        return f"{numbers} {self.label}" if self.is_count else with_unit(numbers, self.unit)


def axis(scenario: Scenario, option: str, given: str, most: int) -> Axis:
    """The axis that `given` describes, `KEY` or `KEY=LOW..HIGH`, with at most `most` values.

    Without a range it is the plausible one of an assumption, or else half to double what the scenario has, as
    far as that makes sound scenarios. Raises ScenarioError, naming `option`, if no axis comes of it.
    """
    from sim.scenario.sweep import LONGEST

    found = _GIVEN.fullmatch(given.strip())
    if found is None or len(given) > LONGEST:
        turn_down(option, f"is {shown(given)}", "give KEY or KEY=LOW..HIGH")
    key = found["key"].strip()
    check_movable(scenario, option, key)
    whole = kinds_at(key) == {"integer"} or is_heads(key)  # posts are moved one by one
    today = at_today(scenario, key)
    if found["low"] is None:
        low, high = _usual_range(scenario, option, key, today, whole)
    else:
        low, high = (_number(option, key, text, whole) for text in (found["low"], found["high"]))
    if low == high and found["low"] is None:
        _refuse_still(scenario, option, key, low, whole)
    if not low < high:
        turn_down(option, f"is {shown(given)}", "give a low end that is below the high end")
    empty = Axis(key, label_of(key, unit_of(key), whole), unit_of(key), low, high, today, whole, ())
    return Axis(**{**vars(empty), "values": _values(empty, most)})


def points(axes: Sequence[Axis]) -> tuple[dict[str, Any], ...]:
    """Every combination of the values of the axes, by key; that of the last axis changes fastest."""
    typed = [[int(v) if a.whole else v for v in a.values] for a in axes]
    return tuple(dict(zip((a.key for a in axes), values, strict=True)) for values in product(*typed))


def read(axis: Axis, steps: int) -> tuple[Floats, Ints]:
    """The values that count on a line of so many places, and the numbers of their places.

    Along an axis of whole numbers only those: nobody has 2.3 managers.
    """
    import numpy as np

    values = axis.value(np.linspace(-1, 1, steps))
    if not axis.whole:
        return values, np.arange(steps)
    whole = np.unique(np.rint(values))
    return whole, np.rint((axis.place(whole) + 1) / 2 * (steps - 1)).astype(int)


def counted(axes: Sequence[Axis], shape: Sequence[int]) -> Ints:
    """The numbers of the places that count, of an even grid of this shape, its last axis changing fastest."""
    import numpy as np

    each = (read(axis, steps)[1] for axis, steps in zip(axes, shape, strict=True))
    numbers: Ints = np.arange(np.prod(shape)).reshape(shape)[np.ix_(*each)].ravel()
    return numbers


def check_points(scenario: Scenario, option: str, changes: Sequence[dict[str, Any]]) -> None:
    """Raise ScenarioError with the first combination that is no sound scenario."""
    for each in changes:
        try:
            scenario.with_changes(each)
        except ScenarioError as error:
            problem = error.problems[0]
            where = " and ".join(f"{key}={value:g}" for key, value in each.items())
            itself = problem.key in each and problem.wrong == f"is {shown(each[problem.key])}"
            why = "" if itself else f", where {problem.key} {problem.wrong}"
            turn_down(option, f"reaches {where}{why}", problem.right)


def _usual_range(
    scenario: Scenario, option: str, key: str, today: float | None, whole: bool
) -> tuple[float, float]:
    from sim.scenario.assumptions import in_force

    heading, _, name = key.partition(".")
    if heading == "assumptions" and today is not None:
        known = in_force(scenario.assumptions)[name]
        return min(known.low, today), max(known.high, today)
    if not today:
        wrong = (
            f"{key} is {'nothing' if today is None else 0} in the scenario, so half to double of it is none"
        )
        turn_down(option, wrong, f"give the range: {key}=LOW..HIGH")

    def sound(value: float) -> bool:
        try:
            scenario.with_changes({key: int(value) if whole else value})
        except ScenarioError:
            return False
        return True

    def end(target: float, rounded: Callable[[float], float]) -> float:
        ways = (target + (today - target) * k / STEPS for k in range(STEPS + 1))
        return next((v for v in map(rounded, ways) if sound(v)), today)

    tidy = float if whole else _tidy
    up = (lambda v: float(math.ceil(v))) if whole else tidy
    down = (lambda v: float(math.floor(v))) if whole else tidy
    return end(today / 2, up), end(today * 2, down)


def _number(option: str, key: str, text: str, whole: bool) -> float:
    try:
        value = float(text.replace("−", "-"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        turn_down(option, f"{key} has an end of {shown(text)}", "give numbers: KEY=LOW..HIGH")
    if whole and value != int(value):
        turn_down(
            option, f"{key} has an end of {shown(value)}", "give whole numbers, as the key takes no others"
        )
    return value


def _values(empty: Axis, most: int) -> tuple[float, ...]:
    """Values from end to end, evenly laid out on the scale of the axis; whole ones where they must be."""
    import numpy as np

    if empty.whole and empty.high - empty.low < most:
        return tuple(float(v) for v in range(int(empty.low), int(empty.high) + 1))
    raw = empty.value(np.linspace(-1, 1, most)).tolist()
    values: Iterator[float] = (float(round(v)) if empty.whole else _tidy(v) for v in raw)
    return tuple(sorted({empty.low, *list(values)[1:-1], empty.high}))


def _tidy(value: float) -> float:
    """Four digits: nobody reads more off an axis."""
    return float(f"{value:.4g}")


def _refuse_still(scenario: Scenario, option: str, key: str, today: float, whole: bool) -> NoReturn:
    """Tell why a key stays where it is: what is wrong with a scenario in which it is moved a little."""
    for moved in (today + 1, today - 1) if whole else (today * (1 + 1 / STEPS), today * (1 - 1 / STEPS)):
        try:
            scenario.with_changes({key: int(moved) if whole else moved})
        except ScenarioError as error:
            problem = error.problems[0]
            why = f"at {three_digits(moved)}, {problem.key} {problem.wrong}"
            turn_down(option, f"{key} cannot be moved from {three_digits(today)}: {why}", problem.right)
    turn_down(option, f"{key} has no range of its own", f"give the range: {key}=LOW..HIGH")
