"""The layers: the model knows nothing of what is made of its results, and starting is cheap."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from types import ModuleType

import pytest

import analysis
import sim

ROOT = Path(__file__).parents[1]
MODEL = sorted(ROOT.glob("sim/**/*.py"))

ROOMS = [
    *("sim.version", "sim.face", "sim.vocabulary", "sim.safety", "sim.scenario", "sim.world", "sim.rules"),
    *("sim.engine", "sim.building", "sim.outcomes", "sim.clocks", "sim.recording", "sim.batch", "sim"),
    *("analysis.extras", "analysis.statistics", "analysis.words", "analysis.figures"),
    *(
        "analysis.questionnaire",
        "analysis.imports",
        "analysis.resemblance",
        "analysis.decision",
        "analysis.results",
        "analysis.causes",
        "analysis.claim_tests",
        "analysis.change_atlas",
    ),
    *("analysis.tipping_points", "analysis.sweeps", "analysis.reorganisation", "analysis.story"),
    "analysis.explore",
    *(
        "analysis.plots",
        "analysis.reports",
        "analysis.exports",
        "analysis.commands",
        "analysis.explanations",
    ),
    *("analysis.__main__", "analysis"),
    *("validation", "benchmarks"),
]
"""The order of the rooms: what stands in one imports from rooms before it and from its own."""

ONE_CIRCLE = {
    *("sim.scenario.reader", "sim.scenario.schema", "sim.scenario.sweep"),
    "sim.scenario.reading.plain_words",
}
"""The one circle of modules: a scenario makes another of itself, which has to be read as strictly."""

ABOVE_THE_MODEL = {"analysis", "scenarios", "matplotlib", "rich", "typer"}
HEAVY = {"duckdb", "matplotlib", "mesa", "numba", "pandas", "pydantic", "scipy"}

# Hosts of package registries, then folders of one machine; the brackets keep this file from naming them.
NOT_OURS = re.compile(
    r"py[p]i\.org|pythonhoste[d]\.org|npmj[s]\.(?:org|com)|debia[n]\.org|anacond[a]\.org|crate[s]\.io"
    r"|(?<![\w.~/])/(?:work|tmp|root|home|Users)\b(?![-\w.])"
    r"|(?<![\w\])])\.librar[y]\b"
)


TWO_HOMES = {
    "short for a type of numpy": ("Floats Ints "),
    "each program and each log line begins in the same way": ("END START log main"),
    "the field has one word for it and for its part in another room": (
        "Grid Manager Risk Role "
        "Answer Cause Days Held Kind Line Organisation Reorganisation Row Stretch Table "
        "Team Telling Words Work"
    ),
    "a limit or a mark of its own module, imported beside it by few": (
        "KINDS DONE LONGEST NOBODY ROLES TABLES TEAM TEXT UNKNOWN WIDTH WORDS"
    ),
    "a verb or a noun of the field, of which the module says whose it is": (
        "alike amount around commented content counted days days_of draw finding fit "
        "flow folder_of free_hours gains gather hangs_on headline hours_left hours_of ingredients "
        "keep legend line moved named odds opening page pages plain reach read refusal reorganise "
        "repeated report run share short size source text title told verdict_of written"
    ),
}
"""Public names that modules share, by the reason: to be made fewer, never more."""

MOST_ANY = 11
"""Times that `Any` may stand in `sim`, where a library or a file gives what has no type: to be made fewer."""

IRREGULAR = frozenset(
    [
        "begun",
        "done",
        "drawn",
        "found",
        "given",
        "held",
        "kept",
        "known",
        "lost",
        "made",
        "said",
        "shown",
        "told",
        "written",
    ]
)

MAY_SHARE = re.compile(r"analysis\.commands\.\w+|sim\.engine\.entry_points")
"""A command is called like the function that it calls, an entry point like the rule that it hands on to."""


def modules_imported(path: Path) -> Iterator[str]:
    """Absolute names of the modules that a file imports, wherever in the file it does."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from sim import rules` names a module, `from sim.rules import work` may: count both spellings.
            package_named = (ROOT / module.replace(".", "/")).is_dir()
            yield from (f"{module}.{alias.name}" if package_named else module for alias in node.names)


def heavy_after(program: str, *arguments: str) -> set[str]:
    """Heavy libraries that are loaded once a fresh interpreter has run `program`."""
    tail = f"\nimport sys; print(*({HEAVY!r} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", program + tail, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def committable_files() -> list[Path]:
    """Files that git tracks or would take up."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def named(path: Path) -> str:
    """The name of the module in a file; a package's is that of its folder."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


OURS = {
    named(path): path
    for folder in ("sim", "analysis", "validation", "benchmarks")
    for path in ROOT.glob(f"{folder}/**/*.py")
}


def room_of(module: str) -> str:
    """The room that a module stands in: the longest of those that its name begins with."""
    return max((r for r in ROOMS if module == r or module.startswith(f"{r}.")), key=len)


def needed_by(module: str) -> set[str]:
    """Modules of ours that one imports anywhere in its file, lazily or for types alone."""
    found = set()
    for name in modules_imported(OURS[module]):
        parts = name.split(".")
        whole = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
        found |= set(islice((part for part in whole if part in OURS), 1))
    return found - {module}


