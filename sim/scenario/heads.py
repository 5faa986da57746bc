"""Heads that are moved: the other roles of the structure give way, so that the sum stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sim.scenario.base import items_at, mapping_at
from sim.scenario.reading.problems import Problem, ScenarioError, suggest
from sim.scenario.structures import Structure

HEADS = "heads"


def moved(keys: Iterable[str], structures: Collection[str]) -> dict[str, set[str]]:
    """The roles whose heads are changed by keys such as `heads.separated.project_manager`, by structure."""
    found: dict[str, set[str]] = {}
    for key in keys:
        place = role_at(key, structures)
        if place is not None:
            found.setdefault(place[0], set()).add(place[1])
    return found


def role_at(key: str, structures: Collection[str]) -> tuple[str, str] | None:
    """The structure and the role of a key such as `heads.separated.project_manager`; names may hold dots."""
    heading, _, rest = key.partition(".")
    for name in structures if heading == HEADS else ():
        if rest.startswith(f"{name}.") and rest != f"{name}.":
            return name, rest[len(name) + 1 :]
    return None


def refuse_no_post(key: str, known: Mapping[str, Structure], compared: Iterable[str]) -> None:
    """Raise ScenarioError for a key of heads that names no structure, or a role where a structure belongs."""
    parts = key.split(".")
    if parts[0] != HEADS or len(parts) == 1 or parts[1] in known:
        return
    role = parts[-1]
    meant = [name for name in compared if name in known and role in {r.name for r in known[name].roles}]
    right = f"did you mean {HEADS}.{meant[0]}.{role}?" if meant else suggest(parts[1], list(known))
    raise ScenarioError([Problem("", None, key, f"names {parts[1]}, which is no structure", right)])


def let_others_give_way(content: dict[str, object], changed: Mapping[str, set[str]]) -> dict[str, object]:
    """A scenario as plain values, in which roles that are not changed say no heads of their own any more.

    Heads that an own structure says of its roles are moved to `heads`, for they hold no longer. Where only
    some roles said theirs, those that did and are not changed keep them: the rest gives way.
    """
    for structure, roles in changed.items():
        own = _own(content, structure)
        said = dict(mapping_at(content, HEADS, structure)) or _heads_of(own)
        whole = own is None or len(said) == len(mapping_at(own, "roles"))
        kept = {} if whole else {role: posts for role, posts in said.items() if role not in roles}
        content = {**content, HEADS: {**mapping_at(content, HEADS), structure: kept}}
        content = _without_heads(content, structure)
    return content


def _own(content: Mapping[str, object], name: str) -> dict[str, object] | None:
    items = (item for item in items_at(content, "structures") if isinstance(item, dict))
    return next((item for item in items if item["name"] == name), None)


def _heads_of(own: Mapping[str, object] | None) -> dict[str, object]:
    heads = {name: mapping_at(role).get(HEADS) for name, role in mapping_at(own, "roles").items()}
    return {name: posts for name, posts in heads.items() if posts is not None}


def _without_heads(content: dict[str, object], name: str) -> dict[str, object]:
    """The scenario with no heads said at the roles of a structure of one's own."""
    own = _own(content, name)
    if own is None:
        return content
    all_said = mapping_at(own, "roles").items()
    roles = {role: {k: v for k, v in mapping_at(said).items() if k != HEADS} for role, said in all_said}
    items = [{**own, "roles": roles} if item is own else item for item in items_at(content, "structures")]
    return {**content, "structures": items}
