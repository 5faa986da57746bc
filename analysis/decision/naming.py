"""Which design an answer names, and what other roles bring by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.decision.designs import ROLES, Design, changes
from analysis.statistics.anytime import sequence
from analysis.statistics.arrays import Floats
from analysis.statistics.best_against_best import best_against_best
from analysis.statistics.compare import CONFIDENCE, Estimate

if TYPE_CHECKING:
    from analysis.statistics.selection import Selection


@dataclass(frozen=True)
class RolesAlone:
    """What the best design with the roles of `roles` brings beyond the best with today's.

    `best` and `today` are the two that look best. The `gain`, in the objective's unit, is honest about both
    having been picked (`analysis.statistics.best_against_best`).
    """

    roles: str
    best: str
    today: str
    gain: Estimate


def named(values: Floats, names: Sequence[str], found: Sequence[Design], selection: Selection) -> str | None:
    """The design that an answer is about, of those that are not the current one.

    Of the designs that are not surely further behind the best one than what matters, it is the one that
    changes the fewest ingredients; of those, the one with the highest mean. So nobody is told to change what
    brings nothing that could be seen. Where none is worth a move, but for ties, it is the best of those
    that the scenario lists: nobody asked whether something else would lose.
    """
    base = list(names).index(selection.current)
    left = [c for c in range(len(names)) if c != base]
    means = {c: _mean(values[:, c] - values[:, base]) for c in left}
    if selection.nothing_to_gain and selection.answer in ("keep", "cannot tell"):
        between = {design.name for design in found if not design.listed}
        return max((names[c] for c in left if names[c] not in between), key=lambda n: means[names.index(n)])
    best = max(left, key=lambda c: means[c])
    sure = 1 - (1 - selection.confidence) / len(left)
    close = [c for c in left if c == best or not _ahead(values[:, best], values[:, c], sure, selection.delta)]
    if selection.answer == "move":  # what is named is surely better than what there is
        surely = [c for c in close if selection.so_far[names[c]].low > 0 or names[c] == selection.best]
        close = surely or close
    number = {design.name: len(design.changes) for design in found}
    return names[min(close, key=lambda c: (number.get(names[c], len(number)), -means[c]))]


def _mean(values: Floats) -> float:
    import numpy as np

    return float(np.nanmean(values)) if len(values) else 0.0


def _ahead(one: Floats, other: Floats, confidence: float, by: float) -> bool:
    """Whether one design is surely ahead of another by more than so much."""
    import numpy as np

    apart = one - other
    mean, half = sequence(apart[~np.isnan(apart)], confidence)
    return bool(len(mean) and mean[-1] - half[-1] > by)


def roles_alone(
    values: Floats, names: Sequence[str], found: Sequence[Design], current: str
) -> RolesAlone | None:
    """What other roles bring, best against best; of several sets of other roles, those that bring most.

    None where all designs have today's roles, or no designs were told apart.
    """
    ours = [d for d in found if ROLES not in d.changes]
    others = _by_roles([d for d in found if ROLES in d.changes])
    if not ours or not others:
        return None
    each = 1 - (1 - CONFIDENCE) / len(others)  # together for all sets of roles
    answers = [_against(values, names, group, ours, each) for group in others]
    return max(answers, key=lambda answer: answer.gain.mean)


def _by_roles(found: Sequence[Design]) -> list[list[Design]]:
    """Designs grouped by their roles."""
    groups: list[list[Design]] = []
    for design in found:
        own = next((g for g in groups if ROLES not in changes(g[0].structure, design.structure)), None)
        if own is None:
            groups.append([design])
        else:
            own.append(design)
    return groups


def _against(
    values: Floats, names: Sequence[str], group: Sequence[Design], ours: Sequence[Design], sure: float
) -> RolesAlone:
    """The best of a group of designs against the best of those with today's roles."""
    columns = [[list(names).index(d.name) for d in side] for side in (group, ours)]
    gain = best_against_best(values, columns[0], columns[1], sure)
    base = columns[1][0]
    best, today = (
        max(side, key=lambda d: _mean(values[:, list(names).index(d.name)] - values[:, base]))
        for side in (group, ours)
    )
    listed = next((d for d in group if d.listed), group[0])
    return RolesAlone(listed.name, best.name, today.name, gain)
