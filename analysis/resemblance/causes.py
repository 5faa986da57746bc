"""What most likely makes a figure what it is: a guess from what is full, and the keys to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from analysis.resemblance import offered_work
from analysis.resemblance import thresholds as at
from analysis.resemblance.result import Cause
from analysis.resemblance.runs import QuickLook
from sim.scenario.assumptions import values
from sim.scenario.structures import Structure

if TYPE_CHECKING:
    from sim.scenario import Scenario

IN_PLAN = ("change_a_month", "deadline_slack")
"""Keys of generated projects that a given plan has as well."""


def pressing(look: QuickLook) -> list[Cause]:
    """What is full or short in this organisation, the most pressing first; else why it earns little."""
    prices = _prices(look)  # who cannot work does not earn: prices are to blame where nothing else is
    return _full(look) or ([prices] if prices is not None else [])


def _full(look: QuickLook) -> list[Cause]:
    """Who or what is full, so that work waits."""
    asked = (_pools(look), _hands(look), _managers(look), _tickets(look))
    return [cause for cause in asked if cause is not None]


def cause_of(name: str, sign: int, look: QuickLook) -> Cause:
    """What most likely makes a figure too high (`sign` 1) or too low (−1)."""
    return _CAUSES[name](sign, look)


def project_keys(look: QuickLook, *names: str) -> tuple[str, ...]:
    """Keys of projects: generated ones, or those that a plan has in their place."""
    if look.scenario.plan is None:
        return tuple(f"portfolio.projects.{name}" for name in names)
    arrive = look.scenario.portfolio.projects is not None  # later, beside the plan
    found = [_key_of_plan(name, arrive) for name in names]
    return tuple(dict.fromkeys(found))


def _key_of_plan(name: str, arrive: bool) -> str:
    if arrive and name == "a_year":
        return "portfolio.projects.a_year"
    return f"portfolio.plan.{name if name in IN_PLAN else 'tasks'}"


def _percent(share: float) -> str:
    return f"{share:.0%}"


# --- what is full or short ---------------------------------------------------------------------------------


def busiest_pool(look: QuickLook) -> tuple[str, float]:
    """The busiest specialists and how busy they are; nobody where there are none."""
    return max(look.pools.items(), key=lambda pool: pool[1], default=("", 0.0))


def _pools(look: QuickLook) -> Cause | None:
    name, busy = busiest_pool(look)
    if busy <= at.POOL_FULL:
        return None
    asked = dict(offered_work.pools(look.scenario, values(look.scenario.assumptions))).get(name, 0.0)
    said = f"{name} is busy {_percent(busy)} of the time, and all who need it wait"
    if asked > 1.0:
        said = f"tasks that need {name} are {_percent(asked)} of its hours"
    return Cause(said, (f"organisation.specialists.{name}", *project_keys(look, "pool_share")))


def _hands(look: QuickLook) -> Cause | None:
    idle = look.mean("idle_share")
    if not idle < at.IDLE_LEAST:
        return None
    asked = _offered(look, offered_work.members)
    said = f"members are idle {_percent(idle)} of the time, and more comes than they can do"
    if asked > 1.0:
        said = f"what arrives is {_percent(asked)} of the hours that members can work, rework left out"
    return Cause(said, (*_work(look), "organisation.teams"))


def _offered(look: QuickLook, of: Callable[[Scenario, Mapping[str, float], Structure], float]) -> float:
    """A planner's estimate of what is asked of people, over what they can do; 0 where a plan is given."""
    scenario = look.scenario
    if scenario.plan is not None:
        return 0.0
    return of(scenario, values(scenario.assumptions), scenario.structure(scenario.current))


def _work(look: QuickLook) -> tuple[str, ...]:
    tickets = look.scenario.portfolio.services is not None
    keys = project_keys(look, "a_year")
    return (*keys, "portfolio.services.tickets_a_week") if tickets else keys


def _managers(look: QuickLook) -> Cause | None:
    use = look.mean("manager_use")
    if not use > at.MANAGERS_FULL:
        return None
    asked = _offered(look, lambda *given: next((share for _, share in offered_work.roles(*given)), 0.0))
    waits = look.mean("matter_wait_days")
    said = f"managers are busy {_percent(use)} of the time, and a matter waits {waits:.1f} days for them"
    if asked > 1.0:
        said = f"what falls due is {_percent(asked)} of the hours that managers have, however hasty they are"
    return Cause(said, ("managers",))


def _tickets(look: QuickLook) -> Cause | None:
    kept = look.mean("ticket_level_share")
    if not kept < at.TICKETS_FEW:
        return None
    said = f"{_percent(kept)} of the tickets are resolved in time"
    return Cause(said, ("portfolio.services.tickets_a_week", "portfolio.services.allowed_days"))


def _prices(look: QuickLook) -> Cause | None:
    covered, idle = look.mean("covered"), look.mean("idle_share")
    if not covered < at.UNCOVERED:
        return None
    if covered >= at.UNCOVERED * (1.0 - idle):  # enough, if no hour were idle
        said = f"members are idle {_percent(idle)} of the time, and earn nothing meanwhile"
        return Cause(said, _work(look))
    return Cause("prices are low for these costs, or too many hours bring nothing", _prices_of(look))


