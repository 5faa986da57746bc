"""Which figures a folder of results can have, drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from analysis.plots.histories import histories
from analysis.results.folder_contents import Material
from analysis.statistics.compare import Comparison, no_future

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_MOST_STRUCTURES = 8
"""Structures that can be told apart in one figure."""

CAPTIONS = {
    "decision": "What each other structure adds to the one of today. Each future is lived through under "
    "every structure, with the same projects, people and events: differences come from the structure.",
    "outcomes": "How the differences are spread over the futures. The mean says what to expect on average, "
    "the outer lines what one future in ten undercuts or exceeds.",
    "odds": "How often each structure comes out ahead, and by how much. The curve is read from below: at a "
    "gain, it tells in how many of 100 futures at least so much is gained.",
    "flow": "How work flows over time, from futures of the batch that were run again day by day: above, "
    "today's structure; below, what each other one has more or less in the same future.",
    "attention": "Where managers' attention goes, by duty and by the role that holds it, and how long "
    "matters of each duty wait until a manager takes them up.",
    "sweep": "What each other structure adds to the one of today as this key of the scenario changes.",
    "curve": "What comes of today's structure as this key of the scenario changes.",
}


FLOW = "flow"

MEANWHILE = {
    "decision": "the decision",
    "outcomes": "the spread of outcomes",
    "odds": "the odds",
    FLOW: "the flow of work, from futures that are run again day by day",
    "attention": "managers' attention",
}
"""What each figure is called while it is drawn."""


@dataclass(frozen=True)
class Drawn:
    """A figure with the name of its files and a caption."""

    name: str
    figure: Figure
    caption: str

    @property
    def finding(self) -> str:
        """The figure's title, which says what it shows, on one line."""
        return " ".join(self.figure.get_suptitle().replace(r"\$", "$").split())


@dataclass(frozen=True)
class _Planned:
    """A figure to be drawn: the name of its files, what to call it till then, and what draws it."""

    name: str
    called: str
    draw: Callable[[], Drawn | None]


SayNext = Callable[[str], None]


def draw(
    material: Material, tell: SayNext = lambda line: None, *, first: bool = False
) -> tuple[list[Drawn], list[str]]:
    """Every figure that the results allow, or the `first` alone, and a line for each that they do not.

    `tell` is told which figure comes next.
    """
    planned, missing = _planned(material)
    planned = planned[:1] if first else planned
    drawn = []
    for number, each in enumerate(planned, start=1):
        tell(f"figure {number} of {len(planned)}: {each.called}")
        figure = each.draw()
        if figure is not None:
            drawn.append(figure)
        elif each.name == FLOW:
            missing.append(_why_no_flow(material))
    return drawn, missing


def _planned(material: Material) -> tuple[list[_Planned], list[str]]:
    """The figures that are to be drawn, and why others are not."""
    if material.varied:
        return list(_of_sweep(material)), []
    assert material.judgement is not None and material.verdict is not None
    comparison, missing = material.judgement.alike, []
    if not comparison.futures:
        return [], [f"no figure: {no_future(comparison.objective)}"]
    if len(comparison.structures) > _MOST_STRUCTURES:
        comparison = leading(comparison, _MOST_STRUCTURES)
        missing.append(f"figures show the {_MOST_STRUCTURES} structures that are best by the mean")
    if not comparison.others:
        missing.append("decision, outcomes, odds: only one structure was run, so there is nothing to compare")
    elif comparison.futures == 1:
        missing.append("outcomes, odds: one future alone has no spread and no odds")
    planned = [*_of_comparison(material, comparison)]
    planned.append(_Planned(FLOW, MEANWHILE[FLOW], lambda: _flow(material, comparison)))
    planned.append(_Planned("attention", MEANWHILE["attention"], lambda: _attention(material, comparison)))
    return planned, missing


def _why_no_flow(material: Material) -> str:
    why = "the model or the plan files have changed"
    if material.manifest.get("plan_folder"):
        why += ", or the files are not there as seen from this folder"
    return f"{FLOW}: these futures cannot be run again; {why}"


def leading(comparison: Comparison, most: int) -> Comparison:
    """The same comparison with the current structure and the best of the others, as they stood before."""
    others = sorted(comparison.others, key=lambda s: -comparison.gain(s).mean)[: most - 1]
    chosen = tuple(s for s in comparison.structures if s == comparison.current or s in others)
    best = {s: comparison.best_share[s] for s in chosen}
    wins = {s: comparison.win_share[s] for s in chosen if s != comparison.current}
    return replace(comparison, structures=chosen, best_share=best, win_share=wins)


