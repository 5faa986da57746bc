"""Where the answer flips, in words: never more certain than the runs allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.tipping_points.axes import Axis, counted
from analysis.tipping_points.finding import Crossing, Line, Stretch
from analysis.tipping_points.idle import IDLE_FUTURES
from analysis.words.numbers import a_year, capital, count, listed, span
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from analysis.tipping_points.result import Tip

TIP_LIMITS = (
    "All else is as in the scenario; intervals are 95% and count luck alone, "
    "not the doubt about our assumptions."
)


def text(tip: Tip) -> str:
    """The whole finding as a paragraph."""
    if tip.idle:
        return _idle(tip)
    opening = {"flips": _flips, "does not flip": _stays, "a tie": _tie, "cannot tell": _open}[
        tip.finding.kind
    ]
    runs = f"This rests on {tip.futures:,} futures at {len(tip.points):,} points."
    return " ".join(s for s in (opening(tip), _as_it_is(tip), _failed(tip), runs, TIP_LIMITS) if s)


def headline(tip: Tip) -> str:
    """The finding in a sentence that fits over a figure."""
    axes, kind = tip.axes, tip.finding.kind
    if len(axes) > 1 and kind in {"flips", "cannot tell"}:
        return _of_a_map(tip)
    if kind == "a tie":
        return f"A tie: {tip.other} and {tip.current} are never {size(tip, tip.matters)} apart"
    if kind == "does not flip":
        behind = f" or less than {size(tip, tip.matters)} behind" if tip.finding.shares[0] else ""
        return f"It does not flip{_title_range(tip, f'{_ahead(tip, _only_side(tip))} is ahead{behind}')}"
    if kind == "cannot tell":
        return _open_title(tip)
    crossings = tip.finding.lines[0].crossings
    if len(crossings) > 1:
        return f"It flips {count(len(crossings))} times {_range(tip)}"
    return f"It flips {_flip(axes[0], crossings[0])}"


def _open_title(tip: Tip) -> str:
    """Where one is surely ahead, if anywhere: that much can be told."""
    if ahead := _where_ahead(tip, tip.finding.lines[0]):
        way = _way(tip).strip(", ")
        return f"{capital(f'{way}, {ahead}' if way else ahead)}; for the rest neither surely is"
    return f"Cannot tell yet where it flips between {tip.current} and {tip.other}, if it does"


def _of_a_map(tip: Tip) -> str:
    """Who is ahead on how much of a map, by the best guess, and surely."""
    guessed = [_guessed(tip, side) for side in (1, -1)]
    surely = [tip.finding.shares[side] for side in (1, -1)]
    sure = f"surely (95%) on {_percent(surely[0])} and {_percent(surely[1])}"
    if 1.0 in guessed:
        side = guessed.index(1.0)
        alone = f"surely (95%) on {_percent(surely[side])} of it" if surely[side] else "surely nowhere (95%)"
        return f"Best guess: {(tip.other, tip.current)[side]} is ahead on all of the map, {alone}"
    return (
        f"Best guess: {tip.other} is ahead on {_percent(guessed[0])} of the map, "
        f"{tip.current} on {_percent(guessed[1])}; "
        f"{sure if any(surely) else 'neither surely anywhere (95%)'}"
    )


def _guessed(tip: Tip, side: int) -> float:
    """The part of the map on which the best guess has a structure ahead."""
    mean = tip.surface.mean[counted(tip.axes, tip.shape)]
    return float((side * mean > 0).mean())


def _as_it_is(tip: Tip) -> str:
    """The best guess at the scenario as it is, where that is on the map."""
    today = [a.today_within for a in tip.axes]
    if len(today) == 1 or None in today:
        return ""
    steps = [
        round((float(a.place(v)) + 1) / 2 * (n - 1))
        for a, v, n in zip(tip.axes, today, tip.shape, strict=True)
    ]
    k = steps[0] * tip.shape[1] + steps[1]
    mean, far = float(tip.surface.mean[k]), tip.finding.reach * float(tip.surface.sd[k])
    outcome = BY_NAME[tip.objective]
    interval = span(outcome, mean - far, mean + far, signed=True)
    more = "more" if mean >= 0 else "less"
    guess = f"{tip.other} brings {size(tip, abs(mean), far)} {more} than {tip.current}"
    return (
        f"As the scenario is, the best guess off this map is that {guess} ({interval}); `decide` measures it."
    )


def size(tip: Tip, value: float, half_width: float = 0.0) -> str:
    """A difference with its unit: `€90k a year`, or `1.2 points` of an objective of one's own."""
    return a_year(BY_NAME[tip.objective], value, half_width)


