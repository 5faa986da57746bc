"""A curve: an outcome over the values of one varied key, and how far structures are apart in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SMALL, TEXT, blank, looks, plain, wrapped
from analysis.figures.panels import above_legend, bare, half_width, scaled
from analysis.sweeps.labels import told_apart
from analysis.sweeps.slopes import Level
from analysis.words import numbers as words
from analysis.words.keys import one_of
from sim.vocabulary import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.statistics.compare import Estimate

_CLOSEST = 1 / 25
"""Values that are nearer to each other than this part of their range stand evenly spaced."""

_MOST_CHARACTERS = 70


def curve_figure(
    levels: Sequence[Level],
    key: str,
    outcome: Outcome,
    *,
    scenario: str,
    change: Estimate,
    counted: bool = False,
    others: Sequence[str] = (),
) -> Figure:
    """The mean of an outcome at each value of `key` with 95% intervals, for each structure; with several,
    also how far each is from the first, that of today.

    `key` is what the key is called, `counted` whether it counts something; `change` is what today's structure
    has more at the last value than at the first; `others` are keys that are averaged over.
    """
    structures = tuple(dict.fromkeys(level.structure for level in levels))
    several = len(structures) > 1
    figure = blank(_finding(levels, key, outcome, change, counted), _source(levels, scenario, others))
    look = looks(structures)
    drawn = above_legend(figure, look) if several else figure
    panels: Any = drawn.subplots(1, 1 + several, squeeze=False)[0]
    scale, unit = scaled(outcome)
    unit = "of 100" if outcome.unit == "share" else f"{unit} a year" if unit == "k€" else unit
    for k, (name, each) in enumerate(look.items()):
        own = [level for level in levels if level.structure == name]
        shift = k - (len(look) - 1) / 2
        _draw(panels[0], levels, [(li.value, li.mean) for li in own], each, scale, shift)
        if more := [(li.value, li.more) for li in own if li.more is not None]:
            _draw(panels[1], levels, more, each, scale, shift)
    _finish(panels[0], levels, key, _mean_of(outcome), unit)
    if several:
        panels[1].axhline(0, color="black", linewidth=1)
        _finish(
            panels[1], levels, key, f"Difference from {structures[0]} in the same future", _apart(outcome)
        )
    return figure


def _mean_of(outcome: Outcome) -> str:
    return outcome.label if outcome.label.endswith("mean") else f"{outcome.label}, mean"


def _apart(outcome: Outcome) -> str:
    unit = scaled(outcome)[1]
    return f"{unit} a year" if unit == "k€" else unit


def _draw(
    axes: Axes,
    levels: Sequence[Level],
    points: Sequence[tuple[Any, Estimate]],
    look: tuple[str, str],
    scale: float,
    shift: float,
) -> None:
    """One structure's line; markers of several are a little apart, so that all are seen."""
    places = _places(levels)
    apart = 0.013 * (max(places.values()) - min(places.values()) or 1.0) * shift
    axes.errorbar(
        [places[str(value)] + apart for value, _ in points],
        [scale * estimate.mean for _, estimate in points],
        yerr=[half_width(estimate, scale) for _, estimate in points],
        fmt=f"-{look[1]}",
        color=look[0],
        ecolor=look[0],
        capsize=4,
        markeredgecolor="black",
        elinewidth=1.4,
        linewidth=2,
    )


def _places(levels: Sequence[Level]) -> dict[str, float]:
    """Where the values stand: numbers to scale, unless some would stand on each other; else evenly."""
    values = list({str(level.value): level.value for level in levels}.values())
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    if numbers and len(values) > 1:
        ordered = sorted(values)
        nearest = min(b - a for a, b in pairwise(ordered))
        if nearest > _CLOSEST * (ordered[-1] - ordered[0]):
            return {str(value): float(value) for value in values}
    return {str(value): float(n) for n, value in enumerate(values)}


def _finish(axes: Axes, levels: Sequence[Level], key: str, title: str, unit: str) -> None:
    """Ticks at the values, and what both axes are."""
    places = _places(levels)
    values = list({str(level.value): level.value for level in levels}.values())
    labels = told_apart(values)
    axes.set_xticks(list(places.values()), [plain(label) for label in labels])
    bare(axes, "y")
    if sum(map(len, labels)) > _MOST_CHARACTERS:
        axes.tick_params(axis="x", labelsize=SMALL, rotation=30)
    axes.set_title(plain(wrapped(title, 60)), loc="left", size=TEXT, weight="bold")
    axes.set_xlabel(plain(wrapped(words.capital(key), 60)), size=TEXT)
    axes.set_ylabel(plain(unit), size=TEXT)


def _finding(levels: Sequence[Level], key: str, outcome: Outcome, change: Estimate, counted: bool) -> str:
    """Both ends of today's curve and how far they are apart; of several, where most is between structures."""
    today = [level for level in levels if level.more is None]
    rest = [level for level in levels if level.more is not None]
    if rest:
        return _of_several(rest, today[0].structure, key, outcome, counted)
    ends = [f"{words.level(outcome, e.mean.mean)} {_where(e, levels, key, counted)}" for e in today]
    said = f"{outcome.label} under {today[0].structure}: {ends[0]}"
    if len(today) == 1:
        return said
    return f"{said}, {ends[-1]} ({_said(outcome, change)} under the same luck; {_counted(change)})"


def _of_several(rest: Sequence[Level], current: str, key: str, outcome: Outcome, counted: bool) -> str:
    sure = [level for level in rest if level.more and level.more.sign]
    if not sure:
        names = words.listed(list(dict.fromkeys(level.structure for level in rest)))
        return f"{outcome.label}: luck hides any difference of {names} from {current}, at all values of {key}"
    most = max(sure, key=lambda level: abs(level.more.mean) if level.more else 0.0)
    assert most.more is not None
    where, told = (
        _where(most, rest, key, counted),
        f"{_said(outcome, most.more)} (paired; {_counted(most.more)})",
    )
    return f"{outcome.label}: {most.structure} is furthest from {current} {where}: {told}"


def _said(outcome: Outcome, apart: Estimate) -> str:
    """A difference with its interval and unit."""
    said = words.difference(outcome, apart.mean, apart.half_width)
    unit = {"€": "", "share": " points of 100", "ratio": "", "0-1": ""}.get(outcome.unit, f" {outcome.unit}")
    return f"{said}{unit}"


def _counted(apart: Estimate) -> str:
    futures = words.many(apart.futures, "future")
    return f"95%, {futures}" if apart.bounded else futures


def _where(level: Level, levels: Sequence[Level], key: str, counted: bool) -> str:
    values = list({str(each.value): each.value for each in levels}.values())
    said = told_apart(values)[[str(value) for value in values].index(str(level.value))]
    if counted:
        return f"with {said} {one_of(key) if said == '1' else key}"
    return f"with {key} at {said}"


def _source(levels: Sequence[Level], scenario: str, others: Sequence[str]) -> str:
    futures = [level.mean.futures for level in levels]
    fewest, most = min(futures), max(futures)
    lived = words.many(most, "future") if fewest == most else f"{fewest:,} to {most:,} futures"
    bars = words.with_intervals(most, "bars are 95% intervals of the mean, for luck alone")
    over = f" Averaged over {', '.join(others)}." if others else ""
    return f"{scenario}: {lived} for each value, the same luck for all; {bars}.{over}"
