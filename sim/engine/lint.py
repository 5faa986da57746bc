"""What cannot be compiled, or is misspelt, in the rules: told before the compiler sees it, a line a mistake.

Only sources are read: the functions of a module and what it imports. Which row a name stands for is taken
from its assignments (`task = world.tasks[task_id]`); of a name that may stand for something else as well,
nothing is said.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from sim.scenario.assumptions import load_assumptions
from sim.scenario.reading.problems import suggest
from sim.world import DTYPES, World

A_RULE_MAY_IMPORT = re.compile(r"__future__|math|typing|sim\.(world|rules)(\.\w+)*")

THE_ENGINE_ALSO = re.compile(r"sim\.engine(\.\w+)*")

TABLES: dict[str, tuple[str, ...]] = {
    **{name: dtype.names or () for name, dtype in DTYPES.items()},
    "given": tuple(load_assumptions()),
}
"""The fields of each table's rows; none where a table holds plain numbers."""

A_FIELD = "use the fields of rows, and NONE for no row"
NOTHING_ALLOCATED = f"nothing may be allocated; {A_FIELD}"

REFUSED: dict[type[ast.AST], str] = {
    ast.List: f"a list; {NOTHING_ALLOCATED}",
    ast.Dict: f"a dict; {NOTHING_ALLOCATED}",
    ast.Set: f"a set; {NOTHING_ALLOCATED}",
    ast.ListComp: "a list is made; nothing may be allocated; write a loop over row numbers",
    ast.SetComp: "a set is made; nothing may be allocated; write a loop over row numbers",
    ast.DictComp: "a dict is made; nothing may be allocated; write a loop over row numbers",
    ast.GeneratorExp: "a generator; nothing may be allocated; write a loop over row numbers",
    ast.JoinedStr: "text is made; nothing may be allocated; use a code of sim.world.codes",
    ast.Lambda: "a function within a rule; write a rule of its own",
    ast.FunctionDef: "a function within a rule; write a rule of its own",
    ast.ClassDef: "a class within a rule; rows are declared in sim.world.tables",
    ast.Global: "a global; what a run changes stands in rows",
    ast.Nonlocal: "a nonlocal; what a run changes stands in rows",
    ast.Match: "a match statement; write if and elif",
    ast.Assert: "an assertion; rules raise nothing; a test says what holds",
    ast.Try: "an error is expected; rules raise none; check beforehand",
    ast.Raise: "an error is raised; rules raise none; note it in a field, as clock.fault",
    ast.With: "a with statement; rules open nothing",
    ast.Yield: "a generator; nothing may be allocated; write a loop over row numbers",
}
"""What a rule must not hold, and what would be right."""

ALLOCATING = frozenset({"list", "dict", "set", "tuple", "str", "sorted", "print", "zip", "enumerate", "map"})

OF_SEQUENCES = frozenset({"sum", "any", "all", "reversed", "filter"})

POWER = "`**` may round otherwise when it is compiled; write x * x, or math.pow"


class RuleMistake(Exception):
    """What is wrong in rules, a line for each mistake: file, line, what is wrong, what would be right.

    Our mistake, or of who writes rules, never of who runs a scenario.
    """


def check(sources: Iterable[Path]) -> None:
    """Raise RuleMistake, with a line for each mistake, if any of these files of rules has one."""
    if found := [line for path in sources for line in mistakes(path)]:
        raise RuleMistake("\n".join(found))


def mistakes(path: Path) -> list[str]:
    """What is wrong in a file of rules: `file:line: what; remedy`, in the order of lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    found = set(_imports(tree, path.parent.name == "engine"))
    for function in functions:
        found |= set(_refused(function)) | set(_names(function))
    return [f"{named(path)}:{line}: {what}" for line, what in sorted(found)]


def named(path: Path) -> str:
    """A file as one would type its name here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


Found = Iterator[tuple[int, str]]


def _imports(tree: ast.Module, engine: bool) -> Found:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [f"{'.' * node.level}{node.module or ''}"]
        else:
            continue
        for module in modules:
            known = A_RULE_MAY_IMPORT.fullmatch(module) or (engine and THE_ENGINE_ALSO.fullmatch(module))
            if not known:
                yield node.lineno, f"{module} is imported; a rule needs only math, sim.world and sim.rules"


