"""Plans of Primavera P6 (XER): tables of text one after the other; tasks, links and people are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from analysis.imports.csv_files import text_of_file
from analysis.imports.dates import day_of
from analysis.imports.grids import refusal
from analysis.imports.record import Item, ItemLink, LeftOut, Reading, of_one_person
from sim.safety.names import on_one_line

PRIMAVERA = "a plan of Primavera"

_MARK, _TABLE, _FIELDS, _ROW, _END = "ERMHDR", "%T", "%F", "%R", "%E"
_KINDS = {"PR_FS": "FS", "PR_SS": "SS", "PR_FF": "FF", "PR_SF": "SF"}
_MILESTONES = frozenset({"TT_Mile", "TT_FinMile"})
_NO_WORK = {"TT_LOE": "level of effort", "TT_WBS": "summary"}
_DUE = frozenset({"CS_MEO", "CS_MEOB", "CS_MANDFIN"})
"""Constraints by which a task has to end on a day, or before."""

_LABOUR = "RT_Labor"
_MOST_CREW = 50
_CALENDAR = "say `starts`, `working_days` and `holidays` in the scenario"
_USUAL_DAY = 8.0
"""Hours of a working day, where no calendar says."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class _Plan:
    """The tables of a file, each with its rows."""

    file: str
    tables: Mapping[str, list[Row]]

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def by(self, table: str, key: str) -> dict[str, Row]:
        return {row.get(key, ""): row for row in self.rows(table)}

    @cached_property
    def projects(self) -> Mapping[str, Row]:
        return self.by("PROJECT", "proj_id")

    @cached_property
    def resources(self) -> Mapping[str, Row]:
        return self.by("RSRC", "rsrc_id")

    def several(self, table: str, key: str) -> dict[str, list[Row]]:
        """The rows of a table by a key that several of them may share."""
        found: dict[str, list[Row]] = {}
        for row in self.rows(table):
            found.setdefault(row.get(key, ""), []).append(row)
        return found


