"""What an answer rests on, planted: comparisons, doubts and shares as they would come out of runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from analysis.decision import cautions, detail, lines
from analysis.decision import sentences as say
from analysis.decision.assumption_doubt import Doubted
from analysis.decision.change_cost import Changing
from analysis.decision.designs import Design
from analysis.decision.gain_breakdown import Beside
from analysis.decision.grounds import Grounds
from analysis.decision.headcount import HeadCount
from analysis.decision.mechanisms import Mechanisms
from analysis.decision.naming import RolesAlone
from analysis.decision.shares import Share, Shares
from analysis.decision.verdict import verdict
from analysis.statistics.compare import Comparison, Estimate
from analysis.statistics.doubt import Driver
from analysis.statistics.selection import Selection
from sim.scenario.structures import PRESETS

NET, POINTS = "net_value_a_year", "objective"
UP, DOWN, OPEN = Estimate(3e5, 2e5, 4e5, 400), Estimate(-3e5, -4e5, -2e5, 400), Estimate(1e4, -4e4, 6e4, 400)
ZERO, SMALL = Estimate(0.0, 0.0, 0.0, 400), Estimate(1e4, 5e3, 1.5e4, 400)
ALONE = Estimate(3e5, float("-inf"), float("inf"), 1)


def compared(gain: Estimate = UP, *, wins: float = 0.85, objective: str = NET, **more: Any) -> Comparison:
    """Separated against merged: its gain, and other differences and levels as given by outcome."""
    differences = {objective: gain, **more.get("differences", {})}
    return Comparison(
        scenario="Agency",
        structures=("merged", "separated", *more.get("others", ())),
        current="merged",
        objective=objective,
        outcomes=tuple(differences),
        futures=gain.futures,
        dropped=more.get("dropped", 0),
        levels={(name, s): e for name, e in more.get("levels", {}).items() for s in ("merged", "separated")},
        differences={(name, "separated"): each for name, each in differences.items()}
        | {(objective, other): each for other, each in more.get("others", {}).items()},
        spreads=dict.fromkeys(differences, 1.0),
        best_share={"merged": 1 - wins, "separated": wins} | dict.fromkeys(more.get("others", ()), 0.0),
        win_share={"separated": wins} | dict.fromkeys(more.get("others", ()), 0.1),
        lived={"merged": gain.futures, "separated": gain.futures} | more.get("lived", {}),
    )


def level(value: float) -> Estimate:
    return Estimate(value, value, value, 400)


def selected(answer: str = "move", gain: Estimate = UP, **more: Any) -> Selection:
    """What was selected from the same futures."""
    said = Selection(
        current="merged",
        best="separated",
        answer=answer,  # type: ignore[arg-type]
        futures=400,
        more=0,
        survivors=("separated",),
        left_out={},
        known_at=400,
        differences={"separated": gain},
        so_far={"separated": gain},
        delta=5e4,
        confidence=0.95,
    )
    return replace(said, **more)


DRIVER = Driver("patience", 0.4, Estimate(3.1, 2.4, 4.0, 200), 5.0)


def doubted(*drivers: Driver, **more: Any) -> Doubted:
    said = Doubted(200, 0, {"separated": UP}, {"separated": 0.7}, {"separated": drivers})
    return replace(said, **more)


def beside(**more: Any) -> Beside:
    return replace(Beside(ZERO, level(900.0), level(-40.0), 32.5, 130.0, UP, UP, {}), **more)


FLIPS = beside(at_nothing=DOWN, at_most=UP)
UNSURE = beside(at_nothing=OPEN, at_most=UP)


def heads(ours: Mapping[int, Estimate], theirs: Mapping[int, Estimate]) -> HeadCount:
    return HeadCount("merged", "separated", 6, 100, {"merged": ours, "separated": theirs}, UP)


SIX_IS_BEST = heads({5: DOWN, 6: ZERO, 7: DOWN}, {5: ZERO, 6: UP, 7: ZERO})
SEVEN_IS_BEST = heads({6: ZERO, 7: SMALL}, {6: UP, 7: DOWN})


def shares(structure: str, *parts: tuple[str, Estimate], whole: Estimate = DOWN) -> Shares:
    of = tuple(Share(ingredient, "in sprints", gain) for ingredient, gain in parts)
    return Shares(structure, of, whole, True)


def explained(*of: Shares) -> Grounds:
    return Grounds("merged", "separated", of, None)


def brought(gain: Estimate, **brings: Estimate) -> Mechanisms:
    return Mechanisms(gain, brings, ZERO)


def why(
    gain: Estimate = UP,
    accounts: Mapping[str, Estimate] | None = None,
    found: Mechanisms | None = None,
    **differences: Estimate,
) -> str:
    own = beside(accounts=accounts or {})
    return lines.why_so(compared(gain, differences=differences), "separated", own, found)


def accounted(item: str, gain: Estimate) -> str:
    """Why, where one item of money is as given beside a larger one."""
    other = "projects" if item != "projects" else "services"
    return why(accounts={item: gain, other: Estimate(2e6, 1.9e6, 2.1e6, 400)})


def asked(**changed: object) -> str:
    """The question and what doing so is called, where one ingredient of merged is changed."""
    structure = replace(PRESETS["merged"], name="new", **changed)  # type: ignore[arg-type]
    design = Design(structure, tuple(changed)[:1], False)
    return " ".join(lines.wording("merged", "new", design))


ROOM = {"intake": "when there is room", "intake_limit": 2}


def to(current: str, challenger: str) -> str:
    return " ".join(lines.wording(current, challenger))


def roles(gain: Estimate, best: str = "x", today: str = "y") -> str:
    alone = RolesAlone("separated", best, today, gain)
    return lines.of_the_roles(alone, compared(), "separated", 5e4)


def plainer(answer: Any, comparison: Comparison, selection: Selection | None = None) -> str:
    chosen = selection or selected()
    return say.why_not_plainer(answer, comparison, "separated", chosen)


def opened(answer: Any, more: int = 0) -> str:
    return say.opening(compared(), answer, selected(more=more), "separated")


def warned(**more: Any) -> str:
    return cautions.warnings(compared(**more), "separated", more.get("doubt"))


def cost(once: Estimate, days: float | None = 200.0) -> str:
    return lines.price_of_changing(Changing(once, days))


def once(gain: Estimate) -> str:
    return detail.once(beside(once=gain), compared(), "separated")


def change_it(doubt: Doubted | None, own: Beside | None = None, gain: Estimate = UP) -> str:
    return lines.what_would_change_it(compared(gain), "separated", doubt, own)


def whole(comparison: Comparison, selection: Selection | None, **more: Any) -> str:
    said = verdict(comparison, selection, managers=6, **more)
    return f"{said.question} {said.whole}"


class Said(NamedTuple):
    """`words` of a sentence; a text in which they are `shown`, and one in which they must be `hidden`."""

    words: str
    shown: str
    hidden: str
