"""A scenario's plain values as a file with comments, as a person would write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.words.yaml_text import flow

NOTES = {
    "horizon_days": "two years of working days; longer tells more about clients and people",
    "structures": "to compare; also pm_only, dm_only, or a matrix of your own",
    "current": "the structure of today",
    "managers": "the same number in each structure",
    "teams": "of equal size; or give a list of teams by name",
    "specialists": "scarce people or facilities that any team may need: name and how many",
    "clients": "each with a satisfaction of its own",
    "at_start": "under way on day 0, in all stages",
    "a_year": "that arrive later, on average",
    "effort_hours": "estimated, on average; sizes vary",
    "cross_team": "share of tasks done by another than the home team",
    "change_a_month": "share of the scope that clients come to want otherwise",
    "deadline_slack": "promised: half as long again as the first plan says",
    "value_an_hour": "€: what a project brings over its estimated hours, not a rate for hours worked",
    "free_hour_value": "€ that an hour is worth which nobody needs for this work",
    "member_cost": "€ an hour",
    "manager_cost": "€ an hour",
    "on_time_share": "of last year's projects",
    "utilisation": "of members' time, last year",
    "services": "long-running contracts with tickets, service levels and renewals",
}


def commented(content: Mapping[str, Any], share: float) -> str:
    """The scenario as YAML; `share` of the members' paid hours is what its work is estimated at."""
    lines = [
        "# Written by `rolecall new`. Change what you like; `rolecall check` says if it is sound.",
        "#",
        f"# Projects and tickets are estimated at {share:.0%} of the members' paid hours (the example: 35%).",
        "# Rework, changed wants, meetings, absence and waiting take most of the rest.",
        "# Every key, its unit, range and default: docs/reference/scenario.md",
        "",
    ]
    return "\n".join([*lines, *_yaml(content, "")]) + "\n"


def _yaml(part: Mapping[str, Any], indent: str) -> list[str]:
    """Nested mappings as lines, with what is known about a key behind it."""
    lines = []
    for key, value in part.items():
        note = f"  # {NOTES[key]}" if key in NOTES else ""
        if isinstance(value, dict) and key in {
            "organisation",
            "portfolio",
            "projects",
            "assumptions",
            "last_year",
        }:
            lines += ["" if not indent else None, f"{indent}{key}:", *_yaml(value, f"{indent}  ")]
        else:
            said = f"{indent}{key}: {flow(value)}"
            lines.append(f"{said:<48}{note}" if note else said)
    return [line for line in lines if line is not None]
