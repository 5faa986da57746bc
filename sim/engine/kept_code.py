"""Compiled code that is kept on disk: a sealed file for each function, instead of numba's own cache.

numba keeps an index and data, unpickles both as they are found, and stops if one of them is damaged. Here a
file is named by all that its code depends on, so that no index is needed, and nothing is unpickled before its
seal was found whole. Code whose file is damaged is compiled anew, and the file replaced.

This leans on parts of numba that are not public. Where they are missing this module raises ImportError, and
nothing is kept.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.runtime.nrt import rtsys
from numba.core.serialize import dumps

from sim.engine.news import Telling
from sim.safety.private_folder import read_sealed, write_sealed

if TYPE_CHECKING:
    from types import FunctionType

    from numba.core.base import BaseContext
    from numba.core.codegen import Codegen
    from numba.core.dispatcher import Dispatcher
    from numba.core.typing.templates import Signature

if not all(hasattr(CompileResult, name) for name in ("_reduce", "_rebuild")):
    raise ImportError("this version of numba keeps compiled functions in another way")


class KeptCode(_Cache):
    """The compiled code of one function in a folder; takes the place of a dispatcher's cache."""

    def __init__(self, function: FunctionType, folder: Path, telling: Telling):
        self.function, self.folder, self.telling = function, folder, telling

    @property
    def cache_path(self) -> str:
        """See numba."""
        return str(self.folder)

    def load_overload(self, sig: Signature, target_context: BaseContext) -> CompileResult | None:
        """The compiled function, or None if it has to be compiled; then it is said why.

        numba would import here all that it can compile, for half a second of each start. What is compiled
        needs nothing of that but the runtime that counts references; the rest the compiler refreshes.
        """
        rtsys.initialize(target_context)
        name = self._name(sig, target_context.codegen())
        path = self._path(name)
        try:
            content = read_sealed(path, name)
            if content is not None:
                return CompileResult._rebuild(target_context, *pickle.loads(content))
            self.telling.compiling()
        except MemoryError:
            raise
        except Exception as error:  # also where the seal holds, and yet this numba cannot take it
            self.telling.damaged(path, error)
        return None

    def save_overload(self, sig: Signature, data: CompileResult) -> None:
        """Keep what was compiled. Without room for it the run goes on."""
        if data.library.has_dynamic_globals:
            return
        name = self._name(sig, data.codegen)
        try:
            write_sealed(self._path(name), name, dumps(data._reduce()))
        except OSError as error:
            self.telling.not_kept(f"{self.folder}: {error.strerror or error}")

    def enable(self) -> None:
        """See numba."""

    def disable(self) -> None:
        """See numba."""

    def flush(self) -> None:
        """See numba."""

    def _name(self, signature: Signature, codegen: Codegen) -> bytes:
        """All that the code depends on, besides the sources that name the folder."""
        built_for = (sys.implementation.cache_tag, codegen.magic_tuple())
        return repr((self.function.__qualname__, signature, built_for)).encode()

    def _path(self, name: bytes) -> Path:
        return self.folder / f"{self.function.__name__}-{hashlib.sha256(name).hexdigest()[:16]}.code"


def keep(function: Dispatcher, folder: Path, telling: Telling) -> Dispatcher:
    """Let a compiled function be kept in a folder that nobody else can write to."""
    if not hasattr(function, "_cache"):
        raise ImportError("this version of numba keeps compiled functions in another way")
    function._cache = KeptCode(function.py_func, folder, telling)
    return function