def _prices_of(look: QuickLook) -> tuple[str, ...]:
    if look.scenario.plan is not None:
        return ("portfolio.plan.projects", "assumptions.member_cost")
    return ("portfolio.projects.value_an_hour", "assumptions.member_cost")


# --- figure by figure --------------------------------------------------------------------------------------

_Of = Callable[[int, QuickLook], Cause]


def _pressing_or(otherwise: _Of) -> _Of:
    """What is full, where the figure is what comes of that; else what else it may be."""

    def cause(sign: int, look: QuickLook) -> Cause:
        return next(iter(_full(look)), otherwise(sign, look))

    return cause


def _said(higher: str, lower: str, *keys: str, projects: tuple[str, ...] = ()) -> _Of:
    """A cause that is in the scenario's own numbers, whatever is full."""

    def cause(sign: int, look: QuickLook) -> Cause:
        return Cause(higher if sign > 0 else lower, (*project_keys(look, *projects), *keys))

    return cause


def _late(sign: int, look: QuickLook) -> Cause:
    if sign > 0:
        return Cause("deadlines leave more room than usual", project_keys(look, "deadline_slack"))
    found = _full(look)
    if found:
        return found[0]
    if look.mean("idle_share") > at.IDLE_MUCH:
        return Cause("deadlines leave little room", project_keys(look, "deadline_slack"))
    keys = (*project_keys(look, "deadline_slack"), *_work(look))
    return Cause("deadlines leave little room for the work that comes", keys)


def _at_work(sign: int, look: QuickLook) -> Cause:
    if sign > 0:
        return Cause("more comes than is usual for so many members", (*_work(look), "organisation.teams"))
    if (full := _pools(look)) is not None:
        return full
    if look.mean("idle_share") > at.IDLE_MUCH:
        idle = _percent(look.mean("idle_share"))
        return Cause(f"members are idle {idle} of the time, for little comes", _work(look))
    return Cause("meetings, switching and duties of the team take the rest", ("assumptions.meetings",))


def _of_managers(sign: int, look: QuickLook) -> Cause:
    full = _managers(look)
    if sign > 0 and full is not None:
        return full
    return Cause(f"{'few' if sign > 0 else 'many'} managers for this work", ("managers",))


def _earnings(sign: int, look: QuickLook) -> Cause:
    full = pressing(look)
    if sign < 0 and full:
        return full[0]
    return Cause(f"prices are {'high' if sign > 0 else 'low'} for these costs", _prices_of(look))


def _specialists(sign: int, look: QuickLook) -> Cause:
    full = _pools(look)
    if sign > 0 and full is not None:
        return full
    name, busy = busiest_pool(look)
    said = f"{'little' if sign > 0 else 'much'} of {name} for this work (busy {_percent(busy)})"
    return Cause(said, (f"organisation.specialists.{name}", *project_keys(look, "pool_share")))


_size = _said("projects are larger than yours", "projects are smaller than yours", projects=("effort_hours",))

_CAUSES: dict[str, _Of] = {
    "on_time_share": _late,
    "effort_ratio": _said(
        "estimates leave out more than usual, or wants change more",
        "estimates leave out less than usual, or wants change less",
        "assumptions.project_bias",
        projects=("change_a_month",),
    ),
    "lead_days": _pressing_or(_size),
    "projects_a_year": _said("more arrive", "fewer arrive, or are done", projects=("a_year",)),
    "cancelled_share": _said(
        "projects run away more than usual, or are given up sooner",
        "projects run away less than usual, or are given up later",
        "assumptions.cancel_factor",
        projects=("effort_hours",),
    ),
    "rework_share": _said(
        "wants change more, or more goes wrong",
        "wants change less, or less goes wrong",
        "assumptions.defect_rate",
        projects=("change_a_month",),
    ),
    "matter_wait_days": _of_managers,
    "blocked_days": _of_managers,
    "manager_use": _of_managers,
    "utilisation": _at_work,
    "meetings_share": _said(
        "large teams, or many meetings",
        "small teams, or few meetings",
        "organisation.teams",
        "assumptions.meetings",
    ),
    "pool_use": _specialists,
    "ticket_level_share": _said(
        "tickets have more time than usual",
        "tickets have little time, or there are many for so few people",
        *("portfolio.services.allowed_days", "portfolio.services.tickets_a_week"),
    ),
    "satisfaction": _pressing_or(
        _said(
            "clients see more kept of what was promised than usual",
            "clients see less kept of what was promised than usual",
            projects=("deadline_slack",),
        )
    ),
    "margin": _earnings,
}
"""By the name of a figure."""


def what_limits(look: QuickLook) -> str:
    """What limits the organisation: specialists, hands or managers, if they are full; else demand."""
    name, busy = busiest_pool(look)
    idle, use = look.mean("idle_share"), look.mean("manager_use")
    if busy > at.POOL_FULL:
        return f"specialists ({name} is busy {_percent(busy)}, and others wait for it)"
    if idle <= at.IDLE_MUCH:
        return f"hands (members idle {_percent(idle)}: an hour that is freed finds work)"
    if use > at.MANAGERS_FULL:
        return f"managers (busy {_percent(use)}, while members are idle {_percent(idle)})"
    return f"demand (members idle {_percent(idle)}: an hour that is freed finds little to do)"
