"""A design as a user says it: by its name, by another's name with ingredients changed, or as a file.

`merged`, a structure of the scenario, or a design in between as `decide` names it; `merged+ranks=one`, where
each `+key=value` is a key of a structure (`duties.process=team` within it) or the roles of another one
(`roles=separated`); `ours.yaml`, a file that holds one structure as a scenario writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from analysis.decision.designs import ROLES, changes, designs, named, with_roles_of
from analysis.words.numbers import called
from analysis.words.yaml_text import YAML_SUFFIXES
from sim.scenario.likeness import differing, written
from sim.scenario.own_structures import OwnStructure, known_structures, name_of
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest
from sim.scenario.role_definitions import published_names
from sim.scenario.structures import Structure

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.reading.yaml_lines import Tree

PLUS, EQUALS, INSIDE = "+", "=", "."

CHANGEABLE = tuple(key for key in OwnStructure.model_fields if key not in ("name", "like"))
"""The keys of a structure that may be changed."""

_LONGEST_NAME = 60


def design_said(scenario: Scenario, said: str, key: str) -> Structure:
    """The structure that a user means; of those that a scenario knows, with the heads that it gives them.

    Raises ScenarioError: what is wrong with it, at `key`, or at its place in the file that is named.
    """
    known = designs_known(scenario)
    if said in known:
        return known[said]
    if Path(said).suffix.lower() in YAML_SUFFIXES:
        return _in_file(scenario, said)
    base, *ingredients = said.split(PLUS)
    if not ingredients:
        wrong = f"is {shown(said)}, which is no structure"
        raise ScenarioError([Problem("", None, key, wrong, _nearest(said, known))])
    return _Changed(scenario, known, said, key).of(design_said(scenario, base.strip(), key), ingredients)


def designs_known(scenario: Scenario) -> dict[str, Structure]:
    """What can be meant by a name alone: what the scenario knows, with its heads, and what lies between.

    Published definitions that it does not list come last: a remedy names what is nearer first.
    """
    own = known_structures(scenario.structures)
    found = {name: replace(s, heads=s.heads or scenario.heads.get(name)) for name, s in own.items()}
    found |= {d.name: d.structure for d in designs(scenario) if d.name not in found}
    last = set(published_names()) - {name_of(item) for item in scenario.structures}
    return dict(sorted(found.items(), key=lambda each: each[0] in last))


def _nearest(name: str, known: Mapping[str, Structure]) -> str:
    """The remedy for an unknown name; names with commas are quoted, or a list of them could not be read."""
    return suggest(name, [called(each) for each in known])


# --- ingredients changed -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Changed:
    """A structure with ingredients changed, as it was `said` at `key`."""

    scenario: Scenario
    known: Mapping[str, Structure]
    said: str
    key: str

    def of(self, base: Structure, ingredients: Sequence[str]) -> Structure:
        """`base` with them. It is called as `decide` would call it, where that has a name for it."""
        like, changed = base, dict[str, Any]()
        for ingredient in ingredients:
            what, _, value = (part.strip() for part in ingredient.partition(EQUALS))
            if what == ROLES:
                like = self._with_roles(like, value)
            else:
                _put(changed, self._place(what, value), _value(value))
        found = self._checked(differing(written(like), {"name": self.said[:_LONGEST_NAME], **changed}))
        if {ROLES} & set(changes(like, found)):  # duties or posts of its own, which have no name
            return found
        same = (one for one in (base, *self.known.values()) if not changes(one, found))
        return next(same, named(found, like, tuple(self.known.values())))

    def _with_roles(self, base: Structure, name: str) -> Structure:
        if name not in self.known:
            self._refuse(f"roles is {shown(name)}, which is no structure", _nearest(name, self.known))
        return with_roles_of(base, self.known[name])

    def _place(self, what: str, value: str) -> list[str]:
        """Where an ingredient stands in a structure."""
        path = what.split(INSIDE)
        if path[0] not in CHANGEABLE:
            self._refuse(f"{shown(what)} is no ingredient", suggest(what, CHANGEABLE))
        if not value:
            self._refuse(f"{what} has no value", f"write {what}{EQUALS}value")
        return path

    def _checked(self, item: Mapping[str, Any]) -> Structure:
        """The structure, if the scenario could have it among its own."""
        try:
            return _among(self.scenario, item)
        except ScenarioError as error:
            place = f"{_place_of_new(self.scenario)}{INSIDE}"
            raise ScenarioError(
                replace(p, key=self.key, wrong=f"{shown(self.said)}: {p.key.removeprefix(place)} {p.wrong}")
                for p in error.problems
            ) from None

    def _refuse(self, wrong: str, right: str) -> NoReturn:
        raise ScenarioError([Problem("", None, self.key, f"{shown(self.said)}: {wrong}", right)])


def _put(at: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Put a value into nested mappings."""
    for step in path[:-1]:
        inner = at.get(step)
        at[step] = at = inner if isinstance(inner, dict) else {}
    at[path[-1]] = value


