"""What nothing holds up ends with its longest chain of tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

from validation import networks
from validation.answer import KnownAnswer


@pytest.mark.parametrize("answer", networks.ANSWERS, ids=lambda answer: answer.fact)
def test_without_noise_managers_or_limits_projects_end_with_their_critical_path(answer: KnownAnswer) -> None:
    assert answer.holds(answer.simulate())


def test_with_too_few_people_the_critical_path_is_not_enough(tmp_path: Path) -> None:
    scenario = networks.random_networks(tmp_path, seed=1)
    few = [{"name": team.name, "members": 20} for team in scenario.teams]
    assert networks.furthest_off(scenario.with_changes({"organisation.teams": few})) > 1.0
