"""What a user may write about structures: names of presets, and matrices of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    Tag,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from sim.scenario.base import FULL, ONE_LINE, SHORT, Part, Refusal, mapping_at, refuse, refuse_also
from sim.scenario.further_roles import FurtherRoles, ordered, refusals_of_further
from sim.scenario.likeness import in_todays_words
from sim.scenario.reading.problems import nearest, shown, suggest
from sim.scenario.role_definitions import known_by_name, published_names
from sim.scenario.structures import (
    FURTHER,
    NOBODY,
    ON_OCCASION,
    PRESETS,
    TEAM,
    Intake,
    Ranks,
    Rhythm,
    Role,
    Structure,
)
from sim.vocabulary import DUTIES

ShortName = Annotated[str, Field(min_length=1, max_length=60, pattern=ONE_LINE)]
"""A name on one line that still fits into a table's column."""

Days = Annotated[float, Field(ge=1, le=1000)]

HOLDERS = "a role, team or nobody"

MOVED = "moved"
"""In the context of a check: the presets of which an ingredient was moved, so that they are said in full."""


Heads = Annotated[float, Field(ge=0.1, le=5000)]
"""Posts of a role: whole people, or with a part of a post."""


class OwnRole(Part):
    """A role of one's own structure."""

    heads: Heads | None = Field(
        default=None,
        description="Posts in this role; 3.5 is three people and one who works half the hours. The heads of "
        "all roles sum to managers. Default: what the other roles leave, in proportion to the workloads.",
        json_schema_extra={"unit": "posts"},
    )
    looks_after: Literal["projects", "teams"] = Field(
        default="projects",
        description="How the work is dealt to the people of this role: project by project, or team by team.",
    )


