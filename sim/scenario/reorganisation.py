"""What a user may write about a reorganisation: from which structure to which, when, and how."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from sim.scenario.base import Part, Refusal, quantity
from sim.scenario.reading.problems import shown, suggest
from sim.scenario.structures import Chosen, Structure


class Phases(Part):
    """A change team by team."""

    teams_at_a_time: int = quantity(1, 1, 1000, "teams", "How many teams go over at a time, in their order.")
    every: int = quantity(30, 1, 10_000, "working days", "Days from some teams to the next.")


class Reorganisation(Part):
    """A switch from one structure to another while work goes on."""

    from_: str = Field(alias="from", description="The structure before: a preset, or one of structures.")
    to: str = Field(description="The structure after: a preset, or one of structures.")
    day: int = quantity(..., 1, 10_000, "working days", "The first day of the new structure.")
    announced: int | None = quantity(
        None,
        0,
        10_000,
        "working days",
        "How long before that day the change is announced; from then on people are unsettled. Default: it is "
        "not, and unsettles nobody.",
    )
    chosen: Chosen = Field(
        default="by_name",
        description="Who gets which post: `by_name`, whoever has a title of that name already, the others by "
        "number; `by_experience`, whoever has most practice in its duties.",
    )

    phased: Phases | None = Field(
        default=None,
        description="Whether teams go over one after another: who has a project, service, client or duty "
        "of a team keeps it until the team goes over; roles, titles and rhythm change on that day, and what "
        "is new begins in new hands. Default: all at once.",
    )

    def between(self, known: Mapping[str, Structure]) -> Structure:
        """The structure before, which becomes the one after."""
        waves = (self.phased.teams_at_a_time, self.phased.every) if self.phased else None
        return known[self.from_].changing_to(
            known[self.to], self.day, announced=self.announced, chosen=self.chosen, phased=waves
        )


def switch_refusals(said: Mapping[str, object], known: Mapping[str, Structure]) -> list[Refusal]:
    """What is wrong with the two structures of a reorganisation, as it was written."""
    found: list[Refusal] = []
    for key in ("from", "to"):
        name = said.get(key)
        if not isinstance(name, str):
            continue
        name = name.strip()
        if name not in known:
            wrong = f"is {shown(name)}, which is no structure"
            found.append(((key,), wrong, suggest(name, list(known))))
    return found
