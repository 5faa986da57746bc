"""The report says what was asked, what came out, what it rests on and what it cannot tell, in one file."""

from __future__ import annotations

import html
import json
import re
import shlex
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.decision.record import Words, futures_compared, rests_on
from analysis.plots.gallery import Drawn, draw
from analysis.reports.ask import report
from analysis.reports.page import page
from analysis.results.folder_contents import gather
from analysis.statistics.compare import no_future
from analysis.sweeps.legend import legend
from analysis.sweeps.side_by_side import lines_of_material
from sim.batch.identity import identity
from sim.batch.manifest import read_manifest, write_manifest
from sim.scenario import load
from sim.scenario.assumptions import load_assumptions
from sim.vocabulary import OUTCOMES, in_words
from tests.batches import batch, hostile, small
from tests.fake_runs import results, simulate_with_a_failure

NOWHERE = "no such folder; `rolecall decide` and `rolecall run` name theirs"
FIGURES = ("decision", "outcomes", "odds", "flow", "attention")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without figures, which have tests of their own."""
    monkeypatch.setattr("analysis.plots.gallery.draw", lambda *given, **how: ([], []))


def text_of(page: str) -> str:
    """What a reader sees, on one line."""
    bare = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(bare).replace("\N{WORD JOINER}", "").split())


def elements_of(page: str) -> list[tuple[str, dict[str, str]]]:
    """Every element of a page as a browser would find it, with its attributes."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, {name: value or "" for name, value in attrs}))

    Reader().feed(page)
    return found


def read(folder: Path) -> str:
    return report(folder).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """The report of a hostile organisation, with figures, and what was told meanwhile."""
    folder = batch(tmp_path_factory.mktemp("hostile"), hostile())
    (folder / "tip-12ab").mkdir()
    Image.new("RGB", (2, 2)).save(folder / "tip-12ab" / "tip.png")
    (folder / "tip-12ab" / "tip.json").write_text(
        json.dumps({"text": "It flips [assumptions.clarity] below 4 <projects>."})
    )
    told: list[str] = []
    return report(folder, tell=told.append).read_text(encoding="utf-8"), told


@pytest.fixture(scope="module")
def whole(made: tuple[str, list[str]]) -> str:
    """The report of a hostile organisation."""
    return made[0]


def test_it_is_one_file_that_asks_for_nothing_and_runs_nothing(whole: str) -> None:
    assert len(whole.encode()) < 5_000_000
    elements = elements_of(whole)
    links = [value for _, given in elements for name, value in given.items() if name in {"src", "href"}]
    assert len(links) > 10
    assert all(link.startswith(("data:image/", "#")) for link in links)
    assert {tag for tag, _ in elements}.isdisjoint({"script", "link", "iframe", "object", "form", "base"})
    names = {name for _, given in elements for name in given}
    assert not {name for name in names if name.startswith("on") or name in {"style", "srcset", "action"}}
    assert "url(" not in whole and "@import" not in whole
    assert "default-src 'none'; img-src data:;" in whole


def test_names_stay_text(whole: str) -> None:
    assert "<script" not in whole and "<img src=x" not in whole
    assert html.escape("<script>alert(1)</script>") in whole
    assert "{{7*7}}" in whole and "$x_1$" in whole
    assert "\u202e" not in whole
    assert "It flips below 4 <projects>." in text_of(whole)


def test_the_verdict_comes_first_with_one_figure_then_the_rest_with_captions(whole: str) -> None:
    parts = (
        "<h1",
        'class="answer"',
        'id="figure-decision"',
        "What each structure is made of",
        "Limits:",
        "</header>",
    )
    first = [whole.index(part) for part in (*parts, "Contents</h2>", 'id="figure-outcomes"')]
    assert first == sorted(first)
    assert [f'id="figure-{name}"' in whole for name in FIGURES] == [True] * 5
    assert whole.count("<figcaption>") == whole.count("<figure ") == 6
    assert all(len(alt) > 20 for alt in re.findall(r"<img [^>]*alt=\"([^\"]*)\"", whole))


def test_it_is_readable_by_whoever_cannot_see_it(whole: str) -> None:
    assert '<html lang="en">' in whole and "<title>" in whole and whole.count("<h1") == 1
    assert whole.count('<th scope="row">') > 200
    targets = re.findall(r"href=\"#([^\"]+)", whole)
    assert len(targets) >= 6
    assert all(f'id="{target}"' in whole for target in targets)


