"""The schema of a scenario: what a user may write, key by key, with ranges, units and defaults."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from sim.organisation import (
    Name,
    Organisation,
    Part,
    PlanFiles,
    Portfolio,
    Refusal,
    Team,
    folder_of,
    quantity,
    refuse,
)
from sim.plan import Plan, read_plan
from sim.reading.problems import Problem, ScenarioError, shown, suggest
from sim.reading.psplib import is_patterson, organisation_of, read_patterson


def _no_truth_value(value: Any) -> Any:
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
        8, None, None, "hours", "Time step of the simulation; 8 is a working day."
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
    structures: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = Field(
        default=("merged", "separated", "agile"), description="Names of the structures to compare, each once."
    )
    current: str = Field(
        default_factory=lambda data: data.get("structures", ("merged",))[0],
        description="The structure of today, which the others are compared with; one of structures. "
        "Default: the first of structures.",
    )
    managers: int = quantity(6, 1, 5000, "people", "Managers, the same number in each structure.")
    heads: dict[str, dict[str, Annotated[int, Field(ge=1, le=5000)]]] = Field(
        default_factory=dict,
        description="How the managers of a structure split over all its roles, as structure: {role: people}; "
        "they sum to managers. Default: in proportion to the workloads of the roles.",
        json_schema_extra={"unit": "people"},
    )
    organisation: Organisation = Field(default_factory=Organisation, description="Teams and specialists.")
    portfolio: Portfolio = Field(default_factory=Portfolio, description="The work: projects and clients.")
    assumptions: dict[str, float] = Field(
        default_factory=dict,
        description="Assumptions that differ from their defaults, as name: value, within the bounds that "
        "`rolecall assumptions` lists. Default: none.",
        json_schema_extra={"unit": "as listed"},
    )

    _folder: Path = PrivateAttr(default=Path("."))
    _plan: Plan | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _organisation_of_patterson(cls, data: Any, info: ValidationInfo) -> Any:
        """A Patterson file says what resources there are: fill in the organisation that the scenario leaves
        open.
        """
        tasks = at(data, "portfolio", "plan", "tasks")
        if not (isinstance(tasks, str) and is_patterson(tasks)):
            return data
        organisation = data.get("organisation", {})
        try:
            implied = organisation_of(read_patterson(folder_of(info.context) / tasks))
        except ScenarioError:  # told in its place, when the plan is read
            return data
        return (
            {**data, "organisation": {**implied, **organisation}} if isinstance(organisation, dict) else data
        )

    @field_validator("structures", mode="before")
    @classmethod
    def _structures_are_known(cls, given: Any) -> Any:
        from sim.structures import PRESETS

        found: list[Refusal] = []
        for i, name in enumerate(given if isinstance(given, list | tuple) else ()):
            if not isinstance(name, str) or name not in PRESETS:
                found.append(
                    ((i,), f"is {shown(name)}, which is no structure", suggest(str(name), list(PRESETS)))
                )
            elif name in given[:i]:
                found.append(((i,), f"is {name} a second time", "name each structure once"))
        refuse(found)
        return given

    @field_validator("current")
    @classmethod
    def _current_is_compared(cls, current: str, info: ValidationInfo) -> str:
        structures = info.data.get("structures", (current,))
        if current not in structures:
            refuse(
                [
                    (
                        (),
                        f"is {shown(current)}, which is not among structures",
                        f"give one of {', '.join(structures)}",
                    )
                ]
            )
        return current

    @field_validator("managers")
    @classmethod
    def _each_role_has_somebody(cls, managers: int, info: ValidationInfo) -> int:
        from sim.structures import PRESETS

        needed = {name: len(PRESETS[name].roles) for name in info.data.get("structures", ())}
        most = max(needed, key=lambda name: needed[name], default="")
        if most and managers < needed[most]:
            right = f"give at least {needed[most]}: one for each role of {most}"
            refuse([((), f"is {managers}", right)])
        return managers

    @field_validator("heads")
    @classmethod
    def _heads_sum_to_managers(
        cls, heads: dict[str, dict[str, int]], info: ValidationInfo
    ) -> dict[str, dict[str, int]]:
        structures, managers = info.data.get("structures"), info.data.get("managers")
        if structures is not None:
            refuse(
                r for name, split in heads.items() for r in _split_refusals(name, split, structures, managers)
            )
        return heads

    @field_validator("assumptions", mode="before")
    @classmethod
    def _assumptions_are_possible(cls, given: Any) -> Any:
        if isinstance(given, dict):
            refuse(r for name, value in given.items() for r in _assumption_refusals(name, value))
        return given

    def model_post_init(self, context: Any, /) -> None:
        """Read the given plan, if there is one, so that the scenario carries it from here on."""
        self._folder = folder_of(context)
        files = self.portfolio.plan
        if files is not None:
            self._plan = _read_plan(files, self.organisation, self._folder)

    @property
    def teams(self) -> tuple[Team, ...]:
        """The teams one by one, generated or given."""
        return self.organisation.all_teams()

    @property
    def pools(self) -> dict[str, int]:
        """The specialist pools in their order: name -> units."""
        return self.organisation.specialists

    @property
    def plan(self) -> Plan | None:
        """The given portfolio, read with the scenario; None for a generated one."""
        return self._plan

    def content_hash(self) -> str:
        """A stable sha256 (hex) of everything here that changes the result of a run.

        Left out are the name, the number of replications and the structure of today; a given plan counts by
        its content, not by the names of its files. The defaults of assumptions are not in it: they belong to
        the model's version.
        """
        content = self.model_dump(
            mode="json", exclude={"name", "replications", "current", "heads", "assumptions"}
        )
        content["portfolio"]["plan"] = repr(self._plan)
        content["by_name"] = [
            sorted(self.assumptions.items()),
            sorted((s, sorted(r.items())) for s, r in self.heads.items()),
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()

    def with_changes(self, changes: Mapping[str, Any]) -> Scenario:
        """Another scenario: this one with the keys of `changes`, such as "portfolio.projects.at_start", set
        to new values.

        Paths of plan files stay relative to this scenario's folder. Raises `ScenarioError` if the result is
        no scenario.
        """
        from sim.scenario import scenario_from  # imported here because it checks what is defined here

        content = self.model_dump(mode="python", exclude_unset=True)
        for key, value in changes.items():
            content = _changed(content, key.split("."), value)
        return scenario_from(content, self._folder)


def _read_plan(files: PlanFiles, organisation: Organisation, folder: Path) -> Plan:
    teams = [team.name for team in organisation.all_teams()]
    projects = None if files.projects is None else folder / files.projects
    return read_plan(folder / files.tasks, projects, teams, organisation.specialists)


def _split_refusals(
    structure: str, split: dict[str, int], structures: tuple[str, ...], managers: int | None
) -> list[Refusal]:
    """What is wrong with how the managers of one structure split over its roles."""
    from sim.structures import PRESETS

    if structure not in structures:
        return [((structure,), "is not among structures", suggest(structure, structures))]
    roles = [role.name for role in PRESETS[structure].roles]
    strange = [role for role in split if role not in roles]
    if strange:
        return [((structure, role), f"is no role of {structure}", suggest(role, roles)) for role in strange]
    left_out = [role for role in roles if role not in split]
    if left_out:
        return [((structure,), f"leaves out {', '.join(left_out)}", "give each role its people, at least 1")]
    people = sum(split.values())
    if managers is not None and people != managers:
        right = f"let them sum to managers, which is {managers}"
        return [((structure,), f"sums to {people} people", right)]
    return []


def _assumption_refusals(name: Any, value: Any) -> list[Refusal]:
    """What is wrong with one overridden assumption."""
    from sim.assumptions import load_assumptions

    known = load_assumptions()
    if name not in known:
        return [((name,), "is no assumption", suggest(str(name), list(known)))]
    assumption = known[name]
    low, high = assumption.hard_low, assumption.hard_high
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not low <= value <= high:
        return [
            ((name,), f"is {shown(value)}", f"give a number from {low:g} to {high:g} ({assumption.unit})")
        ]
    return []


def at(data: Any, *path: str) -> Any:
    """What stands at `path` in nested mappings; None if there is nothing."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _changed(content: Any, path: list[str], value: Any) -> Any:
    """A copy of nested mappings and lists with `value` at `path`; missing mappings are made."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(content, list | tuple):
        items = list(content)
        if not (key.isdecimal() and int(key) < len(items)):
            right = f"give a position from 0 to {len(items) - 1}"
            raise ScenarioError([Problem("", None, key, "is no position in this list", right)])
        items[int(key)] = _changed(items[int(key)], rest, value)
        return items
    inner = content if isinstance(content, dict) else {}
    return {**inner, key: _changed(inner.get(key), rest, value)}
