"""From files to a report: an export and a matrix are imported, checked, decided and put on a page."""

from __future__ import annotations

from pathlib import Path

from tests import forked
from tests.analysis.imports.files import jira, jira_row, wrote

MATRIX = """Activity,Project Manager,Delivery Manager,Team
Project plan,A,C,R
Budget,A,,
Assign tasks,A,,R
Schedule,A,,
Project risks,A,,
Status report,A,,
Quality reviews,R,,A
Service levels,,A,
Staffing,,A,
Retrospectives,,A,
Escalations,,A,
Suppliers,,A,
Client satisfaction,,A,
Hand-overs,,A,
"""


def test_files_are_imported_checked_decided_and_reported(tmp_path: Path) -> None:
    rows = [
        jira_row(
            f"S-{n}", Assignee=f"p{n % 4}", **{"Inward issue link (Blocks)": f"S-{n - 1}" if n % 3 else ""}
        )
        for n in range(12)
    ]
    wrote(tmp_path / "export.csv", jira(rows))
    wrote(tmp_path / "raci.csv", MATRIX)
    for words in (
        "import export.csv raci.csv -o my.yaml --ranks own",
        "check my.yaml",
        "decide my.yaml --max-replications 25 --doubt 0 --jobs 1",
    ):
        code, printed = forked.command_in(tmp_path, words.split())
        assert code == 0, printed
    assert "my" in printed and "merged" in printed
    (folder,) = (tmp_path / "results").iterdir()
    code, printed = forked.command_in(tmp_path, ["report", str(folder), "--out", "board.html"])
    assert code == 0, printed
    assert (tmp_path / "board.html").stat().st_size > 10_000
