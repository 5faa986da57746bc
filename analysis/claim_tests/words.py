"""What was found, in the words of a table: sizes with intervals, where it flips, what it hangs on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from analysis.claim_tests import dials
from analysis.claim_tests.contrasts import Tested
from analysis.claim_tests.judge import MOSTLY
from analysis.claim_tests.records import Row
from analysis.statistics.compare import Estimate
from analysis.words.numbers import UNKNOWN, listed, number, plainly
from sim.safety.names import legible
from sim.scenario.assumptions import load_assumptions
from sim.vocabulary import BY_NAME, NET_VALUE

_FINDING, _CONSTRUCTED = "finding", "by construction"

OF_PAY = "% of what the people cost"


def kind(tested: Tested) -> str:
    """The class of a comparison."""
    return _CONSTRUCTED if tested.finding.row.by_construction else _FINDING


def ruling(tested: Tested) -> str:
    """The verdict, with where it flips."""
    found = tested.finding
    if not found.flips:
        return found.verdict
    begins = _value(found.flips[1])
    return f"holds from {begins} on" if found.verdict == "holds above" else f"holds up to {begins}"


def what_it_hides(tested: Tested) -> str:
    """What a verdict on the mean hides: another one at the last value of what is turned, another middle."""
    found = tested.finding
    said = []
    if told_at_last(tested):
        said.append(at_last(tested))
    if found.middle:
        said.append(_MIDDLES[found.middle])
    return "; ".join(said)


def told_at_last(tested: Tested) -> bool:
    """Whether the verdict at the last value of what is turned is another than that on the mean over all."""
    found = tested.finding
    return found.at_last not in (None, found.verdict) and not found.flips


def at_last(tested: Tested) -> str:
    """The verdict at the last value of what is turned: `after 1,000 days, some 4 years: does not hold`."""
    row = tested.finding.row
    return f"{_at(row, row.values[-1])}: {tested.finding.at_last}"


_MIDDLES = {
    "nothing": "nothing that matters in the middle organisation",
    "less": "far less in the middle organisation",
    "other": "the other way round in the middle organisation",
    "gains": "holds in the middle organisation",
    "loses": "the reverse holds in the middle organisation",
}


def _at(row: Row, value: Any) -> str:
    if row.over is None or row.over.key != "horizon_days":
        return f"at the last value, {_value(value)}"
    years = round(value / load_assumptions()["days_a_year"].value)
    return f"after {value:,} days" + (f", some {years} years" if years > 1 else "")


def where_it_flips(row: Row, values: Sequence[Any]) -> str:
    """Between which values of the dial it begins, or ceases, to hold."""
    if not values or row.over is None:
        return UNKNOWN
    low, high = (_value(value) for value in sorted(values))
    return f"it begins between {low} and {high}{_of_what(dials.label(row.over.key))}"


def _of_what(label: str) -> str:
    """What a value is of: `; turned is the clarity`, ` times the size (teams, managers and work)`."""
    if not label.endswith(", times"):
        return f"; turned is the {label}"
    name, _, parts = label.removesuffix(", times").partition(": ")
    return f" times the {name}" + (f" ({parts})" if parts else "")


def dial(row: Row) -> str:
    """What a row turns."""
    return dials.label(row.over.key) if row.over else ""


def _value(value: Any) -> str:
    return plainly(float(value)) if isinstance(value, int | float) else legible(str(value))


def size(row: Row, mean: Estimate) -> str:
    """The mean contrast in its unit, with its interval: more is better, whatever the outcome."""
    return f"{without_unit(row, mean)} {scale_of(row)[2]}".strip() if mean.futures else UNKNOWN


def without_unit(row: Row, mean: Estimate) -> str:
    """A size without its unit, where that stands beside."""
    scale, digits, _ = scale_of(row)
    return _between(mean, scale, digits) if mean.futures else UNKNOWN


def median(tested: Tested) -> str:
    """The median over the organisations, with its interval, without its unit."""
    return without_unit(tested.finding.row, tested.finding.median)


def scale_of(row: Row) -> tuple[float, int, str]:
    """What a contrast is multiplied by for a reader, its digits and its unit."""
    if row.kind == "mostly":
        return 100.0, 0, "% of organisations"
    if len(row.outcomes) > 1 or row.beyond:
        return 1.0, 2, "standard deviations"
    outcome = BY_NAME[row.outcomes[0]]
    if outcome.name == NET_VALUE:
        return 100.0, 1, OF_PAY
    if outcome.unit == "share":
        return 100.0, 1, "percentage points"
    if outcome.unit == "0-1":
        return 1.0, 3, "on a scale from 0 to 1"
    return 1.0, 2, "times" if outcome.unit == "ratio" else outcome.unit


def _between(mean: Estimate, scale: float, digits: int) -> str:
    middle = number(mean.mean * scale, digits, signed=True)
    if not (math.isfinite(mean.low) and math.isfinite(mean.high)):
        return f"{middle} (any)"
    low, high = (number(end * scale, digits, signed=True) for end in (mean.low, mean.high))
    return f"{middle} ({low or '0'} to {high or '0'})"


def margin(row: Row) -> str:
    """What has to be exceeded, without its unit."""
    scale, digits, _ = scale_of(row)
    return number((MOSTLY if row.kind == "mostly" else row.margin) * scale, digits)


def claimed(row: Row) -> str:
    """What would have to be surely so for a row to hold."""
    return _CLAIMED[row.kind].format(margin(row))


_CLAIMED = {
    "better": "holds if it is more than {}",
    "no worse": "holds if it is not {} below nothing",
    "alike": "holds if it is within ±{}",
    "rises": "holds if it is more at the last value than at the first, by {}",
    "mostly": "holds if it is more than {}",
}


def hinge(tested: Tested) -> str:
    """What moves the contrast most, which way, and whether that is the organisation or an assumption."""
    found = tested.hinge
    if found is None:
        return "nothing that can be told"
    way = "more" if found.rank > 0 else "less"
    whose = "assumed" if found.kind == "assumption" else "a trait"
    return f"{found.label} ({whose}): {way} with more of it, rank correlation {number(found.rank, 2)}"


def carrier(tested: Tested) -> str:
    """By what the difference comes about: the mechanism that carries half of it or more, where one does."""
    found = tested.carried
    if found is None:
        return UNKNOWN
    if found.carrier:
        share = found.brings[found.carrier].mean / found.gain.mean
        return f"{found.carrier}: {100 * share:.0f}% of it"
    if found.none_carries:
        return "none carries half"
    return "cannot be told"


def of_one(row: Row) -> Row:
    """The row as one organisation alone can say it, which is no share of organisations."""
    return replace(row, kind="better") if row.kind == "mostly" else row


def one_by_one(tested: Tested) -> str:
    """What each of the library's organisations says, alone, in the unit of `of_one`."""
    row = of_one(tested.finding.row)
    said = [
        f"{legible(one.name)} {one.told if one.told == 'collapses' else without_unit(row, one.mean)}"
        f"{_SURE.get(one.told, '')}"
        for one in tested.library
    ]
    return "; ".join(said)


