"""Scenarios and tables that nobody means well with: they are told apart, at once and in a few lines."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sim.safety.names import legible, plain_text
from sim.scenario import load, scenario_from
from sim.scenario.reading.problems import ScenarioError

HEADER = "project,task,team,estimate_hours,predecessors\n"
ORGANISATION = "name: A\norganisation: {teams: [{name: web, members: 2}]}\n"
PLANNED = ORGANISATION + "portfolio: {plan: {tasks: tasks.csv, projects: projects.csv}}\n"
PROJECTS = "project,client,start_day\n"


def refused(folder: Path, scenario: str | bytes, tasks: str = HEADER, projects: str = PROJECTS) -> str:
    """What is said of a scenario that cannot be one, with its tables."""
    content = scenario if isinstance(scenario, bytes) else scenario.encode()
    (folder / "org.yaml").write_bytes(content)
    (folder / "tasks.csv").write_text(tasks, encoding="utf-8")
    (folder / "projects.csv").write_text(projects, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(folder / "org.yaml")
    return str(caught.value).replace(f"{folder}{os.sep}", "")


ODD_YAML = {
    "a whole number of nothing": ("managers: !!int ''", "managers: is empty, which cannot be read"),
    "a number of nothing": ("managers: !!float ''", "managers: is empty, which cannot be read"),
    "a truth value that is none": ("managers: !!bool maybe", "managers: is 'maybe', which cannot be read"),
    "a mapping said to be text": ("managers: !!str {a: 1}", "managers: carries the tag !!str"),
    "text said to be a mapping": ("managers: !!map x", "managers: carries the tag !!map"),
    "text said to be a list": ("managers: !!seq x", "managers: carries the tag !!seq"),
    "a date of nothing": ("managers: !!timestamp ''", "managers: is empty"),
    "bytes": ("managers: !!binary '='", "managers: carries the tag !!binary"),
    "a set": ("managers: !!set {a}", "managers: carries the tag !!set"),
    "code": ("managers: !!python/object/apply:os.getcwd []", "managers: carries the tag"),
    "a merge of itself": ("<<: {managers: 1}", "<<: is not a key here"),
    "a key of nothing": ("!!int '': 1", "cannot be read"),
    "half a character": ('managers: "\\ud800"', "is not valid YAML"),
    "a character that is none": ("managers: \ufffe", "is not valid YAML"),
    "a NUL": ("managers: \0", "is not valid YAML"),
    "an alias of nothing": ("managers: *nobody", "is not valid YAML"),
    "base sixty without end": (f"managers: {'59:' * 100_000}1", "which cannot be read"),
    "a line end in a name": ('organisation: {teams: [{name: "a\\nb"}]}', "teams.0.name: is"),
    "an escape in a name": ('organisation: {teams: [{name: "\\e[31m"}]}', "teams.0.name: is"),
    "a control of the upper half in a name": ('organisation: {teams: [{name: "\\x9b"}]}', "teams.0.name: is"),
    "a line separator in a name": ('organisation: {specialists: {"a\\Lb": 2}}', "has an unfit name"),
    "a sweep over a key without end": (f"vary: {{? {'a.' * 9000} : [1]}}", "is no key: it is too long"),
    "a sweep over a position without end": (
        f"vary: {{? organisation.teams.{'9' * 5000} : [1]}}",
        "is no key: it is too long",
    ),
    "a sweep over too many keys": (
        f"vary: {{{', '.join(f'organisation.specialists.p{i}: [1]' for i in range(101))}}}",
        "vary: has 101 keys; vary at most 100",
    ),
}


@pytest.mark.parametrize(("line", "said"), ODD_YAML.values(), ids=ODD_YAML)
def test_odd_yaml_is_told_in_a_line_with_its_remedy(tmp_path: Path, line: str, said: str) -> None:
    told = refused(tmp_path, f"name: A\n{line}\n")
    assert said in told
    assert told.startswith("org.yaml:") and "; " in told


ODD_TABLES = {
    "a quote that is never closed": (
        'P,a,web,8,\nP,"b,web,8,\nP,c,web,8,\n',
        "tasks.csv:3: opens a quote that is never closed",
    ),
    "the second quote of a row of several lines": (
        'P,"a\nb",web,8,"a\nP,c,web,8,\n',
        "tasks.csv:3: opens a quote that is never closed",
    ),
    "a quote that closes rows later": (
        'P,"a,web,8,\nP,b,web,8,\nP,c",web,8,\n',
        "tasks.csv:2: task: holds 3 lines",
    ),
    "a quote that closes within a cell": ('P,"a"b,web,8,\n', "tasks.csv:2: is no CSV"),
    "a bell": ("P,a\x07,web,8,\n", "tasks.csv:2: task: holds a control character"),
    "a control of the upper half": ("P,a\x9b1m,web,8,\n", "tasks.csv:2: task: holds a control character"),
    "a NUL": ("P,a\0,web,8,\n", "tasks.csv:2: "),
    "a name without end": (f"P,{'x' * 501},web,8,\n", "tasks.csv:2: task: is 501 characters long"),
    "a cell without end": (f"P,{'x' * 200_000},web,8,\n", "tasks.csv:2: is no CSV"),
    "predecessors parted by commas, one of them unknown": (
        'P,A,web,8,\nP,B,web,8,\nP,C,web,8,"A, Bee"\n',
        "tasks.csv:4: predecessors: names 'Bee', which is no task of this project",
    ),
    "projects that look alike": (
        "Web shop,A,web,8,\nWeb Shop,B,web,8,\n",
        "tasks.csv:3: project: is 'Web Shop', which looks like 'Web shop' of line 2",
    ),
}


@pytest.mark.parametrize(("rows", "said"), ODD_TABLES.values(), ids=ODD_TABLES)
def test_an_odd_table_is_told_with_the_line_of_its_mistake(tmp_path: Path, rows: str, said: str) -> None:
    assert said in refused(tmp_path, PLANNED, HEADER + rows).splitlines()[0]


def test_clients_that_look_alike_are_refused_with_both_lines(tmp_path: Path) -> None:
    rows = "P,a,web,8,\nQ,b,web,8,\n"
    said = refused(tmp_path, PLANNED, HEADER + rows, PROJECTS + "P,Acme,\nQ,ACME,\n")
    assert "projects.csv:3: client: is 'ACME', which looks like 'Acme' of line 2" in said


def test_a_date_for_a_day_is_refused_with_what_to_write(tmp_path: Path) -> None:
    said = refused(tmp_path, PLANNED, HEADER + "P,a,web,8,\n", PROJECTS + "P,,2026-01-05\n")
    assert "projects.csv:2: start_day: is '2026-01-05'; write the number of the working day" in said
    assert "." not in said.split("working day")[1]


def test_a_name_is_the_same_however_it_was_typed(tmp_path: Path) -> None:
    """Composed or not, with no-break or several blanks, with marks that nobody sees."""
    (tmp_path / "org.yaml").write_text(
        'name: "Bü\u200bro \u202eone"\norganisation: {teams: [{name: "u\u0308ben  hier"}]}\n'
        "portfolio: {plan: {tasks: tasks.csv}}\n",
        encoding="utf-8",
    )
    rows = "P\u00a0Q,a,üben\u00a0hier,8,\nP  Q,b\ufeff,\u200füben hier,8,a\u2060\n"
    (tmp_path / "tasks.csv").write_text(HEADER + rows, encoding="utf-8")
    scenario = load(tmp_path / "org.yaml")
    assert scenario.name == "Büro one"
    assert scenario.plan is not None
    assert [project.name for project in scenario.plan.projects] == ["P Q"]
    assert scenario.plan.tasks[1].predecessors == (0,)
    again = scenario_from({"name": "Bu\u0308ro  one"})
    assert again.name == scenario.name


def test_a_line_end_within_a_cell_is_a_blank(tmp_path: Path) -> None:
    (tmp_path / "org.yaml").write_text(ORGANISATION + "portfolio: {plan: {tasks: tasks.csv}}\n")
    (tmp_path / "tasks.csv").write_text(HEADER + 'P,"first\nthing",web,8,\nP,next,web,8,first thing\n')
    plan = load(tmp_path / "org.yaml").plan
    assert plan is not None and plan.tasks[1].predecessors == (0,)


def test_what_is_printed_shows_controls_and_leaves_out_what_nobody_sees() -> None:
    assert (
        legible("a\x1b[31m\x9bb\u202ec\u200bd\ufeffe\ud800f\u2028g\x00")
        == "a\\x1b[31m\\x9bbcdef\\u2028g\\x00"
    )
    assert legible("zwei\nZeilen\tund Ü – €") == "zwei\nZeilen\tund Ü – €"
    assert plain_text("\u00a0 a \u3000 b\u00ad ") == "a b"


@pytest.mark.parametrize("which", ["scenario", "tasks"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_files_that_have_no_end_are_refused_at_once(tmp_path: Path, which: str) -> None:
    """A pipe that nobody writes to would be waited for without end, and so would a device that never ends."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(ScenarioError, match=r"cannot be read|no file"):
            if which == "scenario":
                load(path)
            else:
                scenario_from({"name": "A", "portfolio": {"plan": {"tasks": str(path)}}})


