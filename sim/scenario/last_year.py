"""What a user knows of last year: held beside what is simulated, and never part of a run."""

from __future__ import annotations

from sim.scenario.base import Part, quantity


def _known(low: float, high: float, unit: str, meaning: str) -> float | None:
    return quantity(None, low, high, unit, f"{meaning} Default: not known.")


class LastYear(Part):
    """The year before the first day, as the organisation's own books have it; each figure is optional."""

    on_time_share: float | None = _known(
        0, 1, "share", "Projects delivered in time, of those that were due; 0.35 is 35%."
    )
    effort_ratio: float | None = _known(
        0.01, 100, "ratio", "Actual over estimated effort of delivered projects; 1.3 is 30% more."
    )
    lead_days: float | None = _known(
        0.1, 10_000, "working days", "From the first day of a project to its delivery, on average."
    )
    projects_a_year: float | None = _known(0, 100_000, "projects a year", "Projects delivered.")
    cancelled_share: float | None = _known(0, 1, "share", "Projects cancelled, of those that were begun.")
    rework_share: float | None = _known(
        0, 1, "share", "Effort that went into doing again what had been done, in all effort."
    )
    margin: float | None = _known(
        -10, 1, "share", "What was left of what was earned, once people and penalties were paid."
    )
    utilisation: float | None = _known(
        0, 1, "share", "Members' time on tasks and tickets, of the time that they were there."
    )
    meetings_share: float | None = _known(
        0, 1, "share", "Members' time in meetings, of the time that they were there."
    )
    manager_use: float | None = _known(
        0, 1, "share", "Managers' time that was taken up, of the time that they were there."
    )
    matter_wait_days: float | None = _known(
        0, 1000, "working days", "Wait for a manager who is asked something, on average."
    )
    ticket_level_share: float | None = _known(
        0, 1, "share", "Tickets resolved within their service level, of all."
    )
    satisfaction: float | None = _known(
        0, 1, "0-1", "Clients' satisfaction, from none (0) to all that could be wished (1)."
    )
