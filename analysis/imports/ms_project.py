"""Plans of MS Project in XML (MSPDI): tasks with their outline, links, work, people and what is done.

Read element by element, so that a large plan takes little memory; a file that declares entities of its own is
refused before anything is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from analysis.imports.dates import iso_day
from analysis.imports.grids import refusal
from analysis.imports.outlines import flattened
from analysis.imports.project_calendars import (
    FoundCalendar,
    calendar_in,
    other_calendars,
    working_time,
)
from analysis.imports.record import Item, ItemLink, LeftOut, Reading, of_one_person
from sim.safety.names import on_one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KINDS = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}
_TENTHS_A_MINUTE = 10
_ELAPSED = {"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"}
"""Formats of durations and lags that count nights and weekends too."""

_PERCENT = {"19", "20", "51", "52"}
_WORKING_DAYS_A_WEEK, _DAYS_A_WEEK = 5, 7
_MOST_CREW = 50
_USUAL_MINUTES = 480.0
"""Of a working day, where the file does not say."""

_START = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>\s*)?<Project\b",
    re.DOTALL,
)
_PARTS = {"Calendar", "Task", "Resource", "Assignment"}
_TIME = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?")


@dataclass
class _Plan:
    """What the elements of a file give, one after the other."""

    file: str
    head: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # of the resources that are people
    groups: dict[str, str] = field(default_factory=dict)
    assigned: dict[str, list[str]] = field(default_factory=dict)  # resources of each task
    calendars: dict[str, FoundCalendar] = field(default_factory=dict)
    of_people: list[str] = field(default_factory=list)  # calendars of resources
    of_tasks: list[str] = field(default_factory=list)
    rows: int = 0
    by_duration: set[str] = field(default_factory=set)  # tasks that say how long they take, and no work
    shared: dict[str, dict[str, float]] = field(default_factory=dict)  # hours of each resource on each task
    inactive: int = 0
    across: int = 0
    percent_lags: int = 0


def is_ms_project(content: bytes) -> bool:
    """Whether a file is a plan of MS Project in XML."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return bool(_START.match(content[:2000].decode("utf-16" if wide else "utf-8", "ignore")))


def read_ms_project(content: bytes, file: str) -> Reading:
    """The items of a plan in XML. Raises ScenarioError for what is no such plan, or is damaged."""
    plan = _Plan(file)
    try:
        _refuse_entities(content, file)
        for element in _parts(content, plan):
            _take(element, plan)
    except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        line = getattr(error, "position", (getattr(error, "lineno", None),))[0]
        raise refusal(file, "is damaged XML", "save it anew from MS Project as XML", line) from None
    if not plan.items:
        raise refusal(file, "is a plan without tasks", "give a plan with tasks")
    return _reading(plan)


def _refuse_entities(content: bytes, file: str) -> None:
    """A plan needs no declarations of its own; those that bombs are made of are not even read."""

    def refuse(*_: object) -> None:
        raise refusal(
            file, "declares a document type, which no plan of MS Project does", "save it anew there"
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)


def _parts(content: bytes, plan: _Plan) -> Iterator[Element]:
    """Tasks, resources and assignments, each dropped once it was looked at; plain values are the plan's."""
    above: list[Element] = []
    for event, element in ElementTree.iterparse(BytesIO(content), events=("start", "end")):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        name = _name(element)
        if len(above) == 1 and not len(element):
            plan.head[name] = (element.text or "").strip()
        if len(above) == 2:
            if name in _PARTS:
                yield element
            above[-1].remove(element)


def _name(element: Element) -> str:
    """The name of an element, without that of its language."""
    return element.tag.rpartition("}")[2]


def _values(element: Element) -> dict[str, str]:
    return {_name(child): (child.text or "").strip() for child in element}


def _take(element: Element, plan: _Plan) -> None:
    said = _values(element)
    if _name(element) == "Resource":
        if said.get("Type", "1") == "1" and said.get("Name"):
            plan.names[said["UID"]] = on_one_line(said["Name"])
            plan.groups[said["UID"]] = on_one_line(said.get("Group", ""))
            plan.of_people.append(said.get("CalendarUID", ""))
    elif _name(element) == "Calendar":
        number, plan.calendars[number] = calendar_in(element)
    elif _name(element) == "Assignment":
        plan.assigned.setdefault(said["TaskUID"], []).append(said["ResourceUID"])
        of_task = plan.shared.setdefault(said["TaskUID"], {})
        hours = _time(said.get("Work", ""))
        of_task[said["ResourceUID"]] = of_task.get(said["ResourceUID"], 0.0) + hours
    else:
        _take_task(element, said, plan)