def test_what_is_too_large_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    assert "org.yaml: is larger than 2 MB" in refused(tmp_path, b"\xff" * 2_000_001)
    assert "tasks.csv: is larger than 10 MB" in refused(tmp_path, PLANNED, '"' * 10_000_001)
    assert "has more than 200,000 rows" in refused(tmp_path, PLANNED, HEADER + "P,a,web\n" * 200_001)
    assert "has 1,001 columns" in refused(tmp_path, PLANNED, "a" + 1000 * ",a")


def test_of_many_mistakes_twenty_are_told_and_the_others_counted(tmp_path: Path) -> None:
    said = refused(tmp_path, "name: A\n" + "".join(f"unheard_of_{i}: 1\n" for i in range(1000))).splitlines()
    assert [line.split(":")[1] for line in said[:20]] == [str(i) for i in range(2, 22)]
    assert said[20:] == ["… and 980 more"]


def test_a_long_cycle_is_told_by_how_it_begins(tmp_path: Path) -> None:
    rows = "".join(f"P,t{i},web,8,t{(i + 1) % 500}\n" for i in range(500))
    (said,) = refused(tmp_path, PLANNED, HEADER + rows, PROJECTS + "P,,\n").splitlines()
    assert "form a cycle: t0 -> t499 -> t498" in said and "… and 486 more" in said
    assert len(said) < 400


