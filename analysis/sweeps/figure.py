"""A sweep: what each other structure adds to the current one, over the values of one varied key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SMALL, TEXT, blank, looks, plain
from analysis.figures.panels import above_legend, bare, half_width, scaled
from analysis.sweeps.slopes import Step
from analysis.words.keys import one_of
from analysis.words.numbers import amount, capital, listed, many, with_intervals
from sim.vocabulary import BY_NAME, Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_LABELS = 10
LONGEST_LABEL = 14

_MOST_NAMED = 3
"""Values, and fates of structures, that a title names; of more, it says how many they are."""


def sweep_figure(
    steps: Sequence[Step],
    key: str,
    *,
    scenario: str,
    current: str,
    structures: Sequence[str],
    objective: str,
    others: Sequence[str] = (),
    counted: bool = False,
) -> Figure:
    """Difference in the objective, and share of futures won, at each value of `key`, with 95% intervals.

    `others` are the keys that vary besides and are averaged over; `counted` says that `key` counts something,
    as managers. Raises ValueError if there is nothing to
    compare.
    """
    if not steps:
        raise ValueError("a figure of differences needs two structures and a future in which both ran")
    outcome = BY_NAME[objective]
    scale, unit = scaled(outcome)
    source = _source(steps, scenario, current, others)
    figure = blank(_finding(steps, key, current, outcome, counted=counted), source)
    look = {s: each for s, each in looks(structures).items() if s != current}
    gains, wins = above_legend(figure, look).subplots(1, 2)
    labels = list(dict.fromkeys(_label(step.value) for step in steps))
    for k, (structure, (colour, marker)) in enumerate(look.items()):
        own = [step for step in steps if step.structure == structure]
        where = [labels.index(_label(step.value)) + 0.06 * (k - (len(look) - 1) / 2) for step in own]
        drawn: dict[str, Any] = {"fmt": f"-{marker}", "color": colour, "ecolor": "black", "capsize": 4}
        drawn |= {"markeredgecolor": "black", "elinewidth": 1.4}
        means = [scale * step.gain.mean for step in own]
        margins = [half_width(step.gain, scale) for step in own]
        gains.errorbar(where, means, yerr=margins, **drawn)
        ends = [[100 * (s.won - s.low) for s in own], [100 * (s.high - s.won) for s in own]]
        wins.errorbar(where, [100 * step.won for step in own], yerr=ends, **drawn)
    gains.axhline(0, color="black", linewidth=1)
    wins.axhline(50, color="black", linewidth=0.8, linestyle=(0, (4, 4)))
    wins.set_ylim(-3, 103)
    _axes(gains, key, labels, f"{outcome.label} over {current}", f"{unit} a year" if unit == "k€" else unit)
    _axes(wins, key, labels, f"Better than {current}", "futures of 100")
    return figure


def _axes(axes: Axes, key: str, labels: Sequence[str], title: str, unit: str) -> None:
    every = -(-len(labels) // MOST_LABELS)
    axes.set_xticks(range(0, len(labels), every), [plain(label) for label in labels[::every]])
    axes.set_xlim(-0.5, len(labels) - 0.5)
    bare(axes, "y")
    axes.set_title(_fitted(title), loc="left", size=TEXT, weight="bold")
    axes.set_xlabel(_fitted(key), size=TEXT)
    axes.set_ylabel(unit, size=TEXT)
    if max(map(len, labels)) * len(labels[::every]) > 70:
        axes.tick_params(axis="x", labelsize=SMALL, rotation=30)


def _fitted(text: str) -> str:
    return plain(text if len(text) <= 60 else f"{text[:59]}…")


def _label(value: Any) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"


def _finding(steps: Sequence[Step], key: str, current: str, outcome: Outcome, *, counted: bool) -> str:
    """Where structures are ahead or behind beyond luck, and where luck hides it; of one alone, how far."""
    own: dict[str, list[Step]] = {}
    for step in steps:
        own.setdefault(step.structure, []).append(step)
    every = next(iter(own.values()))
    hidden = [step for step in steps if not step.gain.sign]
    if len(hidden) == len(steps):
        where = _where(every, every, key, counted)
        return f"Luck hides whether {', '.join(own)} or {current} is ahead {where}"
    if len(own) > 1:
        return f"{_of_several(own, key, current, counted)}{'; luck hides the rest' if hidden else ''}"
    told = [
        f"{said} beyond luck {where} ({_sizes(sure, outcome)})"
        for said, where, sure in _sides(every, key, current, counted)
    ]
    rest = f"; luck hides it {_where(hidden, every, key, counted)}" if hidden else ""
    return f"{capital(every[0].structure)} is {' and '.join(told)}{rest}"


def _of_several(own: Mapping[str, Sequence[Step]], key: str, current: str, counted: bool) -> str:
    """What is sure of each structure: those of one fate together, the furthest from the current one first."""
    fates: dict[str, list[str]] = {}
    for name in sorted(own, key=lambda name: -max(abs(step.gain.mean) for step in own[name])):
        fate = " and ".join(f"{said} {where}" for said, where, _ in _sides(own[name], key, current, counted))
        fates.setdefault(fate, []).append(name)
    fates.pop("", None)
    told = [
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} {fate}"
        for fate, names in list(fates.items())[:_MOST_NAMED]
    ]
    more = sum(map(len, list(fates.values())[_MOST_NAMED:]))
    return f"Beyond luck, {'; '.join(told)}{f'; {more} more as drawn' if more else ''}"


def _sides(
    own: Sequence[Step], key: str, current: str, counted: bool
) -> Iterator[tuple[str, str, list[Step]]]:
    """Ahead and behind beyond luck, if it is: in words, where, and the steps at which it is."""
    for sign, said in ((1, "ahead of"), (-1, "behind")):
        if sure := [step for step in own if step.gain.sign == sign]:
            where = "throughout" if len(sure) == len(own) else _where(sure, own, key, counted)
            yield f"{said} {current}", where, sure


def _where(some: Sequence[Step], every: Sequence[Step], key: str, counted: bool) -> str:
    """`with 3 and 5 managers`, `with clarity at 0.9`, or how many of the values where they are many."""
    values = listed([_label(step.value) for step in some])
    if len(some) > _MOST_NAMED:
        return f"at {'all' if len(some) == len(every) else f'{len(some)} of'} {len(every)} values of {key}"
    if counted:
        return f"with {values} {one_of(key) if values == '1' else key}"
    return f"with {key} at {values}"


def _sizes(sure: Sequence[Step], outcome: Outcome) -> str:
    """The difference with its interval; of several, the smallest and the largest."""
    a_year = " a year" if outcome.unit == "€" else ""
    if len(sure) == 1:
        return f"{_size(sure[0], outcome)}{a_year}"
    low, high = (end(sure, key=lambda step: abs(step.gain.mean)) for end in (min, max))
    return f"{_size(low, outcome)} to {_size(high, outcome)}{a_year}"


def _size(step: Step, outcome: Outcome) -> str:
    gain = step.gain
    mean = amount(outcome, gain.mean, gain.half_width, signed=True)
    return f"{mean} ± {amount(outcome, gain.half_width)}" if gain.bounded else mean


def _source(steps: Sequence[Step], scenario: str, current: str, others: Sequence[str]) -> str:
    futures = [step.gain.futures for step in steps]
    fewest, most = min(futures), max(futures)
    lived = many(most, "future") if fewest == most else f"{fewest:,} to {most:,} futures"
    bars = with_intervals(most, "bars are 95% intervals, for luck alone")
    over = f" Averaged over {', '.join(others)}." if others else ""
    return (
        f"{scenario}: {lived} for each value, differences from {current} in the same future; {bars}. "
        f"Values stand evenly spaced, in the order of the sweep.{over}"
    )
