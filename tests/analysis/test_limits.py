"""Limits of the machine are named with what would fit; a batch that cannot fit is refused beforehand."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from analysis.commands.limits import limit
from sim.batch import memory
from sim.batch.results import ResultsError
from sim.batch.run import run_batch
from tests.batches import small


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError("3 GB"), "not enough memory"),
        (OSError(errno.EMFILE, "Too many open files"), "ulimit -n"),
        (OSError(errno.EFBIG, "File too large", "a.csv"), "ulimit -f"),
        (OSError(errno.ENOSPC, "No space left on device", "a.csv"), "free space"),
        (OSError(errno.ENOSPC, "No space left on device"), "cannot go on printing"),
        (RuntimeError("can't start new thread"), "ulimit -u"),
        (ImportError("libx.so: failed to map segment from shared object"), "not enough memory"),
        (UnicodeEncodeError("utf-8", "a\udcff", 1, 2, "surrogates not allowed"), r"a\xff: is not UTF-8"),
    ],
)
def test_a_limit_is_named_with_what_would_fit(error: Exception, said: str) -> None:
    told = limit(error)
    assert told is not None and said in told and "\n" not in told


def test_a_mistake_of_ours_is_no_limit() -> None:
    assert limit(ValueError("no such row")) is None


def test_a_batch_that_cannot_fit_is_refused_with_the_threads_that_would(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scenario = small()
    a_thread = memory.bytes_of_batch(scenario, 1) - memory.LOADED
    monkeypatch.setattr(memory, "free", lambda: 2.5 * a_thread)
    assert memory.refusal(scenario, 2) is None
    assert "--jobs 2 would fit" in str(memory.refusal(scenario, 8))
    with pytest.raises(ResultsError, match="--jobs 2 would fit"):
        run_batch(scenario, replications=1, jobs=8, out=tmp_path / "none")
    assert not (tmp_path / "none").exists()
