"""Structures written by what differs: `like:` another one, published ones by name, old keys in new words.

All are put right in what was written, before it is checked, so that the rest of the model knows one form. A
structure that goes back to a published definition keeps that in `like`, so that its source can be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from sim.scenario.base import Refusal, at, mapping_at
from sim.scenario.reading.problems import shown, suggest
from sim.scenario.role_definitions import known_by_name, published_names
from sim.scenario.structures import FURTHER, PRESETS, Structure

Written = Mapping[str, object]
"""A structure as it was written."""

Wrong = tuple[str, str]
"""What is wrong, and what would be right."""

_MOST_STEPS = 20
"""Structures over which one may be like another."""

OLD_RHYTHM = {True: "sprints", False: "flow"}


def in_todays_words(item: Written) -> dict[str, object]:
    """A structure as it was written, its old keys in their new words."""
    found = dict(item)
    if found.get("ranks") == "all":
        found["ranks"] = "one"
    sprints = found.get("sprints")
    if isinstance(sprints, bool) and "rhythm" not in found:
        found["rhythm"] = OLD_RHYTHM[sprints]
        del found["sprints"]
    return found


def old_words(items: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where old keys stand in a list of structures, as it was written, and the new words for each."""
    for i, item in enumerate(items if isinstance(items, list | tuple) else ()):
        if not isinstance(item, dict):
            continue
        if item.get("ranks") == "all":
            yield (i, "ranks"), "all is now written ranks: one"
        if isinstance(item.get("sprints"), bool):
            now = OLD_RHYTHM[item["sprints"]]
            yield (
                (i, "sprints"),
                f"{'yes' if item['sprints'] else 'no'} is now written rhythm: {now}",
            )


def in_full(items: object) -> tuple[object, list[Refusal]]:
    """A list of structures, as it was written, each in full; and what is wrong with what they are like.

    One that is like nothing known is left as it was written.
    """
    if not isinstance(items, list | tuple):
        return items, []
    today = [in_todays_words(item) if isinstance(item, dict) else _published(item) for item in items]
    own = {name: each for each in map(_plain, today) if (name := _name(each))}
    full: list[object] = []
    found: list[Refusal] = []
    told: set[str] = set()
    for place, item in enumerate(today):
        if not isinstance(item, dict) or item.get("like") is None:
            full.append(item)
            continue
        base = _base(item, own, ())
        if isinstance(base, tuple) and str(item["like"]) not in told:  # else its like says so already
            found.append(_refusal((place, "like"), base))
        if isinstance(base, tuple):
            told.add(_name(item))
        if isinstance(base, tuple) or not base.get("duties"):  # looked at once that is mended
            full.append(_stand_in(item))
        else:
            full.append(differing(base, item) | _root_of(base, item))
    return full, found


def _published(item: object) -> object:
    """The matrix of a published definition that is named; anything else as it is."""
    name = item.strip() if isinstance(item, str) else ""
    return written(known_by_name()[name]) | {"like": name} if name in published_names() else item


def _root_of(base: Written, item: Written) -> dict[str, str]:
    """The published definition that a structure goes back to, as it is to be kept; nothing for others."""
    root = str(base.get("like") or item["like"]).strip()
    return {"like": root} if root in published_names() else {}


def _refusal(place: tuple[str | int, ...], said: Wrong) -> Refusal:
    return place, *said


def _stand_in(item: Written) -> dict[str, object]:
    return {**written(PRESETS["merged"]), "name": item.get("name")}


