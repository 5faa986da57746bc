"""Imported by the process from which those of tests are forked: what each would else load for itself."""

from __future__ import annotations

import analysis.cli
import analysis.decide
import analysis.figures
import analysis.report
import tests.dying  # noqa: F401
from sim.compiled import ensure_compiled

analysis.decide.load_libraries()
ensure_compiled()