def _flips(tip: Tip) -> str:
    if len(tip.axes) > 1:
        return _flips_on_map(tip)
    line, axis = tip.finding.lines[0], tip.axes[0]
    if len(line.crossings) == 1:
        crossing = line.crossings[0]
        below, above = _ahead(tip, crossing.below), _ahead(tip, -crossing.below)
        told = f"It flips {_flip(axis, crossing, keys=True)}: below, {below} is ahead; above, {above}."
    else:
        told = f"It flips {count(len(line.crossings))} times {_range(tip, keys=True)}: {_each(tip, line)}."
    return f"{told} {_ends(tip)}{_also_open(tip, line)}"


def _flips_on_map(tip: Tip) -> str:
    shares = tip.finding.shares
    across = (
        f"It flips {_range(tip, keys=True)}: {tip.current} is surely ahead in {_percent(shares[-1])} of that "
        f"range, {tip.other} in {_percent(shares[1])}; for the rest neither surely is."
    )
    return " ".join([across, *(_along(tip, line) for line in tip.finding.lines)])


def _along(tip: Tip, line: Line) -> str:
    """What is found along the first axis at one value of the second."""
    assert line.value is not None
    where = capital(tip.axes[1].where(line.value, alone=False))
    if line.crossings:
        return f"{where} it flips {_way(tip)}{_each(tip, line)}."
    told = {s.side for s in line.stretches}
    if len(told) == 1 and 0 not in told:
        return f"{where}, {_ahead(tip, told.pop())} is ahead throughout."
    return f"{where}, {_where_ahead(tip, line) or 'neither is surely ahead anywhere'}."


def _each(tip: Tip, line: Line) -> str:
    """Every flip along the first axis, which the sentence has named."""
    each = [
        f"{_at(tip.axes[0], c)} from {_ahead(tip, c.below)} to {_ahead(tip, -c.below)}"
        for c in line.crossings
    ]
    return listed(each)


def _way(tip: Tip) -> str:
    """The first axis of a map before values of it, unless these say themselves what they count."""
    return "" if tip.axes[0].is_count else f"with {tip.axes[0].named} "


def _idle(tip: Tip) -> str:
    names, label = [_named(a, keys=True) for a in tip.idle], BY_NAME[tip.objective].label.lower()
    it = "it" if len(names) == 1 else "them"
    ends = listed([f"from {a.sized(f'{a.number(a.low)} to {a.number(a.high)}')}" for a in tip.idle])
    return (
        f"Moving {listed(names)} changes nothing in this scenario: {ends} under the same luck, {label} of "
        f"{tip.current} and of {tip.other} stays the same to the last digit in each of {IDLE_FUTURES} "
        f"futures. Which of them is ahead does not depend on {it}."
    )


def _stays(tip: Tip) -> str:
    side = _only_side(tip)
    places = counted(tip.axes, tip.shape)
    nearest = int(places[(tip.surface.mean[places] * side).argmin()])
    said = f"{_ahead(tip, side)} is ahead throughout"
    if tip.finding.shares[0]:
        where = f"{_ahead(tip, side)} is surely ahead in {_percent(tip.finding.shares[side])} of that range"
        if len(tip.axes) == 1:
            where = _where_ahead(tip, tip.finding.lines[0])
        said = f"{where}, and surely nowhere behind by the {_matters(tip)}"
    return f"It does not flip {_range(tip, keys=True)}: {said}. Closest, {_with_interval(tip, nearest)}."


def _tie(tip: Tip) -> str:
    return f"It is a tie {_range(tip, keys=True)}: surely neither is ahead by the {_matters(tip)}."


def _matters(tip: Tip) -> str:
    share = " (1% of what is earned)" if BY_NAME[tip.objective].unit == "€" else " (1% of it)"
    return f"{size(tip, tip.matters)}{share} that would matter"


def _open(tip: Tip) -> str:
    ahead, ends, shares = "", "", tip.finding.shares
    if len(tip.axes) == 1:
        ahead, ends = _where_ahead(tip, tip.finding.lines[0]), f" {_ends(tip)}"
    elif side := max((1, -1), key=lambda s: shares[s]) if shares[0] < 1 else 0:
        ahead = f"{_ahead(tip, side)} is surely ahead in {_percent(shares[side])} of that range"
    said = f"{ahead}; for the rest neither is" if ahead else "neither is surely ahead anywhere"
    return f"It cannot be told whether it flips {_range(tip, keys=True)}: {said}.{ends}"


