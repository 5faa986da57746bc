"""The class of the row that rules know as `given`, written from `assumptions.toml`, a field an assumption:

    python -m sim.scenario.row_of_assumptions

So an assumption is added in the file alone, and the type checker refuses a rule that misspells it.
"""

from __future__ import annotations

from pathlib import Path

from sim.scenario.assumptions import load_assumptions

PLACE = Path(__file__).parents[1] / "world" / "tables" / "assumptions.py"

HEAD = '''"""Every assumption, a field each; what they mean stands in `sim/scenario/assumptions.toml`.

Made from it by `python -m sim.scenario.row_of_assumptions`.
"""

from sim.world.tables.row import Row, f64


class Assumptions(Row):
    """Every number that rules go by; `given` in them."""

'''


def source() -> str:
    """The class as Python."""
    return HEAD + "".join(f"    {one.name}: f64  # {one.unit}\n" for one in load_assumptions().values())


if __name__ == "__main__":
    PLACE.write_text(source(), encoding="utf-8", newline="\n")
