"""The page as one file: what it is told, its style and its program stand in it, and nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.explore import facts
from analysis.explore.exploration import Exploration
from analysis.words.numbers import listed

_HERE = Path(__file__).parent
PROGRAM = (
    *("answers.js", "drawing.js", "controls.js", "start.js", "apart.js"),
    *("matrix.js", "days.js", "story.js", "begin.js"),
)
"""The parts of the page's program, in their order."""


@dataclass(frozen=True)
class Page:
    """A page, and what it may do: its own style and program, and requests to where it came from, if any."""

    html: str
    policy: str


def page(
    now: Exploration, *, commands: dict[str, str], live: bool, kept: dict[str, Any] | None = None
) -> Page:
    """The page of an exploration: `live` with a server behind it, else with all that it will ever know."""
    from jinja2 import Environment, FileSystemLoader

    told = {
        "live": live,
        "organisation": facts.organisation(now.compared),
        "commands": commands,
        "duties": facts.what_duties_do(),
        "designs": facts.as_designs(now.compared),
        "sliders": facts.sliders(now.sliders) if now.sliders else None,
        "surface": facts.surface_told(now),
        "status": facts.status(now),
        **(kept or {}),
    }
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    program = "\n".join((_HERE / part).read_text(encoding="utf-8") for part in PROGRAM)
    program = f'"use strict";\n{{\n{program}\n}}'
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(program)}'",
            "img-src data:",
            "connect-src 'self'" if live else "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True)
    html = environment.get_template("page.html.j2").render(
        name=told["organisation"]["name"],
        style=style,
        program=program,
        policy=policy,
        told=_embedded(told),
        needs=listed(facts.needs(now.compared.scenario)),
        live=live,
    )
    return Page(html, policy + "; frame-ancestors 'none'")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _embedded(told: dict[str, Any]) -> str:
    """JSON that can stand within a script element, whatever names are in it."""
    text = json.dumps(told, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
