"""Exports as programs make them, small, each with a trap in it."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

HEADER = [
    *("Summary", "Issue key", "Issue id", "Issue Type", "Status", "Status Category", "Project key"),
    *("Project name", "Priority", "Resolution", "Assignee", "Created", "Resolved", "Due date"),
    *("Original estimate", "Remaining Estimate", "Time Spent", "Component/s", "Component/s"),
    *("Custom field (Epic Link)", "Inward issue link (Blocks)", "Inward issue link (Blocks)"),
    *("Outward issue link (Blocks)", "Log Work", "Log Work"),
]
"""What an export of Jira is headed; some names stand there twice."""

PLAIN: dict[str, Any] = {
    "Issue Type": "Story",
    "Status": "Done",
    "Status Category": "Done",
    "Project key": "SHP",
    "Project name": "Shop",
    "Priority": "Medium",
    "Resolution": "Done",
    "Assignee": "p1",
    "Created": "03/Mar/26 11:02 AM",
    "Resolved": "27/Mar/26 1:00 PM",
    "Original estimate": "36000",
    "Component/s": ["Web"],
}


def jira_row(key: str, **said: Any) -> dict[str, Any]:
    """An item that is done, but for what is said; columns by their names with `_` for a blank."""
    return (
        PLAIN
        | {"Issue key": key, "Summary": f"Work of {key}"}
        | {k.replace("_", " "): v for k, v in said.items()}
    )


def jira(rows: list[dict[str, Any]], header: list[str] | None = None, delimiter: str = ",") -> str:
    """The rows as a CSV file; a list of values goes into columns of one name."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header or HEADER)
    for row in rows:
        left = {k: list(v) if isinstance(v, list) else [v] for k, v in row.items()}
        writer.writerow([left[name].pop(0) if left.get(name) else "" for name in HEADER])
    return text.getvalue()


def wrote(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """The file, with line ends as they are in `text`."""
    path.write_bytes(text.encode(encoding))
    return path
