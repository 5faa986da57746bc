"""All known answers, and the table of them that a page shows. The figures in it are never typed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from analysis.explanations import page_parts
from validation.answer import Estimate, KnownAnswer

START, END = "<!-- known answers: python -m validation -->", "<!-- end of known answers -->"
HEAD = ("fact", "expected", "simulated", "within", "source")


def known_answers() -> tuple[KnownAnswer, ...]:
    """Every known answer, group by group."""
    from validation import littles_law, networks, polling, psplib, queues, refinement, running_out, span

    return (
        *queues.ANSWERS,
        *polling.ANSWERS,
        *span.ANSWERS,
        *littles_law.ANSWERS,
        *networks.ANSWERS,
        *psplib.ANSWERS,
        *refinement.ANSWERS,
        *running_out.ANSWERS,
    )


def number(value: float) -> str:
    """A figure to a thousandth, without idle zeros."""
    return f"{round(value, 3) + 0.0:g}" if abs(value) < 1000 else f"{value:.0f}"


def expectation(answer: KnownAnswer) -> str:
    """What is expected, in a cell."""
    return {"equals": "", "at most": "≤ ", "at least": "≥ "}[answer.relation] + number(answer.expected)


def tolerance(answer: KnownAnswer) -> str:
    """How near the simulation must come, in a cell."""
    if answer.relation != "equals":
        return ""
    return f"± {number(answer.tolerance)}" if answer.tolerance > 1e-6 else "exact"


def cells(answer: KnownAnswer, simulated: Estimate | None) -> tuple[str, ...]:
    """A row of the table; without a simulated figure (None), its data are not at hand."""
    figure = "not at hand"
    if simulated is not None:
        figure = number(simulated.mean) + (f" ± {number(simulated.doubt)}" if simulated.doubt > 5e-4 else "")
        figure += "" if answer.holds(simulated) else " **missed**"
    return answer.fact, expectation(answer), figure, tolerance(answer), answer.source


def simulate(answer: KnownAnswer) -> Estimate | None:
    """The simulated figure, or None where its data are missing."""
    try:
        return answer.simulate()
    except FileNotFoundError:
        return None


def lines() -> Iterator[str]:
    """The table in Markdown, line by line, from fresh runs."""
    for group, answers in groupby(known_answers(), lambda answer: answer.group):
        yield f"### {group}"
        yield ""
        yield f"| {' | '.join(HEAD)} |"
        yield f"|{'---|' * len(HEAD)}"
        for answer in answers:
            yield f"| {' | '.join(cells(answer, simulate(answer)))} |"
        yield ""


def renew(page: Path) -> None:
    """Put a fresh table into a page, between its two comments. Raises ValueError if it lacks them."""
    page_parts.around(page, START, END)  # fails at once: the runs take minutes
    page_parts.renew(page, START, END, "\n".join(lines()))
