"""The switch that leaves rules uncompiled: for a debugger, for coverage, for tests of single rules.

It is thrown before Python starts: what is compiled once stays so.
"""

from __future__ import annotations

import os

SWITCH = "ROLECALL_UNCOMPILED"

_OF_NUMBA = "NUMBA_DISABLE_JIT"
"""Asks of the compiler what the switch asks of us, which it cannot do halfway."""

UNCOMPILED = any(os.environ.get(switch, "") not in ("", "0") for switch in (SWITCH, _OF_NUMBA))
"""Whether rules run as the plain Python that they are, a hundred times slower, with the same results."""