MUCH = {
    "unknown keys": ("name: A\n" + "".join(f"unheard_of_{i}: 1\n" for i in range(50_000)), HEADER),
    "wrong predecessors": (PLANNED, HEADER + "".join(f"P,t{i},web,8,u{i}\n" for i in range(5000))),
    "a cycle": (PLANNED, HEADER + "".join(f"P,t{i},web,8,t{(i + 1) % 20_000}\n" for i in range(20_000))),
    "rubbish": (ORGANISATION, HEADER),
    "unknown assumptions": (
        "name: A\nassumptions:\n" + "".join(f"  unheard_of_{i}: 1\n" for i in range(50_000)),
        HEADER,
    ),
    "one list of many values": (
        f"name: A\nvary: {{managers: [{', '.join(map(str, range(90_000)))}]}}\n",
        HEADER,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("scenario", "tasks"), MUCH.values(), ids=MUCH)
def test_much_of_what_is_wrong_takes_little_time_and_memory(
    tmp_path: Path, scenario: str, tasks: str
) -> None:
    """Limits of the system's own, which no machine's speed moves: processor time and address space."""
    (tmp_path / "org.yaml").write_bytes(
        b"\x80\x00rubb\n" * 7_000_000 if scenario == ORGANISATION else scenario.encode()
    )
    (tmp_path / "tasks.csv").write_text(tasks)
    (tmp_path / "projects.csv").write_text(PROJECTS)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))

    code = "import sys; from sim.scenario.reader import load; load(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "org.yaml")],
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ScenarioError" in done.stderr, done.stderr[-500:]
    assert done.returncode == 1


@pytest.mark.parametrize("key", [f"organisation.teams.{'9' * 5000}", "a." * 9000])
def test_an_axis_without_end_is_refused(key: str) -> None:
    from analysis.tipping_points.axes import axis

    with pytest.raises(ScenarioError, match=r"give KEY or KEY=LOW\.\.HIGH"):
        axis(scenario_from({"name": "A"}), "--over", f"{key}=1..2", 5)
