"""Reference pages made from the model's own data, so that page and model cannot differ.

Write them anew with `python -m analysis.explanations.reference`; a test compares. The page of the scenario
file is made by `sim.scenario.reading.scenario_reference`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from analysis.explanations.role_definitions import definitions_page
from analysis.words.duties import DOES
from analysis.words.presets import IN_A_SENTENCE
from sim.building.workload import cadence
from sim.scenario import assumptions
from sim.scenario.assumptions import Assumption, load_assumptions, values
from sim.scenario.structures import (
    NOBODY,
    OVERLAP_AREAS,
    PRESETS,
    PROACTIVE_DUTIES,
    PROJECT_DUTIES,
    TEAM,
    TEAM_DUTIES,
    Structure,
)
from sim.vocabulary import DUTIES, MISSING, NET_VALUE, OBJECTIVE, OUTCOMES

FOLDER = Path("docs/reference")
NOTICE = "<!-- Generated: python -m analysis.explanations.reference -->"
RULER = "# ----"
"""In the file of assumptions, a comment that begins so stands above each heading."""

ASSUMPTIONS = """\
# The assumptions

The model rests on {count} numbers; {guesses} of them are judgement without a source, and say so. A range is
what we think plausible. A scenario may set any value within the bounds: see [Change an
assumption](../how-to/change-an-assumption.md). `rolecall assumptions` prints the same list.

Where *off* is given, the effect is gone at that value."""

ASSUMPTION_COLUMNS = ("assumption", "value", "range", "bounds", "off", "unit", "meaning", "source")

OUTCOMES_TEXT = """\
# The outcomes

Each run is one row of the results: `scenario`, `variation` (its number in a sweep, else 0), `structure`,
`replication`, `seed`, `error` (empty unless the run failed), and the numbers below. Verdicts are about
`{net_value}`; where a scenario weighs outcomes itself, about their sum, `{objective}`. Shares are from 0 to
1; tables show them in %.

