"""What it costs to leave a duty to nobody: `python -m analysis.explanations.neglect` renews the table."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import numpy as np

from analysis.explanations import page_parts
from analysis.explanations.agile_words import sized
from analysis.explanations.arguments import parser_of, read
from analysis.explanations.pairs import gains
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import estimate
from analysis.words.numbers import number
from sim.scenario import Scenario
from sim.scenario.structures import PRESETS
from sim.vocabulary import DUTIES, NET_VALUE

START, END = "<!-- left undone: python -m analysis.explanations.neglect -->", "<!-- end of left undone -->"
_MEASURES = (NET_VALUE, "net_value_on_delivery_a_year", "delay_days")
_WATCHED = "budget"
"""The duty that once cost more than all others together."""

Costs = Mapping[str, Floats]
"""For each duty, future x measure: what is added by leaving it to nobody."""


def costs(scenario: Scenario, futures: int) -> Costs:
    """Merged without each duty, less merged, in the same futures."""
    whole = PRESETS["merged"]
    found = gains(scenario, [whole, *map(whole.without, DUTIES)], _MEASURES, futures)
    return {duty: found[:, k] for k, duty in enumerate(DUTIES)}


def told(found: Costs, scenario: Scenario) -> Iterator[str]:
    """The table, what costs most first, and what the watched duty costs beside all others."""
    futures = len(next(iter(found.values())))
    yield (
        f"*{scenario.name}*, `merged`, {futures:,} futures, steps of {scenario.step_hours:g} h: what "
        "it adds to leave one duty to nobody, in the same futures, with 95% intervals."
    )
    yield ""
    yield "| duty held by nobody | net value a year | booked on delivery | delay, days |"
    yield "|---|---|---|---|"
    for duty in sorted(found, key=lambda duty: np.nanmean(found[duty][:, 0])):
        net, booked, delay = (estimate(values) for values in found[duty].T)
        days = f"{number(delay.mean, 1, signed=True)} ± {number(delay.half_width, 1)}"
        yield f"| `{duty}` | {sized(net)} | {sized(booked)} | {days} |"
    yield ""
    yield beside_the_others(found)


def beside_the_others(found: Costs) -> str:
    """The watched duty against the sum of all others, each left out by itself."""
    own = found[_WATCHED][:, 0]
    others = np.sum([values[:, 0] for duty, values in found.items() if duty != _WATCHED], axis=0)
    rank = 1 + sum(np.nanmean(values[:, 0]) < np.nanmean(own) for values in found.values())
    more = estimate(own - others).sign
    than = {-1: "more than they do", 1: "less than they do", 0: "as much as they do, as far as luck lets see"}
    return (
        f"`{_WATCHED}` is number {rank} of {len(found)} by what it costs: {sized(estimate(own))} a year. "
        f"The other {len(found) - 1}, each left out by itself, add up to {sized(estimate(others))}: it costs "
        f"{than[more]}."
    )


def main(given: list[str]) -> None:
    """Renew the table in the page that is named."""
    page = "docs/explanation/validation.md"
    parser = parser_of("analysis.explanations.neglect", "What each duty costs if nobody holds it.", page)
    asked, scenario = read(parser, given)
    page_parts.renew(asked.page, START, END, "\n".join(told(costs(scenario, asked.futures), scenario)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
