"""The figure of a reorganisation: the money that it brings, day by day, and when futures have paid back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import SMALL, TEXT, blank, looks, plain, wrapped
from analysis.figures.panels import bare
from analysis.reorganisation.words import POINTS, depth, same, week
from analysis.statistics.arrays import Floats
from analysis.words.numbers import amount, called, capital, money, odds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.reorganisation.payback import Gains, Payback
    from analysis.reorganisation.result import Reorganisation

_MANY = 200
"""Futures of which the outermost may be left out of a picture."""

_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.9}

UNCHANGED = "#999999"
"""The colour of futures in which the change made no difference: neither won nor lost."""


def payback_figure(answer: Reorganisation) -> Figure:
    """The curve of the cumulative difference with its dip and break-even, and the futures behind it."""
    figure = blank(title(answer), _source(answer))
    sides: Any = figure.subfigures(1, 2, width_ratios=(1.75, 1))
    colour = looks((answer.start, answer.to))[answer.to][0]
    _draw_curve(sides[0].subplots(), answer, colour)
    upper, lower = sides[1].subplots(2, 1)
    _draw_ahead(upper, answer.payback, colour, "" if answer.objective is None else " in money")
    if answer.objective is None:
        _draw_gains(lower, answer.payback, colour, "k€", 1e-3)
    else:
        _draw_gains(lower, answer.objective, colour, "points")
    return figure


def title(answer: Reorganisation) -> str:
    """The finding in one sentence, no more certain than the words."""
    if answer.objective is not None:
        return _title_by_objective(answer, answer.objective)
    found, move = answer.payback, f"from {called(answer.start)} to {called(answer.to)}"
    won = odds(found.odds, answer.futures)
    if found.unchanged:
        won += f", in {same(found)} it made no difference"
    if found.too_few:
        return f"{answer.futures} futures are too few to tell whether a move {move} pays back"
    if found.gain.sign == 0:
        return f"Cannot tell yet whether a move {move} pays back by day {found.horizon:,}: it does in {won}"
    if found.gain.sign < 0:
        much = money(-found.gain.mean, found.gain.half_width)
        behind = f"it is {much} behind on average, and pays back in {won}"
        return f"A move {move} is not made good by day {found.horizon:,}: {behind}"
    start = f"A move {move} costs {depth(found)} at its deepest and is" if found.dips else f"A move {move} is"
    return f"{start} made good by week {week(found, found.break_even)} on average; it pays back in {won}"


def _title_by_objective(answer: Reorganisation, found: Gains) -> str:
    """The finding where the scenario has an objective of its own: in its points."""
    move = f"a move from {called(answer.start)} to {called(answer.to)}"
    won = odds(found.odds, answer.futures)
    if found.too_few:
        return f"{answer.futures} futures are too few to tell whether {move} gains by the objective"
    if found.gain.sign == 0:
        return f"Cannot tell yet whether {move} gains by the objective: it does in {won}"
    does = "gains" if found.gain.sign > 0 else "loses"
    much = amount(POINTS, abs(found.gain.mean), found.gain.half_width)
    return f"{capital(move)} {does} {much} of the objective on average, and is ahead in {won}"


def _draw_curve(axes: Axes, answer: Reorganisation, colour: str) -> None:
    """Mean with band, median, the middle half of the futures; dip and break-even marked."""
    found = answer.payback
    _draw_days(axes, answer, colour)
    axes.axhline(0, color="black", lw=1, zorder=1)
    axes.axvline(found.day, color="black", lw=1, ls=(0, (4, 3)), zorder=1)
    bare(axes, "both")
    axes.set_xlim(0, found.horizon)
    axes.margins(y=0.12)
    axes.set_ylim(*_room(axes))
    axes.annotate(
        f"change on day {found.day}",
        (found.day, 0.985),
        xycoords=("data", "axes fraction"),
        xytext=(5, 0),
        textcoords="offset points",
        va="top",
        size=SMALL,
    )
    _mark_dip(axes, found)
    _mark_break_even(axes, found)
    what = "Net value so far" if answer.objective is None else "Its money: net value so far"
    axes.set_title(f"{what}, against no change", loc="left", size=TEXT, weight="bold")
    axes.set_xlabel("working days from the start; work in progress by completion", size=TEXT)
    axes.set_ylabel(plain(f"difference from staying with {called(_short(answer.start))} (k€)"), size=TEXT)
    axes.figure.legend(loc="outside lower center", ncols=2, fontsize=SMALL, frameon=False)


def _draw_days(axes: Axes, answer: Reorganisation, colour: str) -> None:
    """Day by day, in k€: half of the futures, the mean with its interval, the median, and never a change."""
    import numpy as np

    found = answer.payback
    days, thousand = np.arange(1, found.horizon + 1), 1e-3
    half = "half of all futures"
    axes.fill_between(days, found.lower * thousand, found.upper * thousand, color="#DDDDDD", lw=0, label=half)
    if not found.too_few:
        low, high, interval = found.low * thousand, found.high * thousand, "95% interval of the mean"
        axes.fill_between(days, low, high, color=colour, alpha=0.35, lw=0, label=interval)
    axes.plot(days, found.mean * thousand, color=colour, lw=2.4, label="mean")
    axes.plot(days, found.median * thousand, color="black", lw=1.2, ls="--", label="median future")
    always = plain(f"mean, had it been {called(_short(answer.to))} from the first day")
    axes.plot(days, answer.always_by_day * thousand, color="#555555", lw=1.4, ls=":", label=always)


def _room(axes: Axes) -> tuple[float, float]:
    """Limits with room for the marks above and below all curves."""
    low, high = axes.get_ylim()
    return low - 0.14 * (high - low), high + 0.1 * (high - low)


def _mark_dip(axes: Axes, found: Payback) -> None:
    if found.dip == 0.0:
        return
    sure = "" if found.dips and not found.too_few else "\n(may be luck)"
    what = "deepest" if found.gain.sign > 0 and not found.too_few else "furthest behind"
    deep = money(found.dip, (found.dip_high - found.dip_low) / 2)
    text = f"{what}: {deep}\nin week {week(found, found.dip_day)}{sure}"
    axes.plot(found.dip_day, found.dip / 1e3, "v", color="black", ms=8, zorder=4, clip_on=False)
    axes.annotate(
        text, (found.dip_day, 0.015), xycoords=("data", "axes fraction"), size=SMALL, va="bottom",
        ha=_side(found, found.dip_day), bbox=_CLEAR, zorder=5,
    )  # fmt: skip
    axes.plot([found.dip_day] * 2, [axes.get_ylim()[0], found.dip / 1e3], color="black", lw=0.6, ls=":")


def _mark_break_even(axes: Axes, found: Payback) -> None:
    """The break-even on the line of no difference, with its interval; an arrow where it goes past the end."""
    if found.too_few or found.gain.sign <= 0 or found.dip == 0.0:
        return
    high = min(found.break_even_high, float(found.horizon))
    axes.plot([found.break_even_low, high], [0, 0], color="black", lw=5, solid_capstyle="butt", zorder=3)
    axes.plot(found.break_even, 0, "o", color="white", mec="black", ms=9, zorder=4)
    later = " or later" if math.isinf(found.break_even_high) else ""
    low_week, high_week = week(found, found.break_even_low), week(found, high)
    text = f"made good by week {week(found, found.break_even)}\n({low_week} to {high_week}{later})"
    axes.annotate(
        text, (found.break_even, 0.9), xycoords=("data", "axes fraction"), size=SMALL, va="top",
        ha=_side(found, found.break_even), bbox=_CLEAR, zorder=5,
    )  # fmt: skip
    top = axes.get_ylim()[1]
    axes.plot([found.break_even] * 2, [0, 0.8 * top], color="black", lw=0.6, ls=":")


def _side(found: Payback, day: float) -> Any:
    """Where a text about a day has room."""
    return "left" if day < 0.25 * found.horizon else "right" if day > 0.8 * found.horizon else "center"


def _draw_ahead(axes: Axes, found: Payback, colour: str, in_what: str) -> None:
    """How many futures are ahead on each day, and how many for good."""
    import numpy as np

    days = np.arange(1, found.horizon + 1)
    shares = 100 * np.searchsorted(np.sort(found.ahead_from), days, side="right") / len(found.ahead_from)
    shares[: found.day] = 0.0
    axes.plot(days[found.day :], 100 * found.ahead[found.day :], color="black", lw=1.4, label="on that day")
    axes.fill_between(days, shares, color=colour, alpha=0.5, lw=0, label="from then to the end")
    axes.axhline(50, color="black", lw=0.8, ls=":", zorder=1)
    axes.legend(fontsize=SMALL, frameon=False, loc="upper left", ncols=2, handlelength=1.4, borderpad=0)
    axes.set_xlim(0, found.horizon)
    axes.set_ylim(0, 100)
    bare(axes, "both")
    axes.set_title(f"Futures that are ahead{in_what}", loc="left", size=TEXT, weight="bold")
    axes.set_ylabel("of 100 futures", size=SMALL)
    axes.set_xlabel("working days from the start", size=SMALL)


def _draw_gains(axes: Axes, found: Gains, colour: str, unit: str, scale: float = 1.0) -> None:
    """How much futures have gained by the end; those that gained nothing stand on zero, in neither colour."""
    import numpy as np

    values = found.gains * scale
    unchanged = values == 0.0
    edges = _bins(values, centred=bool(unchanged.any()))
    counts, _ = np.histogram(values[~unchanged], edges)
    axes.stairs(counts, edges, fill=True, color=colour, alpha=0.45, lw=0)
    if unchanged.any():
        label = f"{unchanged.sum():,} unchanged"
        middle = counts[np.searchsorted(edges, 0.0) - 1]
        width = edges[1] - edges[0]
        axes.bar(0.0, unchanged.sum(), width, bottom=middle, color=UNCHANGED, lw=0, label=label)
        axes.legend(fontsize=SMALL, frameon=False, handlelength=1.0, borderpad=0)
    axes.axvline(0, color="black", lw=1)
    axes.axvline(found.gain.mean * scale, color=colour, lw=2.4)
    bare(axes, "both")
    won = odds(found.odds, len(values))
    axes.set_title(wrapped(f"At the end: ahead in {won}", 38), loc="left", size=TEXT, weight="bold")
    axes.set_xlabel(f"gain by the end ({unit}); line: mean", size=SMALL)
    axes.set_ylabel("futures", size=SMALL)
    axes.locator_params(axis="x", nbins=6)


def _bins(values: Floats, *, centred: bool) -> Any:
    """Bins of like width, an edge at zero or one centred there; over all futures, of many over 99 of 100."""
    import numpy as np

    low, high = np.percentile(values, [0.5, 99.5] if len(values) >= _MANY else [0, 100])
    low, high = min(low, 0.0), max(high, 0.0)
    width = (high - low) / 30 or 1.0
    shift = 0.5 if centred else 0.0
    first, last = math.floor(low / width - shift), math.ceil(high / width - shift)
    return (np.arange(first, last + 1) + shift) * width


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"


def _intervals(answer: Reorganisation) -> str:
    return "" if answer.payback.too_few else "Intervals are for luck alone. "


def _source(answer: Reorganisation) -> str:
    return (
        f"{answer.scenario}: {answer.futures:,} simulated futures, each with and without the change, "
        f"the same luck for both. Weeks are counted from the change. {_intervals(answer)}"
        "No controlled study of these structures exists."
    )
