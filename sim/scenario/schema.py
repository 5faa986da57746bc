"""The schema of a scenario: what a user may write, key by key, with ranges, units and defaults."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic import ValidatorFunctionWrapHandler as Check
from pydantic_core import PydanticCustomError

from sim.scenario.base import (
    Context,
    Name,
    Part,
    at,
    checked_with,
    folder_of,
    items_at,
    quantity,
    refuse,
    written,
)
from sim.scenario.calendar import USUAL_DAYS, AsDate, Calendar, Weekday, start_refusals
from sim.scenario.changes import with_keys_set
from sim.scenario.cross_checks import (
    assumption_refusals,
    current_refusals,
    manager_refusals,
    objective_refusals,
    reorganisation_refusals,
    split_refusals,
    unequal_refusals,
)
from sim.scenario.last_year import LastYear
from sim.scenario.likeness import in_full
from sim.scenario.moved_ingredients import STRUCTURES, presets_in_full, told_by_name
from sim.scenario.organisation import Organisation, PlanFiles, Portfolio, Team
from sim.scenario.own_structures import (
    AnyStructure,
    Heads,
    known_structures,
    name_of,
    repeated,
)
from sim.scenario.plan import Plan
from sim.scenario.reading.plan import read_plan
from sim.scenario.reading.problems import ScenarioError, suggest
from sim.scenario.reading.psplib import is_instance, organisation_of, read_instance
from sim.scenario.reorganisation import Reorganisation
from sim.scenario.risk_register import Risks, register_refusals
from sim.scenario.structures import PRESETS, Structure
from sim.vocabulary import BY_NAME, NET_VALUE, OBJECTIVE

_MOST_STRUCTURES = 1000
"""Structures that one scenario may compare."""

_IN_NO_RUN = {"name", "replications", "current", "last_year", "starts", "working_days", "holidays"}
"""Keys that change no run; what dates mean in a given plan is part of that."""

_BY_NAME = {"heads", "unequal_managers", "assumptions"}
"""Keys that count in the identity of results by their names, in an order of their own."""


def _no_truth_value(value: object) -> object:
    if isinstance(value, bool):  # Python takes True for 1, a user does not
        raise PydanticCustomError("bool", "a truth value is no number")
    return value


class Scenario(Part):
    """An organisation, its work, and the structures to compare for it.

    Frozen; equal content gives equal results. `teams`, `pools` and `plan` give the organisation and a given
    portfolio in one form, however they were written.
    """

    name: Name = Field(description="What the organisation is called in tables and figures.")
    horizon_days: int = quantity(500, 20, 10_000, "working days", "How long each run lasts.")
    step_hours: Annotated[Literal[8, 4, 2, 1], BeforeValidator(_no_truth_value)] = quantity(
        1,
        None,
        None,
        "hours",
        "Time step of the simulation; 8 is a working day. Longer is quicker, and less exact.",
    )
    starts: AsDate | None = Field(
        default=None,
        description="The date of day 0, a working day; then days of a plan may be written as dates, and are "
        "told with them. Default: days have numbers only.",
    )
    working_days: Annotated[tuple[Weekday, ...], Field(strict=False, min_length=1)] = Field(
        default=USUAL_DAYS, description="The days of the week on which people work, where dates are said."
    )
    holidays: Annotated[tuple[AsDate, ...], Field(strict=False, validate_default=True)] = Field(
        default=(), description="Dates on which nobody works, where dates are said. Default: none."
    )
    seed: int = quantity(
        1, 0, 2**63 - 1, "", "Where all luck comes from: the same seed gives the same results."
    )
    replications: int = quantity(
        1000,
        1,
        1_000_000,
        "runs",
        "Runs of each structure, paired over the same luck, unless the command says otherwise.",
    )
    structures: Annotated[tuple[AnyStructure, ...], Field(strict=False, min_length=1)] = Field(
        default=("merged", "separated", "agile"),
        description="The structures to compare, each once: names of presets or of published definitions of "
        "roles (`rolecall roles`), or matrices of your own.",
    )
    current: str = Field(
        default_factory=lambda data: name_of(data.get("structures", ("merged",))[0]),
        description="The structure of today, which the others are compared with; one of structures. "
        "Default: the first of structures.",
    )
    managers: Annotated[int, Field(validate_default=True)] = quantity(
        6, 1, 5000, "people", "Managers, the same number in each structure."
    )
    reorganisation: Reorganisation | None = Field(
        default=None, description="A switch of structure while work goes on. Default: none."
    )
    heads: dict[str, dict[str, Heads]] = Field(
        default_factory=dict,
        description="How the managers of a structure split over its roles, as structure: {role: posts}; 3.5 "
        "is three people and one who works half the hours. They sum to managers; roles that are left out get "
        "the rest. Default: in proportion to the workloads of the roles.",
        json_schema_extra={"unit": "posts"},
    )
    deal_roles: Literal["by_lot", "by_aptitude"] = Field(
        default="by_lot",
        description="Who gets which role at the start, where people differ in their talents (`aptitude`): "
        "whoever it is, or whom its duties suit best.",
    )
    manager_costs: dict[str, Annotated[float, Field(ge=0, le=10_000)]] = Field(
        default_factory=dict,
        description="What an hour of the people of a role costs, where it is not `manager_cost`, as role: "
        "euro. Default: all managers cost the same.",
        json_schema_extra={"unit": "€ an hour"},
    )
    unequal_managers: dict[str, Annotated[int, Field(ge=1, le=5000)]] = Field(
        default_factory=dict,
        description="Structures to compare a second time, with another number of managers, as structure: "
        "people. They are shown under a name that says so and take no part in the choice. Default: none.",
        json_schema_extra={"unit": "people"},
    )
    organisation: Organisation = Field(default_factory=Organisation, description="Teams and specialists.")
    portfolio: Portfolio = Field(
        default_factory=Portfolio, description="The work: clients, projects and services."
    )
    risks: Risks = Field(
        default="default",
        description="What may go wrong: `default` for the register that comes with Rolecall, `none`, or a "
        "register of your own in its place.",
    )
    objective: dict[str, float] = Field(
        default_factory=lambda: {NET_VALUE: 1.0},
        description="What is wanted: the weighted sum of these outcomes, as outcome: weight of one unit of "
        f"it; negative where less is better. Default: `{{{NET_VALUE}: 1}}`.",
        json_schema_extra={"unit": "a unit"},
    )
    assumptions: dict[str, float] = Field(
        default_factory=dict,
        description="Assumptions that differ from their defaults, as name: value, within the bounds that "
        "`rolecall assumptions` lists. Default: none.",
        json_schema_extra={"unit": "as listed"},
    )
    last_year: LastYear | None = Field(
        default=None,
        description="What is known of last year, to hold beside what is simulated; it changes no run. "
        "Default: nothing.",
    )

    vary: dict[str, Annotated[tuple[object, ...], Field(strict=False, min_length=1)]] = Field(
        default_factory=dict,
        description="A sweep: keys such as `portfolio.projects.at_start`, each with a list of its values. "
        "`rolecall run` lives through every combination. Default: none.",
    )

    _folder: Path = PrivateAttr(default=Path("."))
    _plan: Plan | None = PrivateAttr(default=None)
    _teams: tuple[Team, ...] = PrivateAttr(default=())

    @model_validator(mode="before")
    @classmethod
    def _organisation_of_instance(cls, data: object, info: ValidationInfo) -> object:
        """An instance of PSPLIB says what resources there are: fill in the organisation that the scenario
        leaves open.
        """
        tasks = at(data, "portfolio", "plan", "tasks")
        if not (isinstance(data, dict) and isinstance(tasks, str) and is_instance(tasks)):
            return data
        organisation = data.get("organisation", {})
        try:
            implied = organisation_of(read_instance(folder_of(info.context) / tasks))
        except ScenarioError:  # told in its place, when the plan is read
            return data
        return (
            {**data, "organisation": {**implied, **organisation}} if isinstance(organisation, dict) else data
        )

    @field_validator("structures", mode="wrap")
    @classmethod
    def _each_once(cls, given: object, check: Check) -> object:
        if isinstance(given, list | tuple) and len(given) > _MOST_STRUCTURES:
            refuse([((), f"has {len(given):,} entries", f"give at most {_MOST_STRUCTURES:,} structures")])
        full, found = in_full(given)
        return checked_with(full, check, [*repeated(full), *found])

    @field_validator("current")
    @classmethod
    def _current_is_compared(cls, current: str, info: ValidationInfo) -> str:
        refuse(current_refusals(current, info.data))
        return current

    @field_validator("managers")
    @classmethod
    def _each_role_has_somebody(cls, managers: int, info: ValidationInfo) -> int:
        refuse(manager_refusals(managers, info.data))
        return managers

    @field_validator("reorganisation", mode="wrap")
    @classmethod
    def _leads_somewhere(cls, given: object, check: Check, info: ValidationInfo) -> object:
        return checked_with(given, check, reorganisation_refusals(given, info.data))

    @field_validator("heads")
    @classmethod
    def _heads_sum_to_managers(
        cls, heads: dict[str, dict[str, float]], info: ValidationInfo
    ) -> dict[str, dict[str, float]]:
        refuse(split_refusals(heads, info.data))
        return heads

    @field_validator("manager_costs")
    @classmethod
    def _costs_are_of_roles(cls, costs: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        known = known_structures(info.data.get("structures", ())).values()
        roles = list(dict.fromkeys(role.name for structure in known for role in structure.roles))
        strange = [role for role in costs if role not in roles]
        refuse([((role,), "is no role of any structure here", suggest(role, roles)) for role in strange])
        return costs

    @field_validator("unequal_managers")
    @classmethod
    def _unequal_are_compared(cls, unequal: dict[str, int], info: ValidationInfo) -> dict[str, int]:
        refuse(unequal_refusals(unequal, info.data))
        return unequal

    @field_validator("risks", mode="wrap")
    @classmethod
    def _register_is_sound(cls, given: object, check: Check, info: ValidationInfo) -> object:
        organisation = info.data.get("organisation")
        pools = (
            organisation.specialists if organisation else written(info.context, "organisation", "specialists")
        )
        known = [str(name).strip() for name in pools] if isinstance(pools, dict) else None
        return checked_with(given, check, register_refusals(given, known))

    @field_validator("objective", mode="wrap")
    @classmethod
    def _objective_is_known(cls, given: object, check: Check) -> dict[str, float]:
        objective = checked_with(given, check, objective_refusals(given))
        assert isinstance(objective, dict)
        return {name: objective[name] for name in BY_NAME if name in objective}

    @field_validator("assumptions", mode="before")
    @classmethod
    def _assumptions_are_possible(cls, given: object) -> object:
        if isinstance(given, dict):
            refuse(r for name, value in given.items() for r in assumption_refusals(name, value))
        return given

    @field_validator("vary")
    @classmethod
    def _each_value_once(cls, vary: dict[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
        refuse(
            ((key,), "lists a value twice", "list each once")
            for key, values in vary.items()
            if len({json.dumps(value, sort_keys=True, default=str) for value in values}) < len(values)
        )
        return vary

    @field_validator("holidays")
    @classmethod
    def _begins_with_a_working_day(cls, holidays: tuple[date, ...], info: ValidationInfo) -> tuple[date, ...]:
        starts = info.data.get("starts")
        if starts is not None:
            refuse(start_refusals(starts, info.data.get("working_days", USUAL_DAYS), holidays))
        return holidays

    def model_post_init(self, context: Context | None, /) -> None:
        """Read the given plan, if there is one, so that the scenario carries it from here on."""
        self._folder = folder_of(context)
        self._teams = self.organisation.all_teams()
        files = self.portfolio.plan
        if files is not None:
            self._plan = _read_plan(files, self.organisation, self._folder, self.calendar)

    @property
    def structure_names(self) -> tuple[str, ...]:
        """The names of the structures to compare, in their order."""
        return tuple(structure.name for structure in self.all_structures())

    def structure(self, name: str) -> Structure:
        """The structure of this name: a preset or one of the scenario's own. Raises KeyError."""
        return known_structures(self.structures)[name]

    def all_structures(self) -> tuple[Structure, ...]:
        """The structures to run, in their order, presets and own ones in one form: those to compare; with a
        reorganisation, also the change from one to the other; then those of another number of managers.
        """
        known = known_structures(self.structures)
        compared = tuple(known[name_of(item)] for item in self.structures)
        change = self.reorganisation
        switch = (change.between(known),) if change else ()
        return (*compared, *switch, *self.unequal_structures())

    def unequal_structures(self) -> tuple[Structure, ...]:
        """The structures that have another number of managers than the rest, and are not like with like."""
        known = known_structures(self.structures)
        return tuple(known[name].with_managers(people) for name, people in self.unequal_managers.items())

    def __repr__(self) -> str:
        people = sum(team.members for team in self.teams)
        who = f"{people:,} members in {len(self.teams)} teams, {self.managers} managers"
        return f"<Scenario {self.name!r}: {who}, {self.horizon_days} days, {', '.join(self.structure_names)}>"

    @property
    def judged_by(self) -> str:
        """The outcome that structures are judged by: net value a year, or what the scenario weighs."""
        return NET_VALUE if self.objective == {NET_VALUE: 1.0} else OBJECTIVE

    @property
    def teams(self) -> tuple[Team, ...]:
        """The teams one by one, generated or given."""
        return self._teams

    @property
    def pools(self) -> dict[str, int]:
        """The specialist pools in their order: name -> units."""
        return self.organisation.specialists

    @property
    def folder(self) -> Path:
        """The folder that paths of plan files are relative to."""
        return self._folder

    @property
    def calendar(self) -> Calendar | None:
        """Which date each working day is; None where the scenario does not say."""
        if self.starts is None:
            return None
        return Calendar(self.starts, self.working_days, self.holidays)

    @property
    def plan(self) -> Plan | None:
        """The given portfolio, read with the scenario; None for a generated one."""
        return self._plan

    def content_hash(self) -> str:
        """A stable sha256 (hex) of everything here that changes the result of a run.

        Left out are the name, the number of replications, the structure of today and what is known of last
        year; a given plan counts by its content, not by the names of its files. The defaults of assumptions
        are not in it: they belong to the model's version.
        """
        content = self.model_dump(mode="json", exclude=_IN_NO_RUN | _BY_NAME)
        if self.portfolio.plan is not None:
            content["portfolio"]["plan"] |= {"tasks": repr(self._plan), "projects": None}
        content["by_name"] = [
            sorted(self.assumptions.items()),
            list(self.unequal_managers.items()),
            sorted((s, sorted(r.items())) for s, r in self.heads.items()),
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()

    def with_changes(self, changes: Mapping[str, object]) -> Scenario:
        """Another scenario: this one with the keys of `changes`, such as "portfolio.projects.at_start", set
        to new values.

        Ingredients of a structure are set by its name (`structures.separated.ranks`). Where the heads of a
        role are set, the other roles give way. Paths of plan files stay relative to this scenario's folder.
        Raises `ScenarioError` if the result is no scenario.
        """
        from sim.scenario.reader import scenario_from  # imported here because it checks what is defined here

        content = self.model_dump(mode="python", by_alias=True, exclude_unset=True)
        known = known_structures(self.structures)
        content = with_keys_set(content, changes, known, self.structures)
        items = items_at(content, STRUCTURES)
        moved = presets_in_full(items, changes) | self._presets_in_full
        try:
            return scenario_from(content, self._folder, moved=moved)
        except ScenarioError as error:
            problems = (told_by_name(problem, items, changes) for problem in error.problems)
            raise ScenarioError(problems, error.to_come) from None

    @property
    def _presets_in_full(self) -> frozenset[str]:
        """The presets that are said in full here, as something of them was moved."""
        own = {name_of(item) for item in self.structures if not isinstance(item, str)}
        return frozenset(own & PRESETS.keys())


def _read_plan(files: PlanFiles, organisation: Organisation, folder: Path, calendar: Calendar | None) -> Plan:
    teams = [team.name for team in organisation.all_teams()]
    projects = None if files.projects is None else folder / files.projects
    return read_plan(folder / files.tasks, projects, teams, organisation.specialists, calendar)
