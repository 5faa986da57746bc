"""How long each room of the house is: its lines now, and the lines that it was given to grow to.

    python -m benchmarks.lines

Growth beyond its budget is a decision, to be told with its reason in `docs/explanation/decisions.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

BUDGETS = {
    ("sim/rules", "sim/world", "sim/outcomes"): 5_200,
    ("sim/scenario",): 2_600,
    ("sim/engine",): 650,
    ("sim/building",): 1_200,
    ("sim/batch",): 1_200,
}
"""Lines that rooms may have, some of them together."""

QUESTIONS = ("decision", "tipping_points", "sweeps", "causes", "reorganisation", "story", "questionnaire")
"""Rooms of `analysis` that answer one question each."""

A_QUESTION = 900
"""Lines that each of them may have."""


def rooms() -> dict[str, int]:
    """The lines of each package of `sim` and `analysis`, and of what stands outside of them."""
    found: dict[str, int] = {}
    for path in sorted(path for house in ("sim", "analysis") for path in ROOT.glob(f"{house}/**/*.py")):
        room = "/".join(path.relative_to(ROOT).parts[:-1][:2])
        found[room] = found.get(room, 0) + len(path.read_text(encoding="utf-8").splitlines())
    return found


def budgets() -> dict[tuple[str, ...], int]:
    """Every budget, by the rooms that share it."""
    return BUDGETS | {(f"analysis/{name}",): A_QUESTION for name in QUESTIONS}


def lines() -> Iterator[str]:
    """A line a room, one for each budget that rooms share, and the sum."""
    found, given = rooms(), budgets()
    for room, length in found.items():
        yield _line(room, length, given.get((room,)))
    for shared, budget in given.items():
        if len(shared) > 1:
            yield _line(" + ".join(shared), sum(found[room] for room in shared), budget)
    yield _line("all", sum(found.values()), None)


def _line(room: str, length: int, budget: int | None) -> str:
    of = "" if budget is None else f"{budget:8,}{'  over' if length > budget else ''}"
    return f"{room:42}{length:8,}{of}"


if __name__ == "__main__":
    print(f"{'room':42}{'lines':>8}{'budget':>8}")
    print("\n".join(lines()))
