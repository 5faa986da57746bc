"""What the compiler says of a rule, as file, line and cause: in one line, instead of in hundreds.

A rule is compiled as it is first called, within the one that calls it, and each of them adds to the message.
What the innermost says is kept here. This leans on a part of numba that is not public; without it, errors
come as they are.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.engine.lint import RuleMistake, named

if TYPE_CHECKING:
    from types import FunctionType

    from numba.core.dispatcher import Dispatcher

NO_CAUSE = ("Failed in nopython mode pipeline", "During: ", "Internal error")

AT = re.compile(r"at (\S[^\n]*?\.py) \((\d+)\)")

IN_WORDS = {
    r".*NRT required but not enabled.*": "memory is allocated; nothing may be, in a rule",
    r"(Record|Table)\((?:[^()]|\([^()]*\))*\)": r"a row",
    r"Reference\(World\)": "the world",
}
"""What numba calls things, and what they are called here."""

LONGEST = 300
"""Characters of a cause."""


class Complaints:
    """What the compiler said first of the rules that are compiled together."""

    def __init__(self) -> None:
        self._cause = self._place = ""

    def of_rule(self, rule: Dispatcher) -> Dispatcher:
        """Let it be noted what is wrong with a rule that other rules call."""
        resolve = rule.get_call_template

        def noted(*given: object) -> object:
            try:
                return resolve(*given)
            except Exception as error:
                self._note(rule.py_func, error)
                raise

        rule.get_call_template = noted
        return rule

    def of_entry(self, rule: Dispatcher) -> Dispatcher:
        """Let a rule that Python calls tell by a RuleMistake what is wrong in it, or in what it calls."""
        if hasattr(rule, "_compile_for_args"):
            rule._compile_for_args = self._told(rule.py_func, rule._compile_for_args)
        return rule

    def _told(self, rule: FunctionType, compile_for: Callable[..., object]) -> Callable[..., object]:
        def compiled(*given: object, **named_ones: object) -> object:
            __tracebackhide__ = True
            self._cause = self._place = ""
            try:
                return compile_for(*given, **named_ones)
            except MemoryError:
                raise
            except Exception as error:
                self._note(rule, error)
                raise RuleMistake(f"{self._place or _begin(rule)}: {self._cause}") from None

        return compiled

    def _note(self, rule: FunctionType, error: Exception) -> None:
        """Keep the cause that is told first, and the place that is: whoever calls adds where that is done."""
        self._cause = self._cause or _cause(error)
        unplaced = _begin(rule) if isinstance(error, KeyError) else ""
        self._place = self._place or _place(error) or unplaced


def _begin(rule: FunctionType) -> str:
    """Where a rule begins."""
    return f"{named(Path(rule.__code__.co_filename))}:{rule.__code__.co_firstlineno}"


def _place(error: Exception) -> str:
    """File and line that the compiler names, the innermost if there are several; else nothing."""
    where = AT.search(str(error))
    loc = getattr(error, "loc", None)
    if loc is not None:
        return f"{named(Path(loc.filename))}:{loc.line}"
    return f"{named(Path(where[1]))}:{where[2]}" if where else ""


def _cause(error: Exception) -> str:
    """What the compiler says, in one line and in words of the field as far as they are known."""
    lines = [line.strip() for line in str(error).splitlines()]
    said = next((line for line in lines if line and not line.startswith(NO_CAUSE)), "")
    for pattern, words in IN_WORDS.items():
        said = re.sub(pattern, words, said)
    if isinstance(error, KeyError):
        said = f"a row has no field {said}"
    return textwrap.shorten(said or type(error).__name__, LONGEST, placeholder=" …")