class OwnStructure(Part):
    """A structure of one's own: its ingredients, in full or by what differs from another one."""

    name: ShortName = Field(description="What the structure is called in tables and figures.")
    like: str | None = Field(
        default=None,
        description="A preset, a published definition of roles or another of structures that this one is "
        "like, but for what it says itself; of roles, duties and what else is said by duty key by key. "
        "Default: none, all is said here.",
    )
    roles: Annotated[dict[ShortName, OwnRole], Field(min_length=1)] = Field(
        description="The roles of its managers, as role: {heads, looks_after}."
    )
    duties: dict[str, str] = Field(
        description="Who holds each of the fourteen duties: a role, `team` (the team itself) or `nobody`."
    )
    also_accountable: FurtherRoles = Field(
        default_factory=dict,
        description="Of duties with more than one in charge: the roles that are accountable beside the "
        "holder, as duty: role, or duty: [role, role]. Each of them could think a matter of it theirs. "
        "Default: none.",
    )
    consulted: FurtherRoles = Field(
        default_factory=dict,
        description="Roles that are asked about each matter of a duty, likewise: `consult_hours` of theirs "
        "and of its holder's. Default: none.",
    )
    informed: FurtherRoles = Field(
        default_factory=dict,
        description="Roles that are told of each matter of a duty, likewise: `inform_hours` of theirs. "
        "Default: none.",
    )
    ranked_by: str | None = Field(
        default=None,
        description="The role whose people put work in order across projects. Default: the one that holds "
        "resources.",
    )
    ranks: Ranks | None = Field(
        default=None,
        description="Who puts work in order across projects: `nobody`; `own`, each of the ranking role their "
        "own projects; `one`, the first of them all projects; or `board`, all of them together, in a meeting "
        "each week. Default: `own`; `nobody` where no role holds resources.",
    )
    rhythm: Rhythm = Field(
        default="flow",
        description="Whether planning, reports and retrospectives come by their own calendars (`flow`) or "
        "once a sprint, with its ceremonies (`sprints`).",
    )
    sprint_days: Days | None = Field(
        default=None,
        description="With sprints: how long one is. Default: the assumption `sprint_days`.",
        json_schema_extra={"unit": "working days"},
    )
    cadence: dict[str, Days] = Field(
        default_factory=dict,
        description="Time between two recurring matters of a duty, as duty: days. "
        "Default: as in the presets.",
        json_schema_extra={"unit": "working days"},
    )
    cover: bool = Field(
        default=True,
        description="Whether a colleague of the same role stands in for what blocks others while someone is "
        "away.",
    )
    help: bool = Field(
        default=True,
        description="Whether who has an empty in-tray takes up what holds work up from any colleague.",
    )
    intake: Intake = Field(
        default="at once",
        description="When a project that has arrived begins: `at once`, or `when there is room` in its team.",
    )
    intake_limit: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None,
        validate_default=True,
        description="With intake when there is room: how many projects may run in a team at a time.",
        json_schema_extra={"unit": "projects"},
    )

    def as_structure(self) -> Structure:
        """The structure as the model knows it, in the same form as the presets."""
        heads = {name: role.heads for name, role in self.roles.items() if role.heads is not None}
        ranking = self.ranked_by or self.duties.get("resources")
        return Structure(
            self.name,
            tuple(Role(name, role.looks_after == "teams") for name, role in self.roles.items()),
            self.duties,
            ranks=self.ranks or ("own" if ranking in self.roles else "nobody"),
            ranked_by=self.ranked_by,
            rhythm=self.rhythm,
            sprint_days=self.sprint_days,
            cadence=self.cadence,
            cover=self.cover,
            help=self.help,
            intake=self.intake,
            intake_limit=self.intake_limit,
            heads=heads or None,
            also_accountable=ordered(self.also_accountable),
            consulted=ordered(self.consulted),
            informed=ordered(self.informed),
        )

    @model_validator(mode="wrap")
    @classmethod
    def _all_is_told(cls, given: object, check: ModelWrapValidatorHandler[Self]) -> Self:
        """Old keys are read. Holders are told from strangers by the names of the roles, even if these are
        wrong otherwise.
        """
        given, old = _without_old_keys(given)
        try:
            value = check(given)
        except ValidationError as error:
            wrong = any(each["loc"][:1] == ("roles",) for each in error.errors(include_url=False))
            duties, roles = mapping_at(given, "duties"), mapping_at(given, "roles")
            known = [str(role).strip() for role in roles]
            found = _role_refusals(duties, known) if wrong and known else []
            refuse_also(error, [*old, *((("duties", *place), said, right) for place, said, right in found)])
        refuse(old)
        return value

    @field_validator("name")
    @classmethod
    def _is_no_preset(cls, name: str, info: ValidationInfo) -> str:
        if name in PRESETS and name not in (info.context or {}).get(MOVED, ()):
            refuse([((), f"is {name}, which Rolecall knows already", "give it a name of its own")])
        return name

    @field_validator("roles")
    @classmethod
    def _roles_are_sound(cls, roles: dict[str, OwnRole]) -> dict[str, OwnRole]:
        found: list[Refusal] = [
            ((name,), "is no name for a role: it says who else may hold a duty", "name the role otherwise")
            for name in roles
            if name in (TEAM, NOBODY)
        ]
        refuse(found)
        return roles

    @field_validator("duties", mode="before")
    @classmethod
    def _each_duty_is_somebodys_or_nobodys(cls, given: object, info: ValidationInfo) -> object:
        if not isinstance(given, dict):
            return given
        refuse([*_duty_refusals(given), *_holder_refusals(given, info.data.get("roles"))])
        return {duty: given[duty] for duty in DUTIES}

    @field_validator(*FURTHER)
    @classmethod
    def _further_roles_are_known(cls, given: FurtherRoles, info: ValidationInfo) -> FurtherRoles:
        refuse(refusals_of_further(given, info.data.get("roles")))
        return given

    @field_validator("ranked_by")
    @classmethod
    def _ranked_by_a_role(cls, role: str | None, info: ValidationInfo) -> str | None:
        roles = info.data.get("roles")
        if role is not None and roles is not None and role not in roles:
            refuse([((), f"is {shown(role)}, which is no role here", suggest(role, list(roles)))])
        return role

    @field_validator("ranks")
    @classmethod
    def _somebody_ranks(cls, ranks: str | None, info: ValidationInfo) -> str | None:
        by, holder = info.data.get("ranked_by"), info.data.get("duties", {}).get("resources")
        if ranks == "nobody" and by is not None:
            refuse([((), f"is nobody, but ranked_by is {by}", "keep one of the two")])
        if ranks not in (None, "nobody") and by is None and holder in (TEAM, NOBODY):
            right = "name the role that ranks (ranked_by), or leave it out"
            refuse([((), f"is {ranks}, but resources is held by {holder}", right)])
        return ranks

    @field_validator("sprint_days")
    @classmethod
    def _goes_with_sprints(cls, days: float | None, info: ValidationInfo) -> float | None:
        if days is not None and info.data.get("rhythm") == "flow":
            refuse([((), "is given, but the rhythm is flow", "leave it out, or give rhythm: sprints")])
        return days

    @field_validator("intake_limit")
    @classmethod
    def _goes_with_waiting(cls, limit: int | None, info: ValidationInfo) -> int | None:
        intake = info.data.get("intake")
        if limit is None and intake == "when there is room":
            refuse([((), "is missing", "say how many projects may run in a team at a time")])
        if limit is not None and intake == "at once":
            right = "leave it out, or give intake: when there is room"
            refuse([((), "is given, but projects begin at once", right)])
        return limit

    @field_validator("cadence")
    @classmethod
    def _recurs(cls, cadence: dict[str, float]) -> dict[str, float]:
        recurring = [duty for duty in DUTIES if duty not in ON_OCCASION]
        found: list[Refusal] = [
            ((duty,), "comes up on occasion, not every so many days", "leave it out")
            if duty in ON_OCCASION
            else ((duty,), "is no duty", suggest(duty, recurring))
            for duty in cadence
            if duty not in recurring
        ]
        refuse(found)
        return {duty: cadence[duty] for duty in recurring if duty in cadence}


