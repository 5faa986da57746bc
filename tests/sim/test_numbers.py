"""Every number in the rules is an assumption, or is no model at all."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from sim.scenario.assumptions import load_assumptions, neutral, values

SIM = Path(__file__).parents[2] / "sim"
RULES = sorted((SIM / "rules").glob("*.py"))

NO_MODEL = {
    ("aptitude.py", 2.0): 1,  # belongs to the mean of a lognormal number
    ("attention.py", 2): 1,  # the ends of a line
    ("choice.py", 2): 2,  # likewise; and how far from rounding a search looks
    ("matters.py", 10): 1,  # numbers subjects
    ("ownership.py", 2): 3,  # each pair of managers once: half of a square; and the ends of a line
    ("people.py", 2): 1,  # belongs to the mean of a lognormal number
    ("people.py", 0.5): 2,  # the middle of a step, and half of a rate
    ("ranking.py", 2): 1,  # a place in a code of what a ranker goes by
    ("ranking.py", 4): 1,  # likewise
    ("risks.py", 0.5): 2,  # rounds to whole people, and to whole risks
    ("network.py", 0.5): 2,  # the fifty-fifty rule of earned value, begun and done: its name is its value
    ("tasks.py", 2.0): 1,  # the farthest that two places on a circle can be apart is a half of it
}

BEFORE = tuple(SIM / "rules" / f"{name}.py" for name in ("drafting", "wiring", "staffing"))
AFTER = SIM / "rules" / "totals.py"
DRAWING = (*sorted((SIM / "building").glob("*.py")), *BEFORE)
"""Modules that say what an organisation is like before its first day."""

MEAN_ONE = 0.5  # half the variance, taken off a lognormal so that its mean is one

NO_ASSUMPTION = {
    ("projects.py", MEAN_ONE): "and an even chance of either side, or of the nearer of two pools",
    ("projects.py", 0.9): "the stages that projects may be in at the start: see the model page",
    ("projects.py", 1e9): "no end",
    **dict.fromkeys((("projects.py", n) for n in (2, 3, 5, 8, 20)), "columns and room of luck"),
    ("replication.py", MEAN_ONE): "",
    ("replication.py", 3): "Student's t: see task_error_spread",
    ("replication.py", 8): "hours of a working day, and room of luck",
    **dict.fromkeys((("replication.py", n) for n in (2, 10, 32)), "columns and room of luck"),
    ("services.py", MEAN_ONE): "",
    **dict.fromkeys((("services.py", n) for n in (8.0, 10)), "room of luck"),
    ("risks.py", 8): "pools that a team looks after: for speed, and felt with more than eight pools only",
    ("absences.py", MEAN_ONE): "",
    ("absences.py", 2): "the two families of duties, and half of a variance",
    ("dependencies.py", 0.5): "an even chance of either side",
    ("dependencies.py", 2): "a pair itself, seen from both its teams",
    ("dependencies.py", 4): "columns of luck",
    **dict.fromkeys((("absences.py", n) for n in (5, 6.0)), "room of luck"),
    **dict.fromkeys((("drafting.py", n) for n in (2, 20, 500)), "rows and room of luck"),
    ("drafting.py", 1e-9): "not nothing",
    **dict.fromkeys((("staffing.py", n) for n in (4.0, 5, 10)), "spreads the first days of recurring duties"),
    ("staffing.py", 2): "half of all duties: see experience_at_start",
    ("wiring.py", 2): "queues of a ranker",
    ("wiring.py", 0.5): "the fifty-fifty rule of earned value",
    ("given_work.py", 2): "columns",
    ("given_work.py", 8): "plans that are kept as rows",
    **dict.fromkeys((("ranges.py", n) for n in (4.0, 5.0)), "the two shapes of PERT's distribution"),
    ("ranges.py", 0.01): "nearly nothing: no task is done before it is begun",
    ("staff.py", 2): "each pair of managers once, and the two queues of one who ranks and lends",
    ("workload.py", 4): "turns of a project's standing, a planner's measure",
    ("workload.py", 5.0): "working days in a week, a planner's measure",
}
"""Numbers of these modules that are none of the assumptions, and why."""


def numbers(path: Path) -> Counter[tuple[str, float]]:
    """The numbers written in a file, but for none and one, and how often."""
    nodes = ast.walk(ast.parse(path.read_text()))
    constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return Counter((path.name, c) for c in constants if type(c) in (int, float) and c not in (0, 1))


def test_every_number_in_the_rules_comes_from_the_assumptions() -> None:
    of_a_run = [path for path in RULES if path not in (*BEFORE, AFTER)]
    written = sum((numbers(path) for path in of_a_run), Counter())
    assert written == NO_MODEL


def test_so_does_every_number_in_what_an_organisation_is_like_or_it_says_why_not() -> None:
    written = set(sum((numbers(path) for path in DRAWING), Counter()))
    assert not written - set(NO_ASSUMPTION)


PLAIN = ("judgement", "definition", "limit", "switch")
CITED = r"[A-Z][A-Za-z&. -]+"  # a name


def test_a_source_is_named_or_it_says_that_there_is_none() -> None:
    for name, assumption in load_assumptions().items():
        plain = assumption.source.startswith(PLAIN)
        assert plain or re.search(CITED, assumption.source), f"{name}: {assumption.source}"


def test_every_assumption_is_used_and_says_where_it_comes_from() -> None:
    sources = list(RULES[0].parents[1].rglob("*.py"))
    text = "\n".join(path.read_text() for path in sources)
    for name, assumption in load_assumptions().items():
        by_name = name.removesuffix("_hours") if name.endswith("_hours") else name  # f"{duty}_hours"
        assert name in text or by_name in text, f"{name} is used nowhere"
        assert assumption.source, f"{name} has no source; say 'judgement, no source'"
        assert assumption.unit and assumption.meaning, name


def test_an_assumption_lies_in_its_range_and_the_range_in_its_bounds() -> None:
    for a in load_assumptions().values():
        assert a.hard_low <= a.low <= a.value <= a.high <= a.hard_high, a.name


def test_what_can_be_switched_off_may_be() -> None:
    assert values(neutral())["exception_rate"] == 0.0
