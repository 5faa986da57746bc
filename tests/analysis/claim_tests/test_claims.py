"""From registered claims to a table, a figure and a page, over runs of known answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.claim_tests import mechanisms, words
from analysis.claim_tests.ask import claims, named
from analysis.claim_tests.extracts import ARRAYS
from analysis.claim_tests.population import ORGANISATION_FUTURES, Population
from analysis.claim_tests.records import registered
from analysis.claim_tests.result import Claims
from analysis.claim_tests.runs import Where, lived
from analysis.commands.cli import app
from analysis.explanations.claims import headline, page
from sim.safety.facts_file import read_facts
from sim.scenario import Scenario
from sim.scenario.assumptions import load_assumptions, values
from sim.scenario.reading.problems import ScenarioError
from sim.vocabulary import NET_VALUE
from tests.fake_runs import AtOnce, Row, outcomes

FEW = 40

SPLIT_PAYS = {"separated": 9e5, "merged": 0.0}


def split_pays(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Two roles bring a tenth of what the people cost, whatever the organisation."""
    return [
        (s, r, outcomes(scenario.seed, s, r, SPLIT_PAYS.get(s, 0.0)) | {"unfinished_share": 0.1}, None)
        for r in replications
        for s in scenario.structure_names
    ]


def all_collapse(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Nearly nothing that is due is delivered, whoever does it."""
    return [
        (s, r, done and done | {"unfinished_share": 0.9}, why)
        for s, r, done, why in split_pays(scenario, replications)
    ]


@pytest.fixture(scope="module", autouse=True)
def few_say_what_carries() -> Iterator[None]:
    """A fifth of them begins: each mechanism is a run more."""
    with pytest.MonkeyPatch.context() as here:
        here.setattr(mechanisms, "_FEWEST", 8)
        here.setattr(mechanisms, "_CARRIED", 5)
        yield


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> Claims:
    out = tmp_path_factory.mktemp("results")
    return claims(["C13", "c14"], organisations=FEW, out=out, simulate=split_pays, executor=AtOnce())


def test_what_is_true_holds_and_what_is_false_does_not(tested: Claims) -> None:
    told = {(each.claim.name, each.says): each.finding.verdict for each in tested.tested}
    assert told["C13", "one role for both, at least as good as two"] == "the reverse holds"
    assert told["C14", "two roles less one, as all grows"] == "holds"
    assert told["C14", "how the gain of splitting grows with size"] != "holds"


def test_its_words_count_the_verdicts(tested: Claims) -> None:
    assert str(tested).startswith("Of 4 comparisons that test 2 claims: ")
    assert f"Over {FEW} drawn organisations" in str(tested)


def test_nothing_is_run_twice(tested: Claims) -> None:
    def refuse(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        raise AssertionError("was there already")

    again = claims(
        ["C13", "C14"], organisations=FEW, out=tested.folder.parent, simulate=refuse, executor=AtOnce()
    )
    assert again.frame().equals(tested.frame())


def test_organisations_that_collapse_whoever_leads_them_are_left_out_and_counted(tmp_path: Path) -> None:
    found = claims(["C13"], organisations=4, out=tmp_path, simulate=all_collapse, executor=AtOnce())
    (row,) = found.tested
    assert (row.left_out, row.finding.verdict) == (4, "nothing to tell")


def test_the_page_is_written_from_the_facts_alone(tested: Claims) -> None:
    text = page(read_facts(tested.folder / "claims.json"))
    for each in tested.tested:
        assert f"### {each.claim.name}: {each.claim.says}" in text
        assert f"**{each.finding.verdict}" in text
    assert "nan" not in text


def test_the_files_are_there(tested: Claims) -> None:
    assert [path.name for path in tested.files] == ["claims.json", "claims.csv", "claims.png", "claims.svg"]
    assert all(path.is_file() for path in tested.files)


def test_pay_is_told_by_the_year_of_each_organisation(tmp_path: Path) -> None:
    where = Where(tmp_path, {"simulate": split_pays, "executor": AtOnce()})
    batch = lived(Population(registered()[12], None), 3, where, None, ())
    cost = batch.values["cost_of_people"]["merged"]
    drawn = [batch.population.drawn(number) for number in range(3)]
    years = [each.horizon_days / values(each.assumptions)["days_a_year"] for each in drawn]
    assert len(set(years)) == 3
    assert batch.paid[:, 0, 0].tolist() == pytest.approx(
        [c / y for c, y in zip(cost[:, 0, 0], years, strict=True)]
    )


def by_confusion_alone(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Two roles bring their tenth only where it is not always clear who should act."""
    clear = values(scenario.assumptions)["clarity"] == load_assumptions()["clarity"].off
    return [
        (s, r, done and done | {NET_VALUE: 0.0 if clear else done[NET_VALUE]}, why)
        for s, r, done, why in split_pays(scenario, replications)
    ]


def test_the_mechanism_without_which_nothing_is_left_is_said_to_carry_it(tmp_path: Path) -> None:
    found = claims(["C13"], organisations=FEW, out=tmp_path, simulate=by_confusion_alone, executor=AtOnce())
    (row,) = found.tested
    assert words.carrier(row).startswith("confusion: ")
    assert row.carried and abs(row.carried.brings["meetings"].mean) < 0.1 * abs(row.carried.gain.mean)


def unevenly(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Every fourth organisation collapses; without confusion nothing is left, on average."""
    clear = values(scenario.assumptions)["clarity"] == load_assumptions()["clarity"].off
    told: list[Row] = []
    for r in replications:
        way = (1.2 if r // ORGANISATION_FUTURES % 2 else -1.2) if clear else 1.0
        undone = {"unfinished_share": 0.9 if r // ORGANISATION_FUTURES % 4 == 3 else 0.1}
        for s in scenario.structure_names:
            done = outcomes(scenario.seed, s, r, way * SPLIT_PAYS.get(s, 0.0))
            told.append((s, r, done | undone, None))
    return told


def test_what_few_cannot_say_is_asked_of_more_that_do_not_collapse(tmp_path: Path) -> None:
    found = claims(["C13"], organisations=FEW, out=tmp_path, simulate=unevenly, executor=AtOnce())
    (row,) = found.tested
    assert row.left_out == FEW // 4
    assert row.carried and row.carried.gain.futures > 8
    assert words.carrier(row).startswith("confusion: ")


def test_where_no_mechanism_carries_half_that_is_said(tested: Claims) -> None:
    told = {each.claim.name: words.carrier(each) for each in tested.tested}
    assert told["C13"] == "none carries half"


def test_each_organisation_of_the_library_has_its_say(tested: Claims) -> None:
    first = tested.tested[0]
    assert [one.name for one in first.library] == list(Population(first.claim, None).names)
    assert {one.told for one in first.library} == {"surely not"}
    assert len({one.name for one in first.library}) > 4


def test_a_quick_look_with_the_model_itself_is_told_in_the_words_of_the_page(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["claims", "C21", "--organisations", "2", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    folder = tmp_path / "claims"
    rows = read_facts(folder / "claims.json")["rows"]
    claim = registered()[20]
    assert [(row["claim"], row["version"], row["organisations"], row["failed"]) for row in rows] == [
        ("C21", claim.version, 2, 0)
    ] * len(claim.rows)
    assert f"### C21: {claim.says}" in page(read_facts(folder / "claims.json"))
    of = Population(claim, claim.rows[0].over).study.identity[:8]
    assert (folder / f"c21-{of}").is_dir()


def test_a_claim_that_nobody_registered_is_refused() -> None:
    with pytest.raises(ScenarioError, match="C99"):
        named(["C99"])


def test_one_organisation_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 2"):
        claims(["C13"], organisations=1, out=tmp_path)


def test_a_damaged_part_is_run_again(tested: Claims, tmp_path: Path) -> None:
    found = claims(["C13"], organisations=4, out=tmp_path, simulate=split_pays, executor=AtOnce())
    part = next(found.folder.rglob("*.parquet"))
    part.write_bytes(b"")
    shutil.rmtree(found.folder / ARRAYS)
    again = claims(["C13"], organisations=4, out=tmp_path, simulate=split_pays, executor=AtOnce())
    assert again.frame().equals(found.frame())


def test_the_command_lists_what_is_registered_without_running_it() -> None:
    done = CliRunner().invoke(app, ["claims", "C5", "--list"])
    assert done.exit_code == 0
    assert "Choose a delivery manager to oversee multiple projects." in done.output


def test_the_command_names_a_claim_that_is_not_there() -> None:
    done = CliRunner().invoke(app, ["claims", "C99"])
    assert done.exit_code == 2
    assert "C99" in done.output


def test_the_page_and_the_readme_say_what_the_kept_run_found() -> None:
    root = Path(__file__).parents[3]
    docs = root / "docs" / "explanation"
    facts = read_facts(docs / "claims.json")
    assert (docs / "claims.md").read_text(encoding="utf-8") == page(facts)
    assert headline(facts) in (root / "README.md").read_text(encoding="utf-8")