_SURE = {"surely": " (surely)", "surely not": " (surely not)"}


def measured(row: Row) -> str:
    """The outcomes that a row is about, and in what they are told."""
    return f"{about(row)} ({scale_of(row)[2]})"


def about(row: Row) -> str:
    """The outcomes that a row is about."""
    named = listed([BY_NAME[name].label.lower() for name in row.outcomes])
    if row.beyond:
        named += " more than " + listed([BY_NAME[name].label.lower() for name in row.beyond])
    return named


def plain(tested: Tested) -> dict[str, Any]:
    """A row as plain values."""
    found = tested.finding
    return {
        "claim": tested.claim.name,
        "version": tested.claim.version,
        "changed": tested.claim.changed,
        "says": tested.claim.says,
        "group": tested.claim.group,
        "class": kind(tested),
        "row": tested.says,
        "about": about(found.row),
        "verdict": ruling(tested),
        "beside": what_it_hides(tested),
        "margin": found.row.margin,
        "margin_told": margin(found.row),
        "size": size(found.row, found.mean),
        "mean_told": without_unit(found.row, found.mean),
        "unit": scale_of(found.row)[2],
        "unit_of_one": scale_of(of_one(found.row))[2],
        **_ends(found.mean),
        "median": {"told": median(tested), "hidden": found.middle, **_ends(found.median, "median")},
        "at_last": found.at_last,
        "lacks": tested.claim.lacks,
        "dial": dial(found.row),
        "flips": where_it_flips(found.row, found.flips),
        "surely": found.surely,
        "surely_not": found.surely_not,
        "untold": found.untold,
        "euros_a_year": tested.euros,
        "hangs_on": hinge(tested),
        "carried_by": carrier(tested),
        "library": one_by_one(tested),
        "organisations": tested.organisations,
        "left_out": tested.left_out,
        "failed": tested.failed,
        "levels": [
            {
                "at": value,
                "told": without_unit(found.row, level),
                **_ends(level),
                "ahead": {"told": _odds(ahead), **_ends(ahead)},
            }
            for value, level, ahead in zip(found.row.values, found.levels, found.ahead, strict=False)
        ],
        "hinge": asdict(tested.hinge) if tested.hinge else None,
        "one_by_one": [{"name": one.name, "told": one.told, **_ends(one.mean)} for one in tested.library],
        "brings": {name: _ends(each) for name, each in tested.carried.brings.items()}
        if tested.carried
        else None,
    }


def _odds(share: Estimate) -> str:
    """In how many futures a contrast is ahead, as an interval: `ahead in 41 to 48% of futures`."""
    if not share.futures:
        return UNKNOWN
    low, high = (number(100 * min(max(end, 0.0), 1.0), 0) for end in (share.low, share.high))
    return f"ahead in {low} to {high}% of futures"


def _ends(estimate: Estimate, middle: str = "mean") -> dict[str, float]:
    return {middle: estimate.mean, "low": estimate.low, "high": estimate.high}
