"""All claims on one slide: a forest of standardised contrasts, grouped by what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.claim_tests.contrasts import Tested
from analysis.claim_tests.judge import MOSTLY
from analysis.claim_tests.result import Claims
from analysis.figures.looks import SMALL, blank, plain
from analysis.words.numbers import listed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = {
    "holds": ("#0072B2", "o"),
    "holds above": ("#0072B2", "^"),
    "holds below": ("#0072B2", "v"),
    "does not hold": ("#777777", "s"),
    "the reverse holds": ("#D55E00", "D"),
}
_FROM_ON = {"holds above": "holds from a value on", "holds below": "holds up to a value"}

_UNTOLD = ("#BBBBBB", ".")

FAR = 6.0
"""Margins from the line beyond which a contrast is drawn at the edge, with an arrow."""

_LONGEST_LABEL = 76


def claims_figure(claims: Claims) -> Figure:
    """The first comparison of each claim: how many margins it is in the claim's favour, with its interval."""
    rows = [claims.of(claim)[0] for claim in claims.claims]
    groups = list(dict.fromkeys(each.claim.group for each in rows))
    rows.sort(key=lambda each: (groups.index(each.claim.group), each.claim.number))
    figure = blank(_finding(rows), _source(claims))
    axes = figure.subplots()
    lines = list(_lines(rows))
    for place, line in enumerate(lines):
        if isinstance(line, Tested):
            _draw(axes, len(lines) - 1 - place, line)
    axes.axvline(0, color="black", lw=0.8)
    axes.axvline(1, color="#777777", lw=0.8, ls=":")
    axes.set_xlim(-FAR * 1.05, FAR * 1.05)
    labels = [line if isinstance(line, str) else _label(line) for line in reversed(lines)]
    axes.set_yticks(range(len(lines)), labels, size=SMALL)
    for tick, line in zip(axes.get_yticklabels(), reversed(lines), strict=True):
        tick.set_fontweight("bold" if isinstance(line, str) else "normal")
    axes.set_ylim(-0.7, len(lines) - 0.3)
    axes.set_xlabel("in the claim's favour, in margins: at 1 (dotted) it matters", size=SMALL)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False, labelsize=SMALL)
    _legend(axes, rows)
    return figure


def _lines(rows: list[Tested]) -> Iterator[Tested | str]:
    """The claims from top to bottom, under the name of what they are about."""
    for group in dict.fromkeys(each.claim.group for each in rows):
        yield group
        yield from (each for each in rows if each.claim.group == group)


def _draw(axes: object, height: int, tested: Tested) -> None:
    """A contrast with its interval, cut at the edges."""
    colour, marker = COLOURS.get(tested.finding.verdict, _UNTOLD)
    mean, row = tested.finding.mean, tested.finding.row
    if not mean.futures:
        return
    zero, margin = (MOSTLY, 0.1) if row.kind == "mostly" else (0.0, row.margin)
    middle, low, high = ((end - zero) / margin for end in (mean.mean, mean.low, mean.high))
    low, high = max(low, -FAR), min(high, FAR)
    axes.plot([low, high], [height, height], color=colour, lw=2, solid_capstyle="round")  # type: ignore[attr-defined]
    inside = max(-FAR, min(FAR, middle))
    sign = marker if inside == middle else (">" if middle > 0 else "<")
    axes.plot([inside], [height], color=colour, marker=sign, ms=7)  # type: ignore[attr-defined]
    median = tested.finding.median.mean / margin
    if abs(median) <= FAR:
        axes.plot([median], [height], color="black", marker="|", ms=9, mew=1.4)  # type: ignore[attr-defined]


def _label(tested: Tested) -> str:
    said = tested.claim.says
    said = said if len(said) <= _LONGEST_LABEL else said[: said.rfind(" ", 0, _LONGEST_LABEL)] + " …"
    star = "*" if tested.finding.row.by_construction else ""
    return plain(f"{said}  {tested.claim.name}{star}")


def _legend(axes: object, rows: list[Tested]) -> None:
    from matplotlib.lines import Line2D

    told = dict.fromkeys(each.finding.verdict for each in rows)
    looks = {verdict: COLOURS.get(verdict, _UNTOLD) for verdict in told}
    handles = [
        Line2D([], [], color=look[0], marker=look[1], label=_FROM_ON.get(said, said))
        for said, look in looks.items()
    ]
    handles.append(Line2D([], [], color="black", marker="|", ms=9, mew=1.4, ls="", label="median"))
    axes.legend(  # type: ignore[attr-defined]
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.1, -0.09),
        ncols=7,
        frameon=False,
        fontsize=SMALL,
    )


def _finding(rows: list[Tested]) -> str:
    tests = [each for each in rows if not each.finding.row.by_construction]
    held = sum(each.finding.verdict.startswith("holds") for each in tests)
    failed = sum(each.finding.verdict in ("does not hold", "the reverse holds") for each in tests)
    untold = len(tests) - held - failed
    said = f"{held} {'holds' if held == 1 else 'hold'}, {failed} {'does' if failed == 1 else 'do'} not"
    return f"Of {len(tests)} claims that could fail, {said}, {untold} cannot be told"


def _source(claims: Claims) -> str:
    rows = [claims.of(claim)[0] for claim in claims.claims]
    within = [each.claim.name for each in rows if each.finding.row.kind == "alike"]
    alike = f" For {listed(within)}, to hold is to lie within ±1." if within else ""
    least = min(each.organisations for each in claims.tested)
    return (
        f"{least:,} drawn organisations, assumptions drawn with them; all {claims.family} intervals hold "
        f"together (95%).{alike} * true by construction: only its size is told. Rolecall {claims.version}."
    )
