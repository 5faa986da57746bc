"""One run, told: what happened, who waited for whom, and why each project took as long as it did.

    trace("scenarios/scaleup.yaml", "merged", 3).causes

One run is one future. It shows how an organisation comes to its outcomes, not how often: for that, `decide`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.story.result import Trace
from sim.scenario import Scenario, load

if TYPE_CHECKING:
    import pandas as pd

    from sim.recording.recorder import Recording


def trace(
    scenario: Scenario | str | Path,
    structure: str | None = None,
    replication: int = 0,
    *,
    seed: int | None = None,
    agents: Mapping[str, type[Any]] | None = None,
) -> Trace:
    """Run one replication under one structure (default: the current one), and tell it.

    It is the run of that number in a batch of the same scenario and seed, bit for bit; or what it would have
    been with `agents` of one's own, as `sim.DeliveryOrganisation` takes them. Raises KeyError for a
    structure that the scenario does not compare, ValueError for a negative replication.
    """
    if replication < 0:
        raise ValueError(f"replications count from 0, so there is no {replication}")
    given = scenario if isinstance(scenario, Scenario) else load(scenario)
    if seed is not None:
        given = given.with_changes({"seed": seed})
    from analysis.story.summary import headline
    from sim.outcomes.reduce import reduce_run
    from sim.recording import tables
    from sim.recording.names import Names
    from sim.recording.recorder import record

    recording = record(given, structure or given.current, replication, agents)
    names = Names(recording)
    came = tables.explained(recording)
    events, log = _told(recording)
    told = Trace(
        scenario=given,
        structure=recording.model.structure.name,
        replication=replication,
        agents=dict(agents or {}),
        events=events,
        log=log,
        projects=tables.projects_table(recording, names, came),
        causes=tables.causes_table(recording, names, came),
        bound=tables.bound_table(recording, names, came),
        trays=tables.trays_table(recording, names),
        hours=tables.hours_table(recording, names),
        outcomes=reduce_run(recording.model.tables()),
        recording=recording,
    )
    return replace(told, text=headline(told))


def _told(recording: Recording) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The events as a table, and as lines; in the order of their days."""
    import pandas as pd

    from analysis.story.words import DAILY_BUSINESS, Words

    words = Words(recording)
    first_task = [project.first_task for project in recording.world.projects]
    rows, lines = [], []
    for event in sorted(recording.events, key=lambda e: e.day):
        in_log = event.kind not in DAILY_BUSINESS
        if in_log:
            lines.append(words.line(event))
        task = None if event.task < 0 else event.task - first_task[event.project] + 1
        rows.append(
            {
                "day": event.day,
                "kind": event.kind,
                "project": None if event.project < 0 else event.project + 1,
                "task": task,
                "amount": event.amount,
                "in_log": in_log,
                "words": f"{words.subject(event)}{words.say(event)}",
            }
        )
    columns = ["day", "kind", "project", "task", "amount", "in_log", "words"]
    table = pd.DataFrame(rows, columns=columns).astype({"project": "Int64", "task": "Int64"})
    return table, tuple(lines)
