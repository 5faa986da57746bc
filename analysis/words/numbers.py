"""Numbers as people write them: a true minus sign, and no digit that nobody can use."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sim.vocabulary import Outcome

MINUS = "−"
UNKNOWN = "–"
ALONE = "one future alone has no interval"
_MOST_DIGITS = 4
_BARE = {"0-1", "0 or 1", "chance", "exponent", "log", "log scale", "log sd", "ratio", "share", "times"}
"""Units that say nothing after a number."""
_SMALL = ("no", "one", "two", "three", "four", "five", "six")


def money(euros: float, half_width: float = 0.0, *, signed: bool = False) -> str:
    """Euros in two or three digits: €850, €3.4k, €310k, €1.2M, −€40k; with `signed`, +€310k.

    With the `half_width` of an interval, in no finer steps than that has: €850 is €1k beside ± €41k.
    """
    if not math.isfinite(euros):
        return _not_finite(euros, "€")
    step = _euro_step(half_width) if math.isfinite(half_width) else 1.0
    size = round(abs(euros) / step) * step if step > _euro_step(euros) else abs(euros)
    unit, of = ("M", 1e6) if size >= 999.5e3 else ("k", 1e3) if size >= 999.5 else ("", 1.0)
    digits = 1 if max(step, _euro_step(size)) < of else 0
    text = f"{size / of:,.{digits}f}"
    return f"{_sign(euros, text, signed)}€{text}{unit}"


def _euro_step(euros: float) -> float:
    """How finely so many euros are printed."""
    size = abs(euros)
    if size >= 999.5e3:
        return 1e5 if size < 99.95e6 else 1e6
    return 1.0 if size < 999.5 else 1e2 if size < 9.95e3 else 1e3


def number(value: float, digits: int, *, signed: bool = False) -> str:
    """A number with so many decimals, thousands apart."""
    if not math.isfinite(value):
        return _not_finite(value, "")
    text = f"{abs(value):,.{digits}f}"
    return _sign(value, text, signed) + text


def amount(outcome: Outcome, value: float, half_width: float = 0.0, *, signed: bool = False) -> str:
    """A size of an outcome with its unit: money, or three digits: `1,230 points`, `+0.0412 points`.

    A mean gets the digits that the `half_width` of its interval allows: `0.01 points` beside ± 3.38.
    """
    if outcome.unit == "€" or not math.isfinite(value):
        return money(value, half_width, signed=signed) if outcome.unit == "€" else _not_finite(value, "")
    larger = _larger(value, half_width)
    digits = max(0, 2 - math.floor(math.log10(larger))) if larger else 0
    return f"{number(value, digits, signed=signed)} {outcome.unit}"


def a_year(outcome: Outcome, value: float, half_width: float = 0.0, *, signed: bool = False) -> str:
    """A size of the objective with its unit: `€90k a year`, for money is a year's; `1.2 points`."""
    return amount(outcome, value, half_width, signed=signed) + (" a year" if outcome.unit == "€" else "")


def _larger(mean: float, half_width: float) -> float:
    """The size that decides how many digits of a mean can be read."""
    return max(abs(mean), half_width) if math.isfinite(half_width) else abs(mean)


def span(outcome: Outcome, low: float, high: float, *, signed: bool = False) -> str:
    """An interval, with its unit once: `−€36k to €89k`, `−3.81 to 7.75 points`."""
    reach = (high - low) / 2
    first, last = (amount(outcome, end, reach, signed=signed) for end in (low, high))
    return f"{first.removesuffix(f' {outcome.unit}')} to {last}"


def level(outcome: Outcome, value: float) -> str:
    """An outcome's value without its unit, but for money (€) and shares (%)."""
    if outcome.unit == "€":
        return money(value)
    if outcome.unit == "share":
        return number(100 * value, max(0, outcome.digits - 2)) + ("%" if math.isfinite(value) else "")
    return number(value, _decimals(outcome, value))


def difference(outcome: Outcome, mean: float, half_width: float) -> str:
    """A difference with the reach of its interval: `+€310k ± €41k`, `−4.2 ± 0.9`; shares in points of 100.

    The mean alone where it has no interval, as that of one future.
    """
    return _with_reach(outcome, mean, half_width, signed=True)


def level_with_reach(outcome: Outcome, mean: float, half_width: float) -> str:
    """A mean with the reach of its interval: `€1.9M ± €41k`, `29.8 ± 0.9`, `62.1 ± 2.0%` of a share."""
    share = "%" if outcome.unit == "share" and math.isfinite(mean) else ""
    return _with_reach(outcome, mean, half_width, signed=False) + share


