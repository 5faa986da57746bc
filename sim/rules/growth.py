"""Better than agreed: clients who are more than content bring more; who pays more or gets less is less so."""

from sim.rules.clients import disappoint, share_of_business
from sim.world import BY_HOUR, World


def comes_on_top(world: World, project_id: int) -> bool:
    """Whether a client brings a project here that it had not planned to: an extension, or a friend's.

    Luck has drawn for each how far beyond `content` its satisfaction has to be; wholly so, all come.
    """
    given = world.given[0]
    project = world.projects[project_id]
    client = world.clients[project.client]
    bar = given.content + project.promise * (1.0 - given.content)
    return bool(client.here and client.satisfaction > bar)


def comes_at_all(world: World, project_id: int) -> bool:
    """Whether there is to be a project: those that are planned are, those on top may never have been."""
    return bool(not world.projects[project_id].on_top or comes_on_top(world, project_id))


def overpaid(world: World, project_id: int) -> float:
    """By what share a client has paid more than was agreed for a project; nothing if the price is fixed."""
    project = world.projects[project_id]
    if project.contract != BY_HOUR or project.value <= 0.0:
        return 0.0
    return float(max(0.0, project.paid / project.value - 1.0))


def judge_price_and_scope(world: World, project_id: int) -> None:
    """Delivery: the client minds what it paid beyond the agreed price, and what was cut of its wants."""
    given = world.given[0]
    project = world.projects[project_id]
    cut = min(1.0, project.descoped / max(1.0, project.estimate_hours))
    loss = given.overrun_effect * overpaid(world, project_id) + given.cut_effect * cut
    disappoint(world, project.client, share_of_business(world, project_id) * loss)
