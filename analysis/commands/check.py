"""`rolecall check`: whether scenario files are fine, and whether their organisations are like others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from analysis.commands.exits import say, tell
from analysis.commands.options import Scenarios
from analysis.commands.printing import terminal
from analysis.commands.scenarios import in_short, load_all

if TYPE_CHECKING:
    from analysis.resemblance.result import Resemblance
    from sim.scenario import Scenario


def check(scenarios: Scenarios) -> None:
    """Say if scenario files are fine, or all that is wrong.

    Lives through a few futures of each, and holds today's organisation beside
    what is published and what the file says of last year. Also what lies after
    the end, which roles are idle, and on what published definitions are silent.
    """
    from analysis.decision.ingredients import idle_roles
    from analysis.decision.plan_facts import plan_facts
    from analysis.decision.plan_fit import misfits
    from analysis.questionnaire.questions import ESTIMATED_SHARE, share_estimated
    from analysis.resemblance.table import print_resemblance
    from analysis.words.sources import parts_of_posts, told_of_sources
    from sim.batch.memory import bytes_of_batch, megabytes, refusal

    for path, scenario in zip(scenarios, load_all(scenarios), strict=True):
        found = _looked_at(scenario)
        too_much = [] if found else _offered(scenario)
        tell(f"{path}: {_verdict(found, too_much)} – {in_short(scenario)}")
        for sentence in plan_facts(scenario):
            tell(f"{path}: {sentence}")
        share = share_estimated(scenario)
        if share is not None:
            work = f"what arrives is estimated at {share:.0%} of the members' paid hours"
            tell(f"{path}: {work} (organisations busy with projects: about {ESTIMATED_SHARE:.0%})")
        memory = megabytes(bytes_of_batch(scenario, os.cpu_count() or 1))
        tell(f"{path}: a batch takes about {memory} of memory")
        if unfit := refusal(scenario):
            tell(f"{path}: warning: {unfit}")
        for sentence in too_much:
            tell(f"{path}: warning: {sentence}; it will pile up or go elsewhere")
        for sentence in (*misfits(scenario), *idle_roles(scenario)):
            tell(f"{path}: warning: {sentence}")
        for sentence in (*told_of_sources(scenario), *parts_of_posts(scenario)):
            tell(f"{path}: note: {sentence}")
        if found:
            tell()
            print_resemblance(terminal(), found)
            tell()


def _looked_at(scenario: Scenario) -> Resemblance | None:
    """Today's organisation beside others; None where it is too large for that, or this process too small."""
    from sim.batch.memory import without_room

    if without_room():
        return None
    from analysis.resemblance.ask import is_this_you
    from sim.clocks.simulate import ensure_compiled

    ensure_compiled(notify=say)
    return is_this_you(scenario)


def _offered(scenario: Scenario) -> list[str]:
    """Who is plainly offered more than they can do, where there was no look at it."""
    from analysis.resemblance.offered_work import overloads

    return overloads(scenario)


def _verdict(found: Resemblance | None, too_much: list[str]) -> str:
    """Whether a sound scenario is one of an organisation that lives."""
    if found is not None and found.doomed:
        return "no mistakes, but it would not survive"
    if found is not None and found.growing:
        return "no mistakes, but open work grows without end"
    return "no mistakes, but overloaded" if too_much else "fine"
