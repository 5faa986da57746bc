"""What `pyproject.toml` cannot say: the library of scenarios is installed inside `analysis`, as its data."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["sim", "sim.*", "analysis", "analysis.*"]), "analysis.library"],
    package_dir={"analysis.library": "scenarios"},
)
