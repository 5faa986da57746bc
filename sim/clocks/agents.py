"""Mesa agents: rows that act, by calling the rules. Override a method to change one decision.

    class CautiousManager(DeliveryLead):
        def choose(self):
            ...

An agent has the fields of its row in `sim.world` as attributes (`manager.left`, `team.maturity`), its row
number as `row`, and the organisation as `model`; all other rows are in `self.world`. It takes no other
attributes but those that its class declares:

    class PatientManager(DeliveryLead):
        waited = 0
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from inspect import get_annotations
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

import mesa

from sim import world as w
from sim.clocks.by_agents import of_manager, of_team
from sim.rules import attention, gathering, work
from sim.world import NONE, World


class Organisation(Protocol):
    """What an agent needs of the model that it lives in."""

    world: World


class Actor(mesa.Agent):
    """An agent that is a row of the world."""

    model: Organisation

    def __init__(self, model: Organisation, row: int) -> None:
        super().__init__(model)
        self.row = row

    @property
    def world(self) -> World:
        """All rows of the organisation."""
        return self.model.world

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.row}>"

    if not TYPE_CHECKING:  # the type checker knows the attributes that there are, and would take any of these

        def __getattr__(self, name):
            """Only reached for what there is not; the fields of the row are ordinary attributes."""
            raise _no_such(self, name)

        def __setattr__(self, name, value):
            """Refuse what there is not: once an agent has its row, only what is declared can be set."""
            if name not in _declared(type(self)) and "row" in vars(self) and not _is_declared(self, name):
                raise _no_such(self, name)
            super().__setattr__(name, value)


@cache
def _declared(kind: type) -> frozenset[str]:
    """What a class declares, itself or one above it, with a value or a type alone: as it is first used."""
    return frozenset(name for k in kind.__mro__ for name in (*vars(k), *get_annotations(k)))


def _is_declared(agent: Actor, name: str) -> bool:
    """Whether an agent has an attribute, or its class declares one by now."""
    return name in vars(agent) or name in _declared.__wrapped__(type(agent))


def _no_such(agent: Actor, name: str) -> AttributeError:
    """What is wrong with an attribute, and what would be right."""
    meant = get_close_matches(name, getattr(type(agent), "fields", ()), n=1)
    remedy = f"did you mean {meant[0]}? Else " if meant else ""
    own = f"declare what is your own in the class, as `{name} = 0`"
    return AttributeError(f"{type(agent).__name__} has no {name!r}: {remedy}{own}")


class Manager(Actor, w.Manager):
    """Someone who holds management duties, with `left` hours of attention in the present step."""

    def step(self) -> None:
        """Spend the step's attention, matter by matter, as far as there is something to do."""
        of_manager.spend_attention(self.world, self.row)

    def keep_on(self) -> None:
        """Matter by matter, while there is time and something to do."""
        of_manager.keep_on(self.world, self.row)

    def come_back(self) -> None:
        """Go on in a step of which time is left, if something has come up meanwhile."""
        of_manager.come_back(self.world, self.row)

    def go_home(self) -> None:
        """The end of the step."""
        attention.go_home(self.world, self.row)

    def choose(self) -> int:
        """The matter (row of `world.matters`) to deal with now; NONE to rest until another comes in."""
        return attention.choose(self.world, self.row)

    def attend(self, matter_id: int) -> None:
        """Give a matter attention until it is settled or the step is over."""
        attention.attend(self.world, self.row, matter_id)

    def in_tray(self) -> list[int]:
        """The matters (rows of `world.matters`) that wait for this manager, longest first."""
        matters = []
        matter_id = self.world.queues[self.world.clock[0].first_tray + self.row].first
        while matter_id != NONE:
            matter = self.world.matters[matter_id]
            matters.append((matter.joined, matter_id))
            matter_id = matter.after
        return [matter_id for _, matter_id in sorted(matters, key=itemgetter(0))]


class ProjectManager(Manager):
    """Holds the duties of the textbook's project manager: planning to tracking."""


class DeliveryManager(Manager):
    """Holds the duties of the textbook's delivery manager: service oversight to coordination."""


class DeliveryLead(Manager):
    """Holds all duties for their own accounts."""


class ScrumMaster(Manager):
    """Looks after teams: process, coordination."""


class ProductOwner(Manager):
    """Looks after products: backlog, budget, reports, stakeholders."""


class Team(Actor, w.Team):
    """People of one skill who work on tasks."""

    def gather(self) -> None:
        """Deal with the duties that the team holds itself, before anyone begins to work."""
        gathering.gather(self.world, self.row)

    def step(self) -> None:
        """Let each member begin the step, and then go on turn by turn."""
        of_team.spend_day(self.world, self.row)

    def go_on(self) -> None:
        """Turns of members, in the order of time, as long as anyone has both time and something to do."""
        of_team.go_on(self.world, self.row)

    def take_turn(self, member_id: int, hours: float) -> None:
        """Let a member do one thing, for up to `hours`: a ticket that cannot wait, or a task."""
        of_team.take_turn(self.world, self.row, member_id, hours)

    def end_step(self) -> None:
        """The end of the step: who still rests was idle, and the books."""
        work.end_day_of_team(self.world, self.row)

    def choose_task(self, member_id: int) -> int:
        """The task (row of `world.tasks`) that a member works on now; NONE to rest until another is ready."""
        return work.choose_task(self.world, self.row, member_id)


ROLES: dict[str, type[Manager]] = {
    "project_manager": ProjectManager,
    "delivery_manager": DeliveryManager,
    "delivery_lead": DeliveryLead,
    "scrum_master": ScrumMaster,
    "product_owner": ProductOwner,
}
"""The class of the people who hold a role; other roles are plain managers."""