def test_every_assumption_and_outcome_is_in_it_and_those_that_were_set_are_marked(whole: str) -> None:
    seen = text_of(whole)
    for assumption in load_assumptions().values():
        assert in_words(assumption.name) in seen
        assert in_words(" ".join(assumption.source.split())) in seen
    assert all(outcome.label in seen for outcome in OUTCOMES if outcome.name != "objective")
    assert "6 (set by the scenario; usually 5)" in seen
    assert (
        len(
            re.findall(
                r'<tr class="marked"><th scope="row"><bdi>how long teams wait for an answer\n\(patience\)<',
                whole,
            )
        )
        == 1
    )


def test_it_says_what_it_cannot_tell(whole: str) -> None:
    seen = text_of(whole)
    assert "No controlled study" in seen and "Not modelled" in seen
    guesses = sum("judgement" in a.source for a in load_assumptions().values())
    assert f"{guesses} of the {len(load_assumptions())} numbers" in seen


def test_what_it_says_to_repeat_the_batch_does(whole: str, tmp_path: Path) -> None:
    yaml = re.search(r'<pre class="yaml"[^>]*><code>(.*?)</code>', whole, re.DOTALL)
    assert yaml is not None
    path = tmp_path / "scenario.yaml"
    path.write_text(html.unescape(yaml[1]), encoding="utf-8")
    assert identity(load(path)) == identity(hostile())
    assert load(path).name == hostile().name
    command = re.search(r"<pre[^>]*><code>(rolecall [^<]*)</code>", whole)
    assert command is not None
    assert shlex.split(command[1]) == ["rolecall", "run", "scenario.yaml", "--replications", "30"]


def test_what_decide_left_is_what_report_and_figure_say(tmp_path: Path, quick: None) -> None:
    folder = batch(tmp_path)
    manifest = read_manifest(folder)
    arguments = {"max_replications": 400, "matters": None, "confidence": 0.9, "doubted": 50, "jobs": 2}
    write_manifest(folder, {**manifest, "arguments": arguments})
    said = {"question": "Really?", "answer": "probably yes", "paragraphs": ["Because <so>.", "And so."]}
    (folder / "decision.json").write_text(json.dumps(said))
    seen = text_of(read(folder))
    assert "Really? probably yes Because <so>. And so." in seen
    again = "rolecall decide scenario.yaml --max-replications 400 --confidence 0.9 --doubt 50"
    assert again in seen
    doubted = said | {"question": "Split the roles?", "answer": "it depends"}
    (folder / "decision.json").write_text(json.dumps(doubted))
    drawn, _ = draw(gather(folder))
    assert drawn[0].finding.startswith("It depends: separated ")
    (folder / "decision.json").write_text('{"question": 3}')
    assert "Split the roles?" in text_of(read(folder))


def test_an_unfinished_batch_and_failed_runs_are_told_before_the_verdict(tmp_path: Path, quick: None) -> None:
    folder = batch(tmp_path, simulate=simulate_with_a_failure)
    write_manifest(folder, {**read_manifest(folder), "status": "interrupted"})
    page = read(folder)
    seen = text_of(page)
    assert page.index("This batch is not finished (interrupted)") < page.index("<h1")
    assert "the 30 futures that are there so far" in seen
    assert "1 of 90 runs failed" in seen


def test_a_figure_that_is_left_out_is_told_beside_the_others_and_before_the_answer_if_there_is_none(
    tmp_path: Path,
) -> None:
    material = gather(batch(tmp_path))
    beside = page(material, [Drawn("decision", Figure(), "All.")], ["flow: why"])
    assert beside.index("Left out – flow: why.") > beside.index("<h1")
    alone = page(material, [], ["no figure: why"])
    assert alone.index("Left out – no figure: why.") < alone.index("<h1")


def test_a_single_structure_is_reported_without_a_comparison(tmp_path: Path, quick: None) -> None:
    seen = text_of(read(batch(tmp_path, small(structures=["merged"]))))
    assert "nothing to compare" in seen
    assert "Main outcomes: means over 30 futures" in seen and "Odds over" not in seen


def test_one_future_alone_is_reported_without_intervals(tmp_path: Path, quick: None) -> None:
    for scenario in (small(), small(vary={"managers": [2, 3]})):
        seen = text_of(read(batch(tmp_path, scenario, 1)))
        told = seen.rpartition("The organisation as given")[0]
        assert "one future alone has no interval" in told
        assert not any(wrong in told for wrong in ("±", "∞", "1 futures", "Odds over", "of 100 ("))


def test_nothing_is_left_where_every_run_failed(tmp_path: Path) -> None:
    def fail(scenario, replications):  # type: ignore[no-untyped-def]
        return [(s, r, None, "luck ran out") for r in replications for s in scenario.structure_names]

    seen = text_of(read(batch(tmp_path, simulate=fail)))
    assert "90 of 90 runs failed" in seen
    assert "in no future did every structure run to its end" in seen


