"""What agile − merged hangs on: `python -m analysis.explanations.agile` renews page and figure."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from analysis.explanations import page_parts
from analysis.explanations.agile_curves import CURVES, VOLATILITIES, corners, line, measuring
from analysis.explanations.agile_figure import draw
from analysis.explanations.agile_words import told
from analysis.explanations.arguments import parser_of, read
from sim.scenario import Scenario

START, END = "<!-- agile: python -m analysis.explanations.agile -->", "<!-- end of agile -->"


def make(scenario: Scenario, futures: int, page: Path, figure: Path) -> None:
    """Run everything, write the figure, and put figures and sentences into the page."""
    measure = measuring(scenario, futures)
    lines = [line(curve, world, measure) for curve in CURVES for world in VOLATILITIES]
    ends = [corner for world in VOLATILITIES for corner in corners(world, measure)]
    draw(lines, scenario, figure)
    image = Path(os.path.relpath(figure, page.parent)).as_posix()
    page_parts.renew(page, START, END, told(lines, ends, scenario, image))


def main(given: list[str]) -> None:
    """Renew page and figure as the options say."""
    parser = parser_of(
        "analysis.explanations.agile", "What agile - merged hangs on.", "docs/explanation/agile.md"
    )
    parser.add_argument("--figure", type=Path, default=Path("docs/images/agile.png"))
    asked, scenario = read(parser, given)
    make(scenario, asked.futures, asked.page, asked.figure)


if __name__ == "__main__":
    main(sys.argv[1:])
