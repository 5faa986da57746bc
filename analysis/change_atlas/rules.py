"""Rules of at most three conditions, grown on some organisations, sized on others, tried on a third part.

A tree that chooses its borders and its sizes from the same organisations flatters itself. So borders come
from a third, the mean of each leaf and its interval from another third ("honest trees": Athey &
Imbens 2016, PNAS 113, 7353-7360), and how often a rule is right from the last third, which neither has seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.statistics.arrays import Floats
from analysis.statistics.compare import CONFIDENCE, Estimate, estimate

MOST_CONDITIONS = 3
"""Conditions of a rule: what a board can hold in mind."""

LEAST_SHARE = 0.1
"""Share of the organisations that a rule has to be about."""

TOGETHER = 45
"""Intervals that hold together: three changes, of eight leaves and seven branches each at most."""

RuleSays = Literal["pays", "probably pays", "not told", "probably costs", "costs"]


@dataclass(frozen=True)
class Condition:
    """A trait that is at most, or above, a border."""

    trait: str
    above: bool
    border: float

    def meets(self, traits: Mapping[str, float]) -> bool:
        """Whether an organisation is on this side of the border."""
        return (traits[self.trait] > self.border) == self.above


@dataclass(frozen=True)
class Rule:
    """Organisations that meet all `conditions`, and what a change brings them.

    `gain` is a mean with its interval, in what the people cost. Of the `tried` organisations held out, a
    share `right` came out on the side that the rule says; None where it says nothing.
    """

    conditions: tuple[Condition, ...]
    gain: Estimate
    told: RuleSays
    tried: int
    right: float | None

    @property
    def side(self) -> int:
        """1 where it says that a change pays, surely or probably, -1 that it costs, 0 neither."""
        return side_of(self.told)

    def meets(self, traits: Mapping[str, float]) -> bool:
        """Whether an organisation meets all of the conditions."""
        return all(condition.meets(traits) for condition in self.conditions)


def grown(
    names: Sequence[str], traits: Floats, gains: Floats, margin: float, seed: int = 1
) -> tuple[Rule, ...]:
    """Rules for `gains` (one an organisation) by `traits` (organisations × names); `margin` is what counts.

    Each organisation meets exactly one of the rules. A condition is left out where what it tells apart is on
    the same side, surely or probably, or cannot be told apart. Raises MissingExtra without scikit-learn.
    """
    from analysis.extras import need

    need("sklearn", "sensitivity")
    from sklearn.tree import DecisionTreeRegressor

    parts = np.random.default_rng(seed).permutation(len(gains)) % 3
    borders, sizes, held_out = (parts == part for part in range(3))
    least = max(2, round(LEAST_SHARE * borders.sum()))
    fitted = DecisionTreeRegressor(max_depth=MOST_CONDITIONS, min_samples_leaf=least, random_state=0)
    tree = fitted.fit(traits[borders], gains[borders]).tree_

    def below(node: int, here: Floats, so_far: tuple[Condition, ...]) -> tuple[Rule, ...]:
        """The rules of a branch, for the organisations `here`; one, where there are no two worth telling."""
        alone = _rule(_shortened(so_far), gains[sizes & here], gains[held_out & here], margin)
        if tree.children_left[node] < 0:
            return (alone,)
        feature, border = int(tree.feature[node]), float(tree.threshold[node])
        found: list[Rule] = []
        beyond = traits[:, feature] > border
        for child, above in ((tree.children_left[node], False), (tree.children_right[node], True)):
            rest = (*so_far, Condition(names[feature], above, border))
            found += below(child, here & (beyond == above), rest)
        alike = len(found) == 2 and not apart(gains[sizes & here & beyond], gains[sizes & here & ~beyond])
        return (alone,) if alike or {rule.side for rule in found} == {alone.side} else tuple(found)

    return below(0, np.ones(len(gains), dtype=bool), ())


def apart(some: Floats, others: Floats) -> bool:
    """Whether the means of two kinds of organisations can be told apart (Welch 1947)."""
    from scipy.stats import ttest_ind

    few = min(len(some), len(others)) < 2
    return not few and bool(ttest_ind(some, others, equal_var=False).pvalue < 1 - CONFIDENCE)


def _shortened(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Conditions of which none follows from another: the later is the narrower."""
    return tuple({(each.trait, each.above): each for each in conditions}.values())


def _rule(conditions: tuple[Condition, ...], sizes: Floats, held_out: Floats, margin: float) -> Rule:
    gain = estimate(sizes, 1 - (1 - CONFIDENCE) / TOGETHER)
    told = told_of(gain, estimate(sizes), margin)
    side = side_of(told)
    right = float((held_out * side > 0).mean()) if side and len(held_out) else None
    return Rule(conditions, gain, told, len(held_out), right)


def side_of(told: RuleSays) -> int:
    """1 for what pays, surely or probably, -1 for what costs, else 0."""
    return int(told.endswith("pays")) - int(told.endswith("costs"))


def told_of(gain: Estimate, alone: Estimate, margin: float) -> RuleSays:
    """What a mean gain says, if it is more than the margin.

    It is sure where the interval that holds with all others is beyond zero, probable where that is so of the
    interval of this one `alone`.
    """
    if not gain.bounded or abs(gain.mean) <= margin or not alone.sign:
        return "not told"
    if gain.sign:
        return "pays" if gain.sign > 0 else "costs"
    return "probably pays" if alone.sign > 0 else "probably costs"
