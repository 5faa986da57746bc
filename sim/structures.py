"""Structures as data: a structure is made of ingredients, and nothing else tells two structures apart.

A duty is held by a role, by the team itself (`TEAM`), or by nobody (`NOBODY`). Beside the roles stand who
ranks work across projects, the rhythm, cover, help and intake; rules are told these, never a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from sim.outcomes import DUTIES

TEAM = "team"
NOBODY = "nobody"

PROJECT_DUTIES = DUTIES[:7]
DELIVERY_DUTIES = DUTIES[7:]

# The places where both titles claim the work.
OVERLAP_AREAS = {
    "risk": ("project_risk", "operational_risk"),
    "stakeholders": ("reporting", "stakeholders"),
    "resources": ("allocation", "resources"),
    "quality": ("tracking", "service_oversight", "satisfaction"),
}
PROACTIVE_DUTIES = ("timeline", "project_risk", "tracking", "process", "operational_risk")
TEAM_DUTIES = ("process", "operational_risk")  # about teams, whoever holds them
ON_OCCASION = ("allocation", "coordination")  # never due by the calendar, whatever the cadence

Ranks = Literal["nobody", "own", "one", "board"]
"""Who puts work in order across projects: nobody; each holder of the ranking role their own; the first of
them all; or all of them together, in a meeting."""

Rhythm = Literal["flow", "sprints"]
"""When planning, reports and retrospectives come: by their own calendars, or once a sprint."""

Intake = Literal["at once", "when there is room"]
"""When a project that has arrived begins."""


@dataclass(frozen=True)
class Role:
    """A job title. Its people look after projects, or (`by_team`) after teams and what comes there."""

    name: str
    by_team: bool = False


@dataclass(frozen=True)
class Structure:
    """The ingredients of a structure.

    `holders` names for each of the fourteen duties a role, TEAM or NOBODY. `ranks`: who puts work in order
    across projects, and `ranked_by` the role that does; None is the role that holds `resources`, and where
    no role is left to rank, nobody does. `rhythm`: in sprints, planning, reports and retrospectives come once
    a sprint, and members sit in its ceremonies; `sprint_days` is their length, None that of the assumptions.
    `cadence`: days between two recurring matters, for duties that differ from the usual. `cover`: a colleague
    of the same role stands in for what blocks others. `help`: whoever has nothing to do takes up what holds
    work up, whoever it belongs to. `intake`: when projects begin; `intake_limit` is how many may run at a
    time in a team, where they wait for room. `heads`: posts in each role, also in part; None leaves that to
    the workloads. `managers`: how many people hold its roles, where that differs from the scenario's other
    structures. `successor`: the structure that takes over on `change_day`.
    """

    name: str
    roles: tuple[Role, ...]
    holders: Mapping[str, str]
    ranks: Ranks = "own"
    ranked_by: str | None = None
    rhythm: Rhythm = "flow"
    sprint_days: float | None = None
    cadence: Mapping[str, float] = field(default_factory=dict)
    cover: bool = True
    help: bool = True
    intake: Intake = "at once"
    intake_limit: int | None = None
    heads: Mapping[str, float] | None = None
    managers: int | None = None
    successor: Structure | None = None
    change_day: int = 0

    @property
    def ranking_role(self) -> Role | None:
        """The role whose people rank; None if nobody does."""
        by = self.ranked_by or self.holders["resources"]
        found = [role for role in self.roles if role.name == by]
        return found[0] if found and self.ranks != "nobody" else None

    @property
    def ranked(self) -> Ranks:
        """Who ranks, as it comes to pass: nobody, where the role that should is not there."""
        return self.ranks if self.ranking_role else "nobody"

    def changing_to(self, successor: Structure, day: int) -> Structure:
        """This structure, reorganised into another one on a day."""
        name = f"{self.name} → {successor.name}"
        return replace(self, name=name, successor=successor, change_day=day)

    def with_managers(self, managers: int) -> Structure:
        """The same structure with another number of managers, and a name that says so."""
        people = "one manager" if managers == 1 else f"{managers:,} managers"
        return replace(self, name=f"{self.name} with {people}", managers=managers)

    def without(self, duty: str) -> Structure:
        """The same structure with one duty held by nobody."""
        return replace(self, name=f"{self.name} without {duty}", holders={**self.holders, duty: NOBODY})

    def duties_of(self, role: Role) -> list[str]:
        """The duties that a role holds."""
        return [duty for duty in DUTIES if self.holders[duty] == role.name]


def _held(by: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Turn holder -> duties into duty -> holder; what is not named is held by nobody."""
    return dict.fromkeys(DUTIES, NOBODY) | {duty: holder for holder, duties in by.items() for duty in duties}


PRESETS: dict[str, Structure] = {
    structure.name: structure
    for structure in (
        Structure(
            "merged",
            (Role("delivery_lead"),),
            _held({"delivery_lead": DUTIES}),
            cover=False,
            help=False,
        ),
        Structure(
            "separated",
            (Role("project_manager"), Role("delivery_manager")),
            _held({"project_manager": PROJECT_DUTIES, "delivery_manager": DELIVERY_DUTIES}),
            ranks="one",
            cover=False,
            help=False,
        ),
        Structure(
            "agile",
            (Role("product_owner"), Role("scrum_master", by_team=True)),
            _held(
                {
                    "product_owner": (
                        *("planning", "budget", "reporting", "tracking"),
                        *("resources", "stakeholders", "satisfaction"),
                    ),
                    "scrum_master": ("process", "coordination", "service_oversight", "operational_risk"),
                    TEAM: ("allocation", "timeline", "project_risk"),
                }
            ),
            rhythm="sprints",
            cover=False,
            help=False,
        ),
        Structure(
            "pm_only",
            (Role("project_manager"),),
            _held({"project_manager": PROJECT_DUTIES}),
            ranks="nobody",
            cover=False,
            help=False,
        ),
        Structure(
            "dm_only",
            (Role("delivery_manager"),),
            _held({"delivery_manager": DELIVERY_DUTIES}),
            ranks="one",
            cover=False,
            help=False,
        ),
    )
}
"""The structures that a scenario may name."""


def split_heads(structure: Structure, managers: int, workload: Mapping[str, float]) -> dict[str, int]:
    """How many people hold each role: the split of `managers` with the least load on the busiest role.

    `workload` is the work of each duty (hours a week, or any measure). Heads are given out one by one to the
    role with the most work a head, which minimises the largest. Raises ValueError with too few managers.
    """
    if managers < len(structure.roles):
        raise ValueError(f"{structure.name} has {len(structure.roles)} roles, so it needs as many managers")
    work = {role.name: sum(workload[duty] for duty in structure.duties_of(role)) for role in structure.roles}
    heads = {role.name: 1 for role in structure.roles}
    for _ in range(managers - len(heads)):
        busiest = max(heads, key=lambda name: work[name] / heads[name])
        heads[busiest] += 1
    return heads
