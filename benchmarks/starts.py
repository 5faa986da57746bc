"""How long one waits before anything happens: compiling on a new machine, a compiled start, and the help."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from time import perf_counter

from benchmarks.organisations import EXAMPLE

COMPILE = "from sim.clocks.simulate import ensure_compiled; ensure_compiled(lambda message: None)"
HELP = "import sys; sys.argv = ['rolecall', '--help']; from analysis.commands.start import main; main()"


def seconds_of(code: str, cache: str | None = None) -> float:
    """Seconds that a fresh Python takes for a piece of code, starting included."""
    environment = os.environ | ({"XDG_CACHE_HOME": cache} if cache else {})
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-c", code],
        env=environment, cwd=EXAMPLE.parent.parent, capture_output=True, check=True,
    )  # fmt: skip
    return perf_counter() - start


def compile_seconds() -> tuple[float, float]:
    """Seconds to the first run: with an empty cache, and with the compiled run in it."""
    with tempfile.TemporaryDirectory() as cache:
        return seconds_of(COMPILE, cache), seconds_of(COMPILE, cache)


def help_seconds() -> float:
    """Seconds of `rolecall --help`, the best of five."""
    return min(seconds_of(HELP) for _ in range(5))
