"""`rolecall check`: whether scenario files are fine."""

from __future__ import annotations

import os

from analysis.commands.exits import tell
from analysis.commands.options import Scenarios
from analysis.commands.scenarios import in_short, load_all


def check(scenarios: Scenarios) -> None:
    """Say if scenario files are fine, or all that is wrong.

    Also how much work there is for the members, where it arrives by chance, who
    is plainly offered more than they can do, what lies after the end, and which
    roles are idle.
    """
    from analysis.decision.ingredients import idle_roles
    from analysis.decision.overload import overloads
    from analysis.decision.plan_fit import misfits
    from analysis.questionnaire.questions import ESTIMATED_SHARE, share_estimated
    from sim.batch.memory import bytes_of_batch, megabytes, refusal

    for path, scenario in zip(scenarios, load_all(scenarios), strict=True):
        too_much = overloads(scenario)
        tell(f"{path}: {'no mistakes, but overloaded' if too_much else 'fine'} – {in_short(scenario)}")
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
