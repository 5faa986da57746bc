"""The atlas in words: rules that a board can read, and what they say of one organisation."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.change_atlas.chart import Map
from analysis.change_atlas.result import Atlas, Region
from analysis.change_atlas.rules import Condition, Rule
from analysis.change_atlas.traits import BY_TRAIT, IN_PERCENT, IN_PLURAL
from analysis.words.numbers import capital, listed, number, three_digits

EVERYBODY = "all organisations"
ON_AVERAGE = "on average, and no trait was found to turn that"
PLURAL = {"sprints"}
_FEW = 0.1
"""Shares below this are told with a decimal."""


def text(regions: Sequence[Region], organisations: int, chart: Map | None = None) -> str:
    """For whom each change pays, a line a change."""
    lines = [f"{capital(region.pays)}: {in_a_line(region, chart)}." for region in regions]
    return "\n".join([*lines, f"From {organisations:,} drawn organisations."])


def in_a_line(region: Region, chart: Map | None = None) -> str:
    """For whom a change pays, and how often that was right on organisations held out; what the map shows
    where no rule tells it.
    """
    told = [rule for rule in region.rules if rule.told != "not told"]
    if not told:
        mapped = on_the_map(chart, region).removesuffix(".").replace("*", "") if chart else ""
        return "no rule of a few conditions tells for whom" + (f"; o{mapped[1:]}" if mapped else "")
    said = [f"{verb(region, rule)} {_where(rule)} ({size(rule)})" for rule in told]
    if len(told) < len(region.rules):
        said.append("else no difference that could be told")
    right, tried = region.right
    held = f"; right on {100 * right:.0f} of 100 organisations held out ({tried:,} tried)" if tried else ""
    return "; ".join(said) + held


def verb(region: Region, rule: Rule) -> str:
    """What a rule says of a change, in the number of its name: splitting the roles `pays`, sprints `pay`."""
    return rule.told.removesuffix("s") if region.name in PLURAL else rule.told


def _where(rule: Rule) -> str:
    return f"where {condition_text(rule)}" if rule.conditions else ON_AVERAGE


def condition_text(rule: Rule) -> str:
    """The conditions of a rule, one after the other."""
    return listed([_said(each) for each in rule.conditions]) if rule.conditions else EVERYBODY


def _said(condition: Condition) -> str:
    way = "more than" if condition.above else "at most"
    verb = "are" if condition.trait in IN_PLURAL else "is"
    return f"the {BY_TRAIT[condition.trait]} {verb} {way} {border(condition.trait, condition.border)}"


def border(trait: str, value: float) -> str:
    """The value of a trait at which organisations are told apart: a share in percent, with a decimal where it
    is small, else two borders could read alike.
    """
    return f"{number(100 * value, 1 if value < _FEW else 0)}%" if trait in IN_PERCENT else three_digits(value)


def size(rule: Rule) -> str:
    """What a change brings organisations that meet a rule."""
    gain = rule.gain
    low, high = (number(100 * end, 1, signed=True) or "0" for end in (gain.low, gain.high))
    return f"{number(100 * gain.mean, 1, signed=True)}% of what the people cost; {low} to {high}"


def on_the_map(chart: Map, region: Region) -> str:
    """How much of the map is whose: `of 9 parts, separated is ahead in 4 (1 surely), merged in none; …`."""
    told: list[str] = [tile.told for tile in chart.tiles[region.name]]
    shares = [
        f"*{name}* is ahead in {_parts(sum(each.endswith(word) for each in told), told.count(sure))}"
        for name, word, sure in ((region.arm, "pays", "pays"), (region.less, "costs", "costs"))
    ]
    untold = told.count("not told")
    rest = f"; of {untold} it is not told" if untold else ""
    return f"Of {len(told)} parts of the map, {' and '.join(shares)}{rest}."


def _parts(many: int, surely: int) -> str:
    if not many:
        return "none"
    return f"{many} ({'all' if surely == many else surely or 'none'} of them surely)"


_RIGHT = "right for "


def like_yours(atlas: Atlas, traits: dict[str, float]) -> str:
    """What the rules that an organisation meets say, in a line."""
    parts = []
    for region in atlas.regions:
        rule = next(rule for rule in region.rules if rule.meets(traits))
        parts.append(f"{region.pays} {_verb(rule, region.name in PLURAL)}")
    known = (
        "; right for so many of 100 organisations that it was not learnt from"
        if _RIGHT in "".join(parts)
        else ""
    )
    return f"On average over organisations like yours, with every assumption drawn: {listed(parts)}{known}."


def _verb(rule: Rule, many: bool) -> str:
    if rule.told == "not told":
        return f"{'make' if many else 'makes'} no difference that could be told"
    mean = number(100 * abs(rule.gain.mean), 1)
    held = f", {_RIGHT}{100 * rule.right:.0f}" if rule.right is not None else ""
    verb = rule.told.removesuffix("s") if many else rule.told
    return f"{verb} ({mean}% of what the people cost{held})"
