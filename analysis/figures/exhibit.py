"""An answer as it prints, and as a notebook shows it."""

from __future__ import annotations

import base64
from abc import abstractmethod
from html import escape
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from analysis.figures.seal import is_whole
from sim.safety.names import legible

TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
"""Kinds of images, by how their files end."""

WIDTH = 160
"""Characters of an answer that is printed shortly."""


class Told(NamedTuple):
    """What an answer says: its question, the answer in words, and the files that it drew or wrote."""

    question: str
    answer: str
    files: tuple[Path, ...] = ()


class Exhibit:
    """An answer that prints on a line, and shows itself in a notebook: question, words, and its first figure.

    Use it with `@dataclass(repr=False)`: what a dataclass would print of itself are all its numbers.
    """

    @abstractmethod
    def told(self) -> Told:
        """What there is to show."""

    def __repr__(self) -> str:
        said = self.told()
        text = shorten(legible(f"{said.question} {said.answer}"), WIDTH, placeholder=" …")
        return f"<{type(self).__name__}: {text}>"

    def _repr_html_(self) -> str:
        """As HTML: all words are escaped, and the figure is an image, in which nothing runs."""
        said = self.told()
        lines = [f"<p>{_escaped(line)}</p>" for line in said.answer.splitlines() if line]
        return f"<h4>{_escaped(said.question)}</h4>{''.join(lines)}{_image(said.files)}"


def data_uri(content: bytes, suffix: str) -> str:
    """An image as an address that holds it."""
    return f"data:{TYPES[suffix]};base64,{base64.b64encode(content).decode()}"


def _escaped(text: str) -> str:
    return escape(legible(text))


def _image(files: tuple[Path, ...]) -> str:
    """The first figure that is still there as it was drawn, if any is."""
    for path in files:
        if path.suffix == ".svg" and path.is_file() and is_whole(path):
            return f'<img style="max-width: 100%" src="{data_uri(path.read_bytes(), path.suffix)}">'
    return ""
