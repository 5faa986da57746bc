"""What a user may write about structures: names of presets, matrices of one's own, and a reorganisation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

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

from sim.outcomes import DUTIES
from sim.parts import FULL, ONE_LINE, SHORT, Part, Refusal, at, quantity, refuse, refuse_also
from sim.reading.problems import nearest, shown, suggest
from sim.structures import NOBODY, ON_OCCASION, PRESETS, TEAM, Role, Structure

ShortName = Annotated[str, Field(min_length=1, max_length=60, pattern=ONE_LINE)]
"""A name on one line that still fits into a table's column."""

Days = Annotated[float, Field(ge=1, le=1000)]

HOLDERS = "a role, team or nobody"


class OwnRole(Part):
    """A role of one's own structure."""

    heads: Annotated[int, Field(ge=1, le=5000)] | None = Field(
        default=None,
        description="Managers in this role; say it for all roles of the structure or for none, and let them "
        "sum to managers. Default: in proportion to the workloads of the roles.",
        json_schema_extra={"unit": "people"},
    )
    looks_after: Literal["projects", "teams"] = Field(
        default="projects",
        description="How the work is dealt to the people of this role: project by project, or team by team.",
    )


class OwnStructure(Part):
    """A structure of one's own: a matrix of the fourteen duties over roles."""

    name: ShortName = Field(description="What the structure is called in tables and figures.")
    roles: Annotated[dict[ShortName, OwnRole], Field(min_length=1)] = Field(
        description="The roles of its managers, as role: {heads, looks_after}."
    )
    duties: dict[str, str] = Field(
        description="Who holds each of the fourteen duties: a role, `team` (the team itself) or `nobody`."
    )
    sprints: bool = Field(
        default=False,
        description="Whether planning, reports and retrospectives come once a sprint, with its ceremonies.",
    )
    ranks: Literal["all", "own"] = Field(
        default="own",
        description="With resources: whether one person ranks all projects, or each holder their own.",
    )
    cover: bool = Field(
        default=False,
        description="Whether a colleague of the same role stands in for what blocks others.",
    )
    cadence: dict[str, Days] = Field(
        default_factory=dict,
        description="Time between two recurring matters of a duty, as duty: days. "
        "Default: as in the presets.",
        json_schema_extra={"unit": "working days"},
    )

    def as_structure(self) -> Structure:
        """The structure as the model knows it, in the same form as the presets."""
        heads = {name: role.heads for name, role in self.roles.items() if role.heads is not None}
        return Structure(
            self.name,
            tuple(Role(name, role.looks_after == "teams") for name, role in self.roles.items()),
            self.duties,
            ranks="one" if self.ranks == "all" else "own",
            rhythm="sprints" if self.sprints else "flow",
            cover=self.cover,
            help=False,
            cadence=self.cadence,
            heads=heads or None,
        )

    @model_validator(mode="wrap")
    @classmethod
    def _holders_are_roles(cls, given: Any, check: ModelWrapValidatorHandler[Self]) -> Self:
        """Holders are told from strangers by the names of the roles, even if these are wrong otherwise."""
        try:
            return check(given)
        except ValidationError as error:
            wrong = any(each["loc"][:1] == ("roles",) for each in error.errors(include_url=False))
            duties, roles = at(given, "duties"), at(given, "roles")
            known = wrong and isinstance(duties, dict) and isinstance(roles, dict) and roles
            found = _role_refusals(duties, [str(role).strip() for role in roles]) if known else []
            refuse_also(error, [(("duties", *place), wrong, right) for place, wrong, right in found])

    @field_validator("name")
    @classmethod
    def _is_no_preset(cls, name: str) -> str:
        if name in PRESETS:
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
        without = [name for name, role in roles.items() if role.heads is None]
        if 0 < len(without) < len(roles):
            right = "give the heads of all roles, or of none"
            found.append(((), f"the heads of {', '.join(without)} are missing", right))
        refuse(found)
        return roles

    @field_validator("duties", mode="before")
    @classmethod
    def _each_duty_is_somebodys_or_nobodys(cls, given: Any, info: ValidationInfo) -> Any:
        if not isinstance(given, dict):
            return given
        refuse([*_duty_refusals(given), *_holder_refusals(given, info.data.get("roles"))])
        return {duty: given[duty] for duty in DUTIES}

    @field_validator("ranks")
    @classmethod
    def _somebody_ranks(cls, ranks: str, info: ValidationInfo) -> str:
        holder = info.data.get("duties", {}).get("resources")
        if ranks == "all" and holder in (TEAM, NOBODY):
            right = "leave it out, or give resources to a role"
            refuse([((), f"is all, but resources is held by {holder}", right)])
        return ranks

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


def _duty_refusals(duties: Mapping[Any, Any]) -> list[Refusal]:
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


