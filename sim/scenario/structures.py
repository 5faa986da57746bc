"""Structures as data: a structure is made of ingredients, and nothing else tells two structures apart.

A duty is held by a role, by the team itself (`TEAM`), or by nobody (`NOBODY`). Beside the roles stand who
ranks work across projects, the rhythm, cover, help and intake; rules are told these, never a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any, Literal, NamedTuple, get_args

from sim.vocabulary import DUTIES

TEAM = "team"
NOBODY = "nobody"
ARROW = " → "
"""Between the names of two structures of which one becomes the other."""

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

TakesPart = Literal["also_accountable", "consulted", "informed"]
"""How a role takes part in a duty that another one holds."""

FURTHER: tuple[TakesPart, ...] = get_args(TakesPart)

_CLOSE = 1e-6
"""Parts of a post smaller than this are none."""

Ranks = Literal["nobody", "own", "one", "board"]
"""Who puts work in order across projects: nobody; each holder of the ranking role their own; the first of
them all; or all of them together, in a meeting."""

Rhythm = Literal["flow", "sprints"]
"""When planning, reports and retrospectives come: by their own calendars, or once a sprint."""

Intake = Literal["at once", "when there is room"]
"""When a project that has arrived begins."""


Chosen = Literal["by_name", "by_experience"]
"""Who gets which post in a reorganisation: whoever has that title already, the others by number; or
whoever has most practice in its duties."""


@dataclass(frozen=True)
class Role:
    """A job title. Its people look after projects, or (`by_team`) after teams and what comes there."""

    name: str
    by_team: bool = False


@dataclass(frozen=True)
class Structure:
    """The ingredients of a structure.

    `holders` names for each of the fourteen duties a role, TEAM or NOBODY; `also_accountable`, `consulted`
    and `informed` name further roles of some (see `beside`). `ranks`: who puts work in order
    across projects, and `ranked_by` the role that does; None is the role that holds `resources`, and where
    no role is left to rank, nobody does. `rhythm`: in sprints, planning, reports and retrospectives come once
    a sprint, and members sit in its ceremonies; `sprint_days` is their length, None that of the assumptions.
    `cadence`: days between two recurring matters, for duties that differ from the usual. `cover`: a colleague
    of the same role stands in for what blocks others. `help`: whoever has nothing to do takes up what holds
    work up, whoever it belongs to. `intake`: when projects begin; `intake_limit` is how many may run at a
    time in a team, where they wait for room. `heads`: posts in each role, also in part; None leaves that to
    the workloads. `managers`: how many people hold its roles, where that differs from the scenario's other
    structures. `successor`: the structure that takes over on `change_day`; `announced` so many days before,
    if it unsettles people (None: it does not), and new posts are `chosen` by title or by practice. `phased`:
    so many teams go over at a time, and so many days apart; None: all on that day.
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
    announced: int | None = None
    chosen: Chosen = "by_name"
    phased: tuple[int, int] | None = None
    also_accountable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consulted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    informed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def beside(self, duty: str, part: TakesPart) -> tuple[str, ...]:
        """The roles that take part in a duty in this way beside its holder, as it comes to pass: none of what
        nobody does, and nobody is accountable beside a team.
        """
        holder = self.holders[duty]
        if holder == NOBODY or (holder == TEAM and part == "also_accountable"):
            return ()
        others = {role.name for role in self.roles} - {holder}
        return tuple(role for role in getattr(self, part).get(duty, ()) if role in others)

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

    def changing_to(
        self,
        successor: Structure,
        day: int,
        *,
        announced: int | None = None,
        chosen: Chosen = "by_name",
        phased: tuple[int, int] | None = None,
    ) -> Structure:
        """This structure, reorganised into another one on a day: see the fields of that name."""
        changed = replace(self, successor=successor, change_day=day, announced=announced, chosen=chosen)
        return replace(changed, name=f"{self.name}{ARROW}{successor.name}", phased=phased)

    @property
    def name_before(self) -> str:
        """Its name; of a structure that another one follows, that before the change."""
        after = self.successor
        return self.name.partition(f"{ARROW}{after.name}")[0] if after else self.name

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


