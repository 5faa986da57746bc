"""Every sentence of an answer has a case in which it is said, and one in which it must not be.

Planted numbers, no runs. The last test finds the sentences in the code: a new one needs its cases, too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import analysis.decision
from tests.analysis import said_in_details, said_in_lines
from tests.analysis.planted_records import Said

GROUPS: dict[str, Callable[[], Iterator[Said]]] = {
    "questions": said_in_lines.questions,
    "answers": said_in_lines.answers,
    "of the roles, and of changing": said_in_lines.of_roles_and_changing,
    "reasons": said_in_lines.reasons_told,
    "what would change it": said_in_lines.what_would_change_it,
    "details": said_in_details.details,
    "warnings": said_in_details.warnings,
    "nothing to tell": said_in_details.nothing,
}

MODULES = (
    *("lines", "sentences", "follow_up", "verdict", "headcount", "change_cost"),
    *("reasons", "degenerate_cases"),
)


@cache
def sentences(group: str) -> tuple[Said, ...]:
    return tuple(GROUPS[group]())


@pytest.mark.parametrize("group", GROUPS)
def test_a_sentence_is_said_where_it_is_true_and_not_where_it_is_not(group: str) -> None:
    for said in sentences(group):
        assert said.words in said.shown
        assert said.words not in said.hidden


def pieces(module: str) -> Iterator[str]:
    """The texts of three words or more in a module, its docstrings left out."""
    folder = Path(str(analysis.decision.__file__)).parent
    tree = ast.parse((folder / f"{module}.py").read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else None
        if isinstance(text, str) and len(re.findall(r"[A-Za-z]+", text)) >= 3 and " " in text.strip():
            yield text.partition("{")[0]


@pytest.mark.parametrize("module", MODULES)
def test_no_sentence_is_without_such_a_case(module: str) -> None:
    known = [said.words for group in GROUPS for said in sentences(group)]
    new = [text for text in pieces(module) if not any(text.strip(" (%;:,") in words for words in known)]
    assert not new
