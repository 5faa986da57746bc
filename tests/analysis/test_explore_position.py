"""The roles told apart on the page: what `decide` says of the same futures, word for word."""

from __future__ import annotations

from threading import Event

from analysis.decision.designs import designs
from analysis.decision.judgement import judge, verdict_of
from analysis.explore import live, position_answer
from sim.batch.run import run
from sim.scenario import Scenario
from tests import fake_runs
from tests.batches import small

ONE = {"name": "one_ranks", "like": "separated", "ranks": "one"}
TODAY = small(structures=["merged", ONE])


def simulate(scenario: Scenario, replications: list[int]) -> list[fake_runs.Row]:
    """Fake runs in which it is who ranks that brings something, and the roles nothing."""
    return [
        (s.name, r, fake_runs.outcomes(scenario.seed, s.name, r, 6e5 * (s.ranked == "one")), None)
        for r in replications
        for s in scenario.all_structures()
    ]


def test_the_page_tells_the_roles_from_the_rest_as_decide_does() -> None:
    of_all, found = position_answer.all_designs(TODAY)
    threads = live.Threads(1)
    rows = [row for runs in live.runs_at(of_all, threads, Event(), simulate, 200) for row in runs]
    threads.pool.shutdown()
    told = position_answer.told(TODAY, found, rows)
    decided = judge(run(of_all, replications=200, jobs=1, simulate=simulate), TODAY, designs=designs(TODAY))
    verdict = verdict_of(TODAY, decided)
    assert (told["question"], told["said"]) == (verdict.question, verdict.paragraphs[0])
    assert told["futures"] == 200
    assert any("one ranks" in changes and "roles" not in changes for _, changes, _, _ in told["steps"])
    assert "roles by themselves" in told["said"]
