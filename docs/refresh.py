"""Put into the documents what the commands print today: `python docs/refresh.py`.

A fenced block after a comment `output of: COMMAND` holds the standard output of that command, run in a folder
with a copy of `scenarios/` and the files that the document shows. The figure of the README comes along. It
takes a minute or two, and uses the checkout that it lies in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUTPUT = re.compile(r"(<!-- output of: (.+?) -->\n```text\n).*?(^```$)", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"<!-- file: (.+?) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIGURE = ROOT / "docs" / "images" / "decision.png"


def printed(command: str, folder: Path) -> str:
    """What a command prints in a folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "96"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def refresh(document: Path, folder: Path) -> None:
    """Write the outputs in a document anew; `folder` is where its reader types."""
    text = document.read_text(encoding="utf-8")
    for file, body in FILE.findall(text):
        (folder / file).write_text(body, encoding="utf-8")
    new = OUTPUT.sub(lambda found: f"{found[1]}{printed(found[2], folder)}\n{found[3]}", text)
    document.write_text(new, encoding="utf-8")


def main() -> None:
    """Refresh all documents in one folder, so that runs that several of them show are made once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "scenarios", folder / "scenarios")
        refresh(ROOT / "README.md", folder)
        shutil.copy(next(folder.glob("results/*/decision.png")), FIGURE)
        for page in sorted(ROOT.glob("docs/**/*.md")):
            refresh(page, folder)


if __name__ == "__main__":
    main()
