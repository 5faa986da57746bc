"""What all figures share: shape and sizes of text, a look for each structure, and how they are saved."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from analysis.figures.seal import sealed
from sim.safety.facts_file import whole, write_whole
from sim.safety.names import legible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Look = TypeVar("Look")

SIZE_INCHES = (12.0, 6.75)
"""The shape of a slide; text in points keeps its size relative to it."""

TEXT, SMALL, _TITLE = 11, 9.5, 16
LINE = 80
"""Characters of a title that fit beside each other."""

LINE_BELOW = 150
"""Characters of the source line, below the figure, that fit beside each other."""

NO_BREAK = "\N{NO-BREAK SPACE}"
_BOUND = re.compile(r" ± |(?:\d(?:[\d.,]*\d)?[kM%]?|€) (?:(?:an?|of) )?(?=\w)|\b(?:day|week) (?=\d)")
"""Where no line may end: beside ±, after a number (`€90k a year`, `40 of 100 futures`), after `day`."""

# Okabe & Ito's colours, told apart by colour-blind readers; the marker tells the same once more.
LOOKS = {
    "merged": ("#E69F00", "o"),
    "separated": ("#0072B2", "s"),
    "agile": ("#009E73", "D"),
    "pm_only": ("#CC79A7", "^"),
    "dm_only": ("#D55E00", "v"),
}
# Neither black nor grey is among the others: figures draw in these what is no structure's.
_FREE_LOOKS = (
    *(("#56B4E9", "P"), ("#5B5BD6", "X"), ("#A6C83C", "p"), ("#B8A000", "h")),
    *(("#7A3E9D", "*"), ("#8C510A", "<"), ("#01665E", ">"), ("#B2182B", "d")),
)


def blank(finding: str, source: str) -> Figure:
    """A figure with the finding as its title and, below, its source; what is drawn fills the rest."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(figsize=SIZE_INCHES, layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.1))
    lines = -(-len(finding) // LINE)
    finding = wrapped(finding, min(LINE, len(finding) // lines + 12))  # lines of like length
    figure.suptitle(plain(finding), x=0.012, ha="left", size=_TITLE, weight="bold")
    figure.supxlabel(plain(wrapped(source, LINE_BELOW)), x=0.012, ha="left", size=SMALL, color="#444444")
    return figure


def wrapped(text: str, width: int) -> str:
    """Text on lines of at most so many characters; a number and what belongs to it are on one line."""
    bound = _BOUND.sub(lambda found: found[0].replace(" ", NO_BREAK), text)
    return fill(bound, width).replace(NO_BREAK, " ")


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Write `figure` as PNG and as SVG into `folder`; the same figure gives the same bytes."""
    _settle(figure)
    paths = [folder / f"{name}.png", folder / f"{name}.svg"]
    with _quietly(), whole(paths[0]) as draft:
        figure.savefig(draft, dpi=160, format="png")
    write_whole(paths[1], sealed(svg(figure, name)))
    return paths


def svg(figure: Figure, name: str) -> bytes:
    """`figure` as SVG; the same figure and name give the same bytes."""
    import matplotlib

    _settle(figure)
    drawn = BytesIO()
    with _quietly(), matplotlib.rc_context({"svg.hashsalt": name}):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    return drawn.getvalue()


def _settle(figure: Figure) -> None:
    """Lay a figure out once, and not again for each file: that takes as long as drawing it.

    After that it has no layout engine at all, whatever the user's own settings: with one, even one that does
    nothing, each saving draws twice.
    """
    import matplotlib
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return
    with _quietly():
        figure.draw_without_rendering()
    with matplotlib.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)


@contextmanager
def _quietly() -> Iterator[None]:
    """Without a warning for a name in a script that the font lacks."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def looks(structures: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Colour and marker of each structure: fixed for the presets, by its name for any other.

    Those of another number of managers, which not every figure shows, leave all others their looks.
    """
    beside = {s for s in structures if any(s.startswith(f"{other} with ") for other in structures)}
    dealt = by_name(sorted(structures, key=lambda s: (s in beside, s)), LOOKS, _FREE_LOOKS)
    return {s: dealt[s] for s in structures}


def by_name(names: Sequence[str], fixed: Mapping[str, Look], free: Sequence[Look]) -> dict[str, Look]:
    """A look for each name: the one that is fixed, or else one of the free ones, by the name.

    So a name looks the same in every figure and scenario, but where two would look the same: then the later
    of `names` takes the next that is free.
    """
    found: dict[str, Look] = {}
    for name in names:
        first = crc32(name.encode()) % len(free)
        order = (*free[first:], *free[:first])
        left = [look for look in order if look not in found.values()]
        found[name] = fixed[name] if name in fixed else (left or order)[0]
    return found


def plain(text: str) -> str:
    """Text in which a dollar sign starts no formula, and nothing turns the direction of writing."""
    return legible(text).replace("$", r"\$")
