"""What judging needs is kept beside the runs, and believed only while it is whole and its runs are there."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.claim_tests.extracts import ARRAYS, Gathered, kept_or_gathered
from sim.batch.manifest import MANIFEST

OF = {"organisations": 3}
FIVE = Gathered({"runs": "runs", "of": "five"}, {"worth": np.full(3, 5.0)})
SIX = Gathered({"runs": "runs", "of": "six"}, {"worth": np.full(3, 6.0)})

Ask = Callable[..., str]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Asks for what is kept, where five was kept before; six is what would be gathered now."""
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / MANIFEST).write_text("{}")
    kept_or_gathered(tmp_path, "c01", OF, lambda: FIVE)

    def ask(of: dict[str, int] = OF) -> str:
        found = kept_or_gathered(tmp_path, "c01", of, lambda: SIX)
        assert found.arrays["worth"][0] == (5.0 if found.facts["of"] == "five" else 6.0)
        return str(found.facts["of"])

    return ask


def kept(folder: Path) -> Path:
    (only,) = (folder / ARRAYS).iterdir()
    return only


def test_what_is_kept_is_not_gathered_again(ask: Ask) -> None:
    assert ask() == "five"


def test_something_else_is_gathered(ask: Ask) -> None:
    assert ask({"organisations": 4}) == "six"


def test_a_file_in_which_a_byte_was_changed_is_made_anew(ask: Ask, tmp_path: Path) -> None:
    path = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert ask() == "six"


def test_nothing_is_believed_of_runs_that_are_gone(ask: Ask, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "runs")
    assert ask() == "six"


def test_what_would_have_to_be_unpickled_is_not_read(ask: Ask, tmp_path: Path) -> None:
    path = kept(tmp_path)
    head = path.read_bytes().split(b"\n")[1]
    assert json.loads(head)["facts"]["of"] == "five"
    packed = io.BytesIO()
    np.savez(packed, worth=np.array([OF], dtype=object))
    body = head + b"\n" + packed.getvalue()
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert ask() == "six"
