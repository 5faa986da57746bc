"""Attacks on the program: each class of them is a module here, found by its function `attack`.

Such a module's docstring has the title of the class on its first line, and
`attack(thorough: bool, folder: Path) -> Iterator[Trial]` tries things within an empty `folder` of its own:
everything when `thorough`, else a sample that takes seconds. `python -m benchmarks.attack` runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from benchmarks.attack.trial import Trial

Attack = Callable[[bool, Path], Iterator[Trial]]


@dataclass(frozen=True)
class Kind:
    """A class of attacks: the name of its module, its title, and what tries them."""

    name: str
    title: str
    attack: Attack


def kinds() -> list[Kind]:
    """Every class of attacks in this package, by name."""
    names = sorted(each.name for each in iter_modules(__path__) if each.name != "__main__")
    modules = {name: import_module(f"{__name__}.{name}") for name in names}
    return [
        Kind(name, str(module.__doc__).splitlines()[0].rstrip("."), module.attack)
        for name, module in modules.items()
        if hasattr(module, "attack")
    ]


def tried(kind: Kind, thorough: bool, folder: Path) -> Iterator[Trial]:
    """The trials of a class, in a folder of its own; one that falls over is itself a failure."""
    own = folder / kind.name
    own.mkdir()
    try:
        yield from kind.attack(thorough, own)
    except Exception as error:
        yield Trial("the attack itself", False, f"{type(error).__name__}: {error}")
