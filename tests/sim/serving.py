"""Small organisations that serve clients besides their projects, with nothing left to chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import services as rules
from tests.sim.small import organisation


def office(
    hours: Mapping[str, float],
    *,
    teams: Mapping[str, int] | None = None,
    services: Mapping[str, Any] | None = None,
    **others: Any,
) -> DeliveryOrganisation:
    """A service without tickets of its own, and a project of one task for each entry of `hours`.

    Every effect that can be is off, but for assumptions in `others`, which go to `organisation`. Tests bring
    tickets in by hand.
    """
    home = next(iter(teams or {"web": 1}))
    return organisation(
        [(name, "work", home, str(h)) for name, h in hours.items()],
        teams=teams,
        services={"count": 1, "tickets_a_week": 0, **(services or {})},
        **others,
    )


def ticket(office: DeliveryOrganisation, row: int, hours: float, allowed: float, severe: bool = False) -> Any:
    """Let a ticket come in that takes so many hours, with so many days allowed. Returns its row."""
    one = office.world.tickets[row]
    one.effort = one.remaining = hours
    one.allowed, one.severe = allowed, int(severe)
    rules.raise_ticket(office.world, row)
    return one
