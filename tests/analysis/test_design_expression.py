"""A design is named as people do: by name, by what differs, or as a file; a mistake is told at its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.decision.design_expression import design_said
from analysis.decision.designs import changes, designs
from analysis.reorganisation.ask import switch
from sim.scenario import Scenario, ScenarioError
from sim.scenario.structures import PRESETS, Structure
from tests.fake_runs import organisation

MERGED, SEPARATED = PRESETS["merged"], PRESETS["separated"]
OWN = {"name": "cells", "like": "separated", "ranks": "one", "cover": False}
FILE = "name: lines\nlike: separated\nranks: one\nduties:\n  process: team\n"


def given() -> Scenario:
    return organisation(structures=["merged", "separated", OWN])


def meant(said: str, scenario: Scenario | None = None) -> Structure:
    return design_said(scenario or given(), said, "reorganisation.to")


def problem(said: str) -> str:
    with pytest.raises(ScenarioError) as error:
        meant(said)
    (found,) = error.value.problems
    return str(found)


@pytest.mark.parametrize("name", ["merged", "agile", "cells"])
def test_presets_and_structures_of_ones_own_are_meant_by_their_names(name: str) -> None:
    assert meant(name).name == name


def test_every_design_that_an_answer_may_name_can_be_named() -> None:
    for design in designs(given()):
        assert not changes(meant(design.name), design.structure)


@pytest.mark.parametrize(
    ("said", "structure", "name"),
    [
        ("merged+ranks=one", replace(MERGED, ranks="one"), "merged, one ranks all"),
        (
            "merged + cover=no + help=no",
            replace(MERGED, cover=False, help=False),
            "merged, no cover, no help",
        ),
        (
            "merged+rhythm=sprints+sprint_days=5",
            replace(MERGED, rhythm="sprints", sprint_days=5),
            "merged, in sprints of 5 days",
        ),
        ("merged+roles=separated", SEPARATED, "separated"),
        ("separated+ranks=one+cover=no", replace(SEPARATED, ranks="one", cover=False), "cells"),
        ("merged+ranks=own", MERGED, "merged"),
        (
            "merged+duties.process=team",
            replace(MERGED, holders={**MERGED.holders, "process": "team"}),
            "merged+duties.process=team",
        ),
    ],
)
def test_single_ingredients_are_changed_and_called_as_an_answer_calls_them(
    said: str, structure: Structure, name: str
) -> None:
    found = meant(said)
    assert not changes(found, structure)
    assert found.name == name


def test_heads_that_the_scenario_gives_a_structure_go_with_it() -> None:
    heads = {"separated": {"project_manager": 2, "delivery_manager": 4}}
    found = meant("separated+ranks=one", organisation(structures=["merged", "separated"], heads=heads))
    assert found.heads == heads["separated"]


@pytest.mark.parametrize("layout", ["{}", "structures:\n- {}", "- {}"])
def test_a_file_holds_one_structure(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "lines.yaml"
    inside = FILE if layout == "{}" else FILE.replace("\n", "\n  ").rstrip()
    path.write_text(layout.format(inside), encoding="utf-8")
    found = meant(str(path))
    assert (found.name, found.ranks, found.holders["process"]) == ("lines", "one", "team")
    change = switch(given(), "merged", str(path), 40)
    assert change.structure_names == ("merged", "lines", "merged → lines")
    assert change.structure("lines").holders["process"] == "team"


def test_from_and_to_may_both_lie_between_two_structures() -> None:
    change = switch(given(), "merged+help=no", "separated+ranks=one", 40)
    one, other = change.structure_names[:2]
    assert (one, other) == ("merged, no help", "separated, one ranks all")
    assert change.current == one
    assert not change.structure(one).help
    assert change.structure(other).ranks == "one"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("mergd", "reorganisation.to: is 'mergd', which is no structure; did you mean merged?"),
        ("zzz", "is 'zzz', which is no structure; known here: merged, separated, "),
        ("zzz", ", “merged, one ranks all”"),
        ("merged, one rank all", "did you mean “merged, one ranks all”?"),
        ("mergd+ranks=one", "reorganisation.to: is 'mergd', which is no structure; did you mean merged?"),
        ("merged+rank=one", "'merged+rank=one': 'rank' is no ingredient; did you mean ranks?"),
        ("merged+xyz=x", "'merged+xyz=x': 'xyz' is no ingredient; known here: roles, "),
        ("merged+ranks=", "'merged+ranks=': ranks has no value; write ranks=value"),
        ("merged+ranks=al", "'merged+ranks=al': ranks is 'al'; give one of nobody, own, one or board"),
        ("merged+sprint_days=5", "sprint_days is given, but the rhythm is flow; leave it out"),
        ("merged+roles=seperated", "roles is 'seperated', which is no structure; did you mean separated?"),
        ("merged+duties.process=x", "duties.process is held by 'x', which is no role here; known"),
    ],
)
def test_what_cannot_be_is_told_in_a_line_with_the_remedy(said: str, told: str) -> None:
    assert told in problem(said)
    assert problem(said).startswith("reorganisation.to: ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FILE.replace("one", "al"), ":3: ranks: is 'al'; give one of"),
        (FILE.replace("process", "proces"), ":5: duties.proces: is no duty; did you mean process?"),
        ("structures:\n- name: a\n  like: mergd\n", ":3: structures.0.like: is 'mergd', which is no other"),
        ("structures: [merged]\n", ": holds no structures of its own; leave one"),
        ("- {name: a, like: merged}\n- {name: b, like: merged}\n", ": holds 2 structures of its own; leave"),
        ("name: [\n", ":"),
        ("name: cells\nlike: merged\n", ":1: name: is cells a second time; name each structure once"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_file_line_and_key(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "lines.yaml"
    path.write_text(text, encoding="utf-8")
    assert problem(str(path)).startswith(f"{path}{told}")


def test_a_file_that_is_not_there_is_named() -> None:
    assert problem("gone.yaml").startswith("gone.yaml: cannot be read (")
