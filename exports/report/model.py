"""What a 核对报告 is made of, before it has a shape: blocks of finished Chinese text.

Here belongs the content model that both pages read, so that they cannot disagree. Not here: what is said
(the modules by chapter), how a page looks (page.typ, page.html).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["plain", "note", "strong"]
Colour = Literal["red", "yellow", "green", "none"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a ``note`` is smaller, ``strong`` stands out."""

    text: str
    tone: Tone = "plain"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Listing:
    """Several short sentences, one a line."""

    items: tuple[str, ...]
    kind: Literal["listing"] = "listing"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, whether it holds amounts."""

    title: str
    width: float = 1.0
    amounts: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as there are columns. ``total``: the last row is a sum."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: bool = False
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels and what stands under them."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True)
class Card:
    """One finding: its colour and that in a word, its title, its parts in order."""

    colour: Colour
    word: str
    title: str
    rows: tuple[tuple[str, str], ...]
    kind: Literal["card"] = "card"


Block = Paragraph | Listing | Table | Pairs | Card


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter; ``together``: it is kept on one page where it fits."""

    title: str
    blocks: tuple[Block, ...]
    together: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the three colours of a household: what it speaks of, the colour, what that means."""

    label: str
    colour: Colour
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes:
        title: what it is.
        subject: which household, as the head of every page names it.
        night: the date of the night, in words.
        date: the same as YYYY-MM-DD, for the metadata of a file.
        tiles: the three colours.
        opening: the page that is understood at a glance.
        sections: the chapters after it.
        missing: characters that the font of the PDF lacks, shown by their code.
    """

    title: str
    subject: str
    night: str
    date: str
    tiles: tuple[Tile, ...]
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]
    missing: tuple[str, ...] = field(default=())


def texts(report: Report) -> Iterator[str]:
    """Yield every text of a report in the order it is read."""
    yield from (report.title, report.subject, report.night)
    for tile in report.tiles:
        yield from (tile.label, tile.word, tile.meaning)
    yield from _block_texts(report.opening)
    for section in report.sections:
        yield section.title
        yield from _block_texts(section.blocks)


def _block_texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case Listing():
                yield from block.items
            case Table():
                yield from filter(None, (block.caption, *(column.title for column in block.columns)))
                yield from (cell for row in block.rows for cell in row)
            case Pairs():
                yield from (text for row in block.rows for text in row)
            case Card():
                yield from (block.word, block.title, *(text for row in block.rows for text in row))
