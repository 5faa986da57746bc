"""What a test of claims leaves on disk: facts, a table and the figure."""

from __future__ import annotations

from dataclasses import replace

from analysis.claim_tests import words
from analysis.claim_tests.result import Claims
from analysis.claim_tests.summary import summary
from analysis.figures.looks import save
from sim.batch.results import writing
from sim.safety.cells import write_csv
from sim.safety.facts_file import as_text, whole, write_whole

_NAME = "claims"


def keep(claims: Claims) -> Claims:
    """Write `claims.json`, `claims.csv` and the figure, and give the record with these files."""
    from analysis.claim_tests.figure import claims_figure

    rows, text = tuple(map(words.plain, claims.tested)), summary(claims.tested, claims.family)
    claims = replace(claims, rows=rows, text=text)
    facts, table = claims.folder / f"{_NAME}.json", claims.folder / f"{_NAME}.csv"
    with writing(claims.folder):
        claims.folder.mkdir(parents=True, exist_ok=True)
        with whole(table) as draft:
            write_csv(claims.frame(), draft)
        write_whole(facts, as_text({"text": text, "rows": rows}))
        figures = save(claims_figure(claims), claims.folder, _NAME)
    return replace(claims, files=(facts, table, *figures))
