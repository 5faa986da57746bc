"""The verdict: question, answer, and a paragraph for each thing that whoever must decide will ask next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.decision import sentences as say
from analysis.statistics.compare import Comparison, Estimate, no_future
from analysis.statistics.equality import Alike
from analysis.words.answers import Answer, answer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.decision.assumption_doubt import Doubted
    from analysis.decision.beside import Beside
    from analysis.decision.idle_spread import Restless
    from analysis.statistics.selection import Selection


@dataclass(frozen=True, eq=False)
class Verdict(Alike):
    """The answer to `question`, about the best of the other structures: `challenger` (None if there is none).

    `difference` is its gain in the objective over the current structure, `win_share` the share of futures
    in which it is ahead, `doubted_share` that share once the assumptions are doubted (NaN if they were not).
    `paragraphs` say it all in words, the most important first.
    """

    question: str
    answer: Answer
    challenger: str | None
    difference: Estimate | None
    win_share: float
    doubted_share: float
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(self.paragraphs)

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
) -> Verdict:
    """Say whether to leave the current structure for the best of the others.

    `selection` is what may be said from the futures of `comparison`; None if there is nothing to choose from.
    `managers` is their number, the same in every structure that was compared; `unequal` compares the current
    one with structures of another number; `points` says what an objective's points are. `doubted` are futures
    in which the assumptions differ, too; `beside` is what stands beside the gain of each structure, and
    `restless` how far one future moves for nothing.
    """
    if selection is None or not comparison.others or not comparison.futures:
        return _nothing_to_compare(comparison)
    challenger = best_other(comparison)
    gain, wins = comparison.gain(challenger), comparison.win_share[challenger]
    shaken = (doubted.win_share[challenger], doubted.futures) if doubted else None
    answer = answer_of(selection, gain, wins, shaken)
    question, doing = say.wording(comparison.current, challenger)
    about = [say.opening(comparison, answer, selection), say.equal(comparison, challenger)]
    about = (
        about
        if about[-1]
        else [
            say.opening(comparison, answer, selection),
            say.size(comparison, challenger, doing, managers),
            say.odds_of(comparison, challenger, doubted),
            say.why_not_plainer(answer, comparison, challenger, selection),
        ]
    )
    paragraphs = (
        " ".join(sentence for sentence in about if sentence),
        points,
        say.once(beside[challenger], comparison, challenger) if beside else "",
        say.free_hours(beside[challenger], challenger) if beside else "",
        say.days(comparison, challenger),
        say.moves_most(comparison, challenger),
        say.hangs_on(comparison, challenger, doubted),
        say.runners_up(comparison, challenger),
        say.means_nothing(restless, comparison) if restless else "",
        say.unequal(unequal) if unequal else "",
        say.warnings(comparison, challenger, doubted),
        say.limits(doubted is not None),
    )
    share = shaken[0] if shaken else math.nan
    said = tuple(paragraph for paragraph in paragraphs if paragraph)
    return Verdict(question, answer, challenger, gain, wins, share, said)


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