def _base(item: Written, own: Mapping[str, Written], seen: tuple[str, ...]) -> dict[str, object] | Wrong:
    """What a structure is like, in full; or what is wrong with that, and what would be right."""
    said = item["like"]
    like = said.strip() if isinstance(said, str) else ""
    itself = like == _name(item)
    if itself and like in published_names():
        return written(known_by_name()[like])
    if itself or like not in {**known_by_name(), **own}:
        known = [name for name in dict.fromkeys((*PRESETS, *own, *published_names())) if name != _name(item)]
        what = like if isinstance(said, str) else said
        return f"is {shown(what)}, which is no other structure", suggest(str(what), known)
    if like in seen or len(seen) == _MOST_STEPS:
        wrong = f"leads back to {like}" if like in seen else f"leads over more than {_MOST_STEPS} others"
        return wrong, "let one of them be like a preset, or written in full"
    if like in PRESETS or like not in own:
        return written(known_by_name()[like])
    if own[like].get("like") is None:
        return dict(own[like])
    base = _base(own[like], own, (*seen, like))
    return base if isinstance(base, tuple) else differing(base, own[like]) | _root_of(base, own[like])


def _plain(item: object) -> dict[str, object]:
    """A structure of one's own as plain values; of a preset's name, nothing."""
    if isinstance(item, BaseModel):
        return item.model_dump(mode="python", by_alias=True, exclude_unset=True)
    return item if isinstance(item, dict) else {}


def _name(item: Written) -> str:
    name = item.get("name")
    return name.strip() if isinstance(name, str) else ""


def differing(base: Written, item: Written) -> dict[str, object]:
    """A structure that is like `base` but for what it says itself; of mappings, key by key."""
    found = {**base, **{key: value for key, value in item.items() if key != "like"}}
    for key in ("roles", "duties", "cadence", *FURTHER):
        ours, theirs = item.get(key), base.get(key)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            found[key] = theirs | ours
    roles, theirs = found.get("roles"), base.get("roles")
    if isinstance(item.get("roles"), dict) and isinstance(theirs, dict) and isinstance(roles, dict):
        found["roles"] = {name: _both(theirs.get(name), role) for name, role in roles.items()}
    return _without_what_cannot_be(found, item)


def _both(theirs: object, ours: object) -> object:
    return theirs | ours if isinstance(theirs, dict) and isinstance(ours, dict) else ours


def _without_what_cannot_be(found: dict[str, object], item: Written) -> dict[str, object]:
    """Leave out what a base says of ingredients that are gone: it was never said of this structure."""
    if "ranked_by" not in item and item.get("ranks") == "nobody":
        found.pop("ranked_by", None)
    holder = at(found, "duties", "resources")
    if "ranks" not in item and "ranked_by" not in found and holder not in mapping_at(found, "roles"):
        found.pop("ranks", None)
    if "sprint_days" not in item and found.get("rhythm") != "sprints":
        found.pop("sprint_days", None)
    if "intake_limit" not in item and found.get("intake") != "when there is room":
        found.pop("intake_limit", None)
    return found


def further_of(structure: Structure) -> dict[str, dict[str, list[str]]]:
    """The further roles of a structure, as a scenario says them; nothing where there are none."""
    parts = {part: getattr(structure, part) for part in FURTHER}
    return {part: {d: list(roles) for d, roles in said.items()} for part, said in parts.items() if said}


def written(structure: Structure) -> dict[str, object]:
    """A structure as a scenario would say it in full."""
    roles: dict[str, dict[str, object]] = {
        role.name: {"looks_after": "teams" if role.by_team else "projects"} for role in structure.roles
    }
    for name, posts in (structure.heads or {}).items():
        roles[name]["heads"] = posts
    said: dict[str, object] = {
        "name": structure.name,
        "roles": roles,
        "duties": dict(structure.holders),
        "ranks": structure.ranked,
        "ranked_by": structure.ranked_by,
        "rhythm": structure.rhythm,
        "sprint_days": structure.sprint_days,
        "cadence": dict(structure.cadence),
        "cover": structure.cover,
        "help": structure.help,
        "intake": structure.intake,
        "intake_limit": structure.intake_limit,
    }
    said |= further_of(structure)
    return {key: value for key, value in said.items() if value is not None}
