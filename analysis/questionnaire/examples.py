"""The library of scenarios, wherever Rolecall is installed, and a copy of one where you stand."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from sim.scenario.reading.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.scenario import Scenario

INSTALLED = Path(__file__).parents[1] / "library"
CHECKED_OUT = Path(__file__).parents[2] / "scenarios"


def library() -> Path:
    """The folder of the library: inside the installed package, or in the checkout."""
    return INSTALLED if INSTALLED.is_dir() else CHECKED_OUT


def example_names() -> list[str]:
    """What the scenarios of the library are called."""
    return sorted(path.stem for path in library().glob("*.yaml"))


def write_example(name: str, path: Path | None = None) -> tuple[Path, Scenario]:
    """Write a scenario of the library to `path`, with the tables that it names beside it.

    Without `path` it becomes NAME.yaml in the present folder, as it does in `path` if that is a folder.
    Nothing is overwritten. Raises ScenarioError if there is no such scenario, or if a file is there already
    or cannot be written.
    """
    from sim.scenario import load

    source = _source(name)
    path = Path(source.name) if path is None else path / source.name if path.is_dir() else path
    tables = _tables(load(source))
    copies = {path: source, **{path.parent / table: source.parent / table for table in tables}}
    write_all({place: original.read_bytes() for place, original in copies.items()})
    return path, load(path)


def _source(name: str) -> Path:
    """The file of a scenario of the library."""
    names = example_names()
    if name.removesuffix(".yaml") not in names:
        right = f"give one of {', '.join(names)}"
        raise ScenarioError([Problem("", None, "--example", f"knows no scenario {name!r}", right)])
    return library() / f"{name.removesuffix('.yaml')}.yaml"


def _tables(scenario: Scenario) -> list[str]:
    """The files of a given plan."""
    plan = scenario.portfolio.plan
    return [] if plan is None else [str(table) for table in (plan.tasks, plan.projects) if table is not None]


def write_all(contents: dict[Path, bytes]) -> None:
    """Write all files or none, and none that is there already."""
    with ExitStack() as undo:
        for path, content in contents.items():
            try:
                with path.open("xb") as file:
                    undo.callback(path.unlink)
                    file.write(content)
            except OSError as error:
                raise ScenarioError([_refused(path, error)]) from None
        undo.pop_all()


THERE_ALREADY = "is there already"
"""What is wrong with a file to be written that somebody has."""


def _refused(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileExistsError):
        return Problem(str(path), None, "", THERE_ALREADY, "give the name of a new file")
    if isinstance(error, FileNotFoundError):
        wrong = "lies in a folder that does not exist"
        return Problem(str(path), None, "", wrong, "make the folder, or choose another")
    return Problem(str(path), None, "", f"cannot be written ({error.strerror})", "choose another place")