def _with_reach(outcome: Outcome, mean: float, half_width: float, *, signed: bool) -> str:
    if not math.isfinite(mean):
        return UNKNOWN
    bounded = math.isfinite(half_width)
    if outcome.unit == "€":
        said = money(mean, half_width, signed=signed)
        return f"{said} ± {money(half_width)}" if bounded else said
    digits = _decimals(outcome, _larger(mean, half_width))
    scale, digits = (100, 1) if outcome.unit == "share" else (1, digits)
    mean, half_width = scale * mean, scale * half_width
    if half_width > 0 and bounded:  # an interval that is there must not be printed as ± 0
        digits = max(digits, min(_MOST_DIGITS, -math.floor(math.log10(half_width))))
    said = number(mean, digits, signed=signed)
    return f"{said} ± {number(half_width, digits)}" if bounded else said


def _decimals(outcome: Outcome, value: float) -> int:
    """How many decimals to print: three digits of points, which may be of any size."""
    if outcome.unit != "points" or not value or not math.isfinite(value):
        return outcome.digits
    return min(_MOST_DIGITS, max(outcome.digits, 2 - math.floor(math.log10(abs(value)))))


def unit_of_level(outcome: Outcome) -> str:
    """The unit to print beside an outcome's label; empty where the number (€, %) or the label says it."""
    said = outcome.unit in {"€", "share"} or outcome.unit in outcome.label.lower()
    return "" if said else outcome.unit


def three_digits(value: float) -> str:
    """A number in three digits, or in all that a whole number has before the point."""
    digits = max(3, len(f"{abs(value):.0f}"))
    return f"{float(f'{value:.{digits}g}'):,.10g}".replace("-", MINUS)


def with_unit(number: str, unit: str, label: str = "") -> str:
    """Numbers as text with their unit: `2 to 3 days`, `€360 an hour`, `0.03 a month` of a share a month.

    Without it where it says nothing, or the `label` before the number has said it.
    """
    if not unit or unit in _BARE or set(unit.split()) <= set(label.split()):
        return number
    if number == "1":
        what, a, of = unit.partition(" a ")
        unit = f"{'person' if what == 'people' else what.removesuffix('s')}{a}{of}"
    if unit.startswith("€"):
        return f"€{number}{unit.removeprefix('€')}"
    return f"{number} {unit.removeprefix('share ')}"


def many(n: int, what: str) -> str:
    """`1 team`, `1,200 teams`."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def count(n: int) -> str:
    """Up to six in words, then in digits."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def odds(share: float, futures: int) -> str:
    """How many futures a share is: `83 of 100 futures`, or of as many as there were if they were fewer.

    Never "all of 100" by rounding: only if it was so in each of them.
    """
    if futures == 1:
        return f"{share:.0f} of 1 future"
    if share in {0.0, 1.0}:
        return f"{'all' if share else 'none of the'} {futures:,} futures"
    if futures < 100:
        return f"{min(futures - 1, max(1, round(share * futures)))} of {futures} futures"
    hundredths = round(100 * share)
    if hundredths in {0, 100}:
        return f"{'more than 99' if hundredths else 'fewer than 1'} of 100 futures"
    return f"{hundredths} of 100 futures"


def with_intervals(futures: int, said: str) -> str:
    """What is said of intervals over so many futures; of one, that it has none."""
    return ALONE if futures == 1 else said


def lived_through(futures: int, left_out: Mapping[str, int], what: str = "future") -> str:
    """`1,050 futures`, and of how many those structures speak that were left out as surely behind."""
    fewer = [f"{structure} in the first {count:,}" for structure, count in left_out.items()]
    return many(futures, what) + (f" ({listed(fewer)}: surely behind by then)" if fewer else "")


def dropped(count: int, of: int, *, points: bool) -> str:
    """Which futures could not be compared: `1 of 60 futures was left out, because a run of it failed.`

    With `points` they are judged by an objective of the scenario's own, which may have nothing to measure.
    """
    if not count:
        return ""
    were, runs = ("was", "it") if count == 1 else ("were", "them")
    why = f"a run of {runs} failed" + (" or gave the objective nothing to measure" if points else "")
    return f"{count:,} of {of:,} futures {were} left out, because {why}."


def capital(text: str) -> str:
    """Text that may begin a sentence; a `name_like_this` stays as it is."""
    return text if "_" in text.split(" ", 1)[0] else text[:1].upper() + text[1:]


def plainly(value: float) -> str:
    """A number as it is given, in six digits and without an exponent: `0.00001`, `100`, `1,500,000`."""
    return f"{Decimal(f'{value:g}'):,f}".replace("-", MINUS)


def called(name: str) -> str:
    """A name within a sentence: in quotes where a comma in it could be taken for one of the sentence."""
    return f"“{name}”" if "," in name else name


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _sign(value: float, text: str, signed: bool) -> str:
    """A sign, but none for what rounds to nothing."""
    if not any(c in "123456789" for c in text):
        return ""
    return MINUS if value < 0 else "+" if signed else ""


def _not_finite(value: float, unit: str) -> str:
    return UNKNOWN if math.isnan(value) else f"{MINUS if value < 0 else ''}{unit}∞"
