"""The answer that `decide` left in a folder of results, and the runs that it rests on."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.grounds import Grounds, grounds_from
from analysis.decision.sentences import STAY
from analysis.resemblance.table import Likeness, likeness_from
from analysis.statistics.compare import complete_futures
from sim.safety.facts_file import facts_if_whole

if TYPE_CHECKING:
    import pandas as pd

DECISION = "decision.json"
"""Where `decide` leaves its answer: `question`, `answer` and `paragraphs`, in words, and its numbers."""

LIKENESS = "is_this_you"
"""Under what name the answer holds whether today's organisation is like others."""

EXPLAINED = "explained"
"""Under what name it holds by what the gains are explained, where that was asked."""

MOST_FUTURES_KEY = "max_replications"
"""The argument of a batch that only `decide` has."""

INSTEAD = "what is said here is what all runs show; `rolecall decide` writes it anew"
"""What a command says that reads the runs of an answer whose file is lost: intervals of as many futures as
were lived through, not of a search that stops when it knows.
"""

log = logging.getLogger("rolecall")


@dataclass(frozen=True)
class Words:
    """The answer in words, as `decide` left it here, or as the runs allow."""

    question: str
    answer: str
    paragraphs: tuple[str, ...]
    details: tuple[str, ...] = ()

    @property
    def in_short(self) -> str:
        """The answer for a heading: where more futures could tell how far to stay, but not to move, that."""
        stays = bool(self.paragraphs) and f": {STAY}" in self.paragraphs[0]
        return STAY if stays and self.answer == "cannot tell" else self.answer


@dataclass(frozen=True)
class Decided:
    """What `decide` left: its words, the futures it compared, what matters to it and how sure it had to be.

    The numbers are None where it compared nothing. `lived` says how many futures each structure was to
    live through. `likeness` tells if today's organisation is like others, `explained` what brings the gains,
    where that was asked.
    """

    words: Words
    futures: int | None
    matters: float | None
    confidence: float | None
    lived: Mapping[str, int] = field(default_factory=dict)
    likeness: Likeness | None = None
    explained: Grounds | None = None


def decided(folder: Path) -> Decided | None:
    """The answer in `folder`; None if there is none, or it cannot be read."""
    try:
        said = facts_if_whole(folder / DECISION, f"left aside; {INSTEAD}")
        lines = (tuple(said["paragraphs"]), tuple(said.get("details") or ()))
        words = Words(said["question"], said["answer"], *lines)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not all(
        isinstance(each, str) for each in (words.question, words.answer, *words.paragraphs, *words.details)
    ):
        return None
    return Decided(
        words,
        futures_compared(said),
        _number(said, "selection", "delta"),
        _number(said, "selection", "confidence"),
        {s: n for s, n in (said.get("lived") or {}).items() if isinstance(n, int)},
        likeness_from(said.get(LIKENESS)),
        grounds_from(said.get(EXPLAINED)),
    )


def tell_if_lost(folder: Path, arguments: Mapping[str, Any]) -> None:
    """Warn where `decide` made the runs, as the `arguments` of the manifest say, and its answer is gone."""
    if MOST_FUTURES_KEY in arguments and not (folder / DECISION).exists():
        log.warning("%s: is missing; %s", folder / DECISION, INSTEAD)


def while_alive(results: pd.DataFrame, lived: Mapping[str, int]) -> pd.DataFrame:
    """The rows of `results` that were asked for: of each structure its first `lived` futures.

    There may be more: another command has lived through them since.
    """
    asked = results["structure"].map(dict(lived)).fillna(math.inf)
    return results[results["replication"] < asked]


def rests_on(
    results: pd.DataFrame, structures: Sequence[str], objective: str, futures: int | None
) -> pd.DataFrame:
    """The first rows of `results`, until `futures` futures are whole: a later command may have added more.

    A future is whole when each of `structures` ran to its end in it; those that failed before the last one
    stay in, for they are told, too. All rows where `futures` is None, or no more are there.
    """
    own = results[results["structure"].isin(structures)]
    whole = sorted(complete_futures(own, objective)["replication"].unique())
    if futures is None or futures >= len(whole):
        return results
    return results[results["replication"] < whole[futures]]


def futures_compared(said: dict[str, Any]) -> int | None:
    """How many futures an answer that was kept compared; the design that it names may have been left out
    before the last of them. None where it compared nothing.
    """
    own = _number(said, "difference", "futures")
    if own is None:
        return None
    so_far = (said.get("selection") or {}).get("so_far") or {}
    return int(max([own, *filter(None, (_number(so_far, name, "futures") for name in so_far))]))


def _number(said: dict[str, Any], part: str, key: str) -> float | None:
    facts = said.get(part)
    value = facts.get(key) if isinstance(facts, dict) else None
    return value if isinstance(value, (int, float)) and value > 0 else None
