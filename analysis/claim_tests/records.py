"""Registered claims: what each says, and what would make it true, written down before it is run.

A record (TOML, in `registered`) names the arms of its case, the outcomes, the margin and the direction. Its
*case* is a scenario of the library (`claims/c05_….yaml`) that holds the arms as structures. Whatever decides
a verdict is in the digest of a claim, so that results of another version never serve it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from analysis.decision.designs import written
from analysis.questionnaire.examples import library
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from sim.scenario import Scenario

REGISTERED = Path(__file__).parent / "registered"

ABLE_TEAMS = (
    "A team that holds a duty itself does it, in hours of its members, as well as a manager would: "
    "that it may lack the skill, or the standing, is not in the model."
)
"""What records lean on that say `teams_are_able`; it stands in the place of what the model `lacks`."""

_WORDS = {"says", "by_construction"}
"""What of a row decides no verdict: how it is told."""

Kind = Literal["better", "no worse", "alike", "rises", "mostly"]
"""What a row says of its contrast of arms: it is above the margin; not below minus the margin; within the
margin on both sides; more by the margin at the last value of its dial than at the first; above the margin (so
much more at the last value than at the first, where it has a dial) in more than half of the organisations.
"""

Whom = Literal["library", "own"]
"""Whom a claim is about: organisations drawn from all of the library, or drawn around its own case."""


@dataclass(frozen=True)
class Dial:
    """A property that a row turns through its `values` in each organisation; see `dials.turned`."""

    key: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Row:
    """One comparison of a claim.

    `arms` are weights that sum to what is compared: {"dm": 1, "pm": -1} is dm less pm. With several
    `outcomes` it is about the mean of all, each in standard deviations, less the mean of those `beyond`.
    All count in their good direction. `margin` is in the unit of the outcome; for net value, as a share of
    what the people cost. `flips` says on which side of its dial it is claimed to hold. `by_construction`
    where the rules of the model make it true, so that only its size is a finding.
    """

    says: str
    kind: Kind
    arms: Mapping[str, float]
    outcomes: tuple[str, ...]
    margin: float
    beyond: tuple[str, ...] = ()
    over: Dial | None = None
    flips: Literal["", "above", "below"] = ""
    by_construction: bool = False

    @property
    def values(self) -> tuple[Any, ...]:
        """What its dial is turned to; nothing without one."""
        return self.over.values if self.over else ()

    @property
    def from_end_to_end(self) -> bool:
        """Whether it is about how much more there is at the last value of its dial than at the first."""
        return self.kind == "rises" or (self.kind == "mostly" and self.over is not None)

    @property
    def intervals(self) -> int:
        """How many intervals it takes part in the family with."""
        return 1 + len(self.values)

    @property
    def columns(self) -> tuple[str, ...]:
        """The outcomes that it reads."""
        return (*self.outcomes, *self.beyond)


@dataclass(frozen=True, eq=False)
class Claim:
    """A claim in its own words, its `group`, and its rows. `horizon_days` is how long each run lasts, where
    that is part of the claim; `keeps` are the keys of its case that are part of it, too, and not drawn.
    `lacks` is what the model has not, where that limits the claim.
    """

    number: int
    says: str
    group: str
    rows: tuple[Row, ...]
    version: int = 1
    changed: str = ""
    population: Whom = "library"
    horizon_days: int | None = None
    keeps: tuple[str, ...] = ()
    lacks: str = ""
    case: Path = field(default=Path(), compare=False)

    @property
    def name(self) -> str:
        """How it is asked for."""
        return f"C{self.number}"

    @cached_property
    def scenario(self) -> Scenario:
        """Its case: the organisation and the arms. Raises ScenarioError."""
        from sim.scenario import load

        return load(self.case)

    @cached_property
    def digest(self) -> str:
        """A hash of what decides its verdicts: the record but for its words, and the arms in full."""
        rows = [{k: v for k, v in asdict(row).items() if k not in _WORDS} for row in self.rows]
        arms = [written(structure) for structure in self.scenario.all_structures()]
        own = self.scenario.model_dump(mode="json") if self.population == "own" else None
        said = [self.number, self.version, self.population, self.horizon_days, rows, arms, own]
        content = [*said, self.keeps] if self.keeps else said  # else as before there were any
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@cache
def registered() -> tuple[Claim, ...]:
    """All that are registered, by number. Raises ValueError where a record is not sound."""
    return tuple(read(path) for path in sorted(REGISTERED.glob("c*.toml")))


def family() -> int:
    """How many intervals all registered claims have together: they are to hold all at once."""
    return sum(row.intervals for claim in registered() for row in claim.rows)


def read(path: Path, cases: Path | None = None) -> Claim:
    """The claim that a file registers, with its case in `cases` (default: the library's)."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = tuple(_row(path, row) for row in content.pop("rows", ()))
    keeps = tuple(content.pop("keeps", ()))
    if content.pop("teams_are_able", False):
        content["lacks"] = ABLE_TEAMS
    number = int(path.stem[1:])
    found = sorted((cases or library() / "claims").glob(f"c{number:02d}_*.yaml"))
    if len(found) != 1:
        raise ValueError(f"{path}: needs one case c{number:02d}_….yaml, and there are {len(found)}")
    claim = Claim(number=number, rows=rows, keeps=keeps, case=found[0], **content)
    return _sound(path, claim)


def _row(path: Path, content: dict[str, Any]) -> Row:
    over = content.pop("over", None)
    for key in ("outcomes", "beyond"):
        content[key] = tuple(content.get(key, ()))
    strange = [name for name in (*content["outcomes"], *content["beyond"]) if name not in BY_NAME]
    if strange or not content["outcomes"]:
        raise ValueError(f"{path}: {strange or 'nothing'} is no outcome")
    dial = Dial(over["key"], tuple(over["values"])) if over else None
    row = Row(**content, over=dial)
    if row.kind not in get_args(Kind):
        raise ValueError(f"{path}: {row.kind!r} is none of {', '.join(get_args(Kind))}")
    if (row.kind == "rises" or row.flips) and dial is None:
        raise ValueError(f"{path}: {row.says!r} speaks of a property, and names none to turn")
    return row


def _sound(path: Path, claim: Claim) -> Claim:
    if not claim.rows:
        raise ValueError(f"{path}: has no rows")
    known = set(claim.scenario.structure_names)
    for row in claim.rows:
        strange = set(row.arms) - known
        if strange:
            raise ValueError(f"{path}: {sorted(strange)} is no structure of {claim.case.name}")
    if claim.version > 1 and not claim.changed:
        raise ValueError(f"{path}: version {claim.version} has to say why it was changed")
    return claim
