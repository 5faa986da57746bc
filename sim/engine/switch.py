"""The switch that leaves rules uncompiled: for a debugger, for coverage, for tests of single rules.

It is thrown before Python starts: what is compiled once stays so.
"""

from __future__ import annotations

import os

SWITCH = "ROLECALL_UNCOMPILED"

UNCOMPILED = os.environ.get(SWITCH, "") not in ("", "0")
"""Whether rules run as the plain Python that they are, a hundred times slower, with the same results."""
