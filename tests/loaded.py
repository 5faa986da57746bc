"""Imported by the process from which those of tests are forked: what each would else load for itself."""

from __future__ import annotations

import analysis.commands.cli
import analysis.decision.ask
import analysis.decision.figure
import analysis.reports.page
import tests.dying  # noqa: F401
from sim.clocks.simulate import ensure_compiled

analysis.decision.ask.load_libraries()
ensure_compiled()
