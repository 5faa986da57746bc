"""From a scenario to *Is this you?*: a quick look, held beside what is published and what is known."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.resemblance.causes import cause_of, pressing
from analysis.resemblance.published_figures import PUBLISHED, Published
from analysis.resemblance.result import Compared, Growth, Resemblance
from analysis.resemblance.runs import QuickLook, futures_for, look_at, today
from analysis.resemblance.words import told
from analysis.statistics.compare import estimate
from sim.batch.run import loaded
from sim.vocabulary import NET_VALUE

if TYPE_CHECKING:
    from sim.scenario import Scenario


def is_this_you(scenario: Scenario | Path | str, *, jobs: int | None = None) -> Resemblance | None:
    """Hold today's organisation, as it comes out of a few runs, beside published figures and last year's.

    Nothing is kept. None where the organisation is too large for a quick look, nobody in it works, or every
    run failed. Raises ScenarioError.
    """
    given = today(loaded(scenario))
    futures = futures_for(given)
    look = look_at(given, futures, jobs) if futures else None
    worked = look is not None and not math.isnan(look.mean("rework_share"))
    return resemblance_of(look) if look is not None and worked else None


def resemblance_of(look: QuickLook) -> Resemblance:
    """What a look says."""
    figures = tuple(each for about in PUBLISHED if (each := held_against(about, look)) is not None)
    scenario = look.scenario
    found = Resemblance(
        scenario=scenario.name,
        structure=scenario.current,
        futures=look.futures,
        failed=look.failed,
        days=look.days,
        figures=figures,
        growth=growth_of(look),
        on_time=look.mean("on_time_share"),
        undone=look.mean("unfinished_share"),
        covered=look.mean("covered"),
        gone=look.mean("gone"),
        for_money=scenario.judged_by == NET_VALUE,
        causes={each.about.name: cause_of(each.about.name, each.off, look) for each in figures if each.off},
        pressing=tuple(pressing(look)),
    )
    return replace(found, paragraphs=told(found, look))


def held_against(about: Published, look: QuickLook) -> Compared | None:
    """A figure beside its range and last year's; None where nobody measured it in any future."""
    known = look.figures.get(about.name, np.empty(0))
    known = known[~np.isnan(known)]
    if not known.size:
        return None
    last = getattr(look.scenario.last_year, about.name, None)
    return Compared(about, estimate(known), float(known.min()), float(known.max()), last)


def growth_of(look: QuickLook) -> Growth | None:
    """How open work grows from the end of the last year but one to that of the last; None for a plan."""
    if look.open_work.shape[-1] < 2:
        return None
    first, last = look.open_work[:, -2], look.open_work[:, -1]
    hours = look.mean("hours_a_year")
    return Growth(
        float(first.mean()), float(last.mean()), estimate(last - first), 0.0 if math.isnan(hours) else hours
    )
