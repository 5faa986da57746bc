"""Pages of HTML that need nothing else: names in them stay text, and nothing in them runs."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.safety.names import legible

if TYPE_CHECKING:
    from markupsafe import Markup

HERE = Path(__file__).parent
STYLE = "page.css"

_KEY = re.compile(r" \[(assumptions|heads|organisation|portfolio|risks|structures)\.[^\]]*\]")
"""The key that a sentence names for whoever asks again at the command line: on paper nobody does."""

_SIGNED = re.compile(r"[−+]€[\d.,]*\d[kM]?")


def rendered(template: str, facts: Mapping[str, Any], name: str) -> str:
    """A template of this folder filled with facts, the style inside; `name` is set apart wherever it stands.

    All that comes from files is escaped by the template engine, and kept in its direction of writing.
    """
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["named"] = lambda text: named(_KEY.sub("", text), name)
    css = (HERE / STYLE).read_text(encoding="utf-8")
    style = {"css": css, "css_hash": base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}
    return legible(environment.get_template(template).render({**facts, **style}))


def named(text: str, name: str) -> Markup:
    """Text with each mention of a name set apart, so that its direction of writing does not spread.

    Signs are kept with their numbers: a line might end between − and €.
    """
    from markupsafe import Markup, escape

    parts = (
        Markup(_SIGNED.sub(r'<span class="whole">\g<0></span>', str(escape(p)))) for p in text.split(name)
    )
    return Markup("<bdi>{}</bdi>").format(name).join(parts)
