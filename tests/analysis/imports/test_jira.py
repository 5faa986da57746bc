"""An export of Jira, with all that such files are full of, becomes what it says."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from analysis.imports.ask import Imported, import_files
from analysis.imports.record import Item
from analysis.imports.writing import Wish
from sim.scenario import load
from sim.scenario.reading.problems import ScenarioError
from tests.analysis.imports.files import HEADER, jira, jira_row, wrote

CASE = Path(__file__).parents[4] / "shared" / "data" / "cases" / "jira.csv"


def imported(tmp_path: Path, text: str, encoding: str = "utf-8", **wish: Any) -> Imported:
    path = wrote(tmp_path / "export.csv", text, encoding)
    return import_files([path], tmp_path / "my.yaml", wish=Wish(**wish))


def only(done: Imported) -> Item:
    (item,) = done.readings[0].items
    return item


def tasks(folder: Path) -> dict[str, dict[str, str]]:
    """The table of tasks that was written, by the first word of their names."""
    with (folder / "my_tasks.csv").open(encoding="utf-8", newline="") as file:
        return {row["task"].split()[0]: row for row in csv.DictReader(file)}


def test_estimates_and_time_spent_are_seconds(tmp_path: Path) -> None:
    row = jira_row("SHP-1", Original_estimate="86400", Remaining_Estimate="0", Time_Spent="93600")
    item = only(imported(tmp_path, jira([row])))
    assert (item.estimate_hours, item.remaining_hours, item.spent_hours) == (24, 0, 26)


def test_time_that_is_only_in_the_work_log_is_added_up_over_repeated_columns(tmp_path: Path) -> None:
    log = ["first; cut;10/Mar/26 4:00 PM;p2;57600", "rest;26/Mar/26 5:00 PM;p3;36000"]
    item = only(imported(tmp_path, jira([jira_row("SHP-1", Log_Work=log)])))
    assert (item.spent_hours, item.crew) == (26, 1)  # who works on it in turn does not share it
    assert item.people == ("p1", "p2", "p3")


def test_both_values_of_a_repeated_column_are_kept(tmp_path: Path) -> None:
    row = {**jira_row("SHP-1"), "Component/s": ["Web", "Payments"]}
    assert only(imported(tmp_path, jira([row]))).teams == ("Web", "Payments")


def test_columns_that_a_spreadsheet_numbered_are_repeated_ones(tmp_path: Path) -> None:
    seen: dict[str, int] = {}
    header = []
    for name in HEADER:
        seen[name] = seen.get(name, -1) + 1
        header.append(f"{name}.{seen[name]}" if seen[name] else name)
    row = {**jira_row("SHP-1"), "Component/s": ["Web", "Payments"]}
    assert only(imported(tmp_path, jira([row], header))).teams == ("Web", "Payments")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = jira([jira_row("SHP-1", Summary="Über uns, größer; schöner")], delimiter=delimiter)
    item = only(imported(tmp_path, text, encoding))
    assert (item.title, item.estimate_hours) == ("Über uns, größer; schöner", 10)


@pytest.mark.parametrize(
    "text",
    ["12/Mar/26 9:14 AM", "2026-03-12T09:14:00.000+0100", "12.03.26 09:14", "12. Mrz 2026", "12/Mär/26"],
)
def test_dates_are_read_in_the_form_of_their_country(tmp_path: Path, text: str) -> None:
    created = only(imported(tmp_path, jira([jira_row("SHP-1", Created=text)]))).created
    assert str(created) == "2026-03-12"


def test_one_date_shows_for_all_in_which_order_day_and_month_stand(tmp_path: Path) -> None:
    rows = [
        jira_row("A-1", Created="03/04/26", Resolved=""),
        jira_row("A-2", Created="03/25/26", Resolved=""),
    ]
    items = imported(tmp_path, jira(rows)).readings[0].items
    assert [str(item.created) for item in items] == ["2026-03-04", "2026-03-25"]


def test_dates_that_could_be_either_are_refused_with_both_readings(tmp_path: Path) -> None:
    text = jira([jira_row("A-1", Created="03/04/26 9:14 AM", Resolved="")])
    with pytest.raises(ScenarioError, match=r"2026-04-03 or 2026-03-04; say dates: day-first"):
        imported(tmp_path, text)


def test_a_link_that_both_ends_name_is_one_link_and_one_that_leads_out_is_listed(tmp_path: Path) -> None:
    rows = [
        jira_row("SHP-10", **{"Outward issue link (Blocks)": "SHP-12"}),
        jira_row("SHP-11"),
        jira_row("SHP-12", **{"Inward issue link (Blocks)": ["SHP-10", "SHP-11"]}),
        jira_row("SHP-15", **{"Inward issue link (Blocks)": ["SHP-12", "OLD-77"]}),
    ]
    done = imported(tmp_path, jira(rows))
    assert tasks(tmp_path)["SHP-12"]["predecessors"] == "SHP-10 Work of SHP-10;SHP-11 Work of SHP-11"
    assert tasks(tmp_path)["SHP-15"]["predecessors"] == "SHP-12 Work of SHP-12"
    assert "1 link: to OLD-77, not in the files" in map(str, done.left_out)


def test_links_in_a_circle_lose_the_one_that_closes_it(tmp_path: Path) -> None:
    rows = [
        jira_row("S-1", **{"Inward issue link (Blocks)": "S-3"}),
        jira_row("S-2", **{"Inward issue link (Blocks)": "S-1"}),
        jira_row("S-3", **{"Inward issue link (Blocks)": "S-2"}),
    ]
    done = imported(tmp_path, jira(rows))
    assert "1 link: would let an item wait for itself" in map(str, done.left_out)
    assert sum(bool(row["predecessors"]) for row in tasks(tmp_path).values()) == 2


def test_what_was_closed_without_being_done_and_epics_are_no_work(tmp_path: Path) -> None:
    rows = [jira_row("S-1"), jira_row("S-2", Resolution="Won't Do"), jira_row("S-3", Issue_Type="Epic")]
    done = imported(tmp_path, jira(rows))
    assert list(tasks(tmp_path)) == ["S-1"]
    assert {"1 item: closed without being done", "1 heading: such as epics: no work themselves"} <= set(
        map(str, done.left_out)
    )


def test_an_export_in_german_says_the_same(tmp_path: Path) -> None:
    german = {
        "Summary": "Zusammenfassung",
        "Issue key": "Vorgangsschlüssel",
        "Issue id": "Vorgangs-ID",
        "Issue Type": "Vorgangstyp",
        "Status Category": "Statuskategorie",
        "Project key": "Projektschlüssel",
        "Project name": "Projektname",
        "Priority": "Priorität",
        "Resolution": "Lösung",
        "Assignee": "Zugewiesene Person",
        "Created": "Erstellt",
        "Resolved": "Erledigt",
        "Due date": "Fälligkeitsdatum",
        "Original estimate": "Ursprüngliche Schätzung",
        "Remaining Estimate": "Verbleibende Schätzung",
        "Time Spent": "Benötigte Zeit",
        "Component/s": "Komponente/n",
        "Inward issue link (Blocks)": "Eingehende Vorgangsverknüpfung (Blocks)",
    }
    rows = [
        jira_row("S-1", Status_Category="Fertig", Created="03.03.26 11:02", Resolved="27.03.26 13:00"),
        jira_row("S-2", Status_Category="Fertig", **{"Inward issue link (Blocks)": "S-1"}),
        jira_row("S-3", Issue_Type="Fehler", Resolution="Duplikat", Status_Category="Fertig"),
    ]
    text = jira(rows, [german.get(name, name) for name in HEADER], ";")
    done = imported(tmp_path, text, "cp1252")
    first, second, third = done.readings[0].items
    assert done.readings[0].what == "an export of Jira"
    assert (str(first.created), str(first.done), first.finished) == ("2026-03-03", "2026-03-27", True)
    assert (second.after, third.rejected, third.kind) == (("S-1",), True, "bug")


def test_a_summary_of_two_lines_is_one_task(tmp_path: Path) -> None:
    imported(tmp_path, jira([jira_row("S-1", Summary="Two lines\nin one summary")]))
    assert tasks(tmp_path)["S-1"]["task"] == "S-1 Two lines in one summary"


def test_each_line_of_the_scenario_says_where_it_is_from(tmp_path: Path) -> None:
    imported(tmp_path, jira([jira_row("S-1"), jira_row("S-2", Assignee="p2")]))
    lines = (tmp_path / "my.yaml").read_text(encoding="utf-8").splitlines()
    values = [line for line in lines if ": " in line.split("#")[0]]
    assert values and all("  # " in line for line in values)
    assert any("2 people with most of their items there" in line for line in values)


def test_several_years_of_projects_become_a_portfolio_of_the_same_size(tmp_path: Path) -> None:
    rows = [
        jira_row(
            f"S-{year}{month}{n}",
            Created=f"{year}-{month:02}-01",
            Resolved=f"{year}-{month:02}-20",
            **{"Custom field (Epic Link)": f"E{year}{month}"},
        )
        for year in (2024, 2025)
        for month in range(1, 13)
        for n in range(4)
    ]
    imported(tmp_path, jira(rows))
    projects = load(tmp_path / "my.yaml").portfolio.projects
    assert projects is not None
    assert (projects.tasks, projects.effort_hours, projects.at_start) == (4, 40, 0)
    assert projects.a_year == pytest.approx(12, rel=0.05)


def _open_if(still: bool) -> dict[str, str]:
    """Cells of an item that nobody has closed."""
    return {"Status": "Open", "Status Category": "To Do", "Resolution": "", "Resolved": ""} if still else {}


def test_what_is_open_may_be_the_plan_and_what_was_says_how_much_comes_later(tmp_path: Path) -> None:
    rows = [
        jira_row(
            f"S-{month}{n}",
            Created=f"2025-{month:02}-01",
            **{"Resolved": f"2025-{month:02}-20", "Custom field (Epic Link)": f"E{month}"}
            | _open_if(month == 12),
        )
        for month in range(1, 13)
        for n in range(4)
    ]
    imported(tmp_path, jira(rows), portfolio="both")
    scenario = load(tmp_path / "my.yaml")
    assert scenario.plan is not None and scenario.portfolio.projects is not None
    assert (len(scenario.plan.projects), len(scenario.plan.tasks)) == (1, 4)
    assert scenario.portfolio.projects.at_start == 0
    assert scenario.portfolio.projects.a_year == pytest.approx(13, rel=0.1)
    assert scenario.portfolio.projects.effort_hours == 40


def test_where_files_do_not_say_how_much_comes_later_nothing_does(tmp_path: Path) -> None:
    rows = [jira_row(f"S-{n}", **_open_if(True)) for n in (1, 2)]
    imported(tmp_path, jira(rows), portfolio="both")
    projects = load(tmp_path / "my.yaml").portfolio.projects
    assert projects is not None and projects.a_year == 0
    assert "say how many arrive a year" in (tmp_path / "my.yaml").read_text(encoding="utf-8")


def test_defects_and_requests_of_a_service_become_its_tickets(tmp_path: Path) -> None:
    rows = [
        jira_row(
            f"OPS-{n}",
            Issue_Type="Bug",
            Priority="Highest" if n % 4 == 0 else "Low",
            Created=f"2026-01-{1 + n:02}",
            Resolved="2026-03-12",
            Time_Spent="7200",
            **{"Project key": "OPS", "Project name": "Operations"},
        )
        for n in range(20)
    ]
    imported(tmp_path, jira([*rows, jira_row("S-1")]))
    services = load(tmp_path / "my.yaml").portfolio.services
    assert services is not None
    assert (services.count, services.severe_share, services.effort_hours) == (1, 0.25, 2)
    assert services.tickets_a_week == pytest.approx(20 / (85 / 7), abs=0.01)


def test_without_names_nothing_that_was_typed_about_people_is_written(tmp_path: Path) -> None:
    row = jira_row(
        "S-1", Summary="Call Ada Lovelace", Assignee="Ada Lovelace", **{"Component/s": ["Ada Lovelace"]}
    )
    imported(tmp_path, jira([row, jira_row("S-2", Assignee="Grace")]), anonymous=True)
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("my*"))
    assert "Ada" not in written and "Grace" not in written
    assert list(tasks(tmp_path)) == ["S-1", "S-2"]


def test_names_that_a_spreadsheet_would_reckon_out_or_that_steer_a_terminal_are_harmless(
    tmp_path: Path,
) -> None:
    row = jira_row("=1+1", Summary="\x1b[31mred", **{"Project name": "@SUM(A1)"})
    imported(tmp_path, jira([row]))
    (first,) = csv.DictReader((tmp_path / "my_tasks.csv").open(encoding="utf-8"))
    assert first["task"].startswith("'=1+1") and first["project"] == "'@SUM(A1)"
    assert "\x1b" not in "".join(path.read_text() for path in tmp_path.glob("my*"))


def test_what_is_open_is_all_that_is_left(tmp_path: Path) -> None:
    rows = [
        jira_row("S-1"),
        jira_row(
            "S-2",
            Status="To Do",
            Status_Category="To Do",
            Resolved="",
            Time_Spent="3600",
            **{"Inward issue link (Blocks)": "S-1"},
        ),
    ]
    imported(tmp_path, jira(rows), only_open=True)
    assert {key: (row["estimate_hours"], row["predecessors"]) for key, row in tasks(tmp_path).items()} == {
        "S-2": ("9.0", "")
    }


def test_an_item_of_two_files_counts_once_as_the_last_has_it(tmp_path: Path) -> None:
    first = wrote(tmp_path / "a.csv", jira([jira_row("S-1"), jira_row("S-2")]))
    second = wrote(tmp_path / "b.csv", jira([jira_row("S-2", Original_estimate="7200")]))
    done = import_files([first, second], tmp_path / "my.yaml")
    assert {key: row["estimate_hours"] for key, row in tasks(tmp_path).items()} == {
        "S-1": "10.0",
        "S-2": "2.0",
    }
    assert "1 item: in several files; the last counts" in map(str, done.left_out)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    wrote(tmp_path / "my_tasks.csv", "mine")
    with pytest.raises(ScenarioError, match=r"my_tasks\.csv: is there already"):
        imported(tmp_path, jira([jira_row("S-1")]))
    assert not (tmp_path / "my.yaml").exists() and (tmp_path / "my_tasks.csv").read_text() == "mine"


def test_memory_grows_with_the_items_so_that_fifty_thousand_need_less_than_a_gigabyte(tmp_path: Path) -> None:
    rows = [
        jira_row(f"S-{n}", **{"Inward issue link (Blocks)": f"S-{n - 1}", "Epic": f"E-{n // 40}"})
        for n in range(2_000)
    ]
    path = wrote(tmp_path / "export.csv", jira(rows))
    del rows
    tracemalloc.start()
    import_files([path], tmp_path / "my.yaml", dry_run=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4e7  # 20 kB an item


@pytest.mark.skipif(not CASE.exists(), reason="the shared cases are not here")
def test_the_shared_case_is_read_as_its_page_says(tmp_path: Path) -> None:
    done = import_files([CASE], tmp_path / "my.yaml")
    (reading,) = done.readings
    assert (len(reading.items), len({item.project for item in reading.items})) == (8, 2)
    assert tasks(tmp_path)["SHP-15"]["predecessors"].startswith("SHP-12")
    assert [row["estimate_hours"] for row in tasks(tmp_path).values()] == [
        "24.0",
        "16.0",
        "40.0",
        "8.0",
        "20.0",
    ]
    assert any("no history of states" in remark for remark in reading.remarks)
