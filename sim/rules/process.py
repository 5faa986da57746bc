"""How mature a team's process is: what retrospectives bring, and what fades."""

from sim.world import World


def learn_from_retrospective(world: World, team_id: int, care: float) -> None:
    """A team learns from a look at its process, a share `maturity_gain` of what is missing; less in haste."""
    team = world.teams[team_id]
    team.maturity += world.given[0].maturity_gain * care * (1.0 - team.maturity)


def forget(world: World, team_id: int) -> None:
    """A step in which good habits fade that nobody keeps up.

    So a team's maturity settles where what its retrospectives bring makes up for that, and for who leaves.
    """
    given = world.given[0]
    team = world.teams[team_id]
    team.maturity -= team.maturity * given.forgetting / given.month_days * world.clock[0].step_days
