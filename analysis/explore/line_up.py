"""What the page compares: the structures that a scenario lists, and the outcomes that it shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.decision.judgement import MATTERS, alike
from analysis.decision.pair import LEFT_OUT
from sim.batch.study import among
from sim.scenario.assumptions import values
from sim.scenario.reading.problems import Problem, ScenarioError
from sim.vocabulary import BY_NAME, EARNED, NET_VALUE, Outcome

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

SHOWN_BESIDE = ("on_time_share", "matter_wait_days", "manager_use")
"""Outcomes that the page shows beside the one that structures are judged by."""

MATTERS_FROM = "what_matters"
"""A column beside the outcomes: the smallest difference that counts in a future, as `decide` has it."""


@dataclass(frozen=True)
class LineUp:
    """A scenario as the page compares it: its structures of like head-count, one of them today's."""

    scenario: Scenario

    @property
    def structures(self) -> tuple[str, ...]:
        """The names, today's first."""
        own = self.scenario.current
        return (own, *(name for name in self.scenario.structure_names if name != own))

    @property
    def others(self) -> tuple[str, ...]:
        """All but today's."""
        return self.structures[1:]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What is shown: what the structures are judged by, then the others."""
        return tuple(BY_NAME[name] for name in dict.fromkeys((self.scenario.judged_by, *SHOWN_BESIDE)))

    @property
    def columns(self) -> list[str]:
        """What has to be read of the runs."""
        return list(dict.fromkeys([*(outcome.name for outcome in self.outcomes), *EARNED]))

    def with_what_matters(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with the column that tells what would matter in each future."""
        whole = rows[self.scenario.judged_by].abs()
        if self.scenario.judged_by == NET_VALUE:
            years = self.scenario.horizon_days / values(self.scenario.assumptions)["days_a_year"]
            whole = rows[list(EARNED)].sum(axis=1, min_count=1) / years
        return rows.assign(**{MATTERS_FROM: MATTERS * whole})


def lined_up(scenario: Scenario) -> LineUp:
    """A scenario without its sweep, its reorganisation and unequal numbers of managers.

    Raises ScenarioError where it lists no structure beside today's.
    """
    plain = scenario.with_changes(dict(LEFT_OUT))
    plain = among(plain, alike(plain))
    if len(plain.structure_names) < 2:
        wrong = f"lists {plain.current} alone, so there is nothing to compare it with"
        raise ScenarioError([Problem("", None, "structures", wrong, "list another beside it")])
    return LineUp(plain)
