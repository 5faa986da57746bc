"""What batches of runs say: an answer to each question, in words, tables and figures.

    import analysis
    decision = analysis.decide("scenarios/scaleup.yaml")        # should we change the structure?
    analysis.tip("scenarios/scaleup.yaml", "managers=3..12")    # where does the answer flip?

The command line on top is in `analysis.commands`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.face import face

if TYPE_CHECKING:
    from analysis.causes.ask import why
    from analysis.change_atlas.ask import atlas
    from analysis.claim_tests.ask import claims
    from analysis.decision.ask import decide
    from analysis.exports.ask import structure
    from analysis.imports.ask import import_files
    from analysis.plots.ask import plot
    from analysis.questionnaire.ask import new
    from analysis.reorganisation.ask import reorganise
    from analysis.reports.ask import report
    from analysis.resemblance.ask import is_this_you
    from analysis.statistics.compare import compare
    from analysis.story.ask import trace
    from analysis.tipping_points.ask import tip

__all__ = [
    "atlas",
    "claims",
    "compare",
    "decide",
    "import_files",
    "is_this_you",
    "new",
    "plot",
    "reorganise",
    "report",
    "structure",
    "tip",
    "trace",
    "why",
]

__getattr__, __dir__ = face(
    __name__,
    {
        "atlas": "change_atlas.ask",
        "claims": "claim_tests.ask",
        "compare": "statistics.compare",
        "decide": "decision.ask",
        "import_files": "imports.ask",
        "is_this_you": "resemblance.ask",
        "new": "questionnaire.ask",
        "plot": "plots.ask",
        "reorganise": "reorganisation.ask",
        "report": "reports.ask",
        "structure": "exports.ask",
        "tip": "tipping_points.ask",
        "trace": "story.ask",
        "why": "causes.ask",
    },
)
