"""From a matrix of responsibilities to a structure: who holds each of the fourteen duties, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analysis.imports.duty_words import duty_of
from analysis.imports.raci import Activity, Matrix
from analysis.imports.record import Held, LeftOut, Roles
from analysis.words.numbers import many
from sim.scenario.structures import NOBODY, TEAM
from sim.vocabulary import DUTIES

LONGEST_ROLE = 60

_TEAM = re.compile(
    r"\b(teams?|developers?|engineers?|members?|crew|squads?|designers?|testers?|specialists?|entwickler)\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(clients?|customers?|sponsors?|users?|vendors?|suppliers?|board|steering|executives?|ceo|cfo|cto|coo"
    r"|legal|finance|hr|auditors?|kunden?|auftraggeber|lenkungsausschuss|geschäftsführung)\b",
    re.IGNORECASE,
)
_MANAGES = re.compile(
    r"\b(manager|lead|leads|head|owner|master|director|coordinator|officer|planner|coach|pmo?|dm|po|sm"
    r"|administrator|leiter|leiterin|leitung|management)\b|leiter|manager|leitung",
    re.IGNORECASE,
)
"""Titles of roles that manage: whose column is headed so is a manager, whatever else the title says."""


def structure_of(matrix: Matrix, *, anonymous: bool = False) -> Roles:
    """The structure that a matrix describes. Of several activities that are one duty the first decides."""
    meant: dict[str, list[Activity]] = {}
    for activity in matrix.activities:
        meant.setdefault(duty_of(activity.name) or "", []).append(activity)
    foreign = meant.pop("", [])
    called = roles_called(matrix.roles, anonymous=anonymous)
    held = [_held(duty, meant.get(duty, []), called) for duty in DUTIES]
    roles = tuple(dict.fromkeys(h.holder for h in held if h.holder not in (TEAM, NOBODY)))
    unclear = tuple(duty for duty in DUTIES if duty in meant and len(meant[duty][0].accountable) > 1)
    idle = [name for name in called.values() if name not in roles and name != TEAM and name]
    outside = [role for role, name in called.items() if not name]
    outsiders = LeftOut(len(outside), "column", f"no managers: {_listed(outside, anonymous)}")
    left = (
        *(
            LeftOut(1, "activity", f"{a.name!r}, line {a.line}, is none of the fourteen duties")
            for a in foreign
        ),
        *([LeftOut(len(idle), "role", f"without a duty: {', '.join(idle)}")] if idle else []),
        *([outsiders] if outside else []),
    )
    understood = len(matrix.activities) - len(foreign)
    return Roles(roles, tuple(held), unclear, understood, left, tuple(_remarks(matrix, meant, unclear)))


def _listed(roles: Sequence[str], anonymous: bool) -> str:
    return "not named" if anonymous else ", ".join(roles)


def roles_called(roles: Sequence[str], *, anonymous: bool = False) -> dict[str, str]:
    """What each role is called in a scenario: `team` for who does the work, empty for outsiders."""
    found: dict[str, str] = {}
    for i, role in enumerate(roles, 1):
        if _MANAGES.search(role):
            found[role] = _key(role)
        elif _TEAM.search(role):
            found[role] = TEAM
        elif _OUTSIDE.search(role):
            found[role] = ""
        else:
            found[role] = f"role_{i}" if anonymous else _key(role)
    return found


def _key(role: str) -> str:
    """The role as a key: `Project Manager (PM)` becomes `project_manager`."""
    plain = re.sub(r"\(.*?\)", "", role).casefold() or role.casefold()
    key = "_".join(re.findall(r"\w+", plain))[:LONGEST_ROLE] or "role"
    return f"{key}_role" if key in (TEAM, NOBODY) else key


def _held(duty: str, activities: Sequence[Activity], called: Mapping[str, str]) -> Held:
    if not activities:
        return Held(duty, NOBODY, "no activity of the matrix is this duty: say who holds it")
    first = activities[0]
    why = f"{first.name}, line {first.line}"
    named = first.accountable or first.responsible
    ours = [called[role] for role in named if called[role]]
    doers = [called[role] for role in first.responsible if called[role]]
    if len(first.accountable) > 1:
        why += f": {len(first.accountable)} are accountable, the first of them counts"
    elif not first.accountable:
        why += ": nobody is accountable, who does it counts"
    elif not ours:
        why += ": an outsider is accountable, who does it counts"
    holders = ours or doers
    other = [a for a in activities[1:] if holders and holders[0] not in [called[r] for r in a.accountable]]
    if other:
        why += f"; {many(len(other), 'more line')} of the matrix with another holder: {other[0].line}"
    return Held(duty, holders[0] if holders else NOBODY, why)


def _remarks(matrix: Matrix, meant: Mapping[str, Sequence[Activity]], unclear: Sequence[str]) -> list[str]:
    """What a structure cannot say."""
    said = []
    if unclear:
        listed = ", ".join(unclear)
        said.append(
            f"several are accountable for {listed}: the first holds it; the model has one clarity for all "
            "duties (assumptions: {clarity: …}), which you may lower"
        )
    lacking = [duty for duty in DUTIES if duty not in meant]
    if lacking:
        said.append(f"no activity is {', '.join(lacking)}: held by nobody until you say who holds it")
    asked = sum(len(a.consulted) for a in matrix.activities)
    told = sum(len(a.informed) for a in matrix.activities)
    if asked or told:
        said.append(f"{asked} times C (consulted) and {told} times I (informed) cost no time in the model")
    return said
