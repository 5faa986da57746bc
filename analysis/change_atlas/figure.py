"""The chart of the atlas: a map for each change, over the same two traits, of the design that is ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.change_atlas.chart import FEWEST_IN_A_PART, THIRDS, Map, Tile
from analysis.change_atlas.result import Atlas, Region
from analysis.change_atlas.rules import side_of
from analysis.change_atlas.traits import BY_TRAIT
from analysis.change_atlas.words import PLURAL, border
from analysis.figures.looks import LOOKS, SMALL, TEXT, blank, looks, plain, wrapped
from analysis.words.numbers import capital, listed, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SURE_WORDS = ("pays", "costs")
"""What is surely said of a change, as a title has it."""

_PALE = 0.65
"""How much white is in the colour of a design that is only probably ahead."""

_LONGEST_LINE = 34


def atlas_figure(atlas: Atlas) -> Figure:
    """A map for each change: its tiles in the colour of the structure that is ahead there.

    Raises ValueError for an atlas without a map.
    """
    chart = atlas.chart
    if chart is None:
        raise ValueError("this atlas was made without a map; make it anew")
    figure = blank(_title(atlas), _below(atlas))
    grid = figure.add_gridspec(2, len(atlas.regions), height_ratios=(9, 1))
    panels = [figure.add_subplot(grid[0, place]) for place in range(len(atlas.regions))]
    colours = _colours(atlas)
    for axes, region in zip(panels, atlas.regions, strict=True):
        for tile in chart.tiles[region.name]:
            _draw(axes, tile, _ahead(region, tile), colours)
        _frame(axes, chart, region)
    panels[0].set_ylabel(wrapped(capital(BY_TRAIT[chart.up]), _LONGEST_LINE), size=SMALL)
    for axes in panels[1:]:
        axes.tick_params(labelleft=False)
    _legend(figure.add_subplot(grid[1, :]), colours)
    return figure


def _colours(atlas: Atlas) -> dict[str, str]:
    """The colour of each structure, as in all other figures."""
    names = dict.fromkeys(name for region in atlas.regions for name in (region.less, region.arm))
    return {name: look[0] for name, look in looks([*LOOKS, *names]).items() if name in names}


def _ahead(region: Region, tile: Tile) -> str:
    """The structure that is ahead in a tile; "" where that is not told."""
    return {1: region.arm, -1: region.less}.get(side_of(tile.told), "")


def _draw(axes: Any, tile: Tile, ahead: str, colours: dict[str, str]) -> None:
    """A tile, with what the change brings: full where it is sure, pale and hatched where it is probable."""
    from matplotlib.colors import to_rgb
    from matplotlib.patches import Rectangle

    sure = tile.told in _SURE_WORDS
    full = colours.get(ahead, "#FFFFFF")
    pale = tuple(_PALE + (1 - _PALE) * part for part in to_rgb(full))
    hatched: dict[str, Any] = {"hatch": "//", "edgecolor": full} if ahead and not sure else {}
    place = (tile.across, tile.up)
    axes.add_patch(Rectangle(place, 1, 1, facecolor=full if sure else pale, lw=0, **hatched))
    axes.add_patch(Rectangle(place, 1, 1, facecolor="none", edgecolor="#888888", lw=0.8))
    box = {"facecolor": "white", "edgecolor": "none", "pad": 2, "alpha": 0.85} if ahead else None
    middle = tile.across + 0.5, tile.up + 0.5
    axes.text(*middle, _said(tile), bbox=box, ha="center", va="center", size=SMALL)


def _said(tile: Tile) -> str:
    """What stands in a tile: the mean gain and how sure it is."""
    if tile.gain.futures < FEWEST_IN_A_PART:
        return "too few"
    sure = {"pays": "surely", "costs": "surely", "not told": "not told"}.get(tile.told, "probably")
    return f"{number(100 * tile.gain.mean, 1, signed=True)}%\n{sure}"


def _frame(axes: Any, chart: Map, region: Region) -> None:
    axes.set_xlim(0, THIRDS)
    axes.set_ylim(0, THIRDS)
    for axis, name in ((axes.xaxis, chart.across), (axes.yaxis, chart.up)):
        axis.set_ticks(range(THIRDS + 1), [border(name, value) for value in chart.borders[name]])
    axes.tick_params(labelsize=SMALL, length=3)
    axes.spines[:].set_visible(False)
    axes.set_xlabel(wrapped(capital(BY_TRAIT[chart.across]), _LONGEST_LINE), size=SMALL)
    arms = f"“{region.arm}” against “{region.less}”"
    axes.set_title(plain(f"{capital(region.pays)}\n{arms}"), size=TEXT, loc="left")


def _legend(axes: Any, colours: dict[str, str]) -> None:
    from matplotlib.patches import Patch

    ahead = [Patch(facecolor=colour, label=plain(f"{name}: ahead")) for name, colour in colours.items()]
    how = [
        Patch(facecolor="#777777", label="full: surely"),
        Patch(facecolor="#DDDDDD", edgecolor="#777777", hatch="//", lw=0, label="pale, hatched: probably"),
        Patch(facecolor="white", edgecolor="#888888", label="white: not told"),
    ]
    axes.set_axis_off()
    axes.legend(handles=[*ahead, *how], loc="center", ncols=4, frameon=False, fontsize=SMALL)


def _title(atlas: Atlas) -> str:
    """Which changes surely pay or cost, and for whom: `Splitting the roles pays for some kinds of …`."""
    said = [
        f"{region.pays} {word.removesuffix('s') if region.name in PLURAL else word} {_whom(region)}"
        for word in _SURE_WORDS
        for region in atlas.regions
        if any(rule.told == word for rule in region.rules)
    ]
    return capital(listed(said)) or "No change surely pays, or costs, for any kind of organisation"


def _whom(region: Region) -> str:
    return "on average" if len(region.rules) == 1 else "for some kinds of organisation"


def _below(atlas: Atlas) -> str:
    return (
        "Gain in % of what the people cost, the mean over the organisations in a part, of "
        f"{atlas.organisations:,} drawn ({atlas.left_out:,} collapse and are left out), each in four "
        "futures, assumptions drawn with them. Each trait is cut into thirds of the organisations. Surely: a "
        "mean beyond 1%, and on one side of nothing by an interval that holds with all others here (95%); "
        "probably: by the part's alone."
    )
