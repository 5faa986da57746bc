"""A wheel carries all that Rolecall needs, and works where there is no checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ["sim", "analysis", "scenarios", "pyproject.toml", "setup.py", "README.md", "LICENSE"]
BUILD = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"

pytestmark = pytest.mark.slow


def run(program: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *program],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel of this checkout holds, laid out as if it were installed."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    run(["-c", BUILD, "dist"], folder)
    (built,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def files(folder: Path, *patterns: str) -> set[str]:
    return {str(path.relative_to(folder)) for pattern in patterns for path in folder.glob(pattern)}


@pytest.mark.parametrize("package", ["sim", "analysis"])
def test_it_carries_every_module_template_and_assumption(wheel: Path, package: str) -> None:
    patterns = [f"**/*.{kind}" for kind in ("py", "toml", "j2", "css", "typed")]
    assert files(ROOT / package, *patterns) == files(wheel / package, *patterns)


def test_it_carries_every_scenario_with_its_tables(wheel: Path) -> None:
    kinds = ("*.yaml", "*.csv", "claims/*.yaml")
    assert files(wheel / "analysis" / "library", "**/*.*") == files(ROOT / "scenarios", *kinds)


def test_it_puts_nothing_else_beside_other_packages(wheel: Path) -> None:
    beside = {path.name for path in wheel.iterdir() if path.suffix != ".dist-info"}
    assert beside == {"sim", "analysis"}


def test_an_example_is_written_and_checked_far_from_any_checkout(wheel: Path, tmp_path: Path) -> None:
    outside = {"PYTHONPATH": str(wheel), "PYTHONSAFEPATH": "1"}
    run(["-m", "analysis", "new", "--example", "erp"], tmp_path, **outside)
    assert {p.name for p in tmp_path.iterdir()} == {"erp.yaml", "erp_tasks.csv", "erp_projects.csv"}
    assert "3 given projects" in run(["-m", "analysis", "check", "erp.yaml"], tmp_path, **outside)
    found = run(["-c", "import analysis; print(analysis.__file__)"], tmp_path, **outside)
    assert Path(found.strip()).is_relative_to(wheel)
