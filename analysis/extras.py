"""Libraries that only some answers need: asked for where they are used, with a remedy."""

from __future__ import annotations

from importlib.util import find_spec


class MissingExtra(Exception):
    """A library of an extra is not installed; the message is one line that says how to."""


def need(module: str, extra: str) -> None:
    """Raise MissingExtra unless `module`, which comes with the extra called `extra`, can be imported."""
    if find_spec(module) is None:
        raise MissingExtra(f"{module} is not installed; get it with: pip install 'rolecall[{extra}]'")