def _preset(name: str, *roles: Role, by: Mapping[str, tuple[str, ...]], **others: Any) -> Structure:
    """A preset. What differs between them beside the roles is said; all else is the same for all."""
    alike: dict[str, Any] = {"ranks": "own", "rhythm": "flow", "intake": "at once"}
    return Structure(name, roles, _held(by), **alike | others, cover=True, help=True)


PRESETS: dict[str, Structure] = {
    structure.name: structure
    for structure in (
        _preset("merged", Role("delivery_lead"), by={"delivery_lead": DUTIES}),
        _preset(
            "separated",
            Role("project_manager"),
            Role("delivery_manager"),
            by={"project_manager": PROJECT_DUTIES, "delivery_manager": DELIVERY_DUTIES},
        ),
        _preset(
            "agile",
            Role("product_owner"),
            Role("scrum_master", by_team=True),
            by={
                "product_owner": (
                    *("planning", "budget", "project_risk", "reporting", "tracking"),
                    *("resources", "stakeholders", "satisfaction"),
                ),
                "scrum_master": ("process", "coordination", "service_oversight", "operational_risk"),
                TEAM: ("allocation", "timeline"),
            },
            rhythm="sprints",
        ),
        _preset("pm_only", Role("project_manager"), by={"project_manager": PROJECT_DUTIES}, ranks="nobody"),
        _preset("dm_only", Role("delivery_manager"), by={"delivery_manager": DELIVERY_DUTIES}),
    )
}
"""The structures that a scenario may name.

Who ranks is the same in all, each holder of `resources` their own projects, as are cover, help and intake: so
that `separated` differs from `merged` by the roles alone, and `agile` by roles and sprints. One who ranks all
projects is a variant of any of them, not a property of the split.
"""


class Seat(NamedTuple):
    """The people of a role: the first of them, how many there are, and the part of a post the last has."""

    first: int
    people: int
    last_share: float


def seats_of(heads: Mapping[str, float]) -> dict[str, Seat]:
    """The people of each role, one role after the other, for so many posts in each."""
    found, first = {}, 0
    for role, posts in heads.items():
        people = ceil(posts - _CLOSE)
        found[role] = Seat(first, people, posts - (people - 1))
        first += people
    return found


def shared_seats(structure: Structure, managers: int, workload: Mapping[str, float]) -> dict[str, Seat]:
    """Who holds which role where there are fewer managers than roles: some hold several.

    The role with the most work first, each to whoever has the least so far.
    """
    work = _work(structure, workload)
    load, given = [0.0] * managers, {}
    for name in sorted(work, key=lambda name: -work[name]):
        person = min(range(managers), key=load.__getitem__)
        load[person] += work[name]
        given[name] = Seat(person, 1, 1.0)
    return {name: given[name] for name in work}


def split_heads(
    structure: Structure,
    managers: int,
    workload: Mapping[str, float],
    said: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """How many posts each role has: the split of `managers` with the least load on the busiest role.

    `workload` is the work of each duty (hours a week, or any measure). `said` are roles whose posts are
    known; the others share what is left. Heads are given out one by one to the role with the most work a
    head, which minimises the largest; what is left of a post goes last. Where there are fewer posts than
    roles, each role has an equal part of them.
    """
    work, said = _work(structure, workload), dict(said or {})
    open_roles = [name for name in work if name not in said]
    left = managers - sum(said.values())
    if left < len(open_roles):
        return {name: said.get(name, left / max(1, len(open_roles))) for name in work}
    heads: dict[str, float] = dict.fromkeys(open_roles, 1)
    left -= len(heads)
    while open_roles and left > _CLOSE:
        part = min(1, left)
        busiest = max(heads, key=lambda name: work[name] / heads[name])
        heads[busiest] += part if part < 1 - _CLOSE else 1
        left -= part
    return {name: said.get(name, heads.get(name, 0)) for name in work}


def _work(structure: Structure, workload: Mapping[str, float]) -> dict[str, float]:
    """The work of each role."""
    return {role.name: sum(workload[duty] for duty in structure.duties_of(role)) for role in structure.roles}
