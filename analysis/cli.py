"""The command line. Every command is thin: it calls the Python function of the same name and prints.

Heavy libraries are imported inside the commands, so that help comes at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.endings import OURS, STOPPED, USERS, guarded, say

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.compare import Comparison
    from sim.batch import BatchResult, Progress
    from sim.reading.problems import Problem
    from sim.scenario import Scenario


def _example(line: str) -> str:
    """What help ends with; the control character keeps the lines as they are."""
    return f"\b\nExample:\n  {line}"


app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Split, merge or redefine delivery-manager and project-manager roles? "
    "Simulates your organisation and answers with odds.",
    epilog=_example("rolecall decide scenarios/scaleup.yaml"),
)

Scenarios = Annotated[list[Path], typer.Argument(metavar="SCENARIO...", help="Scenario files (YAML).")]
Replications = Annotated[
    int | None,
    typer.Option(min=1, max=1_000_000, help="Runs of each structure.", show_default="the scenario's"),
]
Jobs = Annotated[int | None, typer.Option(min=1, help="Threads.", show_default="one for each core")]
Seed = Annotated[
    int | None,
    typer.Option(min=0, max=2**63 - 1, help="Another seed: other futures.", show_default="the scenario's"),
]
Out = Annotated[Path, typer.Option(help="Folder under which results are kept.")]
All = Annotated[bool, typer.Option("--all", help="Show every outcome, not only the main ones.")]
Detail = Annotated[
    bool, typer.Option("--detail", help="Also write every project and the mean days of the first futures.")
]


def _version(wanted: bool) -> None:
    if wanted:
        from sim import __version__

        typer.echo(f"rolecall {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    pass


@app.command(epilog=_example("rolecall decide scenarios/scaleup.yaml --replications 2000"))
@guarded
def decide(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="Scenario file (YAML).")],
    *,
    replications: Replications = None,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
    every: All = False,
) -> None:
    """Answer for one organisation.

    Prints a table and a verdict in words, and draws a figure. Goes on where an
    interrupted batch of the same scenario stopped.
    """
    from sim.scenario import load

    given = load(scenario)  # before anything heavy: a mistake in the file is told at once
    from analysis.decide import decide as decide_

    screen = _screen()
    with _watched() as progress:
        decision = decide_(
            given,
            replications=replications,
            jobs=jobs,
            seed=seed,
            out=out,
            outcomes=_outcomes(every),
            progress=progress,
        )
    _print_comparison(screen, decision.comparison, every)
    screen.print()
    _print_verdict(screen, decision.verdict.question, decision.verdict.text)
    screen.print()
    _print_where(decision.batch, decision.figures)
    _tell_failures(decision.batch, decision.comparison)


@app.command(epilog=_example("rolecall run scenarios/scaleup.yaml --replications 200 --seed 7 --out results"))
@guarded
def run(
    scenarios: Scenarios,
    *,
    replications: Replications = None,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
    every: All = False,
    detail: Detail = False,
) -> None:
    """Run scenarios and compare their structures.

    Keeps every run. Goes on where an interrupted batch of the same scenario
    stopped, with the very same results.
    """
    given = _load_all(scenarios)
    from analysis.compare import compare
    from sim.batch import run_batch

    for scenario in given:
        with _watched() as progress:
            batch = run_batch(
                scenario, replications=replications, jobs=jobs, seed=seed, out=out, progress=progress
            )
        outcomes = _outcomes(every)
        comparison = compare(batch.frame(outcomes), current=scenario.current, outcomes=outcomes)
        _print_comparison(_screen(), comparison, every)
        _print_where(batch, _details(scenario, seed, batch) if detail else ())
        _tell_failures(batch, comparison)


def _details(scenario: Scenario, seed: int | None, batch: BatchResult) -> tuple[Path, ...]:
    """Write what `--detail` asks for beside the results."""
    from sim.detail import write_details
    from sim.results_store import writing
    from sim.simulate import prepare

    chosen = scenario if seed is None else scenario.with_changes({"seed": seed})
    with writing(batch.folder):
        return write_details(prepare(chosen), batch.replications, batch.folder)


@app.command(epilog=_example("rolecall check scenarios/scaleup.yaml"))
@guarded
def check(scenarios: Scenarios) -> None:
    """Say if scenario files are fine, or all that is wrong."""
    for path, scenario in zip(scenarios, _load_all(scenarios), strict=True):
        typer.echo(f"{path}: fine – {_in_short(scenario)}")


@app.command(epilog=_example("rolecall schema > scenario.schema.json"))
@guarded
def schema() -> None:
    """Print the JSON schema of scenario files.

    With it, an editor completes and checks a scenario as you type.
    """
    import json

    from sim.scenario import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@app.command(epilog=_example("rolecall assumptions patience switch"))
@guarded
def assumptions(
    names: Annotated[
        list[str] | None, typer.Argument(help="Only those whose name contains one of these.")
    ] = None,
) -> None:
    """Print the numbers that the model rests on.

    Each with its range, unit, meaning and source.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from sim.assumptions import load_assumptions

    known = load_assumptions().values()
    chosen = [a for a in known if not names or any(part.lower() in a.name for part in names)]
    if not chosen:
        say(f"no assumption is called {' or '.join(names or [])}; `rolecall assumptions` lists them all")
        raise typer.Exit(USERS)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("assumption", "value", "range", "unit", "meaning and source"):
        table.add_column(heading, justify="right" if heading == "value" else "left", overflow="fold")
    for a in chosen:
        meaning = Text.assemble(f"{a.meaning} ", (f"[{a.source}]", "dim"))
        table.add_row(a.name, f"{a.value:g}", f"{a.low:g} to {a.high:g}", a.unit, meaning)
    _screen().print(table)


