"""What an organisation is paid for an hour of estimated work, beside what its people cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.words.numbers import money
from sim.scenario.organisation import Services

HOURS_A_YEAR = 2000
"""Paid hours of a member: 250 days of 8."""

_LEAST, _MOST = 1.2, 1.7
"""What organisations of the library would bring in if all of their work were done in its year, in times of
what their people cost: part of it comes late, is cut or cancelled."""

_LEAN, _RICH = 1.1, 2.0
"""Where that is unusual enough to ask again."""

_USUAL = 1.48
"""That of the example's answers, for a default."""

_FALLBACK, _CHEAP, _DEAR = 360.0, 50, 1000
"""A price where none follows from the answers, and the ends beyond which it says nothing to be had."""

MEANT = "meant is all that a project brings over the hours it was estimated at, not a rate for hours worked"


def price_by_cost(so_far: Mapping[str, Any]) -> float:
    """A price (€) at which this organisation earns in proportion what the example's does."""
    hours = _hours(so_far)
    price = round((_USUAL * _cost(so_far) - _of_services(so_far)) / hours, -1) if hours else 0.0
    return price if _CHEAP <= price <= _DEAR else _FALLBACK


def unusual_price(so_far: Mapping[str, Any]) -> str:
    """What is strange about a price, beside what people cost; nothing where it is usual."""
    price = so_far["value"]
    if price > _DEAR:
        return f"€{price:g} an hour; a price for an hour is meant, not for a day"
    income, cost = price * _hours(so_far) + _of_services(so_far), _cost(so_far)
    if not _hours(so_far) or _LEAN * cost <= income <= _RICH * cost:
        return ""
    return (
        f"at €{price:g} projects and services bring {money(income)} a year if all goes to plan, and people "
        f"cost {money(cost)}; the library's organisations bring {_LEAST:g} to {_MOST:g} times their cost; "
        f"{MEANT}"
    )


def _hours(so_far: Mapping[str, Any]) -> float:
    """Hours a year at which projects are estimated."""
    hours: float = so_far["a_year"] * so_far["effort"]
    return hours


def _cost(so_far: Mapping[str, Any]) -> float:
    """What members and managers cost a year (€)."""
    members = so_far["teams"] * so_far["members"] * so_far["member_cost"]
    return float(HOURS_A_YEAR * (members + so_far["managers"] * so_far["manager_cost"]))


def _of_services(so_far: Mapping[str, Any]) -> float:
    """What services bring a year (€), at the price that a scenario has where nothing is said."""
    return float(so_far["services"] * Services().value_a_year)
