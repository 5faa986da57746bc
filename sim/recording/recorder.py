"""Let an organisation live through a run and write down what happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.building.preparation import Prepared
from sim.clocks.agents import Actor, Team
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.recording.events import Event
from sim.recording.hours import Notes, watched
from sim.recording.projects import WAITS_FOR, ProjectHistory, look_at_project
from sim.recording.surroundings import Around
from sim.recording.tasks import TaskHistory, look_at_task
from sim.scenario import Scenario
from sim.world import DELIVERED, LIMBO_QUEUE, RUNNING, World


@dataclass(frozen=True)
class Recording:
    """One run, written down.

    `trays` holds for each day the number of matters in each manager's in-tray, and last those in nobody's.
    """

    model: DeliveryOrganisation
    events: list[Event]
    trays: list[tuple[int, ...]]
    projects: list[ProjectHistory]
    tasks: list[TaskHistory]
    notes: Notes

    @property
    def world(self) -> World:
        """The organisation's rows at the end of the run, as objects."""
        return self.model.world

    @property
    def step_days(self) -> float:
        """Days a step."""
        return float(self.world.clock[0].step_days)

    @property
    def steps(self) -> int:
        """Steps that were watched."""
        return len(self.notes.steps)

    @cached_property
    def predecessors(self) -> list[list[int]]:
        """The tasks (rows) that each task comes after."""
        result: list[list[int]] = [[] for _ in self.tasks]
        for task_id, task in enumerate(self.world.tasks):
            for k in range(task.first_successor, task.first_successor + task.n_successors):
                result[self.world.successors[k]].append(task_id)
        return result


def record(
    scenario: Scenario | Prepared,
    structure: str,
    replication: int = 0,
    agents: Mapping[str, type[Actor]] | None = None,
) -> Recording:
    """Run a scenario under one structure, and write down what happens.

    `agents` are classes of one's own, as `DeliveryOrganisation` takes them; without any, the run is the
    compiled one, bit for bit. Raises KeyError for a structure that the scenario does not compare,
    LuckExhausted like any run.
    """
    own = dict(agents or {})
    classes = {**own, "team": watched(own.get("team", Team))}
    model = DeliveryOrganisation(scenario, structure, replication, agents=classes)
    world = model.world
    recording = Recording(
        model,
        [],
        [],
        [ProjectHistory(project) for project in world.projects],
        [TaskHistory(task_id, world) for task_id in range(len(world.tasks))],
        Notes(world),
    )
    for team in model.teams:
        team.notes = recording.notes
    around = Around(world)
    for _ in range(model.prepared.scenario.horizon_days * world.clock[0].steps_a_day):
        model.step()
        recording.events.extend(_look(recording, around))
    return recording


def _look(recording: Recording, around: Around) -> Iterator[Event]:
    """What happened in the step that is over."""
    world = recording.world
    step = recording.steps
    recording.notes.close_step(world)
    delivered = []
    for project_id, history in enumerate(recording.projects):
        project = world.projects[project_id]
        was = history.seen.state
        if project.state == was and not (was == RUNNING or was in WAITS_FOR):
            continue
        yield from look_at_project(world, history, recording.notes.ledger, project_id, step)
        for task_id in range(project.first_task, project.first_task + project.n_tasks):
            yield from look_at_task(world, recording.tasks[task_id], task_id, step)
        if project.state == DELIVERED:
            delivered.append(project_id)
    yield from around.look(world, delivered)
    if (step + 1) % world.clock[0].steps_a_day == 0:
        first = world.clock[0].first_tray
        trays = [world.queues[first + k].length for k in range(len(world.managers))]
        recording.trays.append((*trays, world.queues[LIMBO_QUEUE].length))
