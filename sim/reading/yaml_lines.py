"""YAML read safely, with the line of every key.

The text is only ever composed into PyYAML's node tree and turned into plain values here, so no tag can create
an object; keys given twice, which PyYAML would silently merge, are found; and aliases cannot blow the tree
up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from sim.reading.problems import Problem, ScenarioError, shown

Path = tuple[str | int, ...]

MOST_NODES = 100_000
"""Values a file may hold once its aliases are expanded: far above any real scenario, far below what hurts."""

SCALAR_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str")}
TEXT_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("timestamp", "value", "merge")}
COLLECTION_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("seq", "map")}


@dataclass
class Tree:
    """A YAML file as plain values, the line (from 1) of each path in it, and what was wrong on the way."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """The line of `path`, or of the nearest thing around it that is written in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def note(self, path: Path, line: int, wrong: str, right: str) -> None:
        """Keep a problem of this file, to be told with all the others."""
        self.problems.append(Problem(self.file, line, dotted(path), wrong, right))


def dotted(path: Path) -> str:
    """A path as users write it: `organisation.teams.0.members`."""
    return ".".join(str(part) for part in path)


def read_yaml(text: str, file: str) -> Tree:
    """Read one YAML document; raise `ScenarioError` if it is no YAML, else note problems in the tree."""
    tree = Tree(file)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is not None:
            tree.lines[()] = node.start_mark.line + 1
            tree.data = _plain(node, (), tree)
    except yaml.YAMLError as error:
        raise ScenarioError([_syntax_problem(error, text, file)]) from None
    except RecursionError:
        right = "write a scenario with a few levels, and no alias (*name) inside what it names"
        raise ScenarioError([Problem(file, None, "", "is nested too deeply to read", right)]) from None
    return tree


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """PyYAML's complaint in one line; where it names a place, the line of that place."""
    line: int | None = None
    what = "characters that do not belong in a text file"
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        what = " ".join(part for part in (error.context, error.problem) if part)
    elif isinstance(error, yaml.reader.ReaderError) and isinstance(error.position, int):
        line = text.count("\n", 0, error.position) + 1
    remedy = (
        "indent with spaces, not tabs"
        if "'\\t'" in what
        else "check indentation, colons, quotes and brackets there"
    )
    return Problem(file, line, "", f"is not valid YAML ({what})", remedy)


def _plain(node: yaml.Node, path: Path, tree: Tree) -> Any:
    """The plain value of `node`: dict, list, text, number, truth value or None."""
    line = node.start_mark.line + 1
    if len(tree.lines) > MOST_NODES:
        right = f"write at most {MOST_NODES} values and few aliases (*name)"
        raise ScenarioError([Problem(tree.file, line, dotted(path), "expands to too many values", right)])
    if node.tag not in SCALAR_TAGS | TEXT_TAGS | COLLECTION_TAGS:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        tree.note(path, line, f"carries the tag {tag}", "write a plain value, without a tag")
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, tree)
    if isinstance(node, yaml.SequenceNode):
        return [_entry(item, (*path, i), item, tree) for i, item in enumerate(node.value)]
    return _scalar(node, path, tree)


def _entry(marked: yaml.Node, path: Path, value: yaml.Node, tree: Tree) -> Any:
    tree.lines[path] = marked.start_mark.line + 1
    return _plain(value, path, tree)


def _mapping(node: yaml.MappingNode, path: Path, tree: Tree) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = _plain(key_node, path, tree) if isinstance(key_node, yaml.ScalarNode) else [key_node]
        if not isinstance(key, str):
            tree.note(
                path,
                line,
                f"has a key that is {shown(key)}",
                "give a key of text, in quotes if it looks like a number",
            )
            continue
        if key in result:
            first = tree.lines[(*path, key)]
            tree.note((*path, key), line, f"is given twice (first on line {first})", "keep one of the two")
        result[key] = _entry(key_node, (*path, key), value_node, tree)
    return result


def _scalar(node: yaml.Node, path: Path, tree: Tree) -> Any:
    if node.tag in TEXT_TAGS:  # a date is only text to a scenario, and so is a stray `<<` or `=`
        return node.value
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (ValueError, KeyError, OverflowError):
        tree.note(
            path,
            node.start_mark.line + 1,
            f"is {shown(node.value)}, which cannot be read",
            "write a plain value",
        )
        return None