def _value(text: str) -> Any:
    """A value as a scenario's file reads it: a number, yes or no, a word."""
    from sim.scenario.reading.yaml_lines import read_yaml

    return read_yaml(text, "").data


def _place_of_new(scenario: Scenario) -> str:
    """The key of a structure that is added to the scenario's."""
    return f"structures.{len(scenario.structures)}"


def _among(scenario: Scenario, item: Mapping[str, Any]) -> Structure:
    """A structure, as it was written, as one of the scenario's. Raises ScenarioError."""
    own = [_written(one) for one in scenario.structures]
    whole = scenario.with_changes({"structures": [*own, dict(item)]})
    return known_structures(whole.structures)[name_of(whole.structures[-1])]


def _written(item: str | OwnStructure) -> str | dict[str, Any]:
    return item if isinstance(item, str) else item.model_dump(by_alias=True, exclude_unset=True)


# --- in a file ---------------------------------------------------------------------------------------------

_WHAT = "name a file with a structure as a scenario writes it"


def _in_file(scenario: Scenario, path: str) -> Structure:
    """The one structure that a file holds. Raises ScenarioError with file, line and key."""
    from sim.scenario.reading.files import MEGABYTE, read_text
    from sim.scenario.reading.yaml_lines import read_yaml

    tree = read_yaml(read_text(path, MEGABYTE, _WHAT, "save the file as UTF-8"), path)
    if tree.problems:
        raise ScenarioError(tree.problems)
    places = list(_structures_in(tree.data))
    if len(places) != 1:
        wrong = f"holds {len(places) or 'no'} structures of its own"
        right = "leave one: a mapping with name, roles and duties, or with name, like and what differs"
        raise ScenarioError([Problem(path, None, "", wrong, right)])
    place, item = places[0]
    try:
        return _among(scenario, item)
    except ScenarioError as error:
        raise ScenarioError(_at(tree, place, p, _place_of_new(scenario)) for p in error.problems) from None


def _structures_in(data: Any) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Where in a file its own structures stand: all of it, in a list, or under `structures`."""
    place: tuple[str | int, ...] = ()
    if isinstance(data, dict) and "structures" in data:
        data, place = data["structures"], ("structures",)
    if isinstance(data, dict):
        yield place, data
    for number, item in enumerate(data if isinstance(data, list) else ()):
        if isinstance(item, dict):
            yield (*place, number), item


def _at(tree: Tree, place: tuple[str | int, ...], problem: Problem, new: str) -> Problem:
    """A problem of the structure, at its place in the file."""
    inside = problem.key.removeprefix(new).strip(INSIDE)
    steps = [int(step) if step.isdecimal() else step for step in inside.split(INSIDE) if step]
    path = (*place, *steps)
    return replace(problem, file=tree.file, line=tree.line(path), key=INSIDE.join(map(str, path)))