def _holder_refusals(duties: Mapping[Any, Any], roles: Mapping[str, OwnRole] | None) -> list[Refusal]:
    """Holders that are none, and roles that hold nothing; of roles only if they are sound themselves."""
    found: list[Refusal] = []
    for duty, holder in duties.items():
        if isinstance(holder, list | tuple) and holder:
            found.append(((duty,), f"is {shown(holder)}", "name the one who is accountable for it"))
        elif not isinstance(holder, str) or not holder:
            found.append(((duty,), f"is {shown(holder)}", f"give {HOLDERS}"))
    return found if roles is None else found + _role_refusals(duties, list(roles))


def _role_refusals(duties: Mapping[Any, Any], roles: Sequence[str]) -> list[Refusal]:
    """Holders that are no roles, and roles that hold nothing."""
    holders = [*roles, TEAM, NOBODY]
    found: list[Refusal] = []
    meant: set[str | None] = set()
    for duty, holder in duties.items():
        several = holder if isinstance(holder, list | tuple) else [holder]
        meant |= {nearest(each, holders) for each in several if isinstance(each, str)}
        if isinstance(holder, str) and holder and holder not in holders:
            wrong = f"is held by {shown(holder)}, which is no role here"
            found.append(((duty,), wrong, suggest(holder, holders)))
    idle = [role for role in roles if role not in meant and role not in (TEAM, NOBODY)]
    right = "give it a duty, or leave the role out"
    return found + [((), f"{role} has nothing to do", right) for role in idle]


def _is_preset(name: str) -> str:
    if name not in PRESETS:
        refuse([((), f"is {shown(name)}, which is no structure", suggest(name, list(PRESETS)))])
    return name


def _way_of_structure(value: Any) -> str:
    return FULL if isinstance(value, dict | OwnStructure) else SHORT


PresetName = Annotated[
    str, AfterValidator(_is_preset), WithJsonSchema({"type": "string", "enum": list(PRESETS)}), Tag(SHORT)
]
AnyStructure = Annotated[
    PresetName | Annotated[OwnStructure, Tag(FULL)],
    Discriminator(_way_of_structure),
]
"""The name of a preset, or a matrix of one's own."""


class Reorganisation(Part):
    """A switch from one structure to another while work goes on."""

    from_: str = Field(alias="from", description="The structure before: a preset, or one of structures.")
    to: str = Field(description="The structure after: a preset, or one of structures.")
    day: int = quantity(..., 1, 10_000, "working days", "The first day of the new structure.")


def switch_refusals(
    said: Mapping[Any, Any], known: Mapping[str, Structure], managers: int | None
) -> list[Refusal]:
    """What is wrong with the two structures of a reorganisation, as it was written."""
    found: list[Refusal] = []
    for key in ("from", "to"):
        name = said.get(key)
        if not isinstance(name, str):
            continue
        name = name.strip()
        if name not in known:
            wrong = f"is {shown(name)}, which is no structure"
            found.append(((key,), wrong, suggest(name, list(known))))
        elif managers is not None and len(known[name].roles) > managers:
            wrong = f"is {name}, which needs {len(known[name].roles)} managers: one for each role"
            found.append(((key,), wrong, f"name another, or give more managers than {managers}"))
    return found


def name_of(item: str | OwnStructure) -> str:
    """The name of a preset or of a structure of one's own."""
    return item if isinstance(item, str) else item.name


def known_structures(items: Iterable[str | OwnStructure]) -> dict[str, Structure]:
    """Every structure that a scenario may refer to by name: the presets, and its own."""
    own = (item.as_structure() for item in items if isinstance(item, OwnStructure))
    return PRESETS | {structure.name: structure for structure in own}


def with_stand_ins(items: Sequence[Any], wrong: Collection[int]) -> tuple[list[Any], set[str]] | None:
    """A list of structures, as it was written, in which whatever names the `wrong` ones can be checked.

    A misspelt preset gives way to the one that was meant, any other to a stand-in of the same name, of which
    nothing else is known; with the names of these. None where it cannot be known what a wrong one is called.
    """
    taken = {_written_name(item) for i, item in enumerate(items) if i not in wrong}
    filled, stood_in = list(items), set()
    for i in sorted(wrong):
        name = _written_name(items[i])
        if name is None:
            return None
        meant = nearest(name, PRESETS) if isinstance(items[i], str) else None
        if meant is not None and meant not in taken:
            filled[i] = name = meant
        else:
            name = f"{name} ({i})" if name in taken else name
            filled[i] = OwnStructure.model_construct(name=name, roles={"": OwnRole()}, duties={})
            stood_in.add(name)
        taken.add(name)
    return filled, stood_in


def _written_name(item: Any) -> str | None:
    """What a structure, as it was written, is called; None if that cannot be told."""
    name = item.get("name") if isinstance(item, dict) else getattr(item, "name", item)
    return name.strip() if isinstance(name, str) else None


def repeated(items: Any) -> list[Refusal]:
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
