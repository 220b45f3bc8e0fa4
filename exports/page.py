"""A page that stands alone: charts and tables in one HTML file that asks the network for nothing.

Here belong the frame of a page and its tables, filled into templates. Not here: charts (charts.py), what a page says (quality_*.py,
link_page.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from exports.templates import rendered

HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Section:
    """One part of a page: headings and a sentence in both languages, then charts, tables and texts (which are escaped)."""

    zh: str
    en: str
    parts: Sequence[Markup | str]


def page(zh: str, en: str, sections: Sequence[Section], warning: str = "") -> str:
    """Return a whole page.

    Args:
        zh: its title in Chinese, which comes first.
        en: the same in English.
        sections: its parts, in order.
        warning: who may see it; shown in red above everything.
    """
    return str(rendered(HERE / "page.html", zh=zh, en=en, sections=sections, warning=warning)) + "\n"


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], *, folded: str = "") -> Markup:
    """Return a table; numbers stand to the right. ``folded``: the word under which it opens, if it is long."""
    return rendered(HERE / "table.html", headings=headings, rows=rows, folded=folded)


def key(colours: Sequence[tuple[str, str]]) -> Markup:
    """Return what each colour means (text, colour)."""
    return rendered(HERE / "key.html", colours=colours)
