"""Whoever writes a scenario wrong is told each mistake in one line, with its place and the remedy."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from sim.scenario import ScenarioError, load
from tests.mistakes import problems_of

BOMB = "name: A\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

WRONG = {  # what is wrong with the file -> its text, the line told, the key told, part of the message
    "a bracket is not closed": ("name: A\nstructures: [merged\n", 3, "", "is not valid YAML"),
    "a tab indents": ("name: A\norganisation:\n\tteams: {}\n", 3, "", "with spaces, not tabs"),
    "two documents": ("name: A\n---\nname: B\n", 2, "", "is not valid YAML"),
    "a control character": ("name: A\nseed: \x07\n", 2, "", "is not valid YAML"),
    "empty": ("", None, "", "step_hours; `rolecall new` writes one to begin with"),
    "only a comment": ("# to do\n", None, "", "is empty; give a mapping"),
    "a list": ("- merged\n", 1, "", "is a list; give a mapping"),
    "plain text": ("merged\n", 1, "", "is 'merged'; give a mapping"),
    "no name": ("\nseed: 3\n", 2, "name", "is missing; give text"),
    "an empty name": ("name: ''\n", 1, "name", "is empty; give text of 1 to 120 characters"),
    "a long name": (f"name: {'x' * 121}\n", 1, "name", "is 121 characters long"),
    "a name of two lines": ('name: "a\\nb"\n', 1, "name", "on one line"),
    "a number for a name": ("name: 2024\n", 1, "name", "is 2024; give text"),
    "an unknown key": (
        "name: A\nhorizon_day: 5\n",
        2,
        "horizon_day",
        "is not a key here; did you mean horizon_days?",
    ),
    "an unknown key inside": (
        "name: A\norganisation:\n  teams:\n    cuont: 8\n",
        4,
        "organisation.teams.cuont",
        "did you mean count?",
    ),
    "a key twice": (
        "name: A\nseed: 1\nmanagers: 3\nseed: 2\n",
        4,
        "seed",
        "is given twice (first on line 2)",
    ),
    "a key that is a number": ("name: A\n3: x\n", 2, "", "has a key that is 3; give a key of text"),
    "a key that is a list": ("name: A\n? [a, b]\n: x\n", 2, "", "has a key that is a list"),
    "text for a number": (
        "name: A\nmanagers: six\n",
        2,
        "managers",
        "is 'six'; give a whole number from 1 to 5000",
    ),
    "a quoted number": ("name: A\nmanagers: '6'\n", 2, "managers", "written plainly, without quotes: 6"),
    "a power of ten": ("name: A\nreplications: 1e3\n", 2, "replications", "without quotes: 1000"),
    "half a manager": ("name: A\nmanagers: 2.5\n", 2, "managers", "is 2.5; give a whole number"),
    "yes for a number": (
        "name: A\nstep_hours: yes\n",
        2,
        "step_hours",
        "is yes (true); give one of 8, 4, 2 or 1",
    ),
    "nothing for a section": ("name: A\norganisation:\n", 2, "organisation", "is empty; give a mapping"),
    "a list for a section": ("name: A\nportfolio: [1]\n", 2, "portfolio", "is a list; give a mapping"),
    "too small": (
        "name: A\norganisation:\n  teams: {count: -3}\n",
        3,
        "organisation.teams.count",
        "is -3; give a whole number from 1 to 5000 (teams)",
    ),
    "too large": ("name: A\nhorizon_days: 10001\n", 2, "horizon_days", "from 20 to 10000 (working days)"),
    "far too large": (f"name: A\nseed: 0x{'f' * 5000}\n", 2, "seed", "is a number of hundreds of digits"),
    "unreadably large": (f"name: A\nseed: {'9' * 5000}\n", 2, "seed", "which cannot be read"),
    "a share above one": (
        "name: A\nportfolio: {projects: {cross_team: 1.5}}\n",
        2,
        "portfolio.projects.cross_team",
        "is 1.5; give a number from 0 to 1 (share)",
    ),
    "a step that divides no day": (
        "name: A\nstep_hours: 3\n",
        2,
        "step_hours",
        "is 3; give one of 8, 4, 2 or 1",
    ),
    "NaN": ("name: A\nportfolio:\n  projects:\n    a_year: .nan\n", 4, "portfolio.projects.a_year", "is nan"),
    "infinity": (
        "name: A\nportfolio: {projects: {a_year: .inf}}\n",
        2,
        "portfolio.projects.a_year",
        "is inf",
    ),
    "an unknown structure": (
        "name: A\nstructures:\n  - merged\n  - seperated\n",
        4,
        "structures.1",
        "is 'seperated', which is no structure; did you mean separated?",
    ),
    "a structure twice": (
        "name: A\nstructures: [agile, agile]\n",
        2,
        "structures.1",
        "is agile a second time",
    ),
    "no structures": (
        "name: A\nstructures: []\n",
        2,
        "structures",
        "is an empty list; give a list of at least one",
    ),
    "one structure, no list": ("name: A\nstructures: merged\n", 2, "structures", "is 'merged'; give a list"),
    "current not compared": (
        "name: A\nstructures: [merged, agile]\ncurrent: separated\n",
        3,
        "current",
        "give one of merged, agile",
    ),
    "heads too many": (
        "name: A\nmanagers: 6\nheads:\n  separated: {project_manager: 4, delivery_manager: 3}\n",
        4,
        "heads.separated",
        "sum to 7 posts; let them sum to managers, which is 6",
    ),
    "heads of another structure": (
        "name: A\nstructures: [merged]\nheads: {separated: {project_manager: 6}}\n",
        3,
        "heads.separated",
        "is not among structures",
    ),
    "heads of an unknown role": (
        "name: A\nheads:\n  agile:\n    scrum_mistress: 3\n    product_owner: 3\n",
        4,
        "heads.agile.scrum_mistress",
        "is no role of agile; did you mean scrum_master?",
    ),
    "heads without one role": (
        "name: A\nheads: {separated: {project_manager: 6}}\n",
        2,
        "heads.separated",
        "sum to 6 posts; leave some of the 6 managers for delivery_manager",
    ),
    "a role for nobody": (
        "name: A\nheads: {agile: {scrum_master: 0, product_owner: 6}}\n",
        2,
        "heads.agile.scrum_master",
        "is 0; give a number from 0.1 to 5000",
    ),
    "another number of managers for a structure not compared": (
        "name: A\nunequal_managers:\n  pm_only: 7\n",
        3,
        "unequal_managers.pm_only",
        "is not among structures",
    ),
    "another number that is the same": (
        "name: A\nunequal_managers: {separated: 6}\n",
        2,
        "unequal_managers.separated",
        "is 6, as for every structure; give another number",
    ),
    "a sweep over a key that is none": (
        "name: A\nvary:\n  portfolio.projects.at_strat: [1, 2]\n",
        3,
        "vary.portfolio.projects.at_strat",
        "is not a key here; did you mean at_start?",
    ),
    "a sweep over what cannot be": (
        "name: A\nvary:\n  managers: [2, 0]\n",
        3,
        "vary.managers",
        "is 0; give a whole number from 1",
    ),
    "a sweep over the structures themselves": (
        "name: A\nvary: {structures: [[merged], [agile]]}\n",
        2,
        "vary.structures",
        "is the same for the whole sweep; vary an ingredient of one, such as structures.merged.ranks",
    ),
    "a sweep of nothing": ("name: A\nvary: {managers: []}\n", 2, "vary.managers", "is an empty list"),
    "no units in a pool": (
        "name: A\norganisation:\n  specialists:\n    security: 0\n",
        4,
        "organisation.specialists.security",
        "is 0; give a whole number from 1",
    ),
    "a pool without a name": (
        "name: A\norganisation: {specialists: {'': 1}}\n",
        2,
        "organisation.specialists.",
        "has an unfit name",
    ),
    "a team twice": (
        "name: A\norganisation:\n  teams:\n    - {name: web}\n    - {name: web}\n",
        5,
        "organisation.teams.1.name",
        "is 'web' a second time",
    ),
    "a team without a name": (
        "name: A\norganisation:\n  teams:\n    - {name: web}\n    - {members: 3}\n",
        5,
        "organisation.teams.1.name",
        "is missing; give text",
    ),
    "no teams": (
        "name: A\norganisation: {teams: []}\n",
        2,
        "organisation.teams",
        "or a list of 1 to 5000 entries",
    ),
    "a word for teams": (
        "name: A\norganisation: {teams: many}\n",
        2,
        "organisation.teams",
        "is 'many'; give a mapping",
    ),
    "no such table": (
        "name: A\nportfolio:\n  plan: {tasks: x.csv}\n",
        3,
        "portfolio.plan.tasks",
        "names 'x.csv', which is no file",
    ),
    "a name no file can have": (
        f"name: A\nportfolio: {{plan: {{tasks: {'x' * 5000}.csv}}}}\n",
        2,
        "portfolio.plan.tasks",
        "which is no file",
    ),
    "no such Patterson file": (
        "name: A\nportfolio: {plan: {tasks: x.rcp}}\n",
        2,
        "portfolio.plan.tasks",
        "names 'x.rcp', which is no file",
    ),
    "a plan without tasks": ("name: A\nportfolio: {plan: {}}\n", 2, "portfolio.plan.tasks", "is missing"),
    "an unknown assumption": (
        "name: A\nassumptions:\n  pateince: 4\n",
        3,
        "assumptions.pateince",
        "is no assumption; did you mean patience?",
    ),
    "an impossible assumption": (
        "name: A\nassumptions:\n  patience: -1\n",
        3,
        "assumptions.patience",
        "is -1; give a number from",
    ),
    "a word for an assumption": (
        "name: A\nassumptions: {patience: long}\n",
        2,
        "assumptions.patience",
        "is 'long'",
    ),
    "an infinite assumption": (
        "name: A\nassumptions: {patience: .inf}\n",
        2,
        "assumptions.patience",
        "is inf",
    ),
    "a Python object": (
        "name: A\nseed: !!python/object/apply:os.getpid []\n",
        2,
        "seed",
        "carries the tag !!python/object/apply:os.getpid",
    ),
    "a tag on everything": ("!!python/dict {name: A}\n", 1, "", "carries the tag !!python/dict"),
    "hours as a clock has them": (
        "name: A\nportfolio:\n  projects: {effort_hours: 1:30}\n",
        3,
        "portfolio.projects.effort_hours",
        "is '1:30', which cannot be read; write a plain number, such as 1.5",
    ),
    "a number that YAML counts in eights": (
        "name: A\nmanagers: 010\n",
        2,
        "managers",
        "is '010', which cannot",
    ),
    "a tag that does not fit": ("name: A\nseed: !!int many\n", 2, "seed", "which cannot be read"),
    "an alias bomb": (BOMB, None, None, "expands to too many values"),
    "an alias inside itself": ("name: A\norganisation: &a {teams: *a}\n", None, "", "nested too deeply"),
    "endless brackets": ("name: " + "[" * 5000, None, "", "nested too deeply"),
    "Latin-1": ("name: A\nseed: 1 # for Zürich\n".encode("latin-1"), 2, "", "is not UTF-8 text"),
    "UTF-16": ("name: A\n".encode("utf-16"), 1, "", "is not UTF-8 text"),
}


@pytest.mark.parametrize(("text", "line", "key", "part"), WRONG.values(), ids=WRONG)
def test_one_mistake_is_told_in_one_line_with_its_place_and_remedy(
    tmp_path: Path, text: str | bytes, line: int | None, key: str | None, part: str
) -> None:
    (problem,) = problems_of(tmp_path, text)
    assert part in str(problem)
    assert "\n" not in str(problem)
    assert key is None or (problem.key, problem.line) == (key, line)
    assert problem.right


def test_a_problem_reads_as_one_line_that_editors_can_follow(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, "name: A\nmanagers: 0\n")
    assert (
        str(problem)
        == f"{tmp_path / 'org.yaml'}:2: managers: is 0; give a whole number from 1 to 5000 (people)"
    )


def test_what_a_user_wrote_cannot_break_the_line_or_steer_the_terminal(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'name: A\n"se\\ned\\e[2J": 1\n')
    assert str(problem).isprintable()


def test_all_mistakes_of_a_file_and_of_its_tables_are_told_at_once_in_order(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "project,task,team,estimate_hours,predecessors\nP,a,nobody,8,\nP,b,web,x,\n"
    )
    found = problems_of(
        tmp_path,
        "name: A\nseed: -1\nseed: 5\nmanagers: many\nstructures: [nope, mergd]\ncolour: red\n"
        "organisation: {teams: [{name: web}]}\nportfolio: {clients: 0, plan: {tasks: t.csv}}\n"
        "assumptions: {x: 1, y: 2}\n",
    )
    places = [(Path(problem.file).name, problem.line, problem.key) for problem in found]
    assert places == [
        ("org.yaml", 3, "seed"),
        ("org.yaml", 4, "managers"),
        ("org.yaml", 5, "structures.0"),
        ("org.yaml", 5, "structures.1"),
        ("org.yaml", 6, "colour"),
        ("org.yaml", 8, "portfolio.clients"),
        ("org.yaml", 9, "assumptions.x"),
        ("org.yaml", 9, "assumptions.y"),
        ("t.csv", 2, "team"),
        ("t.csv", 3, "estimate_hours"),
    ]


BESIDE = {  # what is looked for -> a text in which it is wrong, and something beside it too; the keys told
    "a team named twice": (
        "organisation: {teams: [{name: web, members: 0}, {name: ' web '}, {name: web}]}",
        ["organisation.teams.0.members", "organisation.teams.1.name", "organisation.teams.2.name"],
    ),
    "a risk named twice, and its pool": (
        "organisation: {teams: {count: 0}, specialists: {law: 1}}\nrisks:\n"
        "  - {name: x, of: team, effect: pool, pool: lav, chance_a_year: 0.1, impact: many}\n"
        "  - {name: x, of: team, effect: pool, pool: law, chance_a_year: 0.1, impact: 1}\n",
        ["organisation.teams.count", "risks.0.impact", "risks.0.pool", "risks.1.name"],
    ),
    "an outcome": (
        "objective: {net_value: 1, on_time_share: lots}",
        ["objective.on_time_share", "objective.net_value"],
    ),
    "the end and the structures of a reorganisation": (
        "reorganisation: {from: mergd, to: 3, day: 501}",
        ["reorganisation.to", "reorganisation.from", "reorganisation.day"],
    ),
}


@pytest.mark.parametrize("text, keys", BESIDE.values(), ids=BESIDE)
def test_what_is_wrong_beside_another_mistake_is_told_with_it(
    tmp_path: Path, text: str, keys: list[str]
) -> None:
    assert [problem.key for problem in problems_of(tmp_path, f"name: A\n{text}")] == keys


@pytest.mark.parametrize(
    ("text", "to_come"),
    [
        ("horizon_days: x\nreorganisation: {from: merged, to: agile, day: 9}", "reorganisation"),
        ("structures: [merged, {name: x}]\nmanagers: 2\nvary: {seed: [1]}", "managers, vary"),
        ("structures: [merged, agle]\ncurrent: agile", "current"),
        ("horizon_days: x\nvary: {clarity: [0.5]}", "vary"),
        ("organisation: 3\nrisks: none", "risks"),
        ("portfolio: {clients: 0}\nrisks: none", ""),
    ],
)
def test_keys_that_cannot_be_checked_yet_are_named_in_a_last_line(
    tmp_path: Path, text: str, to_come: str
) -> None:
    (tmp_path / "org.yaml").write_text(f"name: A\n{text}\n")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "org.yaml")
    said = f"{tmp_path / 'org.yaml'}: there may be more about {to_come} once this is mended"
    assert caught.value.to_come == ((said,) if to_come else ())
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args
    assert not to_come or str(caught.value).splitlines()[-1] == said


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(tmp_path / "nowhere.yaml")
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(tmp_path)


WITHOUT_LIBYAML = """
import sys, yaml
vars(yaml).pop("CSafeLoader", None)
from sim import load
from sim.scenario.reading.problems import ScenarioError
print(load(sys.argv[1]).name)
try:
    load(sys.argv[2])
except ScenarioError as error:
    print(error)
"""


def test_where_libyaml_is_not_there_scenarios_are_read_all_the_same(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("name: A\n")
    bad.write_text("name: A\nmanagrs: 3\n")
    given = [sys.executable, "-c", WITHOUT_LIBYAML, str(good), str(bad)]
    root = Path(__file__).parents[2]
    done = subprocess.run(given, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == f"A\n{bad}:2: managrs: is not a key here; did you mean managers?\n"
