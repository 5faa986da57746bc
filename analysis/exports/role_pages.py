"""A page for each role of a structure, in plain words: what it holds, decides and hands on, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.reports.html import rendered
from analysis.words.duties import DECIDES, DOES, HANDS_ON, SERVES, SPONSOR
from analysis.words.numbers import capital, listed
from sim.building.workload import cadence, seats, split
from sim.scenario.assumptions import values
from sim.scenario.structures import NOBODY, OVERLAP_AREAS, TEAM, Role, Structure, TakesPart
from sim.vocabulary import DUTIES, in_words

if TYPE_CHECKING:
    from sim.scenario import Scenario

_TEMPLATE = "roles.html.j2"


@dataclass(frozen=True)
class DutyLine:
    """A duty as a page tells it, in words."""

    name: str
    does: str
    decides: str
    serves: str
    due: str


@dataclass(frozen=True)
class RolePage:
    """What stands on the page of a role; of the team itself, without `facts`."""

    title: str
    facts: tuple[tuple[str, str], ...]
    duties: tuple[DutyLine, ...]
    hands_on: tuple[str, ...]
    borders: tuple[str, ...]


def as_html(structure: Structure, scenario: Scenario | None = None) -> str:
    """The pages of all roles, and of the team where it holds duties, as one file of HTML."""
    facts = {
        "structure": structure.name,
        "scenario": scenario.name if scenario else "",
        "pages": [
            *(_page(role, structure, scenario) for role in structure.roles),
            *_of_the_team(structure, scenario),
        ],
        "nobody": [in_words(duty) for duty in DUTIES if structure.holders[duty] == NOBODY],
    }
    return rendered(_TEMPLATE, facts, structure.name)


def _page(role: Role, structure: Structure, scenario: Scenario | None) -> RolePage:
    held = structure.duties_of(role)
    return RolePage(
        capital(in_words(role.name)),
        tuple(_facts(role, structure, scenario)),
        tuple(_lines(held, structure, scenario)),
        tuple(_handed_on(held, structure)),
        tuple(_borders(role, structure)),
    )


def _of_the_team(structure: Structure, scenario: Scenario | None) -> Iterator[RolePage]:
    """A page of what the team does itself, if it holds any duty."""
    held = [duty for duty in DUTIES if structure.holders[duty] == TEAM]
    if held:
        lines = tuple(_lines(held, structure, scenario))
        yield RolePage("The team itself", (), lines, tuple(_handed_on(held, structure)), ())


def _lines(held: list[str], structure: Structure, scenario: Scenario | None) -> Iterator[DutyLine]:
    every = cadence(values(scenario.assumptions if scenario else None), structure)
    for duty in held:
        due = f"every {every[duty]:g} working days" if every[duty] else "as it comes up"
        yield DutyLine(capital(in_words(duty)), _does(duty, structure), DECIDES[duty], SERVES[duty], due)


def _does(duty: str, structure: Structure) -> str:
    """What doing a duty does; who ranks is told apart, for it need not be who looks after people."""
    ranking = structure.ranking_role
    if duty == "resources" and (ranking is None or ranking.name != structure.holders[duty]):
        return "lends members to where they lack"
    return DOES[duty]


# --- facts about the role ----------------------------------------------------------------------------------


def _facts(role: Role, structure: Structure, scenario: Scenario | None) -> Iterator[tuple[str, str]]:
    if scenario is not None:
        yield "People", _people(role, structure, scenario)
    yield "Looks after", _looks_after(role, structure)
    yield "Serves", _served(role, structure)
    yield from _taking_part(role, structure)
    yield "Ranks", _ranks(role, structure)
    yield "Rhythm", _rhythm(structure, scenario)
    yield "While away", _away(structure)


def _looks_after(role: Role, structure: Structure) -> str:
    """What the people of a role are dealt."""
    if role.by_team:
        return "teams, and what comes up in them"
    held = structure.duties_of(role)
    also = {"satisfaction": "their clients", "service_oversight": "their services"}
    return listed(["projects", *(whose for duty, whose in also.items() if duty in held)])


def _people(role: Role, structure: Structure, scenario: Scenario) -> str:
    """How many posts the role has, of how many, and what else its people are."""
    given = values(scenario.assumptions)
    posts, held = split(scenario, given, structure), seats(scenario, given, structure)
    of = sum(posts.values())
    others = [in_words(name) for name in held if name != role.name and held[name] == held[role.name]]
    if others:
        return f"one person, who is {listed(others)} as well"
    share = f"{posts[role.name]:g} of {of:g} managers"
    return share if len(posts) == 1 else f"{share} ({100 * posts[role.name] / of:.0f}%)"


def _served(role: Role, structure: Structure) -> str:
    whom = dict.fromkeys(SERVES[duty] for duty in structure.duties_of(role))
    return listed(list(whom)) if whom else "nobody by a duty of its own"


def _ranks(role: Role, structure: Structure) -> str:
    """Whether the role puts work in order across projects, and else who does."""
    ranking = structure.ranking_role
    if ranking is None:
        return "no; nobody puts work in order across projects"
    if ranking != role:
        who = {
            "own": "each of their own projects",
            "one": "the first of them, all projects",
            "board": "all together",
        }
        return f"no; that is for the {in_words(ranking.name)} ({who[structure.ranked]})"
    return {
        "own": "yes, each person their own projects against each other",
        "one": "yes, the first of them all projects; the others follow that order",
        "board": "yes, all of them together, in a meeting each week",
    }[structure.ranked]


def _rhythm(structure: Structure, scenario: Scenario | None) -> str:
    if structure.rhythm == "flow":
        return "flow: each duty by its own calendar"
    days = structure.sprint_days or values(scenario.assumptions if scenario else None)["sprint_days"]
    return f"sprints of {days:g} working days, with their ceremonies"


def _away(structure: Structure) -> str:
    cover = "a colleague of the same role stands in for what holds work up"
    told = cover if structure.cover else "what holds work up waits"
    helps = "; whoever has nothing to do helps whoever has too much"
    return f"{told}{helps if structure.help else ''}"


# --- what passes between roles -----------------------------------------------------------------------------


def _handed_on(held: list[str], structure: Structure) -> Iterator[str]:
    """What the holder of these duties cannot settle, and who can; nothing for what stays in one hand."""
    for duty in held:
        for what, to in HANDS_ON.get(duty, ()):
            if to not in held:
                yield f"{capital(what)}: {_taken_up(to, structure)}."


def _taken_up(to: str, structure: Structure) -> str:
    if to == SPONSOR:
        return f"to {SPONSOR}, above all managers"
    holder = structure.holders[to]
    if holder == NOBODY:
        return f"nobody takes it up, for nobody holds {in_words(to)}"
    return f"to {'the team' if holder == TEAM else f'the {in_words(holder)}'} ({in_words(to)})"


def _borders(role: Role, structure: Structure) -> Iterator[str]:
    """The areas that another role shares, and could think its own."""
    own = set(structure.duties_of(role))
    known = {each.name for each in structure.roles}
    for area, duties in OVERLAP_AREAS.items():
        ours = [in_words(duty) for duty in duties if duty in own]
        theirs = [duty for duty in duties if duty not in own and structure.holders[duty] in known]
        if ours and theirs:
            yield f"{capital(area)}: {listed(ours)} here; {'; '.join(_by_holder(theirs, structure))}."


_PARTS: dict[TakesPart, str] = {
    "also_accountable": "Answers as well for",
    "consulted": "Consulted about",
    "informed": "Informed of",
}


def _taking_part(role: Role, structure: Structure) -> Iterator[tuple[str, str]]:
    """In what the role takes part that others hold, by how it does."""
    for part, said in _PARTS.items():
        duties = [duty for duty in DUTIES if role.name in structure.beside(duty, part)]
        if duties:
            yield said, listed([in_words(duty) for duty in duties])


def _by_holder(duties: list[str], structure: Structure) -> Iterator[str]:
    """Duties with who holds them, each holder once."""
    for holder in dict.fromkeys(structure.holders[duty] for duty in duties):
        held = [in_words(duty) for duty in duties if structure.holders[duty] == holder]
        yield f"{listed(held)} with the {in_words(holder)}"
