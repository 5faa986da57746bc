"""Whom claims are put to: organisations drawn from the ranges of the library's, and of what is assumed.

Each has the traits of one organisation of the library, all moved within their ranges at once, together with
every assumption of the model, as `why` moves them. Hands and work that are moved each by itself soon give an
organisation with three times the work that its hands can do, or a third, in which no structure is anyone's
question: draws whose `demand` is far from that of the library's are drawn again. No run is asked for that. An
organisation has a stream of its own, so that the first are the same however many are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from analysis.causes.factors import Factor, Kind, changed, factors_of
from analysis.claim_tests.dials import sets, turned
from analysis.claim_tests.records import Claim, Dial
from analysis.questionnaire.examples import library
from analysis.questionnaire.questions import demand
from analysis.statistics.arrays import Floats
from sim.batch.identity import identity
from sim.batch.study import Cell, Study, comparing
from sim.scenario.own_structures import OwnStructure
from sim.scenario.reading.problems import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sim.scenario import Scenario

ORGANISATION_FUTURES = 4
"""Futures of each organisation; with a dial, of each of its values half as many."""

_MOST_MEMBERS = 100
"""Larger organisations of the library are left out: they cost as much as all others together."""

_STREAM = tuple(b"claims")
"""Sets these draws apart from every other that begins with a scenario's seed."""

_TRIES = 40
"""Draws after which an organisation that cannot be had (a team of none) is taken as it is."""

_DEMAND = 0.7, 1.3
"""Least and most work that comes to the hands of an organisation, in times of the one it is drawn around."""


@dataclass(frozen=True)
class HowDrawn:
    """How organisations were drawn: at which of their `attempts`, None where none could be had; the `factors`
    (name, label, kind) of each of those that they are drawn around in turn.
    """

    seed: int
    attempts: tuple[int | None, ...]
    factors: tuple[tuple[tuple[str, str, Kind], ...], ...]

    def shares(self, organisation: int) -> dict[str, float]:
        """Where in its range each factor of an organisation was drawn, by name; none where none could be."""
        factors, attempt = self.factors[organisation % len(self.factors)], self.attempts[organisation]
        if attempt is None:
            return {}
        drawn = shares_of(self.seed, organisation, attempt, len(factors))
        return {name: float(share) for (name, _, _), share in zip(factors, drawn, strict=True)}

    @cached_property
    def table(self) -> tuple[list[str], Floats]:
        """The names of all factors, and the share of each (organisations × factors); NaN: it has none."""
        import numpy as np

        names = list(dict.fromkeys(name for base in self.factors for name, _, _ in base))
        drawn = [self.shares(organisation) for organisation in range(len(self.attempts))]
        return names, np.array([[shares.get(name, np.nan) for name in names] for shares in drawn])


def shares_of(seed: int, organisation: int, attempt: int, many: int) -> Floats:
    """Where in their ranges so many factors are drawn, by the stream of an organisation."""
    import numpy as np

    return np.random.default_rng([seed, *_STREAM, organisation, attempt]).random(many)


