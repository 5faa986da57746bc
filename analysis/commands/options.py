"""What several commands take, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def example(line: str) -> str:
    """What help ends with; the control character keeps the lines as they are."""
    return f"\b\nExample:\n  {line}"


MOST_REPLICATIONS = 1_000_000
"""The largest batch that can be asked for, so that the last run of any has a number below it."""

OneScenario = Annotated[Path, typer.Argument(metavar="SCENARIO", help="Scenario file (YAML).")]
Scenarios = Annotated[list[Path], typer.Argument(metavar="SCENARIO", help="Scenario files (YAML).")]
Replications = Annotated[
    int | None,
    typer.Option(min=1, max=MOST_REPLICATIONS, help="Runs of each structure.", show_default="the scenario's"),
]
Jobs = Annotated[int | None, typer.Option(min=1, help="Threads.", show_default="one for each core")]
Seed = Annotated[
    int | None,
    typer.Option(min=0, max=2**63 - 1, help="Another seed: other futures.", show_default="the scenario's"),
]
Out = Annotated[Path, typer.Option(help="Folder under which results are kept.")]
MaxReplications = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=MOST_REPLICATIONS,
        help="Futures at most.",
        show_default="the scenario's, if it says so, else 4000",
    ),
]
All = Annotated[bool, typer.Option("--all", help="Show every outcome, not only the main ones.")]
Show = Annotated[
    list[str] | None,
    typer.Option(
        "--show",
        metavar="OUTCOME",
        help="Show this outcome, such as on_time_share; may be repeated.",
        show_default="the main ones; of a sweep, the objective",
    ),
]
Detail = Annotated[
    bool, typer.Option("--detail", help="Also write every project and the mean days of the first futures.")
]
Results = Annotated[
    Path, typer.Argument(metavar="RESULTS", help="Folder of results, as `decide` and `run` name it.")
]
