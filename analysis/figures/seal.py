"""Figures as files in which damage is noticed: an SVG ends with a digest of itself, a PNG has its own."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from pathlib import Path

_SEALED = re.compile(rb"(?P<drawn>.*)<!-- sha256 (?P<digest>[0-9a-f]{64}) -->\n", re.DOTALL)

_END_OF_PNG = b"IEND\xaeB`\x82"


def sealed(svg: bytes) -> bytes:
    """An SVG with its digest behind it, where nothing that draws it looks."""
    return svg + b"<!-- sha256 %s -->\n" % _digest(svg)


def is_whole(path: Path) -> bool:
    """Whether a figure's file holds what was drawn; an SVG of an earlier version, whether it has its end."""
    content = path.read_bytes()
    return _is_whole_png(content) if path.suffix == ".png" else _is_whole_svg(content)


def _is_whole_svg(content: bytes) -> bool:
    found = _SEALED.fullmatch(content)
    if found is None:
        return content.rstrip().endswith(b"</svg>")
    return found["digest"] == _digest(found["drawn"])


def _is_whole_png(content: bytes) -> bool:
    from PIL import Image

    try:
        Image.open(BytesIO(content), formats=("PNG",)).verify()
    except Exception:  # of any kind, by what is damaged
        return False
    return content.endswith(_END_OF_PNG)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
