"""The organisations of the library beside what is published: none is a forecast, all should be believable.

Each is seen under its structure of today: a few futures of two years for its figures, some of ten years for
its open work, and a switch to another structure for the dip that follows. Who lies outside a published range
is said in words; nothing here is a test, and nothing is tuned to it but what a header says.

    python -m validation.library [page]    prints the tables, or renews them in a page
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.explanations import page_parts
from analysis.reorganisation.ask import switch
from analysis.reorganisation.hopes import HALF_A_YEAR, NOTICEABLE, Change, Hopes, held_against_hope
from analysis.resemblance.ask import resemblance_of
from analysis.resemblance.published_figures import PUBLISHED, Published
from analysis.resemblance.result import Compared, Resemblance
from analysis.resemblance.runs import QuickLook, look_at, today
from analysis.resemblance.thresholds import GROWING
from analysis.resemblance.words import size, usual
from analysis.statistics.compare import Estimate, estimate
from analysis.words.numbers import UNKNOWN, listed, number
from sim.building.preparation import prepare
from sim.clocks.payback import LEFT, NET, days_of_block
from sim.scenario import Scenario, load
from sim.scenario.own_structures import name_of
from sim.vocabulary import RunEnd
from validation.steps import library

Floats = NDArray[np.float64]

START, END = "<!-- library: python -m validation.library -->", "<!-- end of library -->"

FUTURES, FUTURES_LONG, FUTURES_SWITCH = 40, 40, 40
"""Futures of two years, of ten, and of a switch; a quarter of each for an organisation of hundreds."""

MANY = 200
"""Members from which an organisation takes a quarter of the futures."""

LONG = 10
"""Years over which open work is followed."""

SETTLED = 3
"""Years after which it ought to be steady: the growth since is what counts."""

SWITCH_DAY = 60
"""The day of a switch; the dip is looked for in the half year after it."""

PARTS = (
    ("on_time_share", "effort_ratio", "cancelled_share", "rework_share", "satisfaction", "margin"),
    ("manager_use", "utilisation", "meetings_share", "pool_use"),
    ("matter_wait_days", "blocked_days", "ticket_level_share", "lead_days", "projects_a_year"),
)
"""Figures that stand in one table together."""


class Seen(NamedTuple):
    """An organisation: its name, its figures, open work at the end of each of ten years over the hours that
    are paid in a year (nothing for a plan), and the dip of a switch (None where there is no other structure).
    """

    name: str
    found: Resemblance
    open_work: Floats
    dip: Dip | None


class Dip(NamedTuple):
    """What a switch to `to`, announced on its day, costs before it pays: where the mean gain is lowest in the
    half year after it (in what a day of all members costs), and how often that shows and disappoints.
    """

    to: str
    lowest: float
    hopes: Hopes


def seen(path: Path, share: float = 1.0) -> Seen:
    """Look at an organisation, with a `share` of the usual futures."""
    scenario = load(path)
    members = sum(team.members for team in scenario.teams)
    part = share / 4 if members >= MANY else share
    short = look_at(today(scenario), _some(FUTURES, part))
    return Seen(path.stem, resemblance_of(short), _open_work(scenario, part), _dip(scenario, part))


def _some(futures: int, part: float) -> int:
    return max(2, round(futures * part))


def _open_work(scenario: Scenario, part: float) -> Floats:
    """Future x year: open work over what members are paid a year."""
    if scenario.plan is not None:
        return np.empty((0, 0))
    look: QuickLook = look_at(today(scenario, LONG), _some(FUTURES_LONG, part))
    return np.asarray(look.open_work / look.mean("hours_a_year"))


def _dip(scenario: Scenario, part: float) -> Dip | None:
    """The dip of a switch from today's structure to the first other one that the scenario compares."""
    others = [name_of(item) for item in scenario.structures if name_of(item) != scenario.current]
    days = min(scenario.horizon_days, SWITCH_DAY + HALF_A_YEAR)
    if not others or days <= SWITCH_DAY:
        return None
    short = scenario.with_changes({"horizon_days": days})
    change = switch(short, scenario.current, others[0], SWITCH_DAY, announced=0)
    members = sum(team.members for team in scenario.teams)
    given = prepare(short).values
    rows = days_of_block(change, range(_some(FUTURES_SWITCH, part)))
    money, left = (_arms(rows, series) for series in (NET, LEFT))
    after = (money[1] - money[0])[:, SWITCH_DAY:].mean(axis=0)
    when = Change(SWITCH_DAY, SWITCH_DAY, HALF_A_YEAR, members * given["planned_day"])
    lowest = float(after.min()) / (members * 8.0 * given["member_cost"])
    return Dip(others[0], lowest, held_against_hope(money, left, when))


def _arms(rows: Sequence[RunEnd], series: str) -> tuple[Floats, Floats, Floats]:
    """What no change, a change and the same one if it unsettled nobody have by day: futures x days each."""
    by_name: dict[str, list[Floats]] = {}
    for name, _, run, _ in rows:
        if run is not None:
            by_name.setdefault(name, []).append(np.asarray(run[series]))
    before, _, changed, hoped = (np.array(each) for each in by_name.values())
    return before, changed, hoped


