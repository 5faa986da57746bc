"""Answers that are equal if they say the same, also where they say that something is not known."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any


class Alike:
    """A dataclass whose unknown numbers are equal to each other: NaN is not equal to itself.

    Use it with `@dataclass(eq=False)`.
    """

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _told(self) == _told(other)

    def __hash__(self) -> int:
        return hash((type(self), *_told(self)))


def _told(answer: Any) -> tuple[Any, ...]:
    return tuple(_comparable(getattr(answer, field.name)) for field in fields(answer))


def _comparable(value: Any) -> Any:
    """The value, with a word where a number is not known."""
    if isinstance(value, dict):
        return {key: _comparable(each) for key, each in value.items()}
    return "unknown" if isinstance(value, float) and math.isnan(value) else value
