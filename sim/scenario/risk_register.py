"""What a user may write about risks: a register of one's own."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator

from sim.scenario.base import FULL, SHORT, Name, Part, Refusal, named_twice, quantity, refuse
from sim.scenario.reading.problems import shown, suggest


class Impact(NamedTuple):
    """What the impact of a risk counts, and within which bounds."""

    meaning: str
    low: float
    high: float


IMPACTS: dict[tuple[str, str], Impact] = {
    ("project", "effort"): Impact("share of the project's estimate", 0, 10),
    ("project", "money"): Impact("€", 0, 1e9),
    ("team", "effort"): Impact("hours for each running project of the team", 0, 1e5),
    ("team", "people"): Impact("members who leave", 1, 1000),
    ("team", "pool"): Impact("working days that the pool is out", 0, 1000),
    ("team", "money"): Impact("€", 0, 1e9),
}
"""What a risk of a project or a team may do, and what its impact means then."""


class Risk(Part):
    """One risk of the register: each project, or each team, lives with it.

    What `impact` counts depends on whose risk it is and on its effect: see `IMPACTS`.
    """

    name: Name = Field(description="What may happen.")
    of: Literal["project", "team"] = Field(
        description="Whose risk it is: each project's (project risk) or each team's (operational risk)."
    )
    effect: Literal["effort", "people", "pool", "money"] = Field(
        description="What it costs when it strikes: effort or money; for risks of a team also people who "
        "leave or a pool that is out."
    )
    chance_a_year: float = quantity(
        ..., 0, 0.99, "chance a year", "Chance that it strikes within a year in which nobody cares for it."
    )
    impact: float = quantity(
        ...,
        0,
        None,
        "by effect",
        "How hard it strikes. Effort of a project: share of its estimate; effort of a team: hours for each "
        "of its running projects; people: members who leave; pool: working days; money: €.",
    )
    pool: str | None = Field(
        default=None,
        validate_default=True,
        description="Which of the specialists is out; with effect pool only. Default: none.",
    )

    @field_validator("effect")
    @classmethod
    def _fits_its_subject(cls, effect: str, info: ValidationInfo) -> str:
        of = info.data.get("of")
        if of is not None and (of, effect) not in IMPACTS:
            able = " or ".join(each for subject, each in IMPACTS if subject == of)
            refuse([((), f"is {effect}, which a {of} has not", f"give {able}, or let it be of: team")])
        return effect

    @field_validator("impact")
    @classmethod
    def _is_possible(cls, impact: float, info: ValidationInfo) -> float:
        meant = IMPACTS.get((info.data.get("of", ""), info.data.get("effect", "")))
        if meant is None:
            return impact
        heads = info.data["effect"] == "people"
        if not meant.low <= impact <= meant.high or (heads and impact != int(impact)):
            number = "a whole number" if heads else "a number"
            right = f"give {number} from {meant.low:g} to {meant.high:g} ({meant.meaning})"
            refuse([((), f"is {impact:g}", right)])
        return impact

    @field_validator("pool")
    @classmethod
    def _goes_with_its_effect(cls, pool: str | None, info: ValidationInfo) -> str | None:
        effect = info.data.get("effect")
        if effect == "pool" and pool is None:
            refuse([((), "is missing", "name the pool of organisation.specialists that is out")])
        if effect not in (None, "pool") and pool is not None:
            refuse([((), f"is given, but the effect is {effect}", "leave it out, or give effect: pool")])
        return pool


def _way_of_risks(value: object) -> str:
    return FULL if isinstance(value, list | tuple) else SHORT


Risks = Annotated[
    Annotated[Literal["default", "none"], Tag(SHORT)]
    | Annotated[tuple[Risk, ...], Field(strict=False, min_length=1), Tag(FULL)],
    Discriminator(_way_of_risks),
]
"""Rolecall's own register, none, or one's own."""


def register_refusals(risks: object, pools: list[str] | None) -> list[Refusal]:
    """What is wrong with a register, as it was written, as a whole: names given twice, pools that there are
    not.

    `pools` are the names of the specialists, None if they are not known.
    """
    found = named_twice(risks, "risk")
    for i, risk in enumerate(risks if isinstance(risks, list | tuple) and pools is not None else ()):
        said = risk if isinstance(risk, dict) else risk.model_dump() if isinstance(risk, Risk) else {}
        pool = said.get("pool")
        if said.get("effect") == "pool" and isinstance(pool, str) and pool.strip() not in (pools or ()):
            wrong = f"is {shown(pool.strip())}, which is none of the specialists"
            found.append(((i, "pool"), wrong, suggest(pool.strip(), pools or ())))
    return found
