"""Pages of which a part is generated: it stands between two comments, and the rest is anyone's to write."""

from __future__ import annotations

from pathlib import Path


def around(page: Path, start: str, end: str) -> tuple[str, str]:
    """What stands before and after the two comments of a page. Raises ValueError if it lacks them."""
    before, opened, rest = page.read_text(encoding="utf-8").partition(start)
    _, closed, after = rest.partition(end)
    if not (opened and closed):
        raise ValueError(f"{page}: the comments {start} and {end} are missing")
    return before, after


def renew(page: Path, start: str, end: str, text: str) -> None:
    """Put `text` into a page, between two comments that it has. Raises ValueError if it lacks them."""
    before, after = around(page, start, end)
    page.write_text(f"{before}{start}\n\n{text}\n{end}{after}", encoding="utf-8")
