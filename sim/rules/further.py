"""Further roles of a duty: who is accountable for it too, who is consulted about it, who is informed."""

from sim.rules.responsibilities import project_duty, team_duty, team_of
from sim.world import (
    ABOUT_PROJECT,
    ALSO_ACCOUNTABLE,
    CONSULTED,
    INFORMED,
    N_DUTIES,
    NONE,
    World,
)


def holds_of(world: World, role_id: int, first: int) -> int:
    """Who holds a role's duties among those of one subject, whose rows begin with `first`; NONE: nobody."""
    for duty_id in range(N_DUTIES):
        owner = world.responsibilities[first + duty_id].owner
        if world.duties[duty_id].role == role_id and owner >= 0:
            return int(owner)
    return NONE


def person_of(world: World, role_id: int, responsibility_id: int) -> int:
    """Who of a role has to do with the subject of a responsibility: who holds the role's duties for the same
    project, or for the team behind it; where the role holds none there, its people take turns.
    """
    mine = world.responsibilities[responsibility_id]
    if mine.about == ABOUT_PROJECT:
        person = holds_of(world, role_id, project_duty(world, mine.row, 0))
    else:
        person = holds_of(world, role_id, team_duty(world, team_of(world, responsibility_id), 0))
    if person != NONE:
        return person
    role = world.roles[role_id]
    return int(world.posts[role.first_post + mine.row % role.count])


def is_named_before(world: World, matter_id: int, place: int, person: int) -> bool:
    """Whether an earlier row of a matter's duty means the same person: nobody is asked or told twice."""
    matter = world.matters[matter_id]
    accountable = world.further[place].part == ALSO_ACCOUNTABLE
    for earlier in range(world.duties[matter.duty].first_further, place):
        row = world.further[earlier]
        alike = (row.part == ALSO_ACCOUNTABLE) == accountable
        if alike and person_of(world, row.role, matter.responsibility) == person:
            return True
    return False


def takes_part(world: World, matter_id: int, place: int, part: int) -> int:
    """Whom a row of `further` means beside the owner of a matter; NONE: nobody, or it is another part."""
    row = world.further[place]
    if row.part != part:
        return NONE
    matter = world.matters[matter_id]
    person = person_of(world, row.role, matter.responsibility)
    if person == matter.owner or is_named_before(world, matter_id, place, person):
        return NONE
    return person


def also_accountable(world: World, matter_id: int) -> int:
    """The first of those who are accountable for a matter beside its owner; NONE: nobody is."""
    duty = world.duties[world.matters[matter_id].duty]
    for place in range(duty.first_further, duty.first_further + duty.n_further):
        person = takes_part(world, matter_id, place, ALSO_ACCOUNTABLE)
        if person != NONE:
            return person
    return NONE


def consult(world: World, matter_id: int) -> float:
    """Who is consulted about a matter gives time for it. Returns the hours that asking takes its owner."""
    duty = world.duties[world.matters[matter_id].duty]
    total = 0.0
    for place in range(duty.first_further, duty.first_further + duty.n_further):
        person = takes_part(world, matter_id, place, CONSULTED)
        if person != NONE:
            world.managers[person].owed_meetings += world.given[0].consult_hours
            total += world.given[0].consult_hours
    return total


def inform(world: World, matter_id: int) -> None:
    """A matter is settled: who is informed of it takes note."""
    duty = world.duties[world.matters[matter_id].duty]
    for place in range(duty.first_further, duty.first_further + duty.n_further):
        person = takes_part(world, matter_id, place, INFORMED)
        if person != NONE:
            world.managers[person].owed_meetings += world.given[0].inform_hours
