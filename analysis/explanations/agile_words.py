"""What the page says of agile − merged. Every sign, crossing and size is read off the measured lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from analysis.explanations.agile_curves import VOLATILITIES, VOLATILITY, Corner, Curve, Line
from analysis.statistics.compare import Estimate
from analysis.words.numbers import capital, money
from sim.scenario import Scenario
from sim.vocabulary import NET_VALUE

FATES = {1: "ahead", 0: "not told apart from merged", -1: "behind"}


def told(lines: Sequence[Line], corners: Sequence[Corner], scenario: Scenario, image: str) -> str:
    """The generated part of the page, in Markdown."""
    parts = [made_from(lines, scenario), f"![What agile − merged hangs on]({image})"]
    parts += ["## Which assumptions decide the sign", "\n".join(f"- {each}" for each in decisions(lines))]
    parts += ["### All four at once", "\n".join(f"- {each}" for each in of_corners(corners))]
    for curve, own in groupby(lines, key=lambda line: line.curve):
        parts += section(curve, list(own))
    return "\n\n".join(parts) + "\n"


def made_from(lines: Sequence[Line], scenario: Scenario) -> str:
    """What was run, and what an interval holds for."""
    counts = [point.futures for line in lines for point in line.points]
    futures = f"{counts[0]:,}" if len(set(counts)) == 1 else f"{min(counts):,} to {max(counts):,}"
    return (
        f"*{scenario.name}*: agile less merged in the same future, {futures} futures behind each point, in "
        f"steps of {scenario.step_hours:g} h. Intervals are of 95%, for luck alone, each point by itself. "
        "*Ahead* and *behind* are said where an interval leaves zero out. *Volatility* is the share of their "
        f"wants that clients change in a month (`{VOLATILITY.rpartition('.')[2]}`)."
    )


def section(curve: Curve, lines: Sequence[Line]) -> Iterator[str]:
    """The table of a curve, and what it shows."""
    yield f"## {curve.title}"
    yield "\n".join(table(curve, lines))
    yield "\n".join(f"- At {world(line)}: {statement(line)}." for line in lines)


def table(curve: Curve, lines: Sequence[Line]) -> Iterator[str]:
    """A row for each point, a column for each world."""
    unit = "once" if curve.once else "a year"
    yield f"| {curve.axis} | {' | '.join(f'{world(line)}, {unit}' for line in lines)} |"
    yield "|---|" + "---|" * len(lines)
    for k, point in enumerate(curve.points):
        yield f"| {point.label} | {' | '.join(sized(line.points[k]) for line in lines)} |"


def world(line: Line | Corner) -> str:
    """The world of a line in words."""
    return f"{100 * line.volatility:g}% volatility"


def sized(gain: Estimate) -> str:
    """A difference with its interval."""
    low, high = (money(end, gain.half_width, signed=True) for end in (gain.low, gain.high))
    return f"{money(gain.mean, gain.half_width, signed=True)} ({low} to {high})"


def statement(line: Line) -> str:
    """Where agile is ahead and behind, where the mean changes sign, and how far the line moves."""
    return f"agile is {stretches(line)}; {crossings(line)}; {movement(line)}"


def stretches(line: Line) -> str:
    """`ahead at 0%, not told apart from merged at 2%, behind from 4% to 10%`."""
    labelled = zip(line.signs, (point.label for point in line.curve.points), strict=True)
    runs = [(sign, [label for _, label in own]) for sign, own in groupby(labelled, key=lambda each: each[0])]
    if len(runs) == 1:
        return f"{FATES[runs[0][0]]} throughout"
    return ", ".join(f"{FATES[sign]} {place(labels, line.curve.at)}" for sign, labels in runs)


def place(labels: Sequence[str], at: str) -> str:
    """Where a stretch lies."""
    return f"{at} {labels[0]}" if len(labels) == 1 else f"from {labels[0]} to {labels[-1]}"


def crossings(line: Line) -> str:
    """Between which points the mean changes its sign."""
    named = list(zip((p.mean for p in line.points), (p.label for p in line.curve.points), strict=True))
    found = [f"between {a} and {b}" for (x, a), (y, b) in pairwise(named) if (x > 0) != (y > 0)]
    return f"the mean crosses zero {' and '.join(found)}" if found else "the mean does not cross zero"


def movement(line: Line) -> str:
    """How far the difference moves from the first point to the last, in the same futures."""
    ends = f"from {line.curve.points[0].label} to {line.curve.points[-1].label}"
    if not line.moves.sign:
        return f"{ends} it does not move beyond luck ({sized(line.moves)})"
    return f"{ends} it moves by {sized(line.moves)}"


def decisions(lines: Sequence[Line]) -> Iterator[str]:
    """For each curve what it does to the sign, in both worlds; and what the world does."""
    for curve, own in groupby(lines, key=lambda line: line.curve):
        yield f"**{capital(curve.subject)}**: {'; '.join(f'at {world(x)} {effect(x)}' for x in own)}."
    yield of_worlds(lines)


def effect(line: Line) -> str:
    """What moving along a line does to the sign, beyond luck or in the mean; what comes once only moves."""
    if line.curve.once:
        return movement(line)
    if {1, -1} <= set(line.signs):
        return "it decides the sign"
    if len({point.mean > 0 for point in line.points}) > 1:
        return "it turns the mean, though not beyond luck"
    side = "above" if line.points[0].mean > 0 else "below"
    shows = "moves the difference" if line.moves.sign else "does not show"
    return f"it {shows}, and the mean stays {side} zero"


def of_worlds(lines: Sequence[Line]) -> str:
    """Whether the sign hangs on the volatility, over all points by completion."""
    fates = []
    for volatility in VOLATILITIES:
        own = [x for x in lines if x.volatility == volatility and x.curve.measure == NET_VALUE]
        fates.append(f"at {100 * volatility:g}% agile is {counted(s for x in own for s in x.signs)}")
    return f"**Volatility**: of the yearly differences by completion, {'; '.join(fates)} (tables below)."


def counted(signs: Iterable[int]) -> str:
    """How many are ahead, behind, and neither."""
    known = list(signs)
    return ", ".join(f"{FATES[s]} in {known.count(s)} of {len(known)}" for s in (1, 0, -1) if s in known)


def of_corners(corners: Sequence[Corner]) -> Iterator[str]:
    """Over all combinations of ends: how often agile is ahead, and between what the difference lies."""
    for volatility in VOLATILITIES:
        own = sorted((c for c in corners if c.volatility == volatility), key=lambda c: c.gain.mean)
        if own:
            signs = counted(c.gain.sign for c in own)
            least, most = (f"{sized(c.gain)} with {c.label}" for c in (own[0], own[-1]))
            yield f"At {world(own[0])} agile is {signs} combinations of ends: from {least}, to {most}."
