"""A structure written out is the same for a scenario, for the import of a table, and to people."""

from __future__ import annotations

import csv
import html
import re
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.commands.decide import ADVISED, how_to_write_out
from analysis.decision.designs import changes
from analysis.decision.verdict import Verdict, nothing_to_tell
from analysis.exports.ask import FORMS, structure
from analysis.exports.choice import structures_known
from analysis.exports.raci_table import ACTIVITIES, as_csv, unsaid
from analysis.imports.ask import import_files
from analysis.imports.duty_words import duty_of
from analysis.imports.writing import Wish
from analysis.words.duties import DECIDES, DOES, HANDS_ON, SERVES, SPONSOR
from sim.scenario import Scenario, load, scenario_from
from sim.scenario.likeness import further_of
from sim.scenario.role_definitions import published_names
from sim.scenario.structures import NOBODY, PRESETS, TEAM, Structure
from sim.vocabulary import DUTIES
from tests.analysis.test_designs import OTHER
from tests.batches import hostile

VARIED: dict[str, Any] = OTHER | {"cadence": {"planning": 10}}
AWKWARD: dict[str, Any] = {
    "name": "roles whose names mislead",
    "like": "separated",
    "roles": {"engineer": {}, "client": {}, "c": {}},
    "duties": {
        "process": "engineer",
        "satisfaction": "client",
        "budget": "c",
        "reporting": TEAM,
        "timeline": NOBODY,
    },
}
"""Roles that an import would take for the team, for outsiders, and for a letter of the matrix."""


SHARED: dict[str, Any] = {
    "name": "several in charge",
    "like": "separated",
    "duties": {"budget": "delivery_manager", "tracking": TEAM},
    "also_accountable": {"budget": "project_manager", "process": ["project_manager"]},
    "consulted": {"budget": ["project_manager"], "tracking": ["delivery_manager"]},
    "informed": {"satisfaction": ["project_manager"]},
}
"""Of the budget the role in the first column is accountable, too, but not the holder; and it is asked."""


def organisation() -> Scenario:
    return scenario_from(
        {"name": "Northside", "structures": ["merged", "separated", "agile", VARIED, AWKWARD, SHARED]}
    )


SCENARIO = organisation()
PUBLISHED = ("gov_uk_delivery", "safe")
"""Of the published definitions, one of which each ranks their own, and one of which one ranks all."""
ALL = {
    name: found
    for name, found in {**structures_known(), **structures_known(SCENARIO)}.items()
    if name in PUBLISHED or name not in published_names()
}


def read(entries: Sequence[Any]) -> Structure:
    return scenario_from(
        {"name": "Back", "structures": ["merged", *entries], "managers": 6}
    ).all_structures()[1]


def test_all_presets_structures_of_ones_own_and_designs_in_between_can_be_written_out() -> None:
    assert {*PRESETS, "quite other", "merged, in sprints", "merged, one ranks all"} <= ALL.keys()


@pytest.mark.parametrize("name", ALL)
def test_as_an_entry_of_a_scenario_it_is_the_same_structure(name: str) -> None:
    known = name in (*PRESETS, *PUBLISHED)
    text = structure(name, None if known else SCENARIO).text
    back = read(yaml.safe_load(text))
    assert changes(ALL[name], back) == ()
    assert dict(back.holders) == dict(ALL[name].holders) and back.cadence == ALL[name].cadence
    assert further_of(back) == further_of(ALL[name])
    assert back.name == (f"{name}, as written out" if known else name)


@pytest.mark.parametrize("name", ALL)
def test_as_a_table_of_responsibilities_it_comes_back_through_the_import(name: str, tmp_path: Path) -> None:
    meant, table = ALL[name], tmp_path / "raci.csv"
    structure(name, SCENARIO, form="raci", out=table)
    import_files([table], tmp_path / "back.yaml", wish=Wish(ranks=meant.ranked))
    back = load(tmp_path / "back.yaml").all_structures()[-1]
    assert dict(back.holders) == dict(meant.holders)
    assert {role.name for role in back.roles} == {r.name for r in meant.roles if meant.duties_of(r)}
    assert back.ranked == meant.ranked
    assert further_of(back) == further_of(meant)


