"""The how-to that adds a rule works as written: applied to a copy of the project, its test passes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to" / "add-a-rule.md"
BLOCK = re.compile(
    r"<!-- (new|appended to|patch)(?:: (\S+))? -->\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL
)
COMMAND = re.compile(r"<!-- run -->\n```console\n\$ python (.+)\n```")
PROJECT = ("sim", "tests", "pyproject.toml")


def applied_to(folder: Path) -> list[str]:
    """What the page says, done to a copy of the project; the files that it names."""
    named = []
    for how, path, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if how == "patch":
            apply = ["git", "apply", "--recount", "-"]
            subprocess.run(apply, cwd=folder, input=text, text=True, check=True)
            named += re.findall(r"^\+\+\+ b/(\S+)", text, re.MULTILINE)
            continue
        assert (folder / path).exists() == (how == "appended to"), path
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{text}" if how == "appended to" else text)
        named.append(path)
    return named


def test_a_rule_is_added_as_the_page_says(tmp_path: Path) -> None:
    for name in PROJECT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path)
    (test,) = [path for path in applied_to(tmp_path) if path.startswith("tests/")]
    for words in COMMAND.findall(PAGE.read_text(encoding="utf-8")):
        written = ran(tmp_path, *words.split())
        assert written.returncode == 0, written.stderr
    done = ran(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", test)
    assert done.returncode == 0, done.stdout + done.stderr
    linted = ran(tmp_path, "-c", LINT)
    assert linted.stdout == "sim/rules/slack.py\n", linted.stdout + linted.stderr


LINT = """
from pathlib import Path
from sim.engine import lint
lint.check(Path("sim/rules").glob("*.py"))
print(*Path("sim/rules").glob("slack.py"))
"""


def ran(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a program in the copy, uncompiled."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "ROLECALL_UNCOMPILED": "1"},
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
