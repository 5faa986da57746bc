"""`python -m benchmarks`: the speed figures beside what we want; `--profile`: where the time goes."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Iterator

from benchmarks.batches import batch_seconds, peak_megabytes
from benchmarks.features import print_features
from benchmarks.machine import nanoseconds_a_row
from benchmarks.organisations import enlarged
from benchmarks.profiles import print_profile
from benchmarks.runs import Cost, costs_of, mesa_ratio
from benchmarks.starts import compile_seconds, help_seconds
from sim.building.preparation import prepare

MEGABYTES = (4, 8)  # around what some days of the largest organisation touch
SIZES = ((1, 60), (10, 6), (100, 1))  # times the example, and replications in a round


def print_costs() -> list[Cost]:
    """The cost of a run for organisations of three sizes, and how the machine was before and after."""
    before = waits()
    print("ns for each person and day    drawing  organising  running  reducing   all in")
    costs = costs_of([(prepare(enlarged(times)), replications) for times, replications in SIZES])
    for cost in costs:
        print(
            f"  {cost.people:6,} people {cost.drawing:18.1f} {cost.organising:11.1f}"
            f" {cost.running:8.1f} {cost.reducing:9.1f} {cost.total:8.1f}",
            flush=True,
        )
    print(f"\nns for a row at random among {' and '.join(map(str, MEGABYTES))} MB, which neighbours slow:")
    print(f"  {before} before, {waits()} after", flush=True)
    return costs


def waits() -> str:
    """How long a row at random takes to come, among some sizes of memory."""
    return " and ".join(f"{nanoseconds_a_row(megabytes):.0f}" for megabytes in MEGABYTES)


def figures(costs: list[Cost]) -> Iterator[tuple[str, str, str]]:
    """What is measured, the figure, and the goal."""
    yield "all in at the example's size", f"{costs[0].total:.0f} ns", "150 ns"
    for cost in costs[1:]:
        yield f"{cost.people:,} people, times that", f"{cost.total / costs[0].total:.2f}", "1.5"
    yield "Mesa clock, times the compiled one", f"{mesa_ratio():.0f}", "50 or more"
    yield "1,000 × 3 runs of the example, two threads", f"{batch_seconds(1000):.1f} s", "10 s"
    cold, warm = compile_seconds()
    yield "first run of a fresh process, nothing compiled", f"{cold:.1f} s", "20 s"
    yield "first run of a fresh process, compiled before", f"{warm:.1f} s", ""
    yield "rolecall --help", f"{help_seconds():.2f} s", "0.4 s"
    few, many = peak_megabytes(100), peak_megabytes(2000)
    yield "memory of 100 and of 2,000 replications", f"{few:.0f}, {many:.0f} MB", "the same"


def main() -> None:
    """Print the figures, or the profile."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--profile", action="store_true", help="show which part of the day and which rules cost"
    )
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()} on {platform.machine()}; the best of several rounds\n")
    if arguments.profile:
        print_profile()
        return
    costs = print_costs()
    print_features()
    print(f"\n{'':50} {'measured':>14}   goal")
    for what, figure, goal in figures(costs):
        print(f"{what:50} {figure:>14}   {goal}", flush=True)


if __name__ == "__main__":
    main()
