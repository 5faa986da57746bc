"""From the runs of a scenario to what may be said of them: compared, selected, put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from analysis.decision.degenerate_cases import nothing_happens
from analysis.decision.designs import Design
from analysis.decision.gain_breakdown import Beside, beside_of
from analysis.decision.naming import RolesAlone, named, roles_alone
from analysis.decision.plan_fit import nothing_to_do
from analysis.decision.verdict import Verdict, nothing_to_tell, verdict
from analysis.resemblance.words import doom
from analysis.statistics.compare import (
    CONFIDENCE,
    Comparison,
    by_structure,
    compare,
    complete_futures,
)
from analysis.statistics.selection import FIRST_FUTURES, Selection, gains, select
from analysis.words.numbers import MINUS, plainly
from sim.vocabulary import BY_NAME, EARNED, NET_VALUE

if TYPE_CHECKING:
    import pandas as pd

    from analysis.decision.follow_up import Further
    from analysis.resemblance.result import Resemblance
    from sim.scenario import Scenario

MATTERS = 0.01
"""Share of what is earned a year below which a difference is nobody's reason to reorganise."""


@dataclass(frozen=True)
class Judgement:
    """What the runs of a scenario say: the designs of like head-count compared, and the best selected.

    `selection` is None where there is nothing to choose from; `unequal` compares the current structure with
    those of another number of managers, if there are any. `beside` holds what stands beside each structure's
    gain, where the scenario is judged by net value. `designs` are those that took part, `between` the names
    of those that the scenario does not list. `challenger` is the design that the answer names (None: nothing
    to name), `roles` what other roles bring by themselves (None where all designs have the same roles).
    `listed` compares what a table shows: what the scenario lists, and what is named.
    """

    comparison: Comparison
    selection: Selection | None
    unequal: Comparison | None
    beside: Mapping[str, Beside] = field(default_factory=dict)
    designs: tuple[Design, ...] = ()
    challenger: str | None = None
    roles: RolesAlone | None = None
    listed: Comparison | None = None

    @property
    def between(self) -> tuple[str, ...]:
        """The names of the designs that the scenario does not list."""
        return tuple(design.name for design in self.designs if not design.listed)

    @property
    def alike(self) -> Comparison:
        """The comparison of what is listed, and what is named, of like head-count."""
        return self.listed or self.comparison

    @property
    def shown(self) -> Comparison:
        """The comparison that a table shows: what is listed, and what is named, with those of another number
        of managers beside.
        """
        return self.alike.with_beside(self.unequal)


def judge(
    results: pd.DataFrame,
    scenario: Scenario,
    *,
    matters: float | None = None,
    confidence: float = CONFIDENCE,
    designs: Sequence[Design] = (),
) -> Judgement:
    """Compare and select from `results` (as `sim.batch.run.read_results` gives them, of one variation).

    `designs` (default: what is listed) take part in the choice. The intervals of the gains in the objective
    are those that hold wherever sampling stopped; at 95%, as all others, however sure the selection is asked
    to be.
    """
    names, objective = taking_part(scenario, designs), scenario.judged_by
    like = results[results["structure"].isin(names)]
    comparison = compare(like, current=scenario.current, objective=objective)
    selection = selected(like, scenario, matters, confidence, names)
    challenger = roles = None
    if selection is not None:
        values = by_structure(complete_futures(like, objective), objective, names)
        comparison = comparison.with_gains(gains(values, names, scenario.current, CONFIDENCE))
        challenger = named(values, names, designs, selection)
        roles = roles_alone(values, names, designs, scenario.current)
    others = [s.name for s in scenario.unequal_structures()]
    unlike = results[results["structure"].isin([scenario.current, *others])]
    unequal = compare(unlike, current=scenario.current, objective=objective) if others else None
    beside = beside_of(comparison, like, scenario)
    made = Judgement(comparison, selection, unequal, beside, tuple(designs), challenger, roles)
    hidden = [name for name in made.between if name != challenger]
    return replace(made, listed=_without(hidden, made, like)) if hidden else made


def _without(hidden: Sequence[str], made: Judgement, results: pd.DataFrame) -> Comparison:
    """The comparison without some designs; of the gains, the intervals stay what they were."""
    whole = made.comparison
    rest = results[~results["structure"].isin(hidden)]
    fewer = compare(rest, current=whole.current, objective=whole.objective)
    return fewer.with_gains({name: whole.gain(name) for name in fewer.others})


def taking_part(scenario: Scenario, designs: Sequence[Design]) -> tuple[str, ...]:
    """The names of all that takes part: the structures of like head-count, then the designs in between."""
    return (*alike(scenario), *(design.name for design in designs if not design.listed))


def verdict_of(
    scenario: Scenario,
    judgement: Judgement,
    more: Further | None = None,
    resemblance: Resemblance | None = None,
) -> Verdict:
    """The judgement in words; none on an organisation that, by its `resemblance`, collapses."""
    if nothing_to_do(scenario):
        return nothing_to_tell(nothing_happens(scenario))
    if resemblance is not None and resemblance.doomed:
        return nothing_to_tell(doom(resemblance))
    return verdict(
        judgement.comparison,
        judgement.selection,
        managers=scenario.managers,
        points=points_of(scenario),
        doubted=more.doubted if more else None,
        unequal=judgement.unequal,
        beside=judgement.beside,
        restless=more.restless if more else None,
        heads=more.heads if more else None,
        changing=more.changing if more else None,
        designs=judgement.designs,
        challenger=judgement.challenger,
        roles=judgement.roles,
        explained=more.explained if more else None,
    )


def points_of(scenario: Scenario) -> str:
    """What the points of an objective of one's own are, in words; nothing where money is judged by."""
    if scenario.judged_by == NET_VALUE:
        return ""
    weighed = [f"{plainly(weight)} × {BY_NAME[name].label}" for name, weight in scenario.objective.items()]
    said = f"Points are the scenario's objective: {' + '.join(weighed)}."
    return said.replace(f"+ {MINUS}", f"{MINUS} ")


def selected(
    results: pd.DataFrame,
    scenario: Scenario,
    matters: float | None = None,
    confidence: float = CONFIDENCE,
    names: Sequence[str] = (),
) -> Selection | None:
    """What may be said from `results` about the best of `names`: by default of all of like head-count.

    None if there is nothing to choose from, or no future in which all of them ran to their end.
    """
    names = tuple(names) or alike(scenario)
    whole = complete_futures(results, scenario.judged_by)
    if len(names) < 2 or not len(whole):
        return None
    delta = what_matters(whole, scenario) if matters is None else matters
    values = by_structure(whole, scenario.judged_by, names)
    return select(values, names, scenario.current, delta, confidence=confidence)


def what_matters(results: pd.DataFrame, scenario: Scenario) -> float:
    """1% of what comes in a year under the current structure (or of its objective, where that is not money).

    From the first futures alone, so that it stays the same however many follow.
    """
    from sim.scenario.assumptions import values

    first = results[(results["replication"] < FIRST_FUTURES) & (results["structure"] == scenario.current)]
    years = scenario.horizon_days / values(scenario.assumptions)["days_a_year"]
    money = scenario.judged_by == NET_VALUE
    earned = first[list(EARNED)].sum(axis=1) / years
    whole = (earned if money else first[scenario.judged_by]).mean()
    return MATTERS * abs(float(whole)) or MATTERS


def alike(scenario: Scenario) -> tuple[str, ...]:
    """The structures of like head-count."""
    unlike = {s.name for s in scenario.unequal_structures()}
    return tuple(name for name in scenario.structure_names if name not in unlike)