def test_each_activity_of_the_table_is_read_as_its_duty() -> None:
    assert {duty: duty_of(activity) for duty, activity in ACTIVITIES.items()} == {d: d for d in DUTIES}


def test_what_a_matrix_cannot_say_is_said() -> None:
    whole = " ".join(unsaid(ALL["quite other"]))
    assert "import it with --ranks one" in whole
    for part in ("sprints", "how often duties come up", "stands in", "helps out", "may run in a team"):
        assert part in whole
    assert unsaid(PRESETS["merged"]) == (
        "a matrix does not say who ranks across projects: import it with --ranks own",
    )
    assert "scrum master goes by teams" in " ".join(unsaid(PRESETS["agile"]))


def test_names_that_the_import_would_read_otherwise_are_told() -> None:
    like = {"name": "twins", "like": "separated", "roles": {"a b": {}, "a_b": {}}}
    twins = scenario_from(
        {"name": "Twins", "structures": ["merged", {**like, "duties": {"budget": "a b", "process": "a_b"}}]}
    )
    assert any("read the names of roles otherwise" in each for each in unsaid(twins.all_structures()[1]))


def test_a_duty_that_nobody_holds_is_an_empty_row() -> None:
    rows = {row[0]: row[1:] for row in csv.reader(as_csv(PRESETS["pm_only"]).splitlines())}
    assert set(rows[ACTIVITIES["process"]]) == {""}
    assert "A/R" in rows[ACTIVITIES["planning"]]


def seen(page: str) -> str:
    bare = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(bare).split())


def test_every_duty_is_explained_and_handed_on_to_duties_that_exist() -> None:
    assert set(DOES) == set(DECIDES) == set(SERVES) == set(DUTIES)
    assert {to for several in HANDS_ON.values() for _, to in several} <= {*DUTIES, SPONSOR}


def test_a_role_page_says_what_it_holds_whom_it_serves_whether_it_ranks_and_how_many_it_has() -> None:
    page = seen(structure("separated", SCENARIO, form="roles").text)
    project, delivery = page.split("Delivery manager", 1)
    assert "4 of 6 managers (67%)" in project and "2 of 6 managers (33%)" in delivery
    assert "Ranks no; that is for the delivery manager (each of their own projects)" in project
    assert "Ranks yes, each person their own projects against each other" in delivery
    assert "An overrun that has to be approved: to the delivery manager (stakeholders)." in project
    assert "to the sponsor, above all managers" in delivery
    assert (
        "Looks after projects Serves" in project and "projects, their clients and their services" in delivery
    )
    assert "Quality: tracking here; service oversight and satisfaction with the delivery manager." in project


def test_whoever_looks_after_people_without_ranking_is_not_said_to_rank() -> None:
    lent = {"name": "lent", "like": "separated", "ranked_by": "project_manager"}
    page = structure(
        "lent", scenario_from({"name": "Lent", "structures": ["merged", lent]}), form="roles"
    ).text
    project, delivery = seen(page).split("Delivery manager", 1)
    assert "Ranks yes" in project and "ranks projects by what" not in delivery
    assert "Ranks no; that is for the project manager" in delivery


def test_who_holds_all_duties_hands_on_to_the_sponsor_alone_and_has_no_borders() -> None:
    page = seen(structure("merged", form="roles").text)
    assert page.count(": to the ") == 1 and "Borders to agree on" not in page and "managers (" not in page
    assert all(DOES[duty] in page for duty in DUTIES)


