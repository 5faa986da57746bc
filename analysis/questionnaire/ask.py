"""A new scenario: questions asked until every answer is sound, then a commented file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.questionnaire.comments import commented
from analysis.questionnaire.questions import QUESTIONS, Answers, Question, share_asked_for
from sim.scenario.assumptions import values
from sim.scenario.reading.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.scenario import Scenario

Ask = Callable[[Question, Any, str], str]
"""Asks a question, given its default and what was wrong with the answer before (or nothing); returns text."""


def new(path: Path | str, *, ask: Ask | None = None) -> Scenario:
    """Write a commented scenario to `path`, from the answers that `ask` brings, or from the defaults.

    Each answer is checked by the rules of scenarios, and asked for again until it is sound. Nothing is
    overwritten, and nothing is written before all is sound. Raises ScenarioError if `path` cannot be
    written.
    """
    from sim.scenario import load

    path = Path(path)
    _check_place(path)
    answers: Answers = {}
    for question in QUESTIONS:
        answers[question.key] = _answered(question, answers, ask)
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.write_text(commented(content(answers), share_asked_for(answers)), encoding="utf-8")
        scenario = load(draft)
        os.replace(draft, path)
    except OSError as error:
        raise ScenarioError([_unwritable(path, error)]) from None
    finally:
        draft.unlink(missing_ok=True)
    return scenario


def _check_place(path: Path) -> None:
    if path.exists():
        raise ScenarioError([Problem(str(path), None, "", "is there already", "give the name of a new file")])
    if not path.parent.is_dir():
        wrong = "lies in a folder that does not exist"
        raise ScenarioError([Problem(str(path), None, "", wrong, "make the folder, or choose another")])


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(str(path), None, "", f"cannot be written ({error.strerror})", "choose another place")


def _answered(question: Question, so_far: Answers, ask: Ask | None) -> Any:
    """A sound answer: the default, or what the user says in the end."""
    default = question.default(so_far)
    if ask is None:
        return default
    said, questioned = "", None
    while True:
        text = ask(question, default, said)
        try:
            answer = default if text == "" else question.read(text)
        except ValueError as error:
            said = f"That cannot be: {error}."
            continue
        if wrong := _refused({**so_far, question.key: answer}):
            said = f"That cannot be: {wrong}."
            continue
        strange = question.unusual({**so_far, question.key: answer})
        if not strange or answer == questioned:
            return answer
        end = "" if strange.endswith("?") else "."
        said, default, questioned = f"Unusual: {strange}{end} Enter keeps it.", answer, answer


def _refused(so_far: Answers) -> str:
    """What the rules of scenarios say against the answers so far; nothing if they are sound."""
    from sim.scenario import scenario_from

    known: Answers = {}
    for question in QUESTIONS:
        known[question.key] = so_far.get(question.key, None)
        if known[question.key] is None:
            known[question.key] = question.default(known)
    try:
        scenario_from(content(known))
    except ScenarioError as error:
        return "; ".join(f"{problem.wrong}; {problem.right}" for problem in error.problems)
    return ""


def content(answers: Answers) -> dict[str, Any]:
    """The answers as a scenario's plain values; the usual worth of a free hour is left open to doubt."""
    alone = answers["managers"] == 1
    others = ["merged", "pm_only", "dm_only"] if alone else ["merged", "separated", "agile"]
    today = _today(answers["current"], answers["sprints"])
    structures = [today, *(name for name in others if name != today)]
    portfolio: dict[str, Any] = {
        "clients": answers["clients"],
        "projects": {
            "at_start": answers["at_start"],
            "a_year": answers["a_year"],
            "effort_hours": answers["effort"],
            "cross_team": answers["cross_team"],
            "change_a_month": answers["change"],
            "deadline_slack": 1.5,
            "value_an_hour": answers["value"],
        },
    }
    if answers["services"]:
        portfolio["services"] = {"count": answers["services"], "tickets_a_week": answers["tickets"]}
    said = {"member_cost": "member_cost", "manager_cost": "manager_cost", "free_hour_value": "free_hour"}
    own = {name: answers[key] for name, key in said.items() if answers[key] != values()[name]}
    known = {"on_time_share": answers["on_time"], "utilisation": answers["busy"]}
    last_year = {name: share for name, share in known.items() if share is not None}
    teams = {"count": answers["teams"], "members": answers["members"], "skills": answers["skills"]}
    return {
        "name": answers["name"],
        "horizon_days": 500,
        "structures": structures,
        "current": today if isinstance(today, str) else today["name"],
        "managers": answers["managers"],
        "organisation": {"teams": teams, "specialists": answers["specialists"]},
        "portfolio": portfolio,
        **({"assumptions": own} if own else {}),
        **({"last_year": last_year} if last_year else {}),
    }


def _today(preset: str, sprints: float | None) -> str | dict[str, Any]:
    """Today's structure: a preset, or one like it with sprints of another length, or with none."""
    usual = SPRINT_DAYS if preset == "agile" else None
    if sprints == usual:
        return preset
    paced = {"rhythm": "flow"} if sprints is None else {"rhythm": "sprints", "sprint_days": sprints}
    return {"name": "today", "like": preset, **paced}


SPRINT_DAYS = 10.0
"""What the sprints of `agile` are like."""
