"""Libraries that only some answers need: asked for where they are used, with a remedy."""
"""Libraries that only some answers need, and that an installation may lack."""

from __future__ import annotations

from importlib.util import find_spec


class MissingExtra(Exception):
    """A library of an extra is not installed; the message is one line that says how to."""
def need(module: str, extra: str) -> None:
    """Raise MissingExtra unless `module`, which comes with the extra called `extra`, can be imported."""
    if find_spec(module) is None:
        raise MissingExtra(f"{module} is not installed; get it with: pip install 'rolecall[{extra}]'")
class MissingExtra(ImportError):
    """An answer needs a library that is not installed; the message is one line and says how to get it."""
def require(module: str, extra: str, asks: str) -> None:
    """Raise MissingExtra unless `module` is installed, which the extra of that name brings."""
        raise MissingExtra(f"{asks} needs {module}, which is not installed; pip install 'rolecall[{extra}]'")
