"""What several commands print: comparisons, where things are, what failed, and a bar for whoever waits."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import typer

from analysis.commands.exits import OURS, say, tell

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.resemblance.result import Resemblance
    from analysis.statistics.compare import Comparison
    from analysis.sweeps.side_by_side import Line
    from sim.batch.run import BatchResult
    from sim.batch.session import Progress
    from sim.scenario import Scenario


def outcomes(every: bool, asked: Sequence[str] = ()) -> tuple[str, ...]:
    """The names of the outcomes to show: those asked for, or the main ones, or every one."""
    from analysis.words.table import MAIN_OUTCOMES
    from sim.vocabulary import BY_NAME

    return tuple(asked) or (tuple(BY_NAME) if every else MAIN_OUTCOMES)


def asked_for(show: Sequence[str] | None) -> tuple[str, ...]:
    """The outcomes that `--show` names, each once. Raises ScenarioError for each that there is not."""
    from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest
    from sim.vocabulary import BY_NAME

    asked = dict.fromkeys(name.strip() for name in show or ())
    strange = [name for name in asked if name not in BY_NAME]
    if strange:
        raise ScenarioError(
            Problem("", None, "--show", f"is {shown(name)}, which is no outcome", suggest(name, BY_NAME))
            for name in strange
        )
    return tuple(asked)


def print_comparison(
    console: Console, comparison: Comparison, every: bool, asked: Sequence[str] = ()
) -> None:
    """Print the table of a comparison, with the main outcomes, every one, or those asked for."""
    from analysis.words.table import print_comparison as table

    table(console, comparison, outcomes(every, asked))


def print_sweep(console: Console, lines: Sequence[Line], fixed: Mapping[str, str]) -> None:
    """Print the lines of a sweep under what they show, and the keys that have one value in all of them."""
    from rich.text import Text

    from analysis.sweeps.table import print_lines
    from sim.vocabulary import BY_NAME

    console.print(Text(" and ".join(dict.fromkeys(BY_NAME[line.outcome].label for line in lines)), "bold"))
    if fixed:
        console.print(f"In all: {', '.join(f'{key} {value}' for key, value in fixed.items())}.", markup=False)
    print_lines(console, lines)


def print_remarks(scenario: Scenario, comparison: Comparison | None = None) -> None:
    """What must be said beside the numbers of a scenario, so that nobody reads into them what is not so."""
    from analysis.decision.degenerate_cases import remarks

    for sentence in remarks(scenario, comparison):
        say(f"note: {sentence}")


def print_ingredients(console: Console, scenario: Scenario) -> None:
    """Print what each structure of a scenario is made of."""
    from analysis.decision.ingredients import print_ingredients as table

    table(console, scenario)


def print_all_ingredients(console: Console, scenarios: Sequence[tuple[str, Scenario]]) -> None:
    """Print what the structures of several organisations are made of, alike ones once."""
    from rich.text import Text

    from analysis.decision.ingredients import Ingredients, ingredients

    told: dict[Ingredients, tuple[list[str], Scenario]] = {}
    for name, scenario in scenarios:
        told.setdefault(ingredients(scenario), ([], scenario))[0].append(name)
    for names, scenario in told.values():
        console.print(Text(", ".join(names), "bold"))
        print_ingredients(console, scenario)


def print_verdict(console: Console, question: str, text: str) -> None:
    """Print a verdict, the question in bold."""
    from rich.text import Text

    console.print(Text.assemble((question, "bold"), " ", text))


def print_likeness(console: Console, found: Resemblance | None, explain: bool, told: str) -> None:
    """Print whether today's organisation is like others: in full to explain, but for what the answer has
    `told`; else in a line if it is not.
    """
    from analysis.resemblance.table import print_resemblance
    from analysis.resemblance.words import short

    if found is not None and explain:
        print_resemblance(console, found, told)
        console.print()
    elif found is not None and not found.doomed and (line := short(found)):
        console.print(line, highlight=False, markup=False)


class Kept(Protocol):
    """An answer whose runs are kept in a folder."""

    @property
    def folder(self) -> Path:
        """Where they are."""

    @property
    def runs(self) -> int:
        """How many there are."""

    @property
    def kept(self) -> int:
        """How many of them were there before."""

    @property
    def seconds(self) -> float:
        """How long the rest took."""


_KINDS = {".csv": "table", ".json": "numbers"}


def print_where(batch: Kept, files: tuple[Path, ...]) -> None:
    """Where everything is, one path a line and never wrapped, so that it can be clicked or copied."""
    resumed = f", {batch.kept:,} of them kept from before" if batch.kept else ""
    tell(f"{batch.runs:,} runs{resumed}, in {batch.seconds:.1f} s: {batch.folder}")
    print_files(files)


def print_files(files: tuple[Path, ...]) -> None:
    """What was written, and as what."""
    for file in files:
        tell(f"{_KINDS.get(file.suffix, 'figure')}: {file}")


def tell_failures(batch: BatchResult, comparison: Comparison) -> None:
    """Failed runs are ours to answer for: told always, and an error when they leave nothing to compare.

    Raises ResultsError where no run failed, and the objective has nothing to measure.
    """
    from analysis.statistics.compare import unmeasured

    if batch.failed:
        failed = batch.frame([]).dropna(subset=["error"]).iloc[0]
        which = f"{failed['structure']}, replication {failed['replication']}, seed {failed['seed']}"
        why = " ".join(str(failed["error"]).split())
        say(f"{batch.failed:,} of {batch.runs:,} runs failed (our mistake); the first is {which}: {why}")
    if not comparison.futures and not batch.failed:
        raise unmeasured(0, batch.replications)
    if not comparison.futures:
        raise typer.Exit(OURS)


def terminal() -> Console:
    """The terminal, or the file or pipe in its place."""
    from rich.console import Console

    class Terminal(Console):
        """A console whose reader may go away: that is told by the error that it is, and ends quietly."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Terminal(highlight=False)


@contextmanager
def watched(*, at_most: bool = False) -> Iterator[Progress | None]:
    """A progress bar on the error stream, so that the answer can be piped; the rules are compiled by then.

    `at_most`: a search that may end long before says so.
    """
    from rich.console import Console

    from analysis.commands.progress import shown
    from sim.clocks.simulate import ensure_compiled

    ensure_compiled(notify=say)
    gc.freeze()  # what is loaded stays: the collector need not look through it again and again
    try:
        with shown(Console(stderr=True, highlight=False), at_most=at_most) as progress:
            yield progress
    finally:
        gc.unfreeze()


@contextmanager
def drawn() -> Iterator[Callable[[str], None]]:
    """Told on the error stream which figure is being drawn, if somebody looks at it."""
    from rich.console import Console

    from analysis.commands.progress import drawing

    with drawing(Console(stderr=True, highlight=False)) as told:
        yield told