def _without_old_keys(given: object) -> tuple[object, list[Refusal]]:
    """A structure as it was written in the keys of today, and what is wrong with old ones."""
    today = in_todays_words(given) if isinstance(given, dict) else given
    if not isinstance(today, dict) or "sprints" not in today:
        return today, []
    sprints = today.pop("sprints")
    if "rhythm" in today:
        wrong, right = "is given beside rhythm, which has taken its place", "leave it out"
    else:
        wrong, right = f"is {shown(sprints)}", "say rhythm: sprints, or rhythm: flow"
    return today, [(("sprints",), wrong, right)]


def _duty_refusals(duties: Mapping[str, object]) -> list[Refusal]:
    """Duties that there are not, and those that are left out."""
    strange = [duty for duty in duties if duty not in DUTIES]
    meant = [nearest(str(duty), DUTIES) for duty in strange]  # told as misspelt, so not as left out as well
    found: list[Refusal] = [((duty,), "is no duty", suggest(str(duty), DUTIES)) for duty in strange]
    left_out = [duty for duty in DUTIES if duty not in duties and duty not in meant]
    if left_out:
        are, each = ("are", "each") if len(left_out) > 1 else ("is", "it")
        wrong = f"{', '.join(left_out)} {are} missing"
        found.append(((), wrong, f"give {each} a holder ({HOLDERS})"))
    return found


def _holder_refusals(duties: Mapping[str, object], roles: Mapping[str, OwnRole] | None) -> list[Refusal]:
    """Holders that are none; of roles only if they are sound themselves."""
    found: list[Refusal] = []
    for duty, holder in duties.items():
        if isinstance(holder, list | tuple) and holder:
            found.append(((duty,), f"is {shown(holder)}", "name the one who is accountable for it"))
        elif not isinstance(holder, str) or not holder:
            found.append(((duty,), f"is {shown(holder)}", f"give {HOLDERS}"))
    return found if roles is None else found + _role_refusals(duties, list(roles))


def _role_refusals(duties: Mapping[str, object], roles: Sequence[str]) -> list[Refusal]:
    """Holders that are no roles."""
    holders = [*roles, TEAM, NOBODY]
    found: list[Refusal] = []
    for duty, holder in duties.items():
        if isinstance(holder, str) and holder and holder not in holders:
            wrong = f"is held by {shown(holder)}, which is no role here"
            found.append(((duty,), wrong, suggest(holder, holders)))
    return found


def _is_preset(name: str) -> str:
    if name not in PRESETS:
        refuse([((), f"is {shown(name)}, which is no structure", suggest(name, list(known_by_name())))])
    return name


def _way_of_structure(value: object) -> str:
    return FULL if isinstance(value, dict | OwnStructure) else SHORT


PresetName = Annotated[
    str, AfterValidator(_is_preset), WithJsonSchema({"type": "string", "enum": list(PRESETS)}), Tag(SHORT)
]
AnyStructure = Annotated[
    PresetName | Annotated[OwnStructure, Tag(FULL)],
    Discriminator(_way_of_structure),
]
"""The name of a preset, or a matrix of one's own."""


def name_of(item: str | OwnStructure) -> str:
    """The name of a preset or of a structure of one's own."""
    return item if isinstance(item, str) else item.name


def known_structures(items: Iterable[str | OwnStructure]) -> dict[str, Structure]:
    """Every structure that a scenario may refer to by name: the presets, its own, and published ones."""
    own = (item.as_structure() for item in items if isinstance(item, OwnStructure))
    known = PRESETS | {structure.name: structure for structure in own}
    return known | {name: known_by_name()[name] for name in published_names() if name not in known}


def _written_name(item: object) -> str | None:
    """What a structure, as it was written, is called; None if that cannot be told."""
    name = item.get("name") if isinstance(item, dict) else getattr(item, "name", item)
    return name.strip() if isinstance(name, str) else None


def repeated(items: object) -> list[Refusal]:
    """Structures that a list, as it was written, names a second time."""
    found: list[Refusal] = []
    names: set[str | None] = set()
    for i, item in enumerate(items if isinstance(items, Sequence) and not isinstance(items, str) else ()):
        own = isinstance(item, dict | OwnStructure)
        name = _written_name(item)
        if name is not None and name in names and not (own and name in PRESETS):
            place: tuple[str | int, ...] = (i, "name") if own else (i,)
            found.append((place, f"is {name} a second time", "name each structure once"))
        names.add(name)
    return found
