"""Whose is it? Where two people could act, the borders between their duties are learnt case by case."""

from sim.rules.luck import luck_of
from sim.world import CONFUSIONS, NONE, World
from sim.world.philox import exponential


def goes_wrong(world: World, project_id: int, chance: float) -> float:
    """The luck, 0-1, of what goes wrong between people now; NONE: nothing does."""
    project = world.projects[project_id]
    project.confusion_gap -= chance
    if project.confusion_gap > 0.0:
        return float(NONE)
    kind, gap, _, _ = luck_of(world, CONFUSIONS, project.number, project.confusions)
    project.confusions += 1
    project.confusion_gap = exponential(gap)
    return kind


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
    known *= world.projects[matter.project].borders
    least = min(given.clarity, given.clarity_new)
    return float(least + (given.clarity - least) * known)


def is_misunderstood(world: World, matter_id: int, other: int) -> bool:
    """Where two people could act, the owner and another, it is clear who should with chance `clarity`.

    Else neither does for a while (True), or both do, and the other one for nothing.
    """
    matter = world.matters[matter_id]
    luck = goes_wrong(world, matter.project, 1.0 - clarity(world, matter_id, other))
    if luck == NONE:
        return False
    if luck < world.given[0].dropped_share:
        world.counts[matter.duty].dropped += 1
        return True
    world.counts[matter.duty].duplicated += 1
    world.managers[other].owed_duplicates += matter.hours
    return False


def learn_borders(world: World, matter_id: int) -> None:
    """A case that two could have thought theirs is handled: both know better next time, here too."""
    matter = world.matters[matter_id]
    other = world.responsibilities[matter.responsibility].shared_with
    if matter.riddle and matter.owner >= 0 and other != NONE:
        cases = world.given[0].border_cases
        owner = world.managers[matter.owner]
        owner.borders += (1.0 - owner.borders) / cases
        colleague = world.managers[other]
        colleague.borders += (1.0 - colleague.borders) / cases
        project = world.projects[matter.project]
        project.borders += (1.0 - project.borders) / cases


def forget_borders(world: World) -> None:
    """A reorganisation: nobody knows any more whose is what."""
    for manager_id in range(len(world.managers)):
        world.managers[manager_id].borders = 0.0
