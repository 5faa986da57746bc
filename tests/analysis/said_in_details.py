"""The sentences beside the three lines: where each is said, and where it must not be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.decision import degenerate_cases, detail, hinges
from analysis.decision.assumption_doubt import Doubted
from analysis.decision.gain_breakdown import Beside
from analysis.decision.idle_spread import Restless
from analysis.statistics.compare import Comparison, Estimate
from tests.analysis.planted_records import (
    DOWN,
    DRIVER,
    FLIPS,
    OPEN,
    UNSURE,
    UP,
    ZERO,
    Said,
    beside,
    compared,
    doubted,
    level,
    once,
    selected,
    warned,
    whole,
)
from tests.fake_runs import organisation


def details() -> Iterator[Said]:
    earlier, unknown, never = once(UP), once(OPEN), once(ZERO)
    yield Said(
        "Work in progress is counted by completion, at both ends of the horizon",
        never,
        detail.free_hours(FLIPS, "separated"),
    )
    yield Said(
        "; beside the yearly figure, it cannot be told whether any of it comes earlier or later, once",
        unknown,
        never,
    )
    yield Said(". Beside the yearly figure, €300k comes earlier under separated than", earlier, unknown)
    yield Said("€300k comes later under", once(DOWN), earlier)
    hours = (
        "It hangs on what a free hour is worth [assumptions.free_hour_value] (€32.5 an hour here): separated "
    )

    def free(own: Beside) -> str:
        return detail.free_hours(own, "separated")

    yield Said(f"{hours}−€300k ± €100k a year at €0", free(FLIPS), free(beside()))
    yield Said("; on average it flips at about €65", free(FLIPS), free(UNSURE))
    freed = ". Hours that it frees a year: +900 ± 0 of members and −40 ± 0 of managers."
    yield Said(freed, free(UNSURE), free(beside()))

    def still(spread: float) -> str:
        return detail.means_nothing(Restless(spread, 0.0, 10), compared())

    yield Said(
        "A single future misleads: move an assumption by a ten-thousandth, which cannot matter, and its "
        "difference moves by €30k either way. Means over futures have that in their intervals already.",
        still(3e4),
        still(0.0),
    )

    def late(gain: Estimate) -> str:
        return detail.days(compared(differences={"delay_days": gain}), "separated")

    yield Said("In days: due projects come 2.0 days later than under merged", late(level(2.0)), late(OPEN))
    yield Said("In days: due projects come as late as under merged, to within", late(OPEN), late(level(2.0)))

    def moved(**moves: Estimate) -> str:
        return detail.moves_most(compared(differences=moves), "separated")

    yield Said("What moves most: ", moved(fatigue=level(0.2)), moved(fatigue=OPEN))

    def hangs(doubt: Doubted | None) -> str:
        return hinges.hangs_on(compared(), "separated", doubt)

    no_flip = doubted(replace(DRIVER, flips_at=None))
    yield Said(
        "What it hangs on most: no single assumption stands out from luck.",
        hangs(doubted()),
        hangs(doubted(DRIVER)),
    )
    yield Said(
        "What it hangs on most: how long teams wait for an answer (the higher, the better for",
        hangs(no_flip),
        hangs(doubted()),
    )
    yield Said("; on average it flips at ", hangs(doubted(DRIVER)), hangs(no_flip))
    third = compared(others={"agile": DOWN}, lived={"agile": 400})
    left = compared(others={"agile": DOWN}, lived={"agile": 200})

    def runners(comparison: Comparison) -> str:
        return detail.runners_up(comparison, "separated")

    yield Said("Against merged also: agile −€300k a year", runners(third), runners(compared()))
    yield Said("; surely behind after 200 futures, and left out of the rest", runners(left), runners(third))
    yield Said(
        "With another number of managers, which is not like for like: separated",
        whole(compared(), selected(), unequal=compared()),
        whole(compared(), selected()),
    )
    study = "No controlled study of splitting against merging these roles has been published"
    yield Said(study, detail.limits(True), late(OPEN))
    sure, blind = (detail.limits(known) for known in (True, False))
    yield Said("; the odds rest on this model and on ranges that are mostly judgement.", sure, blind)
    yield Said(", and the doubt about our assumptions is not counted in.", blind, sure)


def warnings() -> Iterator[Said]:
    calm = warned()
    uneven = {"levels": {"manager_use_spread": level(0.4)}}
    even = warned(differences={"manager_use_spread": level(0.05)}, **uneven)
    yield Said(
        "The busiest and the idlest manager are 40% of their time under separated and 40% of their time "
        "under merged apart: part of this may be rounding of heads.",
        warned(differences={"manager_use_spread": level(0.2)}, **uneven),
        even,
    )

    def busy(use: float) -> str:
        return warned(levels={"pool_use": level(use)})

    yield Said(
        "The busiest specialists are at work 95% of the time: the answer may hang on who gets them.",
        busy(0.95),
        busy(0.85),
    )

    def undone(share: float) -> str:
        return warned(levels={"unfinished_share": level(share)})

    yield Said(
        "60% of the due projects are unfinished at the end: look at the work that comes, the promises and "
        "the people there are before the roles.",
        undone(0.6),
        undone(0.4),
    )
    earned = {"value_delivered": level(3e6), "service_income": level(1e6)}

    def losing(lost: float) -> str:
        return warned(levels=earned | {"revenue_lost": level(lost)})

    yield Said(
        "clients take 33% of the work elsewhere (€2.0M): look at service levels, the work that comes and the "
        "people there are before the roles.",
        losing(2e6),
        losing(1e6),
    )
    yield Said("3 of 403 futures were left out, because a run of them failed.", warned(dropped=3), calm)
    yield Said(
        "With the assumptions in doubt, 2 of 202 futures",
        warned(doubt=doubted(dropped=2)),
        warned(doubt=doubted()),
    )


def nothing() -> Iterator[Said]:
    idle = organisation(portfolio={"projects": {"at_start": 0, "a_year": 0}})
    yield Said(
        ": nothing happens. No work begins within the ",
        degenerate_cases.nothing_happens(idle),
        "; ".join(degenerate_cases.remarks(organisation())),
    )
    yield Said(
        ", so that structures differ in how they idle at most, and there is nothing to choose between them.",
        degenerate_cases.nothing_happens(idle),
        "; ".join(degenerate_cases.remarks(organisation())),
    )
