"""A scenario ready to be replicated: what all its replications and runs have in common, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim import world as w
from sim.building.projects import Given
from sim.building.risks import Register, register
from sim.building.roles import staffing
from sim.scenario import Scenario
from sim.scenario.assumptions import values
from sim.scenario.structures import Structure
from sim.world import Rows
from sim.world.copies import one_row


@dataclass(frozen=True)
class Prepared:
    """A scenario ready to be replicated: its assumptions as a row, and its structures."""

    scenario: Scenario
    structures: tuple[Structure, ...]

    @cached_property
    def values(self) -> Given:
        """Every assumption by name, with the scenario's own."""
        return values(self.scenario.assumptions)

    @cached_property
    def given(self) -> Rows:
        """One row: every assumption, by name."""
        return one_row(w.Assumptions.dtype, **self.values)

    @cached_property
    def teams(self) -> Rows:
        """A row for each team, as it is at the start of every replication."""
        return _teams(self)

    @cached_property
    def register(self) -> Register:
        """The risks of projects and teams, as rows before luck."""
        return register(self.scenario, self.values)

    @cached_property
    def staffing(self) -> dict[str, dict[str, Rows]]:
        """For each structure, its duties and roles as rows, and those of the structure that follows it."""
        return {s.name: staffing(self.scenario, self.values, s) for s in self.structures}

    @cached_property
    def seats(self) -> dict[int, tuple[int, Rows]]:
        """For each number of managers, the replication that managers were last drawn for, and they."""
        return {}

    def structure(self, name: str) -> Structure:
        """The structure of this name. Raises KeyError if the scenario does not compare it."""
        try:
            return next(s for s in self.structures if s.name == name)
        except StopIteration:
            known = ", ".join(s.name for s in self.structures)
            raise KeyError(f"{name} is not among the structures compared: {known}") from None


def prepare(scenario: Scenario, structures: tuple[Structure, ...] | None = None) -> Prepared:
    """Make a scenario ready for its own structures, or for others given as data."""
    return Prepared(scenario, structures or scenario.all_structures())


def _teams(prepared: Prepared) -> Rows:
    given = prepared.scenario.teams
    rows = np.zeros(len(given), w.Team.dtype)
    skills = {name: k for k, name in enumerate(dict.fromkeys(team.skill for team in given))}
    rows["skill"] = [skills[team.skill] for team in given]
    rows["size"] = [team.members for team in given]
    rows["maturity"] = rows["first_maturity"] = prepared.values["first_maturity"]
    return rows
