"""The sponsor: senior management, which decides what exceeds those below, one case after another, slowly."""

from sim.rules.budget import refuse_overrun
from sim.rules.cancelling import reconsider
from sim.rules.delivery_duties import decide_with_stakeholders
from sim.rules.luck import luck_of
from sim.rules.matters import give_back, note_wait, put_away, team_behind
from sim.world import ABOUT_TASK, NONE, SPONSOR_DECIDES, SPONSOR_QUEUE, STAKEHOLDERS, TEAM, World


def contact_of(world: World, matter_id: int) -> int:
    """Who speaks for a case before the sponsor: a manager, a team (from TEAM downwards), or NONE."""
    owner = int(world.matters[matter_id].owner)
    if owner == TEAM:
        return TEAM - team_behind(world, matter_id)
    return owner


def is_first_of_contact(world: World, matter_id: int) -> bool:
    """Whether nobody ahead in the sponsor's line is the same point of contact."""
    contact = contact_of(world, matter_id)
    ahead = world.matters[matter_id].before
    while ahead != NONE:
        if contact_of(world, ahead) == contact:
            return False
        ahead = world.matters[ahead].before
    return True


def points_of_contact(world: World) -> int:
    """How many different people, or teams, have something before the sponsor."""
    count = 0
    matter_id = world.queues[SPONSOR_QUEUE].first
    while matter_id != NONE:
        count += is_first_of_contact(world, matter_id)
        matter_id = world.matters[matter_id].after
    return int(count)


def hear(world: World, matter_id: int) -> None:
    """The sponsor turns to a case. The more different people ask for something, the more has to be heard
    and compared for each decision.
    """
    given = world.given[0]
    matter = world.matters[matter_id]
    others = points_of_contact(world) - 1
    matter.remaining = given.sponsor_decision_hours * (1.0 + given.sponsor_comparison * others)
    if not matter.started:  # the accounts have brought it
        matter.started = 1
        note_wait(world, matter_id)


def refuses(world: World, project_id: int) -> bool:
    """Whether the sponsor says no this time, by luck that hangs on the project alone."""
    project = world.projects[project_id]
    luck, _, _, _ = luck_of(world, SPONSOR_DECIDES, project.number, project.decisions)
    project.decisions += 1
    return bool(luck < world.given[0].sponsor_refusal)


def carry_out(world: World, matter_id: int, refused: int) -> None:
    """What follows: as if who asked had decided, with a beginner's chance of being wrong; or, refused, scope
    is cut as deep as goes, and a task goes on by the team's guess.
    """
    given = world.given[0]
    matter = world.matters[matter_id]
    if refused and matter.about != ABOUT_TASK and world.projects[matter.row].overrun > 0.0:
        refuse_overrun(world, matter.row)
        reconsider(world, matter.row)
        return
    chance = given.guess_wrong if refused else given.wrong_answer
    decide_with_stakeholders(world, matter_id, 1 if matter.answer < chance else 0)


def give_word(world: World, matter_id: int) -> None:
    """The sponsor's word: the matter is settled."""
    clock = world.clock[0]
    matter = world.matters[matter_id]
    clock.decisions += 1
    clock.decision_days += clock.now - matter.joined
    refused = refuses(world, matter.project)
    world.counts[STAKEHOLDERS].handled += 1
    put_away(world, matter_id)
    carry_out(world, matter_id, 1 if refused else 0)
    give_back(world, matter_id)


def listen(world: World, matter_id: int, hours: float) -> float:
    """Spend up to `hours` on the case at the head of the line. Returns the hours left."""
    matter = world.matters[matter_id]
    if matter.remaining <= 0.0:
        hear(world, matter_id)
    used = min(hours, matter.remaining)
    matter.remaining -= used
    if matter.remaining <= 0.0:
        give_word(world, matter_id)
    return float(hours - used)


def sit(world: World) -> None:
    """A step of the sponsor's: first come, first served, as far as the time that there is goes."""
    given = world.given[0]
    weekly = given.sponsor_hours + given.sponsor_team_hours * len(world.teams)
    left = weekly / given.week_days * world.clock[0].step_days
    matter_id = world.queues[SPONSOR_QUEUE].first
    while left > 0.0 and matter_id != NONE:
        left = listen(world, matter_id, left)
        matter_id = world.queues[SPONSOR_QUEUE].first