def _where_ahead(tip: Tip, line: Line) -> str:
    """The stretches on which one structure is surely ahead."""
    clauses, way = [], _way(tip) if len(tip.axes) > 1 else ""
    for side in (-1, 1):
        each = [_stretch(tip.axes[0], s) for s in line.stretches if s.side == side]
        if each:
            clauses.append(f"{_ahead(tip, side)} is surely ahead {way}{listed(each)}")
    return listed(clauses)


def _stretch(axis: Axis, stretch: Stretch) -> str:
    low, high = axis.number(stretch.low), axis.number(stretch.high)
    return axis.where(stretch.low, alone=True) if low == high else f"from {axis.sized(f'{low} to {high}')}"


def _also_open(tip: Tip, line: Line) -> str:
    """What is open besides the crossings."""
    near = 1.0 if tip.axes[0].whole else 0.0  # stretches of whole numbers do not touch
    said = ("It is too close to tell", f"Surely neither is ahead by the {_matters(tip)}")
    within = {
        tie: [
            _stretch(tip.axes[0], s)
            for s in line.stretches
            if not s.side
            and s.tie == tie
            and not any(s.low - near <= c.at <= s.high + near for c in line.crossings)
        ]
        for tie in (False, True)
    }
    return "".join(f" {said[tie]} {listed(each)}." for tie, each in within.items() if each)


def _ends(tip: Tip) -> str:
    """The difference at both ends of one axis."""
    first, last = (_with_interval(tip, k) for k in (0, len(tip.surface.mean) - 1))
    return f"{capital(first)}; {last}."


def _with_interval(tip: Tip, k: int) -> str:
    """The difference at one place, with the band that holds the whole surface with 95% at any look.

    The band of that place alone is narrower, and would contradict what is said of stretches.
    """
    mean, far = float(tip.surface.mean[k]), tip.finding.reach * float(tip.surface.sd[k])
    steps = [k] if len(tip.axes) == 1 else list(divmod(k, tip.shape[1]))
    where = [
        a.where(float(a.value(2 * s / (n - 1) - 1)), alone=len(tip.axes) == 1)
        for a, s, n in zip(tip.axes, steps, tip.shape, strict=True)
    ]
    outcome = BY_NAME[tip.objective]
    more = "less" if mean < 0 else "more"
    interval = span(outcome, mean - far, mean + far)
    gain = f"{tip.other} brings {size(tip, abs(mean), far)} {more} than {tip.current}"
    return f"{listed(where)}, {gain} ({interval})"


def _flip(axis: Axis, crossing: Crossing, *, keys: bool = False) -> str:
    """The one flip along an axis: `at about 9 managers`, `with effort of a project at about 800 hours`."""
    return f"{'' if axis.is_count else f'with {_named(axis, keys)} '}{_at(axis, crossing)}"


def _at(axis: Axis, crossing: Crossing) -> str:
    at = axis.where(crossing.at, alone=True).removeprefix("at ")
    interval = f"95% interval {axis.number(crossing.low)} to {axis.number(crossing.high)}"
    return f"at about {at} ({interval})"


def _range(tip: Tip, *, keys: bool = False) -> str:
    """From where to where each axis goes; with `keys`, by which key whoever asks again moves it."""
    return ", and ".join(
        f"{'' if a.is_count else f'with {_named(a, keys)} '}"
        f"between {a.sized(f'{a.number(a.low)} and {a.number(a.high)}')}"
        for a in tip.axes
    )


def _title_range(tip: Tip, said: str) -> str:
    """What is said of the whole range, for a title above axes that have names."""
    if any(a.is_count for a in tip.axes):
        return f": {said} {_range(tip)}"
    return f" with {listed([a.label for a in tip.axes])}: {said}"


def _named(axis: Axis, keys: bool) -> str:
    """What an axis is called; with `keys` its key too, where nobody could guess that."""
    if not keys or axis.is_count:
        return axis.named
    return f"{axis.label} [{axis.key}]{',' if ',' in axis.label else ''}"


def _ahead(tip: Tip, side: int) -> str:
    return tip.other if side > 0 else tip.current


def _only_side(tip: Tip) -> int:
    return max((1, -1), key=lambda side: tip.finding.shares[side])


def _percent(share: float) -> str:
    if 0 < share <= 0.005 or 0.995 <= share < 1:
        return "less than 1%" if share < 0.5 else "more than 99%"
    return f"{100 * share:.0f}%"


def _failed(tip: Tip) -> str:
    if not tip.failed:
        return ""
    return f"{tip.failed:,} of {tip.runs:,} runs failed (our mistake) and their futures are left out."
