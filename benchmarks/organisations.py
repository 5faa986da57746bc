"""The example organisation, as it is and in larger: everything in it grows in proportion."""

from __future__ import annotations

from pathlib import Path

from sim.scenario import Scenario, load

EXAMPLE = Path(__file__).parent.parent / "scenarios" / "scaleup.yaml"

MOST_AT_START = 1000  # as many as a scenario may have


def example() -> Scenario:
    """The organisation that `make decide` is about: about 50 people."""
    return load(EXAMPLE)


def enlarged(times: int) -> Scenario:
    """`times` as many teams, managers, specialists, clients, projects and services, each of the same size."""
    small = example()
    if times == 1:
        return small
    projects, services = small.portfolio.projects, small.portfolio.services
    assert projects is not None and services is not None
    return small.with_changes(
        {
            "name": f"{small.name}, {times} times",
            "managers": times * small.managers,
            "organisation.teams.count": times * len(small.teams),
            "organisation.specialists": {
                f"{name}-{k + 1}": units for name, units in small.pools.items() for k in range(times)
            },
            "portfolio.clients": times * small.portfolio.clients,
            "portfolio.projects.at_start": min(MOST_AT_START, times * projects.at_start),
            "portfolio.projects.a_year": times * projects.a_year,
            "portfolio.services.count": times * services.count,
        }
    )


def people(scenario: Scenario) -> int:
    """Members and managers."""
    return scenario.managers + sum(team.members for team in scenario.teams)


def person_days(scenario: Scenario) -> int:
    """Days of one run, times the people who live through them."""
    return people(scenario) * scenario.horizon_days