def _take_task(element: Element, said: Mapping[str, str], plan: _Plan) -> None:
    level = int(said.get("OutlineLevel", "1"))
    if said.get("IsNull") == "1" or level == 0:  # an empty line, or the plan itself
        return
    plan.rows += 1
    if said.get("Active") == "0":
        plan.inactive += 1
        return
    plan.of_tasks.append(said.get("CalendarUID", ""))
    hours = _hours(said, plan)
    ties = [tie for child in element if _name(child) == "PredecessorLink" and (tie := _tie(child, plan))]
    share = said.get("PercentWorkComplete" if _time(said.get("Work", "")) else "PercentComplete", "")
    plan.items.append(
        Item(
            said["UID"],
            on_one_line(said.get("Name", "")) or f"Task {said.get('ID', said['UID'])}",
            project=_title(plan),
            started=iso_day(said.get("Start", "")),
            due=iso_day(said.get("Deadline", "")),
            estimate_hours=hours,
            ties=tuple(ties),
            level=level,
            done_share=min(1.0, float(share) / 100) if share else 0.0,
            finished=share == "100",
        )
    )


def _title(plan: _Plan) -> str:
    return on_one_line(plan.head.get("Title") or plan.head.get("Name", "").rpartition(".")[0]) or "Plan"


def _hours(said: Mapping[str, str], plan: _Plan) -> float:
    """Hours of work; where none is planned, as long as the task takes."""
    work = _time(said.get("Work", ""))
    if work or said.get("Milestone") == "1" or said.get("Summary") == "1":
        return work
    hours = _time(said.get("Duration", ""))
    if said.get("DurationFormat") in _ELAPSED:
        hours *= _WORKING_DAYS_A_WEEK / _DAYS_A_WEEK * _day_hours(plan) / 24
    if hours:
        plan.by_duration.add(said["UID"])
    return hours


def _time(text: str) -> float:
    """Hours of a time such as PT16H30M0S; none where it is none."""
    found = _TIME.fullmatch(text)
    if not found or len(text) > 40:
        return 0.0
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return 24 * days + hours + minutes / 60 + seconds / 3600


def _day_hours(plan: _Plan) -> float:
    """Hours of a working day of the plan."""
    return (float(plan.head.get("MinutesPerDay") or 0) or _USUAL_MINUTES) / 60


def _tie(element: Element, plan: _Plan) -> ItemLink | None:
    said = _values(element)
    if said.get("CrossProject") == "1":
        plan.across += 1
        return None
    lag = float(said.get("LinkLag") or 0) / _TENTHS_A_MINUTE / 60 / _day_hours(plan)
    if said.get("LagFormat") in _ELAPSED:
        lag *= _WORKING_DAYS_A_WEEK / _DAYS_A_WEEK * _day_hours(plan) / 24
    if said.get("LagFormat") in _PERCENT and lag:
        plan.percent_lags += 1
        lag = 0.0
    return ItemLink(said["PredecessorUID"], _KINDS.get(said.get("Type", "1"), "FS"), lag)


def _reading(plan: _Plan) -> Reading:
    items, lost = flattened([_with_people(_with_work(item, plan), plan) for item in plan.items])
    plan.by_duration -= {item.id for item in items if item.kind == "container"}
    left = [
        LeftOut(plan.inactive, "task", "inactive in the plan"),
        LeftOut(plan.across, "link", "to a task of another file"),
        LeftOut(plan.percent_lags, "lag", "in percent of the task before; counted as none"),
        *lost,
    ]
    number = plan.head.get("CalendarUID", "")
    time, unsaid = working_time(number, plan.calendars)
    left += [*unsaid, *other_calendars(number, plan.calendars, plan.of_people, plan.of_tasks)]
    day = iso_day(plan.head.get("StatusDate", ""))
    if day is None and any(item.done_share for item in items):
        day = max((i.started for i in items if i.done_share and i.started), default=None)
    told = tuple(each for each in left if each.count)
    return Reading(
        plan.file, "a plan of MS Project", plan.rows, items, told, tuple(_remarks(plan)), day=day, time=time
    )


def _with_work(item: Item, plan: _Plan) -> Item:
    """An item with the work of the people on it, where the task itself says only how long it takes."""
    hours = sum(hours for uid, hours in plan.shared.get(item.id, {}).items() if uid in plan.names)
    if item.id not in plan.by_duration or not hours:
        return item
    plan.by_duration.discard(item.id)
    return replace(item, estimate_hours=hours)


def _with_people(item: Item, plan: _Plan) -> Item:
    """An item with those assigned to it, and the groups that they belong to."""
    people = [uid for uid in plan.assigned.get(item.id, ()) if uid in plan.names]
    groups = dict.fromkeys(plan.groups[uid] for uid in people if plan.groups[uid])
    crew = max(1, min(_MOST_CREW, len(people)))
    return replace(item, people=tuple(plan.names[uid] for uid in people), teams=tuple(groups), crew=crew)


def _remarks(plan: _Plan) -> Iterator[str]:
    if plan.by_duration:
        yield of_one_person(len(plan.by_duration))
    if not any(plan.groups.values()):
        yield "resources have no groups, which would be the teams: all work is one team's"
