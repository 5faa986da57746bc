"""What stands beside a yearly gain: what comes once, and how far it hangs on what a free hour is worth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.statistics.arrays import Floats
from analysis.statistics.compare import CONFIDENCE, Estimate, by_structure, complete_futures, estimate
from analysis.statistics.selection import gains
from sim.scenario.assumptions import in_force, values
from sim.vocabulary import NET_VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from analysis.statistics.compare import Comparison
    from sim.scenario import Scenario


@dataclass(frozen=True)
class Beside:
    """What a structure brings beside its yearly gain over the current one.

    `once` is its gain (€) on delivery less that by completion, over the whole horizon: money that comes
    earlier, and does not come again. `hours` are the hours (a year) of members that it frees beyond the
    current one, `managers_hours` those of managers. A free hour is worth `price` (€), and at most `most`;
    `at_nothing` and `at_most` are what the yearly gain would be at €0 and at `most`. `accounts` are the items
    of net value (€ a year): how much more of each there is than under the current structure. What comes in
    less what it costs adds up to the gain.
    """

    once: Estimate
    hours: Estimate
    managers_hours: Estimate
    price: float
    most: float
    at_nothing: Estimate
    at_most: Estimate
    accounts: Mapping[str, Estimate] = field(default_factory=dict)

    @property
    def flips_at(self) -> float | None:
        """The worth of a free hour (€) at which the mean gain is nothing; None unless it is surely a loss at
        one end of the range and a gain at the other.
        """
        low, high = self.at_nothing.mean, self.at_most.mean
        flips = self.at_nothing.sign * self.at_most.sign < 0
        return self.most * low / (low - high) if flips else None

    @property
    def decides(self) -> bool:
        """Whether what may be said of the gain hangs on what a free hour is worth."""
        return self.at_nothing.sign != self.at_most.sign


def beside(results: pd.DataFrame, scenario: Scenario, names: Sequence[str]) -> dict[str, Beside]:
    """For each of `names` but the current structure, what stands beside its gain in net value.

    `results` are rows of these structures; net value is a straight line over the worth of a free hour, so
    that no run is needed for another worth. Intervals of gains hold wherever sampling stopped.
    """
    whole = complete_futures(results, NET_VALUE)
    base = list(names).index(scenario.current)
    own = values(scenario.assumptions)
    price, most = own["free_hour_value"], in_force(scenario.assumptions)["free_hour_value"].high
    net, in_progress, freed, idle_pay = (
        by_structure(whole, column, names)
        for column in (NET_VALUE, "value_in_progress", "hours_freed_a_year", "manager_idle_pay_a_year")
    )
    managers = idle_pay / own["manager_cost"] if own["manager_cost"] > 0.0 else 0.0 * idle_pay
    slope = freed + (idle_pay / own["member_cost"] if own["member_cost"] > 0.0 else 0.0)
    most = max(most, price)
    ends = [gains(net + (p - price) * slope, names, scenario.current, CONFIDENCE) for p in (0.0, most)]
    items = _accounts(whole, names, scenario.horizon_days / own["days_a_year"])
    return {
        name: Beside(
            estimate(in_progress[:, base] - in_progress[:, k]),
            estimate(freed[:, k] - freed[:, base]),
            estimate(managers[:, k] - managers[:, base]),
            price,
            most,
            ends[0][name],
            ends[1][name],
            {item: estimate(of[:, k] - of[:, base]) for item, of in items.items()},
        )
        for k, name in enumerate(names)
        if k != base
    }


_ACCOUNTS = {
    "projects": ("value_delivered", "value_in_progress"),
    "services": ("service_income",),
    "free_hours": ("free_hours_value",),
    "people": ("cost_of_people",),
    "lateness": ("penalties",),
    "tickets": ("breach_penalties",),
    "incidents": ("incident_cost",),
}
"""The items of net value, and the outcomes that make them up."""


def _accounts(whole: pd.DataFrame, names: Sequence[str], years: float) -> dict[str, Floats]:
    """The items of net value (€ a year), futures × structures."""
    of_years = whole.copy(deep=False)
    for item, made_of in _ACCOUNTS.items():
        of_years[item] = whole[list(made_of)].sum(axis=1) / years
    return {item: by_structure(of_years, item, names) for item in _ACCOUNTS}


def beside_of(comparison: Comparison, results: pd.DataFrame, scenario: Scenario) -> dict[str, Beside]:
    """The same of structures that were compared; nothing without a future, or where money does not judge."""
    if scenario.judged_by != NET_VALUE or not comparison.futures or not comparison.others:
        return {}
    return beside(results, scenario, comparison.structures)
