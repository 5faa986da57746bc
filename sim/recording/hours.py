"""What members spent each step on: their tasks, tickets, changing projects, or nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sim.clocks.agents import Team
from sim.recording.ledger import ROUNDING, Effort, Ledger
from sim.rules.gathering import ceremonies
from sim.rules.tasks import queue_of_team
from sim.world import NONE, ROSTER_QUEUE, World


class Stretch(NamedTuple):
    """A member's work on one task within a step: hours of time, and of effort done (creep beside it).

    `overtime` is the share of the hours that were overtime.
    """

    member: int
    task: int
    hours: float
    effort: Effort
    creep: float
    overtime: float = 0.0


class MemberStep(NamedTuple):
    """A member's step: the team worked for, hours for tasks and tickets, and what became of them.

    Hours that the member gave to the team's own duties in the course of the step are not among them.
    """

    team: int
    away: bool
    hours: float
    switching: float
    on_tickets: float
    stretches: tuple[Stretch, ...]

    @property
    def idle(self) -> float:
        """Hours without anything to do: those that went nowhere else."""
        rest = self.hours - self.switching - self.on_tickets - sum(s.hours for s in self.stretches)
        return rest if rest > ROUNDING else 0.0


class Notes:
    """The hours of a whole run. `worked[task][step]` are the stretches of work on a task."""

    def __init__(self, world: World) -> None:
        self.ledger = Ledger(world)
        self.steps: list[list[MemberStep]] = []
        self.worked: dict[int, dict[int, list[Stretch]]] = defaultdict(dict)
        self._open: _Open | None = None
        self._before = 0.0, 0.0
        self._stretches: dict[int, list[Stretch]] = defaultdict(list)
        self._lost: dict[int, list[float]] = {}  # hours of changing projects, on tickets, on duties
        self._present: dict[int, tuple[int, bool]] = {}

    def meet(self, world: World, team: Team) -> None:
        """A team's step begins: note who works with it, and who of them is away."""
        member_id = world.queues[queue_of_team(team.row, ROSTER_QUEUE)].first
        while member_id != NONE:
            member = world.members[member_id]
            self._present[member_id] = team.row, member.away_until > world.clock[0].begun
            member_id = member.after

    def turn(self, team: Team) -> None:
        """A member's turn begins: to do one thing."""
        self._before = team.tickets, team.duties

    def begin(self, world: World, team: Team, task: int) -> None:
        """A member is about to work on a task, or (NONE) to do nothing or a ticket."""
        project = NONE if task == NONE else world.tasks[task].project
        if project != NONE:
            self.ledger.settle(world, project)
        self._open = _Open(task, *_counters(world, team, project))

    def end(self, world: World, team: Team, member: int) -> None:
        """The turn is over: note what it was spent on."""
        lost = self._lost.setdefault(member, [0.0, 0.0, 0.0])
        lost[1] += team.tickets - self._before[0]
        lost[2] += team.duties - self._before[1]
        was, self._open = self._open, None
        if was is None or was.task == NONE:
            return
        now = _counters(world, team, world.tasks[was.task].project)
        lost[0] += now[1] - was.switching
        hours = now[0] - was.hours
        if hours > ROUNDING:
            effort = self.ledger.take(world, was.task, now[2] - was.progress)
            self._stretches[member].append(Stretch(member, was.task, hours, effort, now[3] - was.creep))

    def close_step(self, world: World) -> None:
        """Note the step that is over, member by member."""
        step = len(self.steps)
        meetings = [ceremonies(world, team) + world.teams[team].overhead for team in range(len(world.teams))]
        length = world.clock[0].step_hours
        row = []
        for member_id, member in enumerate(world.members):
            team, away = self._present.get(member_id, (member.team, False))
            switching, tickets, duties = self._lost.get(member_id, (0.0, 0.0, 0.0))
            hours = length * (1.0 - meetings[team]) + member.overtime - world.teams[team].duty_hours - duties
            hours = 0.0 if away else max(0.0, hours)
            share = member.overtime / hours if hours > 0.0 else 0.0
            stretches = tuple(s._replace(overtime=share) for s in self._stretches.get(member_id, ()))
            row.append(MemberStep(team, away, hours, switching, tickets, stretches))
            for stretch in stretches:
                self.worked[stretch.task].setdefault(step, []).append(stretch)
        self.steps.append(row)
        self._stretches.clear()
        self._lost.clear()
        self._present.clear()


class WatchedTeam(Team):
    """A team that has its hours noted. It decides as any other: see `watched`."""

    notes: Notes

    def step(self) -> None:
        """The team's step; who is there is noted first."""
        self.notes.meet(self.world, self)
        super().step()

    def take_turn(self, member_id: int, hours: float) -> None:
        """A member's turn: hours that are not on tickets are on the task that is chosen in it."""
        self.notes.turn(self)
        super().take_turn(member_id, hours)
        self.notes.end(self.world, self, member_id)

    def choose_task(self, member_id: int) -> int:
        """The task that a member works on now."""
        task_id = super().choose_task(member_id)
        self.notes.begin(self.world, self, task_id)
        return task_id


def watched(kind: type[Team]) -> type[WatchedTeam]:
    """Teams of a class of one's own that have their hours noted; they decide as `kind` does."""
    return type(f"Watched{kind.__name__}", (WatchedTeam, kind), {})


class _Open(NamedTuple):
    task: int
    hours: float
    switching: float
    progress: float
    creep: float


def _counters(world: World, team: Team, project: int) -> tuple[float, float, float, float]:
    """A team's hours on tasks and switching, a project's progress and creep, so far."""
    hours = team.productive - team.tickets
    if project == NONE:
        return hours, team.switching, 0.0, 0.0
    row = world.projects[project]
    return hours, team.switching, row.progress, row.creep_hours
