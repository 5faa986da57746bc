"""What each structure is made of, side by side: heads, duties, ranking, rhythm, cover, help and intake.

It stands at the head of every answer, so that nobody takes the gain of one ingredient for that of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.words.holders import posts_of
from analysis.words.numbers import listed
from analysis.words.sources import origins, told_of_sources
from sim.building.workload import seats, split
from sim.scenario.assumptions import values
from sim.scenario.likeness import further_of
from sim.scenario.own_structures import known_structures
from sim.scenario.role_definitions import SILENT, Definition
from sim.scenario.structures import FURTHER, NOBODY, TEAM, Structure
from sim.vocabulary import DUTIES, in_words

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario import Scenario

DIFFERS, _ALIKE = "≠", ""
TITLE = "What each structure is made of"
_LEGEND = f"{DIFFERS} marks what differs."
USUAL = "as usual"
ALWAYS_SHOWN = 3
"""Ingredients shown even where all structures have the same: roles, duties and who ranks."""

_MADE_OF = ("heads", "managers", "unequal_managers", "structures")
"""Headings of keys that change what structures are made of."""

_BESIDE = "others"
"""Who takes part in duties beside their holders: told only where anybody does."""

_WIDTH_OF_LABEL = 10
_LEAST_WIDTH = 15


@dataclass(frozen=True)
class Ingredient:
    """One ingredient: what each structure has of it, in lines; `differs` where they have not all the same."""

    name: str
    of: tuple[tuple[str, ...], ...]
    differs: bool


@dataclass(frozen=True)
class Ingredients:
    """The ingredients of several structures, in the order of their names."""

    structures: tuple[str, ...]
    rows: tuple[Ingredient, ...]

    @property
    def shown(self) -> tuple[Ingredient, ...]:
        """Those that stand in a table: the first ones, and what differs."""
        return tuple(row for n, row in enumerate(self.rows) if n < ALWAYS_SHOWN or row.differs)

    @property
    def same(self) -> str:
        """A sentence about all others, which are the same in each structure."""
        rest = [f"{row.name} {', '.join(row.of[0])}" for row in self.rows if row not in self.shown]
        everywhere = "The same in all: " if len(self.structures) > 1 else "Besides: "
        return f"{everywhere}{'; '.join(rest)}." if rest else ""


def ingredients(scenario: Scenario, also: Sequence[Structure] = ()) -> Ingredients:
    """The ingredients of a scenario's structures, and `also` of others; of a change, of both its ends."""
    found = (*structures_of(scenario), *also)
    said = [name for name in _SAID if name != _BESIDE or any(map(further_of, found))]
    rows = tuple(_ingredient(name, scenario, found) for name in said)
    return Ingredients(tuple(structure.name for structure in found), rows)


def _ingredient(name: str, scenario: Scenario, found: Sequence[Structure]) -> Ingredient:
    said = tuple(tuple(_SAID[name](scenario, found, structure)) for structure in found)
    held = {tuple(structure.holders[duty] for duty in DUTIES) for structure in found}
    return Ingredient(name, said, len(held if name == "duties" else set(said)) > 1)


def structures_of(scenario: Scenario) -> tuple[Structure, ...]:
    """The structures that have ingredients of their own: those compared, and the ends of a change."""
    known, change = known_structures(scenario.structures), scenario.reorganisation
    found = {s.name: s for s in scenario.all_structures() if s.successor is None}
    if change:
        found |= {name: known[name] for name in (change.from_, change.to)}
    return tuple(found.values())


def facts(scenario: Scenario) -> dict[str, Any]:
    """The ingredients as plain values, by structure, for whoever reads the answer by program."""
    given, sources = values(scenario.assumptions), origins(scenario)
    return {
        s.name: _facts(s, split(scenario, given, s), given["sprint_days"]) | _source(sources.get(s.name))
        for s in structures_of(scenario)
    }


def _source(found: Definition | None) -> dict[str, Any]:
    """The published definition that a structure goes back to, and the duties that its source is silent on."""
    return {"definition": found.name, "silent": list(found.marked(SILENT))} if found else {}


def _facts(structure: Structure, heads: dict[str, float], usual_sprint: float) -> dict[str, Any]:
    ranking = structure.ranking_role
    sprints = structure.rhythm == "sprints"
    return {
        "heads": heads,
        "looks_after": {r.name: "teams" if r.by_team else "projects" for r in structure.roles},
        "duties": dict(structure.holders),
        **further_of(structure),
        "ranks": structure.ranked,
        "ranked_by": ranking.name if ranking else None,
        "rhythm": structure.rhythm,
        "sprint_days": (structure.sprint_days or usual_sprint) if sprints else None,
        "cadence": dict(structure.cadence),
        "cover": structure.cover,
        "help": structure.help,
        "intake": structure.intake,
        "intake_limit": structure.intake_limit,
    }


def idle_roles(scenario: Scenario) -> Iterator[str]:
    """A sentence for each role that holds no duty and ranks nothing: its people have nothing to do."""
    for structure in structures_of(scenario):
        for role in structure.roles:
            beside = (role.name in structure.beside(duty, part) for duty in DUTIES for part in FURTHER)
            if not structure.duties_of(role) and structure.ranking_role != role and not any(beside):
                takes = "but help others" if structure.help else "but are paid"
                yield f"{role.name} of {structure.name} holds no duty: its people have nothing to do {takes}"


