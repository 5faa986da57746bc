"""What came of all claims, in a few sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis.claim_tests import words
from analysis.claim_tests.contrasts import Tested
from analysis.claim_tests.judge import Ruling
from analysis.words.numbers import listed


def summary(tested: Sequence[Tested], family: int) -> str:
    """How many hold, fail and cannot be told, and of which a mean hides something; `family` intervals hold
    together.
    """
    findings = [each for each in tested if not each.finding.row.by_construction]
    names = list(dict.fromkeys(each.claim.name for each in findings or tested))
    many = len(names)
    said = [_counted(_count(findings, verdict), verdict) for verdict in _order(findings)]
    whose = f"{many} claims" if many > 1 else f"claim {names[0]}"
    compared = f"{len(findings)} comparisons that test" if len(findings) > 1 else "1 comparison that tests"
    least = min((each.organisations for each in tested), default=0)
    lines = [
        f"Of {compared} {whose}: {listed(said)}."
        if findings
        else f"What {whose} say{'s' * (many == 1)} is true by construction: only its size is a finding.",
        f"Over {least:,} drawn organisations; all {family} intervals hold together (95%), however "
        "long one goes on.",
        *_hidden(findings),
    ]
    return "\n".join(lines)


def _hidden(findings: Sequence[Tested]) -> Iterator[str]:
    """Whom a mean is not about, and where time turns a verdict: a sentence each, if there are such."""
    said = {of: _names(each for each in findings if each.finding.middle in of) for of in _HIDDEN}
    yield from (sentence.format(names=said[of]) for of, sentence in _HIDDEN.items() if said[of])
    turned = [f"{each.claim.name} ({words.at_last(each)})" for each in findings if words.told_at_last(each)]
    if turned:
        yield f"At the end of what is turned another verdict holds than over all of it: {listed(turned)}."


_HIDDEN = {
    (
        "nothing",
        "less",
        "other",
    ): "Few organisations make the mean in {names}: the middle one sees less than "
    "a third of it, nothing that matters, or the opposite.",
    ("gains", "loses"): "The mean tells nothing, but the middle organisation does, in {names}.",
}


def _names(tested: Iterable[Tested]) -> str:
    """The claims that these rows belong to."""
    return listed(list(dict.fromkeys(each.claim.name for each in tested)))


def _order(findings: Sequence[Tested]) -> list[Ruling]:
    verdicts = [each.finding.verdict for each in findings]
    return sorted(set(verdicts), key=lambda verdict: (-verdicts.count(verdict), verdict))


def _counted(many: int, verdict: Ruling) -> str:
    """So many of a verdict: `3 hold`, `1 does not hold`, `5 cannot be told`."""
    words: dict[Ruling, str] = {
        "cannot tell": "cannot be told",
        "the reverse holds": "holds the other way round",
        "holds above": "holds from a value on",
        "holds below": "holds up to a value",
    }
    said = words.get(verdict, verdict)
    return f"{many} {said if many == 1 else said.replace('holds', 'hold').replace('does', 'do')}"


def _count(findings: Sequence[Tested], verdict: Ruling) -> int:
    return sum(each.finding.verdict == verdict for each in findings)
