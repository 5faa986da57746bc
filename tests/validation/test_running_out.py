"""Work in progress counts what running the last projects out shows that it was."""

from __future__ import annotations

import pytest

from validation import running_out
from validation.answer import KnownAnswer


@pytest.mark.slow
@pytest.mark.parametrize("answer", running_out.ANSWERS, ids=lambda answer: answer.fact)
def test_work_in_progress_counts_what_running_out_shows(answer: KnownAnswer) -> None:
    assert answer.holds(answer.simulate()), answer.fact
