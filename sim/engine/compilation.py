"""The one place where rules become a compiled run.

The plain functions of `sim.rules` are taken as they are; in a copy of each, the names of other rules stand
for their compiled copies. Every rule is compiled without numba's memory runtime
(`_nrt=False`): passing the tables costs no reference counting, and a rule that allocates is refused. They are
optimised and translated together, as one piece (see `sim.engine.late_linking`).

What is compiled is kept on disk (see `sim.engine.kept_code`), in a folder that only the user may write to. A
hash of all sources names it, for a change in a rule of another file has to be noticed too.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import pkgutil
import threading
import types
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sim.rules
from sim.engine.compiler_errors import Complaints
from sim.engine.lint import check
from sim.engine.news import Telling
from sim.engine.plain_python import EntryPoint, on_objects
from sim.engine.switch import UNCOMPILED
from sim.safety.private_folder import NotPrivateError, private_folder

if TYPE_CHECKING:
    from numba.core.compiler import CompilerBase
    from numba.core.dispatcher import Dispatcher
    from numba.core.types import Type

RULE_OPTIONS = {"_nrt": False, "nogil": True, "error_model": "numpy"}
INNER_OPTIONS = {**RULE_OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}

ENTRY_POINTS = ("link_layers", "lay_out_tasks", "wire", "staff", "run", "add_up")

DECIDES_CODE = ("rules", "world", "engine")
"""Packages of `sim` whose every change means compiling anew."""

_lock = threading.Lock()

telling = Telling()


def rule_modules() -> list[types.ModuleType]:
    """The modules whose functions are compiled: all rules, and what makes a run of them."""
    names = [f"sim.rules.{module.name}" for module in pkgutil.iter_modules(sim.rules.__path__)]
    return [importlib.import_module(name) for name in [*names, "sim.world.philox", "sim.engine.entry_points"]]


def rules() -> Iterator[types.FunctionType]:
    """Every rule, once."""
    for module in rule_modules():
        yield from rules_of(module)


def rules_of(module: types.ModuleType) -> list[types.FunctionType]:
    """The functions that a module defines; what it imports is not among them."""
    functions = [value for value in vars(module).values() if isinstance(value, types.FunctionType)]
    return [function for function in functions if function.__module__ == module.__name__]


def source_hash(model: Path = Path(__file__).parents[1]) -> str:
    """A hash of everything that the compiled run depends on: rules, rows, engine, names of assumptions."""
    import numba
    import numpy

    digest = hashlib.sha256(f"{numba.__version__} {numpy.__version__}".encode())
    for package in DECIDES_CODE:
        for source in sorted((model / package).rglob("*.py")):
            digest.update(source.read_bytes())
    digest.update((model / "scenario" / "assumptions.toml").read_bytes())
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path | None:
    """Where compiled runs are kept: the user's own cache, else nowhere (None); it is said once why."""
    try:
        return private_folder(_users_cache(), "rolecall", source_hash())
    except NotPrivateError as error:
        telling.not_kept(error)
        return None


def _users_cache() -> Path:
    """Where the user's programs keep what they can make again. Raises NotPrivateError if nobody knows."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    try:
        return Path(named) if Path(named).is_absolute() else Path("~/.cache").expanduser()
    except RuntimeError as error:
        raise NotPrivateError("there is no home folder") from error


def _one_version(rule: Dispatcher) -> Dispatcher:
    """Let a rule be compiled once, not again for each constant or width of integer that it is called with."""
    from numba.core import types as t

    def widen(kind: Type) -> Type:
        kind = t.unliteral(kind)
        return t.int64 if isinstance(kind, t.Integer) else kind

    template = rule.get_call_template
    rule.get_call_template = lambda args, kws: template([widen(a) for a in args], kws)
    return rule


def _kept(function: Dispatcher) -> Dispatcher:
    """Let a compiled function be kept on disk, where that can be done safely."""
    folder = cache_folder()
    if folder is None:
        telling.compiling()
        return function
    try:
        from sim.engine.kept_code import keep
    except ImportError as error:
        telling.not_kept(error)
        return function
    return keep(function, folder, telling)


def _is_kept() -> bool:
    """Whether something was compiled of these very sources before: then they are free of mistakes."""
    folder = cache_folder()
    return folder is not None and any(folder.glob("*.code"))


def compilers() -> tuple[dict[str, type[CompilerBase]], dict[str, type[CompilerBase]]]:
    """Options that choose the compilers of outer and of inner functions; none if ours do not fit numba."""
    try:
        from sim.engine.late_linking import RULE_COMPILER, RUN_COMPILER
    except ImportError:
        return {}, {}
    return {"pipeline_class": RUN_COMPILER}, {"pipeline_class": RULE_COMPILER}


def hands_on_world() -> Callable[..., object]:
    """The compiled `entry_points.by_reference`; where ours does not fit numba, the world goes by value."""
    try:
        from sim.engine.by_reference import by_reference
    except (ImportError, AttributeError, TypeError):
        import numba

        return numba.njit(**INNER_OPTIONS)(lambda tables: tables)
    return by_reference


def compile_rules(outer: tuple[Callable[..., object], ...]) -> dict[Callable[..., object], Dispatcher]:
    """Compiled copies of all rules; `outer` are those that Python calls, which are kept on disk.

    Raises RuleMistake for what is wrong in the sources; so do the copies, for what else the compiler refuses.
    """
    import numba

    from sim.engine import entry_points

    if not _is_kept():
        check(Path(str(module.__file__)) for module in rule_modules())
    complaints = Complaints()
    for_outer, for_inner = compilers()
    compiled: dict[Callable[..., object], Dispatcher] = {entry_points.by_reference: hands_on_world()}
    copies: list[dict[str, object]] = []
    for module in rule_modules():
        names = dict(vars(module))
        copies.append(names)
        for rule in rules_of(module):
            if rule in compiled:
                continue
            twin = types.FunctionType(rule.__code__, names, rule.__name__, rule.__defaults__)
            twin.__qualname__, twin.__module__ = rule.__qualname__, rule.__module__
            if rule in outer:
                compiled[rule] = complaints.of_entry(_kept(numba.njit(**RULE_OPTIONS, **for_outer)(twin)))
            else:
                compiled[rule] = complaints.of_rule(
                    _one_version(numba.njit(**INNER_OPTIONS, **for_inner)(twin))
                )
    for names in copies:
        for name, value in names.items():
            if isinstance(value, types.FunctionType) and value in compiled:
                names[name] = compiled[value]
    return compiled


@cache
def _entry_points() -> dict[str, Dispatcher]:
    from sim.engine import entry_points as entry

    outer = tuple(getattr(entry, name) for name in ENTRY_POINTS)
    compiled = compile_rules(outer)
    return {function.__name__: compiled[function] for function in outer}


def entry_point(name: str) -> EntryPoint:
    """The compiled function of this name in `sim.engine.entry_points`, one of `ENTRY_POINTS`.

    The plain one where compiling is switched off (see `sim.engine.switch`).
    """
    if UNCOMPILED:
        return plain_entry_point(name)
    with _lock:
        compiled: EntryPoint = _entry_points()[name]
    return compiled


@cache
def plain_entry_point(name: str) -> EntryPoint:
    """The same function as Python takes it, of which nothing is compiled."""
    return on_objects(getattr(importlib.import_module("sim.engine.entry_points"), name))
