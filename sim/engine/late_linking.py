"""Compiling all rules of a run as one piece, instead of each by itself and once more in all that call it.

numba optimises a function together with all that it calls, and turns it into machine code, before it goes
on to its callers. Nobody but the day calls our rules, so of each rule only the intermediate code is kept.
It is optimised and translated once, as part of the run: half the time to compile, and a faster run, for the
optimiser sees that nothing else calls the rules.

This leans on parts of numba that are not public. Where they are missing this module raises ImportError, and
rules are compiled one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering

if TYPE_CHECKING:
    from llvmlite.binding import ModuleRef
    from numba.core.compiler import StateDict
    from numba.core.compiler_machinery import PassManager

RELIES_ON = ("_get_module_for_linking", "_optimize_final_module", "_ensure_finalized", "codegen")
if not all(hasattr(JITCodeLibrary, name) for name in RELIES_ON):
    raise ImportError("this version of numba links compiled functions in another way")


class RuleLibrary(JITCodeLibrary):
    """The intermediate code of one rule, as it was written."""

    def finalize(self) -> None:
        """Nothing is optimised or translated here."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """There is no machine code to point to (0)."""
        self._ensure_finalized()
        return 0

    @property
    def codegen(self) -> SimpleNamespace:
        """Rules raise nothing, so that they need no environment; other parts use `_codegen`."""
        return SimpleNamespace(set_env=lambda name, environment: None)

    def _get_module_for_linking(self) -> ModuleRef:
        module = self._final_module.clone()
        for library in _all_called(self, {self}):
            own = isinstance(library, RuleLibrary)
            code = library._final_module if own else library._get_module_for_linking()
            module.link_in(code, preserve=True)
        _set_linkage(module, "external", "linkonce_odr")
        return module


class RunLibrary(JITCodeLibrary):
    """The code of a run, with all rules in it."""

    def _optimize_final_module(self) -> None:
        _set_linkage(self._final_module, "linkonce_odr", "internal")
        super()._optimize_final_module()


def _all_called(library: JITCodeLibrary, seen: set[JITCodeLibrary]) -> Iterator[JITCodeLibrary]:
    """The libraries that one links to, each once, and in turn those of rules."""
    for called in library._linking_libraries:
        if called not in seen:
            seen.add(called)
            yield called
            if isinstance(called, RuleLibrary):
                yield from _all_called(called, seen)


def _set_linkage(module: ModuleRef, old: str, new: str) -> None:
    for function in module.functions:
        if not function.is_declaration and function.linkage.name == old:
            function.linkage = new


@register_pass(mutates_CFG=True, analysis_only=False)
class RuleLowering(NativeLowering):
    """Turns a typed rule into intermediate code."""

    _name = "rule_lowering"
    library_class: type[JITCodeLibrary] = RuleLibrary

    def run_pass(self, state: StateDict) -> bool:
        """See numba."""
        state.library = self.library_class(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return bool(super().run_pass(state))


@register_pass(mutates_CFG=True, analysis_only=False)
class RunLowering(RuleLowering):
    """Turns the run into machine code."""

    _name = "run_lowering"
    library_class = RunLibrary


def _compiler(lowering: type[RuleLowering]) -> type[Compiler]:
    """A compiler like numba's, with another last pass."""

    class WithLowering(Compiler):
        def define_pipelines(self) -> list[PassManager]:
            managers: list[PassManager] = super().define_pipelines()
            for manager in managers:
                manager.passes = [
                    (lowering if p is NativeLowering else p, what) for p, what in manager.passes
                ]
                manager.finalize()
            return managers

    return WithLowering


RULE_COMPILER, RUN_COMPILER = _compiler(RuleLowering), _compiler(RunLowering)
