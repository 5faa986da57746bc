"""How an axis of a search is drawn: its ends, its ticks and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.figures.looks import wrapped
from analysis.words.numbers import capital, three_digits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.tipping_points.axes import Axis

MARGIN = 0.02
"""Of a place, beyond the ends of an axis, so that what is drawn there is whole."""


TICKS_APART = (1, 2, 5, 10)
"""Between ticks, so that they stand at numbers people count in: 4, 6, 8, not 4.5, 6, 7.5."""


def scale_axis(axes: Axes, axis: Axis, which: str) -> None:
    """The ends and the ticks of an axis, in values that a reader can use."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

    drawn = getattr(axes, f"{which}axis")
    if axis.logarithmic:
        getattr(axes, f"set_{which}scale")("log")
        ticks = [m * 10.0**e for e in range(-9, 10) for m in (1, 2, 5)]
        low, high = axis.value(-0.93), axis.value(0.93)  # where a tick has room beside that of an end
        drawn.set_major_locator(FixedLocator([axis.low, *(t for t in ticks if low < t < high), axis.high]))
        drawn.set_minor_locator(NullLocator())
    else:
        drawn.set_major_locator(MaxNLocator(steps=TICKS_APART, integer=axis.whole))
    drawn.set_major_formatter(FuncFormatter(lambda value, _: three_digits(value)))
    getattr(axes, f"set_{which}lim")(axis.value(-1 - MARGIN), axis.value(1 + MARGIN))


def name_of_axis(axis: Axis) -> str:
    """What an axis is called on a figure, with its unit."""
    label = capital(axis.label)
    said = axis.unit and not set(axis.unit.split()) <= set(axis.label.split())
    return wrapped(f"{label} ({axis.unit})" if said else label, 48)
