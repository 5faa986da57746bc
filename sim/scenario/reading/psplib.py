"""Instances of PSPLIB: scheduling problems in its own form (`.sm`) or Patterson's (`.rcp`).

The library `psplib` reads them; here is told what is wrong with one, and what an instance is to Rolecall. It
enters by the same door as any given plan: one project, one team `crew` that never limits, the resources as
specialist pools.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from psplib import ProjectInstance, parse

from sim.scenario.plan import Plan, PlannedProject, PlannedTask
from sim.scenario.reading.files import LARGEST_SCENARIO, read_text
from sim.scenario.reading.networks import in_order
from sim.scenario.reading.problems import Problem, ScenarioError

CREW = "crew"
HOURS_A_DAY = 8
LARGEST_NUMBER = 10**9
RIGHT = "give a file of PSPLIB: .sm, or .rcp of numbers alone"

AS_A_PLAN = ("is an instance of PSPLIB", "name it in a scenario: `portfolio: {plan: {tasks: FILE}}`")

SUFFIXES = {".rcp": "patterson", ".sm": "psplib", ".mm": "psplib"}
"""What the library calls the form of a file, by how its name ends."""


@dataclass(frozen=True)
class Instance:
    """One instance: durations in days, demands and capacities in units, successors counted from 0.

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


def is_instance(path: str | Path) -> bool:
    """Whether a plan's file is named as one of PSPLIB's."""
    return Path(path).suffix.lower() in SUFFIXES


def read_instance(path: str | Path) -> Instance:
    """Read a file of PSPLIB.

    Raises `ScenarioError` that names the line or the activity where it stops making sense.
    """
    text = read_text(path, LARGEST_SCENARIO, RIGHT, RIGHT, "ascii")
    form = SUFFIXES[Path(path).suffix.lower()]
    try:
        found = parse(path, form)
    except (ValueError, IndexError, StopIteration):
        raise _unread(str(path), text, form) from None
    if wrong := [Problem(str(path), None, *each) for each in _faults(found)]:
        raise ScenarioError(wrong)
    if form == "patterson" and (line := _line_after(found, text)):
        right = "give one project a file"
        raise ScenarioError([Problem(str(path), line, "", "goes on after the last activity", right)])
    return Instance(
        tuple(each.capacity for each in found.resources),
        tuple(each.modes[0].duration for each in found.activities),
        tuple(tuple(each.modes[0].demands) for each in found.activities),
        tuple(tuple(each.successors) for each in found.activities),
    )


def _unread(file: str, text: str, form: str) -> ScenarioError:
    """Where a file stops, which the library does not tell."""
    if form == "psplib":
        wrong = "lacks a part: precedence relations, requests and durations, resource availabilities"
        return ScenarioError([Problem(file, None, "", wrong, "give the whole file, as PSPLIB publishes it")])
    for line, word in _words(text):
        if not word.isdecimal():
            return ScenarioError([Problem(file, line, "", f"has {word[:20]!r}", "give whole numbers alone")])
    return ScenarioError([Problem(file, None, "", "ends too early", "give the whole file")])


def _words(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text, each with its line."""
    return ((i, word) for i, line in enumerate(text.splitlines(), 1) for word in line.split())


def _faults(found: ProjectInstance) -> Iterator[tuple[str, str, str]]:
    """What cannot be, or is nothing that Rolecall has, as (key, what is wrong, what would be right)."""
    count = len(found.activities)
    if not count:
        yield "", "holds no activities", RIGHT
    amiss = {len(mode.demands) for each in found.activities for mode in each.modes} - {len(found.resources)}
    if amiss:
        wrong = f"has {len(found.resources)} capacities, and activities that need {min(amiss)} resources"
        yield "", wrong, "give each resource its capacity, all in one line"
    if any(not resource.renewable for resource in found.resources):
        yield "", "has resources that are used up; pools are given back", "give an instance without them"
    if any(_is_odd(resource.capacity) for resource in found.resources):
        yield "", "has a capacity below 0, or one far too large", RIGHT
    for i, each in enumerate(found.activities, 1):
        key = f"activity {i}"
        if len(each.modes) != 1:
            wrong = f"can be done in {len(each.modes)} ways (modes); a task here has one"
            yield key, wrong, "give an instance of single modes (.sm, .rcp)"
            continue
        mode = each.modes[0]
        if any(map(_is_odd, (mode.duration, *mode.demands))):
            yield key, "has a duration or a demand below 0, or one far too large", RIGHT
        for after in each.successors:
            if not 0 <= after < count:
                yield key, f"has successor {after + 1}, of {count} activities", f"give one from 1 to {count}"


def _is_odd(number: int) -> bool:
    return not 0 <= number < LARGEST_NUMBER


def _line_after(found: ProjectInstance, text: str) -> int | None:
    """The line of the first number of a Patterson file after its last activity; None if there is none."""
    each = (2 + len(found.resources) + len(activity.successors) for activity in found.activities)
    read = 2 + len(found.resources) + sum(each)
    return next((line for i, (line, _) in enumerate(_words(text)) if i == read), None)


def instance_plan(path: Path, teams: Collection[str], pools: Mapping[str, int]) -> Plan:
    """One project of an instance: a task for each real activity, eight hours for a day of duration."""
    instance = read_instance(path)
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
    """The organisation that an instance implies, as a scenario would write it."""
    return {
        "teams": [{"name": CREW, "members": max(1, len(instance.real()))}],
        "specialists": instance.pools(),
    }
