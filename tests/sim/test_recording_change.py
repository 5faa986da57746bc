"""A change of structure in the log: announced, come, gone on with, and old news."""

from __future__ import annotations

from sim.recording.surroundings import Around
from tests.sim.test_rules_phased import phased


def test_a_change_is_told_from_its_announcement_until_it_is_old_news() -> None:
    team = phased(announced=2, unrest_days=5.0)
    around, told = Around(team.world), []
    for _ in range(30):
        team.run(days=1)
        kinds = ("announced", "reorganised", "went over", "settled again")
        told += [(event.day, event.kind) for event in around.look(team.world, []) if event.kind in kinds]
    assert told == [(3.0, "announced"), (5.0, "reorganised"), (15.0, "went over"), (20.0, "settled again")]
