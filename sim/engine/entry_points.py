"""The compiled functions that Python calls. They hand the world on to the rules by reference."""

from sim.rules import day, drafting, staffing, totals, wiring
from sim.rules.totals import Totals
from sim.world import Grid, Numbers, Project, Table, Task, World, f64, i32

_run, _wire, _staff, _add_up = day.run, wiring.wire, staffing.staff, totals.add_up
_link_layers, _lay_out_tasks = drafting.link_layers, drafting.lay_out_tasks


def by_reference(world: World) -> World:
    """The world itself; for compiled copies, `sim.engine.by_reference` stands in its place."""
    return world


def run(world: World, steps: int) -> int:
    """See `sim.rules.day.run`."""
    return _run(by_reference(world), steps)


def wire(
    world: World,
    edge_from: Numbers[i32],
    edge_to: Numbers[i32],
    stage: Numbers[f64],
    done: Numbers[f64],
    slack: Numbers[f64],
    seen: Numbers[i32],
) -> int:
    """See `sim.rules.wiring.wire`."""
    return _wire(by_reference(world), edge_from, edge_to, stage, done, slack, seen)


def staff(world: World) -> None:
    """See `sim.rules.staffing.staff`."""
    _staff(by_reference(world))


def add_up(world: World, total: Table[Totals], delays: Numbers[f64], slips: Numbers[f64]) -> None:
    """See `sim.rules.totals.add_up`; `total` is a table of one row."""
    _add_up(by_reference(world), total[0], delays, slips)


def link_layers(
    sizes: Numbers[i32],
    layers: Numbers[i32],
    twice: float,
    luck: Grid,
    edge_from: Numbers[i32],
    edge_to: Numbers[i32],
) -> int:
    """See `sim.rules.drafting.link_layers`."""
    return _link_layers(sizes, layers, twice, luck, edge_from, edge_to)


def lay_out_tasks(
    tasks: Table[Task],
    projects: Table[Project],
    team: Numbers[i32],
    estimate: Numbers[f64],
    effort: Numbers[f64],
) -> None:
    """See `sim.rules.drafting.lay_out_tasks`."""
    _lay_out_tasks(tasks, projects, team, estimate, effort)
