"""The step must not decide: outcomes in steps of one hour against those of longer ones, under the same luck.

For every scenario of the library and each of its structures, a test of equivalence (two one-sided tests;
Schuirmann 1987): an outcome at two hours equals that at one if the 90% interval of their mean difference lies
within half of what matters. That two runs differ "not significantly" would say nothing: a test with few
futures finds no difference anywhere. The same differences at 4 and 8 hours are the bias of coarser steps.

    python -m validation.steps [page]    prints the table, or renews it in a page
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario, load
from sim.vocabulary import EARNED

Floats = NDArray[np.float64]

ROOT = Path(__file__).parents[1]
START, END = "<!-- steps: python -m validation.steps -->", "<!-- end of steps -->"
FINE = 1  # h: what the others are held against
LONGER = (2, 4, 8)  # h
FUTURES = (120, 480, 1920)  # as many as it takes to tell whether two hours equal one

MATTERS = {
    "net_value_a_year": None,
    "on_time_share": 0.05,
    "slip_ratio": 0.05,
    "utilisation": 0.02,
    "manager_use": 0.05,
    "blocked_days": 0.25,
}
"""The smallest change of each outcome that anyone would act on; None: 1% of the value delivered a year, as
`decide` has it."""


class Bias(NamedTuple):
    """How far an outcome at a longer step is from that at one hour: mean and half its 90% interval."""

    outcome: str
    step_hours: int
    mean: float
    doubt: float
    matters: float

    @property
    def equivalent(self) -> bool:
        """Whether the difference is surely within half of what matters."""
        return abs(self.mean) + self.doubt <= self.matters / 2.0

    @property
    def differs(self) -> bool:
        """Whether it is surely beyond that."""
        return abs(self.mean) - self.doubt > self.matters / 2.0


def levels(scenario: Scenario, step_hours: int, futures: Sequence[int]) -> Floats:
    """Outcomes and what is earned a year, future × outcome: the mean over all structures of each future.

    Raises RuntimeError for a run that failed.
    """
    prepared = prepare(scenario.with_changes({"step_hours": step_hours}))
    names = [*MATTERS, *EARNED]
    rows = simulate_block(prepared, futures)
    failed = [error for _, _, outcomes, error in rows if outcomes is None]
    if failed:
        raise RuntimeError(failed[0])
    values = np.array([[outcomes[name] for name in names] for _, _, outcomes, _ in rows if outcomes])
    earned = values[:, len(MATTERS) :].sum(axis=1) * prepared.values["days_a_year"] / scenario.horizon_days
    values = np.column_stack([values[:, : len(MATTERS)], earned])
    mean: Floats = values.reshape(len(futures), -1, values.shape[1]).mean(axis=1)
    return mean


def biases(scenario: Scenario, futures: Sequence[int], longer: Sequence[int] = LONGER) -> Iterator[Bias]:
    """How far each outcome is off at longer steps."""
    fine = levels(scenario, FINE, futures)
    earned = float(fine[:, -1].mean())
    for hours in longer:
        apart = levels(scenario, hours, futures) - fine
        for k, (outcome, matters) in enumerate(MATTERS.items()):
            change = apart[~np.isnan(apart[:, k]), k]
            if change.size > 1:
                yield Bias(outcome, hours, float(change.mean()), _doubt(change), matters or 0.01 * earned)


def _doubt(values: Floats) -> float:
    """Half of the 90% interval of a mean (Student): both of the one-sided tests at 5%."""
    spread = float(values.std(ddof=1)) / math.sqrt(values.size)
    return float(student.ppf(0.95, values.size - 1)) * spread


# --- the table ---------------------------------------------------------------------------------------------


def library() -> list[Path]:
    """The scenarios that come with Rolecall."""
    return sorted((ROOT / "scenarios").glob("*.yaml"))


def _cell(bias: Bias) -> str:
    """A difference in parts of what matters, and the verdict."""
    said = "equal" if bias.equivalent else "apart" if bias.differs else "open"
    mean, doubt = bias.mean / bias.matters, bias.doubt / bias.matters
    return f"{mean:+.2f} ± {doubt:.2f} {said}"


def found(scenario: Scenario, futures: Sequence[int]) -> list[Bias]:
    """The biases of a scenario, of as many futures of those allowed as tell whether two hours equal one.

    Looking up to three times at 5% each errs a little more often than once; what is far from the line, as
    nearly all is, errs never.
    """
    biased: list[Bias] = []
    for count in futures:
        biased = list(biases(scenario, range(count)))
        if all(b.equivalent or b.differs for b in biased if b.step_hours == LONGER[0]):
            break
    return biased


def lines(futures: Sequence[int] = FUTURES) -> Iterator[str]:
    """The table, line by line."""
    heads = [f"{FINE} to {hours} h" for hours in LONGER]
    yield "| scenario | outcome | what matters | " + " | ".join(heads) + " |"
    yield "|---|---|---|" + "---|" * len(heads)
    for path in library():
        biased = found(load(path), futures)
        for outcome in dict.fromkeys(bias.outcome for bias in biased):
            mine = [bias for bias in biased if bias.outcome == outcome]
            cells = [path.stem, outcome, f"{mine[0].matters:,.3g}", *map(_cell, mine)]
            yield "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table, or renew it in a page."""
    if len(sys.argv) < 2:
        for line in lines():
            print(line, flush=True)
        return
    page = Path(sys.argv[1])
    before, rest = page.read_text(encoding="utf-8").split(START)
    after = rest.split(END)[1]
    table = "\n".join(lines())
    page.write_text(f"{before}{START}\n\n{table}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