def test_a_sweep_is_reported_by_its_keys_and_combinations(tmp_path: Path) -> None:
    sweep = small(vary={"managers": [2, 3], "portfolio.clients": [2, 5]}, structures=["merged", "agile"])
    page = read(batch(tmp_path, sweep, 12))
    seen = text_of(page)
    assert "What changes with managers and clients?" in seen
    assert 'class="answer"' not in page
    assert "Every combination" in seen and page.count("<figure ") == 2


def test_a_report_of_a_sweep_has_the_rows_of_the_terminal(tmp_path: Path, quick: None) -> None:
    sweep = small(vary={"managers": [2, 3]}, structures=["merged", "agile", "separated"])
    folder = batch(tmp_path, sweep, 40)
    seen, lines = text_of(read(folder)), lines_of_material(gather(folder))
    assert len(lines) == 2 and legend(lines).replace("\n", " ") in seen
    for line in lines:
        told = line.comparison
        won = [f"{100 * told.win_share[s]:.0f} of 100 \\(\\d+ to \\d+\\)" for s in told.others]
        row = f"{line.labels['managers']} {line.leaders} 40 .*{won[0]}.*{won[1]}"
        assert re.search(rf"\b{row}", seen), row


def test_a_report_of_a_sweep_without_a_future_says_so(tmp_path: Path) -> None:
    def fail(scenario, replications):  # type: ignore[no-untyped-def]
        return [(s, r, None, "luck ran out") for r in replications for s in scenario.structure_names]

    weighed = small(vary={"managers": [2, 3]}, objective={"delay_days": -1})
    seen = text_of(read(batch(tmp_path, weighed, simulate=fail)))
    why = no_future(weighed.judged_by)
    assert f"{why[:1].upper()}{why[1:]}." in seen
    assert re.search(r"2 – 0 – –", seen) and not re.search(r"\bnan\b", seen)


def test_the_organisation_is_told_without_yaml(whole: str) -> None:
    seen = text_of(whole)
    assert "Effort of a project Estimated effort of a project, on average. 1,600 hours" in seen
    assert "process delivery lead team delivery manager" in seen  # merged, our own, separated
    assert "from day 20" in seen


def test_no_key_of_the_program_is_on_the_page_but_in_the_scenario_that_makes_it_again(whole: str) -> None:
    told = text_of(re.sub(r"<pre.*?</pre>", " ", whole, flags=re.DOTALL))
    ours = {"x_1", "planner_of_everything_that_could_ever_need_it", "alert_"}
    assert set(re.findall(r"\b[a-z]+_[a-z_0-9]+\b", told)) - ours == set()
    assert not re.search(r"\b(portfolio|organisation|assumptions)\.[a-z]", told)


