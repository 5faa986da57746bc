"""What an answer is explained by, as tables and facts: shares of gains by ingredient, mechanisms in money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from analysis.decision.mechanisms import MECHANISMS, Mechanisms
from analysis.decision.shares import Share, Shares
from analysis.statistics.compare import Estimate
from analysis.words.numbers import difference, many
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from rich.console import Console

BY_INGREDIENT = "Share of the gain by ingredient"
CARRIES = "What carries it, one mechanism neutral at a time"
_TOGETHER, _LEFT = "together", "left over"
_WHOLE = "the gain of {} over {}"
_NONE_ALONE = "the gain less all of these: what none brings, less what two bring together"
_FRESH = (
    "Fresh futures are those that nothing was chosen from. "
    "The intervals of all parts of a gain hold together."
)
_ROUGH = "Where more than five ingredients differ, a few of their orders stand for all."


@dataclass(frozen=True)
class Grounds:
    """The shares of each structure's gain, and what carries that of `named` over `current` (or None)."""

    current: str
    named: str
    shares: tuple[Shares, ...]
    mechanisms: Mechanisms | None


@dataclass(frozen=True)
class Sheet:
    """A table of words; the last column is a number."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def grounds_sheets(found: Grounds, objective: str) -> Iterator[Sheet]:
    """The tables: shares by ingredient, and mechanisms."""
    if found.shares:
        rows = [row for shares in found.shares for row in _of_shares(shares, objective)]
        yield Sheet(
            _over(BY_INGREDIENT, found.shares[0].gain), ("Structure", "Ingredient", "Brings"), tuple(rows)
        )
    if found.mechanisms is not None:
        rows = list(_of_mechanisms(found, found.mechanisms, objective))
        head = ("Mechanism", "Neutral means", "Brings")
        yield Sheet(_over(CARRIES, found.mechanisms.gain), head, tuple(rows))


def notes(found: Grounds) -> str:
    """What must be known beside the tables."""
    rough = any(not shares.exact for shares in found.shares)
    return " ".join([_FRESH, *([_ROUGH] if rough else [])])


def _over(caption: str, gain: Estimate) -> str:
    return f"{caption}, in {many(gain.futures, 'fresh future')}"


def _of_shares(shares: Shares, objective: str) -> Iterator[tuple[str, ...]]:
    for n, share in enumerate(shares.of):
        yield ("" if n else shares.structure, share.change, _size(share.gain, objective))
    if len(shares.of) > 1:
        yield ("", _TOGETHER, _size(shares.gain, objective))


def _of_mechanisms(found: Grounds, made: Mechanisms, objective: str) -> Iterator[tuple[str, ...]]:
    for mechanism in MECHANISMS:
        if mechanism.name in made.brings:
            yield (mechanism.name, mechanism.neutral, _size(made.brings[mechanism.name], objective))
    yield (_LEFT, _NONE_ALONE, _size(made.left, objective))
    yield (_TOGETHER, _WHOLE.format(found.named, found.current), _size(made.gain, objective))


def _size(gain: Estimate, objective: str) -> str:
    return difference(BY_NAME[objective], gain.mean, gain.half_width)


def print_grounds(console: Console, found: Grounds | None, objective: str) -> None:
    """Print the tables, if there are any, and what must be known beside them."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if found is None:
        return
    for sheet in grounds_sheets(found, objective):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for label in sheet.head:
            table.add_column(Text(label), overflow="fold")
        for row in sheet.rows:
            table.add_row(*map(Text, row))
        console.print(Text(sheet.caption, "bold"))
        console.print(table)
        console.print()
    console.print(Text(notes(found)))


# --- kept, and read back -----------------------------------------------------------------------------------


def plain_grounds(found: Grounds | None) -> dict[str, Any] | None:
    """Plain values for a file."""
    return asdict(found) if found is not None else None


def grounds_from(facts: Any) -> Grounds | None:
    """What `plain_grounds` made, read back; None for anything else."""
    try:
        shares = tuple(_shares_from(each) for each in facts["shares"])
        made = facts["mechanisms"]
        known = None if made is None else _mechanisms_from(made)
        return Grounds(str(facts["current"]), str(facts["named"]), shares, known)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _shares_from(facts: Mapping[str, Any]) -> Shares:
    of = _each(facts["of"])
    return Shares(str(facts["structure"]), of, _estimate(facts["gain"]), facts["exact"] is True)


def _each(facts: Sequence[Mapping[str, Any]]) -> tuple[Share, ...]:
    return tuple(
        Share(str(each["ingredient"]), str(each["change"]), _estimate(each["gain"])) for each in facts
    )


def _mechanisms_from(facts: Mapping[str, Any]) -> Mechanisms:
    brings = {str(name): _estimate(each) for name, each in facts["brings"].items()}
    return Mechanisms(_estimate(facts["gain"]), brings, _estimate(facts["left"]))


def _estimate(facts: Mapping[str, Any]) -> Estimate:
    return Estimate(float(facts["mean"]), float(facts["low"]), float(facts["high"]), int(facts["futures"]))
