"""What the rows of a run are called: people count from one, and a given plan has names of its own."""

from __future__ import annotations

from functools import cached_property

from sim.building.given_work import order_of_rows
from sim.recording.recorder import Recording
from sim.scenario.plan import PlannedProject, PlannedTask
from sim.scenario.reading.problems import one_line
from sim.scenario.structures import Structure
from sim.vocabulary import DUTIES
from sim.world import NONE, TEAM, Rows

_LONGEST = 40
"""Characters of a plan's own name that are told; names come from files."""


class Names:
    """The names of one run's projects, tasks, clients, teams and people."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._scenario = recording.model.prepared.scenario

    def project(self, row: int) -> str:
        """`project 7`, or `project 7 "Portal"` where a plan names it."""
        planned = self._of_plan(row)
        return f"project {row + 1}" + (f' "{short(planned.name)}"' if planned else "")

    def task(self, row: int) -> str:
        """`task 12` of its project, or the name that a plan gives it."""
        world = self._recording.world
        project = world.projects[world.tasks[row].project]
        within = row - project.first_task
        if self._of_plan(world.tasks[row].project):
            return f'task "{short(self._planned[1][project.first_number + within].name)}"'
        return f"task {within + 1}"

    def client(self, row: int) -> str:
        """`client 2`, or the name that a plan gives it."""
        named = self._scenario.plan.clients if self._scenario.plan else ()
        return short(named[row]) if row < len(named) else f"client {row + 1}"

    def team(self, row: int) -> str:
        """The team's own name."""
        return short(self._scenario.teams[row].name)

    def member(self, row: int) -> str:
        """`member 3 of web-1`, counted within the team that they belong to."""
        home = self._recording.world.members[row].home
        return f"member {row - self._first_members[home] + 1} of {self.team(home)}"

    def manager(self, row: int, day: float = 0.0) -> str:
        """`project manager 2`, by the role held on a day; a duty may also be held by a team or by nobody."""
        if row < 0:
            return "the team itself" if row == TEAM else "nobody"
        structure, rows = self._staff(day)
        place = self._place(row, day)
        for role, people in zip(structure.roles, rows, strict=False):
            if people["first_post"] <= place < people["first_post"] + people["count"]:
                return f"{role.name.replace('_', ' ')} {place - people['first_post'] + 1}"
        return f"manager {row + 1}"

    def duty(self, number: int) -> str:
        """`project risk`."""
        return DUTIES[number].replace("_", " ")

    def risk(self, row: int) -> str:
        """The name of a risk in the scenario's own register, in quotes; nothing in the default register."""
        register, world = self._scenario.risks, self._recording.world
        if isinstance(register, str):
            return ""
        risk = world.risks[row]
        of_project = risk.project != NONE
        owner = world.projects[risk.project] if of_project else world.teams[risk.team]
        lines = [line for line in register if line.of == ("project" if of_project else "team")]
        return f'"{short(lines[row - owner.first_risk].name)}"'  # each owner has the lines in their order

    def _staff(self, day: float) -> tuple[Structure, Rows]:
        """The structure in force on a day, and its roles as rows."""
        structure = self._recording.model.structure
        staffing = self._recording.model.prepared.staffing[structure.name]
        if structure.successor is not None and self._changed(day):
            return structure.successor, staffing["next_roles"]
        return structure, staffing["roles"]

    def _changed(self, day: float) -> bool:
        """Whether another structure has taken over by a day."""
        structure = self._recording.model.structure
        return structure.successor is not None and day >= structure.change_day

    def _place(self, row: int, day: float) -> int:
        """The post of a manager on a day: before a change of structure that of their row."""
        return list(self._recording.world.posts).index(row) if self._changed(day) else row

    @cached_property
    def _first_members(self) -> dict[int, int]:
        """The first member of each team."""
        first: dict[int, int] = {}
        for row, member in enumerate(self._recording.world.members):
            first.setdefault(member.home, row)
        return first

    def _of_plan(self, row: int) -> PlannedProject | None:
        """What a plan says of a project; None of one that was drawn."""
        number = self._recording.world.projects[row].number
        return self._planned[0][number] if number < len(self._planned[0]) else None

    @cached_property
    def _planned(self) -> tuple[list[PlannedProject], list[PlannedTask]]:
        plan = self._scenario.plan
        if plan is None:
            return [], []
        projects, tasks = order_of_rows(plan)
        return [plan.projects[k] for k in projects], [plan.tasks[k] for k in tasks]


def short(name: str) -> str:
    """A name in one line and not too long, with nothing in it that steers a terminal."""
    name = one_line(name)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
