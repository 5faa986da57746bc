"""A matrix of responsibilities, as people draw them, becomes a structure; what it does not say is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.imports.ask import Imported, import_files
from analysis.imports.duty_words import DUTY_WORDS, duty_of
from analysis.imports.raci import letters_of
from analysis.imports.responsibilities import roles_called
from analysis.imports.writing import Wish
from sim.scenario import load
from sim.scenario.reading.problems import ScenarioError
from sim.scenario.structures import Structure
from sim.vocabulary import DUTIES
from tests.analysis.imports.files import wrote

CASE = Path(__file__).parents[4] / "shared" / "data" / "cases" / "raci_down.csv"
ACTIVITIES = {
    "planning": "Project plan",
    "budget": "Budget",
    "allocation": "Assign tasks",
    "timeline": "Schedule",
    "project_risk": "Project risks",
    "reporting": "Status report",
    "tracking": "Quality reviews",
    "service_oversight": "Service levels",
    "resources": "Staffing",
    "process": "Retrospectives",
    "stakeholders": "Escalations",
    "operational_risk": "Suppliers",
    "satisfaction": "Client satisfaction",
    "coordination": "Hand-overs",
}
HEADER = "Activity,Project Manager,Delivery Manager,Team,Client"


def matrix(**said: str) -> str:
    """A matrix in which the project manager holds all but for the rows that are said."""
    rows = [f"{name},{said.get(duty, 'A,I,R,')}" for duty, name in ACTIVITIES.items()]
    return "\n".join([HEADER, *rows]) + "\n"


def imported(tmp_path: Path, text: str, **wish: Any) -> Imported:
    path = wrote(tmp_path / "raci.csv", text)
    return import_files([path], tmp_path / "today.yaml", wish=Wish(**wish))


def structure(tmp_path: Path) -> Structure:
    """The structure that was written; it is that of today."""
    scenario = load(tmp_path / "today.yaml")
    assert scenario.current == "today"
    return scenario.all_structures()[-1]


def test_each_duty_has_a_word_of_its_own_and_no_word_means_two() -> None:
    words = [word for several in DUTY_WORDS.values() for word in several.split(" | ")]
    assert set(DUTY_WORDS) == set(DUTIES) and len(words) == len(set(words))
    assert {duty: duty_of(activity) for duty, activity in ACTIVITIES.items()} == {d: d for d in DUTIES}


def test_the_page_lists_the_words_that_are_known() -> None:
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "import-a-matrix.md").read_text(encoding="utf-8")
    rows = [f"| `{duty}` | {words.replace(' | ', ', ')} |" for duty, words in DUTY_WORDS.items()]
    assert all(row in page for row in rows)


@pytest.mark.parametrize(
    ("activity", "duty"),
    [
        ("1. Project risk log", "project_risk"),
        ("Operational risk (key people)", "operational_risk"),
        ("Planetary alignment", None),
        ("Resource planning", "resources"),
    ],
)
def test_the_longest_words_decide_and_only_whole_ones(activity: str, duty: str | None) -> None:
    assert duty_of(activity) == duty


@pytest.mark.parametrize(
    ("cell", "letters"),
    [
        *(("A/R", "AR"), ("R, A", "AR"), ("a", "A"), ("RA", "AR"), ("Accountable", "A"), ("D", "R")),
        *(("A (R)", "AR"), ("monthly", ""), ("", ""), ("A or B", "")),
    ],
)
def test_letters_are_read_however_they_are_written(cell: str, letters: str) -> None:
    assert letters_of(cell) == set(letters)


def test_who_is_accountable_holds_the_duty(tmp_path: Path) -> None:
    imported(tmp_path, matrix(resources="C,A/R,,", tracking="R,,A,I"))
    holders = structure(tmp_path).holders
    assert holders["resources"] == "delivery_manager"
    assert holders["tracking"] == "team"
    assert holders["planning"] == "project_manager"


def test_with_nobody_accountable_who_does_it_holds_it_and_no_outsider_ever_does(tmp_path: Path) -> None:
    imported(tmp_path, matrix(budget=",R,I,", stakeholders=",R,,A"))
    holders = structure(tmp_path).holders
    assert holders["budget"] == holders["stakeholders"] == "delivery_manager"


def test_of_several_who_are_accountable_one_holds_it_and_the_others_are_written_and_told(
    tmp_path: Path,
) -> None:
    done = imported(tmp_path, matrix(project_risk="A,A,I,", budget="A,A/R,,"))
    made = structure(tmp_path)
    assert made.holders["project_risk"] == "project_manager", "the first of them"
    assert made.holders["budget"] == "delivery_manager", "who does it as well"
    also = {"project_risk": ("delivery_manager",), "budget": ("project_manager",)}
    assert made.also_accountable == also
    assert any(
        "several are accountable for budget, project_risk" in remark for remark in done.readings[0].remarks
    )


def test_who_is_consulted_or_informed_is_written_if_it_is_a_role_of_the_structure(tmp_path: Path) -> None:
    done = imported(tmp_path, matrix(budget="C,A/R,I,C", process="I,A,C,"))
    made = structure(tmp_path)
    assert made.consulted == {"budget": ("project_manager",)}
    rest = dict.fromkeys(set(DUTIES) - {"budget", "process"}, ("delivery_manager",))
    assert made.informed == {**rest, "process": ("project_manager",)}
    remarks = " ".join(done.readings[0].remarks)
    assert "2 of 3 times C (consulted) and 1 of 14 times I (informed) cost no time" in remarks
    assert "to compare like with like" in remarks


def test_titles_legends_sections_and_comments_are_passed_over(tmp_path: Path) -> None:
    text = f"Who does what,,,,\nR = does it; A = answers,,,,\n,,,,\n{matrix()}"
    rows = [f"{row},why not" if i else row for i, row in enumerate(text.splitlines())]
    rows.insert(6, "DELIVERY,,,,")
    reading = imported(tmp_path, "\n".join(rows)).readings[0]
    assert (reading.rows, reading.understood) == (14, 14)
    assert set(structure(tmp_path).holders.values()) == {"project_manager"}


def test_roles_may_stand_down_and_activities_across(tmp_path: Path) -> None:
    rows = [line.split(",") for line in matrix(resources="C,A/R,,").splitlines()]
    turned = "\n".join(",".join(row) for row in zip(*rows, strict=True))
    imported(tmp_path, turned)
    holders = structure(tmp_path).holders
    assert (holders["resources"], holders["planning"]) == ("delivery_manager", "project_manager")


def test_roles_may_stand_in_the_cells_of_a_column_for_each_letter(tmp_path: Path) -> None:
    rows = [f"{name},Delivery Team,Project Manager,Client,Sponsor" for name in ACTIVITIES.values()]
    rows[0] = 'Project plan,"Planner, Team",Delivery Manager / Planner,,'
    rows[1] = "Budget,Project Manager,CFO,,"
    done = imported(tmp_path, "\n".join(["Process Step,Responsible,Accountable,Consulted,Informed", *rows]))
    holders = structure(tmp_path).holders
    assert (holders["planning"], holders["budget"]) == ("planner", "project_manager")
    assert holders["coordination"] == "project_manager"
    assert any("several are accountable for planning" in remark for remark in done.readings[0].remarks)


def test_what_is_no_duty_and_what_no_activity_is_are_listed(tmp_path: Path) -> None:
    rows = [row for row in matrix().splitlines() if not row.startswith("Retrospectives")]
    done = imported(tmp_path, "\n".join([*rows, "Office party,,,A,"]))
    assert structure(tmp_path).holders["process"] == "nobody"
    assert any("no activity is process" in remark for remark in done.readings[0].remarks)
    assert any("'Office party', line 15, is none" in left.why for left in done.readings[0].left_out)


def test_who_ranks_is_left_open_unless_it_is_said(tmp_path: Path) -> None:
    done = imported(tmp_path, matrix())
    assert any("who ranks across projects no matrix says" in remark for remark in done.content.remarks)
    assert "ranks:" not in (tmp_path / "today.yaml").read_text().replace("`", "")


def test_a_row_of_words_is_no_header(tmp_path: Path) -> None:
    text = (
        "Activity,Project Manager,Delivery Manager,Team\nBudget,Accountable,Consulted,\n"
        "Staffing,Responsible,Accountable,Informed\nRetrospectives,,A,R\n"
    )
    imported(tmp_path, text)
    holders = structure(tmp_path).holders
    assert [holders[duty] for duty in ("budget", "resources", "process")] == [
        "project_manager",
        "delivery_manager",
        "delivery_manager",
    ]


def test_who_ranks_waits_for_somebody_who_holds_the_resources(tmp_path: Path) -> None:
    text = "Activity,Project Manager,Delivery Manager\nBudget,A,C\nPlanning,A,R\nRetrospectives,C,A\n"
    done = imported(tmp_path, text, ranks="own")
    assert structure(tmp_path).ranks == "nobody"
    assert any("resources is no role's duty" in remark for remark in done.content.remarks)


def test_who_ranks_is_what_is_said_or_asked(tmp_path: Path) -> None:
    imported(tmp_path, matrix(), ranks="board")
    assert structure(tmp_path).ranks == "board"
    import_files([tmp_path / "raci.csv"], tmp_path / "asked.yaml", ask_ranks=lambda: "one")
    assert load(tmp_path / "asked.yaml").all_structures()[-1].ranks == "one"


def test_roles_that_are_called_by_names_of_people_are_numbered_where_names_are_left_out(
    tmp_path: Path,
) -> None:
    imported(tmp_path, matrix().replace("Project Manager", "Ada Lovelace"), anonymous=True)
    assert structure(tmp_path).holders["planning"] == "role_1"
    assert (
        "Ada" not in (tmp_path / "today.yaml").read_text()
        and "ada" not in (tmp_path / "today.yaml").read_text()
    )


def test_a_matrix_in_a_workbook_says_the_same(tmp_path: Path) -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Read the other sheet"])
    sheet = book.create_sheet("RACI")
    for line in matrix(resources="C,A/R,,").splitlines():
        sheet.append([cell or None for cell in line.split(",")])
    book.save(tmp_path / "raci.xlsx")
    import_files([tmp_path / "raci.xlsx"], tmp_path / "today.yaml")
    assert structure(tmp_path).holders["resources"] == "delivery_manager"


@pytest.mark.skipif(not CASE.exists(), reason="the shared cases are not here")
def test_the_shared_case_is_read_as_its_page_says(tmp_path: Path) -> None:
    done = import_files([CASE], tmp_path / "today.yaml")
    holders = structure(tmp_path).holders
    assert {holders[d] for d in DUTIES[:7]} == {"project_manager", "team"} and holders["tracking"] == "team"
    assert (done.readings[0].rows, done.readings[0].understood) == (15, 14)


def test_what_stands_in_brackets_makes_no_manager_of_a_client() -> None:
    called = roles_called(["Client (Society Head)", "Project Lead (client side)", "Client (manager)"])
    assert list(called.values()) == ["", "project_lead", "client"]


@pytest.mark.parametrize(
    "name", ["– Define the project scope", "• Risk log", "1.2 Status reports", "-Budget"]
)
def test_signs_before_an_activity_are_no_part_of_it(tmp_path: Path, name: str) -> None:
    imported(tmp_path, f"Activity,Project Lead,Planner\n{name},A,R\nTraining,A,R\nTests,R,A\n", ranks="own")
    assert f"# {name.lstrip('–•-12. ')}, line 2" in (tmp_path / "today.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("activity", "duty"),
    [
        ("Develop the project schedules", "timeline"),
        ("Lesson learnt log", "process"),
        ("Recette (interne)", "tracking"),
        ("Comité de pilotage", "stakeholders"),
    ],
)
def test_activities_may_stand_in_the_plural_or_in_french(activity: str, duty: str) -> None:
    assert duty_of(activity) == duty


def test_a_matrix_without_a_single_duty_is_refused_with_words_to_use(tmp_path: Path) -> None:
    text = "Activity,Ada,Bo\nLay the table,R,A\nCook,A,R\nWash up,R,A\n"
    with pytest.raises(ScenarioError, match="is one of the fourteen duties; call them by such words as"):
        import_files([wrote(tmp_path / "dinner.csv", text)], tmp_path / "my.yaml")
