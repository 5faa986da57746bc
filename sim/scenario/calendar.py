"""The working calendar of a scenario: which date a working day is, and which working day a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from sim.scenario.base import TOP, Refusal, refuse
from sim.scenario.reading.problems import shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_DAYS = WEEKDAYS[:5]
FIRST_YEAR, LAST_YEAR = 1980, 2200


def date_of(text: str) -> date | None:
    """The date that a text of the form 2027-01-04 names; None if it names none."""
    try:
        day = date.fromisoformat(text.strip()) if len(text.strip()) == 10 else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _as_date(value: object) -> date:
    day = value if isinstance(value, date) else date_of(value) if isinstance(value, str) else None
    if day is None:
        refuse([((), f"is {shown(value)}", "give a date as year-month-day, such as 2027-01-04")])
        raise AssertionError  # refused
    return day


AsDate = Annotated[
    date,
    BeforeValidator(_as_date),
    PlainSerializer(lambda day: day.isoformat(), when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A date as a scenario writes it."""

Weekday = Annotated[str, Field(pattern="^(mon|tue|wed|thu|fri|sat|sun)$")]


@dataclass(frozen=True)
class Calendar:
    """Day 0 is the first working day from `starts` on; holidays are no working days."""

    starts: date
    working_days: tuple[str, ...] = USUAL_DAYS
    holidays: tuple[date, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether people work on a date."""
        return WEEKDAYS[day.weekday()] in self.working_days and day not in self.holidays

    def day_of(self, day: date) -> int:
        """How many working days lie between day 0 and a date: the working day that begins then, or next."""
        return self._count(self.starts, day)

    def end_of(self, day: date) -> int:
        """How many working days are over when a date is: the deadline of who is to be done that day."""
        return self._count(self.starts, day + timedelta(days=1))

    def date_of(self, day: float) -> date:
        """The date of a working day; of a part of one likewise."""
        import numpy as np

        found = np.busday_offset(
            self.starts, int(day // 1), roll="forward", weekmask=self._mask, holidays=self._off
        ).item()
        assert isinstance(found, date)
        return found

    def date_of_end(self, day: float) -> date:
        """The date at whose end so many working days are over."""
        return self.date_of(-(-day // 1) - 1)

    def _count(self, first: date, day: date) -> int:
        import numpy as np

        return int(np.busday_count(first, day, weekmask=self._mask, holidays=self._off))

    @property
    def _mask(self) -> list[bool]:
        return [name in self.working_days for name in WEEKDAYS]

    @property
    def _off(self) -> NDArray[np.datetime64]:
        import numpy as np

        return np.array(self.holidays, "datetime64[D]")


def start_refusals(starts: date, working_days: Sequence[str], holidays: Sequence[date]) -> list[Refusal]:
    """Day 0 has to be a working day."""
    if Calendar(starts, tuple(working_days), tuple(holidays)).is_working(starts):
        return []
    return [((TOP, "starts"), f"is {starts}, on which nobody works", "give a working day: it is day 0")]
