"""The sentences of the three lines: where each is said, and where it must not be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.decision import lines, reasons
from analysis.decision import sentences as say
from analysis.decision.assumption_doubt import Doubted
from analysis.decision.designs import ROLES, Design
from analysis.decision.headcount import HeadCount
from analysis.statistics.compare import Estimate
from sim.scenario.structures import PRESETS
from tests.analysis.planted_records import (
    ALONE,
    DOWN,
    DRIVER,
    FLIPS,
    NET,
    OPEN,
    ROOM,
    SEVEN_IS_BEST,
    SIX_IS_BEST,
    SMALL,
    UNSURE,
    UP,
    ZERO,
    Said,
    accounted,
    asked,
    brought,
    change_it,
    compared,
    cost,
    doubted,
    explained,
    level,
    opened,
    plainer,
    roles,
    selected,
    shares,
    to,
    whole,
    why,
)


def questions() -> Iterator[Said]:
    own = to("own", "another")
    yield Said("Split the roles? separating the roles", to("merged", "separated"), to("separated", "merged"))
    yield Said("Merge the roles? merging the roles", to("separated", "merged"), to("merged", "separated"))
    yield Said("Merge the roles? merging the roles", to("agile", "merged"), own)
    yield Said(
        "Separate delivery managers and project managers? separating the roles",
        to("agile", "separated"),
        to("merged", "separated"),
    )
    yield Said("Move to Scrum Masters and Product Owners? Scrum Masters and", to("merged", "agile"), own)
    yield Said("Have project managers only? project managers alone", to("merged", "pm_only"), own)
    yield Said("Have delivery managers only? delivery managers alone", to("merged", "dm_only"), own)
    yield Said("Move from own to another? moving to another", own, to("merged", "separated"))
    yield Said("Let one person rank all work? one person who ranks all work", asked(ranks="one"), own)
    yield Said("Rank all work in a board? a board that ranks all work", asked(ranks="board"), own)
    yield Said("Let each rank their own projects? each ranking their own projects", asked(ranks="own"), own)
    yield Said(
        "Stop ranking work across projects? ranking no work across projects", asked(ranks="nobody"), own
    )
    flow = asked(rhythm="flow")
    yield Said("Work in sprints? sprints with today's roles", asked(rhythm="sprints"), flow)
    yield Said("Give up sprints? flow with today's roles", flow, asked(rhythm="sprints"))
    apart = Design(replace(PRESETS["separated"], name="agile, in flow"), (ROLES,), False)
    as_today, alike = (
        " ".join(lines.wording("x", apart.name, apart, PRESETS[t])) for t in ("agile", "separated")
    )
    yield Said("Have project managers and delivery managers, and keep all else as it is?", as_today, alike)
    yield Said("project managers and delivery managers, all else as today (“agile, in flow”),", as_today, own)
    on, off = asked(cover=True), asked(cover=False)
    yield Said("Let colleagues stand in for each other? cover by colleagues", on, off)
    yield Said("Give up standing in for each other? no cover", off, on)
    on, off = asked(help=True), asked(help=False)
    yield Said("Let whoever is free help out? help by colleagues", on, off)
    yield Said("Give up helping out? no help", off, on)
    on, off = asked(**ROOM), asked(intake="at once")
    yield Said("Let projects wait for room? beginning 2 projects a team at most", on, off)
    yield Said("Begin all projects at once? beginning all projects at once", off, on)


def answers() -> Iterator[Said]:
    yes = opened("yes")
    yield Said("For Agency: yes", yes, opened("no"))
    yield Said("no, merged is ahead", opened("no"), yes)
    yield Said("cannot tell yet", opened("cannot tell"), yes)
    yield Said("about 90 more futures needed", opened("cannot tell", 90), yes)
    stay = say.opening(compared(), "cannot tell", selected("cannot tell", SMALL), "separated")
    loss = "For Agency: no reason to move; whether it is a tie or a loss cannot be told yet"
    yield Said(loss, stay, opened("cannot tell"))
    behind = selected("cannot tell", DOWN)
    tied = replace(behind, differences={"separated": DOWN, "agile": SMALL})
    opened_behind, alone_behind = (
        say.opening(compared(DOWN), "cannot tell", chosen, "separated") for chosen in (tied, behind)
    )
    ahead = "no reason to move, merged is ahead; whether another design ties with it cannot be told yet"
    yield Said(ahead, opened_behind, stay)
    yield Said(ahead, opened_behind, alone_behind)
    yield Said(
        "is equal to merged in every future: it makes no difference",
        say.equal(compared(ZERO), "separated"),
        say.equal(compared(), "separated"),
    )
    size = "With the same six managers, splitting would bring €300k a year more than merged (95% interval"
    yield Said(
        size,
        say.size(compared(), "separated", "splitting", 6),
        say.size(compared(DOWN), "separated", "splitting", 6),
    )
    yield Said(
        "too few futures for an interval",
        say.size(compared(Estimate(3e5, float("-inf"), float("inf"), 2)), "separated", "splitting", 6),
        say.size(compared(), "separated", "splitting", 6),
    )
    sure = say.odds_of(compared(), "separated", None)
    shaken = say.odds_of(compared(), "separated", doubted())
    yield Said("It wins in 85 of 100 futures.", sure, shaken)
    yield Said("once the doubt about our assumptions is counted in.", shaken, sure)
    tie, plain = compared(SMALL), plainer("yes", compared())
    yield Said(
        "Whatever the difference is, it is hardly more than the €50k that would matter.",
        plainer("a tie", tie),
        plain,
    )
    lucky = plainer("it depends", compared(wins=0.3))
    unlucky = plainer("it depends", compared())
    yield Said(
        "On average it is ahead, but behind in most futures: it depends on luck which one you get.",
        lucky,
        unlucky,
    )
    yield Said(
        "It is ahead with our best numbers, but behind in most of the futures in which we doubt them.",
        unlucky,
        lucky,
    )
    yield Said(
        "That it is more was sure after 400 futures; these intervals hold at all times at once, so what was "
        "sure remains so",
        plainer("probably yes", compared(OPEN)),
        plain,
    )
    unknown = selected("cannot tell", OPEN)
    still = plainer("cannot tell", compared(OPEN), unknown)
    little = replace(unknown, differences={"separated": Estimate(0.0, -9e4, 4e4, 400)})
    none = plainer("cannot tell", compared(OPEN), little)
    yield Said("One future says nothing about the others.", plainer("cannot tell", compared(ALONE)), still)
    few = compared(replace(OPEN, futures=50))
    yield Said(
        "Fewer than 200 futures are too few to settle it.", plainer("cannot tell", few, unknown), still
    )
    yield Said("Surely no structure gains the €50k that would matter.", none, still)
    yield Said("So far the interval holds both a gain and a loss.", still, none)
    sure = plainer("cannot tell", compared(), unknown)
    less = plainer("cannot tell", compared(DOWN), unknown)
    yield Said(
        "It is surely ahead of merged; what is open is whether another design is further ahead.", sure, still
    )
    yield Said("It is surely behind merged; what is open is whether another design is ahead.", less, sure)
    nothing = whole(compared(ZERO, others={}), None)
    yield Said("was run, so there is nothing to compare it with", nothing, whole(compared(), selected()))
    yield Said("Change the roles?", nothing, whole(compared(), selected()))
    alone = replace(compared(), futures=0)
    yield Said("in no future did every structure run to its end", whole(alone, None), nothing)


def of_roles_and_changing() -> Iterator[Said]:
    pair = "the best design with the roles of separated against the best with today's ("
    same = roles(UP, "separated", "merged")
    yield Said(f"The roles by themselves bring something: {pair}", roles(UP), same)
    yield Said(f"The roles by themselves cost something: {pair}", roles(DOWN), roles(UP))
    little = roles(Estimate(0.0, -3e4, 3e4, 400))
    yield Said(f"The roles by themselves change nothing that matters: {pair}", little, roles(OPEN))
    yield Said(f"Whether the roles by themselves bring anything cannot be told: {pair}", roles(OPEN), little)
    yield Said("The change itself costs €300k ± €100k once", cost(UP), cost(OPEN))
    yield Said(", made good in about 10 months", cost(UP), cost(UP, None))
    yield Said("What the change itself costs, once, cannot be told from nothing (", cost(OPEN), cost(UP))


def reasons_told() -> Iterator[Said]:
    yield Said(f"Why: {lines.NOTHING_APART}", why(), why(delay_days=level(2.0)))
    for item, told in lines.ACCOUNTS.items():
        small = Estimate(1.2e5, 1.1e5, 1.3e5, 400)  # told apart, and nothing beside what is large
        yield Said(
            told.format(much="€").removesuffix("€"),
            accounted(item, UP),
            accounted(item, small),
        )
    later, sooner = why(delay_days=level(2.0)), why(delay_days=level(-2.0))
    yield Said("due projects come 2.0 days later", later, sooner)
    yield Said("due projects come 2.0 days earlier", sooner, why(delay_days=OPEN))
    mixed = why(accounts={"projects": UP, "lateness": UP})
    yield Said("projects bring €300k ± €100k more a year; but penalties for lateness take", mixed, sooner)
    yield Said(f"matters wait 2.0 days longer ({lines.MATTER})", why(matter_wait_days=level(2.0)), later)
    carried = brought(UP, confusion=replace(UP, mean=2.5e5))
    spread, wide = brought(UP, confusion=SMALL), brought(UP, confusion=Estimate(5e4, -2e5, 3e5, 400))
    said, none, unclear = (reasons.carried_by(f, NET) for f in (carried, spread, wide))
    yield Said(
        "Most of it, on average, comes by confusion: where it is always clear who should act, it is",
        said,
        none,
    )
    more = reasons.carried_by(brought(UP, confusion=replace(UP, mean=3.5e5)), NET)
    yield Said("All of it and more, on average, comes by confusion: where", more, said)
    two_ways = {"delay_days": level(2.0)}
    open_, sure = why(OPEN, **two_ways), why(UP, **two_ways)
    yield Said("What can be told apart: under separated due projects come 2.0 days later", open_, sure)
    yield Said("Why: under separated", sure, open_)
    yield Said("No single mechanism carries half of it.", none, unclear)
    found = brought(UP, confusion=replace(UP, mean=2.5e5))
    yield Said(
        "Most of it, on average, comes by",
        why(UP, found=found, **two_ways),
        why(OPEN, found=found, **two_ways),
    )
    yield Said(
        "Most of it, on average, comes by",
        why(UP, found=found, **two_ways),
        why(DOWN, found=found, **two_ways),
    )
    nothing = reasons.carried_by(brought(OPEN), NET)
    yield Said("Which mechanism carries it cannot be told from 400 futures.", unclear, nothing)
    yield Said("smaller, of €300k a year in 400 fresh futures.", said, none)
    fresh = explained(shares("separated", ("roles", UP), whole=UP))
    once, twice = (reasons.once_more(compared(gain), fresh) for gain in (UP, DOWN))
    yield Said(
        "Measured twice, for the answer and in 400 fresh futures: separated +€300k ± €100k and +€300k",
        once,
        reasons.once_more(compared(), None),
    )
    yield Said(". Each pair measures one effect: no further apart than luck makes them.", once, twice)
    further = "effect; luck rarely puts them as far apart as those of separated: trust neither alone."
    yield Said(further, twice, once)
    tied = reasons.losses(explained(shares("agile", ("roles", DOWN))), compared(others={"agile": OPEN}))
    loses = shares("agile", ("roles", Estimate(-2e5, -3e5, -1e5, 200)), ("rhythm", OPEN))
    both = shares("agile", *((part, Estimate(-1e5, -2e5, -5e4, 200)) for part in ("roles", "rhythm")))
    neither = shares("agile", ("roles", OPEN), ("rhythm", OPEN))
    all_ = shares("pm_only", ("roles", DOWN))
    all_of_it = shares("agile", ("roles", DOWN))
    gains = shares("agile", ("roles", UP), whole=UP)
    lossy = compared(others={"agile": DOWN, "pm_only": DOWN})
    lost = {id(each): reasons.losses(explained(each), lossy) for each in (loses, both, neither, all_, gains)}
    yield Said("What agile loses hangs most on the roles (−€200k", lost[id(loses)], lost[id(both)])
    yield Said("What agile loses is all the roles", reasons.losses(explained(all_of_it), lossy), tied)
    half = "What agile loses hangs on the roles (−€100k ± €50k a year) and the rhythm (in sprints; −€100k"
    yield Said(half, lost[id(both)], lost[id(loses)])
    yield Said(" a year), in fresh futures.", lost[id(both)], lost[id(neither)])
    yield Said(
        "What agile loses cannot be laid to any one of its ingredients.", lost[id(neither)], lost[id(loses)]
    )
    yield Said("What pm_only loses is all the roles: nothing else differs.", lost[id(all_)], lost[id(gains)])
    ranked = reasons.losses(explained(shares("agile", ("ranks", DOWN))), lossy)
    yield Said("What agile loses is all who ranks work", ranked, lost[id(all_)])


def what_would_change_it() -> Iterator[Said]:
    flips, calm = change_it(doubted(DRIVER)), change_it(doubted())
    yield Said(
        "What would change it: how long teams wait for an answer [assumptions.patience] (5 days here): on "
        "average it flips at about 3.1 days (2.4 to 4)",
        flips,
        calm,
    )
    yield Said(
        "What would change it: no single assumption within its range, as far as 200 futures in which all of "
        "them differ can tell.",
        calm,
        flips,
    )
    yield Said(
        "What would change it: not asked; the doubt about our assumptions is not counted in.",
        change_it(None),
        calm,
    )
    yield Said("(€32.5 here): on average it flips at about €65", change_it(None, FLIPS), calm)
    yield Said(
        "at €0 the difference would be +€10k ± €50k a year, which cannot be told from nothing",
        change_it(None, UNSURE),
        change_it(None, FLIPS),
    )
    yield Said(
        "at €130 the difference would be +€300k ± €100k a year, which can be told from nothing",
        change_it(None, UNSURE, OPEN),
        change_it(None, UNSURE),
    )

    def count(found: HeadCount | None) -> str:
        return lines.at_other_numbers(found, NET)

    yield Said(
        "Number of managers, what they cost counted in (a year, over 100 futures): one more under merged",
        count(SIX_IS_BEST),
        count(None),
    )
    points = lines.at_other_numbers(SIX_IS_BEST, "objective")
    yield Said("Number of managers (in points, over 100 futures): one more", points, count(SIX_IS_BEST))
    yield Said("what they cost counted in", count(SIX_IS_BEST), points)
    yield Said("of those tried, 6 looks best for both.", count(SIX_IS_BEST), count(SEVEN_IS_BEST))
    yield Said(
        "each at the number that looks best of those tried (picked in half of the futures, told from the "
        "other half), separated with 6 is €300k ± €100k ahead of "
        "merged with 7; with 6 each, +€300k ± €100k in these futures.",
        count(SEVEN_IS_BEST),
        count(SIX_IS_BEST),
    )
    behind, level_ = (count(replace(SEVEN_IS_BEST, apart=apart)) for apart in (DOWN, OPEN))
    yield Said("separated with 6 is €300k ± €100k behind merged with 7", behind, count(SEVEN_IS_BEST))
    yield Said(
        "separated with 6 cannot be told from merged with 7 (+€10k ± €50k; with 6 each, +€300k",
        level_,
        behind,
    )

    def net(doubt: Doubted | None) -> str:
        return lines.net_of_doubt(UP, doubt, "separated", NET)

    other = net(doubted(gains={"separated": DOWN}))
    yield Said(
        "With the assumptions in doubt the mean is −€300k a year (−€400k to −€200k), beside +€300k a year at "
        "our best numbers: our best numbers need not lie in the middle of their ranges, nor effects be in "
        "proportion to them.",
        other,
        net(doubted()),
    )
    yield Said("at our best numbers: no further apart than luck makes them.", net(doubted()), other)
    yield Said("With the assumptions in doubt the mean is", other, net(None))
