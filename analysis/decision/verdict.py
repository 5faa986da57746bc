"""The verdict: question, answer, and a paragraph for each thing that whoever must decide will ask next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.decision import cautions, detail, hinges, lines, reasons
from analysis.statistics.compare import Comparison, Estimate, no_future
from analysis.statistics.equality import Alike
from analysis.words.answers import Answer, answer_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.decision.assumption_doubt import Doubted
    from analysis.decision.change_cost import Changing
    from analysis.decision.designs import Design
    from analysis.decision.gain_breakdown import Beside
    from analysis.decision.grounds import Grounds
    from analysis.decision.headcount import HeadCount
    from analysis.decision.idle_spread import Restless
    from analysis.decision.naming import RolesAlone
    from analysis.statistics.selection import Selection


@dataclass(frozen=True, eq=False)
class Verdict(Alike):
    """The answer to `question`, about the design that is named: `challenger` (None if there is none).

    `difference` is its gain in the objective over the current structure, `win_share` the share of futures
    in which it is ahead, `doubted_share` that share once the assumptions are doubted (NaN if they were not).
    `paragraphs` are the answer, why, and what would change it, a line each, and below them what another
    number of managers would bring; `details` is what else may be asked, the most important first.
    """

    question: str
    answer: Answer
    challenger: str | None
    difference: Estimate | None
    win_share: float
    doubted_share: float
    paragraphs: tuple[str, ...]
    details: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The answer in its three lines."""
        return "\n".join(self.paragraphs)

    @property
    def whole(self) -> str:
        """All that is said, a paragraph a line."""
        return "\n".join((*self.paragraphs, *self.details))

    def __str__(self) -> str:
        return f"{self.question} {self.text}"


def verdict(
    comparison: Comparison,
    selection: Selection | None,
    *,
    managers: int,
    points: str = "",
    doubted: Doubted | None = None,
    unequal: Comparison | None = None,
    beside: Mapping[str, Beside] | None = None,
    restless: Restless | None = None,
    designs: Sequence[Design] = (),
    challenger: str | None = None,
    roles: RolesAlone | None = None,
    heads: HeadCount | None = None,
    changing: Changing | None = None,
    explained: Grounds | None = None,
) -> Verdict:
    """Say whether to leave the current structure for the design that is named (default: the best other one).

    `selection` is what may be said from the futures of `comparison`; None if there is nothing to choose from.
    `managers` is their number, the same in every structure that was compared; `unequal` compares the current
    one with structures of another number; `points` says what an objective's points are. `doubted` are futures
    in which the assumptions differ, too; `beside` is what stands beside the gain of each structure, and
    `restless` how far one future moves for nothing. `designs` took part in the choice; `roles` is what other
    roles bring by themselves, `heads` what other numbers of managers bring, `changing` what the change costs,
    and `explained` by what the gains are.
    """
    if selection is None or not comparison.others or not comparison.futures:
        return _nothing_to_compare(comparison)
    challenger = challenger or best_other(comparison)
    design = next((each for each in designs if each.name == challenger), None)
    gain, wins = comparison.gain(challenger), comparison.win_share[challenger]
    shaken = (doubted.win_share[challenger], doubted.futures) if doubted else None
    answer = answer_of(selection, gain, wins, shaken)
    today = next((each.structure for each in designs if each.name == comparison.current), None)
    question, doing = lines.wording(comparison.current, challenger, design, today)
    own = beside.get(challenger) if beside else None
    paragraphs = (
        lines.what_to_do(
            answer, comparison, challenger, selection, doing, managers, doubted, roles, changing
        ),
        lines.why_so(comparison, challenger, own, explained.mechanisms if explained else None),
        lines.what_would_change_it(comparison, challenger, doubted, own),
        lines.at_other_numbers(heads, comparison.objective),
    )
    details = (
        points,
        reasons.once_more(comparison, explained),
        detail.once(own, comparison, challenger) if own else "",
        detail.free_hours(own, challenger) if own else "",
        detail.days(comparison, challenger),
        detail.moves_most(comparison, challenger),
        hinges.hangs_on(comparison, challenger, doubted),
        lines.net_of_doubt(gain, doubted, challenger, comparison.objective),
        detail.runners_up(comparison, challenger),
        reasons.losses(explained, comparison),
        detail.means_nothing(restless, comparison) if restless else "",
        detail.unequal(unequal) if unequal else "",
        cautions.warnings(comparison, challenger, doubted),
        detail.limits(doubted is not None),
    )
    share = shaken[0] if shaken else math.nan
    said, more = (tuple(filter(None, each)) for each in (paragraphs, details))
    return Verdict(question, answer, challenger, gain, wins, share, said, more)


def best_other(comparison: Comparison) -> str:
    """The structure with the highest mean objective but for the current one, of those not left out."""
    left = [s for s in comparison.others if s not in comparison.left_out] or comparison.others
    return max(left, key=lambda structure: comparison.gain(structure).mean)


def _nothing_to_compare(comparison: Comparison) -> Verdict:
    why = f"only {comparison.current} was run, so there is nothing to compare it with"
    if not comparison.futures:
        why = no_future(comparison.objective)
    return nothing_to_tell(f"For {comparison.scenario}: cannot tell; {why}.")


def nothing_to_tell(why: str) -> Verdict:
    """The verdict on a question that has no answer, and why."""
    return Verdict("Change the roles?", "cannot tell", None, None, math.nan, math.nan, (why,))