def _load_all(paths: list[Path]) -> list[Scenario]:
    """Every scenario, or one error with all that is wrong in any: nothing runs before all are fine."""
    from sim.reading.problems import ScenarioError
    from sim.scenario import load

    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            scenarios.append(load(path))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return scenarios


def _in_short(scenario: Scenario) -> str:
    members = sum(team.members for team in scenario.teams)
    plan = scenario.plan
    work = f"{len(plan.projects):,} given projects" if plan else "generated projects"
    return (
        f"{len(scenario.teams):,} teams, {members:,} members, {scenario.managers:,} managers, {work}, "
        f"{scenario.horizon_days:,} days; {', '.join(scenario.structure_names)} (today {scenario.current})"
    )


def _outcomes(every: bool) -> tuple[str, ...]:
    from analysis.table import MAIN_OUTCOMES
    from sim.outcomes import BY_NAME

    return tuple(BY_NAME) if every else MAIN_OUTCOMES


def _print_comparison(screen: Console, comparison: Comparison, every: bool) -> None:
    from analysis.table import print_comparison

    print_comparison(screen, comparison, _outcomes(every))


def _print_verdict(screen: Console, question: str, text: str) -> None:
    from rich.text import Text

    screen.print(Text.assemble((question, "bold"), " ", text))


def _print_where(batch: BatchResult, files: tuple[Path, ...]) -> None:
    """Where everything is, one path a line and never wrapped, so that it can be clicked or copied."""
    resumed = f", {batch.kept:,} of them kept from before" if batch.kept else ""
    typer.echo(f"{batch.runs:,} runs{resumed}, in {batch.seconds:.1f} s: {batch.folder}")
    for file in files:
        typer.echo(f"{'table' if file.suffix == '.csv' else 'figure'}: {file}")


def _tell_failures(batch: BatchResult, comparison: Comparison) -> None:
    """Failed runs are ours to answer for: told always, and an error when they leave nothing to compare."""
    if batch.failed:
        failed = batch.frame([]).dropna(subset=["error"]).iloc[0]
        which = f"{failed['structure']}, replication {failed['replication']}, seed {failed['seed']}"
        why = " ".join(str(failed["error"]).split())
        say(f"{batch.failed:,} of {batch.runs:,} runs failed (our mistake); the first is {which}: {why}")
    if not comparison.futures:
        raise typer.Exit(OURS)


def _screen() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _watched() -> AbstractContextManager[Progress | None]:
    """A progress bar on the error stream, so that the answer can be piped; the rules are compiled by then."""
    from rich.console import Console

    from analysis.progress import shown
    from sim import compiled

    getattr(compiled, "ensure_compiled", lambda notify: None)(notify=say)
    return shown(Console(stderr=True, highlight=False))


def main() -> None:
    """Run the command line; what `rolecall` and `python -m analysis` call."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without − or ▲ still gets its answer
    try:
        app(prog_name="rolecall")
    except SystemExit as stop:
        if stop.code == STOPPED:  # do not wait for threads that are still in a compiled run
            sys.stderr.flush()
            os._exit(STOPPED)
        raise


if __name__ == "__main__":
    main()
