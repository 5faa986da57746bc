"""What is registered is sound, fair to both sides, and cannot be changed without being seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.claim_tests.population import Population, bases
from analysis.claim_tests.records import REGISTERED, Claim, read, registered
from analysis.questionnaire.questions import demand
from sim.scenario import load
from sim.vocabulary import BY_NAME

ABOUT_RANKING, ABOUT_RHYTHM = {14}, {16, 18}
"""Claims that are about one of what is otherwise alike in all arms."""


def test_there_are_twenty_two() -> None:
    assert [claim.number for claim in registered()] == list(range(1, 23))


@pytest.mark.parametrize("claim", registered(), ids=lambda claim: claim.name)
def test_arms_are_alike_in_all_that_the_claim_is_not_about(claim: Claim) -> None:
    structures = {s.name: s for s in claim.scenario.all_structures()}
    for row in claim.rows:
        arms = [structures[arm] for arm in row.arms]
        beside = {(s.cover, s.help, s.intake, s.intake_limit, s.managers) for s in arms}
        assert len(beside) == 1
        assert len({s.ranked for s in arms}) == 1 or claim.number in ABOUT_RANKING
        assert len({s.rhythm for s in arms}) == 1 or claim.number in ABOUT_RHYTHM


@pytest.mark.parametrize("claim", registered(), ids=lambda claim: claim.name)
def test_its_case_is_readable_with_the_claim_on_top(claim: Claim) -> None:
    text = claim.case.read_text(encoding="utf-8")
    assert text.startswith(f'# Claim {claim.name}: "{claim.says}"')
    assert load(claim.case).structure_names


@pytest.mark.parametrize("claim", registered(), ids=lambda claim: claim.name)
def test_each_comparison_has_a_direction_and_a_margin(claim: Claim) -> None:
    for row in claim.rows:
        assert row.margin >= 0
        assert all(BY_NAME[name].better != "neither" for name in row.columns)


def test_changing_what_decides_makes_another_version_of_the_results(tmp_path: Path) -> None:
    record = REGISTERED / "c05.toml"
    before = read(record)
    changed = tmp_path / "c05.toml"
    changed.write_text(record.read_text(encoding="utf-8").replace("margin = 0.01", "margin = 0.02"))
    after = read(changed)
    assert before.digest != after.digest
    dial = before.rows[0].over
    assert Population(before, dial).study.identity != Population(after, dial).study.identity


@pytest.mark.parametrize("claim", registered(), ids=lambda claim: claim.name)
def test_what_a_team_might_do_worse_than_a_manager_is_said(claim: Claim) -> None:
    """Where duties lie with the team alone, a reader has to know that the model takes it to be able."""
    said = " ".join(row.says for row in claim.rows if not row.by_construction)
    if "at the team" in said or "by the team" in said:
        assert "as well as a manager would" in claim.lacks


def test_doing_a_duty_rather_than_nothing_is_no_finding_in_what_the_duty_is_for() -> None:
    rows = [row for claim in registered() if claim.number in {1, 2, 7, 12} for row in claim.rows]
    assert all(row.by_construction == ("undone" in row.says) for row in rows)


def test_other_words_for_the_same_serve_the_same_results(tmp_path: Path) -> None:
    record = REGISTERED / "c05.toml"
    other = tmp_path / "c05.toml"
    other.write_text(record.read_text(encoding="utf-8").replace("the rest at the team", "rest: team"))
    assert read(record).digest == read(other).digest
    told = record.read_text(encoding="utf-8").replace("[[rows]]", "[[rows]]\nby_construction = true")
    other.write_text(told)
    assert read(other).rows[0].by_construction and read(record).digest == read(other).digest


def test_a_new_version_says_why(tmp_path: Path) -> None:
    other = tmp_path / "c05.toml"
    other.write_text("version = 2\n" + (REGISTERED / "c05.toml").read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="why it was changed"):
        read(other)


def test_an_arm_that_the_case_does_not_know_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "c13.toml"
    shutil.copy(REGISTERED / "c13.toml", other)
    other.write_text(other.read_text(encoding="utf-8").replace("separated = -1", "divided = -1"))
    with pytest.raises(ValueError, match="divided"):
        read(other)


def test_organisations_are_drawn_from_the_library_and_have_the_arms() -> None:
    claim = next(claim for claim in registered() if claim.number == 15)
    assert len(bases(claim)) >= 5
    population = Population(claim, None)
    drawn = [population.drawn(number) for number in range(len(bases(claim)) + 1)]
    assert {scenario.structure_names for scenario in drawn} == {claim.scenario.structure_names}
    assert len({scenario.managers for scenario in drawn}) > 1
    assert len({scenario.assumptions["meetings"] for scenario in drawn}) == len(drawn)
    again = Population(claim, None).drawn(0)
    assert again == drawn[0]


def test_about_as_much_work_comes_to_the_hands_of_a_drawn_organisation_as_of_the_librarys() -> None:
    population = Population(registered()[14], None)
    for number in range(30):
        asked = demand(population.drawn(number)) / demand(population.base(number))
        assert 0.7 <= asked <= 1.3


def test_what_is_said_to_have_been_drawn_is_what_the_organisation_has() -> None:
    population = Population(registered()[14], None)
    draws = population.draws(30)
    for number in range(30):
        shares = draws.shares(number)
        for factor in population.factors(number):
            if factor.kind == "assumption":
                assert population.drawn(number).assumptions[factor.name] == factor.at(shares[factor.name])


@pytest.mark.parametrize("number", [9, 10, 11, 12])
def test_a_claim_about_one_project_is_put_to_organisations_that_have_one(number: int) -> None:
    claim = next(claim for claim in registered() if claim.number == number)
    for row in claim.rows:
        population = Population(claim, row.over)
        drawn = [population.drawn(k).portfolio.projects for k in range(12)]
        assert [projects and (projects.at_start, projects.a_year) for projects in drawn] == [(1, 0)] * 12


def test_a_change_of_ranking_alone_leaves_the_roles_and_its_price_as_they_are() -> None:
    claim = next(claim for claim in registered() if claim.number == 19)
    splits, ranks, both = (Population(claim, claim.rows[place].over)(0) for place in (0, 2, 3))
    plain, one, all_of_it = (scenario.all_structures()[-1] for scenario in (splits, ranks, both))
    assert plain.name == one.name == all_of_it.name
    assert {s.announced for s in (plain, one, all_of_it)} == {plain.announced}
    before, after = one, one.successor
    assert after
    assert after.holders == before.holders
    assert (before.ranked, after.ranked) == ("own", "one")
    assert plain.successor
    assert all_of_it.successor
    assert plain.successor.holders == all_of_it.successor.holders != after.holders
    assert (plain.successor.ranked, all_of_it.successor.ranked) == ("own", "one")


def test_turning_a_dial_leaves_all_else_as_it_was_drawn() -> None:
    claim = next(claim for claim in registered() if claim.number == 8)
    population = Population(claim, claim.rows[0].over)
    at_all = [population(place) for place in range(len(population.values))]
    shares = [scenario.portfolio.projects.cross_team for scenario in at_all if scenario.portfolio.projects]
    assert tuple(shares) == population.values
    assert len({scenario.managers for scenario in at_all}) == 1
    assert all(scenario.assumptions == at_all[0].assumptions for scenario in at_all)
