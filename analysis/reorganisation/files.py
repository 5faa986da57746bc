"""What the answer about a reorganisation leaves on disk: its numbers (JSON) and its figure."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from analysis.reorganisation.words import SURVEYS
from sim.batch.identity import model_version
from sim.batch.results import writing
from sim.safety.facts_file import as_text, write_whole

if TYPE_CHECKING:
    from analysis.reorganisation.payback import Gains
    from analysis.reorganisation.result import Reorganisation

NAME = "reorganise"
"""What the files of this answer are called."""


def keep(answer: Reorganisation) -> Reorganisation:
    """The same answer, with its numbers and its figure beside the days that it rests on."""
    from analysis.figures.looks import save
    from analysis.reorganisation.figure import payback_figure

    figure = payback_figure(answer)
    with writing(answer.folder):
        path = answer.folder / f"{NAME}.json"
        write_whole(path, as_text(as_numbers(answer), indent=1))
        files = save(figure, answer.folder, NAME)
    return replace(answer, files=(path, *files))


def as_numbers(answer: Reorganisation) -> dict[str, Any]:
    """What `reorganise.json` holds: days, €, and null for a day that is not within the horizon."""
    import numpy as np

    found, lost = answer.payback, answer.lost
    quarters = np.quantile(found.ahead_from, [0.25, 0.5, 0.75], method="inverted_cdf")
    return {
        "scenario": answer.scenario,
        "from": answer.start,
        "to": answer.to,
        "day": found.day,
        "horizon_days": found.horizon,
        "futures": answer.futures,
        "dropped": answer.dropped,
        "too_few_to_tell": found.too_few,
        "model_version": model_version(),
        "finding": str(answer),
        "dip": {
            "euro": found.dip,
            "interval": [found.dip_low, found.dip_high],
            "day": found.dip_day,
            "beyond_luck": found.dips,
        },
        "lost_hours": {
            "most": lost.most,
            "interval": [lost.low, lost.high],
            "day": lost.day,
            "beyond_luck": lost.sure,
            "at_end": {"mean": lost.at_end.mean, "interval": [lost.at_end.low, lost.at_end.high]},
        },
        "break_even_day": _finite(found.break_even),
        "break_even_interval": [_finite(found.break_even_low), _finite(found.break_even_high)],
        "paid_back_share": found.odds,
        "no_difference_share": found.unchanged,
        "ahead_for_good_from_day": dict(zip(("q25", "q50", "q75"), map(_finite, quarters), strict=True)),
        "gain_at_end": {"euro": found.gain.mean, "interval": [found.gain.low, found.gain.high]},
        "counting": "work in progress by completion",
        "on_delivery_more_at_end": {
            "euro": answer.once.mean,
            "interval": [answer.once.low, answer.once.high],
        },
        "objective_at_end": _objective(answer.objective),
        "against_hope": None if answer.hopes is None else asdict(answer.hopes) | {"published": SURVEYS},
        "always_so_at_end": {"euro": answer.always.mean, "interval": [answer.always.low, answer.always.high]},
        "by_day": {
            name: [round(float(value)) for value in getattr(found, name)]
            for name in ("mean", "low", "high", "median", "lower", "upper")
        },
    }


def _objective(found: Gains | None) -> dict[str, Any] | None:
    """What a change gains in points of the scenario's own objective, and how often; None without one."""
    if found is None:
        return None
    interval = [_finite(found.gain.low), _finite(found.gain.high)]
    shares = {"ahead_share": found.odds, "no_difference_share": found.unchanged}
    return {"points": found.gain.mean, "interval": interval, **shares}


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
