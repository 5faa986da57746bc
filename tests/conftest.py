"""Settings that every test shares."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.examples import NIGHTLY, ORDINARY, tried

os.environ.setdefault("MPLBACKEND", "Agg")

# The same examples on every machine. To look for new ones: pytest --hypothesis-profile explore, or nightly.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=ORDINARY)
settings.register_profile("explore", deadline=None, max_examples=5 * ORDINARY)
settings.register_profile("nightly", deadline=None, max_examples=NIGHTLY, print_blob=True)
settings.load_profile("ci")

TRIED = "random examples"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Note how many random examples a test tried, also if it fails."""
    before = tried()
    try:
        return (yield)
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
