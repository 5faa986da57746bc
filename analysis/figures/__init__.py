"""Figures made to be put in a slide as they are: the title says the finding, intervals are drawn.

A figure has a module of its own; `looks` holds what all of them share.
"""

from analysis.figures.decision import SHOWN, decision_figure, title
from analysis.figures.looks import LOOKS, looks, plain, save, svg

__all__ = [
    "LOOKS",
    "SHOWN",
    "decision_figure",
    "looks",
    "plain",
    "save",
    "svg",
    "title",
]
