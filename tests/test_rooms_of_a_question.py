"""The rooms of a question: its record knows neither the words nor the files that are made of it."""

from __future__ import annotations

import ast

import pytest

from tests.test_layers import OURS, needed_by

ROOMS_OF_WORDS = ("analysis.words", "analysis.reports", "analysis.commands")
MADE_OF_IT = {"words", "summary", "sentences", "lines", "table", "figure", "files"}
"""Modules of a question's package that say, draw or keep what its record holds."""

RECORDS = sorted(module for module in OURS if module.endswith(".result"))


def test_there_are_records() -> None:
    assert "analysis.decision.result" in RECORDS
    assert len(RECORDS) >= 8


@pytest.mark.parametrize("module", RECORDS)
def test_a_record_knows_neither_words_nor_files(module: str) -> None:
    package = module.rpartition(".")[0]
    needed = needed_by(module)
    assert {name for name in needed if name.startswith(ROOMS_OF_WORDS)} == set()
    assert needed & {f"{package}.{name}" for name in MADE_OF_IT} == set()


def test_what_is_shown_as_an_answer_is_a_record() -> None:
    exhibits = {
        module
        for module, path in OURS.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Exhibit" for base in node.bases)
    }
    assert sorted(exhibits) == RECORDS
