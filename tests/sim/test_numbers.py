"""Every number in the rules is an assumption, or is no model at all."""

from __future__ import annotations

import ast
from pathlib import Path

from sim.assumptions import load_assumptions, neutral, values

RULES = sorted((Path(__file__).parents[2] / "sim" / "rules").glob("*.py"))

NO_MODEL = {
    ("matters.py", 10),  # numbers subjects
    ("ownership.py", 2),  # each pair of managers once: half of a square
    ("people.py", 2),  # belongs to the mean of a lognormal number
    ("people.py", 0.5),  # the middle of a step
    ("risks.py", 0.5),  # rounds to whole people
    ("tasks.py", 0.5),  # the fifty-fifty rule of earned value: its name is its value
    ("tasks.py", 2.0),  # the farthest that two places on a circle can be apart is a half of it
}


def numbers(path: Path) -> set[tuple[str, float]]:
    """The numbers written in a file, but for none and one."""
    nodes = ast.walk(ast.parse(path.read_text()))
    constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return {(path.name, c) for c in constants if type(c) in (int, float) and c not in (0, 1)}


def test_every_number_in_the_rules_comes_from_the_assumptions() -> None:
    written = set().union(*(numbers(path) for path in RULES))
    assert written == NO_MODEL


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
