"""Standing dependencies: pairs of teams that depend on each other for long, and who keeps them in order.

Whoever holds *coordination* for the team that depends (see `deal_pairs`) looks after its pairs from
time to time; for some days after that, what one of the two hands to the other goes through by itself.
"""

from sim.rules.matters import raise_matter
from sim.rules.ownership import least_loaded
from sim.rules.responsibilities import team_duty
from sim.world import COORDINATION, IN_ORDER, LOOSE, NONE, UNLINKED, World


def find_pair(world: World, one: int, other: int) -> int:
    """The row of the pair in which a team depends on another; NONE if it does not."""
    team = world.teams[one]
    for pair_id in range(team.first_pair, team.first_pair + team.n_pairs):
        if world.dependencies[pair_id].on == other:
            return int(pair_id)
    return NONE


def link_between(world: World, one: int, other: int) -> int:
    """How two teams stand to each other now: UNLINKED, IN_ORDER or LOOSE."""
    if len(world.dependencies) == 0:
        return UNLINKED
    pair_id = find_pair(world, one, other)
    if pair_id == NONE:
        pair_id = find_pair(world, other, one)
    if pair_id == NONE:
        return UNLINKED
    return IN_ORDER if world.clock[0].now < world.dependencies[pair_id].in_order_until else LOOSE


def hours_for_pairs(world: World, team_id: int) -> float:
    """Hours that a look at those takes on which a team depends: the more, the more pairs hang together."""
    given = world.given[0]
    team = world.teams[team_id]
    hours = 0.0
    for pair_id in range(team.first_pair, team.first_pair + team.n_pairs):
        hours += given.pair_hours * (1.0 + given.tangle_growth * world.dependencies[pair_id].beside)
    return float(hours)


def weekly_hours_for_pairs(world: World, team_id: int) -> float:
    """The same, in hours a week."""
    given = world.given[0]
    return float(hours_for_pairs(world, team_id) * given.week_days / given.pair_days)


def deal_pairs(world: World) -> None:
    """Who keeps in order what a team depends on, where *coordination* is held by a role for projects: its
    least loaded. (Where it is held by a role for teams, whoever has the team that depends.)
    """
    duty = world.duties[COORDINATION]
    if duty.role < 0 or duty.by_team:
        return
    for team_id in range(len(world.teams)):
        if world.teams[team_id].n_pairs > 0:
            mine = world.responsibilities[team_duty(world, team_id, COORDINATION)]
            mine.owner = mine.owner if mine.owner >= 0 else least_loaded(world, duty.role)
            world.managers[mine.owner].load += weekly_hours_for_pairs(world, team_id)


def pairs_fall_due(world: World, team_id: int) -> None:
    """Every `pair_days`, the pairs of a team that depends on others need a look."""
    if world.teams[team_id].n_pairs == 0:
        return
    mine = team_duty(world, team_id, COORDINATION)
    if world.clock[0].now >= world.due[mine]:
        while world.due[mine] <= world.clock[0].now:
            world.due[mine] += world.given[0].pair_days
        raise_matter(world, mine, hours_for_pairs(world, team_id), 0)


def put_in_order(world: World, team_id: int, care: float) -> None:
    """A team's pairs have been looked after: they are in order for `pair_lasting` days, less in haste."""
    until = world.clock[0].now + world.given[0].pair_lasting * care
    team = world.teams[team_id]
    for pair_id in range(team.first_pair, team.first_pair + team.n_pairs):
        pair = world.dependencies[pair_id]
        pair.in_order_until = max(pair.in_order_until, until)


def strain(world: World, task_id: int) -> float:
    """How many times the usual a hand-over to a task takes."""
    return float(world.given[0].loose_pair) if world.tasks[task_id].between_teams == LOOSE else 1.0


def handover_hours(world: World, task_id: int) -> float:
    """Hours that it takes to bring two teams together over a task."""
    return float(world.duties[COORDINATION].hours * strain(world, task_id))


def handover_rework(world: World, task_id: int) -> float:
    """Hours of a task that have to be done again if nobody did so."""
    return float(world.given[0].handover_rework * strain(world, task_id))
