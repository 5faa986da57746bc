"""What the documents tell a reader to type works as written.

Every ```python block and every `$ rolecall …` line of a ```console block runs, each block in a fresh
folder that holds a copy of `scenarios/`; of a `$ make …` line the target must exist.
A comment on the line before a block says otherwise:

    <!-- not run: reason -->   leaves the block out, and the test report says why
    <!-- exit 2 -->            the block's commands end with that code
    <!-- file: my-org.yaml --> the block is a file; it lies in the folder of every block of the same document
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import forked

ROOT = Path(__file__).parents[1]
DOCUMENTS = [p for p in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))] if p.exists()]
SHELL = frozenset("|&;<>$`")  # what takes more than splitting into words and finding files

FENCED = re.compile(
    r"(?:^[ ]*<!--[ ]*(?P<note>[^\n]+?)[ ]*-->\n)?"
    r"^(?P<indent>[ ]*)```(?P<language>\w+)[^\n]*\n(?P<body>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)
ANCHORED = re.compile(r"\]\((?!\w+:)([^)\s#]*\.md|)#([^)\s]+)\)")
LINK = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)")


class Block(NamedTuple):
    """A fenced block, the line of the document where it starts and the comment before it."""

    document: Path
    line: int
    language: str
    body: str
    note: str


def blocks_of(document: Path) -> list[Block]:
    text = document.read_text(encoding="utf-8")
    return [
        Block(
            document,
            text.count("\n", 0, found.start("language")) + 1,
            found["language"],
            re.sub(f"^{found['indent']}", "", found["body"], flags=re.MULTILINE),
            found["note"] or "",
        )
        for found in FENCED.finditer(text)
    ]


def commands(block: Block, program: str) -> list[str]:
    """Command lines of a console block that call `program`, without the prompt."""
    lines = block.body.replace("\\\n", " ").splitlines()
    typed = [s.removeprefix("$ ").removeprefix(".venv/bin/") for s in lines if s.startswith("$ ")]
    return [s for s in typed if s.split()[0] == program]


def as_parameter(block: Block) -> object:
    reason = re.fullmatch(r"not run: (.+)", block.note)
    where = f"{block.document.relative_to(ROOT)}:{block.line}"
    return pytest.param(block, id=where, marks=[pytest.mark.skip(reason=reason[1])] if reason else [])


BLOCKS = [block for document in DOCUMENTS for block in blocks_of(document)]
PYTHON = [as_parameter(b) for b in BLOCKS if b.language == "python"]
CONSOLE = [as_parameter(b) for b in BLOCKS if b.language == "console" and commands(b, "rolecall")]
MAKE = sorted({c for b in BLOCKS if b.language == "console" for c in commands(b, "make")})


def run_in(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command where a reader would: this checkout importable, `rolecall` on the path."""
    bin_folder = str(Path(sys.executable).parent)
    paths = {"PATH": os.pathsep.join([bin_folder, os.environ["PATH"]]), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | paths,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=forked.LIMIT_SECONDS,
        check=False,
    )


def typed_in(folder: Path, command: str) -> tuple[int, str]:
    """Exit code and output of a line that calls rolecall; with a shell only where it takes one."""
    if SHELL & set(command):
        done = run_in(folder, ["bash", "-c", command])
        return done.returncode, done.stdout
    return forked.command_in(folder, words(folder, command)[1:])


def words(folder: Path, command: str) -> list[str]:
    """The words of a line as a shell makes them: a pattern becomes the files that it fits, if any."""
    each = [
        (word, sorted(str(p.relative_to(folder)) for p in folder.glob(word))) for word in shlex.split(command)
    ]
    return [found for word, files in each for found in (files if "*" in word and files else [word])]


def fill(folder: Path, document: Path) -> None:
    """Lay out the folder in which a reader of `document` types: the scenarios and the files that it shows.

    The scenarios take steps of a day and few futures: what commands and examples do does not hang on it, and
    hours are slow.
    """
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    for scenario in (folder / "scenarios").glob("*.yaml"):
        said = scenario.read_text(encoding="utf-8")
        futures = "" if "\nreplications:" in said else "replications: 30\n"
        scenario.write_text(f"{said}\nstep_hours: 8\n{futures}", encoding="utf-8")
    for block in blocks_of(document):
        if block.note.startswith("file: "):
            (folder / block.note.removeprefix("file: ")).write_text(block.body, encoding="utf-8")


@pytest.mark.parametrize("block", PYTHON)
def test_a_python_example_runs(block: Block, tmp_path: Path) -> None:
    fill(tmp_path, block.document)
    (tmp_path / "example.py").write_text(block.body, encoding="utf-8")
    code, printed = forked.program_in(tmp_path, "example.py")
    assert code == 0, printed


@pytest.mark.parametrize("block", CONSOLE)
def test_a_command_ends_as_the_document_says(block: Block, tmp_path: Path) -> None:
    fill(tmp_path, block.document)
    said = re.fullmatch(r"exit (\d+)", block.note)
    for command in commands(block, "rolecall"):
        code, printed = typed_in(tmp_path, command)
        assert code == (int(said[1]) if said else 0), f"$ {command}\n{printed}"


@pytest.mark.parametrize("command", MAKE)
def test_make_knows_the_target(command: str) -> None:
    done = run_in(ROOT, ["bash", "-c", command.replace("make", "make --dry-run", 1)])
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_link_to_a_heading_leads_to_one(document: Path) -> None:
    links = ANCHORED.findall(document.read_text(encoding="utf-8"))
    dead = [
        (file, to) for file, to in links if to not in anchors((document.parent / file) if file else document)
    ]
    assert dead == []


def anchors(document: Path) -> set[str]:
    """The headings of a document as links name them: small letters, hyphens for blanks, no other marks."""
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+?)\s*$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_answers_with_one_command() -> None:
    readme = ROOT / "README.md"
    assert any("make decide" in commands(b, "make") for b in blocks_of(readme) if b.language == "console")
