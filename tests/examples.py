"""How many random examples a test tries: so many as it says, times what the profile asks for.

A number written on a test would hold under every profile. So it is said in the measure of `ORDINARY`, and a
profile with ten times as many examples raises each test's limit by ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from hypothesis import settings

ORDINARY = 100
"""Examples of the ordinary profile, in whose measure tests say theirs."""

NIGHTLY = 2500

Test = Callable[..., None]

_tried = 0


def scaled(count: int) -> int:
    """So many random organisations under the ordinary profile; under another in proportion, at least one."""
    return max(1, round(count * settings.default.max_examples / ORDINARY))  # type: ignore[attr-defined]


def examples(count: int) -> Callable[[Test], Test]:
    """Under the ordinary profile a test under `@given` tries so many; under another in proportion."""

    def limited(test: Any) -> Test:
        test.hypothesis.inner_test = _counted(test.hypothesis.inner_test)
        return settings(max_examples=scaled(count))(test)

    return limited


def _counted(test: Test) -> Test:
    @wraps(test)
    def counting(*args: Any, **given: Any) -> None:
        note_tried()
        test(*args, **given)

    return counting


def numbers(count: int, first: int = 0) -> Iterator[int]:
    """The numbers of so many random organisations, counted as they are lived through."""
    for number in range(first, first + scaled(count)):
        note_tried()
        yield number


def note_tried(count: int = 1) -> None:
    """Count so many random examples as tried."""
    global _tried  # noqa: PLW0603
    _tried += count


def tried() -> int:
    """Random examples that this process has tried so far."""
    return _tried