`{net_value}` counts work in progress by completion, at the end and at the start, and what free hours are
worth. `net_value_on_delivery_a_year` counts projects on the day that they are paid, and neither of these:
times the years of the run, it is less by `value_in_progress` and `free_hours_value`. How each is worked out:
[the ledger](../explanation/model.md#the-ledger-completionpy-simrulestotalspy-simoutcomesreducepy).

A project is *due* if its deadline lies within the horizon. One that is due and not delivered counts as
unfinished, and as late by the days until the horizon, or until it was cancelled: it is never left out.
A number is missing (NaN) only where there was nothing to measure, as told for each; none is infinite.

*Rework* is what is to be done again: after feedback, wrong answers and guesses. Its share is of all effort,
with what of it is not yet done at the horizon; a task's other work is taken to be done before its rework."""

STRUCTURES_TEXT = """\
# Structures and duties

A structure says which role holds each of fourteen management duties, who ranks work across projects, and by
which rhythm, cover, help and intake it works. Structures differ in nothing else: the same people, work and
luck, and no bonus for any of them. A duty
is held by a role, by *the team* itself (done at once, at the cost of its members' hours, seeing no more than
the team sees), or by *nobody* (then it is never done, and what drifts, drifts).

A scenario names presets in `structures`, or [published definitions of roles](roles.md), or writes matrices of
its own: [Write a structure of your own](../how-to/own-structure.md). What each structure is made of stands
above every answer, and what differs is marked.

## The fourteen duties

{duties}

Changing between project duties and delivery duties costs a manager more than staying with one kind. In an
*overlap* both titles claim the work; where two people hold such duties of one project, they must talk, and a
matter may be dropped or done twice. *Quiet* duties are those whose neglect nobody feels at once, so they cry
less loudly. What handling each does is told in full in [The model](../explanation/model.md).

## When they fall due

{cadence}

Days are working days; a matrix of your own may set others. Besides, things happen: a team asks (planning), a
task must be assigned (allocation), teams hand over or stand in each other's way (coordination), a decision is
too big for the project (stakeholders), a risk strikes, a severe ticket comes in, a client complains.

## Who holds them in the presets

{holders}

## The other ingredients

{traits}

{notes}

Beside the roles, `merged` and `separated` are the same in everything, so that their difference is that of the
roles. One who ranks all projects, a board, or projects that wait for room can be given to any of them
(`like: separated`, and what differs)."""

ABOUT = {
    "allocation": "a task",
    "service_oversight": "a service",
    "resources": "a portfolio",
    "satisfaction": "a client",
    "coordination": "a task",
} | dict.fromkeys(TEAM_DUTIES, "a team")
"""What duties are about, where it is not a project."""


def pages() -> dict[str, str]:
    """Every generated page in Markdown, by the name of its file."""
    bodies = {
        "assumptions": _assumptions(),
        "outcomes": _outcomes(),
        "structures": _structures(),
        "roles": definitions_page(_table),
    }
    return {f"{name}.md": f"{NOTICE}\n\n{body}\n" for name, body in bodies.items()}


def headings() -> Iterator[tuple[str, list[str]]]:
    """Each heading in the file of assumptions, and the names that stand below it."""
    text = Path(assumptions.__file__).with_name("assumptions.toml").read_text(encoding="utf-8")
    for part in text.split(f"\n{RULER}")[1:]:
        lines = part.splitlines()[1:]
        yield lines[0].removeprefix("# "), [line.strip("[]") for line in lines if line.startswith("[")]


def _assumptions() -> str:
    known = load_assumptions()
    guesses = sum("judgement" in a.source for a in known.values())
    sections = [ASSUMPTIONS.format(count=len(known), guesses=guesses)]
    for heading, names in headings():
        rows = [_assumption(known[name]) for name in names]
        sections.append(f"## {heading}\n\n{_table(ASSUMPTION_COLUMNS, rows)}")
    return "\n\n".join(sections)


def _assumption(a: Assumption) -> tuple[str, ...]:
    ends = f"{a.low:g} to {a.high:g}", f"{a.hard_low:g} to {a.hard_high:g}"
    off = "" if a.off is None else f"{a.off:g}"
    return f"`{a.name}`", f"{a.value:g}", *ends, off, a.unit, a.meaning, a.source


def _outcomes() -> str:
    rows = [
        (f"`{o.name}`", o.label, o.unit, o.better.replace("neither", "–"), MISSING.get(o.name, ""))
        for o in OUTCOMES
    ]
    table = _table(("column", "what it is", "unit", "better", "missing where"), rows)
    return f"{OUTCOMES_TEXT.format(net_value=NET_VALUE, objective=OBJECTIVE)}\n\n{table}"


def _structures() -> str:
    presets = PRESETS.values()
    names = [f"`{name}`" for name in PRESETS]
    traits = [
        ("roles that look after teams", *(_roles_for_teams(s) for s in presets)),
        ("`ranks`", *(_ranking(s) for s in presets)),
        ("`rhythm`", *(s.rhythm for s in presets)),
        ("`cover`", *("yes" if s.cover else "no" for s in presets)),
        ("`help`", *("yes" if s.help else "no" for s in presets)),
        ("`intake`", *(s.intake for s in presets)),
    ]
    return STRUCTURES_TEXT.format(
        duties=_table(
            ("duty", "what doing it does", "about", "kind", "overlap", "quiet"), map(_duty, DUTIES)
        ),
        cadence=_table(("duty", "falls due", "in sprints"), map(_due, DUTIES)),
        holders=_table(("duty", *names), [(f"`{d}`", *(_holder(s, d) for s in presets)) for d in DUTIES]),
        traits=_table(("", *names), traits),
        notes="\n".join(f"- `{name}`: {IN_A_SENTENCE[name]}." for name in PRESETS),
    )


def _holder(structure: Structure, duty: str) -> str:
    holder = structure.holders[duty]
    return {TEAM: "*the team*", NOBODY: "*nobody*"}.get(holder, holder.replace("_", " "))


def _roles_for_teams(structure: Structure) -> str:
    return ", ".join(role.name.replace("_", " ") for role in structure.roles if role.by_team) or "–"


def _ranking(structure: Structure) -> str:
    role = structure.ranking_role
    return f"{structure.ranked}: {role.name.replace('_', ' ')}" if role else structure.ranked


def _duty(duty: str) -> tuple[str, ...]:
    return (
        f"`{duty}`",
        DOES[duty],
        ABOUT.get(duty, "a project"),
        "project" if duty in PROJECT_DUTIES else "delivery",
        next((area for area, duties in OVERLAP_AREAS.items() if duty in duties), ""),
        "yes" if duty in PROACTIVE_DUTIES else "",
    )


def _due(duty: str) -> tuple[str, ...]:
    every = [cadence(values(), PRESETS[name])[duty] for name in ("merged", "agile")]
    return f"`{duty}`", *(f"every {days:g} days" if days else "on occasion" for days in every)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *([cell.replace("|", "/") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Write all pages into `docs/reference` of the present folder."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