# --- the tables --------------------------------------------------------------------------------------------


def lines(all_seen: Sequence[Seen]) -> Iterator[str]:
    """The tables, and who is outside."""
    known = {each.about.name: each.about for one in all_seen for each in one.found.figures}
    for names in PARTS:
        yield from _table([known[name] for name in names if name in known], all_seen)
    yield from _backlogs(all_seen)
    yield from _dips(all_seen)
    yield "**Outside.**"
    yield ""
    yield from (f"- {said}" for said in outside(all_seen))
    yield ""
    yield from _sources()


def _table(columns: Sequence[Published], all_seen: Sequence[Seen]) -> Iterator[str]:
    yield from _head("organisation", *(about.title.lower() for about in columns))
    yield _row("*published*", *(f"*{usual(about)}*" for about in columns))
    for one in all_seen:
        by_name = {each.about.name: each for each in one.found.figures}
        yield _row(one.name, *(_cell(by_name.get(about.name)) for about in columns))
    yield ""


def _cell(each: Compared | None) -> str:
    """A simulated figure; bold where it is surely outside of its published range."""
    if each is None:
        return UNKNOWN
    said = size(each.about, each.simulated.mean)
    return f"**{said}**" if each.beyond else said


def _backlogs(all_seen: Sequence[Seen]) -> Iterator[str]:
    """Open work over ten years, as a share of what members are paid in a year."""
    years = (1, 2, SETTLED, 5, LONG)
    yield from _head("open work, of a year's hours", *(f"year {year}" for year in years), "growth a year", "")
    for one in all_seen:
        if not one.open_work.size:
            continue
        mean, grows = one.open_work.mean(axis=0), growth_of_years(one.open_work)
        said = _steadiness(grows)
        by = f"{number(100 * grows.mean, 1, signed=True)} ± {number(100 * grows.half_width, 1)}%"
        yield _row(one.name, *(f"{mean[year - 1]:.0%}" for year in years), by, said)
    yield ""


def _steadiness(grows: Estimate) -> str:
    """Whether open work grows by more than a week's work of everybody a year, surely or perhaps."""
    if grows.low > GROWING:
        return "**grows without end**"
    return "steady" if grows.high < GROWING else "cannot tell"


def growth_of_years(open_work: Floats) -> Estimate:
    """Growth a year since it ought to be steady, future by future."""
    return estimate((open_work[:, -1] - open_work[:, SETTLED - 1]) / (open_work.shape[1] - SETTLED))


def _dips(all_seen: Sequence[Seen]) -> Iterator[str]:
    """What a switch costs before it pays, and how often it disappoints."""
    with_dip = [(one.name, one.dip) for one in all_seen if one.dip is not None]
    lowest = "lowest in half a year, in days' pay of all"
    dips = f"futures in which work is then behind by {NOTICEABLE:.0%}"
    yield from _head(
        "a switch on day 60", "to", lowest, dips, "by how much in half of all", "futures that miss"
    )
    yield _row("*published*", "", "", "*60%*", "", "*more than 80%*")
    for name, dip in with_dip:
        shares = (dip.hopes.dipped, dip.hopes.depth, dip.hopes.missed)
        how_often = (f"{shares[0]:.0%}", f"{shares[1]:.1%}", f"{shares[2]:.0%}")
        yield _row(name, dip.to, number(dip.lowest, 2, signed=True), *how_often)
    missing = sum(dip.hopes.missed > 0.5 for _, dip in with_dip)
    yield ""
    yield f"{missing} of {len(with_dip)} organisations miss what was hoped for in most futures."
    yield ""


def outside(all_seen: Sequence[Seen]) -> Iterator[str]:
    """Each organisation and what of it lies outside of what is published, or that nothing does."""
    for one in all_seen:
        off = [_outside(each) for each in one.found.figures if each.beyond]
        if one.open_work.size and growth_of_years(one.open_work).low > GROWING:
            off.append("open work grows without end")
        if one.found.doomed:
            off.append("it would not survive as described")
        yield f"`{one.name}`: {listed(off) if off else 'nothing'}."


def _outside(each: Compared) -> str:
    way = "above" if each.beyond > 0 else "below"
    return f"{each.about.label.lower()} {size(each.about, each.simulated.mean)} ({way} {usual(each.about)})"


def _sources() -> Iterator[str]:
    yield from _head("figure", "published", "source")
    for about in PUBLISHED:
        yield _row(about.title.lower(), usual(about), about.source)
    yield ""


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield "|" + "---|" * len(cells)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the tables, or renew them in a page."""
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if page is not None:
        page_parts.around(page, START, END)  # fails at once: the runs take a minute
    told = "\n".join(lines([seen(path) for path in library()]))
    if page is None:
        print(told)
    else:
        page_parts.renew(page, START, END, told)


if __name__ == "__main__":
    main()