@dataclass(frozen=True)
class Population:
    """The organisations that a claim is put to, each at every value of a dial, by number of the variation.

    Variation `o × values + v` is organisation o at value v; it travels to other processes.
    """

    claim: Claim
    dial: Dial | None

    @property
    def values(self) -> tuple[Any, ...]:
        """What the dial is turned to; one value that says nothing, where there is none."""
        return self.dial.values if self.dial else (None,)

    @property
    def futures(self) -> int:
        """Futures of each organisation at each value."""
        return ORGANISATION_FUTURES // 2 if self.dial else ORGANISATION_FUTURES

    def __call__(self, variation: int) -> Scenario:
        """An organisation at a value of the dial."""
        organisation, place = divmod(variation, len(self.values))
        found = self.drawn(organisation)
        return turned(found, self.dial.key, self.values[place]) if self.dial else found

    def drawn(self, organisation: int) -> Scenario:
        """An organisation with the arms of the claim, before any dial is turned."""
        return _drawn(self, organisation)[0]

    def draws(self, organisations: int) -> HowDrawn:
        """How the first organisations were drawn."""
        attempts = tuple(_drawn(self, organisation)[1] for organisation in range(organisations))
        factors = (self.factors(base) for base in range(len(self.bases)))
        named = tuple(tuple((f.name, f.label, f.kind) for f in of_base) for of_base in factors)
        return HowDrawn(self.claim.scenario.seed, attempts, named)

    def can_be(self, scenario: Scenario) -> bool:
        """Whether an organisation can be had at both ends of the dial."""
        try:
            for value in (self.values[0], self.values[-1]) if self.dial else ():
                turned(scenario, self.dial.key, value)  # type: ignore[union-attr]
        except ScenarioError:
            return False
        return True

    def days(self, scenario: Scenario, value: Any) -> int:
        """How long an organisation is lived through at a value of the dial."""
        turns_time = self.dial is not None and self.dial.key == "horizon_days"
        return int(value) if turns_time else scenario.horizon_days

    def base(self, organisation: int) -> Scenario:
        """The organisation of the library that this one is drawn around."""
        known = self.bases
        return known[organisation % len(known)]

    @cached_property
    def bases(self) -> tuple[Scenario, ...]:
        """The organisations of the library that can be had at both ends of the dial."""
        return tuple(base for base in bases(self.claim).values() if self.can_be(base))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What these are called in the library."""
        return tuple(name for name, base in bases(self.claim).items() if self.can_be(base))

    def factors(self, organisation: int) -> tuple[Factor, ...]:
        """What is drawn for an organisation: all that may differ, but for what the dial turns and the claim
        keeps as it is.
        """
        held = {*self.claim.keeps, *(sets(self.dial.key) if self.dial else ())}
        known = _factors(self, organisation % len(self.bases))
        return tuple(f for f in known if not held & {key for key, _ in f.sets})

    def shares(self, organisation: int, attempt: int = 0) -> list[float]:
        """Where in its range each factor of an organisation is drawn."""
        many = len(self.factors(organisation))
        drawn = shares_of(self.claim.scenario.seed, organisation, attempt, many)
        return [float(share) for share in drawn]

    def cells(self, organisations: int) -> list[Cell]:
        """The runs of so many organisations, each under its own luck; more leave the first as they were."""
        return self.cells_of(range(organisations))

    def cells_of(self, organisations: Iterable[int]) -> list[Cell]:
        """The runs of these organisations."""
        return [
            (organisation * len(self.values) + place, organisation * ORGANISATION_FUTURES + future)
            for organisation in organisations
            for place in range(len(self.values))
            for future in range(self.futures)
        ]

    @cached_property
    def study(self) -> Study:
        """What runs them; the number of organisations does not belong to its identity."""
        return Study(self.claim.scenario, self, {**self._asked, "factors": self.ranges})

    @property
    def _asked(self) -> dict[str, Any]:
        dial = [self.dial.key, list(self.dial.values)] if self.dial else []
        return {"asks": self.asks, "claim": self.claim.digest, "dial": dial, "demand": list(_DEMAND)}

    @property
    def ranges(self) -> list[tuple[str, float, float]]:
        """What is drawn around each organisation of the library, and between which ends."""
        return [(f.name, f.low, f.high) for base in range(len(self.bases)) for f in self.factors(base)]

    @cached_property
    def told_by(self) -> dict[str, Any]:
        """What its runs hang on but for the sources of this package, in plain values that are had at once."""
        library = [scenario.content_hash() for scenario in _library()]
        return {
            **self._asked,
            "case": identity(self.claim.scenario),
            "library": library,
            "futures": self.futures,
        }

    @property
    def asks(self) -> str:
        """What tells its runs from others of the claim."""
        return "claims"


@lru_cache(maxsize=1024)
def _drawn(population: Population, organisation: int) -> tuple[Scenario, int | None]:
    """An organisation and at which attempt it was drawn, None where no draw could be had; kept while its
    variations are run, and for whoever asks next what was drawn.
    """
    base, factors = population.base(organisation), population.factors(organisation)
    for attempt in range(_TRIES):
        try:
            found = changed(base, factors, population.shares(organisation, attempt))
        except ScenarioError:
            continue
        if _has_hands_for_its_work(found, base) and population.can_be(found):
            return found, attempt
    return base, None


def _has_hands_for_its_work(scenario: Scenario, base: Scenario) -> bool:
    """Whether about as much work comes to its hands as to those of the one that it is drawn around."""
    low, high = _DEMAND
    asked = demand(base)
    return not asked or low <= demand(scenario) / asked <= high


@lru_cache(maxsize=64)
def bases(claim: Claim) -> Mapping[str, Scenario]:
    """The organisations that a claim's are drawn around, with the claim's arms: the library's whose work is
    described and not planned, and that have managers enough; or its own case alone.
    """
    if claim.population == "own":
        return {claim.scenario.name: _for_so_long(claim, claim.scenario)}
    arms = [_as_written(item) for item in claim.scenario.structures]
    needed = max(len(structure.roles) for structure in claim.scenario.all_structures())
    found = {}
    for scenario in _library():
        members = sum(team.members for team in scenario.teams)
        if scenario.plan is None and members <= _MOST_MEMBERS and scenario.managers >= needed:
            own = _in_place_of(claim.scenario, comparing(scenario, arms))
            found[scenario.name] = _for_so_long(claim, own)
    return found


def _in_place_of(case: Scenario, scenario: Scenario) -> Scenario:
    """An organisation of the library as one of a claim's: under its name, seed and structure of today."""
    same = {name: getattr(case, name) for name in ("name", "seed", "current")}
    change = case.reorganisation
    how = change.model_dump(by_alias=True, exclude_unset=True) if change else None
    plain = {"vary": {}, "unequal_managers": {}, "last_year": None, "reorganisation": how}
    return scenario.with_changes({**plain, **same})


def _for_so_long(claim: Claim, scenario: Scenario) -> Scenario:
    days = claim.horizon_days
    return scenario if days is None else scenario.with_changes({"horizon_days": days})


def _as_written(item: str | OwnStructure) -> Any:
    return item if isinstance(item, str) else item.model_dump(by_alias=True, exclude_unset=True)


@lru_cache(maxsize=1)
def _library() -> tuple[Scenario, ...]:
    from sim.scenario import load

    return tuple(load(path) for path in sorted(library().glob("*.yaml")))


@lru_cache(maxsize=256)
def _factors(population: Population, base: int) -> tuple[Factor, ...]:
    return factors_of(population.bases[base])
