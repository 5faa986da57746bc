"""Where managers' attention goes: hours by duty and role under each structure, and what waits meanwhile."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.figures.looks import LINE, SMALL, TEXT, blank, looks
from analysis.figures.panels import above_legend, bare, half_width, short
from analysis.statistics.compare import Comparison
from analysis.words.holders import holder
from analysis.words.numbers import listed, lived_through, number, with_intervals
from sim.scenario.structures import NOBODY, TEAM, Structure
from sim.vocabulary import DUTIES, in_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_STRUCTURES = 5
"""Structures whose bars fit beside each other."""

_UNKNOWN, _EDGE = "someone", "#FFFFFF"

HATCHES = ("", "////", "....", "xxxx", "----", "++++", "oooo")
"""How the roles of a structure are told apart, in their order; its colour is that of the structure."""


def attention_figure(
    comparison: Comparison, structures: Mapping[str, Structure], *, years: float, chosen: Sequence[str]
) -> Figure:
    """Hours a year of managers for each duty, hatched by the role that holds it; and how long it waits.

    `structures` tells who holds what, by name; `chosen` are the structures to show, at most
    `MOST_STRUCTURES`. `years` is how long a run lasts. Outcomes `attention_*` and `wait_*` must be in the
    comparison.
    """
    figure = blank(_finding(comparison, chosen), _source(comparison))
    look = {s: each for s, each in looks(comparison.structures).items() if s in chosen}
    held = {s: roles_of(structures.get(s)) for s in chosen}
    swatches = {
        f"{s}: {in_words(role)}": (look[s][0], hatch) for s in chosen for role, hatch in held[s].items()
    }
    upper = above_legend(figure, look, swatches)
    panels: Any = upper.subplots(1, len(chosen) + 1, sharey=True, width_ratios=[1.0] * len(chosen) + [1.3])
    most = max(_hours(comparison, d, s) / years for d in DUTIES for s in chosen) or 1.0
    width = max(11, LINE // (len(chosen) + 1) - 3)
    for axes, structure in zip(panels, chosen, strict=False):
        known = structures.get(structure)
        _bars(axes, comparison, structure, known, look[structure][0], held[structure], years=years)
        axes.set_title(short(structure, width), loc="left", size=TEXT, weight="bold")
        axes.set_xlim(0, 1.08 * most)
    _waits(panels[-1], comparison, look)
    labels = [duty.replace("_", " ") for duty in DUTIES]
    panels[0].set_yticks(range(len(DUTIES)), labels, size=TEXT)
    panels[0].set_ylim(len(DUTIES) - 0.4, -0.6)
    return figure


def _bars(
    axes: Axes,
    comparison: Comparison,
    name: str,
    structure: Structure | None,
    colour: str,
    hatches: Mapping[str, str],
    *,
    years: float,
) -> None:
    for row, duty in enumerate(DUTIES):
        held_by = _holder(structure, duty)
        hours = _hours(comparison, duty, name) / years
        if held_by in (TEAM, NOBODY):
            said = "the team" if held_by == TEAM else "nobody"
            axes.text(0.02, row, said, size=SMALL, va="center", color="#555555", transform=_by_row(axes))
        else:
            axes.barh(row, hours, 0.72, color=colour, hatch=hatches[held_by], edgecolor=_EDGE, linewidth=0.6)
    bare(axes, "x")
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("hours a year", size=SMALL)
    axes.locator_params(axis="x", nbins=3)


def _by_row(axes: Axes) -> Any:
    """Across in shares of the panel, down in rows."""
    return axes.get_yaxis_transform()


def _waits(axes: Axes, comparison: Comparison, look: Mapping[str, tuple[str, str]]) -> None:
    for k, (structure, (colour, marker)) in enumerate(look.items()):
        shift = 0.5 * ((k + 0.5) / len(look) - 0.5)
        for row, duty in enumerate(DUTIES):
            wait = comparison.levels[f"wait_{duty}", structure]
            if wait.futures:
                axes.errorbar(
                    wait.mean,
                    row + shift,
                    xerr=half_width(wait),
                    fmt=marker,
                    color=colour,
                    ecolor="black",
                    markeredgecolor="black",
                    markeredgewidth=0.6,
                    markersize=5,
                    elinewidth=1,
                )
    axes.set_xlim(left=-0.03 * axes.get_xlim()[1])  # what does not wait at all is seen whole
    bare(axes, "both")
    axes.tick_params(axis="y", length=0)
    axes.set_title("Wait of a matter", loc="left", size=TEXT, weight="bold")
    axes.set_xlabel(f"days, {with_intervals(comparison.futures, 'mean with 95% interval')}", size=SMALL)
    axes.locator_params(axis="x", nbins=5)


def _hours(comparison: Comparison, duty: str, structure: str) -> float:
    mean = comparison.levels[f"attention_{duty}", structure].mean
    return mean if math.isfinite(mean) else 0.0


def _holder(structure: Structure | None, duty: str) -> str:
    return _UNKNOWN if structure is None else holder(structure, duty)


def roles_of(structure: Structure | None) -> dict[str, str]:
    """The holders of a structure's duties, each with its hatch; team and nobody take no manager's hours."""
    held = dict.fromkeys(_holder(structure, duty) for duty in DUTIES)
    roles = [holder for holder in held if holder not in (TEAM, NOBODY)]
    return {role: HATCHES[n % len(HATCHES)] for n, role in enumerate(roles)}


def _finding(comparison: Comparison, chosen: Sequence[str]) -> str:
    wait = {s: comparison.levels["matter_wait_days", s].mean for s in chosen}
    ends = {comparison.current, min(wait, key=lambda s: wait[s]), max(wait, key=lambda s: wait[s])}
    named = [s for s in chosen if len(chosen) <= 3 or s in ends]
    told = [f"{number(wait[s], 1)}{' days' if s == named[0] else ''} under {s}" for s in named]
    most = max(DUTIES, key=lambda duty: _hours(comparison, duty, comparison.current)).replace("_", " ")
    taken = f"of all duties under {comparison.current}, {most} takes most attention"
    return f"A matter waits {listed(told)}; {taken}"


def _source(comparison: Comparison) -> str:
    over = lived_through(comparison.futures, comparison.left_out)
    return (
        f"{comparison.scenario}: means over {over}. Bars: managers' hours, hatched by the role that holds "
        "the duty. What the team itself holds takes no manager's hours; what nobody holds is never done."
    )
