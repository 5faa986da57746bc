"""The record behind all readers: an item of work, whatever program kept it, and what a file gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from analysis.words.numbers import many

Kind = Literal["task", "bug", "request", "container"]
"""What an item is: work to be done, a defect, something that a client asks for, or a heading over others."""


@dataclass(frozen=True, slots=True)
class ItemLink:
    """A link to an item that comes before: its kind (FS, SS, FF, SF), and the working days between."""

    after: str
    kind: str = "FS"
    lag_days: float = 0.0


@dataclass(frozen=True)
class WorkingTime:
    """The days of the week on which people work, and the single days that are off."""

    days: tuple[str, ...]
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of work. Texts are empty, and dates and numbers None, where the file does not say.

    `group` is the container that it belongs to, by id or name; `ties` are to items that come before, `before`
    are ids of those that wait for it. `level` is its depth in an outline (0: none), `done_share` what is done
    of it by the day of the file, `crew` how many people share it. `people` are names as they stand in the
    file: they are counted, and never written. `rejected` items were closed without being done.
    """

    id: str
    title: str = ""
    kind: Kind = "task"
    type: str = ""
    project: str = ""
    group: str = ""
    client: str = ""
    status: str = ""
    severe: bool | None = None
    finished: bool = False
    rejected: bool = False
    created: date | None = None
    started: date | None = None
    done: date | None = None
    due: date | None = None
    estimate_hours: float | None = None
    remaining_hours: float | None = None
    spent_hours: float | None = None
    points: float | None = None
    teams: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    ties: tuple[ItemLink, ...] = ()
    before: tuple[str, ...] = ()
    level: int = 0
    done_share: float | None = None
    crew: int = 1

    @property
    def after(self) -> tuple[str, ...]:
        """What comes before the item, as the file names it."""
        return tuple(tie.after for tie in self.ties)


@dataclass(frozen=True, slots=True)
class Booking:
    """Hours that somebody booked on a day, on what task of which project.

    `key` is the id of an item, if one is named; `activity` the kind of work, if that has a column of its own;
    `person` is counted, and never written.
    """

    day: date
    hours: float
    person: str
    project: str = ""
    task: str = ""
    key: str = ""
    client: str = ""
    team: str = ""
    activity: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Something in a file that takes no part: how many of `what`, a word in the singular, and why."""

    count: int
    what: str
    why: str

    def __str__(self) -> str:
        return f"{many(self.count, self.what)}: {self.why}"


@dataclass(frozen=True)
class Held:
    """A duty, who holds it, and why."""

    duty: str
    holder: str
    why: str


@dataclass(frozen=True)
class Roles:
    """A structure as a matrix has it: the roles of managers that hold a duty, and the holder of each duty.

    `further` are roles beside the holder, by the key of a scenario's structure that says them, and by duty.
    """

    roles: tuple[str, ...]
    duties: tuple[Held, ...]
    further: Mapping[str, Mapping[str, tuple[str, ...]]]
    understood: int
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What one file gave: `what` it is, how many `rows` it has, and what was not understood of it.

    A matrix of responsibilities gives no items, but `roles`, and a timesheet `bookings`. `day` is the one on
    which a plan says what is done, `time` its calendar.
    """

    file: str
    what: str
    rows: int
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    roles: Roles | None = None
    day: date | None = None
    time: WorkingTime | None = None
    bookings: tuple[Booking, ...] = ()

    @property
    def understood(self) -> int:
        """How many of the rows mean something."""
        return self.roles.understood if self.roles else len(self.items) + len(self.bookings)


def of_one_person(tasks: int) -> str:
    """What is said of so many tasks of a plan whose durations count as hours of work."""
    long = "1 task says how long it takes" if tasks == 1 else f"{tasks:,} tasks say how long they take"
    return f"{long} and no work: counted as the work of one person for that time"