@pytest.mark.parametrize("module", sorted(OURS))
def test_a_room_needs_only_rooms_before_it(module: str) -> None:
    before = ROOMS[: ROOMS.index(room_of(module)) + 1]
    assert {name for name in needed_by(module) if room_of(name) not in before} == set()


@pytest.mark.parametrize("package", ["sim", "analysis"])
def test_every_package_is_a_room_with_a_place(package: str) -> None:
    folders = {path.parent.name for path in ROOT.glob(f"{package}/*/__init__.py")}
    assert folders == {room.split(".")[1] for room in ROOMS if room.startswith(f"{package}.")} - {
        path.stem for path in ROOT.glob(f"{package}/*.py")
    }


def test_no_module_needs_itself_by_way_of_others() -> None:
    left = {module: needed_by(module) for module in OURS}
    while free := {m for m in left if not left[m] & left.keys() or not any(m in left[n] for n in left)}:
        left = {module: needs for module, needs in left.items() if module not in free}
    assert set(left) <= ONE_CIRCLE


def public_names(module: str) -> set[str]:
    """Functions, classes and constants that a module defines for others."""
    found: set[str] = set()
    for node in ast.parse(OURS[module].read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return {name for name in found if not name.startswith("_")}


def test_no_public_name_has_two_homes_but_those_that_have_a_reason() -> None:
    homes: dict[str, list[str]] = {}
    for module in OURS:
        if module.startswith(("sim", "analysis")) and not MAY_SHARE.fullmatch(module):
            for name in public_names(module):
                homes.setdefault(name, []).append(module)
    listed = {name for names in TWO_HOMES.values() for name in names.split()}
    shared = {name: at for name, at in homes.items() if len(at) > 1}
    assert {name: at for name, at in shared.items() if name not in listed} == {}
    assert listed - shared.keys() == set(), "listed, and shared no more"


def test_hardly_anything_in_the_model_is_of_any_type() -> None:
    named = [node for path in MODEL for node in ast.walk(ast.parse(path.read_text()))]
    assert sum(isinstance(node, ast.Name) and node.id == "Any" for node in named) <= MOST_ANY


@pytest.mark.parametrize("package", ["sim", "analysis"])
def test_the_page_of_the_architecture_lists_the_rooms_in_their_order(package: str) -> None:
    page = (ROOT / "docs/explanation/architecture.md").read_text()
    table = page[page.index(f"| `{package}/` | holds |") :].split("\n\n", 1)[0]
    listed = [name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)/?`", row.split("|")[1])]
    folders = [room for room in ROOMS if room.count(".") == 1 and (ROOT / room.replace(".", "/")).is_dir()]
    rooms = [room.split(".")[1] for room in folders if room.startswith(f"{package}.")]
    assert [name for name in listed if (ROOT / package / name).is_dir()] == rooms


@pytest.mark.parametrize("package", [sim, analysis], ids=lambda package: package.__name__)
def test_what_users_call_is_found_whatever_was_imported_before(package: ModuleType) -> None:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in dir(package):
        assert callable(getattr(package, name)), f"{package.__name__}.{name} is {getattr(package, name)}"


@pytest.mark.parametrize("package", ["sim", "analysis"])
def test_few_modules_stand_outside_of_the_rooms(package: str) -> None:
    flat = {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__", "__main__"}
    assert len(flat) <= 4


@pytest.mark.parametrize("path", MODEL, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_model_knows_nothing_of_analysis_figures_or_the_command_line(path: Path) -> None:
    above = {m for m in modules_imported(path) if m.split(".")[0] in ABOVE_THE_MODEL}
    assert not above


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    assert heavy_after("import analysis.commands.cli") == set()


def test_a_compiled_run_needs_no_agents(tmp_path: Path) -> None:
    scenario = tmp_path / "small.yaml"
    scenario.write_text("name: Small\nhorizon_days: 20\nstructures: [merged]\n")
    loaded = heavy_after(
        "import sys\n"
        "from sim.scenario.reader import load\n"
        "from sim.clocks.simulate import prepare, simulate\n"
        "simulate(prepare(load(sys.argv[1])), 'merged', 0)",
        str(scenario),
    )
    assert "numba" in loaded
    assert "mesa" not in loaded


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in committable_files()
        for found in NOT_OURS.finditer(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not named


def test_every_direct_dependency_is_pinned_for_a_repeatable_set_up() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    pins = [s for s in (ROOT / "constraints.txt").read_text().splitlines() if not s.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.+!-]+", pin) for pin in pins)
    assert {plain_name(w) for w in wanted} <= {plain_name(pin) for pin in pins}


def plain_name(requirement: str) -> str:
    """The project that a requirement names, spelled as registries compare names."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_files_are_called_by_nouns_and_not_by_participles() -> None:
    names = {module: module.rpartition(".")[2].rpartition("_")[2] for module in OURS}
    assert [module for module, noun in names.items() if noun.endswith("ed") or noun in IRREGULAR] == []
