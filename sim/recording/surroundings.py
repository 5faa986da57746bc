"""What happens around projects: people, clients, services, risks, and matters that nobody takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from sim.recording.events import Event
from sim.world import (
    CONTAINED,
    ENDED,
    EXPECTED,
    KNOWN,
    LIMBO_QUEUE,
    MITIGATED,
    NONE,
    RESOLVED,
    Client,
    Manager,
    Member,
    Risk,
    Row,
    Service,
    World,
)

Values = tuple[float, ...]
Telling = Callable[[World, int, Any, Values, float], Iterator[Event]]


class Around:
    """The rows beside projects and tasks, compared step by step."""

    def __init__(self, world: World) -> None:
        self._seen = {
            name: [_values(row, _WATCHED[name]) for row in getattr(world, name)] for name in _WATCHED
        }
        self._tickets = [service.next_ticket for service in world.services]
        self._open: list[int] = []
        self._breached: set[int] = set()
        self._unclear: set[tuple[int, float]] = set()
        self._changes = world.clock[0].reorganise_on
        self._unsettled = False

    def _change(self, world: World, start: float) -> Iterator[Event]:
        """A change of structure is announced, comes, and may go on team by team."""
        clock = world.clock[0]
        if (clock.unrest > 0.0) != self._unsettled:
            self._unsettled = clock.unrest > 0.0
            yield Event(start, "announced" if self._unsettled else "settled again")
        if clock.reorganise_on != self._changes:
            self._changes = clock.reorganise_on
            yield Event(start, "reorganised" if clock.took_over_on == start else "went over")

    def look(self, world: World, delivered: list[int]) -> Iterator[Event]:
        """What happened in the step that is over, in which these projects were delivered."""
        start = world.clock[0].now - world.clock[0].step_days
        yield from self._change(world, start)
        for name, tell in TELLINGS.items():
            seen, fields = self._seen[name], _WATCHED[name]
            for row_id, row in enumerate(getattr(world, name)):
                values = _values(row, fields)
                if values != seen[row_id]:
                    yield from tell(world, row_id, row, seen[row_id], start)
                    seen[row_id] = values
        yield from self._matters(world, start)
        yield from self._come(world, delivered, start)
        yield from self._go(world)

    def _matters(self, world: World, start: float) -> Iterator[Event]:
        """Matters that two people each think the other's."""
        found: set[tuple[int, float]] = set()  # by the day they were raised, for rows are used again
        matter_id = world.queues[LIMBO_QUEUE].first
        while matter_id != NONE:
            matter = world.matters[matter_id]
            one = matter_id, matter.raised
            found.add(one)
            if one not in self._unclear:
                yield Event(start, "unclear", matter.project, row=matter.duty)
            matter_id = matter.after
        self._unclear = found

    def _come(self, world: World, delivered: list[int], start: float) -> Iterator[Event]:
        """Tickets of services and, for what was delivered, of warranty."""
        new: list[int] = []
        for service_id, service in enumerate(world.services):
            new += range(self._tickets[service_id], service.next_ticket)
            self._tickets[service_id] = service.next_ticket
        for project_id in delivered:
            project = world.projects[project_id]
            rows = range(project.first_warranty, project.first_warranty + project.n_warranty)
            new += [row for row in rows if world.tickets[row].state != EXPECTED]
        for ticket_id in new:
            yield Event(start, "ticket", row=ticket_id, amount=world.tickets[ticket_id].severe)
        self._open += new

    def _go(self, world: World) -> Iterator[Event]:
        """Tickets that are resolved, or late."""
        now = world.clock[0].now
        left = []
        for ticket_id in self._open:
            ticket = world.tickets[ticket_id]
            over = ticket.state == RESOLVED
            until = ticket.resolved if over else now
            if until > ticket.due and ticket_id not in self._breached:
                self._breached.add(ticket_id)
                yield Event(until, "ticket breached", row=ticket_id, amount=ticket.severe)
            if over:
                yield Event(until, "ticket resolved", row=ticket_id, amount=until - ticket.raised)
            else:
                left.append(ticket_id)
        self._open = left


def _values(row: Row, fields: tuple[str, ...]) -> Values:
    return tuple(getattr(row, field) for field in fields)


def steps_away(world: World, days: float) -> float:
    """Days of an absence that is over in `days`: who is away as a step begins is away for all of it."""
    step = world.clock[0].step_days
    return float(math.ceil(days / step) * step)


def _of_member(world: World, row_id: int, member: Member, before: Values, start: float) -> Iterator[Event]:
    leavers, absences, vacant, team = before
    for _ in range(int(member.leavers - leavers)):
        yield Event(start, "member left", row=row_id)
    if vacant and not member.vacant:
        yield Event(start, "newcomer", row=row_id)
    if member.absences != absences and not member.vacant:
        days = steps_away(world, member.away_until - world.clock[0].now)
        if days > 0.0:
            yield Event(start, "member away", row=row_id, amount=days)
    if member.team != team:
        kind = "came home" if member.team == member.home else "lent"
        yield Event(start, kind, row=row_id, amount=member.team)


def _of_manager(world: World, row_id: int, manager: Manager, before: Values, start: float) -> Iterator[Event]:
    if manager.leavers > before[0]:
        yield Event(start, "manager left", row=row_id)
    elif manager.away_until > max(before[1], start):
        yield Event(start, "manager away", row=row_id, amount=steps_away(world, manager.away_until - start))


def _of_client(world: World, row_id: int, client: Client, before: Values, start: float) -> Iterator[Event]:
    complaints, here = before
    for _ in range(int(client.complaints - complaints)):
        yield Event(start, "complained", row=row_id, amount=client.satisfaction)
    if here and not client.here:
        yield Event(start, "client left", row=row_id)


def _of_service(world: World, row_id: int, service: Service, before: Values, start: float) -> Iterator[Event]:
    if service.state == ENDED:
        yield Event(start, "contract lost", row=row_id)
    elif service.ends > before[1]:
        yield Event(start, "contract renewed", row=row_id)


def _of_risk(world: World, row_id: int, risk: Risk, before: Values, start: float) -> Iterator[Event]:
    kind = {KNOWN: "risk known", MITIGATED: "risk mitigated", CONTAINED: "risk contained"}.get(risk.state)
    if risk.struck >= 0.0 and before[1] < 0.0:
        yield Event(start, "risk struck", risk.project, row=row_id, amount=risk.impact)
    if kind is not None and risk.state != before[0]:
        days = start - risk.struck if risk.state == CONTAINED else 0.0
        yield Event(start, kind, risk.project, row=row_id, amount=days)


_WATCHED: dict[str, tuple[str, ...]] = {
    "members": ("leavers", "absences", "vacant", "team"),
    "managers": ("leavers", "away_until"),
    "clients": ("complaints", "here"),
    "services": ("state", "ends"),
    "risks": ("state", "struck"),
}
"""The tables that are watched, and the fields that tell when something happened to a row."""

TELLINGS: dict[str, Telling] = {
    "members": _of_member,
    "managers": _of_manager,
    "clients": _of_client,
    "services": _of_service,
    "risks": _of_risk,
}
