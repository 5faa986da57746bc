"""Processes that are killed in the middle of a batch, and disks that fill up: real ones, with fake runs."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

import analysis.decision.ask
import analysis.figures.looks
from analysis.reorganisation.ask import reorganise
from sim.batch.results import PartStore
from sim.batch.run import run_batch
from sim.clocks.payback import IN_PROGRESS, LEFT, NET, arms
from sim.scenario import Scenario
from tests import changes, fake_runs
from tests.forked import PROCESSES

Job = Callable[[Path, int], str]

FUTURES = 300


def run_job(out: Path, jobs: int) -> str:
    """A sweep, as `rolecall run` does it."""
    scenario = fake_runs.organisation(vary={"managers": [4, 6]})
    run_batch(scenario, replications=FUTURES // 2, jobs=jobs, out=out, simulate=fake_runs.simulate)
    return ""


def decide_job(out: Path, jobs: int) -> str:
    """An answer that takes several rounds, the later ones without the worst structure, and doubt about
    assumptions; without its figure and what lies between the structures, for speed.
    """
    analysis.decision.ask.save = lambda *_: []  # type: ignore[attr-defined]
    scenario = fake_runs.organisation(structures=["merged", "pm_only", "dm_only"], replications=FUTURES)
    decision = analysis.decision.ask.decide(
        scenario, matters=2e4, doubted=50, jobs=jobs, out=out, simulate=fake_runs.simulate, steps=False
    )
    return str(decision)


def reorganise_job(out: Path, jobs: int) -> str:
    """What a change of structure pays; without its figure, for speed."""
    analysis.figures.looks.save = lambda *_: []  # type: ignore[assignment]
    given = {"to": "separated", "day": changes.DAY, "replications": FUTURES, "jobs": jobs, "out": out}
    return str(reorganise(fake_runs.organisation(), simulate=days, **given))  # type: ignore[arg-type]


def days(scenario: Scenario, replications: Sequence[int]) -> list[Any]:
    """Fake days of a change: what is planted, with luck."""
    return [
        (
            arm.name,
            replication,
            {NET: gain, LEFT: changes.left_to_do(gain), IN_PROGRESS: 0.0},
            None,
        )
        for replication in replications
        for share, arm in zip((0, 2, 1, 1), arms(scenario), strict=True)
        for gain in [share * changes.futures(replication, 1, 100.0)[0]]
    ]


JOBS: dict[str, Job] = {"run": run_job, "decide": decide_job, "reorganise": reorganise_job}


def killed_at_a_step(job: str, out: Path, step: int) -> int:
    """Start a job that kills itself at its `step`-th dealing with the disk; returns its exit code."""
    return _ended(PROCESSES.Process(target=_die_at, args=(job, out, step)))


def killed_after(job: str, out: Path, seconds: float) -> int:
    """Start a job and kill it from outside after a while; returns its exit code."""
    return _ended(PROCESSES.Process(target=_live, args=(job, out)), seconds)


def _ended(process: Any, kill_after: float | None = None) -> int:
    process.start()
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    process.join(3600)
    code = process.exitcode
    process.close()
    assert code is not None
    return int(code)


def _live(job: str, out: Path) -> None:
    JOBS[job](out, 2)


def _die_at(job: str, out: Path, step: int) -> None:
    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with at_step(step, die):
        JOBS[job](out, 2)


@contextmanager
def at_step(step: int, happens: Callable[[], None]) -> Iterator[None]:
    """Let something happen in place of the `step`-th write, sync or rename; a write is cut in half by it."""
    count = 0

    def due() -> bool:
        nonlocal count
        count += 1
        return count == step

    copy, archive, fsync, replace = PartStore._copy, np.savez_compressed, os.fsync, os.replace

    def half_written(self: PartStore, columns: Any, path: Path) -> None:
        copy(self, columns, path)
        if due():
            content = path.read_bytes()
            path.write_bytes(content[: len(content) // 2])
            happens()

    def half_archived(file: Any, **content: Any) -> None:
        archive(file, **content)
        if due():
            file.truncate(file.tell() // 2)
            file.flush()
            happens()

    def synced(descriptor: Any) -> None:
        if due():
            happens()
        fsync(descriptor)

    def replaced(source: Any, target: Any) -> None:
        if due():
            happens()
        replace(source, target)

    PartStore._copy = half_written  # type: ignore[method-assign]
    np.savez_compressed = half_archived  # type: ignore[assignment]
    os.fsync, os.replace = synced, replaced
    try:
        yield
    finally:
        PartStore._copy = copy  # type: ignore[method-assign]
        np.savez_compressed = archive  # type: ignore[assignment]
        os.fsync, os.replace = fsync, replace


def no_space() -> None:
    """What a full disk says."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kept(out: Path) -> dict[str, bytes]:
    """Every part and every answer below a folder, by its place; what tells of times and machines is not."""
    names = ("part-*.parquet", "part-*.npz", "decision.json", "reorganise.json")
    return {str(p.relative_to(out)): p.read_bytes() for name in names for p in sorted(out.rglob(name))}


def left_over(out: Path) -> list[str]:
    """Files that were begun and not finished."""
    return [p.name for p in out.rglob("*.tmp")]


def luck(*numbers: int) -> np.random.Generator:
    """The same moments on every machine."""
    return np.random.default_rng([4, *numbers])


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Callable[[str], bool]]:
    """A disk of its own at `folder`, if one may be mounted here: then yields what remounts it."""

    def mount(options: str) -> bool:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    folder.mkdir()
    try:
        mounted = mount(f"size={kilobytes}k")
    except FileNotFoundError:
        mounted = False
    try:
        yield (lambda options: mount(f"remount,{options}")) if mounted else (lambda _: False)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
