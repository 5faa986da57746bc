"""Libraries that only some answers need, and that an installation may lack."""

from __future__ import annotations

from importlib.util import find_spec


class MissingExtra(ImportError):
    """An answer needs a library that is not installed; the message is one line and says how to get it."""


def require(module: str, extra: str, asks: str) -> None:
    """Raise MissingExtra unless `module` is installed, which the extra of that name brings."""
    if find_spec(module) is None:
        raise MissingExtra(f"{asks} needs {module}, which is not installed; pip install 'rolecall[{extra}]'")