def is_primavera(content: bytes) -> bool:
    """Whether a file is a plan of Primavera, by how it begins."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    start = content[:200].decode("utf-16" if wide else "utf-8", "ignore")
    return start.lstrip("\ufeff").lstrip().startswith(_MARK)


def read_primavera(content: bytes, file: str) -> Reading:
    """The items of a plan. Raises ScenarioError for what has no tasks, or breaks off."""
    plan = _Plan(file, _tables(text_of_file(content, file), file))
    work = [row for row in plan.rows("TASK") if row.get("task_type") not in _NO_WORK]
    if not work:
        raise refusal(file, f"is {PRIMAVERA} without tasks", "export a project with its activities")
    names, labour = _names(work, plan), _labour(plan)
    links, calendars = plan.several("TASKPRED", "task_id"), plan.by("CALENDAR", "clndr_id")
    left: Counter[tuple[str, str]] = Counter()
    items = []
    for row in work:
        task = row.get("task_id", "")
        day = _number(calendars.get(row.get("clndr_id", ""), {}), "day_hr_cnt") or _USUAL_DAY
        ties = tuple(_ties(links.get(task, []), names, day, left))
        items.append(_item(row, plan, names[task], labour.get(task, []), ties))
    return _reading(plan, items, left, work)


def _tables(text: str, file: str) -> dict[str, list[Row]]:
    """Every table of a file, each row by the names of its fields."""
    tables: dict[str, list[Row]] = {}
    rows: list[Row] = []
    fields: list[str] = []
    whole = False
    for line in text.splitlines():
        mark, *cells = line.split("\t")
        if mark == _TABLE and cells:
            rows, fields = tables.setdefault(cells[0].strip(), []), []
        elif mark == _FIELDS:
            fields = [cell.strip() for cell in cells]
        elif mark == _ROW:
            rows.append(dict(zip(fields, cells, strict=False)))
        whole |= mark.strip() == _END
    if not whole:
        raise refusal(file, f"is {PRIMAVERA} that breaks off: its end is missing", "export it again")
    return tables


def _names(work: list[Row], plan: _Plan) -> dict[str, str]:
    """What each task is called by its inner number: its code, after the project where several have it."""
    codes = Counter(row.get("task_code", "") for row in work)
    found = {}
    for row in work:
        code = _text(row.get("task_code", "")) or row.get("task_id", "")
        alone = codes[row.get("task_code", "")] == 1
        found[row.get("task_id", "")] = code if alone else f"{_project(row, plan)} {code}"
    return found


def _project(row: Row, plan: _Plan) -> str:
    return _text(plan.projects.get(row.get("proj_id", ""), {}).get("proj_short_name", "")) or "Plan"


def _labour(plan: _Plan) -> dict[str, list[Row]]:
    """The people that are assigned to each task; material and machines are none."""
    people = {k: row for k, row in plan.resources.items() if row.get("rsrc_type", _LABOUR) == _LABOUR}
    assigned = plan.several("TASKRSRC", "task_id")
    return {
        task: [people[r["rsrc_id"]] for r in rows if r.get("rsrc_id") in people]
        for task, rows in assigned.items()
    }


def _item(row: Row, plan: _Plan, name: str, people: list[Row], ties: tuple[ItemLink, ...]) -> Item:
    over = (plan.resources.get(each.get("parent_rsrc_id", ""), {}) for each in people)
    teams = (_text(each.get("rsrc_name", "")) for each in over)
    named = tuple(dict.fromkeys(_text(each.get("rsrc_name", "")) for each in people))
    finished = row.get("status_code") == "TK_Complete"
    return Item(
        name,
        _text(row.get("task_name", "")) or name,
        project=_project(row, plan),
        finished=finished,
        started=_day(row, "act_start_date", "target_start_date"),
        done=_day(row, "act_end_date") if finished else None,
        due=_day(row, "cstr_date") if row.get("cstr_type") in _DUE else None,
        estimate_hours=_hours(row),
        teams=tuple(dict.fromkeys(filter(None, teams))),
        people=named,
        ties=ties,
        done_share=1.0 if finished else _share(row),
        crew=max(1, min(_MOST_CREW, len(named))),
    )


def _text(text: str) -> str:
    """A text on one line, in characters that can be seen; Primavera breaks lines with two deletes."""
    return on_one_line(text.replace("\x7f", " "))


def _number(row: Row, key: str) -> float:
    """A number of a row, with point or comma; 0 where it has none."""
    try:
        value = float(row.get(key, "").strip().replace(",", ".") or 0)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e9 else 0.0


def _day(row: Row, *keys: str) -> date | None:
    return next((day for key in keys if (day := day_of(row.get(key, "")))), None)


def _is_guess(row: Row) -> bool:
    """Whether a task says how long it takes, and no work."""
    return not _number(row, "target_work_qty") and _hours(row) > 0


def _hours(row: Row) -> float:
    """Hours of work; where none is planned, as long as the task takes, with one person."""
    if row.get("task_type") in _MILESTONES:
        return 0.0
    return max(0.0, _number(row, "target_work_qty") or _number(row, "target_drtn_hr_cnt"))


def _share(row: Row) -> float:
    """What is done of a task that was begun, by the measure that the task itself has."""
    if row.get("status_code") != "TK_Active":
        return 0.0
    if row.get("complete_pct_type") == "CP_Phys":
        share = _number(row, "phys_complete_pct") / 100
    elif row.get("complete_pct_type") == "CP_Units":
        actual = _number(row, "act_work_qty")
        share = actual / max(1e-9, actual + _number(row, "remain_work_qty"))
    else:
        whole = _number(row, "target_drtn_hr_cnt")
        share = 1.0 - _number(row, "remain_drtn_hr_cnt") / whole if whole else 0.0
    return max(0.0, min(1.0, share))


def _ties(
    rows: list[Row], names: Mapping[str, str], day: float, left: Counter[tuple[str, str]]
) -> Iterator[ItemLink]:
    """Links to what comes before, lags in working days of so many hours."""
    for row in rows:
        before = names.get(row.get("pred_task_id", ""))
        if before is None:
            left["link", "to a task of another file, or to one without work of its own"] += 1
            continue
        yield ItemLink(before, _KINDS.get(row.get("pred_type", ""), "FS"), _number(row, "lag_hr_cnt") / day)


def _reading(plan: _Plan, items: list[Item], left: Counter[tuple[str, str]], work: list[Row]) -> Reading:
    kinds = Counter(row.get("task_type", "") for row in plan.rows("TASK"))
    left.update({("task", f"{why}: no work of its own"): kinds[kind] for kind, why in _NO_WORK.items()})
    headings = sum(row.get("proj_node_flag") != "Y" for row in plan.rows("PROJWBS"))
    left["heading", "of the breakdown of work: no work themselves"] += headings
    left["calendar", _CALENDAR] += len(plan.rows("CALENDAR"))
    told = tuple(LeftOut(n, what, why) for (what, why), n in left.items() if n)
    day = max((d for row in plan.rows("PROJECT") if (d := _day(row, "last_recalc_date"))), default=None)
    remarks = tuple(_remarks(items, work))
    return Reading(plan.file, PRIMAVERA, len(plan.rows("TASK")), tuple(items), told, remarks, day=day)


def _remarks(items: list[Item], work: list[Row]) -> Iterator[str]:
    if guessed := sum(map(_is_guess, work)):
        yield of_one_person(guessed)
    if not any(item.teams for item in items):
        yield "resources stand below no others, which would be the teams: all work is one team's"
