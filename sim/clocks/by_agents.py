"""The rules of a day, with each thing that an agent decides or does asked of that agent.

Who goes first, and how long, is written once, in `sim.rules`. Here are copies of those rules, in which the
names of `ASKED` stand for methods of agents: `spend_attention(world, 3)` for `world.managers[3].step()`.
The methods call the copies in turn, so that one that is replaced replaces one decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FunctionType, ModuleType, SimpleNamespace

from sim.engine.compilation import rules_of
from sim.rules import attention, day, work
from sim.world import World

ASKED: Mapping[str, tuple[str, str]] = {
    "spend_attention": ("managers", "step"),
    "keep_on": ("managers", "keep_on"),
    "come_back": ("managers", "come_back"),
    "go_home": ("managers", "go_home"),
    "choose": ("managers", "choose"),
    "attend": ("managers", "attend"),
    "gather": ("teams", "gather"),
    "spend_day": ("teams", "step"),
    "go_on": ("teams", "go_on"),
    "take_turn": ("teams", "take_turn"),
    "choose_task": ("teams", "choose_task"),
    "end_day_of_team": ("teams", "end_step"),
}
"""Rules that begin with `(world, row, …`, and the method of that row's agent which stands for each."""


def _asked(table: str, method: str) -> Callable[..., object]:
    def ask(world: World, row: int, *given: object) -> object:
        return getattr(getattr(world, table)[row], method)(*given)

    return ask


def _copies(module: ModuleType) -> SimpleNamespace:
    """The rules of a module, which ask agents, and else call each other's copies."""
    names = dict(vars(module))
    copies = {r.__name__: FunctionType(r.__code__, names, r.__name__) for r in rules_of(module)}
    names |= copies
    names |= {name: _asked(*agents) for name, agents in ASKED.items() if name in names}
    return SimpleNamespace(**copies)


of_day, of_manager, of_team = _copies(day), _copies(attention), _copies(work)
"""The rules of `sim.rules.day`, `attention` and `work`."""
