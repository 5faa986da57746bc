"""Names as people mean them: what looks alike is alike, and nothing in them is unseen.

Everything that a user writes as text passes through `plain_text` when it is read, so that two ways to type a
name are one name; what is printed, drawn or written passes through `legible`, wherever it came from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

Place = tuple[str | int, ...]
"""Where something stands in nested values."""

UNSEEN = {"Cf", "Cs"}
"""Categories of Unicode that show nothing: marks of direction, zero-width marks, halves of characters."""

BREAKING = {"Cc", "Zl", "Zp"}
"""Categories that break a line or steer a terminal."""


def plain_text(text: str) -> str:
    """A user's text with composed letters (NFC), single blanks, none at its ends, and nothing unseen in it.

    Characters that break lines stay where they are within the text: whoever reads it refuses them.
    """
    if text.isascii():
        return _single(text) if "  " in text else text.strip()
    return _single(unicodedata.normalize("NFC", without_unseen(text)))


def on_one_line(text: str) -> str:
    """A text of another program as a name: on one line, in characters that can be seen."""
    return plain_text(legible(" ".join(text.split())))


def plain_content(
    content: object, as_it_is: Callable[[Place], bool] = lambda place: False, place: Place = ()
) -> object:
    """Nested plain values with every text in them, keys too, as `plain_text`, or `as_it_is` where asked.

    Numbers and arrays of numpy and pandas become those of Python.
    """
    if hasattr(content, "tolist"):
        content = content.tolist()
    if isinstance(content, str):
        return content if as_it_is(place) else plain_text(content)
    if isinstance(content, dict):
        keys = ((plain_text(key) if isinstance(key, str) else key, value) for key, value in content.items())
        return {key: plain_content(value, as_it_is, (*place, key)) for key, value in keys}
    if isinstance(content, list | tuple):
        inside = (plain_content(value, as_it_is, (*place, i)) for i, value in enumerate(content))
        return tuple(inside) if isinstance(content, tuple) else list(inside)
    return content


def _single(text: str) -> str:
    """The text with each run of blanks, no-break ones among them, made one."""
    blanks = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    return " ".join(part for part in blanks.strip().split(" ") if part)


def look(name: str) -> str:
    """What a name looks like at a glance: equal for names that differ in capitals or the like only."""
    return unicodedata.normalize("NFKC", plain_text(name)).casefold()


def breaks(text: str) -> bool:
    """Whether there is a character in `text` that breaks a line or steers a terminal."""
    return not text.isprintable() and any(unicodedata.category(c) in BREAKING for c in text)


def without_unseen(text: str) -> str:
    """The text without marks of direction, zero-width marks and halves of characters."""
    return text if text.isprintable() else "".join(c for c in text if unicodedata.category(c) not in UNSEEN)


def legible(text: str) -> str:
    """A text to print, draw or write: line ends and tabs as they are, no other control character or mark.

    Control characters are made visible, by their codes; what is unseen anyway is left out.
    """
    return text if text.isprintable() else "".join(map(_seen, text))


@lru_cache(maxsize=1024)
def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\t" or category not in UNSEEN | BREAKING:
        return character
    return "" if category in UNSEEN else character.encode("unicode_escape").decode()
