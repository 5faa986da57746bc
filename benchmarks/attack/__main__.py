"""`python -m benchmarks.attack [--short] [CLASS ...]`: attack the program; exit 1 if anything got through."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.attack import Kind, kinds, tried
from benchmarks.attack.trial import Trial


def run(chosen: Sequence[Kind], thorough: bool, folder: Path) -> list[tuple[Kind, Trial]]:
    """Every trial of the chosen classes that failed; a line of the table is printed as each class ends."""
    width = max(len(kind.name) for kind in chosen)
    print(f"{'class':{width}}  tried  failed", flush=True)
    failed = []
    for kind in chosen:
        trials = list(tried(kind, thorough, folder))
        bad = [trial for trial in trials if not trial.ok]
        print(f"{kind.name:{width}}  {len(trials):5,}  {len(bad):6,}  {kind.title}", flush=True)
        failed += [(kind, trial) for trial in bad]
    return failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the classes asked for, print the table and every failure; 1 if there is one."""
    found = {kind.name: kind for kind in kinds()}
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a sample of each class, in seconds")
    parser.add_argument("classes", nargs="*", metavar="CLASS", help=f"of {', '.join(found)} (all)")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.classes if name not in found]:
        parser.error(f"no class {', '.join(unknown)}; there are {', '.join(found)}")
    chosen = [found[name] for name in asked.classes or found]
    with TemporaryDirectory(prefix="attack-") as folder:
        failed = run(chosen, not asked.short, Path(folder))
    for kind, trial in failed:
        print(f"\nFAILED {kind.name}: {trial.what}\n{trial.said}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
