"""`structure`: a structure as text to hand on, in one of three forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from analysis.exports.choice import structure_called
from analysis.questionnaire.examples import write_all
from sim.scenario.structures import Structure

if TYPE_CHECKING:
    from sim.scenario import Scenario

Form = Literal["yaml", "raci", "roles"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True)
class WrittenOut:
    """A structure as `text`; `notes` say what its form cannot; `file` is where it was written, if it was."""

    text: str
    notes: tuple[str, ...]
    file: Path | None

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        where = f" in {self.file}" if self.file else ""
        return f"<{type(self).__name__}: {len(self.text.splitlines())} lines{where}>"


def structure(
    name: str,
    scenario: Scenario | Path | str | None = None,
    *,
    form: Form = "yaml",
    out: Path | str | None = None,
) -> WrittenOut:
    """Write a structure out: as an entry of `structures` (`yaml`), as a table of responsibilities (`raci`,
    CSV that the import reads) or as a page for each role (`roles`, HTML).

    `name` is that of a preset, or of a structure or design of `scenario`, as `decide` names it. The text goes
    to the file `out`, if given; nothing is overwritten, and no name of a role is a name of a file. Raises
    ScenarioError for a name that is not known, and where the file cannot be written.
    """
    from sim.scenario import load

    given = load(scenario) if isinstance(scenario, Path | str) else scenario
    meant = structure_called(name, given)
    text, notes = _FORMS[form](meant, given)
    if out is not None:
        write_all({Path(out): text.encode()})
    return WrittenOut(text, notes, None if out is None else Path(out))


def _yaml(meant: Structure, scenario: Scenario | None) -> tuple[str, tuple[str, ...]]:
    from analysis.exports.for_scenario import yaml_of

    return yaml_of(meant, scenario), ()


def _raci(meant: Structure, _: Scenario | None) -> tuple[str, tuple[str, ...]]:
    from analysis.exports.raci_table import as_csv, unsaid

    return as_csv(meant), unsaid(meant)


def _roles(meant: Structure, scenario: Scenario | None) -> tuple[str, tuple[str, ...]]:
    from analysis.exports.role_pages import as_html

    return as_html(meant, scenario), ()


_FORMS: dict[Form, Callable[[Structure, Scenario | None], tuple[str, tuple[str, ...]]]] = {
    "yaml": _yaml,
    "raci": _raci,
    "roles": _roles,
}
