"""What counting work in progress by completion brings: against running out, over horizons, and in futures.

`python -m benchmarks.fair_ends` prints the tables of docs/explanation/statistics.md for the example, or for
the scenario that is named. Horizons are read from the same runs: a longer run does not change its start.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.compare import Estimate, estimate
from benchmarks.organisations import EXAMPLE
from sim.building.preparation import Prepared, prepare
from sim.clocks.simulate import simulate_block
from sim.outcomes.money import amounts_by_day, assumptions_of, by_completion, free_hours, on_delivery
from sim.scenario import Scenario, load
from sim.world import World
from validation.running_out import run_out

Floats = NDArray[np.float64]

YEARS = (2, 4, 8)
RULES = ("on delivery", "by completion", "and free hours")
"""The old rule; work in progress alone; and the net value that verdicts judge by."""


@dataclass(frozen=True)
class Money:
    """Net value so far (€) by each of `RULES` at the end of each year: rule × structure × future × year."""

    structures: tuple[str, ...]
    so_far: Floats

    def gains(self, rule: int, structure: int, first: int, last: int) -> Floats:
        """A structure's gain a year (€) over the first one, from the end of one year to that of another."""
        apart = self.so_far[rule, structure] - self.so_far[rule, 0]
        before = apart[:, first - 1] if first else 0.0
        gain: Floats = (apart[:, last - 1] - before) / (last - first)
        return gain


def money(scenario: Scenario, futures: int) -> Money:
    """Live through `futures`, as long as the longest of the horizons. Raises RuntimeError if a run fails."""
    prepared = prepare(scenario)
    longest = scenario.with_changes({"horizon_days": round(YEARS[-1] * prepared.values["days_a_year"])})
    rows = simulate_block(prepare(longest), range(futures), _by_year)
    for _, _, kept, error in rows:
        if kept is None:
            raise RuntimeError(error)
    names = scenario.structure_names
    kept = np.array([[r[2]["money"] for r in rows if r[0] == name and r[2]] for name in names])
    return Money(names, np.moveaxis(kept, 2, 0))


def _by_year(prepared: Prepared, world: World) -> dict[str, Any]:
    given, amounts = assumptions_of(world), amounts_by_day(world)
    whole, free = by_completion(given, amounts), free_hours(given, amounts)
    ends = np.round(np.arange(1, YEARS[-1] + 1) * prepared.values["days_a_year"]).astype(int) - 1
    rules = (on_delivery(given, amounts), whole - free, whole)
    return {"money": np.array([days[ends] for days in rules])}


def over_horizons(found: Money) -> Iterator[str]:
    """The gain a year of each structure by each rule, over each horizon and over what follows the first."""
    spans = [(0, years) for years in YEARS] + [(YEARS[0], YEARS[-1])]
    heads = [f"{b} years" if not a else f"years {a + 1} to {b}" for a, b in spans]
    yield f"| k€ a year, against {found.structures[0]} | {' | '.join(heads)} |"
    yield "|---" * (len(heads) + 1) + "|"
    for k, name in enumerate(found.structures[1:], start=1):
        for rule, called in enumerate(RULES):
            cells = [_thousands(estimate(found.gains(rule, k, *span))) for span in spans]
            yield f"| {name}, {called} | {' | '.join(cells)} |"


def _thousands(gain: Estimate) -> str:
    return f"{gain.mean / 1e3:+.0f} ± {gain.half_width / 1e3:.0f}".replace("-", "−")


def futures_needed(found: Money) -> Iterator[str]:
    """How many times fewer futures give the same interval as on delivery, over the first horizon."""
    yield "| sd of the difference of a future, k€ a year | on delivery | now | times fewer futures |"
    yield "|---|---|---|---|"
    for k, name in enumerate(found.structures[1:], start=1):
        before, now = (found.gains(rule, k, 0, YEARS[0]).std(ddof=1) for rule in (0, 2))
        yield f"| {name} | {before / 1e3:.0f} | {now / 1e3:.0f} | {(before / now) ** 2:.1f} |"


def against_running_out(scenario: Scenario, futures: Sequence[int]) -> Iterator[str]:
    """Work in progress at the end by completion, and by what it truly took to finish it."""
    found = run_out(scenario, futures)
    yield "| work in progress at the end, k€ | by completion | by running out | difference |"
    yield "|---|---|---|---|"
    for k, name in enumerate(found.structures):
        one, other = found.by_completion[k], found.by_running_out[k]
        cells = [f"{estimate(values).mean / 1e3:.0f}" for values in (one, other)]
        yield f"| {name} | {' | '.join(cells)} | {_thousands(estimate(one - other))} |"
    for k, name in enumerate(found.structures[1:], start=1):
        pair = [values[k] - values[0] for values in (found.by_completion, found.by_running_out)]
        cells = [_thousands(estimate(values)) for values in (*pair, pair[0] - pair[1])]
        yield f"| {name}, against {found.structures[0]} | {' | '.join(cells)} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fair_ends", description=__doc__)
    parser.add_argument("scenario", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--futures", type=int, default=200)
    arguments = parser.parse_args()
    scenario = load(arguments.scenario).with_changes({"vary": {}, "reorganisation": None})
    found = money(scenario, arguments.futures)
    for table in (over_horizons(found), futures_needed(found)):
        print("\n".join(table), end="\n\n", flush=True)
    print("\n".join(against_running_out(scenario, range(arguments.futures))))


if __name__ == "__main__":
    main()
