"""The page itself: the facts of a folder of results, put into the template.

Everything from files is escaped by the template; figures are images in data URIs, in which nothing runs.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.figures.exhibit import data_uri
from analysis.plots.gallery import Drawn
from analysis.reports import organisation, tables
from analysis.reports.html import rendered
from analysis.reports.tables import Table
from analysis.results.other_figures import Kept, kept_figures
from analysis.statistics.compare import no_future
from analysis.sweeps.legend import legend
from analysis.sweeps.side_by_side import lines_of_material
from analysis.words import numbers as words
from analysis.words.keys import labels_of
from sim.safety.names import legible

if TYPE_CHECKING:
    from analysis.results.folder_contents import Material
    from sim.scenario.structures import Structure

TEMPLATE = "page.html.j2"

_COMMANDS = {"tip": "Where the answer flips", "why": "What it hangs on", "reorganise": "What changing costs"}

UNEQUAL = "With another number of managers, which is not like for like"

DIFFERENCES = (
    "Differences are taken within each future and then averaged; shares differ in points of 100. Where the "
    "interval leaves out zero: ▲ better, ▼ worse, ◆ different. Intervals are for luck alone. What does "
    "not say “a year” is of the whole run."
)

_LIMITS = (
    "No controlled study of splitting, merging or redefining these roles has been published. The model makes "
    "the reasoning explicit and tests how it adds up; it does not replace evidence.",
    "It is no forecast of an organisation's figures. It says what follows for the difference between "
    "structures if work and attention behave as the rules say.",
    "Not modelled: moods, politics and pay; new clients and new teams; remote "
    "work and time zones; members' learning beyond growing into the job; what people hope and fear of one "
    "structure rather than another. Two structures cannot differ in how able their people are.",
    "What is not finished at the end of a run is never left out: its value counts by how far it is done, and "
    "due projects count as late by the days so far. How late they will be is not known.",
    "With few managers, rounding heads to roles can make a structure win or lose by itself.",
)


@dataclass(frozen=True)
class Image:
    """A figure on the page: its data, what it shows, and what to say below it, under a `title` of its own
    where the figure has none that says what was asked.
    """

    anchor: str
    source: str
    finding: str
    caption: str
    title: str = ""


def page(material: Material, drawn: Sequence[Drawn], left_out: Sequence[str], *, brief: bool = False) -> str:
    """The report as HTML: its first page, and unless `brief`, all that it rests on."""
    facts = {"brief": brief, "material": material, "scenario": material.scenario}
    facts |= _front(material, drawn, left_out)
    if not brief:
        facts |= _rest(material, drawn[1:]) | {"missing": left_out if drawn else ()}
    return rendered(TEMPLATE, facts, material.scenario.name)


def _front(material: Material, drawn: Sequence[Drawn], left_out: Sequence[str]) -> dict[str, Any]:
    """What stands on the first page: the answer, a figure, what the structures are made of, and limits."""
    made = organisation.at_a_glance(material.scenario, named_design(material))
    return {
        "date": str(material.manifest.get("updated", ""))[:10],
        "words": material.words or _of_sweep(material, drawn),
        "notices": notices(material, () if drawn else left_out),  # else they stand beside the figures
        "front": [_image(each) for each in drawn[:1]],
        "made_of": made,
        "judged": organisation.judged(),
    }


def _rest(material: Material, drawn: Sequence[Drawn]) -> dict[str, Any]:
    """What stands on the other pages."""
    lines = lines_of_material(material) if material.varied else []
    return {
        "manifest": material.manifest,
        "futures": material.results["replication"].nunique(),
        "likeness": material.decided.likeness if material.decided else None,
        "alike": tables.likeness(material.decided),
        "figures": [_image(each) for each in drawn],
        "kept": [_kept(number, each) for number, each in enumerate(kept_figures(material.folder), start=1)],
        "outcomes": [tables.combinations(lines)] if lines else _outcome_tables(material),
        "legend": legend(lines) if lines else DIFFERENCES,
        "other_outcomes": _other_outcomes(material),
        "ingredients": list(organisation.ingredients(material.scenario, named_design(material))),
        "duties": list(organisation.duties(material.scenario, named_design(material))),
        "settings": organisation.settings(material.given),
        "assumptions": organisation.assumptions(material.scenario.assumptions),
        "limits": _LIMITS,
        "command": command(material),
        "yaml": as_yaml(material),
    }


def named_design(material: Material) -> tuple[Structure, ...]:
    """The structure that the answer names, if it is none of those listed: it has to be told, too."""
    if material.judgement is None or material.verdict is None:
        return ()
    designs = material.judgement.designs
    return tuple(d.structure for d in designs if d.name == material.verdict.challenger and not d.listed)


def notices(material: Material, left_out: Sequence[str]) -> list[str]:
    """What a reader must know before anything else."""
    found = []
    futures = material.results["replication"].nunique()
    if not material.finished:
        state = material.manifest.get("status", "of unknown state")
        found.append(
            f"This batch is not finished ({state}): the report rests on the {futures:,} futures that are "
            "there so far. The same command goes on from there."
        )
    if material.failed:
        found.append(
            f"{material.failed:,} of {len(material.results):,} runs failed; their futures are left out."
        )
    found += [f"{words.capital(line)}." for line in material.remarks]
    return found + [f"Left out – {line}." for line in left_out]


def command(material: Material) -> str:
    """What repeats the batch, once the scenario of the report lies in `scenario.yaml`."""
    arguments: dict[str, Any] = dict(material.manifest.get("arguments") or {})
    options = {"max_replications": "max-replications", "matters": "matters", "confidence": "confidence"}
    left = material.decided
    if "max_replications" not in arguments and left is not None and left.futures is not None:
        futures = material.results["replication"].nunique()
        arguments = {"max_replications": futures, "matters": left.matters, "confidence": left.confidence}
    if "max_replications" not in arguments:
        replications = material.manifest.get("replications", material.scenario.replications)
        return f"rolecall run scenario.yaml --replications {replications}"
    options["doubted"] = "doubt"
    given = [(flag, arguments.get(key)) for key, flag in options.items() if arguments.get(key) is not None]
    said = " ".join(f"--{flag} {shlex.quote(str(value))}" for flag, value in given)
    return f"rolecall decide scenario.yaml {said}".strip()


def as_yaml(material: Material) -> str:
    """The scenario as a file would have it; escaped where its text would turn the direction of writing."""
    import yaml

    given = dict(material.given)
    text = yaml.safe_dump(given, sort_keys=False, allow_unicode=True, width=90)
    return text if legible(text) == text else yaml.safe_dump(given, sort_keys=False, width=90)


def _of_sweep(material: Material, drawn: Sequence[Drawn]) -> dict[str, Any]:
    """What stands in the place of the answer where there is none: what the sweep shows."""
    keys = words.listed(list(labels_of(material.varied).values()))
    said = [each.finding for each in drawn] or [words.capital(no_future(material.scenario.judged_by))]
    paragraphs = [f"{each}." for each in said]
    return {
        "question": f"What changes with {keys}?",
        "answer": "",
        "in_short": "",
        "paragraphs": paragraphs,
        "details": [],
    }


def _outcome_tables(material: Material) -> list[Table]:
    if material.judgement is None or not material.judgement.comparison.futures:
        return []
    comparison = material.judgement.alike
    told = list(tables.designs_tried(material.judgement))
    told += list(tables.grounds(material.decided, material.scenario.judged_by))
    told += list(tables.main_outcomes(comparison))
    if comparison.others and comparison.futures > 1:
        told += [tables.spread_of_gains(material.alike, comparison), tables.odds(comparison)]
    unequal = material.judgement.unequal
    return told + (list(tables.main_outcomes(unequal, UNEQUAL)) if unequal else [])


def _other_outcomes(material: Material) -> list[Table]:
    if material.judgement is None or not material.judgement.comparison.futures:
        return []
    return list(tables.other_outcomes(material.judgement.alike))


def _image(drawn: Drawn) -> Image:
    from analysis.figures.looks import svg

    data = re.sub(rb"<!--.*?-->\n?", b"", svg(drawn.figure, drawn.name), flags=re.DOTALL)
    return Image(f"figure-{drawn.name}", data_uri(data, ".svg"), drawn.finding, drawn.caption)


def _kept(number: int, kept: Kept) -> Image:
    source = data_uri(kept.image.read_bytes(), kept.image.suffix)
    title = _COMMANDS[kept.command] + (f": {kept.about}" if kept.about else "")
    made = f"Made by rolecall {kept.command}" + (f" on {kept.date}." if kept.date else ".")
    return Image(f"kept-{number}", source, title, f"{kept.finding} {made}".lstrip(), f"{title}.")