def _refused(function: ast.FunctionDef) -> Found:
    """Allocation, and all else that a rule must not hold."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    for statement in body:
        allowed = _allowed_as_they_are(statement)
        for node in ast.walk(statement):
            what = _what_is_wrong(node, allowed)
            if what:
                yield getattr(node, "lineno", statement.lineno), what


def _allowed_as_they_are(statement: ast.stmt) -> set[ast.AST]:
    """Tuples that no memory is needed for, and what is written of types."""
    found: set[ast.AST] = set()
    for node in ast.walk(statement):
        found |= {part for part in _harmless(node) if isinstance(part, ast.Tuple)}
        if isinstance(node, ast.AnnAssign):
            found |= set(ast.walk(node.annotation))
    return found


def _harmless(node: ast.AST) -> list[ast.expr | None]:
    """Where a tuple may stand: results, indices, `x in (A, B)`, and several values assigned at once."""
    if isinstance(node, ast.Return):
        return [node.value]
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        return [*node.comparators]
    if isinstance(node, ast.Assign) and all(isinstance(target, ast.Tuple) for target in node.targets):
        return [node.value, *node.targets]
    return [node.target] if isinstance(node, ast.For) else []


def _what_is_wrong(node: ast.AST, allowed: Collection[ast.AST]) -> str:
    if node in allowed:
        return ""
    if isinstance(node, ast.Tuple):
        return f"a tuple as a value; {NOTHING_ALLOCATED}"
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return "text; nothing may be allocated; use a code of sim.world.codes"
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
        return POWER
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _call(node.func.id)
    return REFUSED.get(type(node), "")


def _call(name: str) -> str:
    """What is wrong with calling a function of Python's own, if anything is."""
    if name == "pow":
        return POWER
    if name in OF_SEQUENCES:
        return f"{name}() is called; write a loop over row numbers"
    if name in ALLOCATING:
        return f"{name}() is called; nothing may be allocated; write a loop over row numbers"
    return ""


# --- names of tables, fields and assumptions ---------------------------------------------------------------


def _names(function: ast.FunctionDef) -> Found:
    """Unknown tables, fields and assumptions, and loops over tables."""
    rows = _Rows(function)
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.comprehension) and (table := rows.table(node.iter)):
            yield node.iter.lineno, f"a loop over a table; {_loop(table)}"
        if isinstance(node, ast.Attribute):
            what = _unknown(node, rows)
            if what:
                yield node.lineno, what


def _loop(table: str) -> str:
    return f"walk a queue, or write for row in range(len(world.{table}))"


def _unknown(node: ast.Attribute, rows: _Rows) -> str:
    """What is wrong with `something.name`, if anything is."""
    if rows.is_world(node.value):
        known: Collection[str] = World._fields
        return _misspelt(node.attr, known, f"no table of the world is called {node.attr}")
    table = rows.row(node.value)
    if table == "given":
        return _misspelt(node.attr, TABLES[table], f"no assumption is called {node.attr}")
    if table:
        return _misspelt(node.attr, TABLES[table], f"a row of {table} has no field {node.attr}")
    return ""


def _misspelt(name: str, known: Collection[str], what: str) -> str:
    return "" if name in known or name in dir(tuple) else f"{what}; {suggest(name, known)}"


class _Rows:
    """What the names in a function stand for, as far as all that is assigned to them says the same."""

    def __init__(self, function: ast.FunctionDef) -> None:
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        self._worlds = {a.arg for a in arguments if _is_called_world(a)}
        self._assigned: dict[str, list[ast.expr | None]] = {a.arg: [None] for a in arguments}
        for node in ast.walk(function):
            self._note(node)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr):
            self._assign(node.target, node.value)
        elif isinstance(node, ast.AugAssign | ast.For):
            self._assign(node.target, None)

    def _assign(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self._assigned.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple):
            several = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
            values = value.elts if several and isinstance(value, ast.Tuple) else [None] * len(target.elts)
            for one, its in zip(target.elts, values, strict=True):
                self._assign(one, its)

    def is_world(self, node: ast.expr) -> bool:
        """Whether this is the world."""
        return isinstance(node, ast.Name) and node.id in self._worlds

    def table(self, node: ast.expr) -> str:
        """The table of the world that this is, else nothing."""
        if isinstance(node, ast.Attribute) and self.is_world(node.value) and node.attr in TABLES:
            return node.attr
        return self._all_say(node, "table")

    def row(self, node: ast.expr) -> str:
        """The table that this is a row of, else nothing."""
        if isinstance(node, ast.Subscript):
            return self.table(node.value)
        return self._all_say(node, "row")

    def _all_say(self, node: ast.expr, what: str) -> str:
        """What a name is, if all values that it is ever given are the same."""
        if not isinstance(node, ast.Name) or node.id not in self._assigned:
            return ""
        values = self._assigned.pop(node.id)  # what is assigned to itself says nothing
        said = {getattr(self, what)(value) if value is not None else "" for value in values}
        self._assigned[node.id] = values
        return said.pop() if len(said) == 1 else ""


def _is_called_world(argument: ast.arg) -> bool:
    annotated = isinstance(argument.annotation, ast.Name) and argument.annotation.id == "World"
    return annotated or argument.arg == "world"
