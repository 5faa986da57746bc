"""Which figures a folder of results can have, drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.plots.histories import histories
from analysis.results.material import Material
from analysis.statistics.compare import Comparison, no_future

if TYPE_CHECKING:
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
    "flow": "How work flows over time, from futures of the batch that were run again day by day.",
    "attention": "Where managers' attention goes, by duty and by the role that holds it, and how long "
    "matters of each duty wait until a manager takes them up.",
    "sweep": "What each other structure adds to the one of today as this key of the scenario changes.",
}


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


def draw(material: Material) -> tuple[list[Drawn], list[str]]:
    """Every figure that the results allow, and a line for each that they do not."""
    if material.varied:
        return list(_of_sweep(material)), []
    assert material.judgement is not None and material.verdict is not None
    comparison, missing = material.judgement.alike, []
    if not comparison.futures:
        return [], [f"no figure: {no_future(comparison.objective)}"]
    if len(comparison.structures) > _MOST_STRUCTURES:
        comparison = leading(comparison, _MOST_STRUCTURES)
        missing.append(f"figures show the {_MOST_STRUCTURES} structures that are best by the mean")
    drawn = list(_of_comparison(material, comparison))
    if not comparison.others:
        missing.append("decision, outcomes, odds: only one structure was run, so there is nothing to compare")
    elif comparison.futures == 1:
        missing.append("outcomes, odds: one future alone has no spread and no odds")
    flow = _flow(material, comparison)
    if flow is None:
        why = "the model or the plan files have changed"
        if material.manifest.get("plan_folder"):
            why += ", or the files are not there as seen from this folder"
        missing.append(f"flow: these futures cannot be run again; {why}")
    return [*drawn, *([flow] if flow else []), _attention(material, comparison)], missing


def leading(comparison: Comparison, most: int) -> Comparison:
    """The same comparison with the current structure and the best of the others, as they stood before."""
    others = sorted(comparison.others, key=lambda s: -comparison.gain(s).mean)[: most - 1]
    chosen = tuple(s for s in comparison.structures if s == comparison.current or s in others)
    best = {s: comparison.best_share[s] for s in chosen}
    wins = {s: comparison.win_share[s] for s in chosen if s != comparison.current}
    return replace(comparison, structures=chosen, best_share=best, win_share=wins)


def _of_comparison(material: Material, comparison: Comparison) -> Iterator[Drawn]:
    """The figures of differences, if there are two structures to compare."""
    from analysis.decision.figure import decision_figure
    from analysis.plots.distributions import outcomes_figure
    from analysis.plots.odds import odds_figure

    if not comparison.others or material.verdict is None:
        return
    assert material.judgement is not None
    results = material.alike[material.alike["structure"].isin(comparison.structures)]
    managers, shown = material.scenario.managers, comparison.with_beside(material.judgement.unequal)
    drawn = material.results[material.results["structure"].isin(shown.structures)]
    yield _drawn("decision", decision_figure(drawn, shown, material.verdict, managers=managers))
    if comparison.futures == 1:
        return
    yield _drawn("outcomes", outcomes_figure(results, comparison))
    yield _drawn("odds", odds_figure(results, comparison))


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
        services=served is not None and served.count > 0,
    )
    return _drawn("flow", figure)


def _attention(material: Material, comparison: Comparison) -> Drawn:
    from analysis.plots.attention import MOST, attention_figure

    shown = comparison if len(comparison.structures) <= MOST else leading(comparison, MOST)
    known = {structure.name: structure for structure in material.scenario.all_structures()}
    figure = attention_figure(comparison, known, years=material.years, chosen=shown.structures)
    return _drawn("attention", figure)


def _of_sweep(material: Material) -> Iterator[Drawn]:
    """A figure for each varied key, numbered, for a key is no name for a file."""
    from analysis.sweeps.figure import sweep_figure
    from analysis.sweeps.slopes import steps
    from analysis.tipping_points.axes import counts
    from analysis.words.keys import labels_of

    scenario = material.scenario
    names, objective = scenario.structure_names, scenario.judged_by
    told = labels_of(material.varied)
    for number, key in enumerate(material.varied, start=1):
        found = steps(material.results, key, scenario.current, objective)
        if found:
            figure = sweep_figure(
                found,
                told[key],
                scenario=scenario.name,
                current=scenario.current,
                structures=names,
                objective=objective,
                others=[told[other] for other in material.varied if other != key],
                counted=counts(key),
            )
            yield Drawn(f"sweep-{number}", figure, CAPTIONS["sweep"])


def _drawn(name: str, figure: Figure) -> Drawn:
    return Drawn(name, figure, CAPTIONS[name])
