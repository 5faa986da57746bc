"""YAML read safely, with the line of every key.

The text is only ever composed into PyYAML's node tree and turned into plain values here, so no tag can create
an object; keys given twice, which PyYAML would silently merge, are found; and neither depth nor aliases can
blow the tree up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

import yaml
from yaml.composer import Composer

from sim.safety.names import plain_text
from sim.scenario.reading.problems import Problem, ScenarioError, shown

Path = tuple[str | int, ...]

MOST_NODES = 120_000
"""Values a file may hold once its aliases are expanded: far above any real scenario, far below what hurts."""

MOST_CHARACTERS = 4_000_000
"""Characters of all these values together: twice the largest file."""

DEEPEST = 50
"""Levels a file may nest: far above any real scenario, far below what Python's stack can bear."""

TAG = "tag:yaml.org,2002:"
NUMBER_TAGS = {f"{TAG}{name}" for name in ("int", "float")}
OTHERWISE_MEANT = re.compile(r"[-+]?0[\d_]+|.*:.*")
"""Numbers that YAML takes for something else than who writes them: 010 for eight, 1:30 for ninety."""

SCALAR_TAGS = {f"{TAG}{name}" for name in ("null", "bool", "str")} | NUMBER_TAGS
TEXT_TAGS = {f"{TAG}{name}" for name in ("timestamp", "value", "merge")}

if TYPE_CHECKING or not hasattr(yaml, "CSafeLoader"):
    from yaml import SafeLoader as Loader
else:

    class Loader(Composer, yaml.CSafeLoader):
        """The parser of libyaml where it is there, ten times as fast; nodes are composed by PyYAML."""

        def __init__(self, text):
            yaml.CSafeLoader.__init__(self, text)
            Composer.__init__(self)


@dataclass
class Tree:
    """A YAML file as plain values, the line (from 1) of each path in it, and what was wrong on the way."""

    file: str
    data: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    characters: int = 0

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


class _Composed(Loader):
    """PyYAML's composer, which stops where a file nests too deeply or holds too much."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.nodes = self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self.nodes += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise RecursionError
        if self.nodes > MOST_NODES:
            raise _TooMany
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _TooMany(Exception):
    """More values than a file may hold."""


def read_yaml(text: str, file: str, as_it_is: Callable[[Path], bool] = lambda path: False) -> Tree:
    """Read one YAML document; raise `ScenarioError` if it is no YAML, else note problems in the tree.

    Text becomes `plain_text`, but where the file must say it `as_it_is`, such as the path of a file.
    """
    tree = Tree(file)
    try:
        node = _Composed(text).get_single_node()
        if node is not None:
            tree.lines[()] = node.start_mark.line + 1
            tree.data = _plain(node, (), tree, as_it_is)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise ScenarioError([_syntax_problem(error, text, file)]) from None
    except RecursionError:
        right = "write a scenario with a few levels, and no alias (*name) inside what it names"
        raise ScenarioError([Problem(file, None, "", "is nested too deeply to read", right)]) from None
    except _TooMany:
        right = f"write at most {MOST_NODES:,} values and few aliases (*name)"
        raise ScenarioError([Problem(file, None, "", "expands to too many values", right)]) from None
    return tree


def _syntax_problem(error: Exception, text: str, file: str) -> Problem:
    """PyYAML's complaint in one line; where it names a place, the line of that place."""
    line: int | None = None
    what = "characters that do not belong in a text file"
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        what = " ".join(part for part in (error.context, error.problem) if part)
    else:
        line = next((n for n, each in enumerate(text.splitlines(), 1) if _out_of_place(each)), None)
    tabs = line is not None and _indented_by_tab(text, line)
    remedy = (
        "indent with spaces, not tabs" if tabs else "check indentation, colons, quotes and brackets there"
    )
    return Problem(file, line, "", f"is not valid YAML ({what})", remedy)


def _indented_by_tab(text: str, line: int) -> bool:
    found = next(islice(StringIO(text), line - 1, None), "")
    return "\t" in found[: len(found) - len(found.lstrip())]


def _out_of_place(line: str) -> bool:
    return yaml.reader.Reader.NON_PRINTABLE.search(line) is not None


def _plain(node: yaml.Node, path: Path, tree: Tree, as_it_is: Callable[[Path], bool]) -> object:
    """The plain value of `node`: dict, list, text, number, truth value or None."""
    if len(path) > DEEPEST:
        raise RecursionError
    if len(tree.lines) > MOST_NODES or tree.characters > MOST_CHARACTERS:
        raise _TooMany
    if isinstance(node, yaml.MappingNode) and node.tag == f"{TAG}map":
        return _mapping(node, path, tree, as_it_is)
    if isinstance(node, yaml.SequenceNode) and node.tag == f"{TAG}seq":
        return [_entry(item, (*path, i), item, tree, as_it_is) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and node.tag in SCALAR_TAGS | TEXT_TAGS:
        return _scalar(node, path, tree, as_it_is(path))
    tag = node.tag.replace(TAG, "!!")
    tree.note(path, node.start_mark.line + 1, f"carries the tag {tag}", "write a plain value, without a tag")
    return None


def _entry(
    marked: yaml.Node, path: Path, value: yaml.Node, tree: Tree, as_it_is: Callable[[Path], bool]
) -> object:
    tree.lines[path] = marked.start_mark.line + 1
    return _plain(value, path, tree, as_it_is)


def _mapping(
    node: yaml.MappingNode, path: Path, tree: Tree, as_it_is: Callable[[Path], bool]
) -> dict[str, object]:
    result: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = _scalar(key_node, path, tree) if isinstance(key_node, yaml.ScalarNode) else [key_node]
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
        result[key] = _entry(key_node, (*path, key), value_node, tree, as_it_is)
    return result


def _scalar(node: yaml.ScalarNode, path: Path, tree: Tree, as_it_is: bool = False) -> object:
    tree.characters += len(node.value)
    if node.tag in TEXT_TAGS or node.tag == f"{TAG}str":  # a date is only text, and so is a stray `<<` or `=`
        return node.value if as_it_is else plain_text(node.value)
    try:
        return _number_or_word(node)
    except (ArithmeticError, LookupError, ValueError, yaml.YAMLError):
        tree.note(
            path,
            node.start_mark.line + 1,
            f"is {shown(node.value)}, which cannot be read",
            "write a plain number, such as 1.5, or text in quotes"
            if node.tag in NUMBER_TAGS
            else "write a plain value",
        )
        return None


def _number_or_word(node: yaml.ScalarNode) -> object:
    if node.tag in NUMBER_TAGS and OTHERWISE_MEANT.fullmatch(node.value):
        raise ValueError
    return yaml.constructor.SafeConstructor().construct_object(node)
