"""Patterson files (`.rcp`): resource-constrained project scheduling instances, as PSPLIB publishes them.

They enter by the same door as any given plan: one project, one team `crew` that never limits, the resources
as specialist pools. The form: the number of activities and resources; the capacities; then, for each
activity, its duration, its demand of each resource, the number of its successors and their numbers (from 1).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.plan import Plan, PlannedProject, PlannedTask
from sim.scenario.reading.files import LARGEST_SCENARIO, read_text
from sim.scenario.reading.networks import in_order
from sim.scenario.reading.problems import Problem, ScenarioError

CREW = "crew"
HOURS_A_DAY = 8


@dataclass(frozen=True)
class Instance:
    """One Patterson file: durations in days, demands and capacities in units, successors counted from 0.

    `demands[i][r]` is what activity i holds of resource r while it runs.
    """

    capacities: tuple[int, ...]
    durations: tuple[int, ...]
    demands: tuple[tuple[int, ...], ...]
    successors: tuple[tuple[int, ...], ...]

    def real(self) -> tuple[int, ...]:
        """The activities that are work: all but a first and a last that take neither time nor resources.

        Leaving those dummies out loses no order among the others: nothing precedes the first or follows the
        last.
        """
        ends = {0, len(self.durations) - 1}
        return tuple(
            i for i, days in enumerate(self.durations) if i not in ends or days > 0 or any(self.demands[i])
        )

    def predecessors(self) -> list[list[int]]:
        """For each activity those that must be done before, counted from 0."""
        before: list[list[int]] = [[] for _ in self.durations]
        for i, followers in enumerate(self.successors):
            for follower in followers:
                before[follower].append(i)
        return before

    def needs(self, activity: int) -> tuple[tuple[str, int], ...]:
        """The units of each pool that an activity holds while it runs."""
        return tuple((f"R{r + 1}", units) for r, units in enumerate(self.demands[activity]) if units > 0)

    def pools(self) -> dict[str, int]:
        """The resources as specialist pools R1 … Rn; a resource of no units is no pool."""
        return {f"R{r + 1}": units for r, units in enumerate(self.capacities) if units > 0}


def is_patterson(path: str | Path) -> bool:
    """Whether a plan's file is named as a Patterson file."""
    return Path(path).suffix.lower() == ".rcp"


def read_patterson(path: str | Path) -> Instance:
    """Read a Patterson file; raise `ScenarioError` naming the line at which it stops making sense."""
    file = str(path)
    right = "give a Patterson file of numbers"
    lines = read_text(path, LARGEST_SCENARIO, right, right, "ascii").splitlines()
    numbers = _Numbers(file, [(word, i) for i, line in enumerate(lines, 1) for word in line.split()])
    activities, resources = numbers.take("number of activities", 1), numbers.take("number of resources", 0)
    capacities = tuple(numbers.take("capacity", 0) for _ in range(resources))
    durations, demands, successors = [], [], []
    for _ in range(activities):
        durations.append(numbers.take("duration", 0))
        demands.append(tuple(numbers.take("demand", 0) for _ in range(resources)))
        count = numbers.take("number of successors", 0)
        successors.append(tuple(numbers.take("successor", 1, activities) - 1 for _ in range(count)))
    numbers.expect_end()
    return Instance(capacities, tuple(durations), tuple(demands), tuple(successors))


class _Numbers:
    """The whole numbers of a file, taken one after the other, each with its line."""

    def __init__(self, file: str, words: list[tuple[str, int]]) -> None:
        self.file, self.words, self.next = file, words, 0

    def take(self, what: str, low: int, high: int | None = None) -> int:
        if self.next >= len(self.words):
            last = self.words[-1][1] if self.words else None
            self._stop(last, what, "is missing: the file ends too early", "give the whole file")
        word, line = self.words[self.next]
        self.next += 1
        allowed = f"from {low} to {high}" if high is not None else f"of at least {low}"
        if not (
            word.isdecimal() and len(word) < 10 and low <= int(word) and (high is None or int(word) <= high)
        ):
            self._stop(line, what, f"is {word[:20]!r}", f"give a whole number {allowed}")
        return int(word)

    def expect_end(self) -> None:
        if self.next < len(self.words):
            word, line = self.words[self.next]
            self._stop(
                line, "", f"goes on with {word[:20]!r} after the last activity", "give one project a file"
            )

    def _stop(self, line: int | None, what: str, wrong: str, right: str) -> None:
        raise ScenarioError([Problem(self.file, line, what, wrong, right)])


def patterson_plan(path: Path, teams: Collection[str], pools: Mapping[str, int]) -> Plan:
    """One project of a Patterson file: a task for each real activity, eight hours for a day of duration."""
    instance = read_patterson(path)
    before = instance.predecessors()
    order = in_order(before)
    wrong = _unfit(instance, teams, pools)
    if order is None:
        wrong.append(("", "holds a cycle of successors", "give a network without cycles"))
    if wrong or order is None:
        raise ScenarioError(Problem(str(path), None, *each) for each in wrong)
    work = set(instance.real())
    real = [i for i in order if i in work]
    place = {i: k for k, i in enumerate(real)}
    tasks = tuple(
        PlannedTask(
            project=0,
            name=f"activity {i + 1}",
            team=CREW,
            estimate_hours=float(HOURS_A_DAY * instance.durations[i]),
            predecessors=tuple(sorted({place[p] for p in before[i] if p in place})),
            needs=instance.needs(i),
        )
        for i in real
    )
    return Plan((PlannedProject(path.stem, path.stem),), tasks)


def _unfit(
    instance: Instance, teams: Collection[str], pools: Mapping[str, int]
) -> list[tuple[str, str, str]]:
    """What an organisation lacks for an instance, each as (key, what is wrong, what would be right)."""
    found = []
    if CREW not in teams:
        right = f"leave organisation.teams out, or name a team {CREW}"
        found.append(("", f"is work for a team {CREW}, which is not there", right))
    if not instance.real():
        found.append(("", "holds no work", "give a file with activities that take time"))
    for i in instance.real():
        for pool, units in instance.needs(i):
            if units > pools.get(pool, 0):
                wrong = f"needs {units} units of {pool}, which has {pools.get(pool, 0)}"
                found.append((f"activity {i + 1}", wrong, "enlarge the pool in organisation.specialists"))
    return found


def organisation_of(instance: Instance) -> dict[str, object]:
    """The organisation that a Patterson file implies, as a scenario would write it."""
    return {
        "teams": [{"name": CREW, "members": max(1, len(instance.real()))}],
        "specialists": instance.pools(),
    }
