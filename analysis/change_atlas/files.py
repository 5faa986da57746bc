"""What the atlas leaves on disk, and the one that comes with Rolecall."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from analysis.change_atlas import words
from analysis.change_atlas.chart import Map, Tile
from analysis.change_atlas.result import Atlas, Region
from analysis.change_atlas.rules import Condition, Rule
from analysis.figures.looks import save
from analysis.statistics.compare import Estimate
from sim.batch.results import writing
from sim.safety.facts_file import as_text, read_facts, write_whole

SHIPPED = Path(__file__).parent / "shipped.json"
"""The atlas that comes with Rolecall: `python -m analysis.change_atlas.files RESULTS` puts one there."""


def keep(atlas: Atlas) -> Atlas:
    """Write facts and chart into the atlas's folder, and give it with these files and its words."""
    from analysis.change_atlas.figure import atlas_figure

    atlas = replace(atlas, text=words.text(atlas.regions, atlas.organisations, atlas.chart))
    facts = atlas.folder / "atlas.json"
    with writing(atlas.folder):
        atlas.folder.mkdir(parents=True, exist_ok=True)
        write_whole(facts, as_text(content(atlas)))
        figures = save(atlas_figure(atlas), atlas.folder, "atlas")
    return replace(atlas, files=(facts, *figures))


def content(atlas: Atlas) -> dict[str, Any]:
    """The atlas as plain values."""
    regions = [
        {
            **{key: getattr(region, key) for key in ("name", "pays", "arm", "less")},
            "rules": [_plain(rule) for rule in region.rules],
        }
        for region in atlas.regions
    ]
    plain = {key: getattr(atlas, key) for key in ("organisations", "left_out", "model", "text")}
    return {**plain, "regions": regions, "chart": _plain_map(atlas.chart)}


def _plain_map(chart: Map | None) -> dict[str, Any] | None:
    if chart is None:
        return None
    tiles = {change: [_plain_tile(tile) for tile in of_it] for change, of_it in chart.tiles.items()}
    return {"across": chart.across, "up": chart.up, "borders": chart.borders, "tiles": tiles}


def _plain_tile(tile: Tile) -> dict[str, Any]:
    return {"across": tile.across, "up": tile.up, "gain": _plain_gain(tile.gain), "told": tile.told}


def _plain_gain(gain: Estimate) -> dict[str, float]:
    return {"mean": gain.mean, "low": gain.low, "high": gain.high, "of": gain.futures}


def _plain(rule: Rule) -> dict[str, Any]:
    told = {"told": rule.told, "tried": rule.tried, "right": rule.right}
    return {"if": [asdict(each) for each in rule.conditions], "gain": _plain_gain(rule.gain), **told}


def read(path: Path = SHIPPED) -> Atlas | None:
    """The atlas in a file; None where there is none. Raises DamagedFile."""
    if not path.is_file():
        return None
    facts = read_facts(path)
    regions = tuple(
        Region(each["name"], each["pays"], each["arm"], each["less"], tuple(map(_rule, each["rules"])))
        for each in facts["regions"]
    )
    many, left_out, model = (facts[key] for key in ("organisations", "left_out", "model"))
    return Atlas(regions, many, left_out, model, path.parent, _map(facts.get("chart")), facts["text"])


def _map(plain: Mapping[str, Any] | None) -> Map | None:
    if plain is None:
        return None
    borders = {name: tuple(values) for name, values in plain["borders"].items()}
    tiles = {change: tuple(map(_tile, of_it)) for change, of_it in plain["tiles"].items()}
    return Map(plain["across"], plain["up"], borders, tiles)


def _tile(plain: Mapping[str, Any]) -> Tile:
    return Tile(plain["across"], plain["up"], _gain(plain["gain"]), plain["told"])


def _gain(plain: Mapping[str, Any]) -> Estimate:
    return Estimate(plain["mean"], plain["low"], plain["high"], plain["of"])


def _rule(plain: Mapping[str, Any]) -> Rule:
    return Rule(
        tuple(Condition(**each) for each in plain["if"]),
        _gain(plain["gain"]),
        plain["told"],
        plain["tried"],
        plain["right"],
    )


def main(arguments: Sequence[str]) -> None:
    """Put the atlas of a folder of results in the place of the one that comes with Rolecall."""
    write_whole(SHIPPED, as_text(read_facts(Path(arguments[0]) / "atlas.json")))


if __name__ == "__main__":
    main(sys.argv[1:])
