"""Whoever writes a matrix or a reorganisation wrong is told so in a line, with place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.vocabulary import DUTIES
from tests.mistakes import Mistake, is_told, problems_of


def own(
    duties: str = "",
    *,
    roles: str = "{lead: {}, planner: {}}",
    name: str = "ours",
    rest: str = "",
    after: str = "",
) -> str:
    """A scenario with a matrix of its own: its name on line 4, roles on 5, `duties:` on 6, the duties from 7
    on, `rest` after them (line 21), and `after` after that.

    `duties` replaces lines, as "planning: planner"; "-planning" takes one out.
    """
    lines = dict.fromkeys(DUTIES, "lead") | {"resources": "planner"}
    for change in filter(None, duties.split(", ")):
        duty, _, holder = change.partition(": ")
        lines[duty.lstrip("-")] = holder
    matrix = "".join(f"      {duty}: {holder}\n" for duty, holder in lines.items() if holder)
    head = f"name: A\nstructures:\n  - merged\n  - name: {name}\n    roles: {roles}\n    duties:\n"
    return head + matrix + "".join(f"    {line}\n" for line in filter(None, [rest])) + after


MATRIX = "structures.1.duties"
SPLIT = "{lead: {heads: 4}, planner: {heads: 2}}"
WRONG: dict[str, Mistake] = {
    "a duty forgotten": (
        own("-budget"),
        6,
        MATRIX,
        "budget is missing; give it a holder (a role, team or nobody)",
    ),
    "a duty that there is not": (
        own("hiring: lead"),
        21,
        f"{MATRIX}.hiring",
        "is no duty; known here: planning",
    ),
    "a duty misspelt": (
        own("-budget, bugdet: lead"),
        20,
        f"{MATRIX}.bugdet",
        "is no duty; did you mean budget?",
    ),
    "a role that is not there, asked": (
        own(rest="consulted: {budget: [planner, plannner]}"),
        21,
        "structures.1.consulted.budget",
        "names 'plannner', which is no role here; did you mean planner?",
    ),
    "a team that is accountable as well": (
        own(rest="also_accountable: {budget: team}"),
        21,
        "structures.1.also_accountable.budget",
        "names team, which is no role; name roles of managers",
    ),
    "a duty that there is not, of which somebody is told": (
        own(rest="informed: {bugdet: planner}"),
        21,
        "structures.1.informed.bugdet",
        "is no duty; did you mean budget?",
    ),
    "a duty on two lines": (
        own(rest="  planning: planner"),
        21,
        f"{MATRIX}.planning",
        "is given twice (first on line 7); keep one",
    ),
    "a duty with two holders": (
        own("planning: '[lead; planner]'").replace("'[lead; planner]'", "[lead, planner]"),
        7,
        f"{MATRIX}.planning",
        "is a list; name the one who is accountable",
    ),
    "a duty without a holder": (
        own("planning: ~"),
        7,
        f"{MATRIX}.planning",
        "is empty; give a role, team or nobody",
    ),
    "a holder who is not there": (
        own("planning: planer"),
        7,
        f"{MATRIX}.planning",
        "is held by 'planer', which is no role here; did you mean planner?",
    ),
    "duties in a list": (
        "name: A\nstructures: [{name: ours, roles: {lead: {}}, duties: [planning]}]\n",
        2,
        "structures.0.duties",
        "is a list; give a mapping",
    ),
    "no duties": (
        "name: A\nstructures: [{name: ours, roles: {lead: {}}}]\n",
        2,
        "structures.0.duties",
        "is missing; give a mapping",
    ),
    "a role called team": (
        own(roles="{lead: {}, planner: {}, team: {}}"),
        5,
        "structures.1.roles.team",
        "is no name for a role",
    ),
    "a role called nobody": (
        own(roles="{lead: {}, planner: {}, nobody: {}}"),
        5,
        "structures.1.roles.nobody",
        "is no name for a role",
    ),
    "no roles": (
        own(roles="{}", duties=", ".join(f"{duty}: team" for duty in DUTIES)),
        5,
        "structures.1.roles",
        "is an empty mapping; give a mapping",
    ),
    "looking after clients": (
        own(roles="{lead: {looks_after: clients}, planner: {}}"),
        5,
        "structures.1.roles.lead.looks_after",
        "is 'clients'; give one of projects or teams",
    ),
    "heads that do not sum": (
        own(roles="{lead: {heads: 4}, planner: {heads: 1}}"),
        5,
        "structures.1.roles",
        "sum to 5 posts; let them sum to managers, which is 6",
    ),
    "the name of a preset": (
        own(name="agile"),
        4,
        "structures.1.name",
        "is agile, which Rolecall knows already",
    ),
    "a name twice": (
        own(
            after="  - name: ours\n    roles: {lead: {}}\n    duties:\n"
            + "".join(f"      {duty}: lead\n" for duty in DUTIES)
        ),
        21,
        "structures.2.name",
        "is ours a second time; name each structure once",
    ),
    "a long name": (
        own(name="x" * 61),
        4,
        "structures.1.name",
        "is 61 characters long; give text of 1 to 60",
    ),
    "an unknown key": (
        own(rest="sprint: yes"),
        21,
        "structures.1.sprint",
        "is not a key here; did you mean sprint_days?",
    ),
    "sprints now and then": (
        own(rest="sprints: maybe"),
        21,
        "structures.1.sprints",
        "is 'maybe'; say rhythm: sprints, or rhythm: flow",
    ),
    "some ranking": (
        own(rest="ranks: some"),
        21,
        "structures.1.ranks",
        "is 'some'; give one of nobody, own, one or board",
    ),
    "a ranking by nobody": (
        own("resources: nobody, planning: planner", rest="ranks: one"),
        21,
        "structures.1.ranks",
        "is one, but resources is held by nobody; name the role that ranks (ranked_by), or leave it out",
    ),
    "a ranking by nobody and by a role": (
        own(rest="ranks: nobody").replace("    ranks", "    ranked_by: lead\n    ranks"),
        22,
        "structures.1.ranks",
        "is nobody, but ranked_by is lead; keep one of the two",
    ),
    "a ranking by a role that is not there": (
        own(rest="ranked_by: leed"),
        21,
        "structures.1.ranked_by",
        "is 'leed', which is no role here; did you mean lead?",
    ),
    "sprints' length without sprints": (
        own(rest="sprint_days: 10"),
        21,
        "structures.1.sprint_days",
        "is given, but the rhythm is flow; leave it out, or give rhythm: sprints",
    ),
    "an old key beside the new": (
        own(rest="sprints: yes").replace("    sprints", "    rhythm: flow\n    sprints"),
        22,
        "structures.1.sprints",
        "is given beside rhythm, which has taken its place; leave it out",
    ),
    "room that nobody measured": (
        own(rest="intake: when there is room"),
        4,
        "structures.1.intake_limit",
        "is missing; say how many projects may run in a team at a time",
    ),
    "a limit that nobody waits for": (
        own(rest="intake_limit: 3"),
        21,
        "structures.1.intake_limit",
        "is given, but projects begin at once; leave it out, or give intake: when there is room",
    ),
    "like nothing there is": (
        "name: A\nstructures: [merged, {name: ours, like: seperated}]\n",
        2,
        "structures.1.like",
        "is 'seperated', which is no other structure; did you mean separated?",
    ),
    "like what is like it": (
        "name: A\nstructures:\n  - {name: a, like: b}\n  - {name: b, like: a}\n  - merged\n",
        3,
        "structures.0.like",
        "leads back to b; let one of them be like a preset, or written in full",
    ),
    "heads that leave none for the others": (
        own(roles="{lead: {heads: 6}, planner: {}}"),
        5,
        "structures.1.roles",
        "sum to 6 posts; leave some of the 6 managers for planner",
    ),
    "a cadence of no duty": (
        own(rest="cadence: {plannings: 10}"),
        21,
        "structures.1.cadence.plannings",
        "is no duty; did you mean planning?",
    ),
    "a cadence of what has none": (
        own(rest="cadence: {allocation: 10}"),
        21,
        "structures.1.cadence.allocation",
        "comes up on occasion, not every so many days; leave it out",
    ),
    "a cadence of nothing": (
        own(rest="cadence: {planning: 0}"),
        21,
        "structures.1.cadence.planning",
        "is 0; give a number from 1 to 1000",
    ),
    "a number for a structure": (
        "name: A\nstructures: [merged, 3]\n",
        2,
        "structures.1",
        "is 3; give one of merged, separated, agile, pm_only or dm_only or a mapping with keys such as name",
    ),
    "heads of a role that is not there": (
        own(after="heads: {ours: {leed: 4, planner: 2}}\n"),
        21,
        "heads.ours.leed",
        "is no role of ours; did you mean lead?",
    ),
    "heads said twice": (
        own(roles=SPLIT, after="heads: {ours: {lead: 4, planner: 2}}\n"),
        21,
        "heads.ours",
        "is given, but its roles say their heads; keep one of the two",
    ),
    "a structure of today that is misspelt": (
        own(after="current: our\n"),
        21,
        "current",
        "is 'our', which is not among structures; give one of merged, ours",
    ),
    "a reorganisation into the unknown": (
        own(after="reorganisation: {from: merged, to: ourss, day: 60}\n"),
        21,
        "reorganisation.to",
        "is 'ourss', which is no structure; did you mean ours?",
    ),
    "a reorganisation from the unknown": (
        "name: A\nreorganisation:\n  from: mergd\n  to: agile\n  day: 60\n",
        3,
        "reorganisation.from",
        "is 'mergd', which is no structure; did you mean merged?",
    ),
    "a reorganisation without a day": (
        "name: A\nreorganisation: {from: merged, to: agile}\n",
        2,
        "reorganisation.day",
        "is missing; give a whole number from 1",
    ),
    "a reorganisation before the first day": (
        "name: A\nreorganisation: {from: merged, to: agile, day: 0}\n",
        2,
        "reorganisation.day",
        "is 0; give a whole number from 1",
    ),
    "a reorganisation after the end": (
        "name: A\nhorizon_days: 100\nreorganisation: {from: merged, to: agile, day: 101}\n",
        3,
        "reorganisation.day",
        "is 101, after the end; give a day from 1 to 100",
    ),
}


@pytest.mark.parametrize("mistake", WRONG.values(), ids=WRONG)
def test_one_mistake_is_told_in_one_line_with_its_place_and_remedy(tmp_path: Path, mistake: Mistake) -> None:
    is_told(tmp_path, mistake)


def test_all_mistakes_of_a_matrix_and_around_it_are_told_at_once(tmp_path: Path) -> None:
    text = (
        own("-budget, planning: planer", rest="sprints: 3")
        + "  - merged\n  - mergd\nhorizon_days: 5\nrisks: some\nportfolio: {services: {count: x}}\n"
    )
    assert [(each.line, each.key) for each in problems_of(tmp_path, text)] == [
        (6, MATRIX),
        (7, f"{MATRIX}.planning"),
        (20, "structures.1.sprints"),
        (21, "structures.2"),
        (22, "structures.3"),
        (23, "horizon_days"),
        (24, "risks"),
        (25, "portfolio.services.count"),
    ]


def test_what_hangs_on_the_roles_of_a_wrong_structure_is_not_guessed_at(tmp_path: Path) -> None:
    text = own("-budget", after="current: ours\nheads: {ours: {lead: 4, planner: 2}}\n")
    assert [each.key for each in problems_of(tmp_path, text)] == [MATRIX]
