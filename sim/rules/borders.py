"""Whose is it? Where two people could act, the borders between their duties are learnt case by case."""

from typing import Protocol

from sim.rules.further import also_accountable, takes_part
from sim.rules.luck import luck_of
from sim.rules.responsibilities import team_of
from sim.world import (
    ALSO_ACCOUNTABLE,
    CONFUSIONS,
    CONFUSIONS_OF_TEAMS,
    NONE,
    Table,
    World,
    f64,
    i32,
)
from sim.world.philox import exponential


class Struck(Protocol):
    """A row of projects or of teams: what misunderstandings come to pass in."""

    confusion_gap: f64  # misunderstandings still to be expected before the next one
    confusions: i32  # of these so far


def comes_to_pass(
    world: World, rows: Table[Struck], row_id: int, source: int, number: int, chance: float
) -> float:
    """The luck, 0-1, of what goes wrong in a project or a team now; NONE: nothing does."""
    struck = rows[row_id]
    struck.confusion_gap -= chance
    if struck.confusion_gap > 0.0:
        return float(NONE)
    kind, gap, _, _ = luck_of(world, source, number, struck.confusions)
    struck.confusions += 1
    struck.confusion_gap = exponential(gap)
    return kind


def goes_wrong(world: World, project_id: int, chance: float) -> float:
    """The luck, 0-1, of what goes wrong between people about a project now; NONE: nothing does."""
    number = world.projects[project_id].number
    return comes_to_pass(world, world.projects, project_id, CONFUSIONS, number, chance)


def goes_wrong_with(world: World, matter_id: int, chance: float) -> float:
    """The same about a matter: in its project, or else in the team behind it."""
    matter = world.matters[matter_id]
    if matter.project != NONE:
        return goes_wrong(world, matter.project, chance)
    team_id = team_of(world, matter.responsibility)
    return comes_to_pass(world, world.teams, team_id, CONFUSIONS_OF_TEAMS, team_id, chance)


def who_else(world: World, matter_id: int) -> int:
    """Who else could think a matter theirs; NONE: nobody. Whoever is accountable for it as well, else who
    holds a duty of the same overlap area.
    """
    matter = world.matters[matter_id]
    responsibility = world.responsibilities[matter.responsibility]
    if matter.owner >= 0 and world.duties[matter.duty].n_further > 0:
        other = also_accountable(world, matter_id)
        if other == NONE and responsibility.shared_with == matter.owner:
            return NONE
        if other != NONE:
            responsibility.shared_with = other
    return int(responsibility.shared_with)


def is_riddle(world: World, matter_id: int, other: int, handed_on: int) -> bool:
    """Whether a matter could be thought someone else's (`other`; NONE: nobody's) as well as its owner's.

    A routine one with a named owner is nobody's riddle; only what is new, pressing or handed on is.
    """
    matter = world.matters[matter_id]
    new = not world.responsibilities[matter.responsibility].known
    return bool(other != NONE and (new or matter.pressing or handed_on))


def clarity(world: World, matter_id: int, other: int) -> float:
    """Chance that it is clear who of two should act: as far as both know the borders, in this project too."""
    given = world.given[0]
    matter = world.matters[matter_id]
    known = world.managers[matter.owner].borders * world.managers[other].borders
    if matter.project != NONE:
        known *= world.projects[matter.project].borders
    least = min(given.clarity, given.clarity_new)
    return float(least + (given.clarity - least) * known)


def is_misunderstood(world: World, matter_id: int, other: int) -> bool:
    """Where two people could act, the owner and another, it is clear who should with chance `clarity`.

    Else neither does for a while (True), or both do, and the other one for nothing.
    """
    matter = world.matters[matter_id]
    luck = goes_wrong_with(world, matter_id, 1.0 - clarity(world, matter_id, other))
    if luck == NONE:
        return False
    if luck < world.given[0].dropped_share:
        world.counts[matter.duty].dropped += 1
        return True
    world.counts[matter.duty].duplicated += 1
    world.managers[other].owed_duplicates += matter.hours
    return False


def is_left_lying(world: World, matter_id: int, other: int) -> bool:
    """Whether a riddle lies with nobody for a while: `other`, or anyone else who is accountable for it as
    well, and its owner each leave it to each other.
    """
    duty = world.duties[world.matters[matter_id].duty]
    found = False
    for place in range(duty.first_further, duty.first_further + duty.n_further):
        person = takes_part(world, matter_id, place, ALSO_ACCOUNTABLE)
        if person != NONE:
            found = True
            if is_misunderstood(world, matter_id, person):
                return True
    return not found and is_misunderstood(world, matter_id, other)


def learn(world: World, manager_id: int) -> None:
    """A case is handled that two could have thought theirs: one of them knows better next time."""
    manager = world.managers[manager_id]
    manager.borders += (1.0 - manager.borders) / world.given[0].border_cases


def learn_borders(world: World, matter_id: int) -> None:
    """All who could have thought a case theirs know better next time, in its project too."""
    matter = world.matters[matter_id]
    other = world.responsibilities[matter.responsibility].shared_with
    if matter.riddle and matter.owner >= 0 and other != NONE:
        learn(world, matter.owner)
        learn(world, other)
        duty = world.duties[matter.duty]
        for place in range(duty.first_further, duty.first_further + duty.n_further):
            person = takes_part(world, matter_id, place, ALSO_ACCOUNTABLE)
            if person != NONE and person != other:
                learn(world, person)
        if matter.project != NONE:
            project = world.projects[matter.project]
            project.borders += (1.0 - project.borders) / world.given[0].border_cases


def forget_borders(world: World) -> None:
    """A reorganisation: nobody knows any more whose is what."""
    for manager_id in range(len(world.managers)):
        world.managers[manager_id].borders = 0.0