def test_in_what_a_role_takes_part_beside_others_stands_on_its_page() -> None:
    project, delivery = seen(structure(SHARED["name"], SCENARIO, form="roles").text).split(
        "Delivery manager", 1
    )
    assert "Answers as well for budget and process Consulted about budget Informed of satisfaction" in project
    assert "Consulted about tracking" in delivery and "Answers as well" not in delivery


def test_what_the_team_holds_and_what_nobody_holds_stands_on_the_pages() -> None:
    assert "The team itself" in seen(structure("agile", form="roles").text)
    alone = seen(structure("pm_only", form="roles").text)
    assert "Held by nobody, and so not done: service oversight, resources" in alone
    assert "nobody takes it up, for nobody holds stakeholders" in alone


@pytest.mark.parametrize("form", FORMS)
def test_names_stay_text_and_name_no_file(form: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    escape = {"name": "=cmd|'<script>", "like": "merged", "roles": {"../../etc/passwd": {}}}
    nasty = hostile().with_changes(
        {"structures": ["merged", "separated", {**escape, "duties": {"budget": "../../etc/passwd"}}]}
    )
    done = structure("=cmd|'<script>", nasty, form=cast(Any, form), out=out / "it")
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "it"]
    if form == "roles":
        assert (
            "<script" not in done.text and "&lt;script&gt;" in done.text and "default-src 'none'" in done.text
        )
    if form == "raci":
        assert not any(
            cell.startswith(("=", "+", "-", "@"))
            for row in csv.reader(done.text.splitlines())
            for cell in row
        )


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "my org.yaml"
    path.write_text(yaml.safe_dump({"name": "Northside", "structures": ["merged", "agile", VARIED]}))
    return path


def call(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.stdout, done.stderr


def test_the_command_prints_or_writes_and_overwrites_nothing(scenario: Path, tmp_path: Path) -> None:
    code, out, _ = call("structure", "merged, in sprints", str(scenario))
    assert code == 0 and changes(read(yaml.safe_load(out)), ALL["merged, in sprints"]) == ()
    code, out, _ = call("structure", "separated+ranks=one", str(scenario))
    assert code == 0 and read(yaml.safe_load(out)).ranks == "one"
    page = tmp_path / "page.html"
    assert call("structure", "agile", "--as", "roles", "-o", str(page)) == (0, f"written: {page}\n", "")
    again = call("structure", "agile", "--as", "roles", "-o", str(page))
    assert again == (2, "", f"{page}: is there already; give the name of a new file\n")


def test_a_name_that_is_none_is_told_with_what_was_meant(scenario: Path) -> None:
    assert call("structure", "seperated") == (
        2,
        "",
        "NAME: is 'seperated', which is no preset and no published definition; did you mean separated?\n",
    )
    code, _, wrong = call("structure", "merged, in sprint", str(scenario))
    assert code == 2 and "which is no structure; did you mean “merged, in sprints”?" in wrong


def verdict(answer: str, challenger: str | None) -> Verdict:
    return replace(nothing_to_tell("so"), answer=cast(Any, answer), challenger=challenger)


def test_an_answer_that_advises_a_design_says_how_to_write_it_out_and_that_works(scenario: Path) -> None:
    given = load(scenario)
    said = how_to_write_out(verdict("probably yes", "merged, in sprints"), given, scenario)
    words = shlex.split(said.splitlines()[0].removeprefix("Next: "))
    out = str(scenario.with_name("roles.html"))
    assert call(*[out if word == "roles.html" else word for word in words[1:]])[0] == 0
    assert "sprints of 10 working days" in Path(out).read_text(encoding="utf-8")


def test_an_answer_that_advises_to_stay_says_nothing_of_writing_out(scenario: Path) -> None:
    given = load(scenario)
    for answer in ("a tie", "probably no", "no", "cannot tell"):
        assert answer not in ADVISED
        assert how_to_write_out(verdict(answer, "agile"), given, scenario) == ""
    assert how_to_write_out(verdict("yes", None), given, scenario) == ""