def _of_comparison(material: Material, comparison: Comparison) -> Iterator[_Planned]:
    """The figures of differences, if there are two structures to compare."""
    if not comparison.others:
        return
    drawings = {"decision": _decision, "outcomes": _outcomes, "odds": _odds}
    for name, drawing in islice(drawings.items(), 1 if comparison.futures == 1 else None):
        yield _Planned(name, MEANWHILE[name], partial(_drawn_by, drawing, name, material, comparison))


def _drawn_by(
    drawing: Callable[[Material, Comparison], Figure], name: str, material: Material, comparison: Comparison
) -> Drawn:
    return _drawn(name, drawing(material, comparison))


def _decision(material: Material, comparison: Comparison) -> Figure:
    from analysis.decision.figure import decision_figure

    assert material.judgement is not None and material.verdict is not None
    shown = comparison.with_beside(material.judgement.unequal)
    drawn = material.results[material.results["structure"].isin(shown.structures)]
    return decision_figure(drawn, shown, material.verdict, managers=material.scenario.managers)


def _outcomes(material: Material, comparison: Comparison) -> Figure:
    from analysis.plots.distributions import outcomes_figure

    return outcomes_figure(_results(material, comparison), comparison)


def _odds(material: Material, comparison: Comparison) -> Figure:
    from analysis.plots.odds import odds_figure

    return odds_figure(_results(material, comparison), comparison)


def _results(material: Material, comparison: Comparison) -> pd.DataFrame:
    return material.alike[material.alike["structure"].isin(comparison.structures)]


def _flow(material: Material, comparison: Comparison) -> Drawn | None:
    from analysis.plots.flow import flow_figure

    days = histories(material)
    if days is None:
        return None
    scenario = material.scenario
    lived = set(days["structure"])
    structures = [s for s in comparison.structures if s in lived]
    served = scenario.portfolio.services
    figure = flow_figure(
        days,
        scenario.name,
        structures,
        managers=scenario.managers,
        current=scenario.current,
        services=served is not None and served.count > 0,
    )
    return _drawn(FLOW, figure)


def _attention(material: Material, comparison: Comparison) -> Drawn:
    from analysis.plots.attention import MOST_STRUCTURES, attention_figure

    shown = (
        comparison if len(comparison.structures) <= MOST_STRUCTURES else leading(comparison, MOST_STRUCTURES)
    )
    known = {structure.name: structure for structure in material.scenario.all_structures()}
    figure = attention_figure(comparison, known, years=material.years, chosen=shown.structures)
    return _drawn("attention", figure)


def _of_sweep(material: Material) -> Iterator[_Planned]:
    """A figure for each varied key, numbered, for a key is no name for a file."""
    from analysis.words.keys import labels_of

    told = labels_of(material.varied)
    for number, key in enumerate(material.varied, start=1):
        yield _Planned(f"sweep-{number}", told[key], partial(_along, material, key, f"sweep-{number}"))


def _along(material: Material, key: str, name: str) -> Drawn | None:
    """What a varied key changes; None where no future could be compared."""
    from analysis.sweeps.curves import curve_over
    from analysis.sweeps.figure import sweep_figure
    from analysis.sweeps.slopes import steps
    from analysis.tipping_points.movable import counts
    from analysis.words.keys import labels_of

    scenario, told = material.scenario, labels_of(material.varied)
    if len(scenario.structure_names) == 1:
        figure = curve_over(material.results, key, scenario.judged_by, scenario, material.varied)
        return Drawn(name, figure, CAPTIONS["curve"])
    found = steps(material.results, key, scenario.current, scenario.judged_by)
    if not found:
        return None
    figure = sweep_figure(
        found,
        told[key],
        scenario=scenario.name,
        current=scenario.current,
        structures=scenario.structure_names,
        objective=scenario.judged_by,
        others=[told[other] for other in material.varied if other != key],
        counted=counts(key),
    )
    return Drawn(name, figure, CAPTIONS["sweep"])


def _drawn(name: str, figure: Figure) -> Drawn:
    return Drawn(name, figure, CAPTIONS[name])
