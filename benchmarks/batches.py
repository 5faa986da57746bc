"""What a batch costs: its time on two threads, and its memory with few and with many replications."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.organisations import EXAMPLE, example
from sim.batch.run import run_batch

PEAK = r"""
import re, sys
from pathlib import Path
from benchmarks.batches import batch_seconds
batch_seconds(int(sys.argv[1]))
print(int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""


def batch_seconds(replications: int, jobs: int = 2) -> float:
    """Seconds of simulating the example under its three structures, once compiled, results written."""
    with tempfile.TemporaryDirectory() as folder:
        return run_batch(example(), replications=replications, jobs=jobs, out=Path(folder)).seconds


def peak_megabytes(replications: int) -> float:
    """MB: the most memory that a process needs for a batch of the example (Linux).

    The kernel's own note of it: `getrusage` gives at least what the process that started this one held.
    """
    command = [sys.executable, "-c", PEAK, str(replications)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=EXAMPLE.parent.parent)
    return float(done.stdout)
