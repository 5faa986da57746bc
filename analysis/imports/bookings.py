"""What booked hours tell: work done on items that a tracker has, and alone how much is done, by how many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from analysis.imports.record import Booking, Item, LeftOut, Reading
from analysis.imports.teams import LONGEST_TEAM_NAME, MOST_MEMBERS, Team
from analysis.imports.workload import DAYS_A_YEAR, SHORTEST_YEARS, Known
from analysis.words.numbers import many
from sim.safety.names import look

PROJECTS_NAMED = 5

_MANAGES = re.compile(
    r"\b(?:management|managing|pm|meetings?|planning|plan|coordination|status|reporting|reports?|stand-?ups?"
    r"|dail(?:y|ies)|retro(?:spective)?s?|refinement|steering|hiring|interviews?|staffing|escalations?"
    r"|besprechung(?:en)?|planung|koordination|leitung|abstimmung|berichte?|projektleitung)\b",
    re.IGNORECASE,
)
"""Words of what is like the work of managers; reviews and tests, a part of the work itself, are not."""


def with_booked(readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], tuple[LeftOut, ...]]:
    """The readings, each item with the hours that timesheets have for it; and which hours are of no item.

    An item that says itself how long was worked on it, or by whom, keeps that: its program may count the same
    hours, and know the same people by other names.
    """
    bookings = bookings_of(readings)
    items = [item for reading in readings for item in reading.items]
    if not bookings or not items:
        return tuple(readings), ()
    of, lost = _by_item(bookings, items)
    said = {item.id for item in items if item.spent_hours is not None}
    found = [
        replace(reading, items=tuple(_worked(item, of.get(item.id, ())) for item in reading.items))
        for reading in readings
    ]
    hours = sum(each.hours for each in lost)
    kept = len(said & of.keys())
    told = (
        LeftOut(len(lost), "booking", f"{_h(hours)} that are of no item of the other files"),
        LeftOut(kept, "item", "keeps the hours that its own file says, beside those that were booked"),
    )
    return tuple(found), tuple(left for left in told if left.count)


def bookings_of(readings: Iterable[Reading]) -> tuple[Booking, ...]:
    """All hours that were booked."""
    return tuple(booking for reading in readings for booking in reading.bookings)


def _by_item(
    bookings: Sequence[Booking], items: Sequence[Item]
) -> tuple[dict[str, list[Booking]], list[Booking]]:
    """The bookings of each item, by its id or by a title that only one item has; and those of none."""
    ids = {item.id for item in items}
    times = Counter(look(item.title) for item in items)
    titles = {look(item.title): item.id for item in items if item.title and times[look(item.title)] == 1}
    of: dict[str, list[Booking]] = defaultdict(list)
    lost: list[Booking] = []
    for booking in bookings:
        found = booking.key if booking.key in ids else titles.get(look(booking.task))
        (of[found] if found else lost).append(booking)
    return dict(of), lost


def _worked(item: Item, booked: Sequence[Booking]) -> Item:
    if not booked:
        return item
    hours = sum(each.hours for each in booked) if item.spent_hours is None else item.spent_hours
    people = item.people or tuple(dict.fromkeys(each.person for each in booked if each.person))
    started = item.started or min(each.day for each in booked)
    return replace(item, spent_hours=hours, people=people, started=started)


@dataclass(frozen=True)
class Sheets:
    """What timesheets alone say of an organisation: teams, managers, and the projects of a portfolio."""

    teams: list[Team]
    managers: Known | None
    projects: Mapping[str, Known]
    remarks: tuple[str, ...]


def alone(bookings: Sequence[Booking], *, anonymous: bool) -> Sheets:
    """What hours say for which no items are given: how many people, and how much a project takes."""
    people = _people(bookings)
    manage = {name for name, several in people.items() if 2 * _hours(_managing(several)) > _hours(several)}
    working = [each for each in bookings if each.person not in manage]
    managers = Known(len(manage), _why_managers(manage)) if len(manage) > 1 else None
    return Sheets(
        _teams(working, anonymous), managers, _projects(bookings), tuple(_remarks(bookings, anonymous))
    )


def _people(bookings: Sequence[Booking]) -> dict[str, list[Booking]]:
    found: dict[str, list[Booking]] = defaultdict(list)
    for each in bookings:
        found[each.person].append(each)
    return dict(found)


def _managing(bookings: Iterable[Booking]) -> list[Booking]:
    return [each for each in bookings if _is_management(each)]


def _is_management(booking: Booking) -> bool:
    """Whether hours are like management, by their kind of work, else by what they were booked on."""
    return bool(_MANAGES.search(booking.activity or booking.task))


def _hours(bookings: Iterable[Booking]) -> float:
    return sum(each.hours for each in bookings)


def _why_managers(manage: Collection[str]) -> str:
    return f"{len(manage):,} people of whose hours more than half are like management"


def _teams(bookings: Sequence[Booking], anonymous: bool) -> list[Team]:
    """The groups of the timesheet, each person in that of most of their hours; else one team."""
    homes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for each in bookings:
        if each.person:
            homes[each.person][each.team or "Team"] += each.hours
    members = Counter(max(found, key=found.__getitem__) for found in homes.values())
    return [
        Team(
            f"Team {i}" if anonymous else name[:LONGEST_TEAM_NAME],
            min(number, MOST_MEMBERS),
            f"{number:,} who booked hours" + (" and belong to this group" if name != "Team" else ""),
        )
        for i, (name, number) in enumerate(members.items(), 1)
    ]


def _projects(bookings: Sequence[Booking]) -> dict[str, Known]:
    """Hours of a project, how many begin in a year, and how many are under way at once."""
    of: dict[str, list[Booking]] = defaultdict(list)
    for each in bookings:
        if each.project and not _is_management(each):
            of[look(each.project)].append(each)
    if not of:
        return {}
    days = [each.day for each in bookings]
    first, last = min(days), max(days)
    n = many(len(of), "project")
    span = f"{n} with hours from {first} to {last}"
    effort = max(1, round(fmean(map(_hours, of.values()))))
    found = {
        "effort_hours": Known(
            effort, f"mean of {span}, without what is like management; too low if some go on"
        )
    }
    years = (last - first).days / DAYS_A_YEAR
    if years >= SHORTEST_YEARS:
        found["a_year"] = Known(round(len(of) / years, 1), span)
    open_now = sum(any((last - each.day).days < 14 for each in several) for several in of.values())
    return {"at_start": Known(open_now, f"{n}, of which so many have hours in the last two weeks"), **found}


def _h(hours: float) -> str:
    return f"{hours:,.0f} h" if hours >= 100 else f"{round(hours, 1):g} h"


def _remarks(bookings: Sequence[Booking], anonymous: bool) -> Iterable[str]:
    """Hours by project, by person and week, and what share of them is like management."""
    total, people = _hours(bookings), _people(bookings)
    days = [each.day for each in bookings]
    who = "1 person" if len(people) == 1 else f"{len(people):,} people"
    yield f"{_h(total)}{f' of {who}' if any(people) else ''} from {min(days)} to {max(days)}"
    weeks: dict[tuple[object, ...], float] = defaultdict(float)
    for each in bookings:
        weeks[each.person, *each.day.isocalendar()[:2]] += each.hours
    yield f"{_h(median(weeks.values()))} a person and week, the median of weeks in which they book any"
    by_project: dict[str, float] = defaultdict(float)
    for each in bookings:
        by_project[each.project or "no project"] += each.hours
    most = sorted(by_project.items(), key=lambda each: -each[1])[:PROJECTS_NAMED]
    names = [f"project {i}" if anonymous else name for i, (name, _) in enumerate(most, 1)]
    listed = [f"{name} {_h(hours)}" for name, (_, hours) in zip(names, most, strict=True)]
    more = f" and {len(by_project) - PROJECTS_NAMED:,} more" if len(by_project) > PROJECTS_NAMED else ""
    yield f"most hours: {', '.join(listed)}{more}"
    share = _hours(_managing(bookings)) / total
    yield f"{share:.0%} of the hours are like management, by words such as meeting, planning or reporting"
