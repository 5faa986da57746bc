"""The command line: every command on one program. Each lives in `analysis.commands`.

Heavy libraries are imported inside the commands, so that help comes at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from analysis.commands.assumptions import assumptions
from analysis.commands.atlas import atlas
from analysis.commands.check import check
from analysis.commands.claims import claims
from analysis.commands.compare import compare
from analysis.commands.decide import decide
from analysis.commands.exits import USERS, guarded, say
from analysis.commands.explore import explore
from analysis.commands.imports import import_
from analysis.commands.limits import visible
from analysis.commands.new import new
from analysis.commands.options import example
from analysis.commands.plot import plot
from analysis.commands.reorganise import reorganise
from analysis.commands.report import report
from analysis.commands.roles import roles
from analysis.commands.run import run
from analysis.commands.schema import schema
from analysis.commands.streams import prepare
from analysis.commands.structure import structure
from analysis.commands.tip import tip
from analysis.commands.trace import trace
from analysis.commands.why import why

EXAMPLE = "rolecall decide scenarios/scaleup.yaml"

COMMANDS: dict[Callable[..., None], str] = {
    decide: f"{EXAMPLE} --max-replications 2000",
    run: "rolecall run scenarios/scaleup.yaml --replications 200 --seed 7 --out results",
    compare: "rolecall compare results/scale-up-agency-0123abcd results/erp-roll-out-4567cdef",
    reorganise: "rolecall reorganise scenarios/scaleup.yaml --from merged --to separated --day 60",
    tip: "rolecall tip scenarios/scaleup.yaml --over portfolio.projects.at_start=4..40",
    trace: "rolecall trace scenarios/scaleup.yaml --structure merged --replication 3",
    new: "rolecall new my-org.yaml --defaults",
    import_: "rolecall import jira.csv -o my-org.yaml",
    why: "rolecall why scenarios/scaleup.yaml --against separated",
    claims: "rolecall claims C5 --quick",
    explore: "rolecall explore scenarios/scaleup.yaml",
    atlas: "rolecall atlas scenarios/scaleup.yaml",
    plot: "rolecall plot results/scale-up-agency-ee95b597 --out slides",
    report: "rolecall report results/scale-up-agency-ee95b597 --out board.html",
    structure: "rolecall structure separated scenarios/scaleup.yaml --as roles -o roles.html",
    roles: "rolecall roles scrum_guide",
    check: "rolecall check scenarios/scaleup.yaml",
    schema: "rolecall schema > scenario.schema.json",
    assumptions: "rolecall assumptions patience switch",
}
"""Each command, with the example that its help ends with; in the order of the program's help."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Split, merge or redefine delivery-manager and project-manager roles? "
    "Simulates your organisation and answers with odds.",
    epilog=example(EXAMPLE),
)
for _command, _example in COMMANDS.items():
    app.command(epilog=example(_example))(guarded(_command))


def _version(wanted: bool) -> None:
    if wanted:
        from sim.version import VERSION

        typer.echo(f"rolecall {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    pass


def obey() -> None:
    """Read the command line and do what it says; ends by SystemExit, or by what `analysis.commands.start`
    minds.
    """
    prepare()
    if wrong := next((word for word in sys.argv[1:] if not _is_text(word)), None):
        say(f"{visible(wrong)}: is not UTF-8; rename the file or folder, and give its new name")
        raise SystemExit(USERS)
    app(prog_name="rolecall")


def _is_text(word: str) -> bool:
    """Whether a word of the command line can be written to a file of results."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True
