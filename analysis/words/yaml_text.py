"""Values on one line, as any reader of YAML takes them, and how its files end."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

YAML_SUFFIXES = (".yaml", ".yml")

_PLAIN = re.compile(r"[A-Za-z][A-Za-z_]*")
_NO_TEXT = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
"""Words that YAML takes for something else than text."""

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""Signs that JSON holds as they are, and that break a line of YAML or may not stand in it."""

_EXACT = 1e15
"""Up to it whole numbers are whole numbers, whatever type they have."""


def flow(value: object) -> str:
    """A value on one line: JSON, which YAML reads, plain words and whole numbers as people write them."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value.lower() not in _NO_TEXT else quoted(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else json.dumps(_rounded(value))
    return json.dumps(value)


def _rounded(value: float) -> float:
    """Six digits: what is typed or measured has no more."""
    return float(f"{value:.6g}")


def quoted(text: str) -> str:
    """A text in quotes, its unsafe signs by their numbers."""
    said = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
