"""What the rows of a run that is over add up to, as the rules add them up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.compilation import entry_point
from sim.rules.totals import Totals
from sim.world import World
from sim.world.rows import as_object

Floats = NDArray[np.float64]


def sums_of(world: World) -> tuple[Totals, Floats, Floats]:
    """The totals; the delays of due projects (days); the slips of old ones (days over days planned)."""
    totals = np.zeros(1, Totals.dtype)
    delays, slips = np.empty((2, len(world.projects)))
    entry_point("add_up")(world, totals, delays, slips)
    found = as_object(Totals, totals[0])
    return found, delays[: int(found.due)], slips[: int(found.old)]
