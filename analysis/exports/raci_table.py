"""A structure as a matrix of responsibilities (RACI), in CSV that `rolecall import` reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from analysis.imports.grids import Grid
from analysis.imports.raci import letters_of, matrix_of
from analysis.imports.responsibilities import roles_called, structure_of
from analysis.words.duties import CLIENTS, SERVES, TEAMS
from analysis.words.numbers import listed
from sim.safety.cells import harmless
from sim.scenario.likeness import further_of
from sim.scenario.structures import FURTHER, NOBODY, TEAM, Role, Structure
from sim.vocabulary import DUTIES, in_words

ACTIVITIES = {
    "planning": "Project planning",
    "budget": "Budget control",
    "allocation": "Task assignment",
    "timeline": "Schedule tracking",
    "project_risk": "Project risks",
    "reporting": "Status reports",
    "tracking": "Quality reviews",
    "service_oversight": "Service levels",
    "resources": "Staffing across projects",
    "process": "Process improvement",
    "stakeholders": "Escalations and decisions",
    "operational_risk": "Operational risks",
    "satisfaction": "Client satisfaction",
    "coordination": "Hand-overs between teams",
}
"""Each duty in words that the import takes for that duty, and people for what it is."""

_HOLDS, _IS_TOLD = "A/R", "I"
_LEGEND = "A/R: answers for it and does it. I: gets what comes of it. Empty: nobody does it."
_LEGEND_OF_FURTHER = "A: answers for it as well. C: is asked. I, of a manager: is told."
_LETTERS = dict(zip(FURTHER, "ACI", strict=True))
_SERVED = {TEAMS: "Team", CLIENTS: "Client"}


def rows_of_table(structure: Structure) -> list[list[str]]:
    """The rows of the table: its title, a legend, the roles, and the fourteen duties."""
    heads = heads_of_columns(structure)
    width = len(heads) + len(_SERVED)
    said = " ".join([_LEGEND, _LEGEND_OF_FURTHER] if further_of(structure) else [_LEGEND])
    rows = [[f"Who does what: {structure.name}", *[""] * width], [said, *[""] * width]]
    rows.append(["Activity", *heads.values(), *_SERVED.values()])
    return [*rows, *(_row(structure, duty) for duty in DUTIES)]


def _row(structure: Structure, duty: str) -> list[str]:
    """A duty with a letter for who holds it, and one for whom it is for."""
    holder = structure.holders[duty]
    cells = [_letters(structure, duty, role.name) for role in structure.roles]
    served = {whom: _IS_TOLD if SERVES[duty] == whom and holder != NOBODY else "" for whom in _SERVED}
    if holder == TEAM:
        served[TEAMS] = _HOLDS
    return [ACTIVITIES[duty], *cells, *served.values()]


def _letters(structure: Structure, duty: str, role: str) -> str:
    """How a role takes part in a duty."""
    if structure.holders[duty] == role:
        return _HOLDS
    return "/".join(_LETTERS[part] for part in FURTHER if role in structure.beside(duty, part))


def heads_of_columns(structure: Structure) -> dict[str, str]:
    """What heads the column of each role: its name, and that it manages where its name might not say so."""
    names = {role.name: in_words(role.name) for role in structure.roles}
    if len({look.casefold() for look in names.values()}) < len(names):
        names = {name: name for name in names}
    return {name: said if _is_plain(said) else f"{said} (manager)" for name, said in names.items()}


def _is_plain(heading: str) -> bool:
    """Whether the import would take it for a manager's role by itself."""
    return roles_called([heading])[heading] not in ("", TEAM) and not letters_of(heading)


def as_csv(structure: Structure) -> str:
    """The table as CSV, in which no name is a formula to a spreadsheet."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [harmless(cell) for cell in row] for row in rows_of_table(structure)
    )
    return out.getvalue()


def unsaid(structure: Structure) -> tuple[str, ...]:
    """What a matrix cannot say of a structure, a sentence each."""
    return tuple(_unsaid(structure))


def _unsaid(structure: Structure) -> Iterator[str]:
    ranks = f"who ranks across projects: import it with --ranks {structure.ranked}"
    role = structure.ranking_role
    if role is not None and role.name != structure.holders["resources"]:
        ranks += f", and say ranked_by: {role.name}"
    yield f"a matrix does not say {ranks}"
    if also := list(_beside(structure)):
        yield f"nor does it say {listed(also)}: --as yaml does"
    misread = list(_misread(structure))
    if misread:
        yield f"the import would read the names of roles otherwise, for {listed(misread)}"


def _beside(structure: Structure) -> Iterator[str]:
    """Ingredients other than the usual ones."""
    if structure.rhythm != "flow":
        yield "that work goes in sprints"
    if structure.cadence:
        yield "how often duties come up"
    if not structure.cover:
        yield "that nobody stands in for who is away"
    if not structure.help:
        yield "that nobody helps out"
    if structure.intake_limit:
        yield "how many projects may run in a team"
    if by_team := [in_words(role.name) for role in structure.roles if role.by_team]:
        yield f"that {listed(by_team)} {'goes' if len(by_team) == 1 else 'go'} by teams"
    if idle := [in_words(role.name) for role in structure.roles if _is_unread(structure, role)]:
        yield f"that there is {listed(idle)}, without a duty"
    if structure.heads:
        yield "how many people hold each role"


def _is_unread(structure: Structure, role: Role) -> bool:
    """Whether the import leaves a role out: it is accountable for nothing."""
    beside = (structure.beside(duty, "also_accountable") for duty in DUTIES)
    return not structure.duties_of(role) and not any(role.name in several for several in beside)


def _misread(structure: Structure) -> Iterator[str]:
    """Duties that the import would give to somebody else: a check of the table against its reader."""
    made = read_back(rows_of_table(structure))
    expected = {name: roles_called([head])[head] for name, head in heads_of_columns(structure).items()}
    same = len(set(expected.values())) == len(expected)
    for duty in DUTIES:
        holder = structure.holders[duty]
        if made.get(duty) != expected.get(holder, holder) or not same:
            yield in_words(duty)


def read_back(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Who holds each duty in a table, as the import reads it; empty where it finds no matrix."""
    table = Grid("", [list(row) for row in rows], list(range(1, len(rows) + 1)))
    matrix = matrix_of(table)
    return {held.duty: held.holder for held in structure_of(matrix).duties} if matrix else {}
