"""What each structure is made of stands at the head of every answer, and what differs is marked."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from analysis.decision.designs import designs
from analysis.decision.ingredients import DIFFERS, facts, idle_roles, ingredients, print_ingredients
from analysis.reports import organisation
from analysis.words.holders import posts_of
from sim.scenario import Scenario, scenario_from
from sim.vocabulary import DUTIES

ONE_RANKS = {"name": "split, but one ranks", "like": "separated", "ranks": "one"}


def scenario(*structures: Any, **keys: Any) -> Scenario:
    return scenario_from({"name": "A", "structures": list(structures), **keys})


def printed(given: Scenario, width: int = 80) -> str:
    told = io.StringIO()
    print_ingredients(Console(file=told, width=width, highlight=False), given)
    return told.getvalue()


def marked(given: Scenario) -> list[str]:
    return [row.name for row in ingredients(given).rows if row.differs]


def test_between_merged_and_separated_only_the_roles_are_marked() -> None:
    assert marked(scenario("merged", "separated")) == ["roles", "duties"]


def test_an_ingredient_that_differs_is_marked_and_no_other() -> None:
    heads = {"separated": {"project_manager": 3}, ONE_RANKS["name"]: {"project_manager": 3}}
    assert marked(scenario("separated", ONE_RANKS, heads=heads)) == ["ranks"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"rhythm": "sprints"}, "rhythm"),
        ({"cadence": {"budget": 10}}, "cadence"),
        ({"cover": False}, "cover"),
        ({"help": False}, "help"),
        ({"intake": "when there is room", "intake_limit": 2}, "intake"),
        ({"ranked_by": "delivery_lead", "duties": {"resources": "team"}}, "ranks"),
    ],
)
def test_each_ingredient_has_a_row(said: dict[str, Any], name: str) -> None:
    given = scenario("merged", {"name": "ours", "like": "merged", **said})
    assert name in marked(given)
    (row,) = (line for line in printed(given).splitlines() if line.startswith(f"{DIFFERS} {name}"))
    assert len(row.split()) > 3


def test_four_structures_fit_the_width_of_a_terminal_in_one_piece() -> None:
    text = printed(scenario("merged", "separated", "agile", ONE_RANKS))
    assert max(map(len, text.splitlines())) <= 80
    assert text.count(f"{DIFFERS} roles") == 1


def test_heads_are_shown_in_parts_and_together_where_one_person_has_two_roles() -> None:
    heads = {"separated": {"project_manager": 3.5}}
    assert "3.5 project managers" in printed(scenario("merged", "separated", heads=heads), width=200)
    alone = printed(scenario("merged", "separated", managers=1), width=200)
    assert "1 project manager and delivery manager" in alone


def test_one_holds_a_role_and_several_hold_it_in_the_plural() -> None:
    text = printed(scenario("merged", "separated", managers=4, heads={"separated": {"project_manager": 3}}))
    assert "4 delivery leads" in text and "3 project managers" in text
    assert "1 delivery manager" in text and "1 delivery managers" not in text
    assert posts_of(2, "head_of_delivery") == "2 heads of delivery" and posts_of(0.5, "lead") == "0.5 lead"
    assert posts_of(2, "boss") == "2 bosses" and posts_of(2, "deputy") == "2 deputies"


def test_the_duties_of_like_roles_are_told_by_what_moved() -> None:
    own = {"name": "ours", "like": "separated", "duties": {"project_risk": "delivery_manager"}}
    text = printed(scenario("separated", own), width=200)
    assert "as separated, but" in text
    assert "project risk: delivery manager" in text


def test_a_change_on_a_day_is_shown_by_both_its_ends() -> None:
    change = {"from": "merged", "to": "dm_only", "day": 60}
    given = scenario("merged", "separated", reorganisation=change)
    assert ingredients(given).structures == ("merged", "separated", "dm_only")


def test_the_same_facts_are_there_for_programs_and_on_paper() -> None:
    given = scenario("merged", "agile")
    found = facts(given)
    assert found["agile"]["rhythm"] == "sprints"
    assert set(found["agile"]["duties"]) == set(DUTIES)
    assert sum(found["merged"]["heads"].values()) == given.managers
    table = organisation.at_a_glance(given).table
    assert [row.cells[0] for row in table.rows if row.marked] == marked(given)
    assert not list(organisation.ingredients(given))  # what is on the first page is not told again


def test_a_design_that_an_answer_names_stands_beside_todays_on_the_first_page() -> None:
    given = scenario("merged", "separated", "agile")
    (sprints,) = (d.structure for d in designs(given) if d.name == "merged, in sprints")
    table = organisation.at_a_glance(given, (sprints,)).table
    assert table.head[1:] == ("merged (today)", "merged, in sprints", "separated", "agile")
    assert next(row.cells[2] for row in table.rows if row.cells[0] == "rhythm") == "sprints of 10 days"
    (duties,) = organisation.duties(given, (sprints,))
    assert "merged, in sprints" in duties.head


def test_a_role_without_a_duty_is_told_and_one_that_ranks_is_not() -> None:
    own = {"name": "ours", "like": "merged", "roles": {"helper": {}}}
    (told,) = idle_roles(scenario("merged", own))
    assert told.startswith("helper of ours holds no duty")
    assert not list(idle_roles(scenario("merged", {**own, "ranked_by": "helper"})))
    assert not list(idle_roles(scenario("merged", "separated", "agile")))
