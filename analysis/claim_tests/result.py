"""The record of claims put to the test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.claim_tests.contrasts import Tested
from analysis.claim_tests.records import Claim
from analysis.figures.exhibit import Exhibit, Told

if TYPE_CHECKING:
    import pandas as pd

_QUESTION = "What the texts on the two roles say, put to the test"


@dataclass(frozen=True, repr=False)
class Claims(Exhibit):
    """Claims put to the test, row by row; `family` intervals hold together. `rows` are the same as plain
    values, told in words as well; `text` is a summary.
    """

    tested: tuple[Tested, ...]
    family: int
    version: str
    folder: Path
    rows: tuple[Mapping[str, Any], ...] = ()
    text: str = ""
    files: tuple[Path, ...] = ()

    def told(self) -> Told:
        """What there is to show."""
        return Told(_QUESTION, self.text, self.files)

    def __str__(self) -> str:
        return self.text

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, by number."""
        return tuple(dict.fromkeys(tested.claim for tested in self.tested))

    def of(self, claim: Claim) -> tuple[Tested, ...]:
        """The rows of a claim."""
        return tuple(tested for tested in self.tested if tested.claim is claim)

    def frame(self) -> pd.DataFrame:
        """A row for each that was tested, as it stands in the file."""
        import pandas as pd

        return pd.DataFrame(list(self.rows))