def print_ingredients(console: Console, scenario: Scenario) -> None:
    """Print the table, in as many pieces as the console is narrow."""
    made = ingredients(scenario)
    from rich.text import Text

    console.print(Text(TITLE, "bold"))
    at_once = max(1, (console.width - _WIDTH_OF_LABEL - 2) // (_LEAST_WIDTH + 2))
    for first in range(0, len(made.structures), at_once):
        console.print(_table(made, range(first, min(first + at_once, len(made.structures)))))
    several = len(made.structures) > 1
    told = " ".join(filter(None, (_LEGEND if several else "", made.same, _moved(scenario))))
    for line in (told, *told_of_sources(scenario)):
        console.print(line, highlight=False, markup=False)
    console.print()


def _moved(scenario: Scenario) -> str:
    """What the table cannot show of a sweep."""
    moved = [key for key in scenario.vary if key.split(".")[0] in _MADE_OF]
    vary = "varies" if len(moved) == 1 else "vary"
    return f"This is before {listed(moved)} {vary}." if moved else ""


def _table(made: Ingredients, columns: Sequence[int]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", width=_WIDTH_OF_LABEL, overflow="fold")
    for column in columns:
        table.add_column(Text(made.structures[column]), overflow="fold")
    for row in made.shown:
        label = f"{DIFFERS if row.differs else ' '} {row.name}"
        table.add_row(Text(label), *(Text("\n".join(row.of[column])) for column in columns))
    return table


# --- what is said of each ----------------------------------------------------------------------------------

Said = Callable[["Scenario", Sequence[Structure], Structure], Iterator[str]]


def _roles(scenario: Scenario, _: Sequence[Structure], structure: Structure) -> Iterator[str]:
    """How many posts each role has; where one person holds several roles, those together."""
    given = values(scenario.assumptions)
    held = seats(scenario, given, structure)
    for seat in dict.fromkeys(held.values()):
        posts = seat.people - 1 + seat.last_share
        roles = [role for role in held if held[role] == seat]
        yield posts_of(posts, roles[0]) if len(roles) == 1 else f"{posts:g} {in_words(' and '.join(roles))}"


def _duties(_: Scenario, others: Sequence[Structure], structure: Structure) -> Iterator[str]:
    """What differs from an earlier structure of the same roles; else how many duties each holds."""
    for other in others[: others.index(structure)]:
        if {role.name for role in other.roles} == {role.name for role in structure.roles}:
            moved = [duty for duty in DUTIES if other.holders[duty] != structure.holders[duty]]
            yield f"as {other.name}" + (", but" if moved else "")
            yield from (f"{in_words(duty)}: {in_words(structure.holders[duty])}" for duty in moved)
            return
    for holder in (*(role.name for role in structure.roles), TEAM, NOBODY):
        held = sum(structure.holders[duty] == holder for duty in DUTIES)
        if held or holder not in (TEAM, NOBODY):
            yield f"{in_words(holder)}: {held}"


def _ranks(_: Scenario, __: Sequence[Structure], structure: Structure) -> Iterator[str]:
    role = structure.ranking_role
    usual = role is None or role.name == structure.holders["resources"]
    yield structure.ranked if usual or role is None else f"{structure.ranked}, by {in_words(role.name)}"


def _rhythm(scenario: Scenario, _: Sequence[Structure], structure: Structure) -> Iterator[str]:
    days = structure.sprint_days or values(scenario.assumptions)["sprint_days"]
    yield f"sprints of {days:g} days" if structure.rhythm == "sprints" else "flow"


def _cadence(_: Scenario, __: Sequence[Structure], structure: Structure) -> Iterator[str]:
    if not structure.cadence:
        yield USUAL
    yield from (f"{in_words(duty)} {days:g} days" for duty, days in structure.cadence.items())


def _beside(_: Scenario, __: Sequence[Structure], structure: Structure) -> Iterator[str]:
    """Duties in which others take part beside the holder, by how they do."""
    said = {part: [d for d in DUTIES if structure.beside(d, part)] for part in FURTHER}
    if not any(said.values()):
        yield "nobody"
    yield from (f"{in_words(part)}: {listed(list(map(in_words, d)))}" for part, d in said.items() if d)


def _cover(_: Scenario, __: Sequence[Structure], structure: Structure) -> Iterator[str]:
    yield "yes" if structure.cover else "no"


def _help(_: Scenario, __: Sequence[Structure], structure: Structure) -> Iterator[str]:
    yield "yes" if structure.help else "no"


def _intake(_: Scenario, __: Sequence[Structure], structure: Structure) -> Iterator[str]:
    limited = structure.intake == "when there is room"
    yield f"{structure.intake}: {structure.intake_limit} a team" if limited else structure.intake


_SAID: dict[str, Said] = {
    "roles": _roles,
    "duties": _duties,
    "ranks": _ranks,
    "rhythm": _rhythm,
    "cadence": _cadence,
    _BESIDE: _beside,
    "cover": _cover,
    "help": _help,
    "intake": _intake,
}
"""The ingredients, in the order in which they are shown."""
