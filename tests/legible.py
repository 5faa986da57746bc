"""Whether a figure can be read: what a test asks of every figure that goes on a slide."""

from __future__ import annotations

import re
from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def texts(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Every text that is seen, with the box of pixels it takes."""
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()  # lays all out as on the page; no pixel is looked at
    renderer = canvas.get_renderer()
    seen = [
        t for t in figure.findobj(Text) if isinstance(t, Text) and t.get_visible() and t.get_text().strip()
    ]
    boxes = [(t, t.get_window_extent(renderer)) for t in seen]
    # Matplotlib keeps tick labels beyond the ends of an axis, which it does not draw.
    hidden = {
        id(tick.label1)
        for axes in figure.findobj(lambda a: hasattr(a, "xaxis"))
        for axis in (axes.xaxis, axes.yaxis)  # type: ignore[attr-defined]
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    return [(t, box) for t, box in boxes if id(t) not in hidden]


def legible(figure: Figure) -> None:
    """All text of a figure is large enough, on the page, clear of all other text, and breaks at no number."""
    found = texts(figure)
    page = figure.bbox
    assert len(found) > 15
    for text, box in found:
        assert text.get_fontsize() >= 9
        assert page.x0 <= box.x0 and box.x1 <= page.x1, text
        assert page.y0 <= box.y0 and box.y1 <= page.y1, text
    for said in (figure.get_suptitle(), figure.get_supxlabel()):
        assert not re.search(r"±\n|\n±|\d[kM%]?\n\w", said), said
    assert overlaps(found, 0.98, 0.9) == []


def overlaps(found: list[tuple[Text, Bbox]], wide: float, high: float) -> list[tuple[str, str]]:
    """Texts that lie on each other, their boxes taken so much smaller."""
    inner = [(text, box.shrunk(wide, high)) for text, box in found]
    return [
        (a.get_text(), b.get_text()) for (a, one), (b, other) in combinations(inner, 2) if one.overlaps(other)
    ]
