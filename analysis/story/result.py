"""The record of one run, told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.figures.exhibit import Exhibit, Told

if TYPE_CHECKING:
    import pandas as pd

    from sim.recording.recorder import Recording
    from sim.scenario import Scenario


@dataclass(frozen=True, repr=False)
class Trace(Exhibit):
    """One run as tables; days are working days from the start, projects count from 1 as in the log.

    `events`: what happened (day, kind, project, task, who or what, amount, words, and if it is in the log).
    `log`: the events in words, without daily business. `projects`: one row each, with its delay. `causes`:
    each project's days by cause; with what the plan allowed they add up to its delay. `bound`: what held each
    project from day to day. `trays`: matters in each in-tray by day. `hours`: managers' hours by duty.
    `outcomes`: those of the run, by name. `agents`: classes of one's own, by whose place they took. `text` is
    how the run went, in a sentence.
    """

    scenario: Scenario
    structure: str
    replication: int
    agents: Mapping[str, type[Any]]
    events: pd.DataFrame
    log: tuple[str, ...]
    projects: pd.DataFrame
    causes: pd.DataFrame
    bound: pd.DataFrame
    trays: pd.DataFrame
    hours: pd.DataFrame
    outcomes: dict[str, float]
    recording: Recording
    text: str = ""

    def tasks(self, project: int) -> pd.DataFrame:
        """The bars of a project's Gantt: task, state, since and until (days).

        Raises KeyError for a project that did not come in this run.
        """
        from sim.recording.names import Names
        from sim.recording.tables import tasks_table

        self.row_of(project)
        return tasks_table(self.recording, Names(self.recording), project - 1)

    def row_of(self, project: int) -> pd.Series:
        """A project's row in `projects`. Raises KeyError for one that did not come, or went elsewhere."""
        found = self.projects[self.projects["project"] == project] if len(self.projects) else self.projects
        if len(found):
            return found.iloc[0]
        lost = self.elsewhere[self.elsewhere["project"] == project]
        if len(lost):
            raise KeyError(f"project {project} went to someone else on day {lost['day'].iloc[0]:.0f}")
        raise KeyError(f"there is no project {project} in this run")

    def causes_of(self, project: int) -> pd.Series:
        """Days of one project by cause, in the order of `causes`, without what the plan allowed."""
        own = self.causes[(self.causes["project"] == project) & (self.causes["cause"] != "allowed")]
        return own.set_index("cause")["days"]

    @property
    def run(self) -> str:
        """Which run it is: `merged, replication 3`, and whose agents lived through it if not the model's."""
        own = [f"{kind.__name__} as {who.replace('_', ' ')}" for who, kind in self.agents.items()]
        return ", ".join([self.structure, f"replication {self.replication}", *own])

    @property
    def naming(self) -> str:
        """By which roles tables and figures call managers who come to have others; nothing if none does."""
        structure = self.recording.model.structure
        if structure.successor is None:
            return ""
        return f"Managers are named by their roles before the change on day {structure.change_day}."

    @property
    def elsewhere(self) -> pd.DataFrame:
        """The events of projects that clients took elsewhere; their amount is what each was worth (euro)."""
        return self.events[self.events["kind"] == "went elsewhere"]

    @property
    def worst(self) -> list[int]:
        """Projects by delay, the latest first."""
        if not len(self.projects):
            return []
        order = self.projects.sort_values(["delay_days", "project"], ascending=[False, True])
        return [int(project) for project in order["project"]]

    @property
    def late(self) -> list[int]:
        """Those of them that are late, delivered or not; none where there are none."""
        return [project for project in self.worst if self.row_of(project)["delay_days"] > 0]

    def told(self) -> Told:
        """The run as it is shown."""
        return Told(f"What happened in {self.scenario.name} under {self.run}?", self.text)
