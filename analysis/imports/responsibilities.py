"""From a matrix of responsibilities to a structure: who holds each of the fourteen duties, why, and who else
takes part in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from analysis.imports.duty_words import duty_of
from analysis.imports.raci import Activity, Matrix
from analysis.imports.record import Held, LeftOut, Roles
from analysis.words.numbers import listed, many
from sim.scenario.structures import FURTHER, NOBODY, TEAM
from sim.vocabulary import DUTIES

LONGEST_ROLE = 60

_TEAM = re.compile(
    r"\b(teams?|developers?|engineers?|members?|crew|squads?|designers?|testers?|specialists?|entwickler)\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(clients?|customers?|sponsors?|users?|vendors?|suppliers?|board|steering|stakeholders?|regulators?|executives?|ceo|cfo|cto|coo"
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
    first = {duty: several[0] for duty, several in meant.items()}
    also = {h.duty: _also(first[h.duty], h.holder, called) for h in held if h.duty in first}
    named = [h.holder for h in held if h.holder not in (TEAM, NOBODY)]
    roles = tuple(dict.fromkeys([*named, *(role for several in also.values() for role in several)]))
    further = _further(held, first, also, called, roles)
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
    said = tuple(_remarks(matrix, meant, further))
    return Roles(roles, tuple(held), further, understood, left, said)


def _also(activity: Activity, holder: str, called: Mapping[str, str]) -> tuple[str, ...]:
    """The managers' roles that are accountable for a duty beside its holder; none beside a team."""
    others = dict.fromkeys(called[role] for role in activity.accountable if called[role])
    return () if holder in (TEAM, NOBODY) else tuple(role for role in others if role not in (holder, TEAM))


def _further(
    held: Sequence[Held],
    first: Mapping[str, Activity],
    also: Mapping[str, tuple[str, ...]],
    called: Mapping[str, str],
    roles: Sequence[str],
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Who takes part in duties beside their holders, of the roles that a structure has."""
    found: dict[str, dict[str, tuple[str, ...]]] = {part: {} for part in FURTHER}
    for duty, holder in ((h.duty, h.holder) for h in held if h.duty in first and h.holder != NOBODY):
        found["also_accountable"][duty] = also[duty]
        for part in ("consulted", "informed"):
            named = dict.fromkeys(called.get(role, "") for role in getattr(first[duty], part))
            found[part][duty] = tuple(role for role in named if role in roles and role != holder)
    by_part = {part: {d: named for d, named in said.items() if named} for part, said in found.items()}
    return {part: said for part, said in by_part.items() if said}


def _listed(roles: Sequence[str], anonymous: bool) -> str:
    return "not named" if anonymous else ", ".join(roles)


def roles_called(roles: Sequence[str], *, anonymous: bool = False) -> dict[str, str]:
    """What each role is called in a scenario: `team` for who does the work, empty for outsiders."""
    found: dict[str, str] = {}
    for i, role in enumerate(roles, 1):
        if _MANAGES.search(role) and not _is_outside_alone(role):
            found[role] = _key(role)
        elif _TEAM.search(role):
            found[role] = TEAM
        elif _OUTSIDE.search(role):
            found[role] = ""
        else:
            found[role] = f"role_{i}" if anonymous else _key(role)
    return found


def _is_outside_alone(role: str) -> bool:
    """Whether a role is such as `Client (head of the society)`: who the client is makes no manager of one."""
    title, _, explained = role.partition("(")
    return bool(_OUTSIDE.fullmatch(title.strip())) and explained.strip(" )").casefold() != "manager"


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
    named = _who_does_it_first(first) or first.responsible
    ours = [called[role] for role in named if called[role]]
    doers = [called[role] for role in first.responsible if called[role]]
    if len(first.accountable) > 1:
        why += f": {len(first.accountable)} are accountable; who does it, or else the first, holds it"
    elif not first.accountable:
        why += ": nobody is accountable, who does it counts"
    elif not ours:
        why += ": an outsider is accountable, who does it counts"
    holders = ours or doers
    other = [a for a in activities[1:] if holders and holders[0] not in [called[r] for r in a.accountable]]
    if other:
        why += f"; {many(len(other), 'more line')} of the matrix with another holder: {other[0].line}"
    return Held(duty, holders[0] if holders else NOBODY, why)


def _who_does_it_first(activity: Activity) -> list[str]:
    """Who is accountable for an activity, those first who do it as well."""
    return sorted(activity.accountable, key=lambda role: role not in activity.responsible)


def _remarks(
    matrix: Matrix,
    meant: Mapping[str, Sequence[Activity]],
    further: Mapping[str, Mapping[str, Sequence[str]]],
) -> list[str]:
    """What is to be known of what was read, and what a structure cannot say."""
    said = []
    if unclear := further.get("also_accountable"):
        said.append(
            f"several are accountable for {', '.join(unclear)}: one holds it, the others are written to "
            "also_accountable, and each could think a matter of it theirs"
        )
    lacking = [duty for duty in DUTIES if duty not in meant]
    if lacking:
        said.append(f"no activity is {', '.join(lacking)}: held by nobody until you say who holds it")
    if "consulted" in further or "informed" in further:
        said.append(
            "who is consulted or informed gives hours for it, of which merged and separated say nothing: to "
            "compare like with like, say it of them as well, or leave these lines out"
        )
    if lost := listed(list(_without_time(matrix, further))):
        said.append(
            f"{lost} cost no time: of teams, outsiders, roles without a duty, or a second line of a duty"
        )
    return said


def _without_time(matrix: Matrix, further: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[str]:
    """How many of the letters C and I are not written."""
    for letter, part in (("C", "consulted"), ("I", "informed")):
        marked = sum(len(getattr(activity, part)) for activity in matrix.activities)
        kept = sum(map(len, further.get(part, {}).values()))
        if marked > kept:
            yield f"{marked - kept} of {marked} times {letter} ({part})"
