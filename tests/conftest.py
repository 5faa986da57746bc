"""Settings that every test shares."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from sim.engine.lint import RuleMistake
from tests.examples import NIGHTLY, ORDINARY, tried

os.environ.setdefault("MPLBACKEND", "Agg")
# Before numpy is loaded. Tests run side by side: threads of linear algebra only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Programs that tests start keep the byte code of our sources: each would make it anew, half a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Who runs tests in the background has some signals ignored, and so would every program that they start.
for _signal, _usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)):
    if signal.getsignal(_signal) is signal.SIG_IGN:
        signal.signal(_signal, _usual)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# No limit of time: on a busy machine everything takes longer, and no test may fail by that.
ANY_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# The same examples on every machine. To look for new ones: pytest --hypothesis-profile explore, or nightly.
settings.register_profile("ci", ANY_TIME, derandomize=True, max_examples=ORDINARY)
settings.register_profile("explore", ANY_TIME, max_examples=5 * ORDINARY)
settings.register_profile("nightly", ANY_TIME, max_examples=NIGHTLY, print_blob=True)
settings.load_profile("ci")

TRIED = "random examples"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Note how many random examples a test tried, also if it fails."""
    before = tried()
    try:
        return (yield)
    except RuleMistake as mistake:
        pytest.fail(str(mistake), pytrace=False)
    finally:
        item.user_properties.append((TRIED, tried() - before))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many random examples were tried."""
    calls = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
    ]
    counts = [count for report in calls for name, count in report.user_properties if name == TRIED and count]
    if counts:
        terminalreporter.write_line(f"{sum(counts):,} random examples in {len(counts):,} tests")
