"""From the rows of a table of tasks to a network: in order, with leads and people worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.scenario.plan import PlannedTask
from sim.scenario.reading.networks import a_cycle, in_order
from sim.scenario.reading.predecessors import TaskLink
from sim.scenario.reading.problems import MOST_LISTED
from sim.scenario.reading.tables import Table

_HOURS_A_DAY = 8.0


@dataclass
class Draft:
    """A task as a row of the table has it; `links` are to positions of other rows."""

    line: int
    project: int
    name: str
    team: str
    hours: float
    people: int
    needs: tuple[tuple[str, int], ...]
    done: float
    range_hours: tuple[float, float, float] | None
    links: list[TaskLink] = field(default_factory=list)

    @property
    def days(self) -> float:
        """How long the task takes its people, as planned."""
        return self.hours / self.people / _HOURS_A_DAY


def tasks_of(drafts: Sequence[Draft], table: Table) -> tuple[PlannedTask, ...]:
    """The tasks, project by project, predecessors first within each; what is wrong is noted in the table."""
    for draft in drafts:
        draft.links = [each for link in draft.links if (each := _without_lead(draft, link, drafts, table))]
    order = _order(drafts, table)
    if order is None:
        return ()
    place: dict[int, list[int]] = {}
    count = 0
    for i in order:
        place[i] = list(range(count, count + drafts[i].people))
        count += drafts[i].people
    return tuple(part for i in order for part in _parts(drafts[i], place))


def _without_lead(draft: Draft, link: TaskLink, drafts: Sequence[Draft], table: Table) -> TaskLink | None:
    """A link that no task has to foresee: who may begin two days before another is done begins so many days
    after its start.
    """
    if link.lag_days >= 0:
        return link
    before = drafts[link.task]
    days = before.days + link.lag_days
    if link.kind in ("FS", "FF") and days >= 0:
        return TaskLink(link.task, "SS" if link.kind == "FS" else "SF", days)
    wrong = f"has a lead of {-link.lag_days:g} days on {before.name}, "
    wrong += f"which takes {before.days:g}" if link.kind in ("FS", "FF") else "before that begins"
    table.note(draft.line, "predecessors", wrong, "turn the link round, or give a shorter lead")
    return None


def _order(drafts: Sequence[Draft], table: Table) -> list[int] | None:
    """The rows project by project, predecessors first within each; None if there is a cycle."""
    of_project: dict[int, list[int]] = {}
    for i, draft in enumerate(drafts):
        of_project.setdefault(draft.project, []).append(i)
    found: list[int] = []
    sound = True
    for rows in of_project.values():
        position = {i: k for k, i in enumerate(rows)}
        before = [[position[link.task] for link in drafts[i].links if link.task in position] for i in rows]
        order = in_order(before)
        if order is None:
            _note_cycle([rows[k] for k in a_cycle(before)], drafts, table)
            sound = False
        found += [rows[k] for k in order or ()]
    return found if sound and _is_sound_across(drafts, table) else None


def _is_sound_across(drafts: Sequence[Draft], table: Table) -> bool:
    """Whether no tasks of several projects wait for each other in a circle."""
    if all(drafts[link.task].project == draft.project for draft in drafts for link in draft.links):
        return True
    cycle = a_cycle([[link.task for link in draft.links] for draft in drafts])
    if cycle:
        _note_cycle(cycle, drafts, table)
    return not cycle


def _note_cycle(cycle: Sequence[int], drafts: Sequence[Draft], table: Table) -> None:
    wrong = f"form a cycle: {_round([drafts[i].name for i in cycle])}"
    table.note(drafts[cycle[0]].line, "predecessors", wrong, "take one of these arrows out")


def _round(names: list[str]) -> str:
    """The tasks of a cycle, as arrows lead from one to the next; of a long one, how it begins."""
    if len(names) <= MOST_LISTED:
        return " -> ".join([*names, names[0]])
    return f"{' -> '.join(names[:MOST_LISTED])} -> … and {len(names) - MOST_LISTED:,} more"


def _parts(draft: Draft, place: dict[int, list[int]]) -> list[PlannedTask]:
    """A task as one, or as a part for each of its people: all are to be done, by whoever is free."""
    ends = sorted(
        (position, link.kind, link.lag_days)
        for link in draft.links
        for position in (place[link.task] if link.kind in ("FS", "FF") else place[link.task][:1])
    )
    plain = all((kind, lag) == ("FS", 0.0) for _, kind, lag in ends)
    people = draft.people
    return [
        PlannedTask(
            draft.project,
            draft.name if people == 1 else f"{draft.name} ({k + 1} of {people})",
            draft.team,
            draft.hours / people,
            tuple(position for position, _, _ in ends),
            draft.needs if k == 0 else (),
            () if plain else tuple((kind, lag) for _, kind, lag in ends),
            draft.done,
            draft.range_hours and tuple(hours / people for hours in draft.range_hours),  # type: ignore[arg-type]
        )
        for k in range(people)
    ]
