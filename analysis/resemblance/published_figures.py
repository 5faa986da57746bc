"""The figures by which an organisation is known, each with its published range and where that is from.

A range says what most organisations are like, not what is good. Where nobody has published one, the source
says "judgement"; where the figure hangs on the kind of work alone, there is none.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Published(NamedTuple):
    """A figure: its name in a look and in `last_year`, its label, and from where to where it usually lies."""

    name: str
    label: str
    unit: Literal["share", "ratio", "days", "0-1", "a year"]
    low: float | None
    high: float | None
    source: str

    @property
    def title(self) -> str:
        """What stands over its numbers, with the unit that they do not show."""
        return f"{self.label}, days" if self.unit == "days" else self.label

    @property
    def known(self) -> bool:
        """Whether there is a range at all."""
        return self.low is not None and self.high is not None


PUBLISHED: tuple[Published, ...] = (
    Published(
        *("on_time_share", "Due projects on time", "share", 0.20, 0.40),
        "Moløkken & Jørgensen 2003, a review of surveys: 65-80% are late; 60%: judgement",
    ),
    Published(
        *("effort_ratio", "Effort over estimate", "ratio", 1.2, 1.6),
        "Moløkken & Jørgensen 2003: 1.3 to 1.4 on average; Norway, n=42: 1.42; the ends: judgement",
    ),
    Published(*("lead_days", "Lead time of projects", "days", None, None), "none: hangs on their size"),
    Published(
        *("projects_a_year", "Projects delivered a year", "a year", None, None), "none: hangs on their size"
    ),
    Published(
        *("cancelled_share", "Projects cancelled", "share", 0.09, 0.24),
        "Sauer et al. 2007: 9%; El Emam & Koru 2008: 12%, 16%; McManus & Wood-Harper 2008: 24%",
    ),
    Published(
        *("rework_share", "Rework in all effort", "share", 0.10, 0.50),
        "Boehm & Basili 2001: 40-50%; Dion 1993: 41%, brought down to 11%",
    ),
    Published(*("matter_wait_days", "Wait for a manager", "days", 0.5, 3.0), "judgement"),
    Published(*("blocked_days", "Wait of a blocked task", "days", 0.2, 2.0), "judgement"),
    Published(
        *("manager_use", "Managers busy", "share", 0.65, 0.85),
        "judgement: waits grow fast beyond 85% (Erlang 1917)",
    ),
    Published(
        *("utilisation", "Members at work on tasks", "share", 0.65, 0.85),
        "SPI Research 2025: 69% (2024) to 73% (2021) of hours are billable; the ends: judgement",
    ),
    Published(
        *("meetings_share", "Members in meetings", "share", 0.18, 0.27),
        "Clockwise 2022, 80,000 developers: 27%, in smaller firms a fifth; low end: judgement",
    ),
    Published(*("pool_use", "Busiest specialists busy", "share", 0.3, 0.9), "judgement"),
    Published(
        *("ticket_level_share", "Tickets within their level", "share", 0.56, 0.98),
        "ServiceNow log, n=890: 56%; high end: judgement",
    ),
    Published(*("satisfaction", "Clients' satisfaction", "0-1", 0.55, 0.85), "judgement"),
    Published(
        *("margin", "Margin", "share", 0.0, 0.35),
        "SPI Research 2025: 10% after overhead, which is not simulated; the ends: judgement",
    ),
)
"""In the order in which they are shown; a figure that a run does not have is left out."""

BY_FIGURE: dict[str, Published] = {each.name: each for each in PUBLISHED}
