"""A profile of hypothesis that asks for more random examples gets more of every test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.examples import NIGHTLY, ORDINARY, scaled

ROOT = Path(__file__).parents[1]
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_no_test_sets_a_limit_that_a_profile_cannot_raise(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    limited = re.findall(r"^@examples\(\d+\)\n@given\(", text, re.MULTILINE)
    assert len(limited) == len(re.findall(r"^@given\(", text, re.MULTILINE))
    assert not re.findall(r"^\s*@?settings\(", text, re.MULTILINE)


def test_the_profile_of_the_night_asks_for_more_than_any_other() -> None:
    asked = {name: settings.get_profile(name).max_examples for name in ("ci", "explore", "nightly")}
    assert asked == {"ci": ORDINARY, "explore": 5 * ORDINARY, "nightly": NIGHTLY}
    assert NIGHTLY > 5 * ORDINARY


def test_examples_grow_with_the_profile_and_there_is_always_one() -> None:
    factor = settings.default.max_examples / ORDINARY  # type: ignore[attr-defined]
    assert [scaled(n) for n in (0, 1, 60)] == [1, round(factor), round(60 * factor)]


def test_a_run_says_how_many_random_examples_it_tried() -> None:
    """Two tests that say 100: with `explore` each tries 500."""
    chosen = ["tests/analysis/test_answers.py", "-k", "judged_alike or more_certain"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen]
    done = subprocess.run(
        [*command, "--hypothesis-profile", "explore"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1,000 random examples in 2 tests" in done.stdout
