"""A small organisation, whose runs take no time, for attacks on whatever is around them."""

from __future__ import annotations

from pathlib import Path

SMALL = """\
name: Attacked agency
horizon_days: 40
managers: 3
structures: [merged, separated, agile]
organisation:
  teams:
    count: 3
    members: 3
"""


def small(folder: Path) -> Path:
    """The scenario as a file in `folder`."""
    path = folder / "attacked.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path
