"""The reference page of the structures, made from the presets so that the two cannot differ.

Write it anew with `python -m sim.reading.structures_reference > docs/reference/structures.md`; a test
compares the two.
"""

from __future__ import annotations

import sys

from sim.outcomes import DUTIES
from sim.structures import OVERLAP_AREAS, PRESETS, PROJECT_DUTIES, Role, Structure

START = """\
<!-- Generated: python -m sim.reading.structures_reference > docs/reference/structures.md -->

# Structures

A structure says which role holds which of fourteen management duties, and how often and for whom they are
done. Structures differ in nothing else: the same people, work and luck, and no bonus for any of them. A duty
is held by a role, by the `team` itself (done at once, at the cost of the members' own hours, with no more
than the team's view), or by `nobody` (then what drifts, drifts).

A scenario names presets in `structures`, or writes matrices of its own:
[Write a structure of your own](../how-to/own-structure.md).
"""

DOES = {
    "planning": "starts projects, orders their tasks by urgency, answers the teams' questions",
    "budget": "finds work that nobody approved and stops it; sees overruns",
    "allocation": "picks the member who fits a task best",
    "timeline": "sees how late a project is, and calls for overtime or people",
    "project_risk": "finds the risks of a project, prepares for them, contains what strikes",
    "reporting": "tells the client the truth, and learns what the client wants by now",
    "tracking": "finds defects while they are cheap",
    "service_oversight": "has tickets answered in the order of the time they have left",
    "resources": "ranks projects by what their delay costs, and lends members to where they lack",
    "process": "makes a team more mature",
    "stakeholders": "gets decisions that a project may not take itself",
    "operational_risk": "finds, prepares for and contains what threatens whole teams",
    "satisfaction": "wins back clients who are not content",
    "coordination": "clears hand-overs between teams, and what is in a team's way",
}

PRESET_NOTES = {
    "merged": "Everything in one hand: each delivery lead does all of it for their own accounts.",
    "separated": "Project managers drive what and when, delivery managers drive how.",
    "agile": "Product owners own the product, scrum masters the way of working, the team the rest.",
    "pm_only": "What delivery managers would do is done by nobody.",
    "dm_only": "What project managers would do is done by nobody.",
}


def reference() -> str:
    """The page in Markdown: the duties, who holds them in each preset, and what else tells presets apart."""
    return "\n".join([START, _duties(), _matrix(), _rest()])


def _duties() -> str:
    areas = {duty: area for area, duties in OVERLAP_AREAS.items() for duty in duties}
    rows = [f"| `{duty}` | {DOES[duty]} | {_family(duty)} | {areas.get(duty, '–')} |" for duty in DUTIES]
    text = (
        "Switching between project duties and delivery duties costs a manager more than staying with one\n"
        "kind. In an *overlap* both titles claim the work; where two people share one of a project, matters\n"
        "may be dropped or done twice.\n"
    )
    head = "| duty | what doing it does | kind | overlap |\n|---|---|---|---|"
    return "\n".join(["## The fourteen duties\n", text, head, *rows, ""])


def _family(duty: str) -> str:
    return "project" if duty in PROJECT_DUTIES else "delivery"


def _matrix() -> str:
    head = [f"| duty | {' | '.join(f'`{name}`' for name in PRESETS)} |", "|---" * (len(PRESETS) + 1) + "|"]
    rows = [
        f"| `{duty}` | {' | '.join(structure.holders[duty] for structure in PRESETS.values())} |"
        for duty in DUTIES
    ]
    return "\n".join(["## Who holds them in the presets\n", *head, *rows, ""])


def _rest() -> str:
    rows = [_preset(structure) for structure in PRESETS.values()]
    head = "| preset | in short | people look after | ranking of projects | sprints |\n|---|---|---|---|---|"
    text = "No preset has cover: while a manager is away, their matters wait.\n"
    return "\n".join(["## What else tells them apart\n", head, *rows, "", text])


def _preset(structure: Structure) -> str:
    looks = "; ".join(f"{role.name}: {_looks_after(role)}" for role in structure.roles)
    ranking = "one person, all" if structure.hub else "each holder their own"
    if not any(structure.holders["resources"] == role.name for role in structure.roles):
        ranking = "nobody"
    cells = [f"`{structure.name}`", PRESET_NOTES[structure.name], looks, ranking]
    return f"| {' | '.join(cells)} | {'yes' if structure.sprints else 'no'} |"


def _looks_after(role: Role) -> str:
    return "teams" if role.by_team else "projects"


if __name__ == "__main__":
    sys.stdout.write(reference())
