"""The organisation as a Mesa model: the day of `sim.rules.day`, agent by agent (see `sim.clocks.by_agents`).

Slower than the compiled run by two orders of magnitude, and open: watch it, collect data from it, replace
one decision. Worlds are bit for bit those of the compiled run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import mesa

from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.agents import ROLES, Actor, Manager, Team
from sim.clocks.by_agents import of_day
from sim.clocks.faults import check_luck
from sim.clocks.history import reporters
from sim.scenario import Scenario, load
from sim.scenario.reading.problems import suggest
from sim.world import Row, World, world_of
from sim.world.rows import filled, objects_of, tables_of


class DeliveryOrganisation(mesa.Model):
    """One run of a scenario under one structure.

    `agents` replaces the class of a role's people, or of "team": {"delivery_lead": CautiousManager}; roles of
    other structures may be among them. Raises KeyError for a structure that the scenario does not compare,
    and for a role that there is not.

    `datacollector` is Mesa's: its model variables are the history of the organisation, a row a day.
    """

    def __init__(
        self,
        scenario: Scenario | Prepared | str | Path,
        structure: str,
        replication: int = 0,
        agents: Mapping[str, type[Actor]] | None = None,
    ) -> None:
        prepared = scenario if isinstance(scenario, Prepared) else _prepared(scenario)
        super().__init__(rng=int(replication))
        self.prepared = prepared
        self.structure = prepared.structure(structure)
        self.replication = replication
        tables = organise(prepared, draw_base(prepared, replication), structure)
        self.world = self._with_agents(objects_of(tables), dict(agents or {}))
        self.datacollector = mesa.DataCollector(model_reporters=reporters())

    def __repr__(self) -> str:
        scenario = self.prepared.scenario
        run = f"{scenario.name}, {self.structure.name}, future {self.replication}"
        return f"<{type(self).__name__}: {run}, day {self.world.clock[0].now:g} of {scenario.horizon_days}>"

    def _with_agents(self, world: World, classes: dict[str, type[Actor]]) -> World:
        """Let teams and managers be agents, with the fields of their rows."""
        roles = [role.name for role in self.structure.roles]
        everywhere = [role.name for structure in self.prepared.structures for role in structure.roles]
        strange = set(classes) - {"team", *everywhere, *ROLES}
        if strange:
            right = suggest(min(strange), ["team", *dict.fromkeys(roles + everywhere)])
            raise KeyError(f"agents: {min(strange)!r} is no role; {right}")
        names = [roles[row.role] for row in world.managers]
        kinds = [classes.get(name, ROLES.get(name, Manager)) for name in names]
        actors = {
            "managers": [self._actor(kind, k, world.managers[k]) for k, kind in enumerate(kinds)],
            "teams": [self._actor(classes.get("team", Team), k, row) for k, row in enumerate(world.teams)],
        }
        return world_of(world._asdict() | actors)

    def _actor(self, kind: type[Actor], number: int, row: Row) -> Row:
        """An agent with the fields of a row."""
        actor = kind(self, number)
        assert isinstance(actor, Row)
        return filled(actor, (getattr(row, field) for field in type(row).fields))

    @property
    def now(self) -> float:
        """Working days since the start."""
        return float(self.world.clock[0].now)

    @property
    def managers(self) -> list[Manager]:
        """The managers, in the order in which they act."""
        return list(cast(Sequence[Manager], self.world.managers))

    @property
    def teams(self) -> list[Team]:
        """The teams, in the order in which they act."""
        return list(cast(Sequence[Team], self.world.teams))

    def step(self) -> None:
        """One step (a working day, or `step_hours` of it), in the order of `sim.rules.day.step`."""
        of_day.step(self.world)
        clock = self.world.clock[0]
        if clock.step % clock.steps_a_day == 0:
            self.datacollector.collect(self)
        check_luck(self.world, self.prepared.scenario, self.replication)

    def run(self, days: float | None = None) -> None:
        """Step until `days` more working days have passed; by default to the horizon."""
        end = self.prepared.scenario.horizon_days if days is None else self.now + days
        while self.now < end:
            self.step()

    def tables(self) -> World:
        """The present world as numpy tables, as the compiled run has them."""
        return tables_of(self.world)


def _prepared(scenario: Scenario | str | Path) -> Prepared:
    return prepare(scenario if isinstance(scenario, Scenario) else load(scenario))
