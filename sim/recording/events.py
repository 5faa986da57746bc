"""What happens in a run, one small record each; `analysis.story.words` puts them into words."""

from __future__ import annotations

from dataclasses import dataclass

from sim.world import NONE

# kind -> what `row` and `amount` are
KINDS = {
    "arrived": "amount: deadline (day)",
    "under way": "amount: deadline (day)",
    "went elsewhere": "amount: value (euro)",
    "planned": "amount: days waited for the plan",
    "began without a plan": "amount: days waited for one",
    "known late": "amount: forecast (day)",
    "in time again": "amount: forecast (day)",
    "wants changed": "amount: share of the wants",
    "change noticed": "amount: h of new work",
    "rework found": "amount: h of work to do again",
    "overrun": "amount: h over the approved effort",
    "overrun approved": "amount: h approved on top",
    "approval given back": "amount: h approved before",
    "scope cut": "amount: h of work given up",
    "scope taken in again": "amount: h of work",
    "complained of": "",
    "milestone accepted": "amount: milestones accepted so far",
    "check begun": "",
    "checked": "amount: days waited for the check",
    "went out unchecked": "amount: days waited for the check",
    "delivered": "amount: days after the deadline, negative before it",
    "cancelled": "amount: euro that were paid",
    "given up": "amount: euro that were paid",
    "question": "row: manager asked",
    "impediment": "row: manager asked",
    "escalation": "row: manager asked",
    "answered": "row: manager; amount: days waited",
    "guessed": "row: manager; amount: days waited",
    "hand-over asked": "row: manager asked",
    "handed over": "row: manager; amount: days waited",
    "handed over alone": "row: manager; amount: days waited",
    "assignment asked": "row: manager asked",
    "assigned": "row: member, or NONE; amount: days waited",
    "started": "row: member",
    "finished": "row: member",
    "reopened": "row: member",
    "unclear": "row: duty",
    "risk known": "row: risk",
    "risk mitigated": "row: risk",
    "risk struck": "row: risk; amount: impact (h, people, days or euro)",
    "risk contained": "row: risk; amount: days since the strike",
    "member left": "row: member",
    "newcomer": "row: member",
    "lent": "row: member; amount: row of the team",
    "came home": "row: member; amount: row of the team",
    "member away": "row: member; amount: days",
    "manager left": "row: manager",
    "manager away": "row: manager; amount: days",
    "complained": "row: client; amount: satisfaction",
    "client left": "row: client",
    "contract renewed": "row: service",
    "contract lost": "row: service",
    "ticket": "row: ticket; amount: 1 if severe",
    "ticket breached": "row: ticket; amount: 1 if severe",
    "ticket resolved": "row: ticket; amount: days open",
    "announced": "",
    "reorganised": "",
    "went over": "",
    "settled again": "",
}
"""Every kind of event, with what its `row` and its `amount` mean."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a `day` (working days from the start); rows are those of `sim.world`."""

    day: float
    kind: str
    project: int = NONE
    task: int = NONE
    row: int = NONE
    amount: float = 0.0
