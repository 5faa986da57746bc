"""Reference pages made from the model's own data, so that page and model cannot differ.

Write them anew with `python -m analysis.reference`; a test compares. The page of the scenario file is made
by `sim.scenario_reference`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import sim
from sim.assumptions import Assumption, load_assumptions, values
from sim.outcomes import DUTIES, OBJECTIVE, OUTCOMES
from sim.structures import (
    NOBODY,
    OVERLAP_AREAS,
    PRESETS,
    PROACTIVE_DUTIES,
    PROJECT_DUTIES,
    TEAM,
    TEAM_DUTIES,
    Structure,
)
from sim.workload import NOT_BUILT, cadence

FOLDER = Path("docs/reference")
NOTICE = "<!-- Generated: python -m analysis.reference -->"
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

Each run is one row of the results: `scenario`, `structure`, `replication`, `seed`, `error` (empty unless
the run failed), and the numbers below. Structures are judged by `{objective}`. Shares are from 0 to 1;
tables show them in %.

A project is *due* if its deadline lies within the horizon. One that is due and not delivered counts as
unfinished, and as late by the days until the horizon: it is never left out. A number is missing (NaN) where
there was nothing to measure."""

STRUCTURES_TEXT = """\
# Structures and duties

A structure says who holds which duty, whether one person ranks all projects, which roles look after teams
instead of projects, and whether work goes in sprints. All differences in outcomes follow from that. A
scenario names the presets to compare.

{holders}

A duty that *the team* holds is done by its members, who pay with their hours and see their own tasks only.
A duty that *nobody* holds is never handled.

{traits}

## The fourteen duties

{duties}

Days are working days. Proactive duties are those whose neglect nobody feels at once, so they cry less
loudly. Those marked *later* have holders, but nothing in this version raises a matter of theirs. What
handling a duty does is told in [The model](../explanation/model.md)."""

DUTY_COLUMNS = ("", "duty", "textbook role", "about", "falls due", "in sprints", "overlap area", "proactive")

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
    bodies = {"assumptions": _assumptions(), "outcomes": _outcomes(), "structures": _structures()}
    return {f"{name}.md": f"{NOTICE}\n\n{body}\n" for name, body in bodies.items()}


def headings() -> Iterator[tuple[str, list[str]]]:
    """Each heading in the file of assumptions, and the names that stand below it."""
    text = Path(sim.__file__).with_name("assumptions.toml").read_text(encoding="utf-8")
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
    rows = [(f"`{o.name}`", o.label, o.unit, o.better.replace("neither", "–")) for o in OUTCOMES]
    table = _table(("column", "what it is", "unit", "better"), rows)
    return f"{OUTCOMES_TEXT.format(objective=OBJECTIVE)}\n\n{table}"


def _structures() -> str:
    presets = PRESETS.values()
    names = [f"`{name}`" for name in PRESETS]
    traits = [
        ("roles that look after teams", *(_roles_for_teams(s) for s in presets)),
        ("projects are ranked", *(_ranking(s) for s in presets)),
        ("sprints", *("yes" if s.sprints else "no" for s in presets)),
    ]
    return STRUCTURES_TEXT.format(
        holders=_table(("duty", *names), [(_name(d), *(_holder(s, d) for s in presets)) for d in DUTIES]),
        traits=_table(("", *names), traits),
        duties=_table(DUTY_COLUMNS, [_duty(number, duty) for number, duty in enumerate(DUTIES, start=1)]),
    )


def _name(duty: str) -> str:
    return duty.replace("_", " ") + (" (later)" if duty in NOT_BUILT else "")


def _holder(structure: Structure, duty: str) -> str:
    holder = structure.holders[duty]
    return {TEAM: "*the team*", NOBODY: "*nobody*"}.get(holder, holder.replace("_", " "))


def _roles_for_teams(structure: Structure) -> str:
    return ", ".join(role.name.replace("_", " ") for role in structure.roles if role.by_team) or "–"


def _ranking(structure: Structure) -> str:
    if structure.holders["resources"] == NOBODY:
        return "by nobody"
    return "by one person" if structure.hub else "by each for their own"


def _duty(number: int, duty: str) -> tuple[str, ...]:
    every = [cadence(values(), PRESETS[name])[duty] for name in ("merged", "agile")]
    due = [f"every {days:g} days" if days else "on occasion" for days in every]
    return (
        str(number),
        duty.replace("_", " "),
        "project manager" if duty in PROJECT_DUTIES else "delivery manager",
        ABOUT.get(duty, "a project"),
        *(["later", "later"] if duty in NOT_BUILT else due),
        next((area for area, duties in OVERLAP_AREAS.items() if duty in duties), ""),
        "yes" if duty in PROACTIVE_DUTIES else "",
    )


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
