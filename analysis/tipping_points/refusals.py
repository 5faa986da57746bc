"""What is said of a key that cannot be moved: which one was meant, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from analysis.tipping_points.movable import at_today, kinds_at, schema_of
from analysis.words.keys import without_entries
from sim.scenario.heads import HEADS
from sim.scenario.moved_ingredients import STRUCTURES, ingredient_at
from sim.scenario.reading.problems import Problem, ScenarioError, suggest

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

_UNKNOWN = (
    *("no assumption", "not a key", "no role of", "not among structures"),
    *("names no ingredient", "is no structure"),
)
"""What is said of keys that there are not."""

_ANY = f"{STRUCTURES}.NAME."
"""How a structure is named in a hint that does not know which is meant."""

_POOLS = "organisation.specialists"

_MOST_NAMED = 3
"""Keys that a remedy names at most."""


def turn_down(option: str, wrong: str, right: str) -> NoReturn:
    """Raise ScenarioError: what is wrong with what `option` was given, and what would be right."""
    raise ScenarioError([Problem("", None, option, wrong, right)])


def check_movable(scenario: Scenario, option: str, key: str) -> None:
    """Raise ScenarioError unless a number stands at a key, or may stand there, that is no fixed one."""
    from analysis.decision.pair import LEFT_OUT
    from sim.scenario.sweep import FIXED

    heading = key.split(".", maxsplit=1)[0]
    if heading in (*FIXED, *LEFT_OUT) and not key.startswith(f"{STRUCTURES}."):
        turn_down(option, f"cannot move {key}", "give a property of the organisation or an assumption")
    if untold := without_entries(key, scenario.risks):
        turn_down(option, f"cannot move {key}: {untold[0]}", untold[1])
    numeric = bool(kinds_at(key))
    if numeric and heading not in ("assumptions", HEADS, STRUCTURES):
        _refuse_misspelt_pool(scenario, option, key)
        return
    _refuse_unknown(scenario, option, key)
    if not numeric:
        turn_down(option, f"{key} is no number", _rather(scenario, key))


def _refuse_misspelt_pool(scenario: Scenario, option: str, key: str) -> None:
    """A new kind of specialists may be tried; one that is spelt nearly as those that there are is a slip."""
    pools, name = scenario.pools, key.removeprefix(f"{_POOLS}.")
    if key != name and name not in pools and "did you mean" in (meant := suggest(name, list(pools))):
        turn_down(option, f"{key} is not among the specialists of the scenario", meant)


def _refuse_unknown(scenario: Scenario, option: str, key: str) -> None:
    """Whoever knows what may stand at a key says best that there is no such key."""
    try:
        scenario.with_changes({key: 0.5})
    except ScenarioError as error:
        unknown = [p for p in error.problems if any(said in p.wrong for said in _UNKNOWN)]
        if unknown:
            right = _meant(scenario, key) or _with_structures(scenario, unknown[0].right)
            turn_down(option, f"{unknown[0].key} {unknown[0].wrong}", right)


def _meant(scenario: Scenario, key: str) -> str:
    """The posts or the number of a structure that a key speaks of, where it does so without the heading."""
    parts = key.removeprefix(f"{STRUCTURES}.").split(".")
    named = [
        name for name in scenario.structure_names if key.removeprefix(f"{STRUCTURES}.").startswith(f"{name}.")
    ]
    whose = named or list(reversed(scenario.structure_names))
    posts = {f"{HEADS}.{n}.{role.name}": role.name for n in whose for role in scenario.structure(n).roles}
    if parts[-1] == HEADS:
        return _did_you_mean(list(posts))
    found = [at for at, role in posts.items() if role == parts[-1]]
    of_structure = f"{STRUCTURES}.{key}"
    if not found and named and key.startswith(named[0]) and kinds_at(of_structure):
        found = [of_structure]
    return _did_you_mean(found) if not key.startswith(f"{HEADS}.") else ""


def _with_structures(scenario: Scenario, right: str) -> str:
    """A hint in which the structures are named that have a number where it says NAME."""
    head, any_one, tail = right.partition(_ANY)
    if not any_one:
        return right
    part = tail.split()[0].rstrip("?,")
    names = [
        n for n in scenario.structure_names if at_today(scenario, f"{STRUCTURES}.{n}.{part}") is not None
    ]
    name = names[0] if names else scenario.structure_names[-1]
    return f"{head}{STRUCTURES}.{name}.{tail}"


def _did_you_mean(keys: list[str]) -> str:
    return f"did you mean {' or '.join(keys[:_MOST_NAMED])}?" if keys else ""


def _rather(scenario: Scenario, key: str) -> str:
    """What to give in place of a key at which no number stands."""
    if words := list(_words_at(scenario, key)):
        return f"compare its values side by side: rolecall run SCENARIO --vary {key}={','.join(words)}"
    if below := list(_numbers_below(scenario, key)) or list(_beside(scenario, key)):
        return _did_you_mean(below)
    return "give a key that takes one, such as managers"


def _words_at(scenario: Scenario, key: str) -> Iterator[str]:
    """The values that may stand at a key, where they are words."""
    from sim.scenario.reading.plain_words import ways_of

    found = ingredient_at(key, scenario.structure_names)
    part = found[1] if found else ""
    if found and (part.startswith("duties.") or part == "ranked_by"):
        yield from (role.name for role in scenario.structure(found[0]).roles)
        yield from (("team", "nobody") if part != "ranked_by" else ())
    for way in ways_of(schema_of(key)):
        yield from way.get("enum", ("yes", "no") if way.get("type") == "boolean" else ())


def _numbers_below(scenario: Scenario, key: str) -> Iterator[str]:
    """The keys below one that take a number; of heads, those of the roles; of specialists, each kind."""
    from sim.scenario.reading.plain_words import ways_of

    parts = key.split(".")
    if parts[0] == HEADS:
        names = [parts[1]] if len(parts) > 1 else reversed(scenario.structure_names)
        yield from (
            f"{HEADS}.{name}.{role.name}" for name in names for role in scenario.structure(name).roles
        )
    if key == _POOLS:
        yield from (f"{key}.{pool}" for pool in scenario.pools)
    for way in ways_of(schema_of(key)):
        yield from (f"{key}.{name}" for name in way.get("properties", {}) if kinds_at(f"{key}.{name}"))


def _beside(scenario: Scenario, key: str) -> Iterator[str]:
    """The key beside one that is nearly called so and takes a number."""
    above, dot, name = key.rpartition(".")
    numbers = [at.rpartition(".")[2] for at in _numbers_below(scenario, above)] if dot else []
    meant = suggest(name, numbers)
    yield from (f"{above}.{number}" for number in numbers if f"did you mean {number}?" == meant)
