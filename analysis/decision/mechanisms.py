"""What carries a gain, in money: two designs run again, with one mechanism neutral at a time.

A mechanism is neutral when it costs both designs the same, or nothing. What the gain loses by that is what
the mechanism brings to it. That is asked of each by itself, so what two bring together alone counts twice,
and what comes of none of them not at all: the difference is left over, and shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.assumption_doubt import Draws
from analysis.decision.holdout import HOLDOUT_FUTURES, fresh
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import CONFIDENCE, Estimate, by_structure, complete_futures, estimate
from sim.batch.session import session
from sim.batch.study import Study, in_blocks
from sim.scenario.assumptions import load_assumptions, values

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

MOST_OF_IT = 0.5
"""Share of a gain beyond which a mechanism is said to carry it."""


@dataclass(frozen=True)
class Mechanism:
    """A way in which structures come to differ: what `neutral` means in words, and the assumptions that make
    it so, at these values; None is the value at which an assumption is off.
    """

    name: str
    neutral: str
    at: Mapping[str, float | None]


def _off(*names: str) -> dict[str, float | None]:
    return dict.fromkeys(names)


MECHANISMS = (
    # No assumption takes the order itself away. But what has stood in line for `longest_wait` goes before all
    # else: at 0 that is everything, so all tasks are taken up as they come, whoever ranks. The hours for it
    # go, too, those for a look at who lacks people among them.
    Mechanism(
        "ranking",
        "tasks are taken up as they come, and ranking takes no time",
        {"longest_wait": 0.0} | _off("resources_hours", "look_hours", "ranking_hours"),
    ),
    # Members switch more often where managers' order of the work moves them about.
    Mechanism(
        "switching",
        "turning to another subject or project costs nothing",
        _off("switch_subject", "switch_family", "member_switch"),
    ),
    # Both sides of it: what several pairs of hands cost, and what one pair saves by knowing the case.
    Mechanism(
        "hand-offs",
        "handing on costs nothing, and the same hands save nothing",
        _off("handoff_hours", "same_hands"),
    ),
    Mechanism("confusion", "it is always clear who should act", _off("clarity", "clarity_new")),
    # Those that a structure brings about. `meetings` and `communication` are every team's own, whatever the
    # structure: without them all would only have more hours.
    Mechanism(
        "meetings",
        "managers need not meet, and sprints add no meetings",
        _off("sync_hours", "sprint_sitting", "ceremonies"),
    ),
    # All at a beginner's pace: that is the same for who holds few duties and who holds many.
    Mechanism("practice", "nobody is quicker by practice", _off("learning_rate")),
    Mechanism("absence", "nobody is away", _off("absence_days")),
)
"""The mechanisms that are made neutral, one at a time; values outside an assumption's range are meant."""


@dataclass(frozen=True)
class Mechanisms:
    """What mechanisms bring to the `gain` of a design over today's, in the objective's unit a year.

    `brings[mechanism]` is how much smaller the gain is with it neutral, in the same futures; these intervals
    hold together. `left` is the gain less all of them.
    """

    gain: Estimate
    brings: Mapping[str, Estimate]
    left: Estimate

    @property
    def carrier(self) -> str | None:
        """The mechanism that surely carries something of the gain, and on average most of it; None: none."""
        way = self.gain.sign
        most = max(self.brings, key=lambda name: way * self.brings[name].mean)
        found = self.brings[most]
        carries = way and found.sign == way and found.mean / self.gain.mean > MOST_OF_IT
        return most if carries else None

    @property
    def none_carries(self) -> bool:
        """Whether surely no mechanism carries most of the gain."""
        way, most = self.gain.sign, MOST_OF_IT * abs(self.gain.mean)
        ends = (each.high if way > 0 else -each.low for each in self.brings.values())
        return bool(way) and all(end < most for end in ends)

    @property
    def told(self) -> bool:
        """Whether one surely carries the gain, or surely none carries most of it."""
        return self.carrier is not None or self.none_carries


def mechanisms(
    two: Scenario, named: str, folder: Path, futures: int = HOLDOUT_FUTURES, **workers: Any
) -> Mechanisms | None:
    """Live through fresh futures with each mechanism neutral, under today's structure and the one `named`.

    The runs are kept in a folder inside `folder`; `workers` are arguments of `sim.batch.session.session`.
    None where no future could be compared.
    """
    study = Study(two, neutral_draws(two), {"kind": "mechanisms"})
    cells = fresh(futures, 1 + len(MECHANISMS))
    with session(study, folder / f"mechanisms-{study.identity[:8]}", **workers) as now:
        now.extend(in_blocks(cells))
        rows = now.frame([two.judged_by])
    return what_each_brings(_gains(rows, two, named, {future for _, future in cells}))


def neutral_draws(scenario: Scenario) -> Draws:
    """The scenario as it is, then with each mechanism neutral."""
    today = values(scenario.assumptions)
    names = tuple(dict.fromkeys(name for each in MECHANISMS for name in each.at))
    as_they_are = {name: today[name] for name in names}
    rows = [as_they_are, *(as_they_are | made_neutral(mechanism) for mechanism in MECHANISMS)]
    return Draws(scenario, names, tuple(tuple(row[name] for name in names) for row in rows))


def made_neutral(mechanism: Mechanism) -> dict[str, float]:
    """The assumptions that make a mechanism neutral. Raises ValueError for one that cannot be off."""
    known = load_assumptions()
    found = {name: known[name].off if at is None else at for name, at in mechanism.at.items()}
    without = [name for name, value in found.items() if value is None]
    if without:
        raise ValueError(f"{', '.join(without)}: no value at which it is off")
    return {name: float(value) for name, value in found.items() if value is not None}


def _gains(rows: pd.DataFrame, two: Scenario, named: str, futures: set[int]) -> Floats:
    """The gain in each future (futures × variations), of the futures that came to an end in all of them."""
    import numpy as np

    names = (two.current, named)
    own = rows[rows["structure"].isin(names) & rows["replication"].isin(futures)]
    whole = [complete_futures(of_one, two.judged_by) for _, of_one in own.groupby("variation")]
    common = set.intersection(*(set(each["replication"]) for each in whole)) if whole else set()
    kept = [each[each["replication"].isin(common)] for each in whole]
    tables = [by_structure(each, two.judged_by, names) for each in kept]
    return np.array([table[:, 1] - table[:, 0] for table in tables]).T


def what_each_brings(
    gains: Floats, among: Sequence[Mechanism] = MECHANISMS, looks: int = 1
) -> Mechanisms | None:
    """What each mechanism brings, from gains as they are and with each `among` them neutral (cases × 1 +
    mechanisms); None without a case. Intervals hold together, also over so many `looks` with more cases.
    """
    if not gains.size:
        return None
    brings = gains[:, :1] - gains[:, 1:]
    each = 1 - (1 - CONFIDENCE) / (len(among) * looks)
    found = {m.name: estimate(brings[:, k], each) for k, m in enumerate(among)}
    return Mechanisms(estimate(gains[:, 0]), found, estimate(gains[:, 0] - brings.sum(axis=1)))
