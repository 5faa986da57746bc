"""Text between quotes, as any reader of YAML takes it."""

from __future__ import annotations

import json
import re

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""Signs that JSON holds as they are, and that break a line of YAML or may not stand in it."""


def quoted(text: str) -> str:
    """A text in quotes, its unsafe signs by their numbers."""
    said = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
