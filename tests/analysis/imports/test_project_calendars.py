"""The calendar of a plan of MS Project becomes that of the scenario; by hand, day for day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from analysis.imports.ask import Imported, import_files
from tests.analysis.imports.files import wrote

FOUR_DAYS = "".join(
    f"<WeekDay><DayType>{n}</DayType><DayWorking>{int(n in (2, 3, 4, 5))}</DayWorking></WeekDay>"
    for n in range(1, 8)
)
"""Monday, day 2, to Thursday."""


def off(first: str, last: str, said: str = "<Type>1</Type>", working: int = 0) -> str:
    span = f"<TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"
    return f"<Exception>{span}{said}<DayWorking>{working}</DayWorking></Exception>"


def calendar(number: int, week: str = "", exceptions: str = "", base: int = -1) -> str:
    return (
        f"<Calendar><UID>{number}</UID><BaseCalendarUID>{base}</BaseCalendarUID><WeekDays>{week}</WeekDays>"
        f"<Exceptions>{exceptions}</Exceptions></Calendar>"
    )


def imported(folder: Path, calendars: str, rest: str = "", task: str = "") -> Imported:
    text = (
        '<Project xmlns="http://schemas.microsoft.com/project"><Title>Move</Title><CalendarUID>1</CalendarUID>'
        f"<StatusDate>2027-01-04T17:00:00</StatusDate><Calendars>{calendars}</Calendars><Tasks>"
        "<Task><UID>1</UID><Name>Carry</Name><OutlineLevel>1</OutlineLevel><Work>PT24H0M0S</Work>"
        "<Start>2027-01-12T08:00:00</Start><Deadline>2027-01-20T17:00:00</Deadline>"
        f"{task}</Task></Tasks>{rest}</Project>"
    )
    return import_files([wrote(folder / "plan.xml", text)], folder / "my.yaml", dry_run=True)


def days(done: Imported) -> tuple[int, int | None]:
    assert done.scenario.plan is not None
    (project,) = done.scenario.plan.projects
    return project.start_day, project.deadline_day


def left_out(done: Imported) -> list[str]:
    return [str(left) for left in done.readings[0].left_out]


def test_days_are_counted_in_the_week_and_without_the_holidays_of_the_plan(tmp_path: Path) -> None:
    """Work is on 4, 5, 7, 11, 12, 14, 18, 19, 20 January: 6 is off, and so is 13."""
    exceptions = off("2027-01-06", "2027-01-06") + off("2027-01-13", "2027-01-13")
    done = imported(tmp_path, calendar(1, FOUR_DAYS, exceptions))
    assert days(done) == (4, 9)
    assert done.scenario.calendar is not None
    assert [done.scenario.calendar.date_of(n).day for n in range(9)] == [4, 5, 7, 11, 12, 14, 18, 19, 20]
    assert done.scenario.calendar.working_days == ("mon", "tue", "wed", "thu")
    assert left_out(done) == []


def test_the_usual_week_has_three_days_more_by_then(tmp_path: Path) -> None:
    assert days(imported(tmp_path, calendar(1))) == (6, 13)


def test_a_holiday_of_every_year_is_one_day_a_year_and_not_all_that_lie_between(tmp_path: Path) -> None:
    rule = "<Type>2</Type><Month>0</Month><MonthDay>13</MonthDay>"
    done = imported(tmp_path, calendar(1, exceptions=off("2026-01-13", "2036-01-13", rule)))
    assert days(done) == (6, 12)
    assert done.scenario.calendar is not None
    assert [day.year for day in done.scenario.calendar.holidays] == [2027]


def test_a_holiday_as_older_versions_write_it_counts_once(tmp_path: Path) -> None:
    old = off("2027-01-11", "2027-01-15", "<DayType>0</DayType>").replace("Exception>", "WeekDay>")
    done = imported(tmp_path, calendar(1, old, off("2027-01-11", "2027-01-15")))
    assert days(done) == (5, 8)


def test_what_a_scenario_cannot_say_is_told(tmp_path: Path) -> None:
    saturday = off("2027-01-09", "2027-01-09", working=1)
    last_monday = off("2027-01-01", "2036-01-01", "<Type>5</Type>")
    mine = calendar(2, exceptions=off("2027-01-07", "2027-01-07"), base=1) + calendar(3, base=1)
    people = "".join(
        f"<Resource><UID>{n}</UID><Name>r</Name><Type>1</Type><CalendarUID>{n}</CalendarUID></Resource>"
        for n in (2, 3)
    )
    done = imported(
        tmp_path,
        calendar(1, exceptions=saturday + last_monday) + mine,
        f"<Resources>{people}</Resources>",
        "<CalendarUID>2</CalendarUID>",
    )
    assert days(done) == (6, 13)
    assert left_out(done) == [
        "1 day: worked though that day of the week is free; counted as free",
        "1 holiday: by a rule of weeks or months; say its days in `holidays`",
        "1 calendar: of a person, differs from that of the plan, which counts",
        "1 calendar: of a task, differs from that of the plan, which counts",
    ]


def test_holidays_are_written_as_far_as_the_run_goes(tmp_path: Path) -> None:
    exceptions = off("2020-01-06", "2020-01-06") + off("2027-01-13", "2027-01-13")
    done = imported(tmp_path, calendar(1, exceptions=exceptions))
    assert done.scenario.holidays == (date(2027, 1, 13),)
