"""Who brings how much of a gain that several bring together: Shapley's shares, for each future.

What one player adds depends on who is there already. So all are let in one after the other, in every order,
and a player's share is the mean of what it adds (Shapley 1953). Shares always add up to the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

from analysis.statistics.arrays import Floats

Coalition = frozenset[int]

EXACT = 5
"""Players up to which every order is taken: 32 coalitions. Beyond, a few orders stand for all of them."""


def orders(players: int) -> tuple[tuple[int, ...], ...]:
    """The orders in which players are let in.

    Beyond `EXACT` players, turns of the first order by two, each beside its reverse: so what two of them
    bring together alone is halved between them, as it is over all orders.
    """
    first = tuple(range(players))
    if players <= EXACT:
        return tuple(permutations(first))
    turned = [first[k:] + first[:k] for k in range(0, players, 2)]
    return tuple(order for turn in turned for order in (turn, turn[::-1]))


def coalitions(players: int) -> tuple[Coalition, ...]:
    """The coalitions whose value is needed: that of nobody first."""
    found = {frozenset(order[:n]): None for n in range(players + 1) for order in orders(players)}
    return tuple(found)


def shapley(values: Mapping[Coalition, Floats], players: int) -> Floats:
    """The share of each player in each future (futures × players), from what each coalition brings there.

    Raises KeyError where one of `coalitions` is missing.
    """
    import numpy as np

    every = orders(players)
    added = np.zeros((len(values[frozenset()]), players))
    for order in every:
        for n, player in enumerate(order):
            added[:, player] += values[frozenset(order[: n + 1])] - values[frozenset(order[:n])]
    found: Floats = added / len(every)
    return found