def test_no_sentence_and_no_outcome_is_told_twice(whole: str) -> None:
    bare = re.sub(r"<pre.*?</pre>", " ", whole, flags=re.DOTALL)
    paragraphs = [text_of(each) for each in re.findall(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", bare, re.DOTALL)]
    assert len(set(paragraphs)) == len(paragraphs) > 15
    tables = re.findall(r"<caption>(Main|All other) outcomes(.*?)</table>", bare, re.DOTALL)
    main, other = (set(re.findall(r'scope="row"><bdi>(.*?)<', rows)) for _, rows in (tables[0], tables[-1]))
    assert [tables[0][0], tables[-1][0]] == ["Main", "All other"]
    assert "Projects delivered" in main and "Managers who left" in other and not main & other


def test_the_brief_one_is_the_first_page_alone(tmp_path: Path) -> None:
    folder = batch(tmp_path)
    done = CliRunner().invoke(app, ["report", str(folder), "--brief"])
    assert (done.exit_code, done.stdout) == (0, f"report: {folder / 'brief.html'}\n")
    text = (folder / "brief.html").read_text(encoding="utf-8")
    assert text.count("<figure ") == 1 and text.count("<table") == 1
    assert "Limits:" in text_of(text) and "The assumptions" not in text_of(text) and "<nav" not in text
    assert not list(folder.glob("days-*"))  # nothing was run again for it


def test_whoever_waits_is_told_of_each_figure(made: tuple[str, list[str]]) -> None:
    assert [line.split(":")[0] for line in made[1]] == [f"figure {n} of 5" for n in range(1, 6)]


def test_the_command_writes_where_it_is_told(tmp_path: Path, quick: None) -> None:
    folder, page = batch(tmp_path / "results"), tmp_path / "for the board" / "page.html"
    done = CliRunner().invoke(app, ["report", str(folder), "--out", str(page)])
    assert (done.exit_code, done.stdout) == (0, f"report: {page}\n")
    assert page.is_file()


@pytest.mark.parametrize("command", ["plot", "report"])
def test_a_folder_without_results_is_a_mistake_in_one_line(command: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [command, str(tmp_path / "nowhere")])
    assert done.exit_code == 2
    assert done.stderr == f"{tmp_path / 'nowhere'}: {NOWHERE}\n"


@pytest.mark.parametrize("command", ["plot", "report"])
def test_a_file_in_the_way_is_told_in_one_line(command: str, tmp_path: Path, quick: None) -> None:
    folder = batch(tmp_path / "results")
    (tmp_path / "file").write_text("in the way")
    done = CliRunner().invoke(app, [command, str(folder), "--out", str(tmp_path / "file" / "page.html")])
    assert done.exit_code == 2
    right = "is a file, so nothing can be written below it; choose another --out"
    assert done.stderr == f"{tmp_path / 'file'} {right}\n"


def test_a_folder_is_no_name_for_a_report(tmp_path: Path, quick: None) -> None:
    folder = batch(tmp_path / "results")
    slides = tmp_path / "slides"
    slides.mkdir()
    done = CliRunner().invoke(app, ["report", str(folder), "--out", str(slides)])
    assert done.exit_code == 2
    right = f"give the name of a file such as {slides / 'report.html'}"
    assert done.stderr == f"{slides} is a folder; {right}\n"


def test_whoever_gives_another_path_than_results_is_told_what_to_give(tmp_path: Path) -> None:
    folder = batch(tmp_path / "results")
    (folder / "tip-12ab").mkdir()
    write_manifest(folder / "tip-12ab", {"settings": {"tip": []}})
    (tmp_path / "it.yaml").write_text("managers: 6\n")
    said = {
        tmp_path / "it.yaml": f"run `rolecall decide {tmp_path / 'it.yaml'}` first",
        tmp_path / "results": f"holds folders of results; give one of them: {folder}\n",
        folder / "tip-12ab": f"give the results that it is in: {folder}\n",
        folder / "manifest.json": f"give the folder that it is in: {folder}\n",
        tmp_path / "nix": NOWHERE,
    }
    for given, right in said.items():
        done = CliRunner().invoke(app, ["report", str(given)])
        assert done.exit_code == 2
        assert right in done.stderr and done.stderr.count("\n") == 1


def test_it_rests_on_the_futures_of_the_answer_though_more_have_been_run_since(
    tmp_path: Path, quick: None
) -> None:
    folder = batch(tmp_path, replications=30)
    said = {"question": "Split the roles?", "answer": "a tie", "paragraphs": ["So."]}
    said |= {"difference": {"futures": 20}, "selection": {"delta": 5e4, "confidence": 0.9}}
    (folder / "decision.json").write_text(json.dumps(said))
    material = gather(folder)
    assert sorted(material.results["replication"].unique()) == list(range(20))
    assert material.judgement is not None and material.judgement.comparison.futures == 20
    seen = text_of(read(folder))
    assert "Futures 20, lived through" in seen and "over 30 futures" not in seen
    assert "rolecall decide scenario.yaml --max-replications 20 --matters 50000.0 --confidence 0.9" in seen
    assert len(gather(folder, every=True).results) == 30 * len(material.scenario.structure_names)


def test_it_rests_on_more_futures_than_what_is_named_lived_through() -> None:
    said = {"difference": {"futures": 250}, "selection": {"so_far": {"a": {"futures": 250}}}}
    assert futures_compared(said) == 250
    said["selection"]["so_far"]["b"] = {"futures": 500}
    assert futures_compared(said) == 500
    assert futures_compared({"difference": None}) is None


def test_failed_runs_do_not_shift_the_futures_of_an_answer() -> None:
    frame = results({"merged": 0, "separated": 1e5}, 10)
    frame.loc[(frame["replication"] == 2) & (frame["structure"] == "merged"), "error"] = "broken"
    rested = rests_on(frame, ["merged", "separated"], "net_value_a_year", 5)
    assert sorted(rested["replication"].unique()) == [0, 1, 2, 3, 4, 5]
    assert rests_on(frame, ["merged", "separated"], "net_value_a_year", None) is frame


def test_a_heading_says_to_stay_where_no_more_futures_could_tell_to_move() -> None:
    open_yet = Words("Merge the roles?", "cannot tell", ("For A: cannot tell yet.",))
    assert open_yet.in_short == "cannot tell"
    stay = replace(open_yet, paragraphs=("For A: no reason to move, separated is ahead; whether",))
    assert stay.in_short == "no reason to move"
    assert replace(stay, answer="no").in_short == "no"
